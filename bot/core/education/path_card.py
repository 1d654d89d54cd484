"""A path card: one way on in education or work, as data; each fact with its source and its days."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, TypeAdapter

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Synonyms, Text
from bot.core.flows.conditions import Condition
from bot.core.flows.path_steps import Stage
from bot.core.flows.step_base import Id

FieldName = Literal[
    "who",
    "entry",
    "duration",
    "result",
    "next",
    "modules",
    "money",
    "work",
    "risks",
    "ask",
]


class PathFact(Frozen):
    """What is said of one field of a card.

    source: the first source of the text; also: the others it draws on. checked: the day somebody looked;
    review: the day by which to look again: past it, the text is said with a caution.
    """

    text: Text
    source: Id
    also: tuple[Id, ...] = ()
    checked: date
    review: date

    @property
    def sources(self) -> tuple[Id, ...]:
        """Return all sources, the first one first."""
        return (self.source, *self.also)


class WithheldFact(Frozen):
    """What was found of a field and is not said, since nobody has confirmed it. because: why not."""

    text: str
    because: str
    source: Id | None = None
    also: tuple[Id, ...] = ()
    checked: date
    review: date


class Criteria(Frozen):
    """What is known of a path by the criteria that people choose by; None where nothing is.

    The first four are those of the founding documents: interests, abilities, what society needs, the
    labour market.
    """

    interests: Text | None = None
    abilities: Text | None = None
    society: Text | None = None
    labour_market: Text | None = None
    earning_early: Text | None = None
    near_home: Text | None = None
    language: Text | None = None
    university_open: Text | None = None
    health: Text | None = None


class PathClosing(Frozen):
    """What closes a path. change: what would have to be otherwise, or until when it is so."""

    when: Condition
    because: Text
    change: Text
    source: Id | None = None


class PathDoubt(Frozen):
    """When nobody can tell here whether a path stands open, though it may for others. because: why not."""

    when: Condition
    because: Text


class PathAudience(Frozen):
    """Whom a path is for at all; to everybody else it stands at another stage of a life. who: said to them."""

    when: Condition
    who: Text


class PathCard(Frozen):
    """One way on.

    kind: what it is first of all: learning, work, or support on the way.
    after: the stages of a life it starts from. called: what people call it, beside its title.
    level: of the Latvian qualifications framework; years: how long it takes, "3" or "2–3".
    facts: what is said, field by field; withheld: what is known and not said.
    leads_to: paths that may follow. skill_levels: of ISCO-08, 1 to 4, that it prepares for; families: of work,
    by two digits, where it prepares for these alone.
    meant_for: whom it is for at all; None: for everybody in one of its stages.
    open_when: what opens it; closed: what closes it; unclear: when neither is known; not_judged: why neither
    can be told here otherwise.
    places: where it is offered, as far as that is known.
    """

    kind: Literal["learning", "work", "support"] = "learning"
    after: tuple[Stage, ...] = Field(min_length=1)
    title: Text
    called: Synonyms = ()
    in_short: Text
    level: int | None = Field(default=None, ge=1, le=8)
    years: str | None = None
    facts: dict[FieldName, PathFact] = Field(min_length=1)
    withheld: dict[FieldName, WithheldFact] = Field(default_factory=dict)
    criteria: Criteria = Criteria()
    leads_to: tuple[Id, ...] = ()
    skill_levels: tuple[int, ...] = ()
    families: tuple[str, ...] = ()
    meant_for: PathAudience | None = None
    open_when: Condition | None = None
    closed: tuple[PathClosing, ...] = ()
    unclear: tuple[PathDoubt, ...] = ()
    not_judged: Text | None = None
    places: tuple[str, ...] = ()


def in_order(cards: Mapping[str, PathCard]) -> dict[str, PathCard]:
    """Return cards in the order they are told in: learning, work, support; each by where it starts from."""
    kinds, stages = ("learning", "work", "support"), ("grade_6", "grade_9", "grade_12", "adult")

    def place(id_: str) -> tuple[int, int]:
        return kinds.index(cards[id_].kind), stages.index(cards[id_].after[0])

    return {id_: cards[id_] for id_ in sorted(cards, key=place)}


PATH_CARDS: TypeAdapter[dict[str, PathCard]] = TypeAdapter(dict[Id, PathCard])
