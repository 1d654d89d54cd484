"""Every way a rule can be wrong: unknown names, periods, examples, gaps and contradictions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from math import prod
from typing import Protocol

from bot.core.base.problems import Keys
from bot.core.base.sources import Source
from bot.core.checks.finding import Finding, fault
from bot.core.checks.rule_words import word_faults
from bot.core.flows.conditions import Condition, comparisons, holds
from bot.core.rules.clauses import judge_gate, reasons_for
from bot.core.rules.facts import Fact, FactValue, read_facts
from bot.core.rules.judge import RuleJudge
from bot.core.rules.parts import parts_of
from bot.core.rules.rule import (
    NONE,
    NOT_IN_FORCE,
    UNKNOWN,
    Claim,
    Dated,
    NextStep,
    Notice,
    Period,
    Rule,
)
from bot.core.rules.table import MOST_ROWS
from bot.core.rules.verdict import Verdict, print_verdict
from bot.errors import InputError

ONE_DAY = timedelta(days=1)


def rule_faults(
    rule: Rule, file: str, sources: Mapping[str, Source] | None = None
) -> Iterator[Finding]:
    """Find what is wrong with a rule: names, words, examples, and every set of its facts.

    sources: those the content knows; without them none is looked up.
    """
    yield from rule_structure_faults(rule, file, sources)
    yield from judgement_faults(rule, file)


def rule_structure_faults(
    rule: Rule, file: str, sources: Mapping[str, Source] | None = None
) -> Iterator[Finding]:
    """Find names, words and sources that are not there, so that it cannot be judged or shown."""
    yield from _name_faults(rule, file)
    yield from word_faults(rule, file, sources)
    if sources is not None:
        yield from _unknown_sources(rule, file, sources)


def judgement_faults(rule: Rule, file: str) -> Iterator[Finding]:
    """Find examples that come out otherwise, and sets of facts with no or two outcomes."""
    if any(_name_faults(rule, file)):
        return  # nothing can be judged before the names are right
    judge = RuleJudge(rule)
    rows = prod(len(domain.values) for domain in judge.domains)
    if rows > MOST_ROWS:
        text = f"the facts make {rows} sets, at most {MOST_ROWS} can be tried"
        yield fault("R013", file, ("facts",), text, "ask fewer, or with fewer values")
        return
    yield from _wrong_examples(judge, file)
    yield from _gaps_and_contradictions(judge, file)


def example_value(rule: Rule, verdict: Verdict, name: str) -> object:
    """Return what an example compares: a field of `decide`, or of the offers the primary ones."""
    if name == "primary":
        return [offer.id for offer in verdict.offers if offer.primary]
    if name == "offers":
        return [f"{offer.id}:{offer.available}" for offer in verdict.offers]
    return print_verdict(rule, verdict)[name]


def _name_faults(rule: Rule, file: str) -> Iterator[Finding]:
    yield from _doubled(rule, file)
    yield from _unknown_names(rule, file)
    yield from _wrong_conditions(rule, file)
    yield from _wrong_periods(rule, file)


def _doubled(rule: Rule, file: str) -> Iterator[Finding]:
    """Find ids that stand twice, or mean something to every rule."""
    # outcomes and eithers are named alike in a verdict, so they share their names
    outcomes = _ids(rule.outcomes, ("outcomes",)) + _ids(rule.either, ("either",))
    yield from _doubled_ids(outcomes, file, (UNKNOWN, NONE))
    yield from _doubled_ids(_ids(rule.periods, ("periods",)), file)
    yield from _doubled_ids(_ids(rule.facts, ("facts",)), file)
    yield from _doubled_ids(_ids(rule.offers, ("offers",)), file)
    yield from _doubled_ids(_ids(rule.notices, ("notices",)), file)
    if rule.gate is not None:
        closing = _ids(rule.gate.reasons, ("gate", "reasons"))
        yield from _doubled_ids(closing, file, (NOT_IN_FORCE,))
    for number, outcome in enumerate(rule.outcomes):
        reasons = _ids(outcome.reasons, ("outcomes", number, "reasons"))
        yield from _doubled_ids(reasons, file)
    if rule.priority is not None:
        yield from _doubled_ids(_ids(rule.priority.reasons, ("priority", "reasons")), file)


class _Part(Protocol):
    @property
    def id(self) -> str:
        """What it is called within the rule."""


def _ids(parts: Iterable[_Part], keys: Keys) -> list[tuple[Keys, str]]:
    """Return the ids of some parts of a rule, each with the keys that lead to the part."""
    return [((*keys, number), part.id) for number, part in enumerate(parts)]


def _doubled_ids(
    ids: list[tuple[Keys, str]], file: str, reserved: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Find ids that stand twice among these, or are reserved."""
    counts = Counter(name for _, name in ids)
    for keys, name in ids:
        if counts[name] > 1:
            yield fault("R012", file, (*keys, "id"), f'"{name}" stands twice', "rename one")
        if name in reserved:
            text = f'"{name}" is a word of every rule'
            yield fault("R012", file, (*keys, "id"), text, "give it another name")


def _unknown_names(rule: Rule, file: str) -> Iterator[Finding]:
    """Find offers, outcomes and periods that are named and not declared."""
    offers = {offer.id for offer in rule.offers}
    for place, outcome in enumerate(rule.outcomes):
        for number, name in enumerate(outcome.offers):
            if name not in offers:
                keys: Keys = ("outcomes", place, "offers", number)
                yield fault("R004", file, keys, f'no offer "{name}"', "declare it, or correct it")
    outcomes = {outcome.id for outcome in rule.outcomes}
    for place, either in enumerate(rule.either):
        for number, name in enumerate(either.of):
            if name not in outcomes:
                yield fault("R010", file, ("either", place, "of", number), f'no outcome "{name}"')
        if len(set(either.of)) < 2:  # noqa: PLR2004 - of one, the outcome itself is told
            text = f'"{either.id}" is of fewer than two outcomes'
            yield fault("R010", file, ("either", place, "of"), text, "name those that are possible")
    periods = {period.id for period in rule.periods}
    for keys, part in parts_of(rule, Dated):
        for number, name in enumerate(part.periods):
            if name not in periods:
                where = (*keys, "periods", number)
                yield fault("R010", file, where, f'no period "{name}"', "correct the name")


def _unknown_sources(rule: Rule, file: str, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Find sources that are named by the rule or by a part of it, and not known."""
    named: list[tuple[Keys, str | None]] = [((), rule.source)]
    named += [(keys, claim.source) for keys, claim in parts_of(rule, Claim)]
    named += [(keys, period.source) for keys, period in parts_of(rule, Period)]
    named += [(keys, notice.source) for keys, notice in parts_of(rule, Notice)]
    named += [(keys, step.source) for keys, step in parts_of(rule, NextStep)]
    for keys, name in named:
        if name is not None and name not in sources:
            yield fault("F011", file, (*keys, "source"), f'no source "{name}"')


def _wrong_conditions(rule: Rule, file: str) -> Iterator[Finding]:
    """Find conditions on facts the rule has not, or on values the fact cannot have."""
    facts = {fact.id: fact for fact in rule.facts}
    for keys, condition in parts_of(rule, Condition):
        for comparison in comparisons(condition):
            fact = facts.get(comparison.fact or "")
            if fact is None:
                text = f'the rule has no fact "{comparison.fact}"'
                yield fault("R010", file, keys, text, "declare it, or correct the name")
                continue
            for value in _impossible(comparison, fact):
                text = f"{fact.id} is never {value!r}; it is {fact.expected()}"
                yield fault("R011", file, keys, text, "correct the value")


def _impossible(comparison: Condition, fact: Fact) -> list[object]:
    """Return the values of a comparison that its fact cannot have."""
    if comparison.has is not None:  # asks what is among several, and a fact of a rule has one value
        return [comparison.has]
    compared = (comparison.is_, comparison.at_least, comparison.at_most)
    values: list[object] = [value for value in compared if value is not None]
    values += comparison.one_of or ()
    return [value for value in values if not fact.allows(value)]


def _wrong_periods(rule: Rule, file: str) -> Iterator[Finding]:
    """Find periods that end before they begin, overlap, or leave days between them to no rule."""
    before: Period | None = None
    for number, period in enumerate(rule.periods):
        keys: Keys = ("periods", number)
        if period.valid_to is not None and period.valid_to < period.valid_from:
            text = f'"{period.id}" ends before it begins'
            yield fault("R008", file, (*keys, "valid_to"), text, "exchange the days")
        if before is not None:
            yield from _wrong_succession(before, period, file, keys)
        before = period


def _wrong_succession(before: Period, period: Period, file: str, keys: Keys) -> Iterator[Finding]:
    """Find what is wrong between two periods that follow on one another."""
    if before.valid_to is None or period.valid_from <= before.valid_to:
        text = f'"{period.id}" begins before "{before.id}" has ended'
        remedy = f"end the earlier one by {period.valid_from - ONE_DAY}; the earliest stands first"
        yield fault("R008", file, (*keys, "valid_from"), text, remedy)
    elif period.valid_from > before.valid_to + ONE_DAY:
        gap = f"{before.valid_to + ONE_DAY} to {period.valid_from - ONE_DAY}"
        text = f"no period has the days from {gap}"
        yield fault("R009", file, (*keys, "valid_from"), text, "let one follow on the other")


def _wrong_examples(judge: RuleJudge, file: str) -> Iterator[Finding]:
    """Find examples that come out otherwise than they say."""
    rule = judge.rule
    for number, example in enumerate(rule.examples):
        keys: Keys = ("examples", number)
        try:
            verdict = judge.verdict(read_facts(rule.facts, example.given), example.on)
        except InputError as error:
            yield fault("R003", file, (*keys, "given"), str(error))
            continue
        known = (*print_verdict(rule, verdict), "primary")
        for name, wanted in example.then.items():
            if name not in known:
                text = f'"{name}" is not told of a rule; told are: {", ".join(known)}'
                yield fault("R003", file, (*keys, "then"), text)
                continue
            actual = example_value(rule, verdict, name)
            if actual != wanted:
                text = f"{name} came out as {actual!r}, not {wanted!r}"
                yield fault("R001", file, (*keys, "then"), text)


def _gaps_and_contradictions(judge: RuleJudge, file: str) -> Iterator[Finding]:
    """Try every full set of facts in every period: one outcome, or none with a reason.

    Whom the gate turns away needs no outcome. One set is told of each kind of fault.
    """
    # by period and outcomes, the first set of facts that falls there
    clashes: dict[tuple[str, tuple[str, ...]], dict[str, FactValue]] = {}
    for period in judge.rule.periods:
        rule = judge.edition(period.id)
        for facts in judge.completions({}):
            if judge_gate(rule, facts)[0] == "closed":
                continue
            outcomes = _outcomes(rule, facts)
            undecided = any(holds(gap, facts) is True for gap in rule.undecided.when)
            is_gap = not outcomes and not undecided
            if len(outcomes) > 1 or is_gap:
                clashes.setdefault((period.id, outcomes), facts)
    for (name, outcomes), facts in clashes.items():
        what = " and ".join(outcomes) if outcomes else "no outcome"
        code = "R005" if outcomes else "R002"
        yield fault(code, file, ("outcomes",), f"{facts} falls into {what} (period {name})")


def _outcomes(rule: Rule, facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """Return every outcome that some reason leads to."""
    return tuple(outcome.id for outcome in rule.outcomes if reasons_for(outcome, facts))
