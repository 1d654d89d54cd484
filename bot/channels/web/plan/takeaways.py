"""Files that are made of a plan, by their kind; the page and a link give the same ones."""

from starlette.responses import Response

from bot.core.plan.plan import Plan
from bot.service.documents import set_pdf
from bot.words.plan_document import plan_document
from bot.words.plan_page import PlanPageWords

MEDIA = {
    "pdf": "application/pdf",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "xml": "application/xml",
}


def file_response(content: bytes | str, kind: str, name: str) -> Response:
    """Return a file to be kept. kind: the end of its name, without the dot."""
    named = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=MEDIA[kind], headers=named)


def plan_pdf(words: PlanPageWords, plan: Plan) -> bytes:
    """Return a plan as PDF. Errors: DocumentError."""
    return set_pdf(plan_document(words, words.view(plan)).document)
