"""What was agreed ended before its time: by the person, who may have it back, or by a counsellor."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.booking.appointment import (
    AGREED,
    Appointment,
    BookingChanges,
    all_changed,
)
from bot.core.booking.entry_changes import after_withdrawal, offered_of, served
from bot.core.booking.meeting import Booking, BookingState
from bot.core.booking.order_forms import (
    BookingRefused,
    CallOff,
    CancelBooking,
    Circumstances,
    DeclineBooking,
    UndoCancel,
    changed_meeting,
)
from bot.core.booking.own_parts import check_agreed, hold_let_go


def cancel(order: CancelBooking, c: Circumstances) -> BookingChanges:
    """Return what is left where somebody cancels: always possible, and its time kept a while, in case they want it back.

    order: with the person's choice; c: how things stand. Errors: BookingRefused.
    """
    booking, appointment = c.found(order.booking), c.about()
    meeting = appointment.meeting
    state = booking.state_at(c.now)
    if state not in AGREED | {"held"} or c.now >= meeting.during.end:
        raise BookingRefused("lapsed" if state == "lapsed" else "ended")
    if order.choice is None:
        raise BookingRefused("no_choice")
    if order.choice != "cancel":
        return BookingChanges()
    if state == "held":
        if booking.offered:
            raise BookingRefused("has_offer")
        return hold_let_go(appointment, booking, c)
    is_late = meeting.during.start - c.now < timedelta(hours=c.kind.cancel_notice)
    ended = all_changed(
        appointment.party(booking),
        state="cancelled",
        ended_at=c.now,
        ended_by="person",  # on their behalf, where a counsellor does it for them
        late=is_late and not c.is_staff,
        reason=order.reason,
    )
    undo = appointment.undo_until(ended[0], c.bounds)
    return BookingChanges(
        meetings=(changed_meeting(meeting, {}),),
        bookings=ended,
        frees_at=max(c.now, undo) if undo else c.now,
    )


def undo_cancel(order: UndoCancel, c: Circumstances) -> BookingChanges:
    """Return a cancelled time as it was agreed. The rest as of `cancel`."""
    booking, appointment = c.found(order.booking), c.about()
    undo = appointment.undo_until(booking, c.bounds)
    if undo is None:
        raise BookingRefused("unchanged" if booking.state in AGREED else "ended")
    if c.now >= undo or appointment.meeting.state == "cancelled":
        raise BookingRefused("undo_over")
    check_agreed(booking, appointment.meeting.during, c)
    party = [one for one in appointment.party(booking) if one.ended_at == booking.ended_at]
    back = {"state": "confirmed", "ended_at": None, "ended_by": None, "late": False, "reason": ""}
    return BookingChanges(
        meetings=(changed_meeting(appointment.meeting, {}),),
        bookings=all_changed(party, **back),
        entries=served(c.entries, booking),
    )


def call_off(order: CallOff, c: Circumstances) -> BookingChanges:
    """Return what is left where a counsellor cancels a meeting, or one person's part in a group. The rest as of `cancel`."""
    appointment = c.about()
    if order.booking and appointment.is_group:
        return _ended_part(order.booking, order.reason, "cancelled", c)
    if order.booking:
        c.found(order.booking)
    _check_can_end(appointment, order.reason, c)
    active = [one for one in appointment.bookings if one.state_at(c.now) in AGREED | {"held"}]
    return _ended(active, order.reason, "cancelled", c).then(_closed(appointment, c))


def decline(order: DeclineBooking, c: Circumstances) -> BookingChanges:
    """Return what is left where a counsellor declines a booking, and says why. The rest as of `cancel`."""
    return _ended_part(order.booking, order.reason, "declined", c)


def holds_ended(c: Circumstances) -> BookingChanges:
    """Return a meeting that was only held for somebody, let go by us: to nobody's cost, as nobody had agreed to it."""
    appointment = c.about()
    held = [one for one in appointment.bookings if one.state_at(c.now) == "held"]
    entries = tuple(
        after_withdrawal(one) for one in offered_of(c.entries, {one.id for one in held})
    )
    changes = BookingChanges(entries=entries)
    for booking in held:
        changes = changes.then(hold_let_go(appointment, booking, c))
    return changes


def _ended_part(id_: str, reason: str, state: BookingState, c: Circumstances) -> BookingChanges:
    """Return one person's part ended; the meeting with it, where it was made for them."""
    booking, appointment = c.found(id_), c.about()
    _check_can_end(appointment, reason, c)
    if booking.state_at(c.now) not in AGREED | {"held"}:
        raise BookingRefused("ended")
    party = appointment.party(booking)
    changes = _ended(party, reason, state, c)
    if not appointment.is_group:
        return changes.then(_closed(appointment, c))
    is_ahead = c.now < appointment.meeting.during.start
    freed = (appointment.freed(len(party)),) if is_ahead else ()
    told = changed_meeting(appointment.meeting, {})
    return changes.then(BookingChanges(meetings=(told,), freed=freed))


def _ended(
    bookings: Sequence[Booking], reason: str, state: BookingState, c: Circumstances
) -> BookingChanges:
    """Return bookings ended by us; whoever was only offered one waits as before."""
    ended = all_changed(
        bookings, state=state, ended_at=c.now, ended_by=c.role, reason=reason, hold_until=None
    )
    ids = {one.id for one in bookings}
    entries = tuple(after_withdrawal(one) for one in offered_of(c.entries, ids))
    return BookingChanges(bookings=ended, entries=entries)


def _closed(appointment: Appointment, c: Circumstances) -> BookingChanges:
    """Return a meeting that will not be. The time of a group is not offered on: nobody opens another one by waiting."""
    closed = changed_meeting(appointment.meeting, {"state": "cancelled"})
    is_ahead = c.now < appointment.meeting.during.start
    freed = (appointment.freed(),) if is_ahead and not appointment.is_group else ()
    return BookingChanges(meetings=(closed,), freed=freed)


def _check_can_end(appointment: Appointment, reason: str, c: Circumstances) -> None:
    if not reason.strip():
        raise BookingRefused("no_reason")
    meeting = appointment.meeting
    if meeting.state == "cancelled" or c.now >= meeting.during.end:
        raise BookingRefused("ended")
