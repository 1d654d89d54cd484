"""Ways on from a result below the threshold: each with its term, what it costs, and a step for this week."""

from collections.abc import Collection, Mapping
from datetime import date

from pydantic import Field, TypeAdapter

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.education.judging import CardState, judge_conditions
from bot.core.education.path_card import PathCard, PathClosing, PathFact
from bot.core.flows.conditions import Condition, KnownValue
from bot.core.flows.path_steps import Stage
from bot.core.flows.step_base import Id


class WayTerm(Frozen):
    """A term of one year, both days included."""

    opened: date
    until: date


class FirstStep(PathFact):
    """What can be done at once, and whom to call. within_days: by when it can be done."""

    within_days: int = Field(ge=1, le=7)


class Way(Frozen):
    """One way on. Ways stand in the content in the order of their dates.

    after: the stage of a life it starts from. card: the path it is, which judges it; without one it has
    conditions of its own. by_when: its term, or when and by whom that is published; terms: those known.
    cost: what it takes in years. first: the first step, within a week.
    """

    after: Stage
    title: Text
    card: Id | None = None
    by_when: PathFact
    terms: tuple[WayTerm, ...] = ()
    cost: PathFact
    first: FirstStep
    open_when: Condition | None = None
    closed: tuple[PathClosing, ...] = ()
    not_judged: Text | None = None

    @property
    def facts(self) -> tuple[PathFact, ...]:
        """Return all that is stated, in the order it is told."""
        return (self.by_when, self.cost, self.first)


class WayState(Frozen):
    """How a way stands to somebody on a day.

    until: the last day of the term that runs; ended: that of the latest one, where it is over.
    """

    way: str
    judged: CardState
    until: date | None = None
    ended: date | None = None


def judge_ways(
    ways: Mapping[str, Way],
    cards: Mapping[str, PathCard],
    stages: Collection[Stage],
    facts: Mapping[str, KnownValue],
    today: date,
) -> tuple[WayState, ...]:
    """Return how every way from some stages stands, in their order; from all stages where none is known.

    Those whose term has ended come last.
    """
    states = [
        judge_way(id_, way, cards, facts, today)
        for id_, way in ways.items()
        if not stages or way.after in stages
    ]
    return tuple(sorted(states, key=lambda state: state.ended is not None))


def judge_way(
    id_: str,
    way: Way,
    cards: Mapping[str, PathCard],
    facts: Mapping[str, KnownValue],
    today: date,
) -> WayState:
    """Return how one way stands: as its card or its own conditions say, and by its terms."""
    if way.card is not None:
        return WayState(way=id_, judged=judge_conditions(way.card, cards[way.card], facts))
    judged = judge_conditions(id_, way, facts)
    begun = [term.until for term in way.terms if term.opened <= today]
    # past the day to look again nobody knows whether there is a newer term
    if judged.state != "open" or not begun or today > way.by_when.review:
        return WayState(way=id_, judged=judged)
    last = max(begun)
    if today <= last:
        return WayState(way=id_, judged=judged, until=last)
    return WayState(way=id_, judged=CardState(card=id_, state="closed"), ended=last)


WAYS: TypeAdapter[dict[str, Way]] = TypeAdapter(dict[Id, Way])
