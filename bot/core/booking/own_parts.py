"""What somebody has already, which stands in the way of another booking of theirs, or gives way to it."""

from collections.abc import Iterator
from datetime import timedelta

from bot.core.booking.appointment import Appointment, BookingChanges, OwnPart, all_changed
from bot.core.booking.meeting import Booking
from bot.core.booking.order_forms import BookingRefused, Circumstances
from bot.core.booking.spans import Span


def room_for(whom: str, kind: str, during: Span, c: Circumstances) -> BookingChanges:
    """Return what is let go for a time that somebody chooses: another time they had only held.

    whom: see `Booking`; c: how things stand. Errors: BookingRefused where they have one of the kind already, are
    offered one, or are elsewhere then.
    """
    changes = BookingChanges()
    for part in _of(whom, c):
        booking = part.booking
        if booking.kind == kind and booking.state == "held" and not booking.offered:
            changes = changes.then(hold_let_go(_own_appointment(part, c), booking, c))
    _check(whom, kind, during, c, frozenset(one.id for one in changes.bookings))
    return changes


def check_agreed(
    booking: Booking, during: Span, c: Circumstances, besides: frozenset[str] = frozenset()
) -> None:
    """Check that a booking can stand beside the others somebody has.

    booking, during: and its time; c: how things stand; besides: ids of bookings that end with it.
    Errors: BookingRefused as of `room_for`.
    """
    _check(booking.whom, booking.kind, during, c, besides | {booking.id})


def hold_let_go(appointment: Appointment, booking: Booking, c: Circumstances) -> BookingChanges:
    """Return what is left where a held time is let go, with all of its party: it may be had by others at once."""
    party = appointment.party(booking)
    ended = all_changed(party, state="lapsed", ended_at=c.now, ended_by=c.role)
    is_ahead = c.now < appointment.meeting.during.start
    freed = (appointment.freed(len(party)),) if is_ahead else ()
    # no calendar has heard of what was only held: its sequence stays
    meetings = () if appointment.is_group else (appointment.meeting.changed(state="cancelled"),)
    return BookingChanges(meetings=meetings, bookings=ended, freed=freed)


def has_missed_many(whom: str, c: Circumstances) -> bool:
    """Return whether somebody did not come so often of late that they are asked the day before. whom, c: as above."""
    since = c.now - timedelta(days=c.bounds.no_show_days)
    missed = (
        part
        for part in c.parts
        if part.booking.whom == whom
        and part.booking.state == "no_show"
        and part.meeting.during.start >= since
    )
    return len(tuple(missed)) >= c.bounds.no_shows


def _of(whom: str, c: Circumstances) -> Iterator[OwnPart]:
    return (part for part in c.parts if part.booking.whom == whom and part.is_open_at(c.now))


def _own_appointment(part: OwnPart, c: Circumstances) -> Appointment:
    own = tuple(one.booking for one in c.parts if one.meeting.id == part.meeting.id)
    return Appointment(part.meeting, own)


def _check(whom: str, kind: str, during: Span, c: Circumstances, besides: frozenset[str]) -> None:
    """Check what somebody has beside some bookings, which are their own or let go."""
    others = [part for part in _of(whom, c) if part.booking.id not in besides]
    same = [part.booking for part in others if part.booking.kind == kind]
    if any(not one.offered for one in same):
        raise BookingRefused("has_one")
    # who waits for something sooner keeps what they have, whatever is offered meanwhile
    sooner = {entry.booking for entry in c.entries if entry.sooner}
    if any(one.id not in sooner for one in same):
        raise BookingRefused("has_offer")
    if any(part.meeting.during.overlaps(during) for part in others):
        raise BookingRefused("overlaps")
