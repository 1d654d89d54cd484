"""The order of a plan: which section each item stands in, and the number it is called by."""

from collections.abc import Iterator, Mapping, Sequence

from bot.core.plan.form import PlanForm, PlanSection
from bot.core.plan.items import (
    GapRow,
    PlanDecision,
    PlanEntry,
    PlanGoal,
    PlanItem,
    PlanMap,
    PlanPath,
    PlanPortrait,
    PlanStep,
    day_of_item,
)
from bot.core.plan.plan import Audience, Plan

Outline = Mapping[str, tuple[PlanItem, ...]]  # the items of each section, in the order of the form


def outline(plan: Plan, form: PlanForm) -> Outline:
    """Return the sections of a plan with what stands in each; what a goal asks stands in none.

    A section of the other form is there too where something was written in it: nothing is lost when
    somebody leaves school.
    """
    found: dict[str, list[PlanItem]] = {id_: [] for id_ in form.sections}
    for item in plan.shown:
        if not isinstance(item, GapRow):
            found[_section(item, form, plan.audience)].append(item)
    of_audience = form.of(plan.audience)
    return {
        id_: tuple(sorted(items, key=_rank))
        for id_, items in found.items()
        if items or id_ in of_audience
    }


def numbered(plan: Plan, form: PlanForm) -> tuple[PlanItem, ...]:
    """Return the items in the order they are numbered in, from 1: as the sections show them."""
    return tuple(item for items in outline(plan, form).values() for item in items)


def numbered_steps(plan: Plan) -> tuple[PlanStep, ...]:
    """Return the steps that are still to be done, the nearest first, those without a day last."""
    planned = (step for step in plan.of_kind(PlanStep) if step.state == "planned")
    return tuple(sorted(planned, key=lambda step: (step.on is None, step.on)))


def done_steps(plan: Plan) -> tuple[PlanStep, ...]:
    """Return the steps that are done, the latest first."""
    done = [step for step in plan.of_kind(PlanStep) if step.state == "done"]
    return tuple(sorted(done, key=lambda step: step.done_on or plan.made, reverse=True))


def documented(plan: Plan) -> tuple[PlanEntry, ...]:
    """Return the entries that tell of learning or name a paper, for the portfolio."""
    return tuple(one for one in plan.of_kind(PlanEntry) if one.document or one.learning)


def section_holding(form: PlanForm, audience: Audience, what: str) -> str:
    """Return the section that holds goals, steps or paths; the first one where none does."""
    sections = form.of(audience)
    holding = (id_ for id_, section in sections.items() if section.holds == what)
    return next(holding, next(iter(sections)))


def _section(item: PlanItem, form: PlanForm, audience: Audience) -> str:
    """Return the section of an item, which is one of the form's."""
    match item:
        case PlanEntry(section=section) if section in form.sections:
            return section
        case PlanGoal():
            return section_holding(form, audience, "goals")
        case PlanStep() | PlanDecision():
            return section_holding(form, audience, "steps")
        case PlanPath() | PlanMap():
            return _first(form, audience, ("paths", "goals"))
        case PlanPortrait():
            return form.portrait.get(audience, form.agenda)
        case _:
            return form.agenda


def _first(form: PlanForm, audience: Audience, kinds: Sequence[str]) -> str:
    held = {section.holds: id_ for id_, section in _reversed(form.of(audience))}
    return next((held[kind] for kind in kinds if kind in held), form.agenda)


def _reversed(sections: Mapping[str, PlanSection]) -> Iterator[tuple[str, PlanSection]]:
    yield from reversed(tuple(sections.items()))


def _rank(item: PlanItem) -> tuple[int, bool, str]:
    """Return the place of an item in its section: goals and steps by their days, pictures last."""
    pictures = isinstance(item, PlanPortrait | PlanMap)
    day, has_day = day_of_item(item), isinstance(item, PlanStep | PlanGoal)
    return (2 if pictures else 1 if has_day else 0, has_day and day is None, str(day or ""))
