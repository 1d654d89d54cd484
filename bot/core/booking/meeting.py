"""A meeting takes counsellors' time; a booking is one person's part in it. Both are values that orders change."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language
from bot.core.base.whole_text import WholeText
from bot.core.booking.kinds import MeetingMode
from bot.core.booking.spans import Span
from bot.core.booking.versioned import HexId, Versioned
from bot.core.flows.step_base import Id

# open: people may take its places, or have. cancelled: it will not be. Whether it is over, the clock says.
MeetingState = Literal["open", "cancelled"]
# held: kept for a while, by `hold_until`; past that it has lapsed, whatever stands here; so has what was let go by.
# confirmed: agreed. cancelled: by whom, says `ended_by`. arrived, seen, excused, no_show: what came of it.
BookingState = Literal[
    "held", "confirmed", "arrived", "seen", "excused", "no_show", "cancelled", "declined", "lapsed"
]
TAKING: frozenset[BookingState] = frozenset(
    {"held", "confirmed", "arrived", "seen", "no_show"}
)  # have a place
MeetingOutcome = Literal["first_step", "enrolled", "met", "decided_not", "not_yet"]
EndedBy = Literal["person", "counsellor", "coordinator", "program"]
Short = Annotated[WholeText, Field(max_length=300)]
MOST_COUNSELLORS = 3  # of one meeting


class Meeting(Versioned):
    """Time of one or more counsellors, with its places.

    id: 32 hexadecimal digits, and for good: it is what calendars know it by. sequence: what calendars count, raised when
    the time, the place or who is there changes, and when it is cancelled. blocked: the time with what is kept free around it.
    counsellors: their ids; who answers for it first. institution: of the first one, or where it is held.
    seats: how many bookings have room. where: a room or an address. example: made up, and in no figures.
    """

    id: HexId
    kind: Id
    mode: MeetingMode
    counsellors: Annotated[tuple[str, ...], Field(min_length=1, max_length=MOST_COUNSELLORS)]
    institution: str
    during: Span
    blocked: Span
    seats: Annotated[int, Field(ge=1, le=200)] = 1
    state: MeetingState = "open"
    sequence: int = 0
    where: Short = ""
    series: str = ""
    example: bool = False


class Companion(Frozen):
    """Who comes along, or who booked for somebody else. name: as they want to be called. email: where they are told."""

    role: Literal["parent", "teacher", "social_worker", "youth_worker", "nva", "other"]
    name: Short = ""
    email: str = ""


class HandedItem(Frozen):
    """One thing that is handed to the counsellor, as the person saw it before they agreed.

    id: what it is; lines: as they were shown, in Latvian for the counsellor and in the person's language for them.
    """

    id: Id
    title: Short
    lines: tuple[Annotated[WholeText, Field(max_length=2000)], ...] = ()


class Booking(Versioned):
    """One person's part in a meeting.

    whom: of the conversation, who it is for: "self", or a name the person gave ("Anna"). seat: the number of the place.
    question: in the person's own words. handed: what they agreed to hand over, and until when.
    along: who comes along. booked_by: somebody else who booked; they see the fact and not the content.
    moved: how often the person moved it. late: cancelled within the notice. was: the time before the last move, at moved_at.
    awaits_yes: the person is asked to say that they come; coming: when they said so. minutes_late: as they told.
    ended_at: of a cancellation, which can be undone for a while, or of what came of it, which can be withdrawn.
    passed_on: its place in a group, cancelled, went to who waits.
    offered: held by an offer of the waiting list. party_of: the booking it was made with, for the further places of a party.
    passes_on: the day on which whom it is for is of age and acts alone. code: a digest of the short code it can be found by.
    follow_up: they may be asked weeks later what came of it. helped: 1 to 5; told_again: what was handed over had to be told
    again; outcome: weeks later; all three as the person says. email_confirmed: whoever reads there has said that it is right.
    """

    id: HexId
    meeting: str
    kind: Id
    seat: int = 0
    whom: Short = "self"
    state: BookingState
    hold_until: AwareDatetime | None = None
    language: Language = "lv"
    question: Annotated[WholeText, Field(max_length=3000)] = ""
    handed: tuple[HandedItem, ...] = ()
    handed_until: AwareDatetime | None = None
    along: Companion | None = None
    booked_by: Companion | None = None
    email: str = ""
    email_confirmed: bool = False
    made: AwareDatetime
    moved: int = 0
    was: AwareDatetime | None = None
    moved_at: AwareDatetime | None = None
    late: bool = False
    awaits_yes: bool = False
    coming: AwareDatetime | None = None
    minutes_late: int = 0
    ended_at: AwareDatetime | None = None
    ended_by: EndedBy | None = None
    reason: Short = ""
    passed_on: bool = False
    offered: bool = False
    party_of: str = ""
    passes_on: date | None = None
    code: str = ""
    follow_up: bool = False
    helped: Annotated[int, Field(ge=1, le=5)] | None = None
    told_again: bool | None = None
    outcome: MeetingOutcome | None = None
    example: bool = False

    def state_at(self, now: AwareDatetime) -> BookingState:
        """Return its state by the clock: a hold that has run out has lapsed, tidied up or not."""
        if self.state == "held" and self.hold_until is not None and self.hold_until <= now:
            return "lapsed"
        return self.state

    def takes_place_at(self, now: AwareDatetime) -> bool:
        """Return whether it has its place at a moment."""
        return self.state_at(now) in TAKING
