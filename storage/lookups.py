"""Plain SQL that is looked up for nearly every message, beside the writers."""

import re
from typing import Any, Final

from storage.connections.base import Transactions

PLACEHOLDER: Final = re.compile(r":(\w+)")


class Lookup:
    """One statement that reads, with its places as SQLite writes them: `:name`.

    Run by the driver: SQLAlchemy's own handling costs four times such a statement.
    """

    def __init__(self, sql: str) -> None:
        self._forms = {"sqlite": sql, "postgresql": PLACEHOLDER.sub(r"%(\1)s", sql)}

    def rows(self, transactions: Transactions, **given: Any) -> list[Any]:
        """Return the rows that are found."""
        sql = self._forms[transactions.engine.dialect.name]
        return transactions.fast_read(lambda cursor: list(cursor.execute(sql, given).fetchall()))

    def first(self, transactions: Transactions, **given: Any) -> str | None:
        """Return the first column of the first row, or None where there is none."""
        rows = self.rows(transactions, **given)
        return str(rows[0][0]) if rows else None
