"""Orders about a place in the waiting list, obeyed or refused whole like those about bookings."""

from typing import Annotated, Final, Literal, assert_never

from pydantic import Field

from bot.core.base.tagged import Tagged
from bot.core.booking.appointment import (
    Appointment,
    BookingChanges,
    OwnPart,
    all_changed,
    open_parts,
)
from bot.core.booking.entry_changes import (
    after_decline,
    asked_again,
    is_ask_due,
    still_wanted,
    taken,
)
from bot.core.booking.holding import agreed, check_ahead, held_at
from bot.core.booking.meeting import Booking
from bot.core.booking.moving import moved_to_offer, seat_moved
from bot.core.booking.order_forms import BookingRefused, Circumstances, ConfirmBooking
from bot.core.booking.own_parts import check_agreed, hold_let_go
from bot.core.booking.versioned import HexId
from bot.core.booking.waiting_entry import WaitingEntry, WaitingState


class JoinList(Tagged):
    """Wait for a time. entry: as it is to stand; its state, version and moment are set by the order."""

    kind: Literal["join"] = "join"
    entry: WaitingEntry


class LeaveList(Tagged):
    """Wait no longer."""

    kind: Literal["leave"] = "leave"
    entry: HexId


class StillWant(Tagged):
    """Answer whether one still waits."""

    kind: Literal["still_want"] = "still_want"
    entry: HexId
    wanted: bool


class AcceptOffer(Tagged):
    """Take what is offered. agreed: as where any held time is agreed to."""

    kind: Literal["accept"] = "accept"
    entry: HexId
    agreed: ConfirmBooking


class DeclineOffer(Tagged):
    """Say no, thank you: it goes to the next one at once."""

    kind: Literal["decline_offer"] = "decline_offer"
    entry: HexId


class AskAgain(Tagged):
    """Ask somebody whether they still wait."""

    kind: Literal["ask_again"] = "ask_again"
    entry: HexId


class CloseEntry(Tagged):
    """End somebody's waiting because there is nothing left to wait for."""

    kind: Literal["close"] = "close"
    entry: HexId


STANDING: Final[frozenset[WaitingState]] = frozenset({"waiting", "offered"})
WaitingOrder = Annotated[
    JoinList | LeaveList | StillWant | AcceptOffer | DeclineOffer | AskAgain | CloseEntry,
    Field(discriminator="kind"),
]


def obey_waiting(order: WaitingOrder, c: Circumstances) -> BookingChanges:
    """Return what an order leaves.

    order: what is to be done; c: how things stand, with the conversation's entries, and what is offered as the
    appointment. Errors: BookingRefused, and then nothing is changed.
    """
    by_program = isinstance(order, AskAgain | CloseEntry)
    if by_program == (c.role == "person") or (c.role == "program" and not by_program):
        raise BookingRefused("not_yours")
    match order:
        case JoinList():
            return _join(order.entry, c)
        case LeaveList():
            return _ended(_entry(order.entry, c), "left", c)
        case StillWant():
            entry = _entry(order.entry, c)
            if not order.wanted:
                return _ended(entry, "left", c)
            return BookingChanges(entries=(still_wanted(entry, c.now),))
        case AcceptOffer():
            return _accept(order, c)
        case DeclineOffer():
            entry, booking = _offered(order.entry, c)
            declined = after_decline(entry, c.about().meeting.during.start, c.now)
            let_go = hold_let_go(c.about(), booking, c)
            return let_go.then(BookingChanges(entries=(declined,)))
        case AskAgain():
            entry = _entry(order.entry, c)
            if not is_ask_due(entry, c.now, c.bounds):
                raise BookingRefused("too_early")
            return BookingChanges(entries=(asked_again(entry, c.now),))
        case CloseEntry():
            return _ended(_entry(order.entry, c), "closed", c)
        case _:
            assert_never(order)


def to_be_asked(changes: BookingChanges, c: Circumstances) -> tuple[str, ...]:
    """Return the entries whose people are asked, after what was changed just now, whether they still wait."""
    return tuple(one.id for one in changes.entries if one.state == "waiting" and one.asked == c.now)


def _join(entry: WaitingEntry, c: Circumstances) -> BookingChanges:
    kinds = {entry.need.kind, *entry.also}
    theirs = [one for one in c.entries if one.whom == entry.whom and one.state in STANDING]
    if any(kinds & {one.need.kind, *one.also} for one in theirs):
        raise BookingRefused("has_one")
    own = [one for one in open_parts(c.parts, c.now) if one.booking.whom == entry.whom]
    if entry.sooner:
        if not any(_is_agreed(one, entry.sooner) for one in own):
            raise BookingRefused("not_agreed")
    elif any(one.booking.kind in kinds for one in own):
        raise BookingRefused("has_one")
    fresh = WaitingEntry(
        id=entry.id,
        version=1,
        need=entry.need,
        also=entry.also,
        group=entry.group,
        made=c.now,
        whom=entry.whom,
        weekdays=entry.weekdays,
        hours=entry.hours,
        party=entry.party,
        sooner=entry.sooner,
        example=entry.example,
    )
    return BookingChanges(entries=(fresh,))


def _accept(order: AcceptOffer, c: Circumstances) -> BookingChanges:
    entry, offered = _offered(order.entry, c)
    booking = held_at(offered, c.now)
    if order.agreed.booking != booking.id:
        raise BookingRefused("gone")
    ended = BookingChanges(entries=(taken(entry),))
    if not entry.sooner:
        return agreed(booking, order.agreed, c).then(ended)
    check_ahead(c.about().meeting.during.start, c)
    own = next((one for one in c.parts if one.booking.id == entry.sooner), None)
    if own is None or not _is_agreed(own, entry.sooner) or not own.is_open_at(c.now):
        raise BookingRefused("ended")
    check_agreed(own.booking, c.about().meeting.during, c, frozenset({booking.id}))
    there = c.about()
    if not there.is_group:
        return moved_to_offer(own, there, order.agreed, c).then(ended)
    theirs = tuple(one.booking for one in c.parts if one.meeting.id == own.meeting.id)
    before = Appointment(own.meeting, theirs)
    party = there.party(booking)
    let_go = all_changed(party, state="lapsed", ended_at=c.now, ended_by=c.role)
    gone = {one.id for one in party}
    left = Appointment(there.meeting, tuple(one for one in there.bookings if one.id not in gone))
    moved = seat_moved(own.booking, before, left, c, own.booking.moved)
    return BookingChanges(bookings=let_go).then(moved).then(ended)


def _ended(
    entry: WaitingEntry, state: Literal["left", "closed"], c: Circumstances
) -> BookingChanges:
    """Return an entry that ends; what is offered to it goes to others."""
    changes = BookingChanges(entries=(entry.changed(state=state, booking=""),))
    if entry.state != "offered":
        return changes
    booking = c.about().find(entry.booking)
    is_held = booking is not None and booking.state == "held"
    return hold_let_go(c.about(), booking, c).then(changes) if booking and is_held else changes


def _entry(id_: str, c: Circumstances) -> WaitingEntry:
    entry = next((one for one in c.entries if one.id == id_), None)
    if entry is None:
        raise BookingRefused("gone")
    if entry.state not in STANDING:
        raise BookingRefused("ended")
    return entry


def _offered(id_: str, c: Circumstances) -> tuple[WaitingEntry, Booking]:
    """Return an entry with what is offered to it. Errors: BookingRefused where nothing is, or no longer."""
    entry = _entry(id_, c)
    booking = c.about().find(entry.booking)
    if entry.state != "offered" or booking is None or booking.state != "held":
        raise BookingRefused("lapsed")
    return entry, booking


def _is_agreed(part: OwnPart, id_: str) -> bool:
    return part.booking.id == id_ and part.booking.state == "confirmed"
