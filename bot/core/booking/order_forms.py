"""What can be done with a booking or a meeting: each order a value, whoever gives it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import AwareDatetime, Field

from bot.core.base.tagged import Tagged
from bot.core.base.texts import Language
from bot.core.base.whole_text import WholeText
from bot.core.booking.appointment import Appointment, Bounds, FreeStart, OwnPart
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.daytime import day_of
from bot.core.booking.kinds import MeetingKind, MeetingMode
from bot.core.booking.meeting import (
    MOST_COUNSELLORS,
    Booking,
    Companion,
    EndedBy,
    HandedItem,
    Meeting,
    Short,
)
from bot.core.booking.versioned import HexId
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.flows.step_base import Id

MOST_IN_PARTY: Final = 30
Together = Annotated[tuple[str, ...], Field(min_length=1, max_length=MOST_COUNSELLORS)]
CancelChoice = Literal["cancel", "move", "keep"]
MeetingResult = Literal["seen", "excused", "no_show"]


class ForWhom(Tagged):
    """Who a booking is for, and who makes it. passes_on: see `Booking`."""

    whom: Short = "self"
    language: Language = "lv"
    booked_by: Companion | None = None
    passes_on: date | None = None


class HoldTime(ForWhom):
    """Keep a time for somebody while they decide: the meeting is made for it. meeting, booking: ids they are to have."""

    kind: Literal["hold_time"] = "hold_time"
    meeting: HexId
    booking: HexId
    meeting_kind: Id
    mode: MeetingMode
    counsellors: Together
    institution: str
    start: AwareDatetime
    where: Short = ""
    example: bool = False


class HoldSeat(ForWhom):
    """Keep places of a group for somebody while they decide. bookings: ids, one for each place that is wanted together."""

    kind: Literal["hold_seat"] = "hold_seat"
    bookings: Annotated[tuple[HexId, ...], Field(min_length=1, max_length=MOST_IN_PARTY)]


class KeepLonger(Tagged):
    """Keep a held time for as long again."""

    kind: Literal["keep_longer"] = "keep_longer"
    booking: HexId


class ConfirmBooking(Tagged):
    """Agree to a held time, with all that is handed over. The fields are those of `Booking`."""

    kind: Literal["confirm"] = "confirm"
    booking: HexId
    question: Annotated[WholeText, Field(max_length=3000)] = ""
    handed: tuple[HandedItem, ...] = ()
    handed_until: AwareDatetime | None = None
    along: Companion | None = None
    email: str = ""
    email_confirmed: bool = False
    passes_on: date | None = None
    code: str = ""
    follow_up: bool = False


class ReleaseHold(Tagged):
    """Let a held time go."""

    kind: Literal["release"] = "release"
    booking: HexId


class CancelBooking(Tagged):
    """Cancel what was agreed. choice: what the person chose where they were asked; nothing is cancelled without it."""

    kind: Literal["cancel"] = "cancel"
    booking: HexId
    choice: CancelChoice | None = None
    reason: Short = ""


class UndoCancel(Tagged):
    """Have a cancelled time back, as long as nobody else may have it."""

    kind: Literal["undo_cancel"] = "undo_cancel"
    booking: HexId


class CallOff(Tagged):
    """Cancel a meeting as a counsellor, or one person's part in a group. booking: "": the meeting, for everybody."""

    kind: Literal["call_off"] = "call_off"
    booking: str = ""
    reason: Short


class DeclineBooking(Tagged):
    """Say as a counsellor that this is nothing one can be met for, and why."""

    kind: Literal["decline"] = "decline"
    booking: HexId
    reason: Short


class MoveBooking(Tagged):
    """Move one's own meeting to another time with the same counsellors. None: as it is."""

    kind: Literal["move_booking"] = "move_booking"
    booking: HexId
    start: AwareDatetime
    mode: MeetingMode | None = None
    institution: str | None = None
    where: Short | None = None


class MoveSeat(Tagged):
    """Move one's place to another meeting of the same kind, which is given as the target."""

    kind: Literal["move_seat"] = "move_seat"
    booking: HexId


class MoveMeeting(Tagged):
    """Change time, counsellors or place of a meeting, for everybody in it. None: as it is."""

    kind: Literal["move_meeting"] = "move_meeting"
    start: AwareDatetime | None = None
    counsellors: Together | None = None
    mode: MeetingMode | None = None
    institution: str | None = None
    where: Short | None = None


class SayComing(Tagged):
    """Say that one comes."""

    kind: Literal["say_coming"] = "say_coming"
    booking: HexId


class TellArrived(Tagged):
    """Say that somebody is there."""

    kind: Literal["arrived"] = "arrived"
    booking: HexId


class TellLate(Tagged):
    """Say that one will be some minutes late."""

    kind: Literal["late"] = "late"
    booking: HexId
    minutes: Annotated[int, Field(ge=1, le=480)]


class NoteResult(Tagged):
    """Say what came of somebody's meeting; or correct it."""

    kind: Literal["result"] = "result"
    booking: HexId
    result: MeetingResult


class WithdrawResult(Tagged):
    """Take back what was said to have come of a meeting, or that somebody is there."""

    kind: Literal["withdraw_result"] = "withdraw_result"
    booking: HexId


class TakeOver(Tagged):
    """Make a booking one's own that somebody else made. code: a digest of what they were given; next_code: of a new one."""

    kind: Literal["take_over"] = "take_over"
    booking: HexId
    code: str
    next_code: str


class PassRight(Tagged):
    """Give whom a booking is for, on the day they are of age, a code by which they make it their own. code: its digest."""

    kind: Literal["pass_right"] = "pass_right"
    booking: HexId
    code: Annotated[str, Field(min_length=1)]


class ForgetBooker(Tagged):
    """Forget who it was that booked for somebody else; the booking stays."""

    kind: Literal["forget_booker"] = "forget_booker"
    booking: HexId


class OpenGroup(Tagged):
    """Open a meeting with places. meeting: the id it is to have."""

    kind: Literal["open_group"] = "open_group"
    meeting: HexId
    meeting_kind: Id
    mode: MeetingMode
    counsellors: Together
    institution: str
    start: AwareDatetime
    seats: Annotated[int, Field(ge=2, le=200)]
    where: Short = ""
    series: str = ""
    example: bool = False


class LetGo(Tagged):
    """Tidy up what the clock has ended: holds that ran out, cancelled times that nobody had back."""

    kind: Literal["let_go"] = "let_go"


BookingRefusal = Literal[
    "gone",  # no such booking here
    "not_yours",  # to do
    "taken",  # not free, or no longer
    "past",
    "has_one",  # of this kind already
    "has_offer",  # of the waiting list, which is to be answered
    "overlaps",  # another meeting of theirs
    "lapsed",
    "kept_enough",
    "no_choice",
    "no_reason",
    "ended",  # is cancelled, declined, or over
    "not_agreed",  # only held, or not even that
    "undo_over",
    "ask_counsellor",  # who may still move it
    "unchanged",
    "too_early",
    "too_late",
    "code",
    "until",
    "mode",
    "kind",
    "undecided",  # meetings under an absence
    "circle",  # of substitutes
]


class BookingRefused(Exception):
    """An order that cannot be obeyed, and so nothing is changed. reason: why not."""

    def __init__(self, reason: BookingRefusal) -> None:
        super().__init__(reason)
        self.reason: BookingRefusal = reason


class Circumstances(NamedTuple):
    """How things stand when an order is given.

    now: the moment. role: who gives it. kind: of the meeting. is_free: whether a time can be taken, asked by the same
    function that shows times. appointment: the meeting the order is about; None where it makes one. parts: all that the
    conversation has, whoever it is for. entries: its places in the waiting list. target: of `MoveSeat`, where to.
    """

    now: datetime
    role: EndedBy
    kind: MeetingKind
    is_free: FreeStart
    appointment: Appointment | None = None
    parts: tuple[OwnPart, ...] = ()
    entries: tuple[WaitingEntry, ...] = ()
    target: Appointment | None = None
    bounds: BookingBounds = BookingBounds()

    @property
    def is_staff(self) -> bool:
        """Return whether who gives the order is held by no notice and no limit of a person."""
        return self.role in {"counsellor", "coordinator"}

    @property
    def counting(self) -> Bounds:
        """Return what a time must keep for who gives the order."""
        return "nothing_else" if self.is_staff else "all"

    def about(self) -> Appointment:
        """Return the meeting that the order is about. Errors: BookingRefused where there is none."""
        if self.appointment is None:
            raise BookingRefused("gone")
        return self.appointment

    def found(self, id_: str) -> Booking:
        """Return the booking that an order is about. Errors: BookingRefused where it is not theirs to act on."""
        booking = self.about().find(id_)
        if booking is None:
            raise BookingRefused("gone")
        if self.role == "person" and has_passed(booking, self.now):
            raise BookingRefused("not_yours")
        return booking


def has_passed(booking: Booking, now: datetime) -> bool:
    """Return whether whom it was made for is of age by now, and acts alone."""
    return booking.passes_on is not None and booking.passes_on <= day_of(now)


def changed_meeting(meeting: Meeting, fields: Mapping[str, object]) -> Meeting:
    """Return a meeting as calendars hear of it: later by a version and by a sequence. fields: that change."""
    return meeting.changed(**fields, sequence=meeting.sequence + 1)
