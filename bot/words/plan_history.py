"""What has changed in a plan, told in the conversation by the sentences of its page; and what going back would change."""

from typing import assert_never

from bot.core.dialogue.requests import (
    PlanFileResponse,
    PlanHistoryResponse,
    PlanImportResponse,
    PlanVersionResponse,
)
from bot.core.plan.plan import Plan
from bot.words.messages import Button, Message
from bot.words.plan_page import PlanPageWords, VersionLine
from bot.words.plan_sheets import cut
from bot.words.sheet import Sheet, SheetLine, SheetSection

MOST_CHANGES = 6  # of one version that are told
HISTORY_PAGE = "/plan/history"
PlanResponse = PlanFileResponse | PlanHistoryResponse | PlanImportResponse | PlanVersionResponse


class PlanHistoryWords(PlanPageWords):
    """Says versions in a conversation."""

    def answered(self, response: PlanResponse, plan: Plan | None) -> Message:
        """Return what the service has answered about a plan, as it is now."""
        match response:
            case PlanFileResponse() | PlanImportResponse():
                return self.file(response)
            case PlanHistoryResponse():
                return self.history(response, plan)
            case PlanVersionResponse():
                return self.looked_at(response, plan)
            case _:
                assert_never(response)

    def history(self, response: PlanHistoryResponse, plan: Plan | None) -> Message:
        """Return the latest versions, with when each was made, by whom, and what it changed."""
        kept = response.versions
        if plan is None or not kept:
            key = (
                "plan_history_not_here"
                if response.place == "not_here"
                else "plan_page_history_none"
            )
            return Message(kind="note", text=self.phrase(key))
        lines = self.versions(kept, plan.version)[: response.most]
        sheet = Sheet(
            title=self.phrase("plan_history"),
            sections=tuple(self._version(one) for one in lines),
            page=HISTORY_PAGE if response.place == "on_page" else "",
            page_label=self.phrase("plan_history_all"),
        )
        buttons: tuple[Button, ...] = ()
        if response.place == "here":
            sheet = sheet.model_copy(update={"notes": (self.phrase("plan_history_web"),)})
            buttons = (Button(pick="@carry", label=self.phrase("plan_history_open")),)
        return Message(kind="sheet", text=sheet.title, sheet=sheet, buttons=buttons)

    def looked_at(self, response: PlanVersionResponse, plan: Plan | None) -> Message:
        """Return what would change by going back to a version, or why there is nothing to go back to."""
        found = response.found
        if found is None or plan is None:
            return Message(kind="note", text=self.phrase("plan_version_gone"))
        number = str(found.number)
        if found.number == plan.version:
            return Message(kind="note", text=self.phrase("plan_version_present", number=number))
        changes = self.changes(plan.items, found.items)
        said = [self.phrase("plan_page_old", number=number, when=self.moment(found.at))]
        if plan.what_if is not None:
            said.append(self.phrase("plan_page_restore_trying"))
        said.append(self.phrase("plan_page_restore_diff" if changes else "plan_page_restore_same"))
        return Message(kind="note", text="\n".join(said), items=self._listed(changes))

    # --- within

    def _version(self, one: VersionLine) -> SheetSection:
        now = f" ({self.phrase('plan_page_version_now')})" if one.is_now else ""
        made = SheetLine(label=one.when, text=one.what)
        changes = (SheetLine(label=text) for text in self._listed(one.changes))
        return SheetSection(title=f"{one.title}{now}", lines=(made, *changes))

    def _listed(self, changes: tuple[str, ...]) -> tuple[str, ...]:
        """Return changes as lines, of many the first ones and how many more there are."""
        more = len(changes) - MOST_CHANGES
        last = (self.phrase("plan_history_more", count=str(more)),) if more > 0 else ()
        return (*map(cut, changes[:MOST_CHANGES]), *last)
