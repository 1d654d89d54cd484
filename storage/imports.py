"""What was imported: read whole, written whole, with a mark that tells one state from another."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, String, Table, Text, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from storage.connections.base import Transactions
from storage.schema import metadata

Revision = int  # the last import that changed a row; rows are never taken away
ImportedRow = tuple[str, str, str]  # kind, id, body

imported: Final = Table(
    "imported",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("id", String(160), primary_key=True),
    Column("body", Text, nullable=False),
    Column("revision", BigInteger, nullable=False, index=True),  # the last import that changed it
)

REVISION: Final = select(func.coalesce(func.max(imported.c.revision), 0))
ALL: Final = select(imported.c.kind, imported.c.id, imported.c.body)
LOCK_IMPORTED: Final = text("LOCK TABLE imported IN SHARE ROW EXCLUSIVE MODE")


def _upsert(dialect: str) -> Any:
    """Build an insert that overwrites what was imported before."""
    added = (sqlite if dialect == "sqlite" else postgresql).insert(imported)
    changed = {"body": added.excluded.body, "revision": added.excluded.revision}
    return added.on_conflict_do_update(index_elements=list(imported.primary_key), set_=changed)


UPSERT: Final = {dialect: _upsert(dialect) for dialect in ("sqlite", "postgresql")}


class ImportedRows:
    """The imported rows of the store."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def revision(self) -> Revision:
        """Return which import was the last, so that a change is seen."""
        return self._transactions.read(_mark)

    def read(self) -> tuple[Revision, list[ImportedRow]]:
        """Return all rows, and the state they are in."""
        return self._transactions.read(_read)

    def save(self, rows: Sequence[ImportedRow], mark: Revision) -> bool:
        """Keep rows, all or none; False, with nothing kept, where another import came between."""
        return self._transactions.run(lambda connection: _save(connection, rows, mark))


def _mark(connection: Connection) -> Revision:
    return int(connection.execute(REVISION).scalar_one())


def _read(connection: Connection) -> tuple[Revision, list[ImportedRow]]:
    # The state first: where a row comes between on PostgreSQL, the state is the older one, and
    # whoever writes upon it is told.
    state = _mark(connection)
    return state, [(row.kind, row.id, row.body) for row in connection.execute(ALL)]


def _save(connection: Connection, rows: Sequence[ImportedRow], seen: Revision) -> bool:
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.execute(LOCK_IMPORTED)
    if _mark(connection) != seen:
        return False
    if rows:
        revision = seen + 1
        given = [
            {"kind": kind, "id": id_, "body": body, "revision": revision}
            for kind, id_, body in rows
        ]
        connection.execute(UPSERT[dialect], given)
    return True
