"""What was imported: read whole, written whole, with a mark that tells one state from another."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from storage import tables

Mark = int  # the last import that changed a row; rows are never taken away
Row = tuple[str, str, str]  # kind, id, body


def mark(connection: Connection) -> Mark:
    """Tell the state."""
    return int(connection.execute(tables.IMPORT_MARK).scalar_one())


def everything(connection: Connection) -> tuple[Mark, list[Row]]:
    """Read the rows and the state they are in.

    The state is read first: where a row comes between on PostgreSQL, the state is the older one
    and whoever writes upon it is told.
    """
    state = mark(connection)
    return state, [(row.kind, row.id, row.body) for row in connection.execute(tables.IMPORTED)]


def bring_in(connection: Connection, dialect: str, rows: Sequence[Row], seen: Mark) -> bool:
    """Write rows if the state is still the one that was seen."""
    if dialect == "postgresql":
        connection.execute(text("LOCK TABLE imported IN SHARE ROW EXCLUSIVE MODE"))
    if mark(connection) != seen:
        return False
    if rows:
        revision = seen + 1
        given = [
            {"kind": kind, "id": id_, "body": body, "revision": revision}
            for kind, id_, body in rows
        ]
        connection.execute(tables.IMPORT[dialect], given)
    return True
