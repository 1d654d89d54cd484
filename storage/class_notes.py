"""What is noted of a class that looks at its interests together, without anybody's name."""

from typing import Final

from sqlalchemy import Column, Connection, String, Table, bindparam, insert, select

from bot.ports.effects import RecordClassEvent
from bot.ports.records import ClassNote
from storage.connections.base import Transactions
from storage.schema import id_column, metadata

class_note: Final = Table(
    "class_note",
    metadata,
    id_column(),
    Column("class_code", String(16), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("letters", String(16), nullable=False),  # of a finished profile, that lead it
)

ADD: Final = insert(class_note)
OF: Final = (
    select(class_note.c.kind, class_note.c.letters)
    .where(class_note.c.class_code == bindparam("code"))
    .order_by(class_note.c.id)
)


def add(connection: Connection, event: RecordClassEvent) -> None:
    """Note something of a class."""
    row = {"class_code": event.class_code, "kind": event.kind, "letters": event.letters}
    connection.execute(ADD, row)


class ClassNotes:
    """The notes of the store. They are added by a turn."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def notes_of(self, code: str) -> list[ClassNote]:
        """Return what was noted of a class, the first first."""
        rows = self._transactions.read(lambda c: c.execute(OF, {"code": code}).all())
        return [ClassNote(row.kind, row.letters) for row in rows]
