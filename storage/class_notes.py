"""What is noted of a class that looks at its interests together, without anybody's name."""

from typing import Final

from sqlalchemy import Column, Connection, String, Table, bindparam, insert, select

from bot.ports.effects import RecordClassEvent
from storage.connections.base import Transactions
from storage.schema import id_column, metadata

class_note: Final = Table(
    "class_note",
    metadata,
    id_column(),
    Column("class_code", String(16), nullable=False, index=True),
    Column("word", String(8), nullable=False),
)

ADD: Final = insert(class_note)
OF: Final = (
    select(class_note.c.word)
    .where(class_note.c.class_code == bindparam("code"))
    .order_by(class_note.c.id)
)


def add(connection: Connection, event: RecordClassEvent) -> None:
    """Note something of a class."""
    connection.execute(ADD, {"class_code": event.class_code, "word": event.word})


class ClassNotes:
    """The notes of the store. They are added by a turn."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def of(self, code: str) -> list[str]:
        """Return what was noted of a class, the first first."""
        rows = self._transactions.read(lambda c: c.execute(OF, {"code": code}).all())
        return [row.word for row in rows]
