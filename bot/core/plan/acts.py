"""One act of somebody on a plan: the orders that are given together."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.core.plan.bringing import brought
from bot.core.plan.history import KeptVersion
from bot.core.plan.orders import Moment, PlanOrder, ReplacePlan, obey
from bot.core.plan.plan import Actor, Plan


class Obeyed(NamedTuple):
    """What orders leave. versions: earlier ones that a file has brought, to be kept before the plan's own."""

    plan: Plan
    versions: tuple[KeptVersion, ...]


def obey_all(plan: Plan, orders: Iterable[PlanOrder], actor: Actor, moment: Moment) -> Obeyed:
    """Return the plan as orders given together leave it: one version more, however many they are.

    Errors: OrderRefused where one of them cannot be obeyed, and then nothing is changed.
    """
    now, versions = plan, list[KeptVersion]()
    for order in orders:
        if isinstance(order, ReplacePlan):
            versions += brought(now, order.plan, order.history).versions
        now = obey(now, order, actor, moment)
    latest = plan.version + len(versions) + 1
    return Obeyed(now.model_copy(update={"version": min(now.version, latest)}), tuple(versions))
