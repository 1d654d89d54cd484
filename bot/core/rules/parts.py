"""Parts of a rule: all of a kind, and those that belong to one of its periods."""

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel

from bot.core.base.problems import Keys
from bot.core.flows.conditions import Condition
from bot.core.rules.rule import Dated, Period, Rule

Part = TypeVar("Part")
DatedPart = TypeVar("DatedPart", bound=Dated)


def parts_of(part: object, kind: type[Part], keys: Keys = ()) -> Iterator[tuple[Keys, Part]]:
    """Return every part of a kind within a rule, with the keys that lead to it.

    Conditions within a condition are a part of it, and not returned beside it.
    """
    if isinstance(part, kind):
        yield keys, part
        if isinstance(part, Condition):
            return
    if isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            yield from parts_of(getattr(part, name), kind, (*keys, field.alias or name))
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from parts_of(value, kind, (*keys, number))


def as_in(rule: Rule, period: Period) -> Rule:
    """Return a rule with only what belongs to one of its periods."""
    offers = _belonging(rule.offers, period)
    kept = {offer.id for offer in offers}
    outcomes = []
    for outcome in rule.outcomes:
        offered = tuple(name for name in outcome.offers if name in kept)
        reasons = _belonging(outcome.reasons, period)
        outcomes.append(outcome.model_copy(update={"reasons": reasons, "offers": offered}))
    gate, priority = rule.gate, rule.priority
    if gate is not None:
        gate = gate.model_copy(update={"reasons": _belonging(gate.reasons, period)})
    if priority is not None:
        priority = priority.model_copy(update={"reasons": _belonging(priority.reasons, period)})
    return rule.model_copy(
        update={
            "source": period.source or rule.source,
            "gate": gate,
            "outcomes": tuple(outcomes),
            "offers": offers,
            "priority": priority,
            "notices": _belonging(rule.notices, period),
        }
    )


def _belonging(parts: tuple[DatedPart, ...], period: Period) -> tuple[DatedPart, ...]:
    """Return the parts that name a period, and those that name none and so belong to all."""
    return tuple(part for part in parts if not part.periods or period.id in part.periods)
