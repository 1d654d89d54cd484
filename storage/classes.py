"""What is noted of a class: words without anybody's name, in their order."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, insert, select

from storage.tables import class_note

NOTE = insert(class_note)
NOTED = (
    select(class_note.c.word)
    .where(class_note.c.class_code == bindparam("code"))
    .order_by(class_note.c.id)
)


def note(connection: Connection, notes: Iterable[tuple[str, str]]) -> None:
    """Note words of classes, as (code, word)."""
    rows = [{"class_code": code, "word": word} for code, word in notes]
    if rows:
        connection.execute(NOTE, rows)


def noted(connection: Connection, code: str) -> list[str]:
    """Read what was noted of a class, the first first."""
    return [row.word for row in connection.execute(NOTED, {"code": code})]
