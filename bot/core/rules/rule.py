"""What a rule's YAML is: facts, a gate, outcomes and offers, each with its words and its source."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Placeholders, Text
from bot.core.flows.conditions import Condition
from bot.core.rules.facts import Fact, FactValue

RuleId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
UNKNOWN: Literal["unknown"] = "unknown"  # no outcome can be named yet
NONE: Literal["none"] = "none"  # the gate is closed, so there is none
NOT_IN_FORCE = "not_in_force"  # the reason of a gate that is closed by the day alone

YearText = Annotated[Text, Placeholders("year")]
DateText = Annotated[Text, Placeholders("date")]
ItemsText = Annotated[Text, Placeholders("items", needed=True)]


class Claim(Frozen):
    """Something stated of a source: its own words (`quote`), or told in ours (`says`).

    source: where it stands, if that is another source than the rule's.
    """

    quote: str = ""
    says: Text | None = None
    source: str | None = None


class Dated(Frozen):
    """Something that belongs to some periods of a rule; without any named, to all."""

    periods: tuple[RuleId, ...] = ()


class Reason(Claim, Dated):
    """Why something holds: the condition, and the words for it."""

    id: RuleId
    when: Condition
    text: Text


class Opening(Claim):
    """What is said of a gate that is open."""

    text: Text


class Gate(Frozen):
    """Whom a rule speaks of at all: any of its reasons closes it. closed: the title then."""

    reasons: tuple[Reason, ...]
    open: Opening
    unknown: Text
    closed: Text


class Headline(Frozen):
    """How a card begins."""

    title: Text
    lead: YearText


class Outcome(Headline, Claim):
    """What a rule comes to for some people: any of its reasons leads there.

    offers: what they are offered, in the source's order. possible: said at each of these offers as
    long as another outcome is possible too, for whom it is.
    """

    id: RuleId
    text: Text
    possible: Text | None = None
    reasons: tuple[Reason, ...]
    offers: tuple[RuleId, ...] = ()


class Either(Headline):
    """What is said where each of these outcomes, and nothing else, is still possible."""

    id: RuleId
    of: tuple[RuleId, ...]


class Undecided(Headline):
    """What is said where no outcome can be named.

    when: people of whom the source says nothing; anybody else without an outcome is a gap.
    """

    when: tuple[Condition, ...] = ()


class Begin(Claim):
    """When an offer begins: a day, or a year where the source names no day.

    promised: the source only says that it will begin; later it is said to be checked.
    """

    on: str = Field(pattern=r"^\d{4}(-\d{2}-\d{2})?$")
    promised: bool = False


class Primary(Claim):
    """When an offer is what the source recommends first. title: of the card then."""

    when: Condition
    text: Text
    title: Text | None = None


class SupportOffer(Claim, Dated):
    """A kind of support: a short label, and its full name if that is another."""

    id: RuleId
    label: Text
    name: Text | None = None
    begins: Begin | None = None
    primary: Primary | None = None


class Priority(Frozen):
    """Who comes first: each by a reason of its own. text: said after the reasons, what they leave open."""

    text: Text | None = None
    reasons: tuple[Reason, ...]


class Notice(Dated):
    """An ambiguity of the source: when it touches a person, and what is said of it then.

    settled: it is known how the source takes it, so it is told among the reasons, not as unknown.
    handling: how the rule treats it, for authors and owners.
    """

    id: RuleId
    when: Condition | None = None
    text: Text | None = None
    source: str | None = None
    settled: bool = False
    handling: str


class NextStep(Frozen):
    """What a person can do now. when: for whom it is; without it, for everybody else.

    quote: the words of the rule's source that it rests on. source: where it is from, if from another.
    """

    when: Condition | None = None
    text: Text
    quote: str = ""
    source: str | None = None


class States(Frozen):
    """How offers stand. Each is needed where an offer can stand so, and only there."""

    available: YearText
    planned: YearText | None = None
    verify: YearText | None = None
    not_first: YearText | None = None


class CardWords(Frozen):
    """All other words of the card.

    answer: said above the buttons that ask what is missing. any_way: said of an offer that every
    outcome has that is still possible. next_step: the title above it.
    """

    offers: Text
    states: States
    why: Text
    used: ItemsText
    quoted: Annotated[Text, Placeholders("quote", needed=True)] | None = None
    told: Annotated[Text, Placeholders("said", needed=True)] | None = None
    unknown: Text
    missing: ItemsText
    answer: Text | None = None
    any_way: Text | None = None
    next_step: Text | None = None
    change: ItemsText | None = None
    decides: Text
    not_yet: DateText
    ended: DateText | None = None


class Period(Frozen):
    """A time in which a rule holds as it is written; both days are included.

    source: where it stands, if that is another source than the rule's.
    """

    id: RuleId
    valid_from: date
    valid_to: date | None = None
    source: str | None = None

    def has(self, day: date) -> bool:
        """Return whether a day belongs to it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Example(Frozen):
    """Facts on a day, and what must come out of them."""

    on: date
    given: dict[str, FactValue]
    then: dict[str, object]


class Rule(Frozen):
    """A rule as its source words it. All conditions read its own facts only.

    form: how `celvedis decide` prints it. periods: when it holds, the earliest first.
    next_steps: the first that holds is the one told.
    """

    title: Text
    source: str
    form: Literal["general", "grouped"] = "general"
    periods: tuple[Period, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = Field(min_length=1)
    gate: Gate | None = None
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    either: tuple[Either, ...] = ()
    undecided: Undecided
    offers: tuple[SupportOffer, ...] = ()
    priority: Priority | None = None
    notices: tuple[Notice, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    card: CardWords
    examples: tuple[Example, ...]

    def period_on(self, day: date) -> Period | None:
        """Return the period a day belongs to, or None where the rule does not hold."""
        return next((period for period in self.periods if period.has(day)), None)

    def told_periods(self) -> str:
        """Return when the rule holds: "from 2024-01-01", "from 2024-01-01 to 2027-12-31"."""
        first, last = self.periods[0].valid_from, self.periods[-1].valid_to
        return f"from {first}" if last is None else f"from {first} to {last}"


def outcomes_named(rule: Rule, name: str) -> tuple[Outcome, ...]:
    """Return the outcomes an id names: one, those of an either, or none."""
    ids: tuple[str, ...] = (name,)
    for either in rule.either:
        if either.id == name:
            ids = either.of
    return tuple(outcome for outcome in rule.outcomes if outcome.id in ids)
