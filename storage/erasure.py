"""Everything that belongs to a person, in one list that erasure, purge and export share.

A person is a conversation and the accounts that lead to it.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    exists,
    literal_column,
    select,
    tuple_,
    update,
)

from bot.errors import StorageError
from storage import bookings
from storage.addresses import UNLINK, address
from storage.class_notes import class_note
from storage.codes import code
from storage.connections.base import Transactions, note_erasure
from storage.conversations import conversation, event
from storage.counsellors import counsellor
from storage.feedback import asked_question, correction
from storage.gone_addresses import gone_address
from storage.handoffs import handoff, referral
from storage.imports import imported
from storage.inbox import inbox
from storage.jobs import job
from storage.keyboards import keyboard
from storage.leases import ASIDE, DONE
from storage.meetings import (
    ANYBODYS,
    booking,
    counsellor_time,
    free_of,
    meeting,
)
from storage.outbox import outbox
from storage.plans import plan_share, plan_version, plan_watch, share_opened
from storage.waiting import invitation, no_time, no_time_mark, waiting

PORTION = 30  # conversations forgotten in one commit, a few milliseconds of the writer
ROWS_IN_PORTION = 500  # settled rows swept in one commit
COMPACTED_BESIDE = 32_000_000  # bytes of a database that is written anew beside turns
LONGEST_PAUSE: Final = 0.2  # seconds between two portions; otherwise as long as the portion took
KEY: Final[BindParameter[str]] = bindparam("key")


class Belonging(NamedTuple):
    """The rows of a table that belong to a person.

    whose: conditions on `key`; a row of which one is true belongs to the person.
    blank: what is written over such rows, where they must stay; None where they are deleted.
    """

    table: Table
    whose: tuple[ColumnElement[bool], ...]
    blank: Mapping[str, Any] | None = None


# The conversation first: on PostgreSQL this waits for a turn that holds it, and the statements after
# it see what that turn has left.
OWN: Final = (
    Belonging(conversation, (conversation.c.id == KEY,)),
    Belonging(event, (event.c.conversation == KEY,)),
    Belonging(outbox, (outbox.c.conversation == KEY,)),
    Belonging(keyboard, (keyboard.c.conversation == KEY,)),
    Belonging(code, (code.c.subject == KEY,)),
    Belonging(job, (job.c.conversation == KEY,)),
    *(
        Belonging(table, (table.c.conversation == KEY,))
        for table in (
            plan_version,
            plan_share,
            share_opened,
            plan_watch,
            gone_address,
            waiting,
            handoff,
            referral,
            no_time_mark,
        )
    ),
    # that there was a booking, and what came of it, stays known; nothing of whose it was
    Belonging(booking, (booking.c.conversation == KEY,), ANYBODYS),
)
_accounts = select(address.c.channel, address.c.account).where(address.c.conversation == KEY)
_somebodys = inbox.c.lane != literal_column("''")  # in the words of the index
ANONYMOUS: Final = {"lane": "", "raw": "", "status": DONE}
OF_THE_LANE: Final = _somebodys & (inbox.c.lane == KEY)
# What leads to a person. An update stays known, so that it is not taken again; whose it was is gone.
TRACES: Final = (
    Belonging(
        inbox,
        (_somebodys & tuple_(inbox.c.channel, inbox.c.lane).in_(_accounts), OF_THE_LANE),
        ANONYMOUS,
    ),
    Belonging(address, (address.c.conversation == KEY,)),
)
BELONGINGS: Final = (*OWN, *TRACES)
# tables in which nobody is who talks to the bot
NOBODYS: Final = (
    imported,
    class_note,
    counsellor,
    asked_question,
    correction,
    meeting,
    counsellor_time,
    invitation,
    no_time,
)


def _erasing(belongings: Sequence[Belonging]) -> list[Any]:
    return [
        delete(table).where(condition)
        if blank is None
        else update(table).where(condition).values(blank)
        for table, whose, blank in belongings
        for condition in whose
    ]


ERASE_CONVERSATION, *ERASE_OWN = _erasing(OWN)
ERASE_TRACES: Final = _erasing(TRACES)
ERASE_LANE: Final = update(inbox).where(OF_THE_LANE).values(ANONYMOUS)
EXPORT: Final = {
    table.name: [select(table).where(condition) for condition in whose]
    for table, whose, _ in BELONGINGS
}
_meets_later: Final = exists().where(
    booking.c.conversation == conversation.c.id,
    booking.c.takes,
    booking.c.hold_until.is_(None),
    meeting.c.id == booking.c.meeting,
    meeting.c.end >= bindparam("before"),
)
# An agreed meeting counts as having been heard when it ends: nobody's hour is lost because they said nothing more.
# On PostgreSQL those that a turn holds are left for the next time: somebody is there.
IDLE: Final = (
    select(conversation.c.id)
    .where(conversation.c.at < bindparam("before"), conversation.c.brief == bindparam("brief"))
    .where(~_meets_later)
    .order_by(conversation.c.at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=conversation)
)


def _some_old(table: Table, key: Any, *old: Any) -> Any:
    """Delete some of the rows that are old."""
    some = select(key).where(*old).limit(bindparam("most"))
    return delete(table).where(key.in_(some.scalar_subquery()))


SWEEP: Final = (
    _some_old(code, code.c.code, code.c.until < bindparam("before")),
    _some_old(no_time_mark, no_time_mark.c.until, no_time_mark.c.until < bindparam("before")),
    *(
        _some_old(queue, queue.c.id, queue.c.status == status, queue.c.at < bindparam("before"))
        for queue in (inbox, outbox)
        for status in (DONE, ASIDE)
    ),
    # since it was done, not since it was scheduled: until then it is not scheduled anew
    *(
        _some_old(job, job.c.id, job.c.status == status, job.c.due < bindparam("before"))
        for status in (DONE, ASIDE)
    ),
)

# bookings of people who have no conversation, long after they met
_nobodys: Final = (
    select(booking.c.id)
    .where(booking.c.conversation.is_(None), booking.c.body != literal_column("''"))
    .where(meeting.c.id == booking.c.meeting, meeting.c.end < bindparam("before"))
    .limit(bindparam("most"))
    .correlate(None)
)
BLANK_NOBODYS: Final = (
    update(booking).where(booking.c.id.in_(_nobodys.scalar_subquery())).values(ANYBODYS)
)


def erase_own(connection: Connection, key: str, at: int) -> bool:
    """Erase a conversation and what belongs to it; return whether it was there.

    What leads to it stays. at: now; what it has booked after that is freed, if the counsellors are held.
    """
    was_there = connection.execute(ERASE_CONVERSATION, {"key": key}).rowcount > 0
    if was_there:
        note_erasure(connection)
    free_of(connection, key, at)
    _execute_all(connection, ERASE_OWN, key)
    return was_there


def erase_traces(connection: Connection, key: str) -> None:
    """Erase what leads to a conversation."""
    _execute_all(connection, ERASE_TRACES, key)


def erase_all(connection: Connection, keys: Sequence[str], at: int) -> int:
    """Erase everything that belongs to people; return how many of their conversations were there. at: now."""
    bookings.hold(connection, (), keys, at)
    found = 0
    for key in keys:
        found += erase_own(connection, key, at)
        erase_traces(connection, key)
    return found


def erase_former(connection: Connection, key: str, at: int) -> None:
    """Erase a conversation whose accounts lead to another one by now. at: now.

    What has come from them is that one's, and may still wait.
    """
    erase_own(connection, key, at)
    _execute_all(connection, (ERASE_LANE, UNLINK), key)


def _execute_all(connection: Connection, statements: Sequence[Any], key: str) -> None:
    for statement in statements:
        connection.execute(statement, {"key": key})


class People:
    """The people of the store: their right to be forgotten, and to what is kept of them."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def forget(self, key: str, at: int) -> bool:
        """Erase a conversation with everything that belongs to it; False where there was none.

        at: now; what it has booked after that is freed.
        """
        return self._transactions.run(lambda c: erase_all(c, [key], at), key) > 0

    def export(self, key: str) -> dict[str, list[dict[str, Any]]]:
        """Return the rows that belong to a person, by the name of their table."""
        return self._transactions.read(lambda connection: _export(connection, key))

    def purge(
        self,
        before: int,
        brief_before: int,
        settled_before: int,
        going_on: Callable[[], bool] = lambda: True,
    ) -> int:
        """Forget conversations idle since before a moment, and settled rows; return how many.

        In portions with a commit each, so that nobody's turn waits for more than one of them.
        """
        forgotten = 0
        for brief, moment in ((False, before), (True, brief_before)):
            idle = {"before": moment, "brief": brief, "most": PORTION}
            forgotten += self._in_portions(partial(_forget_idle, idle=idle), PORTION, going_on)
        for statement in SWEEP:
            old = {"before": settled_before, "most": ROWS_IN_PORTION}
            self._in_portions(
                partial(_sweep, statement=statement, old=old), ROWS_IN_PORTION, going_on
            )
        unknown = {"before": before, "most": ROWS_IN_PORTION}
        self._in_portions(partial(_blank_nobodys, old=unknown), ROWS_IN_PORTION, going_on)
        if not going_on():
            return forgotten
        with suppress(StorageError):  # no room, or somebody writes; the next purge tries again
            self._transactions.compact(COMPACTED_BESIDE)
        return forgotten

    def compact(self) -> None:
        """Write a database anew from which people were erased, however long others have to wait.

        To be called at night; a purge does so where the database is small.
        """
        self._transactions.compact()

    def _in_portions(
        self, work: Callable[[Connection], int], portion: int, going_on: Callable[[], bool]
    ) -> int:
        """Do a work, each time in a commit of its own, until it finds less than a portion."""
        done = portion
        total = 0
        while done == portion and going_on():
            begun = time.monotonic()
            done = self._transactions.run(work)
            total += done
            if done == portion:  # what has come meanwhile goes first
                time.sleep(min(LONGEST_PAUSE, time.monotonic() - begun))
        return total


def _forget_idle(connection: Connection, idle: Mapping[str, Any]) -> int:
    """Forget some of the idle conversations; return how many."""
    keys = [row.id for row in connection.execute(IDLE, idle)]
    erase_all(connection, keys, idle["before"])
    return len(keys)


def _sweep(connection: Connection, statement: Any, old: Mapping[str, Any]) -> int:
    return connection.execute(statement, old).rowcount


def _blank_nobodys(connection: Connection, old: Mapping[str, Any]) -> int:
    blanked = _sweep(connection, BLANK_NOBODYS, old)
    if blanked:
        note_erasure(connection)
    return blanked


def _export(connection: Connection, key: str) -> dict[str, list[dict[str, Any]]]:
    exported: dict[str, list[dict[str, Any]]] = {}
    for name, statements in EXPORT.items():
        rows: list[dict[str, Any]] = []
        for statement in statements:
            found = (dict(row._mapping) for row in connection.execute(statement, {"key": key}))  # noqa: SLF001 - SQLAlchemy's own public name
            rows += [row for row in found if row not in rows]
        exported[name] = rows
    return exported
