"""The plan in a conversation: shown as a sheet, changed, not changed, due."""

from datetime import timedelta
from typing import NamedTuple, assert_never

from bot.core.dialogue.plan_events import (
    PlanChanged,
    PlanDueTold,
    PlanEvent,
    PlanNotChanged,
    PlanShown,
)
from bot.core.dialogue.requests import PlanFileResponse, PlanImportResponse
from bot.core.plan.items import PlanStep
from bot.core.plan.watching import Touched
from bot.words.i18n.formats import show_date
from bot.words.messages import AttachedFile, Button, Message, PageLink
from bot.words.plan_bringing import fault_lines
from bot.words.plan_differences import PlanDifferenceWords
from bot.words.plan_document import unprinted_note
from bot.words.plan_sheets import PlanSheets

DUE_BUTTONS = {
    "step": ("done", "move", "later"),
    "review": ("review",),
    "check_in": ("right", "open"),
    "watch": ("open",),
}
NEW_REMINDER = frozenset({"on", "remind"})  # fields of a step


class FileForm(NamedTuple):
    """A kind of file. address: on the web chat."""

    name: str
    media: str
    address: str


IMPORT_PAGE = "/plan/take#import"  # on the web chat
MOST_FAULTS_SAID = 5  # of a file, in a message
FILES = {
    "plan_pdf": FileForm("plans.pdf", "application/pdf", "/plan.pdf"),
    "plan_pdf_whole": FileForm("plans.pdf", "application/pdf", "/plan.pdf?guarded=1"),
    "plan_calendar": FileForm("plans.ics", "text/calendar", "/plan.ics"),
}


class PlanMessageWords(PlanDifferenceWords):
    """Says what happens with a plan."""

    def render(self, event: PlanEvent) -> list[Message]:
        """Return the messages of one event."""
        match event:
            case PlanShown():
                return [self._shown(event)]
            case PlanChanged():
                return [self._changed(event), *self._kept_so_long(event)]
            case PlanNotChanged():
                lines = fault_lines(self, event.faults[:MOST_FAULTS_SAID])
                items = tuple(f"{line.place}: {line.what}" for line in lines)
                text = self.phrase(f"plan_not_{event.reason}")
                return [Message(kind="note", text=text, items=items)]
            case PlanDueTold():
                return [self._due(event)]
            case _:
                assert_never(event)

    def file(self, response: PlanFileResponse | PlanImportResponse) -> Message:
        """Return the plan as a file, or why there is none; or where a file is given that comes back in."""
        if isinstance(response, PlanImportResponse):
            text = self.phrase(f"plan_import_{response.place}")
            page = PageLink(address=IMPORT_PAGE, label=self.phrase("plan_page_import"))
            return Message(
                kind="note", text=text, page=page if response.place == "on_page" else None
            )
        of = FILES[response.kind]
        text = self.phrase(f"plan_file_{response.state}")
        if response.state not in {"given", "on_page"}:
            return Message(kind="note", text=text)
        note = unprinted_note(self, response.replaced)
        document = AttachedFile(
            id="plan",
            name=of.name,
            media=of.media,
            content=response.content,
            label=self.phrase(f"{response.kind}_label"),
            encoded=True,
            address=of.address,
        )
        return Message(kind="note", text="\n".join(filter(None, (text, note))), document=document)

    # --- within

    def _shown(self, event: PlanShown) -> Message:
        """Return the plan, or the part of it that was asked for, as a sheet with a button for each thing to choose."""
        place = {"flow": event.flow, "step": event.step}
        if event.plan is None:
            return Message(kind="say", text=self.phrase("plan_none"), **place)
        sheets = PlanSheets(self, event, event.plan)
        sheet = sheets.sheet()
        buttons = sheets.buttons(sheet)
        return Message(kind="sheet", text=sheet.title, sheet=sheet, buttons=buttons, **place)

    def _changed(self, event: PlanChanged) -> Message:
        lines = self.differences_told(event.different)
        if event.by.role != "person":
            return self._changed_by_another(event, lines)
        if event.review is not None and not lines:
            day = show_date(event.review, self.language)
            return Message(kind="note", text=self.phrase("plan_review_on", date=day))
        if not lines or event.what in {"try_begin", "try_drop"}:
            return Message(kind="note", text=self.phrase(f"plan_ok_{event.what}"))
        if event.what == "try_take":
            return Message(kind="note", text=self.phrase("plan_ok_try_take"), items=lines)
        if len(lines) == 1:
            key = "plan_one_trying" if event.trying else "plan_one_changed"
            return Message(kind="note", text=self.phrase(key, change=lines[0]))
        text = self.phrase("plan_changed_trying" if event.trying else "plan_changed")
        return Message(kind="note", text=text, items=lines)

    def _kept_so_long(self, event: PlanChanged) -> list[Message]:
        """Return how long a plan is kept, where something is to be brought on a day that may be too late for it."""
        items = [one.after for one in event.different if not NEW_REMINDER.isdisjoint(one.fields)]
        items += [one.after for one in event.different if one.what == "added"]
        steps = (one for one in items if isinstance(one, PlanStep) and one.remind)
        days = [event.review, *(step.on for step in steps)]
        last = self.today + timedelta(days=self.library.policy.keep_days)
        if all(day is None or day <= last for day in days):
            return []
        return [Message(kind="note", text=self.phrase("plan_kept"))]

    def _changed_by_another(self, event: PlanChanged, lines: tuple[str, ...]) -> Message:
        who = self.phrase(f"plan_by_{event.by.role}", name=event.by.name)
        keys = {"propose": "plan_proposed", "confirm": "plan_confirmed_now"}
        text = self.phrase(keys.get(event.what, "plan_changed_by"), who=who)
        look = "proposals" if event.what == "propose" else "open"
        return Message(kind="note", text=text, items=lines, buttons=(self._due_button(look),))

    def _due(self, event: PlanDueTold) -> Message:
        items = tuple(self.short_title(item) for item in event.items)
        items = (*items, *(self._touched(one) for one in event.touched))
        text = self.phrase(f"plan_due_{event.what}")
        if event.what == "review" and (event.asked or not items):
            text = self.phrase("plan_due_review_empty")
        names = () if event.asked else DUE_BUTTONS[event.what]
        key = event.items[0].id if event.what == "step" else ""
        buttons = tuple(self._due_button(name, key) for name in names)
        # what is asked next shows the steps by their numbers itself
        shown = () if event.asked and event.what == "review" else items
        return Message(kind="note", text=text, items=shown, buttons=buttons)

    def _due_button(self, name: str, key: str = "") -> Button:
        of_item = name in {"done", "move"}
        pick = f"@plan:{name}:{key}" if of_item else f"@plan:{name}"
        return Button(pick=pick, label=self.phrase(f"plan_button_{name}"))

    def _touched(self, one: Touched) -> str:
        """Return what has changed behind an item, and what it means for the person."""
        return self.phrase(f"plan_touched_{one.what}", item=self.title(one.after).text)
