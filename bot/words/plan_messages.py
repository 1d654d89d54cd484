"""The plan in a conversation: shown as a sheet, changed, not changed, due."""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from bot.core.dialogue.plan_events import (
    PlanChanged,
    PlanDueTold,
    PlanEvent,
    PlanNotChanged,
    PlanShown,
)
from bot.core.dialogue.requests import PlanFileResponse
from bot.core.plan.differences import ItemDifference, differences
from bot.core.plan.items import PlanItem
from bot.core.plan.outline import documented, done_steps, numbered_steps
from bot.core.plan.plan import Plan
from bot.core.plan.watching import Touched
from bot.words.messages import AttachedFile, Message
from bot.words.plan_words import PlanWords
from bot.words.sheet import Sheet, SheetLine, SheetSection


class FileForm(NamedTuple):
    """A kind of file. address: on the web chat."""

    name: str
    media: str
    address: str


FILES = {
    "plan_pdf": FileForm("plans.pdf", "application/pdf", "/plan.pdf"),
    "plan_calendar": FileForm("plans.ics", "text/calendar", "/plan.ics"),
}


class PlanMessageWords(PlanWords):
    """Says what happens with a plan."""

    def render(self, event: PlanEvent) -> list[Message]:
        """Return the messages of one event."""
        match event:
            case PlanShown():
                return [self._shown(event)]
            case PlanChanged():
                return [self._changed(event)]
            case PlanNotChanged():
                return [Message(kind="note", text=self.phrase(f"plan_not_{event.reason}"))]
            case PlanDueTold():
                return [self._due(event)]
            case _:
                assert_never(event)

    def difference(self, one: ItemDifference) -> str:
        """Return one difference in a line."""
        item = one.after or one.before
        assert item is not None
        title = self.title(item).text
        if one.what != "changed" or one.before is None or one.after is None:
            return self.phrase(f"plan_{one.what}", item=title)
        if "wording" in one.fields:
            before = self.title(one.before).text
            return self.phrase("plan_reworded", before=before, item=title)
        fields = ", ".join(self.phrase(f"plan_field_{name}") for name in one.fields)
        return self.phrase("plan_changed_in", item=title, fields=fields)

    def file(self, response: PlanFileResponse) -> Message:
        """Return the plan as a file, or why there is none."""
        of = FILES[response.kind]
        text = self.phrase(f"plan_file_{response.state}")
        if response.state not in {"given", "on_page"}:
            return Message(kind="note", text=text)
        document = AttachedFile(
            id="plan",
            name=of.name,
            media=of.media,
            content=response.content,
            label=self.phrase(f"{response.kind}_label"),
            encoded=True,
            address=of.address,
        )
        return Message(kind="note", text=text, document=document)

    # --- within

    def _shown(self, event: PlanShown) -> Message:
        """Return the plan, or the part of it that was asked for, as a sheet."""
        plan, place = event.plan, {"flow": event.flow, "step": event.step}
        if plan is None:
            return Message(kind="say", text=self.phrase("plan_none"), **place)
        match event.part:
            case "whole":
                sheet = self._whole(plan, event)
            case "offers":
                lines = tuple(self._offered(event))
                sheet = self._part("plan_offers", lines)
            case "steps":
                sheet = self._part("plan_steps", tuple(self._steps(plan)))
            case "gaps":
                sheet = self._gap_sheet(plan)
            case "portfolio":
                sheet = self._part("plan_portfolio", tuple(self._portfolio(plan)))
            case "proposals":
                sheet = self._part("plan_proposals", tuple(self._proposals(plan)))
            case "what_if":
                sheet = self._part("plan_what_if", tuple(self._what_if(plan)))
            case _:
                assert_never(event.part)
        return Message(kind="sheet", text=sheet.title, sheet=sheet, **place)

    def _whole(self, plan: Plan, event: PlanShown) -> Sheet:
        view = self.view(plan)
        sections = tuple(
            SheetSection(
                title=section.title,
                lines=tuple(
                    SheetLine(
                        label=f"{line.number}. {line.text.text}",
                        text=" · ".join(detail.text for detail in line.details),
                        change=line.origin,
                        mark=line.mark,
                    )
                    for line in section.lines
                )
                or (SheetLine(label=self.phrase("plan_empty"), text=section.hint),),
                folded=False,
            )
            for section in view.sections
        )
        notes = list(view.closing)
        if event.offers:
            notes.insert(0, self.phrase("plan_has_offers", count=str(len(event.offers))))
        if plan.proposals:
            notes.insert(0, self.phrase("plan_has_proposals", count=str(len(plan.proposals))))
        return Sheet(
            title=view.title,
            lead=(view.state, view.about),
            sections=sections,
            notes=tuple(notes),
        )

    def _part(self, key: str, lines: tuple[SheetLine, ...]) -> Sheet:
        """Return a part of the plan under its title; where there is nothing, that it is so."""
        title = self.phrase(key)
        if not lines:
            return Sheet(title=title, lead=(self.phrase(f"{key}_none"),))
        return Sheet(title=title, sections=(SheetSection(title="", lines=lines),))

    def _offered(self, event: PlanShown) -> Iterator[SheetLine]:
        assert event.plan is not None
        for number, item in enumerate(event.offers, 1):
            line = self.line(item, event.plan, number)
            yield SheetLine(label=f"{number}. {line.text.text}", text=line.origin)

    def _steps(self, plan: Plan) -> Iterator[SheetLine]:
        for number, step in enumerate(numbered_steps(plan), 1):
            line = self.line(step, plan, number)
            details = " · ".join(detail.text for detail in line.details)
            yield SheetLine(label=f"{number}. {line.text.text}", text=details, mark=line.mark)

    def _gap_sheet(self, plan: Plan) -> Sheet:
        tables = self.view(plan).gaps
        sections = tuple(
            SheetSection(
                title=table.caption,
                lines=tuple(
                    SheetLine(
                        label=row.cells[0].text,
                        text=" · ".join(
                            f"{column}: {cell.text}"
                            for column, cell in zip(table.columns[1:], row.cells[1:], strict=True)
                        ),
                        mark=row.mark,
                    )
                    for row in table.rows
                ),
            )
            for table in tables
        )
        title = self.phrase("plan_gaps")
        lead = () if sections else (self.phrase("plan_gaps_none"),)
        return Sheet(title=title, lead=lead, sections=sections)

    def _portfolio(self, plan: Plan) -> Iterator[SheetLine]:
        """Return what is done and learned, with the papers that show it."""
        items: tuple[PlanItem, ...] = (*done_steps(plan), *documented(plan))
        for item in items:
            line = self.line(item, plan)
            details = " · ".join(detail.text for detail in line.details)
            yield SheetLine(label=line.text.text, text=details, mark="full")

    def _proposals(self, plan: Plan) -> Iterator[SheetLine]:
        for number, one in enumerate(plan.proposals, 1):
            target = plan.find(one.target)
            item = one.item or target
            if item is None:
                continue
            key = "plan_propose_remove" if one.item is None else "plan_propose_put"
            who = self.phrase(f"plan_by_{one.by.role}", name=one.by.name)
            label = f"{number}. {self.phrase(key, item=self.title(item).text)}"
            yield SheetLine(label=label, text=who, change=one.note)

    def _what_if(self, plan: Plan) -> Iterator[SheetLine]:
        if plan.what_if is None:
            return
        from_plan = differences(plan.items, plan.what_if)
        for one in from_plan:
            yield SheetLine(label=self.difference(one))

    def _changed(self, event: PlanChanged) -> Message:
        lines = tuple(self.difference(one) for one in event.different)
        if event.by.role != "person":
            who = self.phrase(f"plan_by_{event.by.role}", name=event.by.name)
            key = {"propose": "plan_proposed", "confirm": "plan_confirmed_now"}.get(
                event.what, "plan_changed_by"
            )
            return Message(kind="note", text=self.phrase(key, who=who), items=lines)
        if not lines:
            return Message(kind="note", text=self.phrase(f"plan_ok_{event.what}"))
        text = self.phrase("plan_changed_trying" if event.trying else "plan_changed")
        return Message(kind="note", text=text, items=lines)

    def _due(self, event: PlanDueTold) -> Message:
        items = tuple(self.title(item).text for item in event.items)
        items = (*items, *(self._touched(one) for one in event.touched))
        return Message(kind="note", text=self.phrase(f"plan_due_{event.what}"), items=items)

    def _touched(self, one: Touched) -> str:
        """Return what has changed behind an item, and what it means for the person."""
        return self.phrase(f"plan_touched_{one.what}", item=self.title(one.after).text)
