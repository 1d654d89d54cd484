"""The parts of a plan that are shown: what is in each, how many, and the number each thing is called by."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from bot.core.flows.plan_steps import KeptPart
from bot.core.library import Library
from bot.core.plan.differences import differences
from bot.core.plan.items import GapRow, PlanGoal, PlanItem, PlanStep
from bot.core.plan.orders import mark_of
from bot.core.plan.outline import documented, done_steps, numbered, numbered_steps
from bot.core.plan.plan import Plan

TRIED_ACTIVITIES = frozenset({"try", "visit", "shadow"})


def part_keys(
    library: Library, plan: Plan, part: KeptPart, offers: Sequence[PlanItem], today: date
) -> tuple[str, ...]:
    """Return what stands in a part, in its order: ids of items and proposals, marks of what is offered."""
    match part:
        case "whole" | "items":
            return tuple(item.id for item in numbered(plan, library.plan_form))
        case "offers":
            return tuple(mark_of(item) for item in offers)
        case "steps":
            return tuple(step.id for step in numbered_steps(plan))
        case "overdue":
            return tuple(step.id for step in overdue_steps(plan, today))
        case "goals":
            return tuple(goal.id for goal in plan.of_kind(PlanGoal))
        case "gaps":
            return tuple(row.id for row in plan.of_kind(GapRow))
        case "portfolio":
            return tuple(item.id for item in (*done_steps(plan), *documented(plan)))
        case "proposals":
            return tuple(one.id for one in plan.proposals)
        case "what_if":
            tried = plan.items if plan.what_if is None else plan.what_if
            different = differences(plan.items, tried)
            items = (one.after or one.before for one in different)
            return tuple(item.id for item in items if item is not None)
        case _:
            assert_never(part)


def overdue_steps(plan: Plan, today: date) -> tuple[PlanStep, ...]:
    """Return the steps ahead whose day is over."""
    return tuple(step for step in numbered_steps(plan) if step.on is not None and step.on < today)


def numbers(listed: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Return the keys by number, 1 for the first: what was shown keeps its number, what came since follows.

    So a number finds what it stood at when it was read, whatever has changed meanwhile.
    """
    return (*listed, *(key for key in now if key not in listed))


def kind_of(item: PlanItem) -> str:
    """Return what an item is, as `FindInPlan` tells it."""
    is_trial = isinstance(item, PlanStep) and item.activity in TRIED_ACTIVITIES
    return "trial" if is_trial else item.kind
