"""Plain SQL that is looked up for nearly every message, beside the writers."""

import re
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
PLACEHOLDER: Final = re.compile(r":(\w+)")


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


class Lookup:
    """One statement that reads, with its places as SQLite writes them: `:name`.

    Run by the driver: SQLAlchemy's own handling costs four times such a statement.
    """

    def __init__(self, sql: str) -> None:
        self._forms = {"sqlite": sql, "postgresql": PLACEHOLDER.sub(r"%(\1)s", sql)}

    def rows(self, reader: Reader, **given: Any) -> list[Any]:
        """Return the rows that are found."""
        sql = self._forms[reader.engine.dialect.name]
        return reader.fast_read(lambda cursor: list(cursor.execute(sql, given).fetchall()))

    def first(self, reader: Reader, **given: Any) -> str | None:
        """Return the first column of the first row, or None where there is none."""
        rows = self.rows(reader, **given)
        return str(rows[0][0]) if rows else None
