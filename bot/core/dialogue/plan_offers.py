"""What can come into the plan of a session; nothing comes in by itself."""

from datetime import date

from bot.core.dialogue.path import PathFinder
from bot.core.dialogue.plan_found import audience_of, found_for_plan
from bot.core.dialogue.session import Session
from bot.core.library import Library
from bot.core.plan.items import PlanItem
from bot.core.plan.plan import Plan


def offers(library: Library, session: Session, today: date) -> tuple[PlanItem, ...]:
    """Return what can come into a plan and is not in it, each with where it comes from; nothing without a plan."""
    plan = session.plan
    if plan is None:
        return ()
    find = PathFinder(library, session, today).find
    return found_for_plan(library, session, plan, find, today)


def suited_plan(library: Library, session: Session) -> Plan | None:
    """Return the plan in the form for who the person is now; what was written in another form stays in it."""
    plan, audience = session.plan, audience_of(library, session)
    if plan is None or plan.audience == audience:
        return plan
    return plan.model_copy(update={"audience": audience})


def begun_plan(library: Library, session: Session, today: date) -> Plan:
    """Return a plan with nothing in it yet."""
    return Plan(audience=audience_of(library, session), made=today)
