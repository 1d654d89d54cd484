"""Runs the decisions of a plan again, and says of each whether it comes out the same, and where not."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import blake2b
from typing import Literal, NamedTuple

from bot.core.base.frozen import Frozen
from bot.core.plan.exchange import PlanFile
from bot.core.plan.items import PlanDecision, PlanItem
from bot.core.rules.judge import RuleJudge
from bot.core.rules.rule import Rule

MARK_BYTES = 8


class FiledDecision(NamedTuple):
    """A decision and where it stands in a file: keys and numbers, by dots."""

    place: str
    decision: PlanDecision


class DecisionField(Frozen):
    """Something in a decision that is otherwise. place: within the decision; was: what stands there; now: what it is, or is to be."""

    place: str
    was: str
    now: str


class Verified(Frozen):
    """What came of one decision.

    place: where it stands in the file; item: its id.
    result: "unreadable" where the rule cannot be judged by such facts. rule_changed: it is written otherwise than when it was decided.
    fields: all that is otherwise; none where it is the same.
    """

    place: str
    item: str
    rule: str
    on: date
    result: Literal["same", "different", "unknown_rule", "unreadable"]
    rule_changed: bool = False
    fields: tuple[DecisionField, ...] = ()


def rule_mark(rule: Rule) -> str:
    """Return a mark that changes with what a rule says."""
    return blake2b(rule.model_dump_json().encode(), digest_size=MARK_BYTES).hexdigest()


def decisions_of(file: PlanFile) -> Iterator[FiledDecision]:
    """Return every decision of a file: in the plan, in the copy that is tried out, proposed, in earlier versions."""
    plan = file.plan
    proposed = ((f"plan.proposals.{at}.item", one.item) for at, one in enumerate(plan.proposals))
    placed: tuple[tuple[str, PlanItem | None], ...] = (
        *_placed("plan.items", plan.items),
        *_placed("plan.what_if", plan.what_if or ()),
        *proposed,
        *_placed("history.states", file.history.states),
    )
    for place, item in placed:
        if isinstance(item, PlanDecision):
            yield FiledDecision(place, item)


def _placed(where: str, items: tuple[PlanItem, ...]) -> Iterator[tuple[str, PlanItem]]:
    return ((f"{where}.{at}", item) for at, item in enumerate(items))


def verify(filed: FiledDecision, judges: Mapping[str, RuleJudge]) -> Verified:
    """Judge a rule again by the same facts on the same day, and compare every part of what it says."""
    decision = filed.decision
    came = Verified(
        place=filed.place,
        item=decision.id,
        rule=decision.rule,
        on=decision.on,
        result="unknown_rule",
    )
    judge = judges.get(decision.rule)
    if judge is None:
        return came
    fields = tuple(_fields(decision, judge.rule))
    unfit = tuple(_unfit_facts(decision, judge.rule))
    if not unfit:
        now = judge.verdict(dict(decision.verdict.facts), decision.on)
        fields += tuple(_differences(decision.verdict.model_dump(), now.model_dump()))
    result = "unreadable" if unfit else "different" if fields else "same"
    changed = decision.mark != rule_mark(judge.rule)
    return came.model_copy(
        update={"result": result, "rule_changed": changed, "fields": (*unfit, *fields)}
    )


def _fields(decision: PlanDecision, rule: Rule) -> Iterator[DecisionField]:
    """Return what a decision says of its rule and the rule does not."""
    mark = rule_mark(rule)
    if decision.mark != mark:
        yield DecisionField(place="mark", was=decision.mark, now=mark)
    if decision.origin.ref not in {"", decision.rule}:
        yield DecisionField(place="origin.ref", was=decision.origin.ref, now=decision.rule)


def _unfit_facts(decision: PlanDecision, rule: Rule) -> Iterator[DecisionField]:
    """Return the facts that the rule does not know, or not with such a value."""
    known = {fact.id: fact for fact in rule.facts}
    times = Counter(name for name, _ in decision.verdict.facts)
    for name, value in decision.verdict.facts:
        place, was = f"verdict.facts.{name}", repr(value)
        if name not in known:
            yield DecisionField(place=place, was=was, now="no fact of this rule")
        elif times[name] > 1:
            yield DecisionField(place=place, was=was, now="to be there once")
        elif not known[name].allows(value):
            yield DecisionField(place=place, was=was, now=f"to be {known[name].expected()}")


def _differences(was: Mapping[str, object], now: Mapping[str, object]) -> Iterator[DecisionField]:
    for name, value in now.items():
        if was[name] != value:
            yield DecisionField(place=f"verdict.{name}", was=_told(was[name]), now=_told(value))


def _told(value: object) -> str:
    return value if isinstance(value, str) else repr(value)
