"""The claims behind a verdict in words: each with the source's own, and the answers it rests on."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from bot.core.base.texts import Text
from bot.core.rules.claims import Stated, claims_behind, next_step
from bot.core.rules.clauses import availability
from bot.core.rules.judge import RuleJudge
from bot.core.rules.rule import Begin, Claim, Opening, Outcome, Primary, Reason, Rule, SupportOffer
from bot.core.rules.verdict import Availability, Verdict
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer


class ClaimWords(Localizer):
    """Says what a verdict rests on."""

    def reasons(
        self, judge: RuleJudge, verdict: Verdict, answers: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Return what the verdict rests on: the answers used, and each claim with its source."""
        if verdict.period is None:
            return ()
        rule = judge.edition(verdict.period)
        lines: list[str] = []
        used = self._used(rule, answers)
        if used:
            lines.append(self.say(rule.card.used, items="; ".join(used)))
        for claim in claims_behind(rule, verdict):
            opened = self._opened(rule, claim)
            if isinstance(claim, Begin):
                lines[-1] += f" {opened}"  # it is of the offer told just before
            else:
                lines.append(opened)
        lines += self.notices(rule, verdict, settled=True)
        step = next_step(rule, verdict)
        if step is not None and step.quote and rule.card.quoted is not None:
            quoted = self.say(rule.card.quoted, quote=step.quote)
            lines.append(f"{self.say(step.text)} {quoted}")
        return tuple(dict.fromkeys(lines))  # two reasons may say the same

    def _used(self, rule: Rule, answers: Mapping[str, str]) -> list[str]:
        """Return the answers used, each with what it is about, in the rule's order."""
        return [
            self.phrase("data_line", question=self.say(fact.label), answer=answers[fact.id])
            for fact in rule.facts
            if fact.id in answers
        ]

    def _opened(self, rule: Rule, claim: Stated) -> str:
        """Return a claim and what it rests on: the source's words, and the source if it is another."""
        parts = [self._stated(rule, claim), self._basis(rule, claim)]
        parts.append(self.other_source(rule, claim.source))
        return " ".join(part for part in parts if part)

    def _stated(self, rule: Rule, claim: Stated) -> str:
        match claim:
            case Opening() | Outcome() | Reason() | Primary():
                return self.say(claim.text)
            case SupportOffer():
                label = self.say(claim.label)
                return f"{label}." if claim.name is None else f"{label}: {self.say(claim.name)}."
            case Begin():
                return self.state(rule, availability(claim, self.today), claim)
            case _:
                assert_never(claim)

    def state(self, rule: Rule, available: Availability, begins: Begin | None) -> str:
        """Return whether something is offered already, in the rule's words, with when it begins."""
        states = rule.card.states
        match available:
            case "yes":
                text: Text | None = states.available
            case "planned":
                text = states.planned
            case "verify":
                text = states.verify
            case _:
                assert_never(available)
        return "" if text is None else self.say(text, year=self._begin(begins))

    def _basis(self, rule: Rule, claim: Claim) -> str:
        if claim.quote and rule.card.quoted is not None:
            return self.say(rule.card.quoted, quote=claim.quote)
        if claim.says is not None and rule.card.told is not None:
            return self.say(rule.card.told, said=self.say(claim.says))
        return ""

    def notices(self, rule: Rule, verdict: Verdict, *, settled: bool) -> list[str]:
        """Return what is said of ambiguities that touch a person: those settled, or those that are not."""
        lines: list[str] = []
        for notice in rule.notices:
            touches = notice.id in verdict.notices and notice.settled == settled
            if touches and notice.text is not None:
                line = self.say(notice.text)
                if notice.source is not None:
                    line = f"{line} {self.source_line(self.library.sources[notice.source])}"
                lines.append(line)
        return lines

    def other_source(self, rule: Rule, name: str | None) -> str:
        """Return the line of a source that is not the rule's, else ""."""
        if name is None or name == rule.source:
            return ""
        return self.source_line(self.library.sources[name])

    def _begin(self, begins: Begin | None) -> str:
        """Return when an offer begins: a year, or a day where the source names one."""
        if begins is None:
            return ""
        if len(begins.on) == len("2024"):
            return begins.on
        return self.day(date.fromisoformat(begins.on))

    def day(self, day: date) -> str:
        """Return a day as it is written in this language."""
        return show_date(day, self.catalogue.language)
