"""Whether a plan is as orders would leave it: how a form that came twice is told from another one with the same number."""

from datetime import datetime

from bot.core.plan.bringing import brought
from bot.core.plan.item_changes import as_promised
from bot.core.plan.items import PlanItem, PlanStep
from bot.core.plan.merging import content_of
from bot.core.plan.orders import (
    AgreeTo,
    MoveStep,
    PlanOrder,
    PutItem,
    ReplacePlan,
    RestoreVersion,
    SetReview,
    SharePlan,
)
from bot.core.plan.plan import Plan, Share


def is_obeyed(plan: Plan, order: PlanOrder, now: datetime) -> bool:
    """Return whether what an order says is in a plan already; of one that brings no words and no choice it always is."""
    match order:
        case PutItem():
            return _is_there(plan, as_promised(order.item, now))
        case SharePlan():
            return any(_shown(one) == _shown(order.share) for one in plan.shares)
        case MoveStep():
            step = plan.find(order.id)
            return isinstance(step, PlanStep) and step.on == order.on
        case SetReview():
            return plan.review == order.on
        case AgreeTo():
            agreed = plan.watch if order.what == "watch" else plan.check_in is not None
            return agreed == order.agreed
        case RestoreVersion():
            return _contents(plan.items) == _contents(order.items)
        case ReplacePlan():
            came = (as_promised(one, now) for one in brought(plan, order.plan, order.history).items)
            return _contents(plan.items) == _contents(tuple(came))
        case _:
            return True


def _is_there(plan: Plan, item: PlanItem) -> bool:
    """Return whether an item stands in a plan, a new one under whichever id it got."""
    said = content_of(item)
    return any(content_of(one) == said for one in plan.shown if item.id in {"", one.id})


def _contents(items: tuple[PlanItem, ...]) -> tuple[str, ...]:
    return tuple(map(content_of, items))


def _shown(share: Share) -> tuple[object, ...]:
    return share.items, share.for_whom, share.why, share.language, share.until
