"""Steps of a flow on the plan: it is shown, something in it is named by its number, something is done to it."""

from typing import Literal

from bot.core.flows.step_base import Id, StepBase

# what of a plan is shown: all of it; what can come into it; the steps alone; what its goals ask; what is done so far;
# what waits for the person; what would be otherwise if the copy were taken
PlanPart = Literal["whole", "offers", "steps", "gaps", "portfolio", "proposals", "what_if"]


class ShowPlan(StepBase):
    """Show the plan, or a part of it, its items numbered as `FindInPlan` reads them."""

    kind: Literal["show_plan"]
    part: PlanPart = "whole"


class FindInPlan(StepBase):
    """Find what a number means in the part that was shown last above, and keep to it.

    number: the fact with it. It gives the fact `<id>_is`: entry, path, goal, step, trial (a step that is for trying
    something), decision, portrait, map, proposal, or none.
    """

    kind: Literal["find_in_plan"]
    part: PlanPart = "whole"
    number: Id


PlanDeed = Literal[
    "begin", "take_offers", "add_entry", "add_goal", "add_step", "ask_of_goal", "reword", "set_day", "set_done", "set_trial",
    "set_sure", "drop_step", "remove", "set_review", "agree_check_in", "agree_watch", "try_begin", "try_take", "try_drop",
    "take_proposal", "refuse_proposal",
]  # fmt: skip


class ChangePlan(StepBase):
    """Do something to the plan, once each time its flow is gone through. Each key but `do` names a fact, or is not needed.

    found: the step that has found what it is done to. numbers: a text with numbers of offers, or words for all.
    words: own words; section: the option that names one; day, activity, sure, as_thought, surprise, remind, agreed: answers.
    """

    kind: Literal["change_plan"]
    do: PlanDeed
    found: Id | None = None
    numbers: Id | None = None
    words: Id | None = None
    section: Id | None = None
    day: Id | None = None
    activity: Id | None = None
    sure: Id | None = None
    as_thought: Id | None = None
    surprise: Id | None = None
    remind: Id | None = None
    agreed: Id | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the facts that it reads."""
        named = (
            self.numbers, self.words, self.section, self.day, self.activity, self.sure, self.as_thought, self.surprise,
            self.remind, self.agreed,
        )  # fmt: skip
        return tuple(fact for fact in named if fact is not None)


# steps that wait for nobody: the turn does them and goes on
ActingStep = FindInPlan | ChangePlan
