"""A verdict as a card: what the source says of people like this, why, and what is open.

All its words stand in the rule's file; here is only the order in which they are told.
"""

from collections.abc import Mapping, Sequence

from bot.core.base.sources import Source
from bot.core.base.texts import Text
from bot.core.dialogue.events import Explained, Judged
from bot.core.flows.steps import Judge
from bot.core.rules.claims import next_step
from bot.core.rules.judge import RuleJudge
from bot.core.rules.rule import (
    Headline,
    Outcome,
    Priority,
    Rule,
    SupportOffer,
    outcomes_named,
)
from bot.core.rules.verdict import Availability, Offered, Verdict
from bot.core.rules.what_if import what_would_change
from bot.words.claims import ClaimWords
from bot.words.i18n.formats import show_list
from bot.words.messages import Button, Card, CardLine, Mark, Message

AVAILABILITY_MARKS: Mapping[Availability, Mark] = {
    "yes": "full",
    "planned": "half",
    "verify": "half",
}


class VerdictWords(ClaimWords):
    """Says one verdict."""

    def judged(self, event: Judged, answers: Mapping[str, str]) -> list[Message]:
        """Return a verdict as a card; where the rule does not hold, a way to a human after it.

        answers: what was answered, in words, by fact.
        """
        card = self.card(self.library.judges[event.rule], event.verdict, answers)
        place = {"flow": event.flow, "step": event.step}
        messages = [Message(kind="card", text=card.title, card=card, **place)]
        if event.verdict.period is None:
            human = Button(pick="@human", label=self.phrase("talk_human"))
            text = self.phrase("ask_human")
            messages.append(Message(kind="say", text=text, buttons=(human,), **place))
        else:
            messages += self._what_is_missing(event, place)
        return messages

    def _what_is_missing(self, event: Judged, place: Mapping[str, str]) -> list[Message]:
        """Return a button for each answer that was skipped and can still change something."""
        rule = self.library.judges[event.rule].rule
        step = self.library.steps.get((event.flow, event.step))
        asked = {question.id for question in step.asks} if isinstance(step, Judge) else set()
        buttons = tuple(
            Button(pick=f"@change:{fact.id}", label=self._as_label(fact.label))
            for fact in rule.facts
            if fact.id in event.verdict.missing and fact.id in asked
        )
        if not buttons or rule.card.answer is None:
            return []
        text = self.say(rule.card.answer)
        return [Message(kind="say", text=text, buttons=buttons, **place)]

    def _as_label(self, label: Text) -> str:
        """Return a fact's label as it stands on a button: "Izglītība"."""
        said = self.say(label)
        return said[:1].upper() + said[1:]

    def explained(self, event: Explained, answers: Mapping[str, str]) -> Message:
        """Return everything a verdict states, with its sources and the days they were checked."""
        judge = self.library.judges[event.judged.rule]
        verdict = event.judged.verdict
        assert verdict.period is not None
        rule = judge.edition(verdict.period)
        return Message(
            kind="note",
            text=self.say(rule.card.why),
            items=self.reasons(judge, verdict, answers),
            source=self.source_line(self.library.sources[rule.source]),
        )

    def card(self, judge: RuleJudge, verdict: Verdict, answers: Mapping[str, str]) -> Card:
        """Return a verdict as a card. answers: what was answered, in words, by fact."""
        if verdict.period is None:
            return self._not_in_force(judge.rule)
        rule = judge.edition(verdict.period)
        source = self.library.sources[rule.source]
        title, lead = self._outcome(rule, verdict, source)
        if verdict.gate == "closed":
            lead += self._changes(judge, verdict)
        return Card(
            title=title,
            lead=tuple(lead),
            states_title=self.say(rule.card.offers),
            states=self._states(rule, verdict),
            why_title=self.say(rule.card.why),
            why_hint=self.phrase("card_why"),
            why=self.reasons(judge, verdict, answers),
            unknown_title=self.say(rule.card.unknown),
            unknown=self._unknown(rule, verdict),
            decides=self.say(rule.card.decides),
            source=self.source_line(source),
            **self._next_step(rule, verdict),
        )

    def _next_step(self, rule: Rule, verdict: Verdict) -> dict[str, str]:
        """Return what can be done now, as fields of a card; none where the rule names nothing."""
        step = next_step(rule, verdict)
        if step is None or rule.card.next_step is None:
            return {}
        return {
            "next_title": self.say(rule.card.next_step),
            "next_step": self.say(step.text),
            "next_source": self.other_source(rule, step.source),
        }

    def _not_in_force(self, rule: Rule) -> Card:
        """Return a card that says when the rule begins or has ended, and nothing else of it."""
        last_day = rule.periods[-1].valid_to
        if last_day is not None and last_day < self.today and rule.card.ended is not None:
            lead = self.say(rule.card.ended, date=self.day(last_day))
        else:
            lead = self.say(rule.card.not_yet, date=self.day(rule.periods[0].valid_from))
        return Card(
            title=self.say(rule.title),
            lead=(lead,),
            states_title="",
            states=(),
            why_title="",
            why=(),
            unknown_title="",
            unknown=(),
            decides=self.say(rule.card.decides),
            source=self.source_line(self.library.sources[rule.source]),
        )

    def _outcome(self, rule: Rule, verdict: Verdict, source: Source) -> tuple[str, list[str]]:
        """Return the title, and what stands below it."""
        if verdict.gate == "closed":
            assert rule.gate is not None
            closing = {reason.id: reason.text for reason in rule.gate.reasons}
            lines = [self.say(closing[name]) for name in verdict.gate_reasons]
            return self.say(rule.gate.closed), lines
        lines = []
        if verdict.gate == "unknown" and rule.gate is not None:
            lines.append(self.say(rule.gate.unknown))
        headline = _headline(rule, verdict.outcome)
        lines.append(self.say(headline.lead, year=str(source.year)))
        if verdict.priority == "yes" and rule.priority is not None:
            lines.insert(-1, self._first(rule.priority, verdict))
        return self.say(_title(rule, verdict) or headline.title), lines

    def _first(self, priority: Priority, verdict: Verdict) -> str:
        """Return why somebody comes first, reason by reason, and what that leaves open."""
        reasons = (reason for reason in priority.reasons if reason.id in verdict.priority_reasons)
        said = [self.say(reason.text) for reason in reasons]
        if priority.text is not None:
            said.append(self.say(priority.text))
        return " ".join(said)

    def _changes(self, judge: RuleJudge, verdict: Verdict) -> list[str]:
        """Return what would open a closed gate: the first of the smallest changes."""
        changes = what_would_change(judge, dict(verdict.facts), self.today)
        template = judge.rule.card.change
        if not changes or template is None:
            return []
        texts = {fact.id: fact.change for fact in judge.rule.facts}
        items: list[str] = []
        for name, value in changes[0]:
            text = texts[name]
            if text is not None:
                items.append(self.say(text, count=str(value)))
        if not items:
            return []
        return [self.say(template, items=show_list(items, self.catalogue.language))]

    def _states(self, rule: Rule, verdict: Verdict) -> tuple[CardLine, ...]:
        """Return how each offer stands: first what is offered, in its order, then the others."""
        if not verdict.offers:
            return ()
        possible = outcomes_named(rule, verdict.outcome)
        offers = {offer.id: offer for offer in rule.offers}  # what is told is taken out
        states: list[CardLine] = []
        for offered in verdict.offers:
            offer = offers.pop(offered.id)
            certain = all(offered.id in outcome.offers for outcome in possible)
            mark = AVAILABILITY_MARKS[offered.available] if certain else "diamond"
            said = (self._for_whom(rule, possible, offered), self._offered(rule, offer, offered))
            text = " ".join(part for part in said if part)
            states.append(CardLine(mark=mark, label=self.say(offer.label), text=text))
        if offers:  # one line for all others: the source says the same of each, nothing
            labels = [self.say(offer.label) for offer in offers.values()]
            text = (
                "" if rule.card.states.not_first is None else self.say(rule.card.states.not_first)
            )
            states.append(CardLine(mark="empty", label="; ".join(labels), text=text))
        return tuple(states)

    def _for_whom(self, rule: Rule, possible: Sequence[Outcome], offered: Offered) -> str:
        """Return for whom an offer is where several outcomes are possible, else ""."""
        if len(possible) == 1:
            return ""
        having = [outcome for outcome in possible if offered.id in outcome.offers]
        if len(having) == len(possible):
            return "" if rule.card.any_way is None else self.say(rule.card.any_way)
        said = [self.say(outcome.possible) for outcome in having if outcome.possible is not None]
        return " ".join(said)

    def _offered(self, rule: Rule, offer: SupportOffer, offered: Offered) -> str:
        line = self.state(rule, offered.available, offer.begins)
        if offered.primary and offer.primary is not None:
            return f"{self.say(offer.primary.text)} {line}"
        return line

    def _unknown(self, rule: Rule, verdict: Verdict) -> tuple[str, ...]:
        labels = {fact.id: self.say(fact.label) for fact in rule.facts}
        lines: list[str] = []
        if verdict.missing:
            missing = [labels[name] for name in verdict.missing]
            items = show_list(missing, self.catalogue.language)
            lines.append(self.say(rule.card.missing, items=items))
        return (*lines, *self.notices(rule, verdict, settled=False))


def _title(rule: Rule, verdict: Verdict) -> Text | None:
    """Return the title of an offer that is recommended first, if it has one."""
    first = {offered.id for offered in verdict.offers if offered.primary}
    titles = (offer.primary.title for offer in rule.offers if offer.id in first and offer.primary)
    return next((title for title in titles if title is not None), None)


def _headline(rule: Rule, name: str) -> Headline:
    """Return how the card of an outcome begins; where none is certain, how that is said."""
    headlines: dict[str, Headline] = {outcome.id: outcome for outcome in rule.outcomes}
    headlines |= {either.id: either for either in rule.either}
    return headlines.get(name, rule.undecided)
