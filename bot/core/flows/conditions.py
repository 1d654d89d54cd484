"""The closed set of operators that flows and rules share, in three values."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field, model_validator

from bot.core.base.frozen import Data

Known = str | int | tuple[str, ...] | None


class Condition(Data):
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


def holds(condition: Condition, facts: Mapping[str, Known]) -> bool | None:
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


def facts_of(condition: Condition) -> frozenset[str]:
    """Name the facts a condition reads."""
    if condition.fact is not None:
        return frozenset((condition.fact,))
    parts = (*(condition.all or ()), *(condition.any or ()))
    if condition.not_ is not None:
        parts = (*parts, condition.not_)
    return frozenset().union(*(facts_of(part) for part in parts))


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
