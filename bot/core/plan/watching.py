"""What has changed behind a plan: a card, a date or what a rule says; exactly what touches this plan."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from bot.core.base.frozen import Frozen
from bot.core.education.dates import DatedEntry
from bot.core.education.path_card import PathCard
from bot.core.education.saved_path import notice_changes
from bot.core.plan.items import PlanDecision, PlanItem, PlanPath, PlanStep
from bot.core.plan.plan import Plan
from bot.core.plan.verifying import rule_mark
from bot.core.rules.judge import RuleJudge


class Touched(Frozen):
    """An item behind which something changed. after: the item with what is known now.

    what: a card says something else or is withdrawn, a date moved, a rule comes to something else.
    """

    what: Literal["path", "date", "rule"]
    before: PlanItem
    after: PlanItem


class Behind(NamedTuple):
    """The content that plans rest on. release: of it."""

    paths: Mapping[str, PathCard]
    dates: Mapping[str, DatedEntry]
    judges: Mapping[str, RuleJudge]
    release: str


def touched(plan: Plan, behind: Behind, today: date) -> tuple[Touched, ...]:
    """Return what has changed behind the items of a plan, by the content as it is now."""
    return tuple(_touched(plan, behind, today))


def _touched(plan: Plan, behind: Behind, today: date) -> Iterator[Touched]:
    paths, dates, judges, release = behind
    for item in plan.items:
        match item:
            case PlanPath():
                saved = notice_changes(item.saved, paths.get(item.saved.card), today)
                if saved != item.saved:
                    yield Touched(what="path", before=item, after=_with(item, saved=saved))
            case PlanStep(date_entry=entry, state="planned") if entry in dates:
                day = dates[entry].first_day
                if day is not None and item.on is not None and day != item.on:
                    moved = (*item.moved_from, item.on)
                    yield Touched(
                        what="date", before=item, after=_with(item, on=day, moved_from=moved)
                    )
            case PlanDecision() if item.rule in judges:
                verdict = judges[item.rule].verdict(dict(item.verdict.facts), today)
                if comes_to(verdict) != comes_to(item.verdict):
                    mark = rule_mark(judges[item.rule].rule)
                    after = _with(item, verdict=verdict, on=today, mark=mark, release=release)
                    yield Touched(what="rule", before=item, after=after)
            case _:
                pass


def comes_to(verdict: object) -> tuple[object, ...]:
    """Return what a verdict comes to for the person, apart from how it is reasoned."""
    names = ("gate", "outcome", "offers", "priority", "missing")
    return tuple(getattr(verdict, name) for name in names)


def _with(item: PlanItem, **changes: object) -> PlanItem:
    return item.model_copy(update=changes)
