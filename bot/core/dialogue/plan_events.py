"""What happens with the plan in a turn: shown, changed, not changed; something of it is due."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.strict_json import FileFault
from bot.core.dialogue.session import PlanBrought
from bot.core.flows.plan_steps import PlanPart
from bot.core.plan.differences import ItemDifference
from bot.core.plan.history import KeptVersion
from bot.core.plan.items import PlanItem
from bot.core.plan.orders import Refusal
from bot.core.plan.plan import Actor, Plan
from bot.core.plan.watching import Touched


class PlanShown(Frozen):
    """The plan is shown as it is, or a part of it. offers: what can come in. keys: of its things, by number from 1.

    brought: the file of which it is shown what it would change.
    """

    kind: Literal["plan_shown"] = "plan_shown"
    flow: str
    step: str
    part: PlanPart
    plan: Plan | None
    offers: tuple[PlanItem, ...] = ()
    keys: tuple[str, ...] = ()
    brought: PlanBrought | None = None


class PlanChanged(Frozen):
    """Something was done to the plan. what: the kind of order, or what was done with the copy; different: what it changed in the items.

    by: who did it. trying: it was done to the copy. review: the day to come back to it, where that was set.
    versions: earlier ones that a file has brought.
    """

    kind: Literal["plan_changed"] = "plan_changed"
    what: str
    by: Actor
    different: tuple[ItemDifference, ...] = ()
    trying: bool = False
    review: date | None = None
    versions: tuple[KeptVersion, ...] = ()


class PlanNotChanged(Frozen):
    """What was to be done to the plan cannot be, or need not. reason: why not; "empty": nothing was named.

    "later": what is due stays as it is; "right": nothing in the plan has to change; "moved": it was changed since a file was compared with it.
    "same": a file that was sent would change nothing.
    "unread": a file that was sent cannot be read; faults: where in it, and why.
    """

    kind: Literal["plan_not_changed"] = "plan_not_changed"
    reason: Refusal | Literal["empty", "no_plan", "later", "right", "moved", "same", "unread"]
    faults: tuple[FileFault, ...] = ()


class PlanDueTold(Frozen):
    """Something of the plan is due: a step, the day to look at it, whether it still fits, what changed behind it.

    asked: what is to be done about it is asked next; else buttons lead there.
    """

    kind: Literal["plan_due_told"] = "plan_due_told"
    what: Literal["step", "review", "check_in", "watch"]
    on: date
    asked: bool = False
    items: tuple[PlanItem, ...] = ()
    touched: tuple[Touched, ...] = ()


PlanEvent = Annotated[
    PlanShown | PlanChanged | PlanNotChanged | PlanDueTold, Field(discriminator="kind")
]
