"""What answers of a flow mean for the plan: a step that changes it becomes orders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot.core.dialogue.plan_offers import begun_plan, offers
from bot.core.dialogue.session import PlanStepTaken, Session, Value
from bot.core.flows.plan_steps import ChangePlan, FindInPlan
from bot.core.flows.roles import has_consent
from bot.core.flows.steps import YES
from bot.core.library import Library
from bot.core.plan.gaps import asked_rows, new_rows
from bot.core.plan.items import Origin, PlanEntry, PlanGoal, PlanItem, PlanStep, Sureness, Trial
from bot.core.plan.orders import (
    AgreeTo,
    AnswerProposal,
    MoveStep,
    PlanOrder,
    PutItem,
    RemoveItem,
    SetReview,
    TryOut,
)
from bot.core.plan.outline import item_called
from bot.core.plan.plan import Plan
from bot.core.plan.wording import OwnWords

SURE_OCCUPATION = 0.95  # a likeness of names from which a goal is taken to name an occupation
LONGEST_LIST = 500  # characters of typed numbers that are read
TRIED_ACTIVITIES = frozenset({"try", "visit", "shadow"})
NUMBERS = re.compile(r"\d{1,4}")
Orders = tuple[PlanOrder, ...]


def find_in_plan(
    library: Library, session: Session, step: FindInPlan, number: Value
) -> PlanStepTaken:
    """Return what a number means in the part that a step names, to keep to it."""
    plan = session.plan
    taken = PlanStepTaken(step=step.id, number=number if isinstance(number, int) else 0)
    if plan is None:
        return taken
    if step.part == "proposals":
        if not 0 < taken.number <= len(plan.proposals):
            return taken
        waiting = plan.proposals[taken.number - 1]
        return taken.model_copy(update={"item": waiting.id, "what": "proposal"})
    item = item_called(plan, library.plan_form, number, steps=step.part == "steps")
    if item is None:
        return taken
    is_trial = isinstance(item, PlanStep) and item.activity in TRIED_ACTIVITIES
    return taken.model_copy(update={"item": item.id, "what": "trial" if is_trial else item.kind})


def done_step(step: PlanStep, today: date) -> PlanStep:
    """Return a step that was done today."""
    return step.model_copy(update={"state": "done", "done_on": today, "remind": False})


@dataclass(frozen=True)
class PlanDeeds:
    """What the steps of a flow do to the plan of one session. facts: what was answered on the way."""

    library: Library
    session: Session
    facts: Mapping[str, Value]
    today: date

    @property
    def plan(self) -> Plan:
        """The plan, or one with nothing in it yet."""
        return self.session.plan or begun_plan(self.library, self.session, self.today)

    def orders(self, step: ChangePlan) -> Orders:
        """Return what a step does to the plan; nothing where too little was answered."""
        taken = next((one for one in self.session.plan_steps if one.step == step.found), None)
        id_ = "" if taken is None else taken.item
        item = self.plan.find(id_)
        match step.do:
            case "begin":
                return ()
            case "take_offers":
                return self._take_offers(step)
            case "add_entry" | "add_goal" | "add_step":
                return self._add(step)
            case "ask_of_goal":
                return self._ask_of_goal(item)
            case "try_begin":
                return (TryOut(what="begin"),)
            case "try_take":
                return (TryOut(what="take"),)
            case "try_drop":
                return (TryOut(what="drop"),)
            case "set_review":
                return (SetReview(on=self._day(step.day)),)
            case "agree_check_in":
                return (AgreeTo(what="check_in", agreed=self._agreed(step.agreed)),)
            case "agree_watch":
                return (AgreeTo(what="watch", agreed=self._agreed(step.agreed)),)
            case "take_proposal" | "refuse_proposal":
                taking = step.do == "take_proposal"
                return (AnswerProposal(id=id_, taken=taking),) if id_ else ()
            case (
                "reword"
                | "set_day"
                | "set_done"
                | "set_trial"
                | "set_sure"
                | "drop_step"
                | "remove"
            ):
                return () if item is None else self._of_item(step, item)
            case _:
                assert_never(step.do)

    def _take_offers(self, step: ChangePlan) -> Orders:
        """Return those offers whose numbers were typed; all of them where there is nothing to type."""
        found = offers(self.library, self.session, self.today)
        said = self._word(step.numbers)[:LONGEST_LIST]
        numbers = {int(one) for one in NUMBERS.findall(said)}
        return tuple(
            PutItem(item=one)
            for place, one in enumerate(found, 1)
            if step.numbers is None or place in numbers
        )

    def _add(self, step: ChangePlan) -> Orders:
        text = self._own(step.words)
        if text is None:
            return ()
        if step.do == "add_goal":
            return (PutItem(item=self._goal(step, text)),)
        if step.do == "add_step":
            return (PutItem(item=self._step(step, text)),)
        section = self.library.plan_form.sections.get(self._word(step.section))
        if section is None:
            return ()
        entry = PlanEntry(
            origin=self._said,
            section=self._word(step.section),
            wording=text,
            sensitive=section.sensitive,
            needs_school=section.needs_school,
        )
        return (PutItem(item=entry),)

    def _of_item(self, step: ChangePlan, item: PlanItem) -> Orders:
        """Return what is done to one item."""
        text, day = self._own(step.words), self._day(step.day)
        match item, step.do:
            case _, "remove":
                return (RemoveItem(id=item.id),)
            case ((PlanEntry() | PlanGoal() | PlanStep()), "reword") if text is not None:
                return (PutItem(item=item.model_copy(update={"wording": text})),)
            case PlanStep(), "set_day":
                return (MoveStep(id=item.id, on=day),)
            case PlanGoal(), "set_day":
                return (PutItem(item=item.model_copy(update={"by": day})),)
            case PlanStep(), "drop_step":
                dropped = item.model_copy(update={"state": "dropped", "remind": False})
                return (PutItem(item=dropped),)
            case PlanStep(), "set_done":
                return (PutItem(item=done_step(item, self.today)),)
            case PlanStep(), "set_trial":
                return self._tried(step, item)
            case PlanGoal(), "set_sure":
                return (PutItem(item=self._surer(item, step)),)
            case _:
                return ()

    def _tried(self, step: ChangePlan, item: PlanStep) -> Orders:
        """Return the step as done, with what was found by trying, and how sure the person is since.

        The goal that it serves has the new value beside the old ones; a step without a goal keeps it itself.
        """
        as_thought = self._word(step.as_thought)
        tried = done_step(item, self.today)
        if as_thought in {"yes", "partly", "no"}:
            found = {
                "on": self.today,
                "as_thought": as_thought,
                "surprise": self._own(step.surprise),
            }
            tried = tried.model_copy(update={"trial": Trial.model_validate(found)})
        goal = self.plan.find(item.goal)
        if not isinstance(goal, PlanGoal):
            return (PutItem(item=self._surer(tried, step, item.id)),)
        surer = self._surer(goal, step, item.id)
        return (PutItem(item=tried), *((PutItem(item=surer),) if surer != goal else ()))

    def _surer(self, item: PlanGoal | PlanStep, step: ChangePlan, after: str = "") -> PlanItem:
        """Return a goal or a step with how sure the person is now. after: the step that was tried."""
        sure = self.facts.get(step.sure) if step.sure is not None else None
        if not isinstance(sure, int):
            return item
        new = Sureness(value=sure, on=self.today, after=after)
        return item.model_copy(update={"sure": (*item.sure, new)})

    def _goal(self, step: ChangePlan, text: OwnWords) -> PlanItem:
        """Return a goal; it names an occupation only where its words surely do."""
        found = self.library.find(text.text, 1, text.language)
        sure = [one.entry.id for one in found if one.score >= SURE_OCCUPATION]
        goal = PlanGoal(
            origin=self._said,
            wording=text,
            by=self._day(step.day),
            occupation=sure[0] if sure else "",
        )
        return self._surer(goal, step)

    def _step(self, step: ChangePlan, text: OwnWords) -> PlanItem:
        """Return a step; where there is one goal, it serves that one."""
        goals, day = self.plan.of_kind(PlanGoal), self._day(step.day)
        return PlanStep.model_validate(
            {
                "origin": self._said,
                "wording": text,
                "activity": self._word(step.activity) or "other",
                "on": day,
                "goal": goals[0].id if len(goals) == 1 else "",
                "remind": day is not None and self._agreed(step.remind) and self._may_keep,
            }
        )

    def _ask_of_goal(self, item: PlanItem | None) -> Orders:
        """Return what the occupation of a goal asks, where it is one of our catalogue."""
        if not isinstance(item, PlanGoal) or item.occupation not in self.library.occupations:
            return ()
        occupation = self.library.occupations[item.occupation]
        origin = Origin(kind="occupation", ref=item.occupation, on=self.today)
        rows = new_rows(self.plan, asked_rows(item, occupation, origin))
        return tuple(PutItem(item=row) for row in rows)

    @property
    def _may_keep(self) -> bool:
        """Whether the conversation may be kept until a day comes."""
        answers = {answer.step: answer.value for answer in self.session.answers}
        return has_consent(self.library.roles, answers) and not self.session.shared_computer

    @property
    def _said(self) -> Origin:
        return Origin(kind="said", on=self.today)

    def _own(self, name: str | None) -> OwnWords | None:
        text = self._word(name).strip()
        language = self.session.language
        return OwnWords.model_validate({"text": text, "language": language}) if text else None

    def _word(self, name: str | None) -> str:
        return str(self.facts.get(name) or "") if name is not None else ""

    def _day(self, name: str | None) -> date | None:
        said = self._word(name)
        return date.fromisoformat(said) if said else None

    def _agreed(self, name: str | None) -> bool:
        return name is not None and self.facts.get(name) == YES
