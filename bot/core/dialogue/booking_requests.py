"""What a turn asks of the service about meetings with counsellors, and what it is answered."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language
from bot.core.base.whole_text import WholeText
from bot.core.booking.handoff import Handoff
from bot.core.booking.kinds import MeetingMode
from bot.core.booking.meeting import (
    Booking,
    Companion,
    HandedItem,
    Meeting,
    MeetingOutcome,
    Short,
)
from bot.core.booking.need import MeetingNeed
from bot.core.booking.waiting_entry import WaitingEntry

Question = Annotated[WholeText, Field(max_length=3000)]


class AboutMeetings(Frozen):
    """What every request about meetings is, so that all of them are answered in one place."""


class FindTimesRequest(AboutMeetings):
    """Look for times that can be booked. moving: the booking that is to be moved, whose own time is then no hindrance."""

    kind: Literal["find_times"] = "find_times"
    need: MeetingNeed
    moving: str = ""


class HoldTimeRequest(AboutMeetings):
    """Keep a time while the person decides. group: the meeting whose place it is; "" for a meeting of one's own.

    whom: "self", or whom it is for; booked_by: who books for somebody else.
    """

    kind: Literal["hold_time"] = "hold_time"
    need: MeetingNeed
    start: AwareDatetime
    mode: MeetingMode
    group: str = ""
    whom: Short = "self"
    booked_by: Companion | None = None
    language: Language = "lv"


class KeepTimeRequest(AboutMeetings):
    """Keep a held time for as long again."""

    kind: Literal["keep_time"] = "keep_time"
    booking: str


class ReleaseTimeRequest(AboutMeetings):
    """Let a held time go."""

    kind: Literal["release_time"] = "release_time"
    booking: str


class ConfirmTimeRequest(AboutMeetings):
    """Agree to a held time, with all that the person hands over, as they saw it. follow_up: they may be asked later what came of it."""

    kind: Literal["confirm_time"] = "confirm_time"
    booking: str
    question: Question = ""
    handed: tuple[HandedItem, ...] = ()
    unknown: tuple[Short, ...] = ()
    along: Companion | None = None
    email: str = ""
    follow_up: bool = False


class MyMeetingsRequest(AboutMeetings):
    """Say what the person has: meetings, places in the waiting list, what waits for a counsellor's answer."""

    kind: Literal["my_meetings"] = "my_meetings"


class CancelMeetingRequest(AboutMeetings):
    """Cancel what was agreed; the person has chosen to."""

    kind: Literal["cancel_meeting"] = "cancel_meeting"
    booking: str
    reason: Short = ""


class UndoCancelRequest(AboutMeetings):
    """Have a cancelled time back."""

    kind: Literal["undo_cancel"] = "undo_cancel"
    booking: str


class MoveMeetingRequest(AboutMeetings):
    """Move an agreed meeting to another time. group: as of `HoldTimeRequest`."""

    kind: Literal["move_meeting"] = "move_meeting"
    booking: str
    start: AwareDatetime
    mode: MeetingMode
    group: str = ""


class TellLateRequest(AboutMeetings):
    """Tell the counsellor that one will be late. minutes: by how much."""

    kind: Literal["tell_late"] = "tell_late"
    booking: str
    minutes: Annotated[int, Field(ge=1, le=480)]


class SayComingRequest(AboutMeetings):
    """Say that one comes."""

    kind: Literal["say_coming"] = "say_coming"
    booking: str


class JoinWaitingRequest(AboutMeetings):
    """Wait for a time. sooner: the booking that would be moved to an earlier one; the other fields are those of the entry."""

    kind: Literal["join_waiting"] = "join_waiting"
    need: MeetingNeed
    whom: Short = "self"
    weekdays: tuple[int, ...] = ()
    hours: tuple[Literal["morning", "afternoon", "evening"], ...] = ()
    sooner: str = ""


class LeaveWaitingRequest(AboutMeetings):
    """Wait no longer, or say that one still does. wanted: whether one does."""

    kind: Literal["leave_waiting"] = "leave_waiting"
    entry: str
    wanted: bool = False


class AnswerOfferRequest(AboutMeetings):
    """Take what the waiting list offers, or let it go to the next one. question, handed, email: as of `ConfirmTimeRequest`."""

    kind: Literal["answer_offer"] = "answer_offer"
    entry: str
    take: bool
    question: Question = ""
    handed: tuple[HandedItem, ...] = ()
    email: str = ""


class AskCounsellorRequest(AboutMeetings):
    """Hand a question to a counsellor without an hour. unknown: what is still open, as the agenda."""

    kind: Literal["ask_counsellor"] = "ask_counsellor"
    need: MeetingNeed
    question: Question
    handed: tuple[HandedItem, ...] = ()
    unknown: tuple[Short, ...] = ()


class WithdrawQuestionRequest(AboutMeetings):
    """Take back what was handed over. Of an hour that is agreed the hour stays."""

    kind: Literal["withdraw_question"] = "withdraw_question"
    handoff: str


class RateMeetingRequest(AboutMeetings):
    """Say after a meeting how it was. helped: 1 to 5; told_again: whether what was handed over had to be told again; outcome: weeks later."""

    kind: Literal["rate_meeting"] = "rate_meeting"
    booking: str
    helped: Annotated[int, Field(ge=1, le=5)] | None = None
    told_again: bool | None = None
    outcome: MeetingOutcome | None = None


class ConfirmAddressRequest(AboutMeetings):
    """Say that an address of mail is right, by the code that was sent there."""

    kind: Literal["confirm_address"] = "confirm_address"
    code: Short


BookingRequest = Annotated[
    FindTimesRequest | HoldTimeRequest | KeepTimeRequest | ReleaseTimeRequest | ConfirmTimeRequest | MyMeetingsRequest
    | CancelMeetingRequest | UndoCancelRequest | MoveMeetingRequest | TellLateRequest | SayComingRequest
    | JoinWaitingRequest | LeaveWaitingRequest | AnswerOfferRequest | AskCounsellorRequest | WithdrawQuestionRequest
    | RateMeetingRequest | ConfirmAddressRequest,
    Field(discriminator="kind"),
]  # fmt: skip
BookingRequestKind = Literal[
    "find_times", "hold_time", "keep_time", "release_time", "confirm_time", "my_meetings", "cancel_meeting", "undo_cancel",
    "move_meeting", "tell_late", "say_coming", "join_waiting", "leave_waiting", "answer_offer", "ask_counsellor",
    "withdraw_question", "rate_meeting", "confirm_address",
]  # fmt: skip


class OfferedMeeting(Frozen):
    """A time that can be booked, named once whoever is free. with_whom: who it would be with, as people may know them.

    office: where, by its name; room: in it. group: the meeting whose places these are, "" for one of one's own.
    same: whether it is with the counsellor the person has met before. example: it is made up.
    """

    start: AwareDatetime
    end: AwareDatetime
    modes: tuple[MeetingMode, ...]
    with_whom: Short = ""
    office: Short = ""
    room: Short = ""
    group: str = ""
    seats_left: int = 1
    same: bool = False
    example: bool = False


class MyMeeting(Frozen):
    """One of a person's bookings with its meeting. with_whom, office, address: as people may know them.

    code: the short code it can be found by, told once, as it is agreed. undo_until: until when a cancellation can be taken back.
    """

    booking: Booking
    meeting: Meeting
    with_whom: Short = ""
    office: Short = ""
    address: Short = ""
    code: str = ""
    undo_until: AwareDatetime | None = None


class MyMeetings(Frozen):
    """All that a person has of meetings: those ahead and those lately over, the soonest first."""

    meetings: tuple[MyMeeting, ...] = ()
    waiting: tuple[WaitingEntry, ...] = ()
    handoffs: tuple[Handoff, ...] = ()


class BookingResponse(Frozen):
    """What came of a request about meetings.

    state: "done", "nobody" (there is no counsellor for this need), "full" (there is, but no time), "not_here" (no service),
    or the core's word for why it was refused. times: those that can be booked, with any answer that is not "done" the nearest
    three others. about: the booking, entry or handoff it was about, as it is now. found_nobody: fallbacks, by their ids in content.
    """

    kind: BookingRequestKind
    state: str = "not_here"
    times: tuple[OfferedMeeting, ...] = ()
    mine: MyMeetings | None = None
    about: str = ""
    fallbacks: tuple[str, ...] = ()
