"""What a turn does to the plan by itself, where the steps of a flow say so."""

from collections.abc import Sequence
from typing import Any

from bot.core.dialogue.events import Event, Remarked
from bot.core.dialogue.inputs import World
from bot.core.dialogue.order_words import hear_orders
from bot.core.dialogue.path import PathFinder
from bot.core.dialogue.plan_events import PlanNotChanged
from bot.core.dialogue.plan_offers import begun_plan, suited_plan
from bot.core.dialogue.plan_orders import NOTHING_TO_DO, SHOWN_BELOW, PlanDeeds
from bot.core.dialogue.plan_turns import obey_orders
from bot.core.dialogue.session import PlanStepTaken, QuietStep, Session
from bot.core.dialogue.session_draft import SessionDraft
from bot.core.flows.plan_steps import ActingStep, ChangePlan, CountPlan, FindInPlan
from bot.core.library import Library
from bot.core.plan.orders import PlanOrder
from bot.core.plan.plan import PERSON


class PlanActing(SessionDraft):
    """Holds the changing session and the events so far, and does what steps on the plan do."""

    def __init__(self, library: Library, session: Session, world: World) -> None:
        super().__init__(library, session, world)
        self.events: list[Event] = []

    def remark(self, what: Any, about: Any = None, reply: Any = None, **more: str) -> None:
        """Say something beside the script, at the open step; what there is to it, `Remarked` tells."""
        flow, step = self.session.open.split("/") if self.session.open else ("", "")
        self.events.append(
            Remarked(what=what, flow=flow, step=step, about=about, reply=reply, **more)
        )

    def acts(self) -> bool:
        """Do what the open step does to the plan by itself; return whether it was such a step."""
        flow, step = self.path.open or ("", None)
        if not isinstance(step, ActingStep):
            return False
        finder = PathFinder(self.library, self.session, self.today)
        taken = PlanStepTaken(flow=flow, step=step.id)
        if isinstance(step, CountPlan):
            counts = finder.plan.counts(step, self.session.stack[-1])
            taken = taken.model_copy(update={"counts": tuple(counts.items())})
        elif isinstance(step, FindInPlan):
            taken = finder.plan.taken(flow, step, self.path.facts, self.session.stack[-1])
        else:
            deeds = PlanDeeds(finder.plan, flow, self.path.facts)
            orders = deeds.orders(step)
            if step.do == "begin":
                self.begin_plan()
            elif step.do in {"take_file", "leave_file"}:
                self._end_bringing(orders)
            elif orders or step.do not in NOTHING_TO_DO:
                self.obey(orders, silently=step.do in SHOWN_BELOW)
        anew = {(flow, step.id), *self._shown_of(flow, step)}
        others = tuple(one for one in self.session.plan_steps if (one.flow, one.step) not in anew)
        self.change(plan_steps=(*others, taken))
        return True

    def _end_bringing(self, orders: Sequence[PlanOrder]) -> None:
        """Take the file that was sent, or leave it; words of distress in it are met first, as those of a page are."""
        brought, plan = self.session.plan_brought, self.session.plan
        self.change(plan_brought=None)
        if brought is not None and orders and plan is not None and plan.version != brought.version:
            self.events.append(PlanNotChanged(reason="moved"))
            return
        heard, written_in = found = hear_orders(self.library, self.session, orders)
        if heard is not None and found.is_sure:
            self.change(quiet_step=QuietStep(language=written_in, orders=tuple(orders)))
            self.remark("distress", heard.kind, language=written_in)
        elif orders:
            self.obey(orders)
            if heard is not None:
                self.remark("quiet_word", heard.kind)

    def _shown_of(self, flow: str, step: ActingStep) -> list[tuple[str, str]]:
        """Return the steps that fill what is shown of the item that a step finds: of another item they are done anew."""
        if not isinstance(step, FindInPlan):
            return []
        changing = (one for one in self.library.flows[flow].steps if isinstance(one, ChangePlan))
        return [
            (flow, one.id) for one in changing if one.found == step.id and one.do in SHOWN_BELOW
        ]

    def begin_plan(self) -> None:
        """Begin a plan; one that there is gets the form for who the person is now."""
        plan = suited_plan(self.library, self.session)
        self.change(plan=plan or begun_plan(self.library, self.session, self.today))

    def obey(self, orders: Sequence[PlanOrder], *, silently: bool = False) -> None:
        """Do to the plan what the person orders, and say what came of it; silently, only why nothing did."""
        world = World(now=self.now, today=self.today)
        session, said = obey_orders(self.library, self.session, orders, PERSON, world)
        self.change(plan=session.plan)
        told = (one for one in said if not silently or isinstance(one, PlanNotChanged))
        self.events += told
