"""Somebody who waits for a time."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.core.booking.meeting import Short
from bot.core.booking.need import MeetingNeed
from bot.core.booking.versioned import HexId, Versioned
from bot.core.flows.step_base import Id

# waiting, with an offer open, or no longer: taken by them, given up by them, or its kind or place has ended
WaitingState = Literal["waiting", "offered", "taken", "left", "closed"]


class WaitingEntry(Versioned):
    """One person's place in a waiting list; never told as a promise.

    also: further kinds that would do. group: 0 is served first; it comes from the priority's public reason.
    weekdays, hours: what suits; all where none are named. party: places wanted together.
    booking: the offer open now, a held booking. passed: when what they let go by would begin; it is not offered again.
    lapsed: offers in a row that ran out; declining costs nothing. asked: when they were last asked whether they still want it;
    heard: when they last said so. silent: they do not answer, and stand behind others.
    sooner: the booking they have and would move to an earlier time.
    """

    id: HexId
    need: MeetingNeed
    also: tuple[Id, ...] = ()
    state: WaitingState = "waiting"
    group: Annotated[int, Field(ge=0, le=9)] = 5
    made: AwareDatetime
    whom: Short = "self"
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    hours: tuple[Literal["morning", "afternoon", "evening"], ...] = ()
    party: Annotated[int, Field(ge=1, le=30)] = 1
    booking: str = ""
    passed: tuple[AwareDatetime, ...] = ()
    lapsed: int = 0
    asked: AwareDatetime | None = None
    heard: AwareDatetime | None = None
    silent: bool = False
    sooner: str = ""
    example: bool = False
