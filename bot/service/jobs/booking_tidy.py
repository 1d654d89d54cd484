"""The jobs that put in order what the clock has ended, ask who still waits, and see that handoffs are answered."""

from collections.abc import Callable
from functools import partial
from typing import Final

from bot.core.booking.entry_changes import is_ask_due
from bot.core.booking.handoff_orders import (
    AskAfter,
    Escalate,
    is_answer_overdue,
    is_human_silent,
    obey_handoff,
)
from bot.core.booking.waiting_orders import AskAgain, obey_waiting
from bot.core.dialogue.inputs import MeetingChanged
from bot.ports.protocols import millis
from bot.ports.records import Job
from bot.service.booking.committing import BookingCommits
from bot.service.booking.decided import LET_GO
from bot.service.booking.desk import BookingDesk
from bot.service.booking.handing import handoff_moment
from bot.service.booking.mailing import BookingMails
from bot.service.booking.rows import read_handoff, read_waiting
from bot.service.booking.tidying import let_meeting_go, let_offer_go
from bot.service.jobs.scheduler import GoingOn, JobKind

TIDIED_EVERY: Final = 300.0  # seconds
PORTION: Final = 100
MOST_ASKED: Final = 1000  # who wait for one kind, looked through at once


def let_go(commits: BookingCommits) -> JobKind:
    """Return the job that lets one meeting go whose hold, or whose time to be had back, has run out."""

    def run(job: Job, _going_on: GoingOn) -> bool:
        commits.decide(lambda desk, _mails: let_meeting_go(desk, job.body))
        return True

    return JobKind(LET_GO, run)


def booking_tidy(commits: BookingCommits) -> JobKind:
    """Return the job that looks for all that is left to tidy, again and again."""

    def run(_job: Job, going_on: GoingOn) -> bool:
        works: list[Callable[[BookingDesk, BookingMails], None]] = [
            *_run_out(commits), *_lost_offers(commits), *_still_waiting(commits),
            *_overdue(commits),
        ]  # fmt: skip
        for work in works:
            if not going_on():
                return False
            commits.decide(work)
        return True

    return JobKind("booking_tidy", run, TIDIED_EVERY)


Work = Callable[[BookingDesk, BookingMails], None]


def _run_out(commits: BookingCommits) -> list[Work]:
    now = millis(commits.desk().now)
    rows = commits.store.bookings.run_out(now, PORTION)
    meetings = dict.fromkeys(row.meeting.id for row in rows)

    def end(desk: BookingDesk, _mails: BookingMails, *, id_: str) -> None:
        let_meeting_go(desk, id_)

    return [partial(end, id_=id_) for id_ in meetings]


def _lost_offers(commits: BookingCommits) -> list[Work]:
    """Return what ends offers whose booking the store has ended, as somebody else came by."""
    now = millis(commits.desk().now)
    ids = [row.id for row in commits.store.waiting.run_out_offers(now, PORTION)]

    def end(desk: BookingDesk, _mails: BookingMails, *, id_: str) -> None:
        row = commits.store.waiting.waiting(id_)
        if row is None or row.state != "offered":
            return
        desk.decided.whose[id_] = row.conversation
        let_offer_go(desk, read_waiting(row))

    return [partial(end, id_=id_) for id_ in ids]


def _still_waiting(commits: BookingCommits) -> list[Work]:
    desk = commits.desk()
    library = commits.office.library
    places = ["", *library.places, *library.known_places.names]
    due = {
        row.id: row.conversation
        for kind in desk.rules.kinds
        for row in commits.store.waiting.waiting_for(kind, places, MOST_ASKED)
        if is_ask_due(read_waiting(row), desk.now, desk.bounds)
    }

    def ask(desk: BookingDesk, _mails: BookingMails, *, id_: str) -> None:
        row = commits.store.waiting.waiting(id_)
        if row is None or not is_ask_due(read_waiting(row), desk.now, desk.bounds):
            return
        entry = read_waiting(row)
        desk.decided.whose[id_] = row.conversation
        c = desk.circumstances(entry.need.kind, "program")._replace(entries=(entry,))
        desk.add(obey_waiting(AskAgain(entry=id_), c))
        asked = MeetingChanged(what="still_wanted", entry=id_)
        desk.decided.tell(row.conversation, asked)

    return [partial(ask, id_=id_) for id_ in due]


def _overdue(commits: BookingCommits) -> list[Work]:
    """Return what tells the coordinator that nobody has answered, and asks the person whether somebody who spoke still does."""
    rows = commits.store.handoffs.overdue(millis(commits.desk().now), PORTION)

    def look(desk: BookingDesk, mails: BookingMails, *, id_: str) -> None:
        row = commits.store.handoffs.handoff(id_)
        handoff = None if row is None else read_handoff(row)
        if row is None or handoff is None:
            return
        desk.decided.whose[id_] = row.conversation
        moment = handoff_moment(desk, handoff, "program")
        if is_answer_overdue(handoff, desk.now):
            desk.decided.hand(obey_handoff(handoff, Escalate(), moment))
            mails.unanswered(handoff, row.conversation)
        elif is_human_silent(handoff, desk.now):
            desk.decided.hand(obey_handoff(handoff, AskAfter(), moment))
            asked = MeetingChanged(
                what="spoken", handoff=id_
            )  # without a text: were they answered?
            desk.decided.tell(row.conversation, asked)

    return [partial(look, id_=row.id) for row in rows]
