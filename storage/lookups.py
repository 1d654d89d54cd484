"""Plain SQL that is looked up for nearly every message, beside the writers."""

import json
import re
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
PLACEHOLDER: Final = re.compile(r":(\w+)")
IN_LIST: Final = re.compile(r"IN \[:(\w+)\]")


class Reader(Protocol):
    """Reads what is kept: beside the writers, as `Transactions` do, or within a transaction."""

    @property
    def engine(self) -> Engine:
        """Return the database's engine."""
        ...

    def fast_read(self, work: Callable[[Any], T]) -> T:
        """Run one statement that only reads, on a cursor of the driver's own."""
        ...


class ReaderWithin:
    """Reads within a transaction that is under way, and so sees what it has written."""

    def __init__(self, connection: Connection) -> None:
        self.engine = connection.engine
        self._cursor = connection.connection.cursor()

    def fast_read(self, work: Callable[[Any], T]) -> T:
        """Run one statement on the transaction's own connection."""
        return work(self._cursor)


class ReadPart:
    """A part of the store that only reads, also within a turn."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader


class Lookup:
    """One statement that reads, with its places as SQLite writes them: `:name`, and `IN [:name]` for a list.

    Run by the driver: SQLAlchemy's own handling costs four times such a statement.
    """

    def __init__(self, sql: str) -> None:
        anyone = PLACEHOLDER.sub(r"%(\1)s", IN_LIST.sub(r"= ANY(:\1)", sql))
        each = IN_LIST.sub(r"IN (SELECT value FROM json_each(:\1))", sql)
        self._forms = {"sqlite": each, "postgresql": anyone}

    def rows(self, reader: Reader, **given: Any) -> list[Any]:
        """Return the rows that are found."""
        dialect = reader.engine.dialect.name
        sql, values = self._forms[dialect], _values(dialect, given)
        return reader.fast_read(lambda cursor: list(cursor.execute(sql, values).fetchall()))

    def first(self, reader: Reader, **given: Any) -> str | None:
        """Return the first column of the first row, or None where there is none."""
        rows = self.rows(reader, **given)
        return str(rows[0][0]) if rows else None


def _values(dialect: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the values of places as a driver takes them: SQLite's takes no list."""
    if dialect == "postgresql":
        return given
    return {
        name: json.dumps(value) if isinstance(value, list) else value
        for name, value in given.items()
    }
