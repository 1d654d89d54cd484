"""What the clock has ended, put in order: holds and offers that ran out, cancelled times that nobody had back.

Nothing here decides whether a time is free; it only lets who waits have it.
"""

from bot.core.booking.appointment import BookingChanges
from bot.core.booking.entry_changes import after_lapse
from bot.core.booking.handoff_orders import WithdrawHandoff, obey_handoff
from bot.core.booking.meeting import TAKING
from bot.core.booking.order_forms import LetGo
from bot.core.booking.orders import obey_booking
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.booking.waiting_orders import to_be_asked
from bot.core.dialogue.inputs import MeetingChanged
from bot.service.booking.desk import BookingDesk
from bot.service.booking.handing import handoff_moment


def let_meeting_go(desk: BookingDesk, meeting: str) -> None:
    """Decide what is left of a meeting whose holds have run out, and offer what that frees."""
    appointment = desk.appointment(meeting)
    if appointment is None:
        return
    people = {desk.decided.whose[one.id] for one in appointment.bookings} - {""}
    entries = tuple(entry for who in sorted(people) for entry in desk.entries(who))
    c = desk.circumstances(appointment.meeting.kind, "program", appointment)
    c = c._replace(entries=entries)
    changes = obey_booking(LetGo(), c)
    desk.add(changes)
    for entry in to_be_asked(changes, c):
        asked = MeetingChanged(what="still_wanted", entry=entry)
        desk.decided.tell(desk.decided.whose[entry], asked)
    _settle_cancelled(desk, meeting, changes)


def let_offer_go(desk: BookingDesk, entry: WaitingEntry) -> None:
    """Decide what becomes of an entry whose offer the store has ended by the clock already."""
    part = next(
        (
            one
            for one in desk.parts(desk.decided.whose[entry.id])
            if one.booking.id == entry.booking
        ),
        None,
    )
    start = desk.now if part is None else part.meeting.during.start
    changes = BookingChanges(entries=(after_lapse(entry, start, desk.now, desk.bounds),))
    desk.add(changes)
    if changes.entries[0].asked == desk.now:
        asked = MeetingChanged(what="still_wanted", entry=entry.id)
        desk.decided.tell(desk.decided.whose[entry.id], asked)


def _settle_cancelled(desk: BookingDesk, meeting: str, changes: BookingChanges) -> None:
    """Let cancelled bookings that nobody can have back any more keep no place, and nothing that was handed over."""
    booked = desk.reads.bookings.meeting(meeting)
    if booked is None:
        return
    changed = {one.id for one in changes.bookings}
    appointment = desk.appointment(meeting)
    assert appointment is not None
    for row in booked.bookings:
        booking = appointment.find(row.id)
        if booking is None or booking.state in TAKING | {"excused"}:
            continue
        undo = appointment.undo_until(booking, desk.bounds)
        if undo is not None and desk.now < undo:
            continue
        if row.takes and row.id not in changed:
            desk.decided.add_booking(booking.changed())
        if row.takes and row.conversation:
            _withdraw(desk, row.conversation, row.id)


def _withdraw(desk: BookingDesk, conversation: str, booking: str) -> None:
    """Take back what was handed over for an hour that will not be."""
    for handoff in desk.handoffs(conversation):
        if handoff.booking == booking and handoff.is_open:
            moment = handoff_moment(desk, handoff, "person")
            desk.decided.hand(obey_handoff(handoff, WithdrawHandoff(), moment))
