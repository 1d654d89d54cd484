"""Plans as printed documents, and what is found in a PDF by who cannot see it."""

import io
import re

from pypdf import PdfReader

from bot.service.documents import set_pdf
from bot.words.plan_document import plan_document
from bot.words.plan_words import PlanWords
from tests.doubles.plan_items import DAY as PLAN_DAY
from tests.service.test_documents import elements


def plan_paper(talks, plan, language="lv", register="jus"):
    words = PlanWords(talks.library, talks.catalogues[language], register, PLAN_DAY)
    return plan_document(words, words.view(plan)).document


def plan_pdf(talks, plan, language="lv", register="jus"):
    return set_pdf(plan_paper(talks, plan, language, register))


def text_of(pdf):
    """What a reader gets of a PDF, in one line, without the places where words may break."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    said = " ".join(page.extract_text() for page in pages)
    return " ".join(said.replace("\u200b", "").split())


def tags_of(pdf):
    return elements(PdfReader(io.BytesIO(pdf)))


def children(element):
    """The tags directly within a tag, each with its element."""
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield str(found["/S"]), found


def within(element, name):
    """The tags of a name anywhere within a tag."""
    for tag, kid in children(element):
        if tag == name:
            yield kid
        yield from within(kid, name)


def headings(pdf):
    return [tag for tag, _ in tags_of(pdf) if tag in {"/H1", "/H2", "/H3", "/H4"}]


def languages_of(pdf):
    """The languages that parts of a PDF are said to be in: of whole tags, and of words within them."""
    of_tags = {str(tag["/Lang"]) for _, tag in tags_of(pdf) if "/Lang" in tag}
    pages = PdfReader(io.BytesIO(pdf)).pages
    marked = re.compile(rb"/MCID \d+ ?/Lang ?\((\w+)\)")
    within = {
        language.decode()
        for page in pages
        for language in marked.findall(page.get_contents().get_data())
    }
    return of_tags | within
