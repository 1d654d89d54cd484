"""What was put into the form of an item, read: the item as it would be, or what is to be mended."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, get_args

from bot.channels.web.requests import Form
from bot.core.base.seen_text import says_something
from bot.core.base.whole_text import whole
from bot.core.dialogue.goal_occupation import SURE_OCCUPATION
from bot.core.library import Library
from bot.core.plan.item_changes import move_step
from bot.core.plan.items import (
    Activity,
    GapRow,
    LearningKind,
    LearningPhase,
    PlanEntry,
    PlanGoal,
    PlanItem,
    PlanPath,
    PlanStep,
    StepState,
    Sureness,
    Trial,
)
from bot.core.plan.plan import Plan
from bot.core.plan.wording import LONGEST_OWN_WORDS, OwnWords, Wording
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer
from bot.words.plan_forms import PlanFormWords

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)  # that a form takes
LONGEST_DOCUMENT, LONGEST_YEARS = 300, 60  # characters, as an item holds them
LONGEST_NAME = 200  # of an occupation that is looked for
MOST_GUESSES = 5
NO_GUESS = "none"
DAY_FORMS = ("%Y-%m-%d", "%d.%m.%Y.", "%d.%m.%Y", "%d/%m/%Y")
LIKE_DAY = re.compile(r"\d{1,4}([./-])\d{1,2}(\1\d{1,4})?\.?")


def sent(form: Form, name: str) -> str:
    """Return what stands in a field, without spaces around it; "" where there is no such field, or nothing that is seen."""
    text = whole(form.get(name, [""])[0]).replace("\r\n", "\n").strip()
    return text if says_something(text) else ""


def read_day(text: str, first: date = FIRST_DAY, last: date = LAST_DAY) -> date | str | None:
    """Return a day, None for no day, or the phrase that says why it is none, to be said with `day_values`."""
    if not text:
        return None
    for form in DAY_FORMS:
        try:
            # a day of the calendar, in no zone
            day = datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        return day if first <= day <= last else "plan_page_problem_between"
    return "not_no_day" if LIKE_DAY.fullmatch(text) else "plan_page_problem_day"


def day_values(words: Localizer, first: date = FIRST_DAY, last: date = LAST_DAY) -> dict[str, str]:
    """Return what is told of the days that a field takes: the first, the last, and an example."""
    shown = (show_date(day, words.catalogue.language) for day in (first, last))
    return dict(zip(("first", "last"), shown, strict=True)) | {"example": words.example_day}


@dataclass
class ItemReading:
    """One form being read.

    problems: the phrase of what is to be mended, by field; limits: of a text that is too long, by field.
    guesses: occupations that may have been meant. others: items that change along.
    """

    library: Library
    words: PlanFormWords
    plan: Plan
    form: Form
    today: date
    may_remind: bool
    problems: dict[str, str] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    guesses: tuple[str, ...] = ()
    others: tuple[PlanItem, ...] = ()

    def read(self, item: PlanItem) -> PlanItem:
        """Return an item as the form has it; only where nothing is to be mended is that of use."""
        changes: dict[str, Any] = {"sensitive": self._ticked("sensitive")}
        match item:
            case PlanEntry():
                changes |= self._entry(item)
            case PlanGoal():
                changes |= self._goal(item)
            case PlanStep():
                return self._step(item, changes)
            case GapRow():
                changes |= self._gap(item)
            case _:
                pass
        return item.model_copy(update=changes)

    # --- kinds

    def _entry(self, item: PlanEntry) -> dict[str, Any]:
        form = self.library.plan_form
        section = sent(self.form, "section")
        if section not in form.sections:
            self.problems["section"] = "plan_page_problem_choice"
            section = item.section
        of_section = form.sections.get(section)
        private = of_section is not None and of_section.sensitive
        of_school = of_section is not None and of_section.needs_school
        moved = section != item.section or not item.id
        return {
            "wording": self._wording(item.wording),
            "section": section,
            "years": self._line("years", LONGEST_YEARS),
            "document": self._line("document", LONGEST_DOCUMENT),
            "learning": self._one_of("learning", get_args(LearningKind)) or None,
            # what comes to stand among private things is guarded, whatever was ticked elsewhere
            "sensitive": self._ticked("sensitive") or (moved and private),
            "needs_school": self._ticked("needs_school") or (moved and of_school),
        }

    def _goal(self, item: PlanGoal) -> dict[str, Any]:
        cards = [path.saved.card for path in self.plan.of_kind(PlanPath)]
        path = self._one_of("path", (*cards, item.path)) if "path" in self.form else item.path
        return {
            "wording": self._wording(item.wording),
            "by": self._day("by"),
            "sure": self._surer(item.sure, ""),
            "occupation": self._occupation(item),
            "path": path,
        }

    def _step(self, item: PlanStep, changes: dict[str, Any]) -> PlanItem:
        day = self._day("on")
        moved = item if day == item.on else move_step(item, day)
        state = self._one_of("state", get_args(StepState)) or item.state
        trial = self._trial(item)
        done_on = self._day("done_on") or item.done_on or self.today
        goals = [goal.id for goal in self.plan.of_kind(PlanGoal)]
        goal = self._one_of("goal", goals) if "goal" in self.form else item.goal
        remind = self._ticked("remind") if self.may_remind else item.remind
        tried = moved.model_copy(
            update={
                **changes,
                "activity": self._one_of("activity", get_args(Activity)) or item.activity,
                "wording": self._wording(item.wording),
                "goal": goal,
                "state": state,
                "remind": remind and day is not None and state == "planned",
                "phase": self._one_of("phase", get_args(LearningPhase)) or None,
                "learning": self._one_of("learning", get_args(LearningKind)) or None,
                "document": self._line("document", LONGEST_DOCUMENT),
                "needs_school": self._ticked("needs_school"),
                "done_on": done_on if state == "done" else None,
                "trial": trial,
            }
        )
        return self._with_sureness(tried)

    def _with_sureness(self, step: PlanStep) -> PlanStep:
        """Return a step; how sure the person is now goes to the goal it serves, or stays with the step."""
        after = step.id if step.trial is not None else ""
        goal = self.plan.find(step.goal)
        if not isinstance(goal, PlanGoal):
            return step.model_copy(update={"sure": self._surer(step.sure, after)})
        surer = self._surer(goal.sure, after)
        if surer != goal.sure:
            self.others = (goal.model_copy(update={"sure": surer}),)
        return step

    def _trial(self, item: PlanStep) -> Trial | None:
        as_thought = self._one_of("as_thought", ("yes", "partly", "no"))
        before = item.trial
        said = self._own("surprise", before.surprise if before is not None else None)
        if not as_thought:
            if said is not None:
                self.problems.setdefault("as_thought", "plan_page_problem_trial")
            return None
        on = before.on if before is not None else self.today
        return Trial.model_validate({"on": on, "as_thought": as_thought, "surprise": said})

    def _gap(self, item: GapRow) -> dict[str, Any]:
        goals = [goal.id for goal in self.plan.of_kind(PlanGoal)]
        goal = self._one_of("goal", goals)
        if not goal:
            self.problems["goal"] = "plan_page_problem_choice"
        entries = {entry.id for entry in self.plan.of_kind(PlanEntry)}
        have = tuple(one for one in self.form.get("have", ()) if one in entries)
        return {
            "asks": self._wording(item.asks),
            "goal": goal or item.goal,
            "have": tuple(dict.fromkeys(have)),
            "show": self._own("show", item.show),
            "get": self._own("get", item.get),
        }

    # --- fields

    def _wording(self, before: Wording) -> Wording:
        """Return what was written; words of the content that were left as they are stay such."""
        written = self._own("words", None)
        shown = self.words.written(before).text
        if written is None:
            self.problems.setdefault("words", "plan_page_problem_words")
            return before
        same = written.text == shown.replace("\r\n", "\n").strip()
        return before if same else written

    def _own(self, name: str, before: OwnWords | None) -> OwnWords | None:
        text = sent(self.form, name)
        if len(text) > LONGEST_OWN_WORDS:
            self._too_long(name, LONGEST_OWN_WORDS)
            text = text[:LONGEST_OWN_WORDS]
        if not text:
            return None
        if before is not None and before.text.strip() == text:
            return before
        return OwnWords.model_validate({"text": text, "language": self.words.language})

    def _line(self, name: str, longest: int) -> str:
        text = " ".join(sent(self.form, name).split())
        if len(text) > longest:
            self._too_long(name, longest)
        return text[:longest]

    def _too_long(self, name: str, longest: int) -> None:
        self.problems[name] = "plan_page_problem_long"
        self.limits[name] = longest

    def _day(self, name: str) -> date | None:
        read = read_day(sent(self.form, name))
        if isinstance(read, str):
            self.problems[name] = read
            return None
        return read

    def _one_of(self, name: str, known: tuple[str, ...] | list[str]) -> str:
        chosen = sent(self.form, name)
        if chosen and chosen not in known:
            self.problems[name] = "plan_page_problem_choice"
            return ""
        return chosen

    def _ticked(self, name: str) -> bool:
        return bool(sent(self.form, name))

    def _surer(self, sure: tuple[Sureness, ...], after: str) -> tuple[Sureness, ...]:
        """Return how sure the person was, with what was chosen now beside it."""
        chosen = self._one_of("sure", ("1", "2", "3", "4", "5"))
        if not chosen:
            return sure
        return (*sure, Sureness(value=int(chosen), on=self.today, after=after))

    def _occupation(self, item: PlanGoal) -> str:
        """Return the occupation that was named; what may have been meant is asked."""
        named = " ".join(sent(self.form, "occupation").split())[:LONGEST_NAME]
        if not named:
            return ""
        if item.occupation and named == self.words.occupation(item.occupation):
            return item.occupation
        language = self.words.language
        found = self.library.find(named, MOST_GUESSES, language)
        ids = tuple(one.entry.id for one in found)
        chosen = sent(self.form, "occupation_id")
        if chosen == NO_GUESS:
            return ""
        if chosen in ids:
            return chosen
        if found and found[0].score >= SURE_OCCUPATION:
            return ids[0]
        if ids:
            self.guesses = ids
            self.problems["occupation_id"] = "plan_page_problem_choice"
        else:
            self.problems["occupation"] = "plan_page_occupation_unknown"
        return ""
