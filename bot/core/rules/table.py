"""Every full set of facts of a rule and what it comes to: what a further answer can still change."""

from collections.abc import Iterator, Sequence
from itertools import product

from bot.core.rules.clauses import conclude
from bot.core.rules.facts import Domain, FactValue
from bot.core.rules.rule import UNKNOWN, Rule

MOST_ROWS = 20_000  # of a table: about 5 MB and a quarter of a second; the check refuses more
Places = tuple[int | None, ...]  # for each fact, which value of its domain; None is not known


class OutcomeTable:
    """A row for each full set of facts. The check bounds how many there may be."""

    def __init__(self, rule: Rule, domains: Sequence[Domain]) -> None:
        self._domains = domains
        self._either = {frozenset(either.of): either.id for either in rule.either}
        nothing_known = (None,) * len(domains)
        self._rows = {
            places: conclude(rule, facts_at(domains, places))
            for places in completions(domains, nothing_known)
        }

    def outcome(self, places: Places) -> str:
        """Return the outcome, or the either, that all ways out have in common; else "unknown".

        Ways out that the gate closes have no outcome and are left aside.
        """
        rows = (self._rows[full] for full in completions(self._domains, places))
        possible = frozenset(row.outcome for row in rows if not row.gate_reasons)
        if len(possible) == 1:
            return next(iter(possible))
        return self._either.get(possible, UNKNOWN)

    def missing(self, places: Places) -> tuple[str, ...]:
        """Return the facts not known that can still change something, in the author's order."""
        return tuple(
            domain.fact.id
            for at, domain in enumerate(self._domains)
            if places[at] is None and self._matters(places, at)
        )

    def _matters(self, places: Places, at: int) -> bool:
        """Return whether two rows that differ in one fact alone come to something different."""
        # each row with the fact's first value, beside the rows with its others
        first_value = (*places[:at], 0, *places[at + 1 :])
        for row in completions(self._domains, first_value):
            settled = self._rows[row]
            for value in range(1, len(self._domains[at].values)):
                if self._rows[*row[:at], value, *row[at + 1 :]] != settled:
                    return True
        return False


def completions(domains: Sequence[Domain], places: Places) -> Iterator[tuple[int, ...]]:
    """Return every full set of places that what is known can still become."""
    choices = (
        range(len(domain.values)) if place is None else (place,)
        for domain, place in zip(domains, places, strict=True)
    )
    return product(*choices)


def facts_at(domains: Sequence[Domain], places: Places) -> dict[str, FactValue]:
    """Return the facts that stand for some places; what is not known is left out."""
    return {
        domain.fact.id: domain.values[place]
        for domain, place in zip(domains, places, strict=True)
        if place is not None
    }
