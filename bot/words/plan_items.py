"""Items of a plan in words: what each says, what else there is to it, and where it comes from."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from bot.core.education.course_sets import courses_at
from bot.core.library import Library
from bot.core.plan.items import (
    GapRow,
    PlanDecision,
    PlanEntry,
    PlanGoal,
    PlanItem,
    PlanMap,
    PlanPath,
    PlanPortrait,
    PlanStep,
    Sureness,
)
from bot.core.plan.plan import Plan
from bot.core.plan.verifying import rule_mark
from bot.core.plan.wording import ContentPhrase, OwnWords, Wording
from bot.words.i18n.course_phrases import SUBJECTS
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.translations import Catalogue
from bot.words.plan_view import PlanText
from bot.words.questions import QuestionWords
from bot.words.sheet import SheetMark


class PlanItemWords(Localizer):
    """Says the items of a plan in one language; own words stay in the one they were written in."""

    def __init__(self, library: Library, catalogue: Catalogue, register: str, today: date) -> None:
        super().__init__(library, catalogue, register, today)
        self.language = catalogue.language
        self.questions = QuestionWords(library, catalogue, register, today)

    def wording(self, wording: Wording) -> PlanText:
        """Return what an item says; words of the content that are gone stay as they were noted."""
        if isinstance(wording, OwnWords):
            return PlanText(text=wording.text, language=wording.language)
        said = self._content(wording)
        if said:
            return self.text(said)
        return PlanText(text=wording.noted or wording.id, language="lv")

    def text(self, said: str) -> PlanText:
        """Return a text of this language."""
        return PlanText(text=said, language=self.language)

    def noted(self, phrase: ContentPhrase) -> ContentPhrase:
        """Return words of the content with how they read now, where this says them in Latvian."""
        return phrase.model_copy(update={"noted": self._content(phrase)[:500]})

    def title(self, item: PlanItem) -> PlanText:
        """Return what an item says, in a line."""
        match item:
            case PlanEntry() | PlanGoal():
                return self.wording(item.wording)
            case PlanStep():
                said = self.wording(item.wording)
                if item.activity == "other":
                    return said
                activity = self.phrase(f"plan_step_{item.activity}")
                if said.text.casefold().startswith(activity.split()[0].casefold()):
                    return said  # the words say it themselves: "to talk to the teacher"
                named = self.phrase("plan_step_named", activity=activity, words=said.text)
                return PlanText(text=named, language=said.language)
            case PlanPath():
                card = self.library.paths.get(item.saved.card)
                return self.text(self.say(card.title if card is not None else item.saved.title))
            case GapRow():
                return self.wording(item.asks)
            case PlanDecision():
                return self.text(self._dated("plan_decision", item.on, rule=self.rule(item.rule)))
            case PlanPortrait():
                return self.text(self._dated("plan_portrait", item.on))
            case PlanMap():
                return self.text(self._dated("plan_map_line", item.on))
            case _:
                assert_never(item)

    def details(self, item: PlanItem, plan: Plan) -> tuple[PlanText, ...]:
        """Return what else there is to an item."""
        found: list[PlanText] = []
        match item:
            case PlanStep():
                found += self._of_step(item, plan)
            case PlanGoal():
                day = [self._dated("plan_by", item.by)] if item.by is not None else []
                found += map(self.text, (*day, *self._sureness(item.sure)))
            case PlanEntry():
                found += map(self.text, self._of_entry(item))
            case PlanPath():
                found += map(self.text, self._of_path(item))
            case PlanDecision() if self._is_other_rule(item):
                found.append(self.text(self.phrase("plan_rule_changed")))
            case _:
                pass
        if item.needs_school:
            found.append(self.text(self.phrase("plan_needs_school")))
        return tuple(found)

    def mark(self, item: PlanItem) -> SheetMark | None:
        """Return the shape that tells the state of an item, where it has one."""
        match item:
            case PlanStep(state="done"):
                return "full"
            case PlanStep(state="dropped"):
                return "barred"
            case PlanStep() | PlanGoal():
                return "empty"
            case _:
                return None

    def origin(self, item: PlanItem) -> str:
        """Return where an item comes from, and when it was taken; "" where its own words say both."""
        origin = item.origin
        match item:
            case PlanDecision():
                return ""
            case PlanPortrait() | PlanMap() if item.on == origin.on:
                return ""
            case _:
                pass
        values: dict[str, str] = {}
        match origin.kind:
            case "answer":
                flow, _, step = origin.ref.partition("/")
                values["question"] = self.questions.title(flow, step)
            case "occupation":
                values["occupation"] = self.occupation(origin.ref)
            case "rule":
                values["rule"] = self.rule(origin.ref)
            case _:
                pass
        return self._dated(f"plan_from_{origin.kind}", origin.on, **values)

    def rule(self, name: str) -> str:
        """Return the title of a rule; its id where it is gone."""
        rule = self.library.rules.get(name)
        return self.say(rule.title) if rule is not None else name

    def occupation(self, name: str) -> str:
        """Return what an occupation is called; its id where it is gone."""
        entry = self.library.directory.get(name)
        return entry.named(self.language).label if entry is not None else name

    # --- within

    def _content(self, phrase: ContentPhrase) -> str:
        """Return words of the content as they are now; "" where they are gone."""
        library, id_ = self.library, phrase.id
        match phrase.of:
            case "answer":
                flow = next((flow for flow, step in library.steps if step == id_), "")
                return self.questions.shown(flow, id_, phrase.value) if flow else ""
            case "path":
                return self.say(library.paths[id_].title) if id_ in library.paths else ""
            case "occupation":
                return self.occupation(id_) if id_ in library.directory else ""
            case "family":
                return self.say(library.families[id_].name) if id_ in library.families else ""
            case "support":
                rule = library.rules.get(id_)
                offers = rule.offers if rule is not None else ()
                labels = (one.label for one in offers if one.id == phrase.value)
                return next((self.say(label) for label in labels), "")
            case "date":
                return self.say(library.dates[id_].title) if id_ in library.dates else ""
            case "skill":
                flow = next((flow for flow, step in library.steps if step == id_), "")
                return self.questions.title(flow, id_) if flow else ""
            case "subject":
                subject = self.say(SUBJECTS[id_]) if id_ in SUBJECTS else ""
                return subject[:1].upper() + subject[1:]  # it stands at the head of a line
            case "preparation":
                return self.phrase(f"level_{id_}") if id_ in {"1", "2", "3", "4"} else ""
            case "course":
                school = library.schools.get(phrase.value)
                course = courses_at(library.courses, school).get(id_)
                return self.say(course.name) if course is not None else ""
            case _:
                assert_never(phrase.of)

    def _of_step(self, step: PlanStep, plan: Plan) -> Iterator[PlanText]:
        """Return the day, the state and all else of a step, the nearest first."""
        said: list[str] = []
        if step.state == "done":
            said.append(self._dated("plan_done", step.done_on or plan.made))
        elif step.state == "dropped":
            said.append(self.phrase("plan_dropped"))
        elif step.on is None:
            said.append(self.phrase("plan_no_day"))
        else:
            said.append(self._dated("plan_on", step.on))
            if step.on < self.today:
                said.append(self.phrase("plan_overdue"))
        said += [self._dated("plan_moved", day) for day in step.moved_from[-1:]]
        goal = plan.find(step.goal)
        if isinstance(goal, PlanGoal):
            named = self.wording(goal.wording)
            said_of = self.phrase("plan_for_goal", goal=named.text)
            yield from map(self.text, said)
            yield PlanText(text=said_of, language=named.language)
            said = []
        if step.remind and step.state == "planned":
            said.append(self.phrase("plan_remind"))
        if step.phase is not None:
            said.append(self.phrase(f"plan_phase_{step.phase}"))
        if step.learning is not None:
            said.append(self.phrase(f"plan_learning_{step.learning}"))
        if step.document:
            said.append(self.phrase("plan_document", name=step.document))
        said += self._sureness(step.sure)
        if step.trial is not None:
            said.append(self.phrase(f"plan_trial_{step.trial.as_thought}"))
        yield from map(self.text, said)
        if step.trial is not None and step.trial.surprise is not None:
            surprise = step.trial.surprise
            told = self.phrase("plan_surprise", words=surprise.text)
            yield PlanText(text=told, language=surprise.language)

    def _is_other_rule(self, item: PlanDecision) -> bool:
        """Return whether the rule reads otherwise now than when it was asked, or is gone."""
        rule = self.library.rules.get(item.rule)
        return rule is None or rule_mark(rule) != item.mark

    def _of_entry(self, entry: PlanEntry) -> Iterator[str]:
        if entry.years:
            yield self.phrase("plan_years", years=entry.years)
        if entry.learning is not None:
            yield self.phrase(f"plan_learning_{entry.learning}")
        if entry.document:
            yield self.phrase("plan_document", name=entry.document)

    def _of_path(self, path: PlanPath) -> Iterator[str]:
        card = self.library.paths.get(path.saved.card)
        if card is not None:
            yield self.say(card.in_short)
        if path.saved.changes:
            last = path.saved.changes[-1].on
            key = "plan_path_withdrawn" if path.saved.is_withdrawn else "plan_path_changed"
            yield self._dated(key, last)

    def _sureness(self, sure: tuple[Sureness, ...]) -> Iterator[str]:
        """Return how sure the person was, every value beside those before it."""
        for one in sure:
            key = "plan_sure_after" if one.after else "plan_sure"
            yield self._dated(key, one.on, value=str(one.value))

    def _dated(self, key: str, day: date, **values: str) -> str:
        return self.phrase(key, date=show_date(day, self.language), **values)
