"""The parts of a plan as sheets of a conversation, short: their things by number, each with its button."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from bot.core.dialogue.plan_events import PlanShown
from bot.core.plan.differences import differences
from bot.core.plan.items import GapRow, PlanGoal, PlanItem, PlanStep
from bot.core.plan.orders import mark_of
from bot.core.plan.outline import documented, done_steps
from bot.core.plan.plan import Plan
from bot.words.messages import Button
from bot.words.plan_bringing import told_before
from bot.words.plan_differences import PlanDifferenceWords
from bot.words.plan_view import GapLine, GapTable, PlanView
from bot.words.sheet import Sheet, SheetLine, SheetSection

PLAN_PAGE = "/plan"  # on the web chat
LONGEST_BUTTON = 60  # characters of a label
LONGEST_LINE = 300  # characters of one thing, which the page shows whole
MOST_DIFFERENCES = 20  # that a file makes, told in a message
MOST_TAKEN_AT_ONCE = 2  # offers from which all can be taken by one button
ORIGINS_UNSAID = frozenset({"said", "gap"})  # in short: where else it could come from
EVERY_OFFER = "@plan:take:all"


class PlanSheets:
    """Makes the sheet of one event."""

    def __init__(self, words: PlanDifferenceWords, event: PlanShown, plan: Plan) -> None:
        self.words = words
        self.event = event
        self.plan = plan
        self.by_number = {key: number for number, key in enumerate(event.keys, 1)}

    def sheet(self) -> Sheet:
        """Return the part of the plan that is shown, with where all of it stands."""
        page = {"page": PLAN_PAGE, "page_label": self.words.phrase("plan_page_to")}
        return self._shown().model_copy(update=page)

    def _shown(self) -> Sheet:
        plan = self.plan
        match self.event.part:
            case "whole":
                return self._whole()
            case "items":
                return self._part("plan_items", self._named(self._found(self.event.keys)))
            case "offers":
                return self._part("plan_offers", self._offered())
            case "steps" | "overdue":
                steps = self._found(self.event.keys)
                return self._part(f"plan_{self.event.part}", self._detailed(steps))
            case "goals":
                return self._part("plan_goals", self._detailed(plan.of_kind(PlanGoal)))
            case "gaps":
                return self._gaps(self.words.view(plan))
            case "portfolio":
                return self._part("plan_portfolio", self._portfolio())
            case "proposals":
                return self._part("plan_proposals", self._proposals())
            case "what_if":
                return self._part("plan_what_if", self._what_if())
            case "brought":
                return self._brought()
            case _:
                assert_never(self.event.part)

    def buttons(self, sheet: Sheet) -> tuple[Button, ...]:
        """Return the buttons of a sheet: one for each thing that can be chosen, and all that is offered at once."""
        lines = [line for section in sheet.sections for line in section.lines if line.pick]
        buttons = [Button(pick=line.pick, label=cut(line.label, LONGEST_BUTTON)) for line in lines]
        if self.event.part == "offers" and len(lines) >= MOST_TAKEN_AT_ONCE:
            buttons.append(Button(pick=EVERY_OFFER, label=self.words.phrase("plan_take_all")))
        return tuple(buttons)

    # --- within

    def _whole(self) -> Sheet:
        """Return all of the plan; of the sections in which nothing stands, one line."""
        words, view = self.words, self.words.view(self.plan)
        sections = tuple(
            SheetSection(
                title=section.title,
                lines=tuple(
                    SheetLine(
                        label=cut(f"{self.by_number.get(line.id, line.number)}. {line.text.text}"),
                        text=" · ".join(cut(detail.text) for detail in line.details),
                        change=self._origin(line.id),
                        mark=line.mark,
                    )
                    for line in section.lines
                ),
            )
            for section in view.sections
            if section.lines
        )
        empty = [section.title for section in view.sections if not section.lines]
        notes: list[str] = []
        if empty:
            notes.append(words.phrase("plan_empty_sections", sections=", ".join(empty)))
        if self.event.offers:
            notes.append(words.phrase("plan_has_offers", count=str(len(self.event.offers))))
        if self.plan.proposals:
            notes.append(words.phrase("plan_has_proposals", count=str(len(self.plan.proposals))))
        notes += view.closing if view.decisions else ()
        lead = (view.state, view.about)
        return Sheet(title=view.title, lead=lead, sections=sections, notes=tuple(notes))

    def _origin(self, id_: str) -> str:
        """Return where an item comes from; "" where the person has written it here."""
        item = self.plan.find(id_)
        if item is None or item.origin.kind in ORIGINS_UNSAID:
            return ""
        return self.words.origin(item)

    def _found(self, keys: Iterable[str]) -> Iterator[PlanItem]:
        """Return the items of keys that are there still."""
        found = (self.plan.find(key) for key in keys)
        return (item for item in found if item is not None)

    def _part(self, key: str, lines: Iterable[SheetLine]) -> Sheet:
        """Return a part of the plan under its title; where there is nothing, that it is so."""
        words, shown = self.words, tuple(lines)
        title = words.phrase(key)
        if not shown:
            return Sheet(title=title, lead=(words.phrase(f"{key}_none"),))
        return Sheet(title=title, sections=(SheetSection(title="", lines=shown),))

    def _line(self, item: PlanItem, *, detailed: bool) -> SheetLine:
        """Return an item by its number, which can be pressed."""
        words = self.words
        details = words.details(item, self.plan) if detailed else ()
        return SheetLine(
            label=cut(f"{self.by_number[item.id]}. {words.title(item).text}"),
            text=" · ".join(cut(one.text) for one in details),
            mark=words.mark(item),
            pick=f"@plan:this:{item.id}",
        )

    def _named(self, items: Iterable[PlanItem]) -> Iterator[SheetLine]:
        return (self._line(item, detailed=False) for item in items)

    def _detailed(self, items: Iterable[PlanItem]) -> Iterator[SheetLine]:
        return (self._line(item, detailed=True) for item in items if item.id in self.by_number)

    def _offered(self) -> Iterator[SheetLine]:
        by_key = {mark_of(item): item for item in self.event.offers}
        for key, number in self.by_number.items():
            if key not in by_key:
                continue  # it is in the plan by now
            item = by_key[key]
            label = cut(f"{number}. {self.words.title(item).text}")
            pick = f"@plan:take:{key}"
            yield SheetLine(label=label, text=self.words.origin(item), pick=pick)

    def _gaps(self, view: PlanView) -> Sheet:
        rows = {row.id for row in self.plan.of_kind(GapRow) if row.id in self.by_number}
        sections = tuple(
            SheetSection(
                title=table.caption,
                lines=tuple(
                    SheetLine(
                        label=f"{self.by_number[row.id]}. {row.cells[0].text.rstrip('.')}",
                        text=self._cells(table, row),
                        mark=row.mark,
                        pick=f"@plan:this:{row.id}",
                    )
                    for row in table.rows
                    if row.id in rows
                ),
            )
            for table in view.gaps
            if any(row.id in rows for row in table.rows)
        )
        lead = () if sections else (self.words.phrase("plan_gaps_none"),)
        return Sheet(title=self.words.phrase("plan_gaps"), lead=lead, sections=sections)

    def _cells(self, table: GapTable, row: GapLine) -> str:
        """Return what is known of a row; that nothing is, where it is so."""
        nothing = self.words.phrase("plan_gap_nothing")
        known = [
            f"{column}: {cut(cell.text)}"
            for column, cell in zip(table.columns[1:], row.cells[1:], strict=True)
            if cell.text != nothing
        ]
        return " · ".join(known) or nothing

    def _portfolio(self) -> Iterator[SheetLine]:
        """Return what is done and learned, with the papers that show it."""
        items: tuple[PlanItem, ...] = (*done_steps(self.plan), *documented(self.plan))
        for item in items:
            details = (one.text for one in self.words.details(item, self.plan))
            mark = "full" if isinstance(item, PlanStep) else None
            label = cut(self.words.title(item).text)
            yield SheetLine(label=label, text=" · ".join(map(cut, details)), mark=mark)

    def _proposals(self) -> Iterator[SheetLine]:
        by_id = {one.id: one for one in self.plan.proposals}
        for key, number in self.by_number.items():
            one = by_id.get(key)
            item = None if one is None else one.item or self.plan.find(one.target)
            if one is None or item is None:
                continue
            words = self.words
            kind = "remove" if one.item is None else "put"
            said = words.phrase(f"plan_propose_{kind}", item=words.short_title(item))
            who = words.phrase(f"plan_by_{one.by.role}", name=one.by.name)
            yield SheetLine(
                label=f"{number}. {said}", text=who, change=one.note, pick=f"@plan:this:{key}"
            )

    def _brought(self) -> Sheet:
        """Return what a file would change, the first things where they are many, and what else comes of it or does not."""
        words, brought = self.words, self.event.brought
        if brought is None:
            return Sheet(title=words.phrase("plan_brought"))
        order = brought.order
        different = differences(self.plan.items, order.plan.items)
        lines = [SheetLine(label=line) for line in words.differences_told(different)]
        more = len(lines) - MOST_DIFFERENCES
        if more > 0:
            told = words.phrase("plan_brought_more", count=str(more))
            lines[MOST_DIFFERENCES:] = [SheetLine(label=told)]
        key = "plan_brought_lead" if lines else "plan_not_same"
        sections = (SheetSection(title="", lines=tuple(lines)),) if lines else ()
        notes = told_before(words, self.plan, order, masked=brought.masked)
        return Sheet(
            title=words.phrase("plan_brought"),
            lead=(words.phrase(key),),
            sections=sections,
            notes=notes if lines or order.history.versions else (),
        )

    def _what_if(self) -> Iterator[SheetLine]:
        if self.plan.what_if is None:
            return
        different = differences(self.plan.items, self.plan.what_if)
        yield from (SheetLine(label=line) for line in self.words.differences_told(different))


def cut(text: str, longest: int = LONGEST_LINE) -> str:
    """Return a text, with "…" in place of what is too long for a line of a conversation."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
