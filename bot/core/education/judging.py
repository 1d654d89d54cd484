"""Which paths stand open to somebody, in three values; nobody is told more than their answers tell."""

from collections.abc import Collection, Mapping
from typing import Literal, Protocol

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.education.path_card import PathCard, PathClosing
from bot.core.flows.conditions import Condition, KnownValue, facts_of, holds
from bot.core.flows.path_steps import Stage


class Conditional(Protocol):
    """What has conditions: a path, or a way on."""

    @property
    def open_when(self) -> Condition | None:
        """What opens it."""

    @property
    def closed(self) -> tuple[PathClosing, ...]:
        """What closes it."""

    @property
    def not_judged(self) -> Text | None:
        """Why it may be neither."""


class CardState(Frozen):
    """How a path stands to somebody.

    why: a path is not judged: it starts from another stage of a life, is for others, answers are missing,
    or no rule of ours decides it. closing: of a closed path, which of its closings; doubt: of one that no rule decides,
    which of its doubts, None where it is none of them.
    missing: the facts that would decide it.
    """

    card: str
    state: Literal["open", "closed", "not_judged"]
    why: Literal["", "stage", "audience", "missing", "rule"] = ""
    closing: int = 0
    doubt: int | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_elsewhere(self) -> bool:
        """Return whether it stands at another stage of a life, or is for others."""
        return self.why in {"stage", "audience"}


def judge_cards(
    cards: Mapping[str, PathCard], stages: Collection[Stage], facts: Mapping[str, KnownValue]
) -> tuple[CardState, ...]:
    """Return the state of every path, in the order of the cards: each is in exactly one state.

    stages: where the person stands; empty where that is not known, and then no path is left out for it.
    """
    return tuple(judge_card(id_, card, stages, facts) for id_, card in cards.items())


def judge_card(
    id_: str, card: PathCard, stages: Collection[Stage], facts: Mapping[str, KnownValue]
) -> CardState:
    """Return the state of one path, in the stages of a life that somebody is in."""
    if stages and not set(stages) & set(card.after):
        return CardState(card=id_, state="not_judged", why="stage")
    if card.meant_for is not None and holds(card.meant_for.when, facts) is False:
        return CardState(card=id_, state="not_judged", why="audience")
    state = judge_conditions(id_, card, facts)
    return state if state.state == "closed" else _doubted(id_, card, facts) or state


def _doubted(id_: str, card: PathCard, facts: Mapping[str, KnownValue]) -> CardState | None:
    """Return that a path is not judged, where what is known raises a doubt."""
    for number, doubt in enumerate(card.unclear):
        if holds(doubt.when, facts) is True:
            return CardState(card=id_, state="not_judged", why="rule", doubt=number)
    return None


def judge_conditions(id_: str, one: Conditional, facts: Mapping[str, KnownValue]) -> CardState:
    """Return the state of what has conditions, by them alone. What closes it counts before what opens it."""
    for number, closing in enumerate(one.closed):
        if holds(closing.when, facts) is True:
            return CardState(card=id_, state="closed", closing=number)
    if one.open_when is None:
        if one.not_judged is None:
            return CardState(card=id_, state="open")
        return CardState(card=id_, state="not_judged", why="rule")
    opens = holds(one.open_when, facts)
    if opens is True:
        return CardState(card=id_, state="open")
    if opens is None:
        missing = tuple(sorted(name for name in facts_of(one.open_when) if facts.get(name) is None))
        return CardState(card=id_, state="not_judged", why="missing", missing=missing)
    return CardState(card=id_, state="not_judged", why="rule")
