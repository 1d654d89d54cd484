"""Two plans of one person, begun at two devices: what stands in the other comes in as new items."""

from collections.abc import Mapping

from bot.core.plan.items import ID_LETTERS, PlanItem
from bot.core.plan.plan import MOST_ITEMS, Plan


def merged(plan: Plan | None, other: Plan | None) -> Plan | None:
    """Return one plan of both: the first, with the items of the other that it does not have yet.

    Links of the other end with its conversation; so do its proposals and what was only tried out.
    """
    if other is None:
        return plan
    if plan is None:
        return other.model_copy(update={"shares": (), "proposals": (), "what_if": None})
    held = {_content(item) for item in plan.items}
    new = [item for item in other.items if _content(item) not in held]
    new = new[: MOST_ITEMS - len(plan.items)]
    if not new:
        return plan
    ids = {
        item.id: f"{ID_LETTERS[item.kind]}{number}"
        for number, item in enumerate(new, plan.following)
    }
    items = (*plan.items, *(_renamed(item, ids) for item in new))
    return plan.model_copy(
        update={
            "items": items,
            "following": plan.following + len(new),
            "version": plan.version + 1,
        }
    )


def _content(item: PlanItem) -> str:
    return item.model_dump_json(exclude={"id", "origin", "goal", "have", "step"})


def _renamed(item: PlanItem, ids: Mapping[str, str]) -> PlanItem:
    """Return an item by its new id, referring to others by theirs; to what did not come along, not at all."""
    update: dict[str, object] = {"id": ids[item.id]}
    match item.kind:
        case "step":
            update["goal"] = ids.get(item.goal, "")
        case "gap":
            update["goal"] = ids.get(item.goal, "")
            update["have"] = tuple(ids[one] for one in item.have if one in ids)
            update["step"] = ids.get(item.step, "")
        case "goal":
            update["sure"] = tuple(
                one.model_copy(update={"after": ids.get(one.after, "")}) for one in item.sure
            )
        case _:
            pass
    return item.model_copy(update=update)
