"""Reads the plan for the paths of a session: what its parts hold, by number, and what a number means."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.plan_found import FindPath, found_for_plan
from bot.core.dialogue.plan_parts import kind_of, numbers, part_keys
from bot.core.dialogue.session import PlanStepTaken, Session, Value
from bot.core.flows.plan_steps import CountPlan, FindInPlan, KeptPart, PlanPart, ShowPlan
from bot.core.library import Library
from bot.core.plan.items import GapRow, PlanItem, PlanStep
from bot.core.plan.sharing import guarded_items

PARTS: tuple[KeptPart, ...] = (
    "whole", "offers", "steps", "overdue", "goals", "gaps", "portfolio", "proposals",
)  # fmt: skip


class PlanReader:
    """Reads the plan of one session on one day. find: the paths over that session."""

    def __init__(self, library: Library, session: Session, today: date, find: FindPath) -> None:
        self.library = library
        self.session = session
        self.plan = session.plan
        self.today = today
        self._find = find

    @cached_property
    def offers(self) -> tuple[PlanItem, ...]:
        """What can come into the plan."""
        if self.plan is None:
            return ()
        return found_for_plan(self.library, self.session, self.plan, self._find, self.today)

    def keys(self, part: PlanPart, of: str | None = None) -> tuple[str, ...]:
        """Return what stands in a part now, in its order. of: the goal of which only what it asks is meant."""
        if self.plan is None or part == "brought":  # of a file nothing is chosen by a number
            return ()
        offers = self.offers if part == "offers" else ()
        keys = part_keys(self.library, self.plan, part, offers, self.today)
        if of is None:
            return keys
        rows = {row.id for row in self.plan.of_kind(GapRow) if row.goal == of}
        return tuple(key for key in keys if key in rows)

    def numbered(self, flow: str, part: PlanPart, of: str | None = None) -> tuple[str, ...]:
        """Return the keys of a part by number, 1 for the first, as the flow has shown them.

        All of it is numbered as every other channel numbers it.
        """
        if part == "whole":
            return self.keys(part)
        found = (
            one.keys for one in self.session.plan_listed if (one.flow, one.part) == (flow, part)
        )
        listed, now = next(found, ()), self.keys(part, of)
        if of is not None:  # what another goal asks was shown before it
            listed = tuple(key for key in listed if key in now)
        return numbers(listed, now)

    def goal_of(self, flow: str, step: ShowPlan | FindInPlan) -> str | None:
        """Return the id of the goal of which only what it asks is meant; None where all of a part is."""
        return None if step.of is None else self.found(flow, step.of)

    def found(self, flow: str, finder: str | None) -> str:
        """Return the id of what a step of a flow has found; "" for nothing."""
        taken = self.session.plan_steps
        found = (one.item for one in taken if (one.flow, one.step) == (flow, finder))
        return next(found, "")

    def counts(self, step: CountPlan, present: str) -> dict[str, int]:
        """Return the facts of a step that counts. present: the flow that is gone through."""
        facts = {f"{step.id}_{part}": len(self.keys(part)) for part in PARTS}
        guarded = () if self.plan is None else guarded_items(self.plan)
        facts[f"{step.id}_guarded"] = len(guarded)
        facts[f"{step.id}_versions"] = 0 if self.plan is None else self.plan.version - 1
        trying = self.plan is not None and self.plan.what_if is not None
        facts[f"{step.id}_trying"] = int(trying)
        facts[f"{step.id}_named"] = int(bool(self.named(present)))
        facts[f"{step.id}_reachable"] = int(may_be_kept(self.library, self.session))
        facts[f"{step.id}_brought"] = int(self.session.plan_brought is not None)
        return facts

    def named(self, present: str) -> str:
        """Return the id of the item that a flow was opened for, as long as it is there; "" for none."""
        named = self.session.plan_named
        if named is None or self.plan is None or named.flow != present:
            return ""
        waiting = {one.id for one in self.plan.proposals}
        is_there = named.item in waiting or self.plan.find(named.item) is not None
        return named.item if is_there else ""

    def taken(
        self, flow: str, step: FindInPlan, facts: Mapping[str, Value], present: str
    ) -> PlanStepTaken:
        """Return what a number means, or what is meant where none was asked. facts: known on the path."""
        of = self.goal_of(flow, step)
        keys, said = self.numbered(flow, step.part, of), facts.get(step.number or "")
        number = said if isinstance(said, int) else 0
        key = ""
        if 0 < number <= len(keys):
            key = keys[number - 1]
        elif step.number not in facts:  # it was not asked; who has skipped it means none
            there = self.keys(step.part, of)
            named = self.named(present) if of is None else ""  # the goal itself, of what it asks
            key = named or (there[0] if len(there) == 1 else "")
        return self._found(flow, step, number, key)

    def _found(self, flow: str, step: FindInPlan, number: int, key: str) -> PlanStepTaken:
        taken = PlanStepTaken(flow=flow, step=step.id, number=number)
        if self.plan is None or not key:
            return taken
        if any(one.id == key for one in self.plan.proposals):
            return taken.model_copy(update={"item": key, "what": "proposal"})
        item = self.plan.find(key)
        if item is None:
            return taken
        activity = item.activity if isinstance(item, PlanStep) else "none"
        return taken.model_copy(update={"item": key, "what": kind_of(item), "activity": activity})
