"""The day of a meeting: who comes, is there, is late, did not come; and that it can be taken back."""

from datetime import timedelta

from bot.core.booking.appointment import AGREED, BookingChanges
from bot.core.booking.meeting import Booking, BookingState, MeetingOutcome
from bot.core.booking.order_forms import (
    BookingRefused,
    Circumstances,
    NoteResult,
    SayComing,
    TellArrived,
    TellLate,
    WithdrawResult,
)

RESULTS: frozenset[BookingState] = frozenset({"seen", "excused", "no_show"})


def say_coming(order: SayComing, c: Circumstances) -> BookingChanges:
    """Return a booking whose person comes. order: which; c: how things stand. Errors: BookingRefused."""
    return _one(_awaited(order.booking, c).changed(coming=c.now, awaits_yes=False))


def tell_arrived(order: TellArrived, c: Circumstances) -> BookingChanges:
    """Return a booking whose person is there. The rest as of `say_coming`."""
    booking = _awaited(order.booking, c)
    _check_from(-c.bounds.arrival_minutes, c)
    return _one(booking.changed(state="arrived"))


def tell_late(order: TellLate, c: Circumstances) -> BookingChanges:
    """Return a booking whose person comes some minutes late, within the meeting. The rest as of `say_coming`."""
    booking = _awaited(order.booking, c)
    if order.minutes >= c.kind.minutes:
        raise BookingRefused("too_late")
    if booking.minutes_late == order.minutes:
        raise BookingRefused("unchanged")
    return _one(booking.changed(minutes_late=order.minutes, coming=c.now, awaits_yes=False))


def note_result(order: NoteResult, c: Circumstances) -> BookingChanges:
    """Return a booking with what came of it. That somebody did not come is said only after they had time to.

    The rest as of `say_coming`.
    """
    booking = c.found(order.booking)
    if booking.state not in RESULTS | {"confirmed", "arrived"}:
        raise BookingRefused("ended" if booking.ended_at else "not_agreed")
    if booking.state == order.result:
        raise BookingRefused("unchanged")
    match order.result:
        case "seen":
            _check_from(-c.bounds.arrival_minutes, c)
        case "excused":
            _check_from(0, c)
        case "no_show":
            _check_from(booking.minutes_late + c.bounds.grace_minutes, c)
    if booking.state in RESULTS:
        _check_not_settled(booking, c)
        return _one(booking.changed(state=order.result, ended_by=c.role))
    return _one(booking.changed(state=order.result, ended_at=c.now, ended_by=c.role))


def withdraw_result(order: WithdrawResult, c: Circumstances) -> BookingChanges:
    """Return a booking as if nothing had been said of it yet. The rest as of `say_coming`."""
    booking = c.found(order.booking)
    if booking.state not in RESULTS | {"arrived"}:
        raise BookingRefused("unchanged")
    if booking.state in RESULTS:
        _check_not_settled(booking, c)
    return _one(booking.changed(state="confirmed", ended_at=None, ended_by=None))


def rated(
    booking: Booking,
    c: Circumstances,
    helped: int | None,
    told_again: bool | None,  # noqa: FBT001 - an answer
    outcome: MeetingOutcome | None,
) -> BookingChanges:
    """Return a booking with what the person says of it; what they do not say stays. The rest as of `say_coming`."""
    if c.now < c.about().meeting.during.end:
        raise BookingRefused("too_early")
    if booking.state not in RESULTS | AGREED:
        raise BookingRefused("ended")
    given = {"helped": helped, "told_again": told_again, "outcome": outcome}
    said = {name: value for name, value in given.items() if value is not None}
    return _one(booking.changed(**said))


def _one(booking: Booking) -> BookingChanges:
    return BookingChanges(bookings=(booking,))


def _awaited(id_: str, c: Circumstances) -> Booking:
    """Return an agreed booking of a meeting that is not over. Errors: BookingRefused."""
    booking, meeting = c.found(id_), c.about().meeting
    state = booking.state_at(c.now)
    if state == "arrived":
        raise BookingRefused("unchanged")
    if state == "held":
        raise BookingRefused("not_agreed")
    if state != "confirmed" or meeting.state == "cancelled" or c.now >= meeting.during.end:
        raise BookingRefused("lapsed" if state == "lapsed" else "ended")
    return booking


def _check_from(minutes: int, c: Circumstances) -> None:
    """Check that it is some minutes after the start, or more. Errors: BookingRefused."""
    if c.now < c.about().meeting.during.start + timedelta(minutes=minutes):
        raise BookingRefused("too_early")


def _check_not_settled(booking: Booking, c: Circumstances) -> None:
    """Check that what was said can still be taken back. Errors: BookingRefused."""
    said = booking.ended_at
    if said is not None and c.now - said > timedelta(days=c.bounds.outcome_days):
        raise BookingRefused("too_late")
