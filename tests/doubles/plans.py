"""Plans made by orders, item by item."""

from datetime import UTC, datetime

from bot.core.plan.items import PlanItem
from bot.core.plan.orders import Moment, PlanOrder, PutItem, obey
from bot.core.plan.plan import PERSON, Actor, Plan
from tests.doubles.plan_items import DAY

MOMENT = Moment(datetime(2026, 11, 23, 12, tzinfo=UTC), DAY)
COUNSELLOR = Actor(role="counsellor", name="Anna Ozola")
SCHOOL = Actor(role="school", name="Paraugpils vidusskola")


def plan_of(*items: PlanItem, audience: str = "adult") -> Plan:
    """Return a plan into which the person has put some items."""
    plan = Plan.model_validate({"audience": audience, "made": DAY})
    return done(plan, *(PutItem(item=item) for item in items))


def done(plan: Plan, *orders: PlanOrder, by: Actor = PERSON, moment: Moment = MOMENT) -> Plan:
    for order in orders:
        plan = obey(plan, order, by, moment)
    return plan
