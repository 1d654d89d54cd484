"""A plan of a file as it comes into another one: numbered anew, and nobody else's word.

A file can be written by hand: what it says a counsellor or a school has said or done is said by the file.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from bot.core.plan.history import (
    MOST_KEPT_VERSIONS,
    FiledHistory,
    FiledVersion,
    KeptVersion,
    filed_history,
)
from bot.core.plan.items import PlanItem
from bot.core.plan.merging import content_of, numbered_anew, renamed
from bot.core.plan.plan import Plan

CLAIMED_ORIGINS: Final = frozenset({"counsellor", "school"})
MOST_BROUGHT_IDS: Final = (
    5000  # of items in all versions together; half of the numbers are left for what comes later
)


class Brought(NamedTuple):
    """What comes of a file. following: the number the next item gets. versions: the earlier ones, numbered after those of the plan."""

    items: tuple[PlanItem, ...]
    following: int
    versions: tuple[KeptVersion, ...]


def brought(plan: Plan, other: Plan, history: FiledHistory) -> Brought:
    """Return what comes into a plan of another one and its earlier versions, of which the latest have room."""
    versions = _with_room(plan, other.items, history)
    named = [history.states[place] for one in versions for place in one.items]
    ids = numbered_anew((*named, *other.items), 1)

    def own(item: PlanItem) -> PlanItem:
        return _own(renamed(item, ids))

    states = {place: own(history.states[place]) for one in versions for place in one.items}
    return Brought(
        items=tuple(map(own, other.items)),
        following=len(ids) + 1,
        versions=tuple(
            KeptVersion(
                number=number,
                at=one.at,
                last=one.last,
                imported=True,
                items=tuple(states[place] for place in one.items),
            )
            for number, one in enumerate(versions, plan.version + 1)
        ),
    )


def with_head(plan: Plan, other: Plan, came: Brought, today: date) -> Plan:
    """Return a plan with all that comes of another one but its items; the links to it show nothing any more."""
    is_ahead = other.review is not None and other.review > today
    return plan.model_copy(
        update={
            "audience": other.audience,
            "made": other.made,
            "version": plan.version + len(came.versions),
            "following": came.following,
            "review": other.review if is_ahead else None,
            "what_if": None,
            "proposals": (),
            "shares": (),  # what they showed is known by ids, which mean other things now
        }
    )


def _with_room(
    plan: Plan, items: tuple[PlanItem, ...], history: FiledHistory
) -> tuple[FiledVersion, ...]:
    """Return the latest versions that have room beside those of the plan, which stay, and its next one."""
    # the very first version, with nothing in it, may go
    room = max(0, MOST_KEPT_VERSIONS - plan.version)
    ids = {item.id for item in items}
    taken: list[FiledVersion] = []
    for one in reversed(history.versions[-room:] if room else ()):
        ids |= {history.states[place].id for place in one.items}
        if len(ids) > MOST_BROUGHT_IDS:
            break
        taken.append(one)
    return tuple(reversed(taken))


def _own(item: PlanItem) -> PlanItem:
    update: dict[str, object] = {}
    if item.owner != "person":
        update["owner"] = "imported"
    if item.origin.kind in CLAIMED_ORIGINS:
        update["origin"] = item.origin.model_copy(update={"kind": "imported", "ref": ""})
    return item.model_copy(update=update) if update else item


def not_kept(history: FiledHistory, kept: Sequence[KeptVersion]) -> FiledHistory:
    """Return the versions of a file that are not kept here already, by their moments and contents."""
    known = {(one.at, _contents(one.items)) for one in kept}
    moments = {one.at for one in kept}
    new = [
        one
        for one in history.unfolded()
        if one.at not in moments or (one.at, _contents(one.items)) not in known
    ]
    return filed_history(new, history.left_out)


def _contents(items: Iterable[PlanItem]) -> tuple[str, ...]:
    return tuple(map(content_of, items))
