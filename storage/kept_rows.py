"""Rows that are kept whole: each change is made by who has seen the version that it changes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, Final, Generic, TypeVar

import psycopg
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    String,
    Table,
    Text,
    bindparam,
    insert,
    update,
)
from sqlalchemy.exc import IntegrityError

from storage.lookups import Lookup, Reader
from storage.rows import clean
from storage.schema import metadata

R = TypeVar("R")
# two of what may be one only: by an index, by a constraint, by a trigger
POSTGRES_REFUSED: Final = {"23505", "23P01"}
SQLITE_REFUSED: Final = {
    "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_TRIGGER",
}  # fmt: skip


def kept_table(name: str, *columns: Column[Any]) -> Table:
    """Return a table of kept rows. columns: its own, beside what every one has."""
    return Table(
        name,
        metadata,
        Column("id", String(64), primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("institution", String(160), nullable=False),
        *columns,
        Column("example", Boolean, nullable=False),
        Column("body", Text, nullable=False),
    )


def word(name: str, length: int, **how: Any) -> Column[Any]:
    """Return a column of short text."""
    return Column(name, String(length), **({"nullable": False} | how))


def number(name: str, **how: Any) -> Column[Any]:
    """Return a column of a number or a moment."""
    return Column(name, BigInteger, **({"nullable": False} | how))


def is_refused(error: IntegrityError) -> bool:
    """Return whether the database refuses a second one of what may be one only."""
    cause = error.orig
    if isinstance(cause, psycopg.Error):
        return cause.sqlstate in POSTGRES_REFUSED
    return getattr(cause, "sqlite_errorname", "") in SQLITE_REFUSED


class KeptRows(Generic[R]):
    """A table whose columns are the fields of a kind of row. lists: those of its fields that are tuples, kept as JSON."""

    def __init__(self, table: Table, kind: type[R], lists: Sequence[str] = ()) -> None:
        self._kind = kind
        self._lists = frozenset(lists)
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type] # all are dataclasses
        self.width = len(names)
        self.columns = ", ".join(f'{table.name}."{name}"' for name in names)
        self.select = f"SELECT {self.columns} FROM {table.name}"  # noqa: S608 - names of columns
        self._by_id = Lookup(f"{self.select} WHERE id = :key")
        self._readers = [self._reader(table.c[name]) for name in names]
        self.insert = insert(table).returning(table.c.id)
        seen = (table.c.id == bindparam("of_id")) & (table.c.version == bindparam("expected"))
        self.update = update(table).where(seen).returning(table.c.id)

    def _reader(self, column: Column[Any]) -> Any:
        """Return what makes of a driver's value the field's, or None where they are the same."""
        if column.name in self._lists:
            return lambda value: tuple(json.loads(value))
        return bool if isinstance(column.type, Boolean) else None

    def values(self, row: R, expected: int) -> dict[str, Any]:
        """Return a row's values by their columns, one version later than it was expected."""
        values: dict[str, Any] = asdict(row)  # type: ignore[call-overload] # all are dataclasses
        for name, value in values.items():
            if name in self._lists:
                values[name] = json.dumps(value)
            elif isinstance(value, str):
                values[name] = clean(value)
        return values | {"version": expected + 1}

    def keep(
        self,
        connection: Connection,
        row: R,
        expected: int,
        *,
        new: Any = None,
        changed: Any = None,
        **given: Any,
    ) -> bool:
        """Keep a row; False where another version stands there by now, or the database refuses it.

        new, changed: the statements, where they say more than that; they return what they kept. given: what these bind besides.
        """
        values = self.values(row, expected) | given
        statement = self.insert if new is None else new
        if expected:
            statement = self.update if changed is None else changed
            values |= {"of_id": values["id"], "expected": expected}
        try:
            return connection.execute(statement, values).first() is not None
        except IntegrityError as error:
            if not is_refused(error):
                raise
            return False

    def read(self, values: Sequence[Any]) -> R:
        """Return the row of a driver's values, in the order of `columns`."""
        return self._kind(
            *(
                value if reader is None else reader(value)
                for reader, value in zip(self._readers, values, strict=True)
            )
        )

    def found(self, reader: Reader, lookup: Lookup, **given: Any) -> list[R]:
        """Return the rows that a look-up of `columns` finds."""
        return [self.read(values) for values in lookup.rows(reader, **given)]

    def first(self, reader: Reader, lookup: Lookup, **given: Any) -> R | None:
        """Return the first row that is found, or None."""
        return next(iter(self.found(reader, lookup, **given)), None)

    def find(self, reader: Reader, key: str) -> R | None:
        """Return a row by its id, or None."""
        return self.first(reader, self._by_id, key=key)
