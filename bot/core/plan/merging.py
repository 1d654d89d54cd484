"""Two plans of one person, begun at two devices: what stands in the other comes in as new items."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.core.plan.items import ID_LETTERS, PlanItem
from bot.core.plan.plan import MOST_ITEMS, Plan

LAST_NUMBER: Final = 9999  # that an id can have


def merged(plan: Plan | None, other: Plan | None) -> Plan | None:
    """Return one plan of both: the first, with the items of the other that it does not have yet.

    Links of the other end with its conversation; so do its proposals and what was only tried out.
    """
    if other is None:
        return plan
    if plan is None:
        return other.model_copy(update={"shares": (), "proposals": (), "what_if": None})
    held = {content_of(item): item.id for item in plan.items}
    new = [item for item in other.items if content_of(item) not in held]
    room = min(MOST_ITEMS - len(plan.items), LAST_NUMBER - plan.following)
    new = new[: max(0, room)]
    if not new:
        return plan
    # what the plan has already is what the new items refer to
    ids = {item.id: held[content_of(item)] for item in other.items if content_of(item) in held}
    ids |= numbered_anew(new, plan.following)
    items = (*plan.items, *(renamed(item, ids) for item in new))
    return plan.model_copy(
        update={
            "items": items,
            "following": plan.following + len(new),
            "version": plan.version + 1,
        }
    )


def numbered_anew(items: Iterable[PlanItem], first: int) -> dict[str, str]:
    """Return new ids by the old ones, each numbered where it first stands. first: the number of the first."""
    kinds = {item.id: item.kind for item in items}
    return {
        id_: f"{ID_LETTERS[kind]}{number}"
        for number, (id_, kind) in enumerate(kinds.items(), first)
    }


def content_of(item: PlanItem) -> str:
    """Return what an item says, apart from its id, from those it refers to, and from where it comes."""
    return item.model_dump_json(exclude={"id", "origin", "goal", "have", "step"})


def renamed(item: PlanItem, ids: Mapping[str, str]) -> PlanItem:
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
