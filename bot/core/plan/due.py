"""When something of a plan is due, as it stands: steps with a reminder, the day to come back, the check-in."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.core.plan.items import PlanStep
from bot.core.plan.plan import Plan

RIGA: Final = ZoneInfo("Europe/Riga")
SAID_AT: Final = time(9)  # in Riga, of the day something is due
CHECK_IN_MONTHS: Final = 4
LAST_SAFE_DAY: Final = 28  # that every month has


class PlanMoment(NamedTuple):
    """Something that is due. id: of the step; on: the day it is of; at: when it is said."""

    what: Literal["step", "review", "check_in"]
    id: str
    on: date
    at: datetime


def due_moments(plan: Plan | None) -> frozenset[PlanMoment]:
    """Return all that is due of a plan, whether its day is past or not. Nothing is due without a plan."""
    return frozenset() if plan is None else frozenset(_moments(plan))


def _moments(plan: Plan) -> Iterator[PlanMoment]:
    for item in plan.items:  # what is only tried out is due to nobody
        if isinstance(item, PlanStep) and item.remind and item.state == "planned" and item.on:
            yield PlanMoment("step", item.id, item.on, said_at(item.on))
    if plan.review is not None:
        yield PlanMoment("review", "", plan.review, said_at(plan.review))
    if plan.check_in is not None:
        day = months_later(plan.check_in, CHECK_IN_MONTHS)
        yield PlanMoment("check_in", "", day, said_at(day))


def months_later(day: date, months: int) -> date:
    """Return the same day some months later; of the last days of a month, one that every month has."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, LAST_SAFE_DAY))


def said_at(day: date) -> datetime:
    """Return the moment at which something of a day is said."""
    return datetime.combine(day, SAID_AT, RIGA)
