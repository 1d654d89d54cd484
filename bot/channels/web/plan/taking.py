"""What is taken away of a plan, and a plan that comes back in from a file."""

import logging

from starlette.responses import Response

from bot.channels.web.plan.access import PlanAccess, SeenPlan
from bot.channels.web.plan.history import PlanHistory
from bot.channels.web.plan.item_forms import sent
from bot.channels.web.plan.pages import PlanPages
from bot.channels.web.plan.takeaways import file_response, plan_pdf
from bot.channels.web.visits import Visit
from bot.core.base.strict_json import FileFault
from bot.core.dialogue.order_words import fit_orders
from bot.core.plan.exchange import PlanFile, file_text, write_file
from bot.core.plan.orders import ReplacePlan
from bot.core.plan.sharing import guarded_items, unguarded_plan
from bot.errors import DocumentError
from bot.service.documents import set_pdf
from bot.service.plan_files import read_brought
from bot.words.europass import EUROPASS_VERSION, europass_file
from bot.words.plan_bringing import fault_lines, told_before
from bot.words.plan_calendar import plan_calendar
from bot.words.plan_document import plan_document
from bot.words.plan_form_paper import plan_form_paper

FILE_NAME, FORM_NAME, EUROPASS_NAME = "plans", "plana-veidlapa", "europass"
logger = logging.getLogger(__name__)


class PlanTaking:
    """What `/plan/take`, `/plan.pdf`, `/plan.json` and `/plan/import` do."""

    def __init__(self, access: PlanAccess, pages: PlanPages, history: PlanHistory) -> None:
        self._access = access
        self._pages = pages
        self._history = history

    def show(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Show what can be taken away."""
        return self._shown(seen)

    def _shown(self, seen: SeenPlan, status: int = 200, **values: object) -> Response:
        told: dict[str, object] = {"problem": "", "faults": (), "europass": EUROPASS_VERSION}
        told["unprinted"] = plan_document(seen.words, seen.words.view(seen.plan)).note
        told["guarded"] = len(guarded_items(seen.plan))
        history = self._file(seen).history
        counts = {"versions": len(history.versions), "left_out": history.left_out}
        return self._pages.own("plan_take.html", seen, status, **(told | counts | values))

    def _file(self, seen: SeenPlan) -> PlanFile:
        about = {"language": seen.session.language, "release": self._access.library.release}
        return write_file(seen.plan, self._history.kept(seen), self._access.now, about)

    # --- away

    def pdf(self, visit: Visit, seen: SeenPlan) -> Response:
        """Return the plan as PDF, in Latvian and with what is sensitive where that is asked for; else say that it could not be made."""
        asked = visit.request.query_params
        words = self._access.words_in("lv") if asked.get("lang") == "lv" else seen.words
        plan = seen.plan if asked.get("guarded") == "1" else unguarded_plan(seen.plan)
        try:
            content = plan_pdf(words, plan)
        except DocumentError as error:
            logger.warning("a plan was not set: %s", error)
            text = seen.words.phrase("plan_page_not_set")
            return self._pages.own("plan_said.html", seen, text=text)
        return file_response(content, "pdf", FILE_NAME)

    def json(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Return all of the plan, with its versions, as the file that comes back in."""
        return file_response(file_text(self._file(seen)), "json", FILE_NAME)

    def calendar(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Return the days of the plan as a calendar file; say so where nothing has a day."""
        content = plan_calendar(seen.words, seen.plan, self._access.now, seen.key)
        if content is None:
            text = seen.words.phrase("plan_page_no_days")
            return self._pages.own("plan_said.html", seen, text=text)
        return file_response(content, "ics", FILE_NAME)

    def europass(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Return what of the plan a Europass CV can hold."""
        return file_response(
            europass_file(seen.words, seen.plan, self._access.now), "xml", EUROPASS_NAME
        )

    def empty_form(self, _visit: Visit, seen: SeenPlan) -> Response:
        """Return the empty form of the plan, to be written on by hand."""
        try:
            content = set_pdf(plan_form_paper(seen.words, seen.plan.audience))
        except DocumentError as error:
            logger.warning("the empty form was not set: %s", error)
            text = seen.words.phrase("plan_page_not_set")
            return self._pages.own("plan_said.html", seen, text=text)
        return file_response(content, "pdf", FORM_NAME)

    # --- back in

    def bring(self, visit: Visit, seen: SeenPlan) -> Response:
        """Show what a file would change; take it where that was seen and said."""
        text = (visit.form.get("file") or visit.form.get("text") or [""])[-1]
        read = read_brought(text, self._history.kept(seen))
        if not isinstance(read, ReplacePlan):
            return self._faulty(seen, read)
        if not sent(visit.form, "take"):
            return self._compared(seen, text, read)
        if sent(visit.form, "version") != str(seen.plan.version):
            return self._compared(seen, text, read, seen.words.phrase("plan_page_import_moved"))
        if refused := self._access.give(visit, seen, read):
            return self._compared(seen, text, read, seen.words.phrase(f"plan_not_{refused}"))
        return self._access.answered()

    def _faulty(self, seen: SeenPlan, found: tuple[FileFault, ...]) -> Response:
        problem = seen.words.phrase("plan_not_unread")
        return self._shown(seen, 422, problem=problem, faults=fault_lines(seen.words, found))

    def _compared(
        self, seen: SeenPlan, text: str, read: ReplacePlan, problem: str = ""
    ) -> Response:
        """Show what would change, in the words that would be kept. text: of the file, as it was sent."""
        (order,), masked = fit_orders(self._access.library, seen.session, (read,))
        assert isinstance(order, ReplacePlan)
        return self._pages.own(
            "plan_import.html",
            seen,
            text=text,
            changes=seen.words.changes(seen.plan.items, order.plan.items),
            told=told_before(seen.words, seen.plan, order, masked=masked),
            versions=bool(order.history.versions),
            problem=problem,
            version=seen.plan.version,
        )
