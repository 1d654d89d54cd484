"""What whoever has a link to some of a plan sees: the same bytes that its person has looked at before."""

import logging

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.web.pages import Pages
from bot.channels.web.plan.access import PRIVATE_HEADERS, PlanAccess
from bot.channels.web.plan.pages import PlanPages
from bot.channels.web.plan.takeaways import file_response, plan_pdf
from bot.channels.web.visits import Visit
from bot.core.plan.exchange import file_text, write_file
from bot.core.plan.plan import Plan, Share
from bot.core.plan.sharing import is_open, share_of, shared_plan
from bot.errors import DocumentError
from bot.words.i18n.formats import show_date
from bot.words.plan_document import plan_document

SHARED_HEADERS = PRIVATE_HEADERS | {"Referrer-Policy": "no-referrer"}
SHARED_NAME = "plana-dala"
LONGEST_TOKEN = 64  # characters
TAKEN_AS = {"pdf": "plan_page_shared_pdf", "json": "plan_page_shared_json"}
logger = logging.getLogger(__name__)


class SharedPages:
    """Lays out what a link shows. Nothing in it depends on whose look it is, on the link, or on chance."""

    def __init__(self, access: PlanAccess, pages: PlanPages) -> None:
        self._access = access
        self._pages = pages

    def answer(self, plan: Plan, share: Share, request: Request) -> Response:
        """Return what a link shows, as a page or as the file that the address asks for."""
        shown = shared_plan(plan, share)
        words = self._access.words_in(share.language)
        asked = request.query_params.get("as", "")
        view = words.view(shown)
        lead = words.phrase("plan_page_shared_lead", date=show_date(share.until, share.language))
        links = {words.phrase(phrase): f"?as={kind}" for kind, phrase in TAKEN_AS.items()}
        response: Response
        if asked == "json":
            about = {"language": share.language, "release": self._access.library.release}
            content = file_text(write_file(shown, (), self._access.now, about))
            response = file_response(content, "json", SHARED_NAME)
        elif asked == "pdf":
            try:
                response = file_response(plan_pdf(words, shown), "pdf", SHARED_NAME)
            except DocumentError as error:
                logger.warning("some of a plan was not set: %s", error)
                sorry = words.phrase("plan_page_not_set_shared")
                response = HTMLResponse(self._pages.shown_to_others(view, sorry))
        else:
            note = plan_document(words, view).note
            response = HTMLResponse(self._pages.shown_to_others(view, lead, links, note))
        response.headers.update(SHARED_HEADERS)
        return response


class Recipients:
    """What `/p/…` does."""

    def __init__(self, access: PlanAccess, shared: SharedPages, whole: Pages) -> None:
        self._access = access
        self._shared = shared
        self._whole = whole

    def show(self, visit: Visit) -> Response:
        """Show what a link shows, noting that it was opened; 410 where it shows nothing any more.

        Whether there ever was such a link is told to nobody. What only asks whether the page is there (HEAD), and
        the person's own browser, is not noted; programs that fetch a preview of a link cannot be told from people.
        """
        token = visit.request.path_params["token"]
        plans = self._access.store.plans
        known = plans.shared(token) if len(token) <= LONGEST_TOKEN else None
        plan = self._access.plan_of(known.conversation) if known is not None else None
        share = share_of(plan, known.share) if plan is not None and known is not None else None
        if (
            known is None
            or plan is None
            or share is None
            or share.token != token
            or not is_open(share, self._access.today)
        ):
            return self._gone(visit)
        if visit.request.method == "GET" and visit.key != known.conversation:
            plans.note_open(token, self._access.at)
        return self._shared.answer(plan, share, visit.request)

    def _gone(self, visit: Visit) -> Response:
        page = self._whole.problem(visit.language, "plan_page_shared_gone")
        return HTMLResponse(page, 410, SHARED_HEADERS)
