"""What answers of a flow mean for the plan: a step that changes it becomes orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.core.dialogue.goal_occupation import occupation_named
from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.plan_item_changes import (
    PlanAnswers,
    done_step,
    surer,
    tried_step,
    with_details,
)
from bot.core.dialogue.plan_offers import begun_plan
from bot.core.dialogue.plan_parts import overdue_steps
from bot.core.dialogue.plan_reading import PlanReader
from bot.core.dialogue.session import Value
from bot.core.flows.plan_steps import ChangePlan, PlanPart
from bot.core.nlu.listed_numbers import read_listed
from bot.core.plan.gaps import asked_rows, new_rows
from bot.core.plan.items import GapRow, Origin, PlanEntry, PlanGoal, PlanItem, PlanStep
from bot.core.plan.orders import (
    AgreeTo,
    AnswerProposal,
    MoveStep,
    PlanOrder,
    PutItem,
    RemoveItem,
    SetReview,
    TryOut,
    mark_of,
)
from bot.core.plan.plan import Plan
from bot.core.plan.wording import OwnWords

# deeds of which it need not be said that they have changed nothing
NOTHING_TO_DO = frozenset({
    "ask_of_goal", "done_some", "move_rest", "set_details", "set_gap", "leave_file",
})  # fmt: skip
SHOWN_BELOW = frozenset({"ask_of_goal"})  # deeds whose flow shows what came of them
Orders = tuple[PlanOrder, ...]


@dataclass(frozen=True)
class PlanDeeds:
    """What the steps of a flow do to the plan. facts: what was answered on the way through it."""

    reader: PlanReader
    flow: str
    facts: Mapping[str, Value]

    @property
    def plan(self) -> Plan:
        """The plan, or one with nothing in it yet."""
        reader = self.reader
        return reader.plan or begun_plan(reader.library, reader.session, reader.today)

    @property
    def answers(self) -> PlanAnswers:
        """The answers, as what they are for an item."""
        return PlanAnswers(self.facts, self.reader.session.language, self.reader.today)

    def orders(self, step: ChangePlan) -> Orders:
        """Return what a step does to the plan; nothing where too little was answered."""
        answers, id_ = self.answers, self.reader.found(self.flow, step.found)
        item = self.plan.find(id_)
        match step.do:
            case "begin":
                return ()
            case "take_offers":
                return self._take_offers(step)
            case "add_entry" | "add_goal" | "add_step" | "add_gap":
                return self._add(step)
            case "ask_of_goal":
                return self._ask_of_goal(item)
            case "done_some":
                return self._done_some(step)
            case "move_rest":
                return self._move_rest(step)
            case "try_begin":
                return (TryOut(what="begin"),)
            case "try_take":
                return (TryOut(what="take"),)
            case "try_drop":
                return (TryOut(what="drop"),)
            case "set_review":
                return (SetReview(on=answers.day(step.day)),)
            case "agree_check_in":
                return (AgreeTo(what="check_in", agreed=answers.agreed(step.agreed)),)
            case "agree_watch":
                return (AgreeTo(what="watch", agreed=answers.agreed(step.agreed)),)
            case "take_file":
                brought = self.reader.session.plan_brought
                return () if brought is None else (brought.order,)
            case "leave_file":
                return ()
            case "take_proposal" | "refuse_proposal":
                taking = step.do == "take_proposal"
                return (AnswerProposal(id=id_, taken=taking),) if id_ else ()
            case (
                "reword" | "set_day" | "set_done" | "set_trial" | "set_sure" | "set_details" | "set_gap" | "gap_step"
                | "drop_step" | "remove"
            ):  # fmt: skip
                return () if item is None else self._of_item(step, item)
            case _:
                assert_never(step.do)

    def _take_offers(self, step: ChangePlan) -> Orders:
        """Return those offers whose numbers were typed; all of them where there is nothing to type."""
        found = {mark_of(one): one for one in self.reader.offers}
        chosen = self._numbered(step, "offers")
        return tuple(PutItem(item=found[key]) for key in chosen if key in found)

    def _numbered(self, step: ChangePlan, part: PlanPart) -> tuple[str, ...]:
        """Return the keys of a part whose numbers were typed; all where no question asks for numbers."""
        keys = self.reader.numbered(self.flow, part)
        if step.numbers is None:
            return keys
        words = self.reader.library.number_words
        named = read_listed(self.answers.word(step.numbers), words.listed, words)
        if named is None:
            return ()
        return tuple(key for number, key in enumerate(keys, 1) if named.names(number))

    def _done_some(self, step: ChangePlan) -> Orders:
        """Return the steps whose numbers were typed, done."""
        if not self.answers.word(step.numbers):
            return ()
        found = (self.plan.find(key) for key in self._numbered(step, "steps"))
        return tuple(
            PutItem(item=done_step(item, self.reader.today))
            for item in found
            if isinstance(item, PlanStep)
        )

    def _move_rest(self, step: ChangePlan) -> Orders:
        """Return the steps whose day is over, moved to a day; they stay where none was said."""
        day = self.answers.day(step.day)
        if day is None:
            return ()
        overdue = overdue_steps(self.plan, self.reader.today)
        return tuple(MoveStep(id=one.id, on=day) for one in overdue)

    def _add(self, step: ChangePlan) -> Orders:
        text = self.answers.own(step.words)
        if text is None:
            return ()
        match step.do:
            case "add_goal":
                return (PutItem(item=self._goal(step, text)),)
            case "add_step":
                return (PutItem(item=self._step(step, text)),)
            case "add_gap":
                goal = self.reader.found(self.flow, step.found)
                return (
                    (PutItem(item=GapRow(origin=self._said, goal=goal, asks=text)),) if goal else ()
                )
            case _:
                return self._entry(step, text)

    def _entry(self, step: ChangePlan, text: OwnWords) -> Orders:
        name = step.into or self.answers.word(step.section)
        section = self.reader.library.plan_form.sections.get(name)
        if section is None:
            return ()
        entry = PlanEntry(
            origin=self._said,
            section=name,
            wording=text,
            sensitive=section.sensitive,
            needs_school=section.needs_school,
        )
        return (PutItem(item=with_details(entry, step, self.answers)),)

    def _of_item(self, step: ChangePlan, item: PlanItem) -> Orders:
        """Return what is done to one item."""
        answers = self.answers
        text, day = answers.own(step.words), answers.day(step.day)
        match item, step.do:
            case _, "remove":
                return (RemoveItem(id=item.id),)
            case PlanGoal(), "reword" if text is not None:
                named = occupation_named(self.reader.library, text.text, text.language)
                update = {"wording": text, "occupation": named or item.occupation}
                return (PutItem(item=item.model_copy(update=update)),)
            case ((PlanEntry() | PlanStep()), "reword") if text is not None:
                return (PutItem(item=item.model_copy(update={"wording": text})),)
            case PlanStep(), "set_day":
                return (MoveStep(id=item.id, on=day),)
            case PlanGoal(), "set_day":
                return (PutItem(item=item.model_copy(update={"by": day})),)
            case PlanStep(), "drop_step":
                dropped = item.model_copy(update={"state": "dropped", "remind": False})
                return (PutItem(item=dropped),)
            case PlanStep(), "set_done":
                done = done_step(item, self.reader.today)
                return (PutItem(item=with_details(done, step, answers)),)
            case PlanStep(), "set_trial":
                return self._tried(step, item)
            case PlanGoal(), "set_sure":
                return (PutItem(item=surer(item, step, answers)),)
            case ((PlanEntry() | PlanStep()), "set_details"):
                return (PutItem(item=with_details(item, step, answers)),)
            case GapRow(), "set_gap":
                said = {"show": answers.own(step.show), "get": answers.own(step.get)}
                update = {key: words for key, words in said.items() if words is not None}
                return (PutItem(item=item.model_copy(update=update)),) if update else ()
            case GapRow(), "gap_step":
                return self._step_of_row(step, item)
            case _:
                return ()

    def _tried(self, step: ChangePlan, item: PlanStep) -> Orders:
        """Return the step as done, with what was found by trying, and how sure the person is since.

        The goal that it serves has the new value beside the old ones; a step without a goal keeps it itself.
        """
        tried = tried_step(item, step, self.answers)
        goal = self.plan.find(item.goal)
        if not isinstance(goal, PlanGoal):
            return (PutItem(item=surer(tried, step, self.answers, item.id)),)
        now = surer(goal, step, self.answers, item.id)
        return (PutItem(item=tried), *((PutItem(item=now),) if now != goal else ()))

    def _goal(self, step: ChangePlan, text: OwnWords) -> PlanItem:
        """Return a goal; it names an occupation only where its words surely do."""
        goal = PlanGoal(
            origin=self._said,
            wording=text,
            by=self.answers.day(step.day),
            occupation=occupation_named(self.reader.library, text.text, text.language),
        )
        return surer(goal, step, self.answers)

    def _step(self, step: ChangePlan, text: OwnWords, goal: str = "") -> PlanStep:
        """Return a step of the goal that was named; where there is one goal, it serves that one."""
        goals, day = self.plan.of_kind(PlanGoal), self.answers.day(step.day)
        goal = (
            goal
            or self.reader.found(self.flow, step.goal)
            or (goals[0].id if len(goals) == 1 else "")
        )
        new = PlanStep.model_validate(
            {
                "origin": self._said,
                "wording": text,
                "activity": self.answers.word(step.activity) or "other",
                "on": day,
                "goal": goal,
                "remind": day is not None
                and self.answers.agreed(step.remind)
                and may_be_kept(self.reader.library, self.reader.session),
            }
        )
        return with_details(new, step, self.answers)

    def _step_of_row(self, step: ChangePlan, row: GapRow) -> Orders:
        """Return the step that a row of what a goal asks becomes, and the row with it; once."""
        text = self.answers.own(step.words)
        if text is None or self.plan.find(row.step) is not None:
            return ()
        origin = Origin(kind="gap", ref=row.id, on=self.reader.today)
        new = self._step(step, text, row.goal).model_copy(update={"origin": origin})
        # the plan gives a new item the number that follows
        id_ = f"s{self.plan.following}"
        return (PutItem(item=new), PutItem(item=row.model_copy(update={"step": id_})))

    def _ask_of_goal(self, item: PlanItem | None) -> Orders:
        """Return what the occupation of a goal asks, where it is one of our catalogue."""
        library = self.reader.library
        if not isinstance(item, PlanGoal) or item.occupation not in library.occupations:
            return ()
        occupation = library.occupations[item.occupation]
        origin = Origin(kind="occupation", ref=item.occupation, on=self.reader.today)
        rows = new_rows(self.plan, asked_rows(item, occupation, origin))
        return tuple(PutItem(item=row) for row in rows)

    @property
    def _said(self) -> Origin:
        return Origin(kind="said", on=self.reader.today)
