"""One act of somebody on a plan: the orders that are given together."""

from collections.abc import Iterable

from bot.core.plan.orders import Moment, PlanOrder, obey
from bot.core.plan.plan import Actor, Plan


def obey_all(plan: Plan, orders: Iterable[PlanOrder], actor: Actor, moment: Moment) -> Plan:
    """Return the plan as orders given together leave it: one version more, however many they are.

    Errors: OrderRefused where one of them cannot be obeyed, and then nothing is changed.
    """
    now = plan
    for order in orders:
        now = obey(now, order, actor, moment)
    return now.model_copy(update={"version": min(now.version, plan.version + 1)})
