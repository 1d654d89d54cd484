"""What a rule asks: facts with finite domains, and facts given by hand."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Placeholders, Text
from bot.core.flows.conditions import Condition, thresholds
from bot.errors import InputError

FactValue = str | int
Facts = Mapping[str, FactValue]


class Fact(Frozen):
    """Something a rule asks: one of named values, or a whole number from `least` to `most`.

    changeable: whether a person may truthfully change it, and it is fair to say so; `older` means
    only upwards, by time. change: the words for that change, e.g. "age: {count}".
    left_open: answers of which the source does not say which of the values they are: heard, told in
    a notice, and judged as not known.
    """

    id: str
    label: Text
    values: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    changeable: Literal["yes", "no", "older"] = "no"
    change: Annotated[Text, Placeholders("count")] | None = None

    @model_validator(mode="after")
    def _values_or_numbers(self) -> Self:
        numbers = self.least is not None and self.most is not None and self.least <= self.most
        if bool(self.values) == numbers:
            message = "a fact has values, or whole numbers from `least` to `most`"
            raise ValueError(message)
        return self

    def allows(self, value: object) -> bool:
        """Return whether a value belongs to the domain."""
        if self.values:
            return isinstance(value, str) and value in (*self.values, *self.left_open)
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        assert self.least is not None
        assert self.most is not None
        return self.least <= value <= self.most

    def expected(self) -> str:
        """Return in words what a value may be."""
        return (
            ", ".join((*self.values, *self.left_open))
            or f"a whole number from {self.least} to {self.most}"
        )


class Domain:
    """A fact's values as a rule can tell them apart.

    Numbers between two thresholds of the rule's conditions are all alike, so a first one stands for
    each stretch: where 18 and 50 matter, ages from 0 to 120 are the three values 0, 18 and 50.
    """

    def __init__(self, fact: Fact, conditions: Iterable[Condition]) -> None:
        self.fact = fact
        self._named = {value: at for at, value in enumerate(fact.values)}
        self._starts = () if fact.values else _starts(fact, conditions)  # e.g. 0, 18, 50
        self.values: Sequence[FactValue] = fact.values or self._starts

    def place(self, value: FactValue | None) -> int | None:
        """Return which of the values one is like; None of what is not known, or no value at all."""
        if isinstance(value, str):
            return self._named.get(value)
        if value is None or not self.fact.allows(value):
            return None
        return bisect_right(self._starts, value) - 1


def _starts(fact: Fact, conditions: Iterable[Condition]) -> tuple[int, ...]:
    """Return the first number of each stretch of numbers that are alike."""
    assert fact.least is not None
    starts = {fact.least}
    for condition in conditions:
        starts |= {start for start in thresholds(condition, fact.id) if fact.allows(start)}
    return tuple(sorted(starts))


def read_facts(facts: Sequence[Fact], given: Mapping[str, object]) -> dict[str, FactValue]:
    """Return facts given by hand, checked; an absent or null one is not known.

    Errors: InputError names every fact or value the rule does not know.
    """
    by_name = {fact.id: fact for fact in facts}
    wrong: list[str] = []
    known: dict[str, FactValue] = {}
    for name, value in given.items():
        if name not in by_name:
            wrong.append(f'"{name}" is not a fact of this rule; facts: {", ".join(by_name)}')
        elif value is None:
            continue
        elif by_name[name].allows(value) and isinstance(value, str | int):
            known[name] = value
        else:
            wrong.append(f"{name}: {value!r} is not one of: {by_name[name].expected()}")
    if wrong:
        raise InputError("; ".join(wrong))
    return known
