"""What comes of a plan's file and what does not, told before anything of it is taken; why one cannot be read."""

from collections.abc import Iterator, Sequence

from bot.core.base.frozen import Frozen
from bot.core.base.strict_json import FileFault
from bot.core.plan.bringing import CLAIMED_ORIGINS, brought
from bot.core.plan.items import PlanItem
from bot.core.plan.orders import ReplacePlan
from bot.core.plan.plan import Plan
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer

MOST_FAULTS_TOLD = 20
FAULT_PHRASES = {  # by how pydantic and the reader of files begin to say it
    "Field required": "missing",
    "Extra inputs": "extra",
    "Invalid JSON": "json",
    "something in it": "checksum",
    "it was written by": "newer",
    "the key": "twice",
    "its id is": "ids",
}


class FaultLine(Frozen):
    """A place in a file that cannot be read, and why."""

    place: str
    what: str


def told_before(
    words: Localizer, plan: Plan, order: ReplacePlan, *, masked: bool
) -> tuple[str, ...]:
    """Return what a file does to a plan beside its items, a line each. masked: something in it named a person."""
    return tuple(_told(words, plan, order, masked=masked))


def _told(words: Localizer, plan: Plan, order: ReplacePlan, *, masked: bool) -> Iterator[str]:
    other, history = order.plan, order.history
    came = len(brought(plan, other, history).versions)
    counts = {
        "plan_bring_versions": came,
        "plan_bring_no_room": len(history.versions) - came,
        "plan_bring_left_out": history.left_out,
    }
    for key, count in counts.items():
        if count:
            yield words.phrase(key, count=str(count))
    if other.review is not None and other.review > words.today:
        yield words.phrase(
            "plan_bring_review", date=show_date(other.review, words.catalogue.language)
        )
    stays = {
        "shares": other.shares,
        "proposals": other.proposals,
        "confirmed": other.confirmed,
        "copy": other.what_if is not None,
    }
    left = [words.phrase(f"plan_bring_not_{name}") for name, is_there in stays.items() if is_there]
    if left:
        yield words.phrase("plan_bring_not", what=", ".join(left))
    if any(map(_is_anothers, (*other.items, *history.states))):
        yield words.phrase("plan_bring_claimed")
    if masked:
        yield words.phrase("masked")


def _is_anothers(item: PlanItem) -> bool:
    return item.owner in CLAIMED_ORIGINS or item.origin.kind in CLAIMED_ORIGINS


def fault_lines(words: Localizer, found: Sequence[FileFault]) -> tuple[FaultLine, ...]:
    """Return the places of a file that cannot be read, the first ones where there are many."""
    lines = [
        FaultLine(
            place=one.place or words.phrase("plan_page_fault_whole"),
            what=words.phrase(f"plan_page_fault_{_fault(one.what)}"),
        )
        for one in found[:MOST_FAULTS_TOLD]
    ]
    if len(found) > MOST_FAULTS_TOLD:
        lines.append(FaultLine(place="…", what=words.phrase("plan_page_fault_more")))
    return tuple(lines)


def _fault(what: str) -> str:
    known = (key for start, key in FAULT_PHRASES.items() if what.startswith(start))
    too_long = "at most" in what
    return next(known, "long" if too_long else "other")
