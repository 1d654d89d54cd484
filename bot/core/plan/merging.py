"""Two plans of one person, begun at two devices: what stands in the other comes in as new items."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.plan.items import ID_LETTERS, PlanItem
from bot.core.plan.plan import MOST_ITEMS, Plan

LAST_NUMBER: Final = 9999  # that an id can have
CLAIMED_ORIGINS: Final = frozenset({"counsellor", "school"})


def merged(plan: Plan | None, other: Plan | None) -> Plan | None:
    """Return one plan of both: the first, with the items of the other that it does not have yet.

    Links of the other end with its conversation; so do its proposals and what was only tried out.
    """
    if other is None:
        return plan
    if plan is None:
        return other.model_copy(update={"shares": (), "proposals": (), "what_if": None})
    held = {_content(item): item.id for item in plan.items}
    new = [item for item in other.items if _content(item) not in held]
    room = min(MOST_ITEMS - len(plan.items), LAST_NUMBER - plan.following)
    new = new[: max(0, room)]
    if not new:
        return plan
    # what the plan has already is what the new items refer to
    ids = {item.id: held[_content(item)] for item in other.items if _content(item) in held}
    ids |= _numbered(new, plan.following)
    items = (*plan.items, *(_renamed(item, ids) for item in new))
    return plan.model_copy(
        update={
            "items": items,
            "following": plan.following + len(new),
            "version": plan.version + 1,
        }
    )


def brought(items: tuple[PlanItem, ...]) -> tuple[PlanItem, ...]:
    """Return the items of a file as a plan takes them: numbered anew, and nobody else's word.

    A file can be written by hand: what it says a counsellor or a school has said is said by the file.
    """
    ids = _numbered(items, 1)
    return tuple(_own(_renamed(item, ids)) for item in items)


def _own(item: PlanItem) -> PlanItem:
    update: dict[str, object] = {}
    if item.owner != "person":
        update["owner"] = "imported"
    if item.origin.kind in CLAIMED_ORIGINS:
        update["origin"] = item.origin.model_copy(update={"kind": "imported", "ref": ""})
    return item.model_copy(update=update) if update else item


def _numbered(items: Sequence[PlanItem], first: int) -> dict[str, str]:
    """Return new ids by the old ones."""
    return {item.id: f"{ID_LETTERS[item.kind]}{number}" for number, item in enumerate(items, first)}


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
