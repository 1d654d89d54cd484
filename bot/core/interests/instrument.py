"""What an instrument asks: a bank of activities, each of one of the six interest types."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.flows.step_base import Id
from bot.core.flows.steps import Option, Scale

Letter = Literal["R", "I", "A", "S", "E", "C"]


IscoPrefix = Annotated[str, Field(pattern=r"^\d{2,4}$")]


class Activity(Frozen):
    """One thing to do, as a person might like it or not. kinds: of work that it is part of."""

    type: Letter
    kinds: tuple[Id, ...] = Field(min_length=1)
    text: Text


class InterestType(Frozen):
    """One of the six types, in plain words."""

    name: Text
    what: Text


class WorkFamily(Frozen):
    """A family of work, one of ISCO-08's two-digit groups, in plain words."""

    name: Text


class ItemBank(Frozen):
    """An interest self-exploration of our own. hint: what is asked of each activity.

    author and origin: whose words these are; faces: the five answers, the least liking first.
    kinds: the kinds of work, each by the beginnings of the ISCO-08 codes it is part of.
    """

    author: str
    origin: str
    hint: Text
    why: Text
    skip: Text
    faces: tuple[Option, Option, Option, Option, Option]
    types: Mapping[Annotated[str, Field(pattern="^[RIASEC]$")], InterestType] = Field(min_length=6)
    kinds: Mapping[Id, Annotated[tuple[IscoPrefix, ...], Field(min_length=1)]]
    items: Mapping[Id, Activity] = Field(min_length=72)

    @cached_property
    def letters(self) -> Mapping[str, Letter]:
        """Return the type of each item, in the order of the bank."""
        return {name: item.type for name, item in self.items.items()}

    @cached_property
    def item_kinds(self) -> Mapping[str, frozenset[str]]:
        """Return the kinds of work of each item."""
        return {name: frozenset(item.kinds) for name, item in self.items.items()}

    def kinds_of(self, isco: str) -> frozenset[str]:
        """Return the kinds of work of an ISCO-08 code: of "7231" (mechanics) {"machines"}."""
        return frozenset(kind for kind, codes in self.kinds.items() if isco.startswith(codes))

    @cached_property
    def questions(self) -> Mapping[str, Scale]:
        """Return each activity as a question on the five faces."""
        return {
            name: Scale(
                id=name,
                kind="scale",
                text=item.text,
                hint=self.hint,
                why=self.why,
                skip=self.skip,
                options=self.faces,
                faces=True,
            )
            for name, item in self.items.items()
        }
