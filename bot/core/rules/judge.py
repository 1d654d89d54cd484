"""Judges a rule in three values: yes, no, and not known yet with what would decide it."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Literal

from bot.core.base.frozen import Data
from bot.core.base.texts import Text
from bot.core.flows.conditions import Condition, holds
from bot.errors import InputError

FactValue = str | int
Facts = Mapping[str, FactValue]
Answer = Literal["yes", "no", "unknown"]


class FactDomain(Data):
    """The values a fact can have: named ones, or whole numbers told by the bounds that matter.

    changeable: whether a person may truthfully change it; `older` means only upwards, by time.
    """

    id: str
    label: Text
    values: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    least: int = 0
    most: int = 0
    changeable: Literal["yes", "no", "older"] = "no"

    def domain(self) -> tuple[FactValue, ...]:
        """Give every value that can make a difference."""
        return self.values or self.numbers

    def holds(self, value: object) -> bool:
        """Tell whether a value belongs to the domain."""
        if self.values:
            return isinstance(value, str) and value in self.values
        number = isinstance(value, int) and not isinstance(value, bool)
        return number and self.least <= value <= self.most  # type: ignore[operator]


class Reason(Data):
    """Why something holds: the condition, the words for it, and the phrase of the source."""

    id: str
    when: Condition
    text: Text
    quote: str


class Group(Data):
    """A group of people the source names, and what it offers them first, in its order."""

    id: str
    text: Text
    reasons: tuple[Reason, ...]
    offers: tuple[str, ...]
    quote: str


class Offer(Data):
    """A kind of support; `from_year` is when the source says it begins (year precision)."""

    id: str
    label: Text
    name: Text
    from_year: int
    precise: bool
    quote: str


class Notice(Data):
    """An ambiguity of the source: when it touches a person, and what to say of it then.

    handling: how the rule treats it, for authors and owners.
    """

    id: str
    when: Condition | None = None
    text: Text | None = None
    handling: str


class Example(Data):
    """Facts on a day and what must come out of them."""

    on: date
    given: dict[str, FactValue]
    then: dict[str, object]


class Rule(Data):
    """A rule as the source words it. All conditions read declared facts only.

    undecided: people whom the source puts in no group; anybody else without one is a gap.
    """

    title: Text
    scheme: str
    source: str
    valid_from: date
    gate: tuple[Reason, ...]
    gate_needs: tuple[str, ...]
    open_text: Text
    groups: tuple[Group, ...]
    undecided: tuple[Condition, ...] = ()
    primary: Condition
    primary_offer: str
    primary_text: Text
    primary_quote: str
    offers: tuple[Offer, ...]
    priority: tuple[Reason, ...]
    priority_text: Text
    facts: tuple[FactDomain, ...]
    notices: tuple[Notice, ...]
    examples: tuple[Example, ...]

    def __hash__(self) -> int:
        """Hash by identity: a rule is loaded once and never changes."""
        return id(self)


class Offered(Data):
    """One support type for this person on this day."""

    id: str
    initial: bool
    primary: bool
    available: Literal["yes", "planned", "verify"]
    from_year: int


class Verdict(Data):
    """What a rule says of the facts given."""

    gate: Literal["open", "closed", "unknown"]
    gate_reasons: tuple[str, ...]
    group: Literal["A", "B", "A_or_B", "unknown", "none"]
    group_reasons: tuple[str, ...]
    offers: tuple[Offered, ...]
    counselling_priority: Answer
    priority_reasons: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[str, ...]
    notices: tuple[str, ...]
    facts: tuple[tuple[str, FactValue], ...]

    def as_json(self) -> dict[str, object]:
        """Give the fixed form of `celvedis decide`."""
        plain = self.model_dump(mode="json", exclude={"facts"})
        for offer in plain["offers"]:
            offer["from"] = str(offer.pop("from_year"))
        return plain


def read_facts(rule: Rule, given: Mapping[str, object]) -> dict[str, FactValue]:
    """Check facts given by hand; an absent or null one is not known.

    Errors: InputError names every fact or value the rule does not know.
    """
    domains = {fact.id: fact for fact in rule.facts}
    wrong = []
    facts: dict[str, FactValue] = {}
    for name, value in given.items():
        if name not in domains:
            wrong.append(f'"{name}" is not a fact of this rule; facts: {", ".join(domains)}')
        elif value is None:
            continue
        elif domains[name].holds(value) and isinstance(value, str | int):
            facts[name] = value
        else:
            fact = domains[name]
            may = ", ".join(fact.values) or f"a whole number from {fact.least} to {fact.most}"
            wrong.append(f"{name}: {value!r} is not one of: {may}")
    if wrong:
        raise InputError("; ".join(wrong))
    return facts


def judge(rule: Rule, facts: Facts, on: date) -> Verdict:
    """Judge what is known on a day; what is not known is searched, never guessed."""
    return _judge(rule, tuple(sorted(facts.items())), on)


def next_fact(rule: Rule, facts: Facts, asked: frozenset[str], on: date) -> str | None:
    """Name the next fact worth asking, in the author's order, or None when nothing is."""
    return _next(rule, tuple(sorted(facts.items())), asked, on)


@lru_cache(maxsize=65536)
def _next(
    rule: Rule, known: tuple[tuple[str, FactValue], ...], asked: frozenset[str], on: date
) -> str | None:
    missing = _judge(rule, known, on).missing
    return next((name for name in missing if name not in asked), None)


@lru_cache(maxsize=65536)
def _judge(rule: Rule, known: tuple[tuple[str, FactValue], ...], on: date) -> Verdict:
    facts = dict(known)
    gate, gate_reasons = _gate(rule, facts)
    group, group_reasons = _group(rule, facts, gate)
    priority, priority_reasons = _priority(rule, facts, gate)
    notices = tuple(
        notice.id
        for notice in rule.notices
        if notice.when is not None and holds(notice.when, facts) is True
    )
    return Verdict(
        gate=gate,
        gate_reasons=gate_reasons,
        group=group,
        group_reasons=group_reasons,
        offers=_offers(rule, facts, group, on),
        counselling_priority=priority,
        priority_reasons=priority_reasons,
        missing=_missing(rule, facts),
        sources=(rule.source,),
        notices=notices,
        facts=known,
    )


def _gate(rule: Rule, facts: Facts) -> tuple[Literal["open", "closed", "unknown"], tuple[str, ...]]:
    closed = tuple(reason.id for reason in rule.gate if holds(reason.when, facts) is True)
    if closed:
        return "closed", closed
    if any(name not in facts for name in rule.gate_needs):
        return "unknown", ()
    return "open", ()


def _group(
    rule: Rule, facts: Facts, gate: str
) -> tuple[Literal["A", "B", "A_or_B", "unknown", "none"], tuple[str, ...]]:
    """Find the group. Where nothing is certain, A_or_B only if every way out is a named group."""
    if gate == "closed":
        return "none", ()
    for group in rule.groups:
        reasons = tuple(reason.id for reason in group.reasons if holds(reason.when, facts) is True)
        if reasons:
            return group.id, reasons  # type: ignore[return-value]
    outcomes = {_named(rule, full) for full in completions(rule, facts)}
    return ("A_or_B" if outcomes == {"A", "B"} else "unknown"), ()


def _named(rule: Rule, facts: Facts) -> str:
    for group in rule.groups:
        if any(holds(reason.when, facts) is True for reason in group.reasons):
            return group.id
    return "unknown"


def _priority(rule: Rule, facts: Facts, gate: str) -> tuple[Answer, tuple[str, ...]]:
    if gate == "closed":
        return "no", ()
    judged = [(reason.id, holds(reason.when, facts)) for reason in rule.priority]
    reasons = tuple(name for name, value in judged if value is True)
    if reasons:
        return "yes", reasons
    return ("unknown" if any(value is None for _, value in judged) else "no"), ()


def _offers(rule: Rule, facts: Facts, group: str, on: date) -> tuple[Offered, ...]:
    groups = [known for known in rule.groups if group in (known.id, "A_or_B")]
    first = dict.fromkeys(offer for known in groups for offer in known.offers)
    primary = holds(rule.primary, facts) is True
    kinds = {offer.id: offer for offer in rule.offers}
    return tuple(
        Offered(
            id=name,
            initial=True,
            primary=primary and name == rule.primary_offer,
            available=_available(kinds[name], on),
            from_year=kinds[name].from_year,
        )
        for name in first
    )


def _available(offer: Offer, on: date) -> Literal["yes", "planned", "verify"]:
    if on.year < offer.from_year:
        return "planned"
    return "yes" if offer.precise else "verify"


def _outcome(rule: Rule, facts: Facts) -> tuple[object, ...]:
    """Give what a full set of facts comes to, apart from the day."""
    gate, gate_reasons = _gate(rule, facts)
    if gate == "closed":
        return gate, gate_reasons
    group = next(
        (
            (known.id, reasons)
            for known in rule.groups
            if (
                reasons := tuple(
                    reason.id for reason in known.reasons if holds(reason.when, facts) is True
                )
            )
        ),
        ("unknown", ()),
    )
    priority = any(holds(reason.when, facts) is True for reason in rule.priority)
    return gate, group[0], holds(rule.primary, facts) is True, priority


def completions(rule: Rule, facts: Facts) -> Iterator[dict[str, FactValue]]:
    """Give every full set of facts that what is known can still become."""
    open_facts = [fact for fact in rule.facts if fact.id not in facts]
    for values in product(*(fact.domain() for fact in open_facts)):
        yield dict(facts) | {fact.id: value for fact, value in zip(open_facts, values, strict=True)}


def _missing(rule: Rule, facts: Facts) -> tuple[str, ...]:
    """Name the facts not given that can still change the outcome, in the author's order."""
    if _gate(rule, facts)[0] == "closed":
        return ()
    names = [fact.id for fact in rule.facts]
    table = [
        (tuple(full[name] for name in names), _outcome(rule, full))
        for full in completions(rule, facts)
    ]
    return tuple(
        fact.id
        for at, fact in enumerate(rule.facts)
        if fact.id not in facts and _matters(table, at)
    )


def _matters(table: list[tuple[tuple[FactValue, ...], tuple[object, ...]]], at: int) -> bool:
    """Tell whether two rows that differ only in one fact come to different outcomes."""
    seen: dict[tuple[FactValue, ...], tuple[object, ...]] = {}
    for row, outcome in table:
        rest = row[:at] + row[at + 1 :]
        if seen.setdefault(rest, outcome) != outcome:
            return True
    return False
