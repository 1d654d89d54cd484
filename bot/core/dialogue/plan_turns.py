"""What a turn does with the plan: begins it, obeys orders, tells what is due; says what came of it."""

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from bot.core.dialogue.inputs import PlanDue, World
from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.plan_events import PlanChanged, PlanDueTold, PlanEvent, PlanNotChanged
from bot.core.dialogue.plan_offers import begun_plan
from bot.core.dialogue.session import Session
from bot.core.library import Library
from bot.core.plan.acts import obey_all
from bot.core.plan.differences import ItemDifference, differences
from bot.core.plan.items import PlanItem, PlanStep
from bot.core.plan.orders import (
    Moment,
    OrderRefused,
    PlanOrder,
    ReplacePlan,
    RestoreVersion,
    SetReview,
    TryOut,
)
from bot.core.plan.plan import PERSON, Actor, Plan
from bot.core.plan.watching import Behind, Touched, touched


def obey_orders(
    library: Library,
    session: Session,
    orders: Iterable[PlanOrder],
    actor: Actor,
    world: World,
) -> tuple[Session, tuple[PlanEvent, ...]]:
    """Return the session with the plan as orders leave it, and what is to be said.

    The person's first order begins a plan; nobody else begins one.
    """
    given = tuple(orders)
    plan = session.plan
    if plan is None and actor != PERSON:
        return session, (PlanNotChanged(reason="no_plan"),)
    before = plan or begun_plan(library, session, world.today)
    if not given:
        return session, (PlanNotChanged(reason="empty"),)
    moment = Moment(world.now, world.today)
    try:
        now, versions = obey_all(before, given, actor, moment)
    except OrderRefused as refused:
        return session, (PlanNotChanged(reason=refused.reason),)
    first = given[0]
    changed = PlanChanged(
        what=f"try_{first.what}" if isinstance(first, TryOut) else first.kind,
        by=actor,
        different=_told_differences(first, before, now),
        trying=now.what_if is not None,
        review=now.review if any(isinstance(order, SetReview) for order in given) else None,
        versions=versions,
    )
    return session.model_copy(update={"plan": now}), (changed,)


def _told_differences(order: PlanOrder, before: Plan, now: Plan) -> tuple[ItemDifference, ...]:
    """Return what is told to be different: where a copy is taken or dropped by it, against the plan and not the copy."""
    if isinstance(order, TryOut | RestoreVersion | ReplacePlan):
        return differences(before.items, now.items)
    return differences(before.shown, now.shown)


def tell_due(
    library: Library, session: Session, due: PlanDue, world: World
) -> tuple[Session, tuple[PlanEvent, ...]]:
    """Return the session once something of the plan was due, and what is said; nothing where it is not any more.

    None of it is said where the conversation may not be kept so long, or others use the computer too.
    """
    plan = session.plan
    if plan is None or not may_be_kept(library, session):
        return session, ()
    match due.what:
        case "step":
            step = next((one for one in plan.items if one.id == due.id), None)
            if not isinstance(step, PlanStep) or not step.remind or step.state != "planned":
                return session, ()
            return session, (_told(due, items=(step,)) if step.on == due.on else ())
        case "review":
            if plan.review != due.on:
                return session, ()
            open_steps = tuple(
                one for one in plan.items if isinstance(one, PlanStep) and one.state == "planned"
            )
            return _with(session, review=None), _told(due, items=open_steps)
        case "check_in":
            if plan.check_in is None:
                return session, ()
            return _with(session, check_in=world.today), _told(due)
        case "watch":
            found = changed_behind(library, plan, world.today) if plan.watch else ()
            if not found:
                return session, ()
            known = with_known(plan, found)
            told = PlanDueTold(what="watch", on=due.on, touched=found)
            return session.model_copy(update={"plan": known}), (told,)
        case _:
            assert_never(due.what)


def changed_behind(library: Library, plan: Plan, today: date) -> tuple[Touched, ...]:
    """Return what has changed behind a plan by the content as it is now."""
    behind = Behind(library.paths, library.dates, library.judges, library.release)
    return touched(plan, behind, today)


def with_known(plan: Plan, found: tuple[Touched, ...]) -> Plan:
    """Return a plan in which what has changed is noted, so that it is told once."""
    after = {one.before.id: one.after for one in found}
    items = tuple(after.get(item.id, item) for item in plan.items)
    return plan.model_copy(update={"items": items, "version": plan.version + 1})


def _with(session: Session, **fields: date | None) -> Session:
    assert session.plan is not None
    return session.model_copy(update={"plan": session.plan.model_copy(update=fields)})


def _told(due: PlanDue, items: tuple[PlanItem, ...] = ()) -> tuple[PlanEvent, ...]:
    return (PlanDueTold(what=due.what, on=due.on, items=items),)
