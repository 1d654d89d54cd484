"""Plans made by hand, item by item."""

from datetime import UTC, date, datetime

from bot.core.plan.items import Origin, PlanEntry, PlanGoal, PlanItem, PlanStep
from bot.core.plan.orders import Moment, PlanOrder, PutItem, obey
from bot.core.plan.plan import PERSON, Actor, Plan
from bot.core.plan.wording import OwnWords

DAY = date(2026, 11, 30)
MOMENT = Moment(datetime(2026, 11, 30, 12, tzinfo=UTC), DAY)
COUNSELLOR = Actor(role="counsellor", name="Anna Ozola")
SCHOOL = Actor(role="school", name="Paraugpils vidusskola")
SAID = Origin(kind="said", on=DAY)


def own(text: str, language: str = "lv") -> OwnWords:
    return OwnWords.model_validate({"text": text, "language": language})


def entry(text: str, section: str = "skills", **more: object) -> PlanEntry:
    given = {"origin": SAID, "section": section, "wording": own(text), **more}
    return PlanEntry.model_validate(given)


def goal(text: str, **more: object) -> PlanGoal:
    return PlanGoal.model_validate({"origin": SAID, "wording": own(text), **more})


def step(text: str, **more: object) -> PlanStep:
    return PlanStep.model_validate({"origin": SAID, "wording": own(text), **more})


def plan_of(*items: PlanItem, audience: str = "adult") -> Plan:
    """Return a plan into which the person has put some items."""
    plan = Plan.model_validate({"audience": audience, "made": DAY})
    return done(plan, *(PutItem(item=item) for item in items))


def done(plan: Plan, *orders: PlanOrder, by: Actor = PERSON, moment: Moment = MOMENT) -> Plan:
    for order in orders:
        plan = obey(plan, order, by, moment)
    return plan
