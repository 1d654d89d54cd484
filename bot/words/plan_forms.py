"""The forms of a plan's items: what can be changed in each kind, with what stands there now."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import get_args

from bot.core.plan.form import PlanForm
from bot.core.plan.gaps import items_that_can_answer
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
)
from bot.core.plan.plan import Audience, Plan
from bot.core.plan.wording import OwnWords, Wording
from bot.words.form_fields import TICKED, FieldChoice, FieldGroup, FormField
from bot.words.plan_items import PlanItemWords
from bot.words.plan_view import PlanText

SURE_STEPS = 5


def entry_sections(form: PlanForm, audience: Audience) -> tuple[str, ...]:
    """Return the sections where an entry may stand: those for entries, and those where some come in."""
    named = [one.to.get(audience) for one in form.offered]
    named += [to.get(audience) for to in form.found.values()]
    return tuple(
        id_
        for id_, section in form.of(audience).items()
        if section.holds in {"entries", "paths"} or id_ in named
    )


class PlanFormWords(PlanItemWords):
    """Says the forms of items."""

    def form(
        self, item: PlanItem, plan: Plan, *, may_remind: bool = False
    ) -> tuple[FieldGroup, ...]:
        """Return the fields of an item; an item that only comes from the conversation has hardly any.

        may_remind: the conversation is kept until a day comes.
        """
        match item:
            case PlanEntry():
                return self._entry(item, plan)
            case PlanGoal():
                return self._goal(item, plan)
            case PlanStep():
                return self._step(item, plan, may_remind=may_remind)
            case GapRow():
                return self._gap(item, plan)
            case _:
                return (FieldGroup(title="", fields=(self._sensitive(item),)),)

    def occupations(self, ids: Iterable[str]) -> FormField:
        """Return the question which of some occupations was meant."""
        choices = [FieldChoice(value=id_, label=self.occupation(id_)) for id_ in ids]
        choices.append(FieldChoice(value="none", label=self.phrase("plan_page_occupation_none")))
        return FormField(
            name="occupation_id",
            kind="radio",
            label=self.phrase("plan_page_occupation_which"),
            choices=tuple(choices),
        )

    def written(self, wording: Wording | OwnWords | None) -> PlanText:
        """Return what stands in a field of own words."""
        return self.text("") if wording is None else self.wording(wording)

    # --- kinds

    def _entry(self, item: PlanEntry, plan: Plan) -> tuple[FieldGroup, ...]:
        form = self.library.plan_form
        ids = dict.fromkeys((*entry_sections(form, plan.audience), item.section))
        named = [(id_, self.say(form.sections[id_].title)) for id_ in ids if id_ in form.sections]
        more = (
            self._line("years", item.years, "years"),
            self._learning(item.learning),
            self._line("document", item.document, "document"),
            self._needs_school(item),
            self._sensitive(item),
        )
        words = self._words(item.wording, "plan_page_words")
        if item.section in form.sections:
            words = words.model_copy(update={"hint": self.say(form.sections[item.section].hint)})
        return (
            FieldGroup(title="", fields=(words, self._select("section", named, item.section))),
            self._folded(more),
        )

    def _goal(self, item: PlanGoal, plan: Plan) -> tuple[FieldGroup, ...]:
        occupation = self._line(
            "occupation",
            self.occupation(item.occupation) if item.occupation else "",
            "occupation",
        )
        main = [
            self._words(item.wording, "plan_page_words_goal", "plan_page_words_goal_how"),
            self._day("by", item.by),
            self._sure(item.sure, "plan_page_sure"),
            occupation,
        ]
        paths = [
            (path.saved.card, self.title(path).text)
            for path in plan.of_kind(PlanPath)
            if path.saved.card
        ]
        if paths:
            main.append(self._select("path", [self._none(), *paths], item.path))
        return (
            FieldGroup(title="", fields=tuple(main)),
            self._folded((self._sensitive(item),)),
        )

    def _step(self, item: PlanStep, plan: Plan, *, may_remind: bool) -> tuple[FieldGroup, ...]:
        activities = [
            (one, self.phrase("plan_page_step_other" if one == "other" else f"plan_step_{one}"))
            for one in get_args(Activity)
        ]
        states = [(one, self.phrase(f"plan_page_state_{one}")) for one in get_args(StepState)]
        phases = [(one, self.phrase(f"plan_phase_{one}")) for one in get_args(LearningPhase)]
        goals = [(goal.id, self.title(goal).text) for goal in plan.of_kind(PlanGoal)]
        main = [
            self._select("activity", activities, item.activity),
            self._words(item.wording, "plan_page_words_step", "plan_page_words_step_how"),
            self._day("on", item.on),
        ]
        if may_remind:
            main.append(self._tick("remind", "plan_page_remind", ticked=item.remind))
        if goals:
            none = ("", self.phrase("plan_page_goal_none"))
            main.append(self._select("goal", [none, *goals], item.goal))
        main.append(self._radio("state", states, item.state))
        more = (
            self._select("phase", [self._none(), *phases], item.phase or ""),
            self._learning(item.learning),
            self._line("document", item.document, "document"),
            self._needs_school(item),
            self._sensitive(item),
        )
        trial = FieldGroup(
            title=self.phrase("plan_page_trial"),
            fields=tuple(self._trial(item, plan)),
            folded=item.state != "done" or item.trial is not None,
        )
        return (FieldGroup(title="", fields=tuple(main)), trial, self._folded(more))

    def _trial(self, item: PlanStep, plan: Plan) -> Iterator[FormField]:
        """Return the three questions after a try, after the day it was done."""
        trial = item.trial
        yield self._day("done_on", item.done_on)
        answers = [("", self.phrase("plan_page_trial_none"))]
        answers += [(one, self.phrase(f"plan_page_trial_{one}")) for one in ("yes", "partly", "no")]
        yield self._radio("as_thought", answers, trial.as_thought if trial is not None else "")
        said = self.written(trial.surprise if trial is not None else None)
        yield self._long("surprise", said)
        goal = plan.find(item.goal)
        if isinstance(goal, PlanGoal):
            yield self._sure(goal.sure, "plan_page_sure_goal")
        else:
            yield self._sure(item.sure, "plan_page_sure")

    def _gap(self, item: GapRow, plan: Plan) -> tuple[FieldGroup, ...]:
        goals = [(goal.id, self.title(goal).text) for goal in plan.of_kind(PlanGoal)]
        able = items_that_can_answer(plan)
        have = FormField(
            name="have",
            kind="ticks",
            label=self.phrase("plan_page_have"),
            hint=self.phrase("plan_page_have_how"),
            choices=tuple(self._named(one, chosen=one.id in item.have) for one in able),
        )
        fields = [
            self._words(item.asks, "plan_page_asks"),
            self._select("goal", goals, item.goal),
            *((have,) if able else ()),
            self._long("show", self.written(item.show)),
            self._long("get", self.written(item.get)),
        ]
        return (FieldGroup(title="", fields=tuple(fields)), self._folded((self._sensitive(item),)))

    # --- fields

    def _words(self, wording: Wording, label: str, hint: str = "") -> FormField:
        said = self.written(wording)
        return FormField(
            name="words",
            kind="long",
            label=self.phrase(label),
            hint=self.phrase(hint) if hint else "",
            value=said.text,
            language=said.language,
            needed=True,
        )

    def _long(self, name: str, said: PlanText) -> FormField:
        label = self.phrase(f"plan_page_{name}")
        return FormField(
            name=name, kind="long", label=label, value=said.text, language=said.language
        )

    def _line(self, name: str, value: str, label: str) -> FormField:
        hint = self.phrase(f"plan_page_{label}_how")
        named = self.phrase(f"plan_page_{label}")
        return FormField(name=name, kind="line", label=named, hint=hint, value=value)

    def _day(self, name: str, day: date | None) -> FormField:
        hint = self.phrase("plan_page_day_how") if name != "done_on" else ""
        value = "" if day is None else day.isoformat()
        label = self.phrase(f"plan_page_{name}")
        return FormField(name=name, kind="day", label=label, hint=hint, value=value)

    def _select(self, name: str, named: Sequence[tuple[str, str]], chosen: str) -> FormField:
        label = self.phrase(f"plan_page_{name}")
        return FormField(name=name, kind="select", label=label, choices=_choices(named, chosen))

    def _radio(self, name: str, named: Sequence[tuple[str, str]], chosen: str) -> FormField:
        label = self.phrase(f"plan_page_{name}")
        return FormField(name=name, kind="radio", label=label, choices=_choices(named, chosen))

    def _sure(self, sure: tuple[Sureness, ...], label: str) -> FormField:
        """Return the question how sure it is now; what was said before stays as it is."""
        steps = [str(step) for step in range(1, SURE_STEPS + 1)]
        named = [("", self.phrase("plan_page_sure_same"))] if sure else [self._none()]
        named += [(step, self.phrase(f"plan_page_sure_{step}")) for step in steps]
        hint = [*self._sureness(sure), self.phrase("plan_page_sure_how")] if sure else []
        return FormField(
            name="sure",
            kind="radio",
            label=self.phrase(label),
            hint=" · ".join(hint),
            choices=_choices(named, ""),
        )

    def _learning(self, kind: LearningKind | None) -> FormField:
        kinds = [(one, self.phrase(f"plan_learning_{one}")) for one in get_args(LearningKind)]
        return self._select("learning", [self._none(), *kinds], kind or "")

    def _tick(self, name: str, label: str, *, ticked: bool) -> FormField:
        value = TICKED if ticked else ""
        return FormField(name=name, kind="tick", label=self.phrase(label), value=value)

    def _sensitive(self, item: PlanItem) -> FormField:
        return self._tick("sensitive", "plan_page_sensitive", ticked=item.sensitive)

    def _needs_school(self, item: PlanItem) -> FormField:
        return self._tick("needs_school", "plan_page_needs_school", ticked=item.needs_school)

    def _named(self, item: PlanItem, *, chosen: bool) -> FieldChoice:
        said = self.title(item)
        return FieldChoice(value=item.id, label=said.text, language=said.language, chosen=chosen)

    def _none(self) -> tuple[str, str]:
        return ("", self.phrase("plan_page_none"))

    def _folded(self, fields: tuple[FormField, ...]) -> FieldGroup:
        """Return what is seldom needed: folded, unless something stands in it."""
        title = self.phrase("plan_page_more")
        return FieldGroup(title=title, fields=fields, folded=not any(map(_is_filled, fields)))


def _choices(named: Sequence[tuple[str, str]], chosen: str) -> tuple[FieldChoice, ...]:
    return tuple(
        FieldChoice(value=value, label=label, chosen=value == chosen) for value, label in named
    )


def _is_filled(field: FormField) -> bool:
    chosen = any(choice.chosen and choice.value for choice in field.choices)
    return bool(field.value) or chosen
