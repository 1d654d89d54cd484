"""The closed set of operators that flows and rules share, in three values."""

from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from bot.core.base.frozen import Frozen

KnownValue = str | int | tuple[str, ...] | None


class Condition(Frozen):
    """One operator: a comparison of a fact, or all, any or not of other conditions."""

    fact: str | None = None
    is_: str | int | None = Field(default=None, alias="is")
    one_of: tuple[str | int, ...] | None = None
    at_least: int | None = None
    at_most: int | None = None
    has: str | None = None
    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: "Condition | None" = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _one_operator(self) -> Self:
        compares = (self.is_, self.one_of, self.at_least, self.at_most, self.has)
        joins = (self.all, self.any, self.not_)
        given = sum(part is not None for part in (*compares, *joins))
        if given != 1:
            message = "a condition has exactly one operator"
            raise ValueError(message)
        if (self.fact is None) == any(part is not None for part in compares):
            message = "a comparison names a fact; all, any and not do not"
            raise ValueError(message)
        return self


def holds(condition: Condition, facts: Mapping[str, KnownValue]) -> bool | None:
    """Judge a condition in three values; None is "not known": a missing fact is never a no."""
    if condition.all is not None:
        return _all([holds(part, facts) for part in condition.all])
    if condition.any is not None:
        found = _all([_opposite(holds(part, facts)) for part in condition.any])
        return _opposite(found)
    if condition.not_ is not None:
        return _opposite(holds(condition.not_, facts))
    value = facts.get(condition.fact or "")
    return None if value is None else _compares(condition, value)


def comparisons(condition: Condition) -> Iterator[Condition]:
    """Return every comparison of a fact within a condition, at any depth."""
    if condition.fact is not None:
        yield condition
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from comparisons(part)
    if condition.not_ is not None:
        yield from comparisons(condition.not_)


def facts_of(condition: Condition) -> frozenset[str]:
    """Return the names of the facts a condition reads."""
    return frozenset(compared.fact for compared in comparisons(condition) if compared.fact)


def thresholds(condition: Condition, fact: str) -> frozenset[int]:
    """Return the numbers of a fact from which on a condition may hold, or may no longer hold.

    At least 50: 50. At most 17: 18, the first beyond. Exactly 17: 17 and 18.
    """
    found: set[int] = set()
    for comparison in comparisons(condition):
        if comparison.fact != fact:
            continue
        if comparison.at_least is not None:
            found.add(comparison.at_least)
        if comparison.at_most is not None:
            found.add(comparison.at_most + 1)
        for value in (comparison.is_, *(comparison.one_of or ())):
            if isinstance(value, int):
                found |= {value, value + 1}
    return frozenset(found)


def _compares(condition: Condition, value: str | int | tuple[str, ...]) -> bool:
    if condition.is_ is not None:
        return value == condition.is_
    if condition.one_of is not None:
        return value in condition.one_of
    if condition.has is not None:
        return isinstance(value, tuple) and condition.has in value
    if not isinstance(value, int):
        return False
    if condition.at_least is not None:
        return value >= condition.at_least
    return condition.at_most is not None and value <= condition.at_most


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _opposite(value: bool | None) -> bool | None:  # noqa: FBT001 - a truth value is what it takes
    return None if value is None else not value
