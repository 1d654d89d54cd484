"""What a verdict rests on: everything it states, so that each can be opened to its source."""

from collections.abc import Iterator

from bot.core.flows.conditions import holds
from bot.core.rules.rule import (
    Begin,
    NextStep,
    Opening,
    Outcome,
    Primary,
    Reason,
    Rule,
    SupportOffer,
    outcomes_named,
)
from bot.core.rules.verdict import Verdict

Stated = Opening | Outcome | Reason | SupportOffer | Begin | Primary


def claims_behind(rule: Rule, verdict: Verdict) -> Iterator[Stated]:
    """Return every claim a verdict states, in the order in which they are told.

    rule: with what belongs to the verdict's period.
    """
    if rule.gate is not None:
        if verdict.gate == "open":
            yield rule.gate.open
        elif verdict.gate == "unknown":
            # whom the source speaks of is told too, and rests on the same words
            yield rule.gate.open.model_copy(update={"text": rule.gate.unknown})
        yield from _named(rule.gate.reasons, verdict.gate_reasons)
    for outcome in outcomes_named(rule, verdict.outcome):
        yield outcome
        yield from _named(outcome.reasons, verdict.outcome_reasons)
    offers = {offer.id: offer for offer in rule.offers}
    for offered in verdict.offers:
        offer = offers[offered.id]
        yield offer
        if offer.begins is not None:
            yield offer.begins
        if offered.primary and offer.primary is not None:
            yield offer.primary
    if rule.priority is not None:
        yield from _named(rule.priority.reasons, verdict.priority_reasons)


def next_step(rule: Rule, verdict: Verdict) -> NextStep | None:
    """Return what a person can do now: the first step that holds for certain."""
    facts = dict(verdict.facts)
    for step in rule.next_steps:
        if step.when is None or holds(step.when, facts) is True:
            return step
    return None


def sources_of(rule: Rule, verdict: Verdict) -> tuple[str, ...]:
    """Return the rule's source, and any other that a claim or a notice of a verdict rests on."""
    sources = [rule.source]
    sources += (claim.source for claim in claims_behind(rule, verdict) if claim.source)
    told = (notice for notice in rule.notices if notice.id in verdict.notices)
    sources += (notice.source for notice in told if notice.source)
    return tuple(dict.fromkeys(sources))


def _named(reasons: tuple[Reason, ...], ids: tuple[str, ...]) -> Iterator[Reason]:
    return (reason for reason in reasons if reason.id in ids)
