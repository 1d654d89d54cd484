"""What is printed is PDF/UA-1 by veraPDF too, in every language and whatever stands in a name."""

import io
from importlib.resources import as_file, files

import pytest
from pypdf import PdfReader, PdfWriter

from bot.core.base.texts import LANGUAGES
from bot.service.documents import DOCUMENTS, set_pdf
from bot.service.typesetting import compiler, typeset
from bot.words.documents.school_pack import bind_papers
from tests.service.test_documents import HOSTILE, elements, papers


def set_plain(document):
    """Set a document as ever, but not as PDF/UA-1."""
    with as_file(files(DOCUMENTS)) as folder:
        return typeset(compiler(folder), document.model_dump_json(), standard=None)


def unsaid(pdf):
    """Return a PDF without the words for its pictures."""
    reader = PdfReader(io.BytesIO(pdf))
    for tag, element in elements(reader):
        if tag == "/Figure":
            del element["/Alt"]
    written = io.BytesIO()
    PdfWriter(clone_from=reader).write(written)
    return written.getvalue()


def test_every_paper_is_accessible_in_every_language(talks, verapdf):
    files = {
        f"{language} {name}": set_pdf(paper)
        for language in LANGUAGES
        for name, paper in papers(talks, language=language).items()
    }
    files |= {name: set_pdf(bind_papers(papers(talks, HOSTILE[name], ""))) for name in HOSTILE}
    verdicts = verapdf(files)
    assert {name: one.broken for name, one in verdicts.items() if not one.compliant} == {}
    assert len(verdicts) == 4 * len(LANGUAGES) + len(HOSTILE)
    assert min(one.checks for one in verdicts.values()) > 500


def test_the_same_paper_set_without_the_standard_is_not(talks, verapdf):
    verdict = verapdf({"poster": set_plain(papers(talks)["poster"])})["poster"]
    assert not verdict.compliant
    assert set(verdict.broken) == {"5-1", "7.1-10"}  # does not say what it is, nor show its title


def test_a_paper_that_calls_itself_accessible_is_not_believed(talks, verapdf):
    poster = set_pdf(papers(talks)["poster"])
    verdicts = verapdf({"whole": poster, "unsaid": unsaid(poster)})
    assert verdicts["whole"].compliant
    assert set(verdicts["unsaid"].broken) == {"7.3-1"}  # a figure needs an alternative text


def test_what_is_no_pdf_is_not_passed_over(talks, verapdf):
    with pytest.raises(RuntimeError, match="veraPDF failed"):
        verapdf({"poster": set_pdf(papers(talks)["poster"]), "letter": b"no PDF"})
