"""What a rule's conditions come to for some facts: the gate, the outcome, who comes first."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bot.core.flows.conditions import holds
from bot.core.rules.facts import Facts
from bot.core.rules.rule import NONE, UNKNOWN, Begin, Outcome, Reason, Rule, outcomes_named
from bot.core.rules.verdict import Availability, GateState, Offered, YesNoUnknown

ReasonIds = tuple[str, ...]


class Conclusion(NamedTuple):
    """What a full set of facts comes to, apart from the day: what a further answer can change."""

    gate_reasons: ReasonIds
    outcome: str
    primary: tuple[str, ...]
    priority: YesNoUnknown | None


def conclude(rule: Rule, facts: Facts) -> Conclusion:
    """Return what a full set of facts comes to."""
    gate, gate_reasons = judge_gate(rule, facts)
    if gate == "closed":
        return Conclusion(gate_reasons, NONE, (), None)
    outcome, _ = find_outcome(rule, facts)
    return Conclusion((), outcome, primary_offers(rule, facts), judge_priority(rule, facts)[0])


def judge_gate(rule: Rule, facts: Facts) -> tuple[GateState, ReasonIds]:
    """Return whether a rule speaks of a person at all, and what closes the gate."""
    if rule.gate is None:
        return "open", ()
    closing = _that_hold(rule.gate.reasons, facts)
    if closing:
        return "closed", closing
    return ("unknown" if _may_hold(rule.gate.reasons, facts) else "open"), ()


def find_outcome(rule: Rule, facts: Facts) -> tuple[str, ReasonIds]:
    """Return the outcome that is certain, and its reasons; "unknown" where none is."""
    for outcome in rule.outcomes:
        reasons = reasons_for(outcome, facts)
        if reasons:
            return outcome.id, reasons
    return UNKNOWN, ()


def reasons_for(outcome: Outcome, facts: Facts) -> ReasonIds:
    """Return the reasons that lead to an outcome for certain."""
    return _that_hold(outcome.reasons, facts)


def judge_priority(rule: Rule, facts: Facts) -> tuple[YesNoUnknown | None, ReasonIds]:
    """Return whether a person is among those who come first, and why; None if nobody does."""
    if rule.priority is None:
        return None, ()
    reasons = _that_hold(rule.priority.reasons, facts)
    if reasons:
        return "yes", reasons
    return ("unknown" if _may_hold(rule.priority.reasons, facts) else "no"), ()


def primary_offers(rule: Rule, facts: Facts) -> tuple[str, ...]:
    """Return the offers that the source recommends first."""
    return tuple(
        offer.id
        for offer in rule.offers
        if offer.primary is not None and holds(offer.primary.when, facts) is True
    )


def make_offers(rule: Rule, outcome: str, facts: Facts, on: date) -> tuple[Offered, ...]:
    """Return what an outcome offers, in the source's order; of an either, what each of its offers."""
    named: list[str] = []
    for part in outcomes_named(rule, outcome):
        named += part.offers
    offers = {offer.id: offer for offer in rule.offers}
    primary = primary_offers(rule, facts)
    offered: list[Offered] = []
    for name in dict.fromkeys(named):  # each once, in order
        begins = offers[name].begins
        offered.append(
            Offered(
                id=name,
                primary=name in primary,
                available=availability(begins, on),
                begins=None if begins is None else begins.on,
            )
        )
    return tuple(offered)


def touching_notices(rule: Rule, facts: Facts) -> tuple[str, ...]:
    """Return the ambiguities of the source that touch a person for certain."""
    return tuple(
        notice.id
        for notice in rule.notices
        if notice.when is not None and holds(notice.when, facts) is True
    )


def availability(begins: Begin | None, on: date) -> Availability:
    """Return how an offer stands on a day."""
    if begins is None:
        return "yes"
    # ISO days and years compare as text: "2024" is before every day of 2024
    if on.isoformat() < begins.on:
        return "planned"
    return "verify" if begins.promised else "yes"


def _that_hold(reasons: Iterable[Reason], facts: Facts) -> ReasonIds:
    """Return the ids of the reasons that hold for certain."""
    return tuple(reason.id for reason in reasons if holds(reason.when, facts) is True)


def _may_hold(reasons: Iterable[Reason], facts: Facts) -> bool:
    """Return whether it is not known yet of some reason whether it holds."""
    return any(holds(reason.when, facts) is None for reason in reasons)
