"""What is said of a booking at which moment, until when it is worth saying; and what is dropped instead."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple, assert_never

from bot.core.booking.appointment import OwnPart
from bot.core.booking.daytime import day_of, riga_moment, waking

# day_before: they come, move it or cancel. after: one question, and whether they had to tell it again.
# three_weeks, three_months: what came of it, by consent. no_show: that they were missed, and how to go on.
BookingMessage = Literal["day_before", "after", "three_weeks", "three_months", "no_show"]

SAID_AT: Final = time(10)  # in Riga
LAST_SAFE_DAY: Final = 28  # that every month has
JUST_TOLD: Final = timedelta(hours=48)  # before the start: needs no reminding
AFTER: Final = timedelta(hours=1)
QUESTION_KEPT: Final = timedelta(days=7)
FOLLOW_UP_KEPT: Final = timedelta(days=21)
THREE_WEEKS: Final = timedelta(days=21)
THREE_MONTHS: Final = 3


class MessageDue(NamedTuple):
    """Something to be said of a booking. at: from when; expires: from when it is not said any more.

    Who says it looks first whether it is still due: what was moved or cancelled has other moments, or none.
    """

    what: BookingMessage
    booking: str
    at: datetime
    expires: datetime


def messages_due(part: OwnPart, *, follow_up: bool) -> frozenset[MessageDue]:
    """Return all that is due of a booking as it stands, whether its moment is past or not.

    part: the booking with its meeting; follow_up: whether the person agreed to be asked weeks later what came of it.
    """
    booking, meeting = part
    if booking.party_of or meeting.state == "cancelled":
        return frozenset()
    match booking.state:
        case "confirmed":
            return frozenset(_before(part))
        case "seen" | "arrived":
            return frozenset(_after(part, follow_up=follow_up))
        case "no_show":
            return frozenset(_missed(part))
        case "held" | "excused" | "cancelled" | "declined" | "lapsed":
            return frozenset()
        case _:
            assert_never(booking.state)


def what_to_do(
    due: MessageDue, part: OwnPart, now: datetime, *, follow_up: bool, paused: bool
) -> Literal["say", "wait", "drop", "missed"]:
    """Return what becomes of a message whose moment may have come.

    due: as it was planned; part: the booking as it stands now; follow_up: as of `messages_due`; paused: whether a
    counsellor has the conversation: only what is of the meeting itself is said then. "drop" is for what is not due any
    more, "missed" for what was not said in time, of which the counsellor hears.
    """
    if due not in messages_due(part, follow_up=follow_up):
        return "drop"
    if now >= due.expires:
        return "missed"
    if now < due.at or waking(now) != now:
        return "wait"
    return "wait" if paused and due.what != "day_before" else "say"


def months_later(day: date, months: int) -> date:
    """Return the same day some months later; of the last days of a month, one that every month has."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, LAST_SAFE_DAY))


def _before(part: OwnPart) -> Iterator[MessageDue]:
    booking, start = part.booking, part.meeting.during.start
    at = riga_moment(day_of(start) - timedelta(days=1), SAID_AT)
    told = booking.moved_at or booking.made  # of this time
    # who is asked whether they come is asked in any case, as long as that morning is still to come
    if at > told and (booking.awaits_yes or start - told >= JUST_TOLD):
        yield MessageDue("day_before", booking.id, at, start)


def _after(part: OwnPart, *, follow_up: bool) -> Iterator[MessageDue]:
    booking, end = part.booking, part.meeting.during.end
    at = waking(end + AFTER)
    yield MessageDue("after", booking.id, at, at + QUESTION_KEPT)
    if follow_up and booking.state == "seen":
        day = day_of(end)
        weeks = riga_moment(day + THREE_WEEKS, SAID_AT)
        yield MessageDue("three_weeks", booking.id, weeks, weeks + FOLLOW_UP_KEPT)
        months = riga_moment(months_later(day, THREE_MONTHS), SAID_AT)
        yield MessageDue("three_months", booking.id, months, months + FOLLOW_UP_KEPT)


def _missed(part: OwnPart) -> Iterator[MessageDue]:
    booking = part.booking
    said = booking.ended_at or part.meeting.during.end
    at = riga_moment(day_of(said) + timedelta(days=1), SAID_AT)
    yield MessageDue("no_show", booking.id, at, at + QUESTION_KEPT)
