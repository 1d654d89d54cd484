"""Somebody who waits for a time."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.core.base.frozen import Frozen
from bot.core.booking.meeting import Short
from bot.core.booking.need import MeetingNeed

# waiting, with an offer open, or no longer: taken by them, given up by them, or its kind or place has ended
WaitingState = Literal["waiting", "offered", "taken", "left", "closed"]


class WaitingEntry(Frozen):
    """One person's place in a waiting list; never told as a promise.

    group: 0 is served first; it comes from the priority's public reason. weekdays, hours: what suits; all where none are named.
    party: places wanted together. booking: the offer open now, a held booking. lapsed: offers that ran out; declining costs nothing.
    asked: when they were last asked whether they still want it; silent: they have not answered, and stand behind others.
    sooner: they have a booking and would move it to an earlier time.
    """

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    version: int = 0
    need: MeetingNeed
    state: WaitingState = "waiting"
    group: Annotated[int, Field(ge=0, le=9)] = 5
    made: AwareDatetime
    whom: Short = "self"
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    hours: tuple[Literal["morning", "afternoon", "evening"], ...] = ()
    party: Annotated[int, Field(ge=1, le=30)] = 1
    booking: str = ""
    lapsed: int = 0
    asked: AwareDatetime | None = None
    silent: bool = False
    sooner: str = ""
    example: bool = False
