"""What inbox and outbox have in common: rows that are worked off in the order of their lane.

A lane is one chat of one channel. Only the first open row of a lane is handed out.
"""

from typing import Any, ClassVar, Final, NamedTuple

from sqlalchemy import Column, ColumnElement, Index, String, Table, bindparam, select

from bot.ports.records import SetAside
from storage.connections.base import Transactions
from storage.leases import ASIDE, OPEN, TAKEN, is_due, is_open, lease_columns, partial_index
from storage.schema import id_column

CHANNEL_PARAMETER: Final = "of"  # the bound name of a channel


def lane_columns() -> list[Column[Any]]:
    """Return the columns of a queue."""
    return [
        id_column(),
        Column("channel", String(32), nullable=False),
        Column("lane", String(254), nullable=False),
        *lease_columns(),
    ]


def add_indexes(queue: Table, *order: Column[Any]) -> None:
    """Add the indexes of a queue. order: in which its lanes are looked through."""
    name, columns = queue.name, queue.c
    # for the first open row of a lane, for the next row of a channel, for what is swept at last
    partial_index(f"ix_{name}_open", columns.channel, columns.lane, columns.id, where=OPEN)
    partial_index(f"ix_{name}_next", columns.channel, *order, where=OPEN)
    Index(f"ix_{name}_settled", columns.status, columns.at)


def is_free(queue: Table) -> ColumnElement[bool]:
    """Return the condition of a row that may be taken by now.

    A lease that ends further off than any is given was given before the clock was set back.
    """
    forgotten = (queue.c.status == TAKEN) & (queue.c.due > bindparam("far"))
    return is_due(queue) | forgotten


def lease(most: int, now: int, until: int) -> dict[str, int]:
    """Return the values of a claim: at most so many rows, leased from now until a moment (ms)."""
    # far: twice as far off as this lease ends; none is given that ends later
    return {"most": most, "now": now, "until": until, "far": until + (until - now)}


def first_of_lane(queue: Table) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a free row of a channel that is the first open one of its lane."""
    older = queue.alias("older")
    same_lane = (older.c.channel == queue.c.channel) & (older.c.lane == queue.c.lane)
    lane = select(older.c.id).where(same_lane, is_open(older)).order_by(older.c.id)
    # as a value looked up for each row, so that no plan can turn it into a join of queue with queue
    first = lane.limit(1).scalar_subquery()
    return is_free(queue), queue.c.channel == bindparam(CHANNEL_PARAMETER), queue.c.id == first


def next_due_statement(queue: Table, *order: Column[Any]) -> Any:
    """Return the statement that reads when what is next in a channel is due."""
    return (
        select(queue.c.due)
        .where(queue.c.channel == bindparam(CHANNEL_PARAMETER), is_open(queue))
        .order_by(*order)
        .limit(1)
    )


def set_aside_statement(queue: Table) -> Any:
    """Return the statement that reads what could not be worked off."""
    return (
        select(queue.c.id, queue.c.channel, queue.c.at, queue.c.attempt, queue.c.reason)
        .where(queue.c.status == ASIDE)
        .order_by(queue.c.id)
    )


class LaneStatements(NamedTuple):
    """The statements of a queue, built once."""

    mark: Any
    next_due: Any
    set_aside: Any


class LaneQueue:
    """What is asked of both queues alike."""

    queue: ClassVar[Table]
    statements: ClassVar[LaneStatements]

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._dialect = transactions.engine.dialect.name

    def list_set_aside(self) -> list[SetAside]:
        """Return what was set aside."""
        rows = self._transactions.read(lambda c: c.execute(self.statements.set_aside).all())
        return [SetAside(self.queue.name, *row) for row in rows]

    def next_due(self, channel: str) -> int | None:
        """Return when what is next in a channel is due; None where nothing waits."""
        given = {CHANNEL_PARAMETER: channel}
        row = self._transactions.read(lambda c: c.execute(self.statements.next_due, given).first())
        return None if row is None else int(row.due)

    def _mark(self, given: dict[str, Any]) -> bool:
        """Write how a leased row stands; False if somebody else has taken it since."""
        marked = self._transactions.run(lambda c: c.execute(self.statements.mark, given).first())
        return marked is not None
