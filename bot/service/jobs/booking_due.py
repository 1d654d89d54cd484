"""The job that says what is due of a booking, if by then it still is."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.booking.appointment import OwnPart
from bot.core.booking.daytime import waking
from bot.core.booking.due import MessageDue, messages_due, what_to_do
from bot.core.booking.handoff import BOT
from bot.core.dialogue.inputs import MeetingDue
from bot.ports.protocols import millis
from bot.ports.records import Job, Planned
from bot.service.booking.committing import BookingCommits
from bot.service.booking.decided import MEETING_DUE
from bot.service.booking.desk import BookingDesk
from bot.service.booking.mailing import BookingMails
from bot.service.jobs.scheduler import GoingOn, JobKind
from bot.service.jobs.unasked_input import plan_input
from bot.service.unasked import UNASKED

LOOK_AGAIN: Final = timedelta(hours=1)  # where a counsellor has the conversation


def booking_due(commits: BookingCommits) -> JobKind:
    """Return the job that lets a conversation hear what is due, and mails the reminder of the day before."""

    def run(job: Job, _going_on: GoingOn) -> bool:
        given = UNASKED.validate_json(job.body)
        assert isinstance(given, MeetingDue)
        commits.decide(lambda desk, mails: _say(desk, mails, given, job))
        return True

    return JobKind(MEETING_DUE, run)


def _say(desk: BookingDesk, mails: BookingMails, given: MeetingDue, job: Job) -> None:
    conversation = job.conversation or ""
    part = next((one for one in desk.parts(conversation) if one.booking.id == given.booking), None)
    due = None if part is None else _due(part, given)
    if part is None or due is None:
        return
    follow_up = part.booking.follow_up
    paused = any(one.owner != BOT for one in desk.handoffs(conversation) if one.is_open)
    match what_to_do(due, part, desk.now, follow_up=follow_up, paused=paused):
        case "say":
            said = plan_input(conversation, f"say:{job.key}", millis(desk.now), given)
            desk.decided.planned.append(said)
            if given.what == "day_before":
                mails.reminded(part, conversation)
        case "wait":
            at = _again(due, desk.now)
            key = f"{job.key.partition('/')[0]}/{millis(at)}"
            desk.decided.planned.append(
                Planned(MEETING_DUE, key, millis(at), job.body, job.conversation)
            )
        case "drop" | "missed":
            pass


def _due(part: OwnPart, given: MeetingDue) -> MessageDue | None:
    """Return what was planned, where the booking still has it; what was moved or cancelled has not."""
    return next(
        (
            one
            for one in messages_due(part, follow_up=part.booking.follow_up)
            if one.what == given.what and abs(one.expires - given.expires) < timedelta(seconds=1)
        ),
        None,
    )


def _again(due: MessageDue, now: datetime) -> datetime:
    """Return when to look again: at its moment, in the morning, or in a while."""
    if now < due.at:
        return due.at
    morning = waking(now)
    return morning if morning > now else now + LOOK_AGAIN
