"""Items changed so that the others still make sense: a step that remembers its days, one thing taken out."""

from datetime import date, datetime

from bot.core.plan.due import said_at
from bot.core.plan.items import MOST_DAYS_BEFORE, PlanItem, PlanStep


def move_step(step: PlanStep, on: date | None) -> PlanStep:
    """Return a step planned for another day, which remembers the one it was planned for."""
    earlier = (
        (*step.moved_from, step.on) if step.on is not None and step.on != on else step.moved_from
    )
    return step.model_copy(
        update={
            "on": on,
            "moved_from": earlier[-MOST_DAYS_BEFORE:],
            "state": "planned",
            "date_entry": step.date_entry if step.on == on else "",
        }
    )


def as_promised(item: PlanItem, now: datetime) -> PlanItem:
    """Return an item of which nothing is promised that cannot come: no reminder of a moment that is over."""
    if item.kind == "step" and item.remind and (item.on is None or said_at(item.on) <= now):
        return item.model_copy(update={"remind": False})
    return item


def with_own_day(before: PlanItem, item: PlanItem) -> PlanItem:
    """Return a step that keeps to no date of the content any more, where the person chose another day."""
    if item.kind == "step" and before.kind == "step" and item.on != before.on:
        return item.model_copy(update={"date_entry": ""})
    return item


def without(items: tuple[PlanItem, ...], id_: str) -> tuple[PlanItem, ...]:
    """Return items without one of them, and without what refers to it."""
    return tuple(
        _unrefer(item, id_) for item in items if item.id != id_ and not _hangs_on(item, id_)
    )


def _hangs_on(item: PlanItem, id_: str) -> bool:
    """Return whether an item means nothing without another: what a goal asks, without the goal."""
    return item.kind == "gap" and item.goal == id_


def _unrefer(item: PlanItem, id_: str) -> PlanItem:
    if item.kind == "step" and item.goal == id_:
        return item.model_copy(update={"goal": ""})
    if item.kind == "gap" and (id_ in item.have or item.step == id_):
        have = tuple(one for one in item.have if one != id_)
        step = "" if item.step == id_ else item.step
        return item.model_copy(update={"have": have, "step": step})
    return item


def with_known_references(items: tuple[PlanItem, ...]) -> tuple[PlanItem, ...]:
    """Return items that refer only to one another: what names something that is not there names nothing."""
    known = {item.id for item in items} | {""}
    return tuple(_referring(item, known) for item in items)


def _referring(item: PlanItem, known: set[str]) -> PlanItem:
    if item.kind == "step" and item.goal not in known:
        return item.model_copy(update={"goal": ""})
    if item.kind == "gap" and not known.issuperset((item.goal, item.step, *item.have)):
        have = tuple(one for one in item.have if one in known)
        goal = item.goal if item.goal in known else ""
        step = item.step if item.step in known else ""
        return item.model_copy(update={"have": have, "goal": goal, "step": step})
    return item
