"""Steps of a flow on the plan: it is shown or counted, something in it is named, something is done to it."""

from typing import Literal

from bot.core.flows.step_base import Id, StepBase

# what of a plan is shown: all of it; its items in short, to name one of them; what can come into it; the steps ahead, those of them whose day is over; its goals,
# what they ask; what is done so far; what waits for the person; what would be otherwise if the copy were taken
KeptPart = Literal[
    "whole",
    "items",
    "offers",
    "steps",
    "overdue",
    "goals",
    "gaps",
    "portfolio",
    "proposals",
    "what_if",
]
PlanPart = Literal[KeptPart, "brought"]  # and what a file would change that was sent


class ShowPlan(StepBase):
    """Show the plan, or a part of it, its items numbered as `FindInPlan` reads them; told once each time its flow is entered.

    of: the step that has found a goal, where only what that one asks is shown.
    It gives the fact `<id>_count`: how many things are shown.
    """

    kind: Literal["show_plan"]
    part: PlanPart = "whole"
    of: Id | None = None

    @property
    def finders(self) -> tuple[tuple[str, str], ...]:
        """Return the step that must have found the goal, with its key."""
        return () if self.of is None else (("of", self.of),)


class CountPlan(StepBase):
    """Count what each part of the plan holds, and say nothing.

    It gives the facts `<id>_<part>`, with `<id>_whole` for all items, for every part but `what_if`; `<id>_guarded`, the items
    that are sensitive; `<id>_versions`, how often they were changed; `<id>_trying`, 1 while a copy is tried out; `<id>_named`,
    1 where the flow was opened for one item, by a button or because it is due; `<id>_reachable`, 1 where the conversation may be kept until a day comes; and
    `<id>_brought`, 1 where a file was sent.
    kept: they stay as they are when the flow comes to it, whatever it does to the plan then; else they are those of the moment.
    """

    kind: Literal["count_plan"]
    kept: bool = False


class FindInPlan(StepBase):
    """Find what a number means in the part that was shown above, and keep to it.

    number: the fact with it. Where it was not asked, the item is the one that the flow was opened for, or the only one there is.
    of: the step that has found the goal of which only what it asks was shown.
    It gives the facts `<id>_is`: entry, path, goal, step, trial (a step that is for trying something), gap, decision, portrait,
    map, proposal, or none; and `<id>_activity`: of a step, what it is, else none.
    """

    kind: Literal["find_in_plan"]
    part: PlanPart = "whole"
    of: Id | None = None
    number: Id | None = None

    @property
    def finders(self) -> tuple[tuple[str, str], ...]:
        """Return the step that must have found the goal, with its key."""
        return () if self.of is None else (("of", self.of),)


PlanDeed = Literal[
    "begin", "take_offers", "add_entry", "add_goal", "add_step", "add_gap", "ask_of_goal", "reword", "set_day", "set_done",
    "set_trial", "set_sure", "set_details", "set_gap", "gap_step", "drop_step", "remove", "done_some", "move_rest", "set_review",
    "agree_check_in", "agree_watch", "try_begin", "try_take", "try_drop", "take_proposal", "refuse_proposal", "take_file", "leave_file",
]  # fmt: skip


class ChangePlan(StepBase):
    """Do something to the plan, once each time its flow is gone through. Each key but `do` names a fact, or is not needed.

    found: the step that has found what it is done to; goal: the one that has found the goal a new step serves.
    numbers: a text with numbers of offers or of steps; into: the section itself, where no fact names it.
    words: own words; section: the option that names one; day, activity, sure, as_thought, surprise, remind, agreed: answers.
    phase, learning, document, years: of a step or an entry; show, get: of what a goal asks, how it is shown and got.
    """

    kind: Literal["change_plan"]
    do: PlanDeed
    found: Id | None = None
    goal: Id | None = None
    numbers: Id | None = None
    words: Id | None = None
    section: Id | None = None
    into: Id | None = None
    day: Id | None = None
    activity: Id | None = None
    sure: Id | None = None
    as_thought: Id | None = None
    surprise: Id | None = None
    remind: Id | None = None
    agreed: Id | None = None
    phase: Id | None = None
    learning: Id | None = None
    document: Id | None = None
    years: Id | None = None
    show: Id | None = None
    get: Id | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the facts that it reads."""
        named = (
            self.numbers, self.words, self.section, self.day, self.activity, self.sure, self.as_thought, self.surprise,
            self.remind, self.agreed, self.phase, self.learning, self.document, self.years, self.show, self.get,
        )  # fmt: skip
        return tuple(fact for fact in named if fact is not None)

    @property
    def finders(self) -> tuple[tuple[str, str], ...]:
        """Return the steps that must have found something for it, each with its key."""
        named = (("found", self.found), ("goal", self.goal))
        return tuple((key, step) for key, step in named if step is not None)


def plan_facts(step: StepBase) -> tuple[str, ...]:
    """Return the facts that a step on the plan gives."""
    match step:
        case ShowPlan():
            return (f"{step.id}_count",)
        case CountPlan():
            return tuple(f"{step.id}_{name}" for name in COUNTED)
        case FindInPlan():
            return (f"{step.id}_is", f"{step.id}_activity")
        case _:
            return ()


COUNTED: tuple[str, ...] = (
    "whole", "offers", "steps", "overdue", "goals", "gaps", "portfolio", "proposals", "guarded", "versions",
    "trying", "named", "reachable", "brought",
)  # fmt: skip
# steps that wait for nobody: the turn does them and goes on
ActingStep = CountPlan | FindInPlan | ChangePlan
