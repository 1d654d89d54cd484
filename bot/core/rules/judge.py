"""Judges a rule in three values: yes, no, and not known yet with what would decide it."""

from collections.abc import Container, Iterator
from datetime import date
from functools import lru_cache

from bot.core.flows.conditions import Condition
from bot.core.rules.claims import sources_of
from bot.core.rules.clauses import (
    find_outcome,
    judge_gate,
    judge_priority,
    make_offers,
    touching_notices,
)
from bot.core.rules.facts import Domain, Facts, FactValue
from bot.core.rules.parts import as_in, parts_of
from bot.core.rules.rule import NONE, NOT_IN_FORCE, UNKNOWN, Period, Rule
from bot.core.rules.table import OutcomeTable, Places, completions, facts_at
from bot.core.rules.verdict import Verdict

MOST_REMEMBERED_VERDICTS = 1024  # verdicts kept of a rule, about 4 KB each
KnownFacts = tuple[tuple[str, FactValue], ...]  # facts that are known, by name


class RuleJudge:
    """Judges one rule, and remembers what it has worked out.

    In memory: the verdicts met last, at most `KEPT`, and for each period one `Table`.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        conditions = [condition for _, condition in parts_of(rule, Condition)]
        self.domains = tuple(Domain(fact, conditions) for fact in rule.facts)
        self._editions = {period.id: as_in(rule, period) for period in rule.periods}
        self._tables: dict[str, OutcomeTable] = {}
        self._verdict = lru_cache(maxsize=MOST_REMEMBERED_VERDICTS)(self._work_out)

    def edition(self, period: str) -> Rule:
        """Return the rule with only what belongs to one of its periods."""
        return self._editions[period]

    def verdict(self, facts: Facts, on: date) -> Verdict:
        """Judge what is known on a day; what is not known is searched, never guessed."""
        # sorted, so that the order in which people answer makes no other verdict
        return self._verdict(tuple(sorted(facts.items())), on)

    def next_fact(self, facts: Facts, asked: Container[str], on: date) -> str | None:
        """Return the next fact worth asking, in the author's order, or None when nothing is."""
        missing = self.verdict(facts, on).missing
        return next((name for name in missing if name not in asked), None)

    def completions(self, facts: Facts) -> Iterator[dict[str, FactValue]]:
        """Return every full set of facts that what is known can still become."""
        for places in completions(self.domains, self._places(facts)):
            yield facts_at(self.domains, places)

    def _places(self, facts: Facts) -> Places:
        return tuple(domain.place(facts.get(domain.fact.id)) for domain in self.domains)

    def _outcome_table(self, period: Period) -> OutcomeTable:
        if period.id not in self._tables:
            self._tables[period.id] = OutcomeTable(self._editions[period.id], self.domains)
        return self._tables[period.id]

    def _work_out(self, known: KnownFacts, on: date) -> Verdict:
        period = self.rule.period_on(on)
        if period is None:
            return Verdict(
                period=None,
                gate="closed",
                gate_reasons=(NOT_IN_FORCE,),
                outcome=NONE,
                priority=None if self.rule.priority is None else "no",
                sources=(self.rule.source,),
                facts=known,
            )
        rule = self._editions[period.id]
        verdict = self._judge(rule, period, dict(known), on)
        return verdict.model_copy(update={"sources": sources_of(rule, verdict), "facts": known})

    def _judge(self, rule: Rule, period: Period, known: Facts, on: date) -> Verdict:
        places = self._places(known)
        facts = facts_at(self.domains, places)
        left_open = self._left_open(known)
        notices = touching_notices(rule, facts | left_open)
        gate, gate_reasons = judge_gate(rule, facts)
        if gate == "closed":
            return Verdict(
                period=period.id,
                gate=gate,
                gate_reasons=gate_reasons,
                outcome=NONE,
                priority=None if rule.priority is None else "no",
                notices=notices,
            )
        table = self._outcome_table(period)
        outcome, outcome_reasons = find_outcome(rule, facts)
        if outcome == UNKNOWN:
            outcome = table.outcome(places)
        priority, priority_reasons = judge_priority(rule, facts)
        return Verdict(
            period=period.id,
            gate=gate,
            gate_reasons=gate_reasons,
            outcome=outcome,
            outcome_reasons=outcome_reasons,
            offers=make_offers(rule, outcome, facts, on),
            priority=priority,
            priority_reasons=priority_reasons,
            missing=tuple(name for name in table.missing(places) if name not in left_open),
            notices=notices,
        )

    def _left_open(self, known: Facts) -> dict[str, FactValue]:
        """Return what was answered and the source does not name: nothing is left to be asked of it."""
        facts = (domain.fact for domain in self.domains)
        return {fact.id: known[fact.id] for fact in facts if known.get(fact.id) in fact.left_open}
