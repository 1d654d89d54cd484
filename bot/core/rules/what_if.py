"""What would have to change for a closed gate to open, found by search over finite domains."""

from datetime import date
from itertools import combinations, product

from bot.core.rules.judge import FactDomain, Facts, FactValue, Rule, judge

Change = tuple[tuple[str, FactValue], ...]


def what_would_change(rule: Rule, facts: Facts, on: date) -> tuple[Change, ...]:
    """List the smallest changes of changeable facts that open a closed gate; none when open.

    A number may only grow (age), and only to the nearest value that opens the gate.
    """
    if judge(rule, facts, on).gate != "closed":
        return ()
    movable = [fact for fact in rule.facts if fact.changeable != "no" and fact.id in facts]
    for size in range(1, len(movable) + 1):
        found = [
            change
            for chosen in combinations(movable, size)
            for change in _changes(rule, facts, on, chosen)
        ]
        if found:
            return tuple(found)
    return ()


def _changes(rule: Rule, facts: Facts, on: date, chosen: tuple[FactDomain, ...]) -> list[Change]:
    opening: list[Change] = []
    for values in product(*(_others(fact, facts[fact.id]) for fact in chosen)):
        change = tuple((fact.id, value) for fact, value in zip(chosen, values, strict=True))
        if judge(rule, {**facts, **dict(change)}, on).gate != "closed":
            opening.append(change)
    grown = {fact.id for fact in chosen if fact.changeable == "older"}
    if grown and opening:  # of several ages that would do, the nearest
        return opening[:1]
    return opening


def _others(fact: FactDomain, value: FactValue) -> list[FactValue]:
    if fact.changeable == "older":
        return sorted(
            number for number in fact.numbers if isinstance(value, int) and number > value
        )
    return [other for other in fact.values if other != value]
