"""The plan as files: printed, and its days for a calendar, to be given or sent; its versions for a file, and a file that comes back in."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.base.strict_json import FileFault
from bot.core.dialogue.inputs import PlanFileSent
from bot.core.dialogue.requests import PlanFileKind, PlanFileRequest, PlanFileResponse
from bot.core.library import Library
from bot.core.plan.bringing import not_kept
from bot.core.plan.exchange import TOO_LARGE, PlanFile, read_file
from bot.core.plan.history import KeptVersion
from bot.core.plan.orders import ReplacePlan
from bot.core.plan.plan import Plan
from bot.core.plan.sharing import unguarded_plan
from bot.errors import DocumentError
from bot.ports.protocols import Plans, moment_of
from bot.ports.records import Update
from bot.service.device_links import PULLED_CHANNEL
from bot.service.documents import set_pdf
from bot.service.plan_versions import read_versions
from bot.words.i18n.translations import Catalogue
from bot.words.plan_calendar import plan_calendar
from bot.words.plan_document import PrintedPlan, plan_document
from bot.words.plan_words import PlanWords


@dataclass(frozen=True)
class PlanPrinter:
    """Makes files of plans with one library and its words, on one day."""

    library: Library
    catalogues: Mapping[str, Catalogue]
    today: date

    def printed(self, plan: Plan, language: str, register: str) -> PrintedPlan:
        """Return a plan as it is printed, with what of it cannot be."""
        words = self._words(language, register)
        return plan_document(words, words.view(plan))

    def calendar(self, plan: Plan, language: str, register: str, at: datetime, whose: str) -> str:
        """Return the days of a plan as a calendar file; "" where it has none.

        at: when it is made, in UTC. whose: keeps the plans of two people apart in one calendar.
        """
        words = self._words(language, register)
        return plan_calendar(words, plan, at, whose) or ""

    def _words(self, language: str, register: str) -> PlanWords:
        return PlanWords(self.library, self.catalogues[language], register, self.today)


def give_plan_file(
    request: PlanFileRequest, printer: PlanPrinter, update: Update
) -> PlanFileResponse:
    """Return a plan as a file; a page has an address for it, and is told so."""
    plan, kind = request.plan, request.kind
    if plan is None or not plan.items:
        return PlanFileResponse(kind=kind, state="empty")
    in_words = (request.language, request.addressed)
    is_on_page = update.channel == PULLED_CHANNEL
    if kind != "plan_calendar":
        shown = plan if kind == "plan_pdf_whole" else unguarded_plan(plan)
        return _pdf(kind, printer.printed(shown, *in_words), is_on_page=is_on_page)
    if is_on_page:
        return PlanFileResponse(kind=kind, state="on_page")
    at = moment_of(update.at)
    text = printer.calendar(plan, *in_words, at, update.conversation)
    state = "given" if text else "empty"
    return PlanFileResponse(kind=kind, state=state, content=_encoded(text.encode()))


def _pdf(kind: PlanFileKind, made: PrintedPlan, *, is_on_page: bool) -> PlanFileResponse:
    """Return a plan as PDF, or that the page has it; and how much of it cannot be printed."""
    of_file = PlanFileResponse(kind=kind, state="on_page", replaced=made.replaced)
    if is_on_page:
        return of_file
    try:
        content = _encoded(set_pdf(made.document))
    except DocumentError:
        return PlanFileResponse(kind=kind, state="failed")
    return of_file.model_copy(update={"state": "given", "content": content})


def _encoded(data: bytes) -> str:
    return b64encode(data).decode()


def kept_versions(plans: Plans, conversation: str) -> tuple[KeptVersion, ...]:
    """Return the versions of a plan that are kept, the first first; one that cannot be read is left out."""
    return read_versions([(one.at, one.body) for one in plans.versions(conversation)])


def read_brought(
    text: str | bytes, kept: Sequence[KeptVersion]
) -> ReplacePlan | tuple[FileFault, ...]:
    """Return the order that puts the plan of a file in place, with those of its versions that are not kept; or its faults."""
    read = read_file(text)
    if not isinstance(read, PlanFile):
        return read
    return ReplacePlan(plan=read.plan, history=not_kept(read.history, kept))


def sent_file(data: bytes | None, kept: Sequence[KeptVersion]) -> PlanFileSent:
    """Return what a file that was sent comes to in a turn. data: None where it is larger than any plan."""
    read = (TOO_LARGE,) if data is None else read_brought(data, kept)
    if isinstance(read, ReplacePlan):
        return PlanFileSent(order=read)
    return PlanFileSent(faults=read)
