"""What an occupation asks, beside what the person has: the rows of a goal's table."""

from collections.abc import Iterator, Mapping
from typing import Literal

from bot.core.nlu.normalize import normalize
from bot.core.nlu.tokens import TOKEN
from bot.core.occupations.occupation import Occupation
from bot.core.plan.form import PlanForm
from bot.core.plan.items import GapRow, Origin, PlanEntry, PlanGoal, PlanItem
from bot.core.plan.plan import Plan
from bot.core.plan.wording import ContentPhrase, OwnWords

GapState = Literal["have", "on_the_way", "missing"]


def asked_rows(goal: PlanGoal, occupation: Occupation, origin: Origin) -> tuple[GapRow, ...]:
    """Return what an occupation asks of somebody with this goal: its subjects, and its preparation.

    Source of both: the catalogue of occupations (subjects of our own judgement, skill level of ISCO-08).
    """
    asks = [ContentPhrase(of="subject", id=subject) for subject in occupation.subjects]
    asks.append(ContentPhrase(of="preparation", id=str(occupation.skill_level)))
    return tuple(GapRow(origin=origin, goal=goal.id, asks=one) for one in asks)


def new_rows(plan: Plan, rows: tuple[GapRow, ...]) -> tuple[GapRow, ...]:
    """Return those rows that the plan does not hold yet."""
    held = {(row.goal, row.asks) for row in plan.of_kind(GapRow)}
    return tuple(row for row in rows if (row.goal, row.asks) not in held)


def answering(plan: Plan, form: PlanForm, row: GapRow) -> tuple[PlanEntry, ...]:
    """Return the entries that answer a row: those the person has named, and those that name its subject."""
    named = (item for item in plan.of_kind(PlanEntry) if item.id in row.have)
    found = (item for item in plan.of_kind(PlanEntry) if _names(form, row, item))
    return tuple({item.id: item for item in (*named, *found)}.values())


def gap_state(plan: Plan, form: PlanForm, row: GapRow) -> GapState:
    """Return where a row stands: there is something, it has become a step, or neither."""
    if answering(plan, form, row):
        return "have"
    step = plan.find(row.step)
    if step is not None and step.kind == "step" and step.state != "dropped":
        return "have" if step.state == "done" else "on_the_way"
    return "missing"


def _names(form: PlanForm, row: GapRow, entry: PlanEntry) -> bool:
    """Return whether an entry names the subject that a row asks; where somebody is to get on is no proof."""
    asks, wording = row.asks, entry.wording
    if not isinstance(asks, ContentPhrase) or asks.of != "subject" or entry.section == form.agenda:
        return False
    if isinstance(wording, ContentPhrase):
        return wording.of == "subject" and wording.id == asks.id
    beginnings = tuple(map(normalize, form.subjects.get(asks.id, ())))
    return any(word.startswith(beginnings) for word in _words(wording))


def _words(wording: OwnWords) -> Iterator[str]:
    yield from (normalize(word) for word in TOKEN.findall(wording.text))


def by_goal(plan: Plan) -> Mapping[str, tuple[GapRow, ...]]:
    """Return the rows of each goal, by its id."""
    found: dict[str, list[GapRow]] = {}
    for row in plan.of_kind(GapRow):
        found.setdefault(row.goal, []).append(row)
    return {goal: tuple(rows) for goal, rows in found.items()}


def items_that_can_answer(plan: Plan) -> tuple[PlanItem, ...]:
    """Return what a person can name as an answer to a row."""
    return plan.of_kind(PlanEntry)
