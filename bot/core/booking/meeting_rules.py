"""What can be booked, for whom and in which order, as `content/meetings.yaml` says it; numbers there are a municipality's to change."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Placeholders, Text
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.closures import ClosedDays, MovedDay
from bot.core.booking.counsellor import Audience, CounsellorProfile
from bot.core.booking.kinds import MeetingKind, MeetingMode
from bot.core.booking.need import Priority
from bot.core.flows.conditions import Condition
from bot.core.flows.step_base import Id

# by which relation somebody comes to a counsellor or an office; other_school: one whose counsellor sees anybody
RouteStep = Literal[
    "own_school", "shared_school", "municipality", "career_centre", "youth_centre", "other_school", "other_service",
    "nva", "remote", "neighbour_place",
]  # fmt: skip


class ModeTexts(Frozen):
    """A way to meet. told: what happens then."""

    title: Text
    told: Text


class PriorityRule(Frozen):
    """Why somebody is offered a freed time before others. group: 0 is first. reason: public, and shown with it.

    when: it follows from answers; None where the program gives it by itself. source: where the order was taken from.
    """

    group: Annotated[int, Field(ge=0, le=9)]
    reason: Text
    when: Condition | None = None
    source: Id | None = None


class MeetingTexts(Frozen):
    """What is said of booking. gives: what a talk is for; bring: to it; along: who may come too.

    moving: until when a person moves or cancels by themselves; late, no_show: what then. waiting: for a time to be freed.
    priority: how the order comes about. example: of counsellors that are made up.
    """

    gives: Text
    bring: Text
    along: Text
    moving: Annotated[Text, Placeholders("until", needed=True)]
    late: Text
    no_show: Text
    waiting: Text
    priority: Text
    example: Text


class MeetingRules(Frozen):
    """All of it.

    kinds: of meetings, in the order they are offered. bounds: numbers beside those of the kinds. routes: for each audience, whom it is led to, the nearest first; what
    is not named is not offered to them. nva_from_age: in years. moved_days, closed: beside holidays and school breaks.
    """

    kinds: Annotated[Mapping[Id, MeetingKind], Field(min_length=1)]
    bounds: BookingBounds
    modes: Mapping[MeetingMode, ModeTexts]
    priorities: Mapping[Priority, PriorityRule]
    routes: Mapping[Audience, tuple[RouteStep, ...]]
    nva_from_age: Annotated[int, Field(ge=1, le=120)]
    moved_days: tuple[MovedDay, ...] = ()
    closed: tuple[ClosedDays, ...] = ()
    texts: MeetingTexts


def _with_ids(value: Any) -> Any:
    """Give each counsellor of a file the id it stands under."""
    if not isinstance(value, dict):
        return value
    return {id_: {"id": id_, **one} if isinstance(one, dict) else one for id_, one in value.items()}


MEETING_RULES: TypeAdapter[MeetingRules] = TypeAdapter(MeetingRules)
COUNSELLORS: TypeAdapter[dict[str, CounsellorProfile]] = TypeAdapter(
    Annotated[dict[Id, CounsellorProfile], BeforeValidator(_with_ids)]
)
