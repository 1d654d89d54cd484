"""Runs the decisions of a plan again, and says of each whether it comes out the same, and where not."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.plan.items import PlanDecision
from bot.core.rules.judge import RuleJudge
from bot.core.rules.rule import Rule

MARK_BYTES = 8


class Verified(Frozen):
    """What came of one decision.

    rule_changed: the rule is written otherwise than when it was decided.
    fields: of the verdict, what is otherwise now: each with what it was, and is.
    """

    rule: str
    result: Literal["same", "different", "unknown_rule", "unreadable"]
    rule_changed: bool = False
    fields: tuple[tuple[str, str, str], ...] = ()


def rule_mark(rule: Rule) -> str:
    """Return a mark that changes with what a rule says."""
    return blake2b(rule.model_dump_json().encode(), digest_size=MARK_BYTES).hexdigest()


def verify(decision: PlanDecision, judges: Mapping[str, RuleJudge]) -> Verified:
    """Judge a rule again by the same facts on the same day, and compare every part of what it says."""
    judge = judges.get(decision.rule)
    if judge is None:
        return Verified(rule=decision.rule, result="unknown_rule")
    changed = rule_mark(judge.rule) != decision.mark
    known = {fact.id: fact for fact in judge.rule.facts}
    if any(name not in known for name, _ in decision.verdict.facts):
        return Verified(rule=decision.rule, result="unreadable", rule_changed=changed)
    now = judge.verdict(dict(decision.verdict.facts), decision.on)
    names = list(type(now).model_fields)
    was, is_ = decision.verdict.model_dump(mode="json"), now.model_dump(mode="json")
    fields = tuple(
        (name, str(was[name]), str(is_[name])) for name in names if was[name] != is_[name]
    )
    result: Literal["same", "different"] = "different" if fields else "same"
    return Verified(rule=decision.rule, result=result, rule_changed=changed, fields=fields)
