"""A meeting with all its bookings: what it blocks, which places are free, and what orders leave of it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeVar

from bot.core.booking.bounds import BookingBounds
from bot.core.booking.kinds import MeetingKind, MeetingMode
from bot.core.booking.meeting import Booking, BookingState, Meeting
from bot.core.booking.spans import Span
from bot.core.booking.versioned import Versioned
from bot.core.booking.waiting_entry import WaitingEntry

AGREED: frozenset[BookingState] = frozenset({"confirmed", "arrived"})  # and not yet over
# what a time must keep to be taken: all that people must; only somebody's hours; only that nothing else is there
Bounds = Literal["all", "hours", "nothing_else"]


class StartWanted(NamedTuple):
    """A time somebody asks for, of one or more counsellors together.

    bounds: what of notice, hours and load counts. besides: ids of meetings that are left out of account, as they move
    away or end with it.
    """

    kind: str
    mode: MeetingMode
    counsellors: tuple[str, ...]
    institution: str
    during: Span
    blocked: Span
    bounds: Bounds
    besides: tuple[str, ...] = ()


FreeStart = Callable[[StartWanted], bool]


class FreedTime(NamedTuple):
    """Time that somebody else may have. meeting: whose places it is, for a group; "" where a meeting is made for it."""

    kind: str
    mode: MeetingMode
    counsellors: tuple[str, ...]
    institution: str
    during: Span
    where: str = ""
    meeting: str = ""
    seats: int = 1
    example: bool = False


class OwnPart(NamedTuple):
    """A booking with its meeting, of one person."""

    booking: Booking
    meeting: Meeting

    def is_open_at(self, now: datetime) -> bool:
        """Return whether the meeting is still ahead, or on, and a place in it theirs."""
        is_on = self.meeting.state == "open" and now < self.meeting.during.end
        return is_on and self.booking.state_at(now) in AGREED | {"held"}


class BookingChanges(NamedTuple):
    """What orders leave, to be kept in one transaction and in this order: time is let go before other time is taken.

    freed: what the waiting list may have in the same transaction. frees_at: when a cancelled time is let go, unless it is
    taken back; then a `LetGo` is due.
    """

    meetings: tuple[Meeting, ...] = ()
    bookings: tuple[Booking, ...] = ()
    entries: tuple[WaitingEntry, ...] = ()
    freed: tuple[FreedTime, ...] = ()
    frees_at: datetime | None = None

    def then(self, later: "BookingChanges") -> "BookingChanges":
        """Return these changes and then others, of other values."""
        return BookingChanges(
            meetings=self.meetings + later.meetings,
            bookings=self.bookings + later.bookings,
            entries=self.entries + later.entries,
            freed=self.freed + later.freed,
            frees_at=later.frees_at or self.frees_at,
        )


class Appointment(NamedTuple):
    """A meeting with every booking there ever was of it."""

    meeting: Meeting
    bookings: tuple[Booking, ...] = ()

    @property
    def is_group(self) -> bool:
        """Return whether it stands by itself, opened by a counsellor, and not for one booking."""
        return self.meeting.seats > 1

    def find(self, id_: str) -> Booking | None:
        """Return a booking by its id."""
        return next((one for one in self.bookings if one.id == id_), None)

    def party(self, booking: Booking) -> tuple[Booking, ...]:
        """Return a booking with those that were made with it, all of which stand as it does."""
        own = (one for one in self.bookings if one.party_of == booking.id)
        return (booking, *(one for one in own if one.state == booking.state))

    def undo_until(self, booking: Booking, bounds: BookingBounds) -> datetime | None:
        """Return until when a cancelled booking can be had back; None where it cannot."""
        if (booking.state, booking.ended_by) != ("cancelled", "person") or not booking.ended_at:
            return None
        kept = booking.ended_at + timedelta(minutes=bounds.undo_minutes)
        return min(kept, self.meeting.during.start)

    def keeps_seat_at(self, booking: Booking, now: datetime, bounds: BookingBounds) -> bool:
        """Return whether its place is nobody else's: it is taken, or can still be had back."""
        undo = self.undo_until(booking, bounds)
        has_place = booking.takes_place_at(now) or booking.state == "excused"
        return has_place or (undo is not None and now < undo)

    def free_seats(self, now: datetime, bounds: BookingBounds) -> tuple[int, ...]:
        """Return the numbers of the places that can be taken, counted from 0."""
        if self.meeting.state == "cancelled" or now >= self.meeting.during.start:
            return ()
        kept = {one.seat for one in self.bookings if self.keeps_seat_at(one, now, bounds)}
        return tuple(seat for seat in range(self.meeting.seats) if seat not in kept)

    def blocks_at(self, now: datetime, bounds: BookingBounds) -> bool:
        """Return whether its time is nobody else's, whether or not what has ended was tidied up."""
        if self.meeting.state == "cancelled":
            return False
        return self.is_group or any(self.keeps_seat_at(one, now, bounds) for one in self.bookings)

    def released_at(self, bounds: BookingBounds) -> datetime | None:
        """Return from when it blocks nothing any more unless something happens; None: not by itself."""
        if self.meeting.state == "cancelled" or self.is_group:
            return None
        if any(one.state in AGREED | {"seen", "no_show", "excused"} for one in self.bookings):
            return None
        ends = (
            one.hold_until if one.state in {"held", "lapsed"} else self.undo_until(one, bounds)
            for one in self.bookings
        )
        return max((end for end in ends if end is not None), default=None)

    def freed(self, seats: int = 1) -> FreedTime:
        """Return its time, or some of its places, as what somebody else may have."""
        meeting = self.meeting
        return FreedTime(
            kind=meeting.kind,
            mode=meeting.mode,
            counsellors=meeting.counsellors,
            institution=meeting.institution,
            during=meeting.during,
            where=meeting.where,
            meeting=meeting.id if self.is_group else "",
            seats=seats,
            example=meeting.example,
        )


def spans_of(kind: MeetingKind, start: datetime) -> tuple[Span, Span]:
    """Return the time of a meeting that begins at a moment, and with what is kept free around it."""
    end = start + timedelta(minutes=kind.minutes)
    before, after = timedelta(minutes=kind.before), timedelta(minutes=kind.after)
    return Span(start=start, end=end), Span(start=start - before, end=end + after)


Value = TypeVar("Value", bound=Versioned)


def all_changed(values: Iterable[Value], **update: object) -> tuple[Value, ...]:
    """Return values changed alike, each by one version. update: fields of theirs."""
    return tuple(value.changed(**update) for value in values)


def open_parts(parts: Iterable[OwnPart], now: datetime) -> Iterator[OwnPart]:
    """Return those of somebody's parts that are still ahead, or on."""
    return (part for part in parts if part.is_open_at(now))
