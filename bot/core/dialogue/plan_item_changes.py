"""Items of a plan as answers of a flow change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.core.dialogue.session import Value
from bot.core.flows.plan_steps import ChangePlan
from bot.core.flows.steps import YES
from bot.core.plan.items import PlanGoal, PlanItemBase, PlanStep, Sureness, Trial
from bot.core.plan.wording import OwnWords

AS_THOUGHT = frozenset({"yes", "partly", "no"})
Detailed = TypeVar("Detailed", bound=PlanItemBase)
Surer = TypeVar("Surer", PlanGoal, PlanStep)


@dataclass(frozen=True)
class PlanAnswers:
    """Answers by their facts, read as what they are for an item. Each reading of None, or of a fact not known, is nothing."""

    facts: Mapping[str, Value]
    language: str
    today: date

    def word(self, name: str | None) -> str:
        """Return an answer as text; "" for none."""
        return str(self.facts.get(name) or "") if name is not None else ""

    def own(self, name: str | None) -> OwnWords | None:
        """Return own words, in the language of the conversation."""
        text = self.word(name).strip()
        return OwnWords.model_validate({"text": text, "language": self.language}) if text else None

    def day(self, name: str | None) -> date | None:
        """Return a day."""
        said = self.word(name)
        return date.fromisoformat(said) if said else None

    def agreed(self, name: str | None) -> bool:
        """Return whether a yes was said."""
        return name is not None and self.facts.get(name) == YES


def done_step(step: PlanStep, today: date) -> PlanStep:
    """Return a step that was done today."""
    return step.model_copy(update={"state": "done", "done_on": today, "remind": False})


def tried_step(item: PlanStep, step: ChangePlan, answers: PlanAnswers) -> PlanStep:
    """Return a step as done, with what was found by trying, where that was said."""
    tried = done_step(item, answers.today)
    as_thought = answers.word(step.as_thought)
    if as_thought not in AS_THOUGHT:
        return tried
    found = {
        "on": answers.today,
        "as_thought": as_thought,
        "surprise": answers.own(step.surprise),
    }
    return tried.model_copy(update={"trial": Trial.model_validate(found)})


def surer(item: Surer, step: ChangePlan, answers: PlanAnswers, after: str = "") -> Surer:
    """Return a goal or a step with how sure the person is now beside what it was before.

    after: the step that was tried.
    """
    sure = answers.facts.get(step.sure) if step.sure is not None else None
    if not isinstance(sure, int):
        return item
    new = Sureness(value=sure, on=answers.today, after=after)
    return item.model_copy(update={"sure": (*item.sure, new)})


def with_details(item: Detailed, step: ChangePlan, answers: PlanAnswers) -> Detailed:
    """Return an entry or a step with those details that were answered; what was skipped stays as it is."""
    named = {
        "phase": step.phase,
        "learning": step.learning,
        "document": step.document,
        "years": step.years,
    }
    said = {key: answers.word(fact).strip() for key, fact in named.items() if fact is not None}
    fields = {key: words for key, words in said.items() if words and key in type(item).model_fields}
    return item.model_copy(update=fields)  # the check sees to it that options are of these kinds
