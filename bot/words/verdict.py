"""A verdict as a card: what the source says of people like this, why, and what is open."""

from collections.abc import Mapping

from bot.core.base.sources import Source
from bot.core.rules.judge import Reason, Rule, Verdict
from bot.core.rules.what_if import what_would_change
from bot.words.i18n.formats import show_list
from bot.words.i18n.localizer import Speaker
from bot.words.messages import Card, State

TITLES = {
    "A": "card_a",
    "B": "card_b",
    "A_or_B": "card_ab",
    "unknown": "card_unknown",
    "none": "card_closed",
}


class VerdictWords(Speaker):
    """Says one verdict."""

    def card(self, rule: Rule, verdict: Verdict, answers: Mapping[str, str]) -> Card:
        """Build the card; `answers` are the labels of what was answered, by fact."""
        source = self.library.sources[rule.source]
        return Card(
            title=self.phrase(TITLES[verdict.group]),
            lead=self._lead(rule, verdict, source),
            states_title=self.phrase("card_offers"),
            states=self._states(rule, verdict),
            why_title=self.phrase("card_why"),
            why=self._why(rule, verdict, answers),
            unknown_title=self.phrase("card_unknowns"),
            unknown=self._unknown(rule, verdict),
            decides=self.phrase("card_decides"),
            source=self.source_line(source),
        )

    def _lead(self, rule: Rule, verdict: Verdict, source: Source) -> tuple[str, ...]:
        if verdict.gate == "closed":
            texts = {reason.id: reason.text for reason in rule.gate}
            lines = [self.say(texts[name]) for name in verdict.gate_reasons]
            return (*lines, *self._changes(rule, verdict))
        lines = [self.phrase("card_gate_unknown")] if verdict.gate == "unknown" else []
        if verdict.counselling_priority == "yes":
            lines.append(self.say(rule.priority_text))
        keys = {"A_or_B": "card_ab_lead", "unknown": "card_unknown_lead"}
        key = keys.get(verdict.group, "card_lead")
        lines.append(self.phrase(key, year=str(source.year)))
        return tuple(lines)

    def _changes(self, rule: Rule, verdict: Verdict) -> list[str]:
        """Say what would open a closed gate, each fact once."""
        changes = what_would_change(rule, dict(verdict.facts), self.today)
        said = [
            self.phrase(f"change_{name}", count=str(value))
            for change in changes[:1]
            for name, value in change
        ]
        items = show_list(said, self.catalogue.language)
        return [self.phrase("card_change", items=items)] if said else []

    def _states(self, rule: Rule, verdict: Verdict) -> tuple[State, ...]:
        if verdict.gate == "closed" or not verdict.offers:
            return ()
        offered = {offer.id: offer for offer in verdict.offers}
        states = []
        for kind in rule.offers:
            offer = offered.get(kind.id)
            year = str(kind.from_year)
            if offer is None:
                line, mark = self.phrase("state_not_first"), "empty"
            else:
                line = self.phrase(f"state_{offer.available}", year=year)
                mark = "full" if offer.available == "yes" else "half"
                if offer.primary:
                    line = f"{self.say(rule.primary_text)} {line}"
                if verdict.group == "A_or_B":
                    mark = "diamond"
            states.append(State(mark=mark, label=self.say(kind.label), text=line))
        order = {kind.id: at for at, kind in enumerate(rule.offers)}
        first = [order[offer.id] for offer in verdict.offers]
        rest = [at for at in range(len(states)) if at not in first]
        return tuple(states[at] for at in (*first, *rest))

    def _why(self, rule: Rule, verdict: Verdict, answers: Mapping[str, str]) -> tuple[str, ...]:
        used = [answers[name] for name, _ in verdict.facts if name in answers]
        items = show_list(used, self.catalogue.language)
        lines = [self.phrase("card_used", items=items)] if used else []
        groups = {group.id: group for group in rule.groups}
        reasons: list[Reason] = []
        if verdict.group in groups:
            lines.append(self.say(groups[verdict.group].text))
            reasons += [r for r in groups[verdict.group].reasons if r.id in verdict.group_reasons]
        reasons += [reason for reason in rule.priority if reason.id in verdict.priority_reasons]
        reasons += [reason for reason in rule.gate if reason.id in verdict.gate_reasons]
        seen: set[str] = set()
        for reason in reasons:
            if reason.quote not in seen:
                seen.add(reason.quote)
                quote = self.phrase("card_quote", quote=reason.quote)
                lines.append(f"{self.say(reason.text)} {quote}")
        return tuple(lines)

    def _unknown(self, rule: Rule, verdict: Verdict) -> tuple[str, ...]:
        labels = {fact.id: self.say(fact.label) for fact in rule.facts}
        lines = []
        if verdict.missing:
            items = show_list([labels[name] for name in verdict.missing], self.catalogue.language)
            lines.append(self.phrase("card_missing", items=items))
        texts = {notice.id: notice.text for notice in rule.notices if notice.text is not None}
        return (*lines, *(self.say(texts[name]) for name in verdict.notices if name in texts))
