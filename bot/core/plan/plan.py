"""The plan of one person: what stands in it, what waits, who may see it, and that it is a draft."""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language
from bot.core.base.whole_text import WholeText
from bot.core.plan.items import ItemId, PlanDay, PlanItem, PlanItemBase, PlanTime, Role

Audience = Literal["adult", "pupil"]
I = TypeVar("I", bound=PlanItemBase)  # noqa: E741 - an item
MOST_ITEMS = 200
MOST_SHARES = 20
MOST_PROPOSALS = 40
MOST_CHARACTERS = 60_000  # of all own words together
LAST_NUMBER = 9999  # that an item's id can hold
ShortWords = Annotated[WholeText, Field(max_length=300)]


class Actor(Frozen):
    """Who changes a plan. name: of a counsellor; a person has none here."""

    role: Role
    name: ShortWords = ""


PERSON = Actor(role="person")


class Proposal(Frozen):
    """What somebody else would change; it waits for the person.

    item: as it would be; None: the item of this id would be taken out. note: why.
    """

    id: ItemId
    by: Actor
    on: PlanDay
    target: ItemId
    item: PlanItem | None = None
    note: ShortWords = ""


class Confirmation(Frozen):
    """A human has gone through it with the person. version: that was confirmed; name: of the human."""

    version: int
    name: ShortWords
    on: PlanDay


class Share(Frozen):
    """What somebody else may see by a link, and until when.

    id: within the plan. token: the secret of the link. items: that are shown, by their ids; nothing else is.
    language: that it is shown in. until: the last day. ended: the day the person closed it, and it has no token any more.
    """

    id: ItemId
    token: str = Field(max_length=64)
    items: tuple[ItemId, ...] = Field(max_length=MOST_ITEMS)
    for_whom: ShortWords
    why: ShortWords = ""
    language: Language = "lv"
    made: PlanDay
    until: PlanDay
    ended: PlanDay | None = None


class LastChange(Frozen):
    """The change that made the present version. what: the kind of order."""

    by: Actor
    at: PlanTime
    what: str = Field(max_length=40)


class Plan(Frozen):
    """A draft until a human has confirmed it.

    audience: whose form it has. version: it counts what changed in its items. following: the number the next item gets.
    what_if: the items of a copy that is tried out; every change is then made there.
    review: the day the bot comes back on. check_in: the day it was last asked whether it still fits, or agreed to;
    None: not agreed. watch: whether to be told when something behind it changes.
    """

    format: Literal[1] = 1
    audience: Audience
    made: PlanDay
    version: int = 1
    following: int = Field(default=1, ge=1, le=LAST_NUMBER + 1)
    items: tuple[PlanItem, ...] = Field(default=(), max_length=MOST_ITEMS, fail_fast=True)
    what_if: (
        Annotated[tuple[PlanItem, ...], Field(max_length=MOST_ITEMS, fail_fast=True)] | None
    ) = None
    proposals: tuple[Proposal, ...] = Field(default=(), max_length=MOST_PROPOSALS, fail_fast=True)
    confirmed: Confirmation | None = None
    shares: tuple[Share, ...] = Field(default=(), max_length=MOST_SHARES)
    review: PlanDay | None = None
    check_in: PlanDay | None = None
    watch: bool = False
    last: LastChange | None = None

    @property
    def shown(self) -> tuple[PlanItem, ...]:
        """Return the items that are worked on: those of the copy while something is tried out."""
        return self.items if self.what_if is None else self.what_if

    @property
    def is_draft(self) -> bool:
        """Return whether no human has confirmed it as it stands."""
        return self.confirmed is None or self.confirmed.version != self.version

    def of_kind(self, kind: type[I]) -> tuple[I, ...]:
        """Return the shown items of one kind, in their order."""
        return tuple(item for item in self.shown if isinstance(item, kind))

    def find(self, id_: str) -> PlanItem | None:
        """Return a shown item by its id; None where there is none."""
        return next((item for item in self.shown if id_ and item.id == id_), None)


def own_words_of(items: tuple[PlanItem, ...]) -> Iterator[str]:
    """Return every text of a person that stands in items."""
    for item in items:
        yield from _texts(item.model_dump())


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("kind") == "own":
            yield str(value["text"])
            return
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
