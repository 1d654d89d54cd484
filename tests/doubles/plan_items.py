"""Items of plans made by hand."""

from datetime import date

from bot.core.plan.items import Origin, PlanEntry, PlanGoal, PlanStep
from bot.core.plan.wording import OwnWords, Wording

DAY = date(2026, 11, 23)
SAID = Origin(kind="said", on=DAY)


def own(text: str, language: str = "lv") -> OwnWords:
    return OwnWords.model_validate({"text": text, "language": language})


def entry(section: str, words: Wording | str, **more: object) -> PlanEntry:
    given = {"origin": SAID, "section": section, "wording": _wording(words), **more}
    return PlanEntry.model_validate(given)


def goal(words: Wording | str, by: date | None = None, **more: object) -> PlanGoal:
    given = {"origin": SAID, "wording": _wording(words), "by": by, **more}
    return PlanGoal.model_validate(given)


def step(words: Wording | str, on: date | None = None, **more: object) -> PlanStep:
    given = {"origin": SAID, "wording": _wording(words), "on": on, **more}
    return PlanStep.model_validate(given)


def _wording(words: Wording | str) -> Wording:
    return own(words) if isinstance(words, str) else words
