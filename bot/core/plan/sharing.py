"""What others see of a plan: by a link the things that were ticked, on paper what is not guarded; nothing that leads to more."""

from datetime import date

from bot.core.plan.items import GapRow, PlanGoal, PlanItem, PlanStep
from bot.core.plan.plan import Plan, Share

USUAL_SHARE_DAYS = 30
MOST_ENDED = 20  # closed links that stay known


def share_of(plan: Plan, id_: str) -> Share | None:
    """Return a share by its id; None where there is none, or it was closed."""
    return next((one for one in plan.shares if one.id == id_ and one.ended is None), None)


def is_open(share: Share, today: date) -> bool:
    """Return whether a link still shows something."""
    return today <= share.until and share.ended is None


def without_share(plan: Plan, id_: str, today: date) -> Plan:
    """Return a plan in which a link is closed; that it was there stays known, of many the latest."""
    closed = {"ended": today, "token": ""}
    shares = [
        one.model_copy(update=closed) if one.id == id_ and one.ended is None else one
        for one in plan.shares
    ]
    known = [one.id for one in shares if one.ended is not None][-MOST_ENDED:]
    left = tuple(one for one in shares if one.ended is None or one.id in known)
    return plan.model_copy(update={"shares": left})


def ticked_at_first(plan: Plan) -> tuple[str, ...]:
    """Return the items that are ticked before the person has looked: all but the sensitive ones."""
    return tuple(item.id for item in plan.items if not item.sensitive)


def shares_after(plan: Plan, items: tuple[PlanItem, ...]) -> tuple[Share, ...]:
    """Return the shares once a plan has other items: what has become sensitive, or is gone, is not shown.

    Should it come back, the person ticks it again.
    """
    before = {item.id: item for item in plan.items}
    shown = {
        item.id
        for item in items
        if item.id in before and (not item.sensitive or before[item.id].sensitive)
    }
    return tuple(
        share.model_copy(update={"items": tuple(one for one in share.items if one in shown)})
        for share in plan.shares
    )


def shared_plan(plan: Plan, share: Share) -> Plan:
    """Return the plan as a link shows it: with the ticked items, and nothing of who else may see it."""
    shown = frozenset(share.items)
    items = tuple(_within(item, shown) for item in plan.items if item.id in shown)
    return Plan(
        audience=plan.audience,
        made=plan.made,
        version=plan.version,
        following=plan.following,
        items=items,
        confirmed=plan.confirmed,
    )


def unguarded_plan(plan: Plan) -> Plan:
    """Return a plan without what is sensitive, and with nothing that leads there."""
    tried = None if plan.what_if is None else _unguarded(plan.what_if)
    return plan.model_copy(update={"items": _unguarded(plan.items), "what_if": tried})


def guarded_items(plan: Plan) -> tuple[PlanItem, ...]:
    """Return what is sensitive of a plan as it is worked on."""
    return tuple(item for item in plan.shown if item.sensitive)


def _unguarded(items: tuple[PlanItem, ...]) -> tuple[PlanItem, ...]:
    open_ones = frozenset(item.id for item in items if not item.sensitive)
    return tuple(_within(item, open_ones) for item in items if item.id in open_ones)


def _within(item: PlanItem, shown: frozenset[str]) -> PlanItem:
    """Return an item that refers to nothing outside of what is shown."""
    if item.origin.kind == "gap":  # the row it comes from may not be shown
        item = item.model_copy(update={"origin": item.origin.model_copy(update={"ref": ""})})
    match item:
        case PlanStep(goal=goal) if goal not in shown:
            return item.model_copy(update={"goal": ""})
        case GapRow():
            have = tuple(one for one in item.have if one in shown)
            step = item.step if item.step in shown else ""
            goal = item.goal if item.goal in shown else ""
            return item.model_copy(update={"have": have, "step": step, "goal": goal})
        case PlanGoal():
            sure = tuple(
                one if one.after in shown else one.model_copy(update={"after": ""})
                for one in item.sure
            )
            return item.model_copy(update={"sure": sure})
        case _:
            return item
