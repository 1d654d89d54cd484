"""Words that are missing on a rule's card, and claims that rest on nothing."""

from collections.abc import Iterator, Mapping

from bot.core.base.problems import Keys
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
    for at, fact in enumerate(rule.facts):
        if fact.changeable != "no" and fact.change is None:
            text = f'"{fact.id}" may change, and no words say so'
            yield fault("R007", file, ("facts", at), text, "add `change:`, e.g. “age: {count}”")
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
    every_offer = {offer.id for offer in rule.offers}
    needed: tuple[tuple[Keys, Text | None, bool, str], ...] = (
        (
            ("states", "planned"),
            states.planned,
            bool(begins),
            "an offer that begins can be yet to come",
        ),
        (
            ("states", "verify"),
            states.verify,
            any(begin.promised for begin in begins),
            "an offer is only promised",
        ),
        (
            ("states", "not_first"),
            states.not_first,
            any(outcome.offers and set(outcome.offers) < every_offer for outcome in rule.outcomes),
            "an outcome has not all offers",
        ),
        (("quoted",), card.quoted, any(claim.quote for claim in claims), "a claim has a quote"),
        (("told",), card.told, any(claim.says for claim in claims), "a claim has `says`"),
        (
            ("change",),
            card.change,
            any(fact.changeable != "no" for fact in rule.facts),
            "a fact may change",
        ),
        (("ended",), card.ended, rule.periods[-1].valid_to is not None, "the last period ends"),
    )
    for keys, words, asked, why in needed:
        if asked and words is None:
            text = f"`card.{'.'.join(map(str, keys))}` is missing: {why}"
            yield fault("R006", file, ("card", *keys), text, "say it")


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
