"""Documents to print: whole, tagged and said in words, whatever stands in a name."""

import io
import random
import sys
from datetime import date

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from bot.cli.main import main
from bot.errors import DocumentError
from bot.ports.protocols import millis
from bot.service.device_links import SCHOOL_PURPOSE
from bot.service.documents import set_pdf
from bot.words.documents.blocks import DocumentPart, Heading, PrintedDocument, TextBlock
from bot.words.documents.printable import PRINTED, REPLACED, make_printable
from bot.words.documents.school_pack import (
    SchoolPackOrder,
    bind_papers,
    draw_code,
    make_school_pack,
)
from bot.words.graphics.png import paint
from storage.store import Store
from tests.doubles.clocks import SetClock

ADDRESS = "https://guide.example/s/nWrKs4mU8OuF"
UNTIL = date(2027, 6, 30)
TODAY = date(2026, 12, 1)
ARABIC = [chr(code) for code in range(0x600, 0x700)]
HOSTILE = {
    "emoji": "🙂👩‍🏫🏳️‍🌈" * 1000,
    "markup": '#read("/etc/passwd") *x* $y$ @z <a> `b` \\ #panic() ' * 100,
    "arabic": "".join(random.Random(1).choices([*ARABIC, *" @#$*[]"], k=5000)),
    "controls": "".join(map(chr, range(0x20))) * 100 + "\ufeff\ufffe\u202e\ud800",
    "any": "".join(random.Random(2).choices([chr(c) for c in range(0xD800)], k=5000)),
    "marks": "a" + "\u0301\u0337" * 2500,
    "one word": "W" * 5000,
}


def order(school="Paraugpils vidusskola", place="paraugpils"):
    return SchoolPackOrder(school, ADDRESS, UNTIL, place)


def papers(talks, *args, language="lv"):
    return make_school_pack(talks.library, talks.catalogues, order(*args), language, TODAY)


def page_of(*blocks):
    part = DocumentPart(title="Lapa", language="lv", blocks=blocks)
    return PrintedDocument(title="Lapa", language="lv", parts=(part,))


def elements(pdf):
    """Return the tags of a document in reading order, each with its element."""
    found, ahead = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while ahead:
        here = ahead.pop(0).get_object()
        if isinstance(here, list):
            ahead = [*here, *ahead]
        elif isinstance(here, dict):
            if "/S" in here:
                found.append((str(here["/S"]), here))
            ahead = [*([here["/K"]] if "/K" in here else []), *ahead]
    return found


@pytest.fixture(scope="module")
def pdf(talks):
    return PdfReader(io.BytesIO(set_pdf(bind_papers(papers(talks)))))


def test_the_document_says_what_it_is_and_in_which_language(pdf):
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "lv"
    assert pdf.metadata.title == "Ceļvedis"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_every_picture_says_what_it_shows(pdf):
    says = [element["/Alt"] for tag, element in elements(pdf) if tag == "/Figure"]
    assert len(says) == 6  # on the poster, the sheet and four letters
    assert all(ADDRESS in said for said in says)
    assert says[0].startswith("Kvadrātkods")
    assert says[3].startswith("QR code")


def test_headings_and_lists_are_tagged_in_order(pdf):
    tags = [tag for tag, _ in elements(pdf)]
    headings = [tag for tag in tags if tag in {"/H1", "/H2", "/H3"}]
    assert headings == ["/H1"] * 7 + ["/H2"] * 4
    assert tags.count("/L") == 4
    assert tags.count("/Link") == 7


def test_the_letter_is_in_four_languages_and_says_so(pdf):
    said = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert "Kas tālāk?" in said[0]
    assert "Paraugpils vidusskola" in said[0]
    for page, words in zip(
        said[2:6],
        ("Mājās var palīdzēt", "Helping at home", "Удома можна допомогти", "Дома можно помочь"),
        strict=True,
    ):
        assert words in page
        assert ADDRESS in page
    languages = {str(element.get("/Lang")) for _, element in elements(pdf)} - {"None"}
    assert {"en", "uk", "ru"} <= languages


def test_the_page_for_the_teacher_is_one_and_names_the_place(pdf):
    assert len(pdf.pages) == 7
    said = " ".join(pdf.pages[6].extract_text().split())
    assert "Šī vieta ir izdomāta" in said
    assert "NVA Paraugpils filiāle" in said
    assert "Paraugmuižas pamatskola (skola)" not in said
    assert said.count("30.06.2027") == 1


def test_a_camera_reads_the_address_from_the_code():
    picture = Image.open(io.BytesIO(paint(draw_code(ADDRESS)))).convert("L")
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [ADDRESS]


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
def test_the_papers_are_set_in_every_language(talks, language):
    for paper in papers(talks, "Skola", "", language=language).values():
        assert set_pdf(paper).startswith(b"%PDF")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_a_school_stops_its_papers(talks, name):
    made = PdfReader(io.BytesIO(set_pdf(bind_papers(papers(talks, HOSTILE[name], "")))))
    said = "".join(page.extract_text() for page in made.pages)
    assert "root:" not in said
    if name == "markup":
        assert '#read("/etc/passwd")' in " ".join(said.split())


@pytest.mark.parametrize("name", ["emoji", "any"])
def test_the_same_name_as_it_came_is_told_as_a_failure(name):
    with pytest.raises(DocumentError):
        set_pdf(page_of(TextBlock(text=HOSTILE[name])))


def test_a_panic_of_the_typesetter_becomes_an_answer():
    # it is no Exception, so whoever catches those alone would end with it
    with pytest.raises(DocumentError, match=r"the typesetter failed$"):
        set_pdf(page_of(TextBlock(text=HOSTILE["arabic"])))
    assert set_pdf(page_of(TextBlock(text="Pēc tā viss turpinās.")))


def test_our_fonts_have_every_sign_that_is_printed():
    signs = "".join(sorted(PRINTED - {" "}))
    assert set_pdf(page_of(Heading(text=signs), TextBlock(text=signs)))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_what_is_made_printable_can_be_set(text):
    made = make_printable(text)
    assert set(made.text) <= PRINTED | {REPLACED}
    set_pdf(page_of(Heading(text=made.text or "-"), TextBlock(text=made.text)))


@pytest.mark.parametrize(
    ("text", "printed", "replaced"),
    [
        ("Gribu būt 🙂 pavārs → Rīga ✓", f"Gribu būt {REPLACED} pavārs -> Rīga [x]", 1),
        ("Ādažu\u00a0vidusskola\n2", "Ādažu\u00a0vidusskola 2", 0),
        ("Gara\u0304 skola", "Garā skola", 0),
        ("العربية 中文 skola", f"{REPLACED} {REPLACED} skola", 9),
        ("a" * 300, "a" * 199 + "…", 0),
    ],
)
def test_what_the_fonts_lack_is_replaced_and_counted(text, printed, replaced):
    assert make_printable(text) == (printed, replaced)


def celvedis(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    return main([str(one) for one in arguments])


def test_the_command_writes_a_file_or_a_folder(monkeypatch, capsys, tmp_path):
    url = f"sqlite:///{tmp_path}/celvedis.db"
    order = ("pack", "--db", url, "--school", "Paraugpils vidusskola", "-o")
    assert celvedis(monkeypatch, *order, tmp_path / "pack.pdf") == 0
    address = capsys.readouterr().out.splitlines()[-1]
    assert address in PdfReader(tmp_path / "pack.pdf").pages[0].extract_text()
    assert celvedis(monkeypatch, *order, tmp_path / "pack") == 0
    assert sorted(path.name for path in (tmp_path / "pack").iterdir()) == [
        "class-sheet.pdf",
        "letter-home.pdf",
        "poster.pdf",
        "teacher-page.pdf",
    ]
    store = Store(url)
    code = address.rsplit("/", 1)[1]
    now = millis(SetClock().now())
    assert store.codes.known(code, SCHOOL_PURPOSE, now) == "Paraugpils vidusskola"
    store.close()


@pytest.mark.parametrize(
    "wrong",
    [("--school", "x" * 5000), ("--school", " "), ("--school", "Skola", "--place", "atlantis")],
)
def test_what_cannot_be_made_is_refused_and_nothing_written(monkeypatch, capsys, tmp_path, wrong):
    url = f"sqlite:///{tmp_path}/celvedis.db"
    status = celvedis(monkeypatch, "pack", "--db", url, "-o", tmp_path / "p.pdf", *wrong)
    assert status == 2
    assert not (tmp_path / "p.pdf").exists()
    assert capsys.readouterr().err.startswith("celvedis: ")


def test_a_name_that_cannot_be_printed_whole_is_said(monkeypatch, capsys, tmp_path):
    url = f"sqlite:///{tmp_path}/celvedis.db"
    order = ("pack", "--db", url, "--school", "Skola 🙂", "-o", tmp_path / "p.pdf")
    assert celvedis(monkeypatch, *order) == 0
    assert "1 signs of the name cannot be printed" in capsys.readouterr().err
    assert f"Skola {REPLACED}" in PdfReader(tmp_path / "p.pdf").pages[0].extract_text()
