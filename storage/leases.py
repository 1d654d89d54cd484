"""Rows that wait to be worked off: taken with a lease, and marked by whoever still has it.

`attempt` counts how often a row was taken and is the mark of whoever has it: one whose lease has
ended, and who marks it later, marks nothing.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    Table,
    Text,
    TextClause,
    bindparam,
    literal_column,
    select,
    text,
    update,
)

from storage.rows import clean

# a row's status; what is below DONE still waits for somebody
WAITING, TAKEN, DONE, ASIDE = range(4)
DIALECTS: Final = ("sqlite", "postgresql")


def lease_columns() -> list[Column[Any]]:
    """Return the columns by which a row is taken and marked."""
    return [
        Column("status", Integer, nullable=False),
        Column("attempt", Integer, nullable=False),
        Column("failures", Integer, nullable=False),  # they count towards giving up
        Column("due", BigInteger, nullable=False),  # waiting: not before; taken: until when
        Column("reason", Text, nullable=False),  # why it was set aside
        Column("at", BigInteger, nullable=False),
    ]


def partial_index(name: str, *columns: Column[Any], where: str, unique: bool = False) -> Index:
    """Return an index of some rows only. where: its condition, to be repeated in each statement."""
    condition: TextClause = text(where)
    return Index(name, *columns, unique=unique, postgresql_where=condition, sqlite_where=condition)


OPEN: Final = f"status < {DONE}"


def is_open(table: Any) -> ColumnElement[bool]:
    """Ask for what still waits, in the words of the partial indexes: a bound value hides them."""
    opened: ColumnElement[bool] = table.c.status < literal_column(str(DONE))
    return opened


def is_due(table: Any) -> ColumnElement[bool]:
    """Return the condition of a row that may be taken by now: its time has come, or the lease on it has ended."""
    due: ColumnElement[bool] = table.c.due <= bindparam("now")
    return due


def claim_statement(
    table: Table,
    dialect: str,
    where: Sequence[ColumnElement[bool]],
    order: Sequence[Any],
    **values: Any,
) -> Any:
    """Return the statement that takes the first open rows with a lease, and returns them.

    where: what makes a row free. It binds `most` and `until` (the lease's end), and what `where` does.
    """
    in_order = select(table.c.id).where(is_open(table), *where).order_by(*order)
    free = in_order.limit(bindparam("most"))
    if dialect == "postgresql":
        free = free.with_for_update(skip_locked=True)
    return (
        update(table)
        .where(table.c.id.in_(free.scalar_subquery()))
        .values(status=TAKEN, attempt=table.c.attempt + 1, due=bindparam("until"), **values)
        .returning(table)
    )


def mark_statement(table: Table, **values: Any) -> Any:
    """Return the statement by which one who has taken a row marks it; it returns the row's id."""
    # the attempt tells whether somebody else has taken the row since
    still_ours = (
        table.c.id == bindparam("row"),
        table.c.attempt == bindparam("taken"),
        table.c.status == TAKEN,
    )
    marked = {
        "status": bindparam("status"),
        "due": bindparam("until"),
        "reason": bindparam("why"),
        "failures": table.c.failures + bindparam("failed"),
    }
    return update(table).where(*still_ours).values(marked | values).returning(table.c.id)


def mark(
    taken: Any, status: int, *, until: int = 0, why: str = "", failed: bool = False
) -> dict[str, Any]:
    """Return the values of a mark. taken: what was taken, with its id and attempt. failed: it counts as a failure."""
    held = {"row": taken.id, "taken": taken.attempt}
    return held | {"status": status, "until": until, "why": clean(why), "failed": int(failed)}
