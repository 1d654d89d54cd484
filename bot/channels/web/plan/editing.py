"""Items of a plan changed by forms: added, rewritten, moved, done, taken out, a row made a step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.web.plan.access import PLAN, PlanAccess, SeenPlan
from bot.channels.web.plan.item_forms import ItemReading, day_values, read_day, sent
from bot.channels.web.plan.pages import PlanPages, ShownForm
from bot.channels.web.visits import Visit
from bot.core.dialogue.plan_item_changes import done_step
from bot.core.plan.gaps import asked_rows, new_rows
from bot.core.plan.items import GapRow, Origin, PlanEntry, PlanGoal, PlanItem, PlanStep
from bot.core.plan.orders import MoveStep, PlanOrder, PutItem, RemoveItem, mark_of
from bot.core.plan.rights import may
from bot.core.plan.wording import OwnWords
from bot.words.form_fields import FieldGroup
from bot.words.plan_forms import entry_sections

NEW_KINDS = ("entry", "goal", "step", "gap")
PLACEHOLDER_WORDS = OwnWords.model_construct(text="")  # of a new item, until something is written
OrdersOf = Callable[[PlanItem], tuple[PlanOrder, ...]]


class PlanEditing:
    """What `/plan/item/…` and `/plan/new/…` do."""

    def __init__(self, access: PlanAccess, pages: PlanPages) -> None:
        self._access = access
        self._pages = pages

    # --- new items

    def show_new(self, visit: Visit, seen: SeenPlan) -> Response:
        """Show the empty form of an item. Errors: HTTPException, 404 where there is no such kind."""
        kind = visit.request.path_params["kind"]
        return self._shown(seen, self._form(seen, self._new(visit, seen, kind)))

    def add(self, visit: Visit, seen: SeenPlan) -> Response:
        """Add an item; what is to be mended is shown in the form, with all that was put in."""
        kind = visit.request.path_params["kind"]
        return self._put(visit, seen, self._new(visit, seen, kind))

    def _new(self, visit: Visit, seen: SeenPlan, kind: str) -> PlanItem:
        """Return an item with nothing in it yet; it has no words, so it is no valid one."""
        if kind not in NEW_KINDS:
            raise HTTPException(404)
        asked = visit.request.query_params
        form = self._access.library.plan_form
        origin = Origin(kind="said", on=seen.today)
        if kind == "goal":
            return PlanGoal(origin=origin, wording=PLACEHOLDER_WORDS)
        goals = seen.plan.of_kind(PlanGoal)
        goal = goals[0].id if len(goals) == 1 else ""
        named = next((one.id for one in goals if one.id == asked.get("goal", "")), goal)
        if kind == "step":
            return PlanStep(origin=origin, wording=PLACEHOLDER_WORDS, goal=named)
        if kind == "gap":
            if not goals:
                raise HTTPException(404)
            return GapRow(origin=origin, goal=named or goals[0].id, asks=PLACEHOLDER_WORDS)
        allowed = entry_sections(form, seen.plan.audience)
        section = asked.get("section", "")
        section = section if section in form.sections else allowed[0]
        return PlanEntry(
            origin=origin,
            section=section,
            wording=PLACEHOLDER_WORDS,
            sensitive=form.sections[section].sensitive,
            needs_school=form.sections[section].needs_school,
        )

    # --- items that are there

    def show_item(self, visit: Visit, seen: SeenPlan) -> Response:
        """Show the form of an item, with what can be done to it."""
        item = seen.plan.find(visit.request.path_params["id"])
        if item is None:
            return self._gone(seen)
        return self._shown(seen, self._form(seen, item))

    def save(self, visit: Visit, seen: SeenPlan) -> Response:
        """Change an item. One that was taken out meanwhile can be added anew from what was put in."""
        item = seen.plan.find(visit.request.path_params["id"])
        if item is None:
            kind = sent(visit.form, "kind")
            if kind not in NEW_KINDS:
                return self._gone(seen)
            new = self._new(visit, seen, kind)
            problem = seen.words.phrase("plan_page_gone")
            return self._shown(seen, self._sent_form(visit, seen, new, problem), 409)
        return self._put(visit, seen, item)

    def remove(self, visit: Visit, seen: SeenPlan) -> Response:
        """Take an item out, unless it was changed since it was looked at."""
        return self._deed(visit, seen, lambda item: (RemoveItem(id=item.id),))

    def mark_done(self, visit: Visit, seen: SeenPlan) -> Response:
        """Mark a step as done today."""
        return self._deed(visit, seen, lambda item: _done(item, seen.today), f"{PLAN}/item/{{id}}")

    def move(self, visit: Visit, seen: SeenPlan) -> Response:
        """Plan a step for another day."""
        day = read_day(sent(visit.form, "to"))
        item = seen.plan.find(visit.request.path_params["id"])
        if isinstance(day, str) and item is not None:
            form = replace(self._form(seen, item), to=sent(visit.form, "to"))
            problem = seen.words.phrase(day, **day_values(seen.words))
            return self._shown(seen, form, 422, problem)
        return self._deed(visit, seen, lambda item: (MoveStep(id=item.id, on=_day(day)),))

    def ask_of_goal(self, visit: Visit, seen: SeenPlan) -> Response:
        """Put what the occupation of a goal asks into its table."""
        return self._deed(visit, seen, lambda item: self._asked(seen, item), f"{PLAN}#gaps")

    def row_to_step(self, visit: Visit, seen: SeenPlan) -> Response:
        """Make a step of a row; the row names it once it has its id."""
        row = seen.plan.find(visit.request.path_params["id"])
        if not isinstance(row, GapRow):
            return self._gone(seen)
        if problem := self._moved_on(visit, seen, row):
            return self._shown(seen, self._form(seen, row, problem), 409)
        step = PlanStep(
            origin=Origin(kind="gap", ref=row.id, on=seen.today),
            wording=row.get or row.asks,
            goal=row.goal,
        )
        held = {one.id for one in seen.plan.shown}
        if refused := self._access.give(visit, seen, PutItem(item=step)):
            problem = seen.words.phrase(f"plan_not_{refused}")
            return self._shown(seen, self._form(seen, row, problem), 409)
        now = self._access.seen(visit)
        made = [
            one
            for one in (now.plan.of_kind(PlanStep) if now is not None else ())
            if one.id not in held and one.origin == step.origin
        ]
        if now is not None and made:
            named = PutItem(item=row.model_copy(update={"step": made[-1].id}), seen=mark_of(row))
            self._access.give(visit, now, named, part="/named")
            return self._access.answered(f"{PLAN}/item/{made[-1].id}")
        return self._access.answered()

    # --- within

    def _put(self, visit: Visit, seen: SeenPlan, item: PlanItem) -> Response:
        """Keep an item as the form has it, or show the form again."""
        if not may("person", "edit", item):
            problem = seen.words.phrase("plan_not_not_yours")
            return self._shown(seen, self._form(seen, item, problem), 403)
        reading = self._reading(visit, seen)
        read = reading.read(item)
        if reading.problems:
            return self._shown(seen, self._mended(visit, seen, item, reading), 422)
        if item.id and read == item and not reading.others:  # also where it was sent twice
            return self._access.answered(f"{PLAN}#{item.id}")
        if problem := self._moved_on(visit, seen, item):
            form = self._sent_form(visit, seen, item, problem)
            return self._shown(seen, form, 409)
        put = PutItem(item=read, seen=sent(visit.form, "seen"))
        others = (PutItem(item=one, seen=self._mark(seen, one)) for one in reading.others)
        if refused := self._access.give(visit, seen, put, *others):
            now = self._access.seen(visit) or seen
            there = now.plan.find(item.id) or item
            problem = seen.words.phrase(f"plan_not_{refused}")
            return self._shown(now, self._sent_form(visit, now, there, problem), 409)
        return self._access.answered(f"{PLAN}#{item.id}" if item.id else PLAN)

    def _deed(
        self,
        visit: Visit,
        seen: SeenPlan,
        orders: OrdersOf,
        place: str = PLAN,
    ) -> Response:
        """Do one thing to an item, unless it was changed since it was looked at."""
        item = seen.plan.find(visit.request.path_params["id"])
        if item is None:
            return self._gone(seen)
        problem = self._moved_on(visit, seen, item)
        if not problem and (refused := self._access.give(visit, seen, *orders(item))):
            problem = seen.words.phrase(f"plan_not_{refused}")
        if problem:
            now = self._access.seen(visit) or seen
            there = now.plan.find(item.id)
            if there is None:
                return self._gone(now)
            form = replace(self._form(now, there, problem), to=sent(visit.form, "to"))
            return self._shown(now, form, 409)
        return self._access.answered(place.format(id=item.id))

    def _moved_on(self, visit: Visit, seen: SeenPlan, item: PlanItem) -> str:
        """Return what is said where the form was made of something else than there is now."""
        if "trying" in visit.form and sent(visit.form, "trying") != _mode(seen):
            return seen.words.phrase("plan_page_other_mode")
        mark = sent(visit.form, "seen")
        if item.id and mark and mark != mark_of(item):
            return seen.words.phrase("plan_not_stale")
        return ""

    def _mark(self, seen: SeenPlan, item: PlanItem) -> str:
        before = seen.plan.find(item.id)
        return mark_of(before) if before is not None else ""

    def _asked(self, seen: SeenPlan, item: PlanItem) -> tuple[PlanOrder, ...]:
        library = self._access.library
        if not isinstance(item, PlanGoal) or item.occupation not in library.occupations:
            return ()
        origin = Origin(kind="occupation", ref=item.occupation, on=seen.today)
        asked = asked_rows(item, library.occupations[item.occupation], origin)
        return tuple(PutItem(item=row) for row in new_rows(seen.plan, asked))

    def _reading(self, visit: Visit, seen: SeenPlan) -> ItemReading:
        return ItemReading(
            library=self._access.library,
            words=seen.forms,
            plan=seen.plan,
            form=visit.form,
            today=seen.today,
            may_remind=seen.reachable,
        )

    # --- forms

    def _groups(self, seen: SeenPlan, item: PlanItem) -> tuple[FieldGroup, ...]:
        remind = seen.reachable
        return seen.forms.form(item, seen.plan, may_remind=remind)

    def _form(self, seen: SeenPlan, item: PlanItem, problem: str = "") -> ShownForm:
        """Return the form of an item as it stands."""
        address = f"{PLAN}/item/{item.id}" if item.id else _address_of_new(item)
        key = f"plan_page_of_{item.kind}" if item.id else f"plan_page_new_{item.kind}"
        groups = self._groups(seen, item)
        title, mark = seen.words.phrase(key), mark_of(item) if item.id else ""
        return ShownForm(address, title, groups, mark, problem, item=item)

    def _sent_form(self, visit: Visit, seen: SeenPlan, item: PlanItem, problem: str) -> ShownForm:
        """Return the form with what was put in, beside what stands in the plan now."""
        shown = self._form(seen, item, problem)
        groups = tuple(group.sent(visit.form, {}) for group in shown.groups)
        now: tuple[str, ...] = ()
        if item.id:
            line = seen.words.line(item, seen.plan)
            now = (line.text.text, *(detail.text for detail in line.details))
        return replace(shown, groups=groups, now=now)

    def _mended(
        self, visit: Visit, seen: SeenPlan, item: PlanItem, reading: ItemReading
    ) -> ShownForm:
        """Return the form with what was put in, and what of it is to be mended."""
        shown = self._form(seen, item, seen.words.phrase("plan_page_unread"))
        days = day_values(seen.words)
        problems = {
            name: seen.words.phrase(key, limit=str(reading.limits.get(name, "")), **days)
            for name, key in reading.problems.items()
        }
        groups: Sequence[FieldGroup] = shown.groups
        if reading.guesses:
            question = seen.forms.occupations(reading.guesses)
            first = groups[0].model_copy(update={"fields": (*groups[0].fields, question)})
            groups = (first, *groups[1:])
        sent_back = tuple(group.sent(visit.form, problems) for group in groups)
        # the mark it was looked at with stays, so that a change of another tab is still noticed
        return replace(shown, groups=sent_back, mark=sent(visit.form, "seen"))

    def _shown(
        self,
        seen: SeenPlan,
        form: ShownForm,
        status: int = 200,
        move_problem: str = "",
    ) -> Response:
        """Return the page of an item. move_problem: what is wrong with another day that was put in."""
        item = form.item
        library = self._access.library
        asks = ""
        if isinstance(item, PlanGoal) and item.id and item.occupation in library.occupations:
            asks = seen.words.occupation(item.occupation)
        line = seen.words.line(item, seen.plan) if item is not None and item.id else None
        return self._pages.own(
            "plan_item.html",
            seen,
            status,
            form=form,
            line=line,
            asks=asks,
            mode=_mode(seen),
            may_remind=seen.reachable,
            move_problem=move_problem,
        )

    def _gone(self, seen: SeenPlan) -> Response:
        """Say that an item is not there any more, and lead to what is."""
        return self._pages.own("plan_said.html", seen, 404, text=seen.words.phrase("plan_not_gone"))


def _mode(seen: SeenPlan) -> str:
    """Return what a form works on: the plan, or the copy."""
    return "copy" if seen.trying else "plan"


def _day(read: date | str | None) -> date | None:
    return read if isinstance(read, date) else None


def _done(item: PlanItem, today: date) -> tuple[PlanOrder, ...]:
    return (PutItem(item=done_step(item, today)),) if isinstance(item, PlanStep) else ()


def _address_of_new(item: PlanItem) -> str:
    match item:
        case PlanEntry():
            return f"{PLAN}/new/entry?section={item.section}"
        case GapRow() | PlanStep():
            return f"{PLAN}/new/{item.kind}?goal={item.goal}"
        case _:
            return f"{PLAN}/new/{item.kind}"
