"""Words that are missing on a rule's card, and claims that rest on nothing."""

from collections.abc import Iterator, Mapping

from bot.core.base.sources import Source
from bot.core.base.texts import Text
from bot.core.checks.finding import Finding, fault
from bot.core.rules.parts import parts_of
from bot.core.rules.rule import Begin, Claim, Headline, Rule


def word_faults(
    rule: Rule, file: str, sources: Mapping[str, Source] | None = None
) -> Iterator[Finding]:
    """Find words the card needs and has not."""
    yield from _missing(rule, file)
    for number, fact in enumerate(rule.facts):
        if fact.changeable != "no" and fact.change is None:
            text = f'"{fact.id}" may change, and no words say so'
            yield fault("R007", file, ("facts", number), text, "add `change:`, e.g. “age: {count}”")
    for keys, claim in parts_of(rule, Claim):
        if bool(claim.quote.strip()) == (claim.says is not None):
            text = "a claim has the source's words (`quote`), or tells them (`says`): one of them"
            yield fault("R016", file, keys, text, "say what it rests on")
    if sources is not None:
        yield from _years(rule, file, sources)


def _missing(rule: Rule, file: str) -> Iterator[Finding]:
    """Find words of the card that something in the rule can ask for."""
    card, states = rule.card, rule.card.states
    claims = [claim for _, claim in parts_of(rule, Claim)]
    begins = [begin for _, begin in parts_of(rule, Begin)]
    missing: list[tuple[str, str]] = []  # a key below `card`, and why it is needed
    if states.planned is None and begins:
        missing.append(("states.planned", "an offer that begins can be yet to come"))
    if states.verify is None and any(begin.promised for begin in begins):
        missing.append(("states.verify", "an offer is only promised"))
    if states.not_first is None and _leaves_offers_out(rule):
        missing.append(("states.not_first", "an outcome has not all offers"))
    if card.quoted is None and any(claim.quote for claim in claims):
        missing.append(("quoted", "a claim has a quote"))
    if card.told is None and any(claim.says for claim in claims):
        missing.append(("told", "a claim has `says`"))
    if card.change is None and any(fact.changeable != "no" for fact in rule.facts):
        missing.append(("change", "a fact may change"))
    if card.next_step is None and rule.next_steps:
        missing.append(("next_step", "the rule names next steps"))
    if card.ended is None and rule.periods[-1].valid_to is not None:
        missing.append(("ended", "the last period ends"))
    for key, why in missing:
        text = f"`card.{key}` is missing: {why}"
        yield fault("R006", file, ("card", *key.split(".")), text, "say it")


def _leaves_offers_out(rule: Rule) -> bool:
    """Return whether some outcome offers something, but not everything."""
    every_offer = {offer.id for offer in rule.offers}
    return any(outcome.offers and set(outcome.offers) < every_offer for outcome in rule.outcomes)


def _years(rule: Rule, file: str, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Find leads with a year whose source names none."""
    names = {period.source or rule.source for period in rule.periods}
    undated = [name for name in names if name in sources and sources[name].year is None]
    for keys, part in parts_of(rule, Headline):
        if undated and "{year}" in _every_form(part.lead):
            text = f"{undated[0]} names no year for {{year}}"
            yield fault("R015", file, (*keys, "lead"), text, "say it without the year")


def _every_form(text: Text) -> str:
    return text if isinstance(text, str) else text.tu + text.jus
