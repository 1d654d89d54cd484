"""What is to be done at a moment: each thing once, by whichever process takes it."""

from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Index,
    String,
    Table,
    Text,
    bindparam,
    delete,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.ports.effects import PlanJob
from bot.ports.records import Job, Planned, SetAside, Update
from storage.connections.base import Transactions
from storage.leases import (
    ASIDE,
    DIALECTS,
    DONE,
    OPEN,
    WAITING,
    claim_statement,
    is_due,
    is_open,
    lease_columns,
    mark,
    mark_statement,
    partial_index,
)
from storage.rows import clean
from storage.schema import id_column, metadata

job: Final = Table(
    "job",
    metadata,
    id_column(),
    Column("kind", String(32), nullable=False),
    Column("key", String(96), nullable=False),  # what it is about; with the kind there is one row
    Column("conversation", String(64), index=True),  # whose it is; none of the house's own
    *lease_columns(),  # due: waiting, when to do it; done, when it was
    Column("body", Text, nullable=False),
)
Index("uq_job_kind_key", job.c.kind, job.c.key, unique=True)
partial_index("ix_job_open", job.c.due, where=OPEN)
Index("ix_job_settled", job.c.status, job.c.due)


def _schedule(dialect: str) -> Any:
    """Build an insert that moves what waits already, and leaves what is being done or was."""
    added = (sqlite if dialect == "sqlite" else postgresql).insert(job)
    moved = {name: added.excluded[name] for name in ("due", "body", "conversation")}
    return added.on_conflict_do_update(
        index_elements=[job.c.kind, job.c.key], set_=moved, where=job.c.status == WAITING
    ).returning(job.c.id)


SCHEDULE: Final = {dialect: _schedule(dialect) for dialect in DIALECTS}
CLAIM: Final = {
    dialect: claim_statement(job, dialect, [is_due(job)], [job.c.due, job.c.id])
    for dialect in DIALECTS
}
# failures count in a row: a job that comes again and again begins anew when it went well once
_failures = (job.c.failures + bindparam("failed")) * bindparam("failed")
MARK: Final = mark_statement(job, failures=_failures)
# what is done is known by its key alone
MARK_DONE: Final = mark_statement(job, failures=_failures, body="")
CANCEL: Final = (
    delete(job)
    .where(job.c.kind == bindparam("of"), job.c.key == bindparam("about"), is_open(job))
    .returning(job.c.id)
)
NEXT_DUE: Final = select(job.c.due).where(is_open(job)).order_by(job.c.due).limit(1)
WAITING_OF: Final = (
    select(job.c.kind, job.c.key, job.c.due, job.c.body, job.c.conversation)
    .where(job.c.kind == bindparam("of"), job.c.status == WAITING)
    .order_by(job.c.id)
)
SET_ASIDE: Final = (
    select(job.c.id, job.c.kind, job.c.at, job.c.attempt, job.c.reason)
    .where(job.c.status == ASIDE)
    .order_by(job.c.id)
)


def schedule(connection: Connection, planned: Planned, at: int) -> bool:
    """Let something be done at a moment, once; what waits already is moved there. at: now.

    Return False where it is being done, or was.
    """
    row = asdict(planned) | {"status": WAITING, "attempt": 0, "failures": 0}
    row |= {"reason": "", "at": at, "body": clean(planned.body)}
    return connection.execute(SCHEDULE[connection.dialect.name], row).first() is not None


def plan(connection: Connection, effect: PlanJob, update: Update) -> None:
    """Plan what a turn leaves to be done, for its conversation or another."""
    whose = effect.conversation or update.conversation
    of = Planned(effect.kind, effect.key, effect.due, effect.body, whose)
    schedule(connection, of, update.at)


def cancel(connection: Connection, kind: str, key: str) -> bool:
    """Take a job away, also from whoever does it; False where it was done, or is not known."""
    return connection.execute(CANCEL, {"of": kind, "about": key}).first() is not None


class Jobs:
    """The jobs of the store."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._dialect = transactions.engine.dialect.name

    def schedule(self, planned: Planned, at: int) -> bool:
        """Let something be done at a moment, once; what waits already is moved there. at: now.

        Return False where it is being done, or was.
        """
        return self._transactions.run(lambda connection: schedule(connection, planned, at))

    def claim(self, most: int, now: int, until: int) -> list[Job]:
        """Take what is due, the longest due first, leased until a moment."""
        given = {"most": most, "now": now, "until": until}
        statement = CLAIM[self._dialect]
        rows = self._transactions.run(lambda c: c.execute(statement, given).all())
        return [
            Job(row.id, row.kind, row.key, row.body, row.attempt, row.failures, row.conversation)
            for row in sorted(rows, key=lambda row: row.id)
        ]

    def done(self, taken: Job, at: int) -> bool:
        """Mark a job as done; False if somebody else has taken it since. at: now."""
        return self._mark(mark(taken, DONE, until=at), MARK_DONE)

    def later(self, taken: Job, due: int, *, failed: bool = False) -> bool:
        """Let a job wait until a moment. failed: it counts towards giving up, until it goes well."""
        return self._mark(mark(taken, WAITING, until=due, failed=failed))

    def set_aside(self, taken: Job, reason: str, at: int) -> bool:
        """Give a job up for good, visibly. at: now."""
        return self._mark(mark(taken, ASIDE, until=at, why=reason, failed=True))

    def cancel(self, kind: str, key: str) -> bool:
        """Take a job away, also from whoever does it; False where it was done, or is not known."""
        return self._transactions.run(lambda connection: cancel(connection, kind, key))

    def next_due(self) -> int | None:
        """Return when the next is due, or its lease ends; None where none waits."""
        row = self._transactions.read(lambda c: c.execute(NEXT_DUE).first())
        return None if row is None else int(row.due)

    def waiting(self, kind: str) -> list[Planned]:
        """Return what of a kind waits for its moment."""
        rows = self._transactions.read(lambda c: c.execute(WAITING_OF, {"of": kind}).all())
        return [Planned(*row) for row in rows]

    def list_set_aside(self) -> list[SetAside]:
        """Return what was given up; its kind stands where a queue has its channel."""
        rows = self._transactions.read(lambda c: c.execute(SET_ASIDE).all())
        return [SetAside("job", *row) for row in rows]

    def _mark(self, given: dict[str, Any], statement: Any = MARK) -> bool:
        return self._transactions.run(lambda c: c.execute(statement, given).first()) is not None
