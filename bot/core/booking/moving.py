"""A meeting moved, by whom it is for or by a counsellor: it stays the same meeting, and calendars follow it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.core.booking.appointment import (
    AGREED,
    Appointment,
    BookingChanges,
    OwnPart,
    StartWanted,
    all_changed,
    spans_of,
)
from bot.core.booking.entry_changes import after_withdrawal, offered_of
from bot.core.booking.holding import check_ahead, check_notice, handed_over
from bot.core.booking.meeting import Booking, Meeting
from bot.core.booking.order_forms import (
    BookingRefused,
    Circumstances,
    ConfirmBooking,
    MoveBooking,
    MoveMeeting,
    MoveSeat,
    changed_meeting,
)
from bot.core.booking.own_parts import check_agreed

# what was said of a time is not said of another one
UNSAID: Final[Mapping[str, object]] = {"awaits_yes": False, "coming": None, "minutes_late": 0}


def move_booking(order: MoveBooking, c: Circumstances) -> BookingChanges:
    """Return somebody's own meeting at another time, as often and as late as its kind allows; the old time is freed.

    order: where to; c: how things stand. Errors: BookingRefused, "ask_counsellor" where they cannot do it by themselves.
    """
    booking, appointment = c.found(order.booking), c.about()
    if appointment.is_group:
        raise BookingRefused("kind")
    check_can_move(booking, appointment, c)
    there = _elsewhere(appointment.meeting, order, c)
    check_agreed(booking, there.during, c)
    if not c.is_free(_wanted(there, c)):
        raise BookingRefused("taken")
    was = appointment.meeting.during.start
    return BookingChanges(
        meetings=(there,),
        bookings=(booking.changed(**UNSAID, moved=_moves(booking, c), was=was, moved_at=c.now),),
        freed=(appointment.freed(),),
    )


def move_seat(order: MoveSeat, c: Circumstances) -> BookingChanges:
    """Return somebody's place in a group as one in another group of the kind, with all of their party.

    The rest as of `move_booking`.
    """
    booking, appointment, target = c.found(order.booking), c.about(), c.target
    if target is None or not target.is_group or target.meeting.kind != booking.kind:
        raise BookingRefused("kind")
    if target.meeting.id == appointment.meeting.id:
        raise BookingRefused("unchanged")
    check_can_move(booking, appointment, c)
    check_ahead(target.meeting.during.start, c)
    check_notice(target.meeting.during.start, c)
    check_agreed(booking, target.meeting.during, c)
    return seat_moved(booking, appointment, target, c, _moves(booking, c))


def seat_moved(
    booking: Booking, appointment: Appointment, target: Appointment, c: Circumstances, moves: int
) -> BookingChanges:
    """Return a place in a group as one in another: both groups' calendars hear of it. Errors: BookingRefused where it is full.

    booking: with its party; appointment: where it is; target: where it will be; c: how things stand; moves: so far.
    """
    party, seats = appointment.party(booking), target.free_seats(c.now, c.bounds)
    if len(seats) < len(party):
        raise BookingRefused("taken")
    was = appointment.meeting.during.start
    moved = tuple(
        one.changed(
            **UNSAID, moved=moves, was=was, moved_at=c.now, meeting=target.meeting.id, seat=seat
        )
        for one, seat in zip(party, seats, strict=False)
    )
    return BookingChanges(
        meetings=(changed_meeting(appointment.meeting, {}), changed_meeting(target.meeting, {})),
        bookings=moved,
        freed=(appointment.freed(len(party)),),
    )


def move_meeting(order: MoveMeeting, c: Circumstances) -> BookingChanges:
    """Return a meeting with another time, place or counsellors, for everybody in it, as one act.

    Who has agreed is asked to do so anew where there is time for it. What was only held lapses, if the time is another.
    order, c: as of `move_booking`. Errors: BookingRefused.
    """
    appointment = c.about()
    meeting, bookings = appointment
    if meeting.state == "cancelled" or c.now >= meeting.during.end:
        raise BookingRefused("ended")
    agreed = [one for one in bookings if one.state_at(c.now) in AGREED]
    if not agreed and not appointment.is_group:
        raise BookingRefused("not_agreed")
    there = _elsewhere(meeting, order, c)
    is_other_time = there.during != meeting.during
    if is_other_time and c.now >= meeting.during.start:
        raise BookingRefused("too_late")
    is_otherwise_taken = is_other_time or there.counsellors != meeting.counsellors
    if is_otherwise_taken and not c.is_free(_wanted(there, c)):
        raise BookingRefused("taken")
    changes = BookingChanges(meetings=(there,))
    return changes.then(_told_anew(appointment, there, c)) if is_other_time else changes


def moved_to_offer(
    own: OwnPart, offered: Appointment, order: ConfirmBooking, c: Circumstances
) -> BookingChanges:
    """Return somebody's own meeting at an earlier time that was offered to them: this is none of their moves.

    own: what they have; offered: what is held for them; order: how they agree to it; c: how things stand. What they hand
    over stays as it was, unless another counsellor gets it. Errors: BookingRefused.
    """
    booking, meeting = own
    held = offered.meeting
    is_known = set(held.counsellors) <= set(meeting.counsellors)
    handed = {} if is_known else handed_over(order, c)
    closed = held.changed(state="cancelled")
    there = changed_meeting(
        meeting,
        {
            name: getattr(held, name)
            for name in ("during", "blocked", "counsellors", "mode", "institution", "where")
        },
    )
    moved = booking.changed(
        **UNSAID, **handed, state="confirmed", was=meeting.during.start, moved_at=c.now
    )
    let_go = all_changed(offered.bookings, state="lapsed", ended_at=c.now, ended_by=c.role)
    return BookingChanges(
        meetings=(closed, there),
        bookings=(*let_go, moved),
        freed=(Appointment(meeting).freed(),),
    )


def check_can_move(booking: Booking, appointment: Appointment, c: Circumstances) -> None:
    """Check that somebody may still move what they agreed to. Errors: BookingRefused."""
    state, start = booking.state_at(c.now), appointment.meeting.during.start
    if state == "held":
        raise BookingRefused("not_agreed")
    if state != "confirmed" or appointment.meeting.state == "cancelled":
        raise BookingRefused("lapsed" if state == "lapsed" else "ended")
    if c.now >= start:
        raise BookingRefused("too_late")
    is_short = start - c.now < timedelta(hours=c.kind.move_notice)
    if not c.is_staff and (is_short or booking.moved >= c.kind.moves):
        raise BookingRefused("ask_counsellor")


def _moves(booking: Booking, c: Circumstances) -> int:
    """Return how often the person will have moved it; what a counsellor does for them is not counted."""
    return booking.moved if c.is_staff else booking.moved + 1


def _elsewhere(meeting: Meeting, order: MoveBooking | MoveMeeting, c: Circumstances) -> Meeting:
    """Return the meeting as an order wants it. Errors: BookingRefused where it is as it was, or cannot be."""
    start = order.start or meeting.during.start
    if order.start is not None and order.start != meeting.during.start:
        check_ahead(start, c)
    if order.mode is not None and order.mode not in c.kind.modes:
        raise BookingRefused("mode")
    during, blocked = spans_of(c.kind, start)
    wanted = {
        "mode": order.mode,
        "institution": order.institution,
        "where": order.where,
        "counsellors": order.counsellors if isinstance(order, MoveMeeting) else None,
    }
    fields: dict[str, object] = {name: new for name, new in wanted.items() if new is not None}
    if start != meeting.during.start:
        fields |= {"during": during, "blocked": blocked}
    if all(getattr(meeting, name) == new for name, new in fields.items()):
        raise BookingRefused("unchanged")
    return changed_meeting(meeting, fields)


def _wanted(there: Meeting, c: Circumstances) -> StartWanted:
    return StartWanted(
        kind=there.kind,
        mode=there.mode,
        counsellors=there.counsellors,
        institution=there.institution,
        during=there.during,
        blocked=there.blocked,
        bounds=c.counting,
        besides=(there.id,),
    )


def _told_anew(appointment: Appointment, there: Meeting, c: Circumstances) -> BookingChanges:
    """Return the bookings of a meeting that is at another time now."""
    was, ahead = appointment.meeting.during.start, there.during.start - c.now
    has_time = ahead > timedelta(hours=c.bounds.ask_hours)
    anew = {**UNSAID, "was": was, "moved_at": c.now, "awaits_yes": has_time}
    agreed = [one for one in appointment.bookings if one.state_at(c.now) in AGREED]
    held = [one for one in appointment.bookings if one.state_at(c.now) == "held"]
    # who may still have a cancelled time back gets this one, and is asked about it
    undone = [
        one
        for one in appointment.bookings
        if (until := appointment.undo_until(one, c.bounds)) is not None and c.now < until
    ]
    ids = {one.id for one in held}
    return BookingChanges(
        bookings=(
            *all_changed(agreed, **anew, state="confirmed"),
            *all_changed(held, state="lapsed", ended_at=c.now, ended_by=c.role),
            *all_changed(undone, **anew),
        ),
        entries=tuple(after_withdrawal(one) for one in offered_of(c.entries, ids)),
        freed=() if appointment.is_group else (appointment.freed(),),
    )
