"""What would have to change for a closed gate to open, found by search over finite domains."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations, product

from bot.core.rules.facts import Domain, Facts, FactValue
from bot.core.rules.judge import RuleJudge

Change = tuple[tuple[str, FactValue], ...]  # the facts to change, each with its new value


def what_would_change(judge: RuleJudge, facts: Facts, on: date) -> tuple[Change, ...]:
    """Return the smallest changes of changeable facts that open a closed gate.

    None when it is open, and none when the rule does not hold on the day. A number may only grow
    (age), and only to the nearest value that opens the gate.
    """
    verdict = judge.verdict(facts, on)
    if verdict.gate != "closed" or verdict.period is None:
        return ()
    movable = [
        domain
        for domain in judge.domains
        if domain.fact.changeable != "no" and domain.fact.id in facts
    ]
    for size in range(1, len(movable) + 1):  # one fact first, then two together
        found: list[Change] = []
        for chosen in combinations(movable, size):
            found += _opening_changes(judge, facts, on, chosen)
        if found:
            return tuple(found)
    return ()


def _opening_changes(
    judge: RuleJudge, facts: Facts, on: date, chosen: Sequence[Domain]
) -> list[Change]:
    """Return the changes of just these facts that open the gate."""
    opening: list[Change] = []
    names = [domain.fact.id for domain in chosen]
    for values in product(*(_others(domain, facts[domain.fact.id]) for domain in chosen)):
        changed = dict(zip(names, values, strict=True))
        if judge.verdict({**facts, **changed}, on).gate != "closed":
            opening.append(tuple(changed.items()))
    grown = any(domain.fact.changeable == "older" for domain in chosen)
    return opening[:1] if grown else opening  # of several ages that would do, the nearest


def _others(domain: Domain, value: FactValue) -> list[FactValue]:
    if domain.fact.changeable == "older":
        return [later for later in domain.values if _later(later, value)]
    return [other for other in domain.values if other != value]


def _later(number: FactValue, than: FactValue) -> bool:
    return isinstance(number, int) and isinstance(than, int) and number > than
