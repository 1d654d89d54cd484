"""A plan on paper: whole, accessible, and nobody's text can stop it."""

import io
import random
import threading
from datetime import date
from itertools import product
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.core.base.texts import LANGUAGES
from bot.core.plan.wording import LONGEST_OWN_WORDS
from bot.errors import DocumentError
from bot.service import documents
from bot.service.documents import TYPESETTERS, set_pdf
from bot.words.documents.blocks import OwnText, PrintedText
from bot.words.documents.printable import REPLACED, make_printable_whole
from bot.words.i18n.formats import within_sentence
from bot.words.plan_words import PlanWords
from tests.documents.papers import (
    children,
    headings,
    languages_of,
    plan_paper,
    plan_pdf,
    tags_of,
    text_of,
    within,
)
from tests.documents.test_verapdf import set_plain
from tests.doubles.plan_items import DAY as PLAN_DAY
from tests.doubles.plan_items import entry, goal, step
from tests.doubles.plan_people import (
    confirmed,
    empty_plan,
    full_plan,
    ordinary_items,
    ordinary_plan,
    plan_of,
    pupil_plan,
)
from tests.service.test_documents import HOSTILE, page_of


def people(talks):
    """Plans in every state, by what they are."""
    full = full_plan(talks.library)
    return {
        "nothing yet": empty_plan(),
        "a pupil's with nothing yet": empty_plan("pupil"),
        "ordinary": ordinary_plan(),
        "full": full,
        "confirmed": confirmed(full),
        "tried out": full.model_copy(update={"what_if": full.items[:5]}),
        "a pupil's": pupil_plan(talks.library),
    }


def random_texts(many, seed=7):
    """Texts of 5,000 characters of all of Unicode, of its first plane, and of what stops a typesetter."""
    drawn = random.Random(seed)
    planes = (
        range(0x110000),
        range(0x10000),
        range(0x600, 0x700),
        range(0x1F300, 0x1FAFF),
        range(0x590),
    )
    return [
        "".join(chr(code) for code in drawn.choices(planes[number % len(planes)], k=5000))
        .encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        for number in range(many)
    ]  # fmt: skip


def plan_saying(text):
    """A plan that says a text in every place for own words."""
    short = text[:300]
    aim = goal(text, PLAN_DAY, id="g50")
    return plan_of(
        "adult",
        aim,
        entry("skills", text, document=short, years=text[:60]),
        step(text, PLAN_DAY, goal="g50", document=short, activity="learn"),
        entry("agenda", text),
    )


# --- veraPDF


def test_every_plan_is_accessible_in_every_language_and_state(talks, verapdf):
    files = {
        f"{language}, {name}": plan_pdf(talks, plan, language)
        for language, (name, plan) in product(LANGUAGES, people(talks).items())
    }
    files |= {name: plan_pdf(talks, plan_saying(HOSTILE[name][:5000])) for name in HOSTILE}
    files |= {
        f"random {n}": plan_pdf(talks, plan_saying(t)) for n, t in enumerate(random_texts(10))
    }
    verdicts = verapdf(files)
    assert {name: one.broken for name, one in verdicts.items() if not one.compliant} == {}
    assert len(verdicts) == len(LANGUAGES) * len(people(talks)) + len(HOSTILE) + 10
    assert min(one.checks for one in verdicts.values()) > 500


def test_the_same_plan_set_without_the_standard_is_not(talks, verapdf):
    verdict = verapdf({"plan": set_plain(plan_paper(talks, ordinary_plan()))})["plan"]
    assert set(verdict.broken) == {"5-1", "7.1-10"}


# --- what is read


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_come_one_under_the_other(talks, language):
    sections = len(talks.library.plan_form.of("adult"))
    assert headings(plan_pdf(talks, ordinary_plan(), language)) == ["/H1"] + ["/H2"] * sections
    full = headings(plan_pdf(talks, full_plan(talks.library), language))
    # after the sections: what the goals ask, what the rules say, and below that a card
    assert full == ["/H1"] + ["/H2"] * (sections + 2) + ["/H3"]
    pupil = headings(plan_pdf(talks, pupil_plan(talks.library), language))
    assert pupil == ["/H1"] + ["/H2"] * (len(talks.library.plan_form.of("pupil")) + 1)


def test_every_table_has_the_names_of_its_columns_as_headers(talks):
    tables = [
        tag for name, tag in tags_of(plan_pdf(talks, full_plan(talks.library))) if name == "/Table"
    ]
    assert len(tables) == 2
    for table, columns in zip(tables, (3, 4), strict=True):
        rows = list(within(table, "/TR"))
        assert [tag for tag, _ in children(rows[0])] == ["/TH"] * columns
        assert all([tag for tag, _ in children(row)] == ["/TD"] * columns for row in rows[1:])
        assert len(rows) > 3


def test_a_picture_tells_its_result_and_not_that_it_is_one(talks):
    said = [
        tag["/Alt"]
        for name, tag in tags_of(plan_pdf(talks, pupil_plan(talks.library)))
        if name == "/Figure"
    ]
    assert len(said) == 2
    hexagon, ways = said
    assert "Palīdzēšana 74, Vadīšana 66, Kārtošana 62" in hexagon
    assert "Jūsu ceļš: Profesionālā vidējā izglītība" in ways
    assert "Vaļā: " in ways


def test_every_place_to_stand_at_has_its_map(talks):
    question = talks.library.question("paths", talks.library.flows["paths"].paths.standing)
    words = PlanWords(talks.library, talks.catalogues["lv"], "tu", PLAN_DAY)
    for option in question.options:
        view = words.view(pupil_plan(talks.library, option.id))
        (drawn,) = [p for one in view.sections for p in one.pictures if p.kind == "map"]
        assert within_sentence(words.say(option.label)) in drawn.says


def test_own_words_say_in_which_language_they_are(talks):
    assert languages_of(plan_pdf(talks, full_plan(talks.library))) == {"lv", "ru", "uk", "en"}
    assert "lv" in languages_of(plan_pdf(talks, ordinary_plan(), "uk"))
    assert languages_of(plan_pdf(talks, ordinary_plan())) == set()


@pytest.mark.parametrize(
    ("name", "is_draft"), [("ordinary", True), ("confirmed", False), ("full", True)]
)
def test_a_draft_says_so_as_text_on_every_page(talks, name, is_draft):
    pages = PdfReader(io.BytesIO(plan_pdf(talks, people(talks)[name]))).pages
    for page in pages:
        assert ("Melnraksts" in page.extract_text()) is is_draft
        assert ("Anna Kalniņa" in page.extract_text()) is not is_draft
    reader = PdfReader(io.BytesIO(plan_pdf(talks, people(talks)[name])))
    assert ("melnraksts" in reader.metadata.title) is is_draft


def test_an_ordinary_plan_is_one_page_and_says_all_of_it(talks):
    pdf = plan_pdf(talks, ordinary_plan())
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    said = text_of(pdf)
    for words in (
        "Gada laikā iegūt kvalifikāciju", "Līdz 30.11.2027.", "Noliktavas darbi", "Kad: 1992",
        "8. 27.11.2026. Sakārtot papīrus: sameklēt apliecības par kursiem", "Dzīves apstākļi Vēl nekā nav.",
        "Interešu sešstūris (23.11.2026.)", "Par atbalstu lemj projekta īstenotājs", "Datums",
    ):  # fmt: skip
        assert words in said


def test_origins_that_most_have_are_said_once(talks):
    said = text_of(plan_pdf(talks, ordinary_plan()))
    assert "Kur nav teikts citādi: ierakstīts 23.11.2026." in said
    assert said.count("erakstīts") == 1


def test_what_a_rule_said_is_printed_with_its_reasons_and_source(talks):
    said = text_of(plan_pdf(talks, full_plan(talks.library)))
    assert "Vispirms iesaka: tālākizglītību ar kvalifikāciju" in said
    assert "Pēc atbildēm: darbs – Jā, algots darbs; vecums – 52" in said
    assert "Lēmumu pieņem projekta īstenotājs" in said
    assert "Uzrakstiet „kāpēc”" not in said  # nothing can be asked of paper


# --- whatever somebody writes


def test_a_long_text_is_printed_whole(talks):
    words = [f"vārds{number}" for number in range(700)]
    text = " ".join(words)[:LONGEST_OWN_WORDS]
    for place in (entry("skills", text), step(text, PLAN_DAY), goal(text)):
        said = text_of(plan_pdf(talks, plan_of("adult", place))).replace("- ", "")
        assert text.split()[0] in said
        assert all(word in said for word in text.split())


def lines_of(page):
    return [" ".join(line.split()) for line in page.extract_text().splitlines() if line.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_ends_with_nothing_that_announces_what_follows(talks, language):
    """However much stands above: no title and no names of columns alone, and lines to sign on with what is signed."""
    words = PlanWords(talks.library, talks.catalogues[language], "jus", PLAN_DAY)
    full = full_plan(talks.library)
    turned = set()
    for many in range(0, 30, 2):
        more = (
            entry("agenda", f"Jautājums {number}", id=f"e{200 + number}") for number in range(many)
        )
        plan = full.model_copy(update={"items": (*full.items, *more)})
        view = words.view(plan)
        (_, card), (table,) = view.decisions[0], view.gaps
        announcing = {
            " ".join(one.split())
            for one in (*(section.title for section in view.sections), words.phrase("plan_gaps"), table.caption,
                        " ".join(table.columns), view.decisions_title, card.title, card.states_title, card.why_title,
                        card.unknown_title)
        }  # fmt: skip
        pages = [
            lines_of(page) for page in PdfReader(io.BytesIO(plan_pdf(talks, plan, language))).pages
        ]
        ends = {lines[-2] for lines in pages}  # above the footer
        assert not ends & announcing
        turned |= ends
        (signed,) = [
            lines for lines in pages if any(words.phrase("plan_print_name") in one for one in lines)
        ]
        assert view.closing[0][-30:] in " ".join(signed).replace("\u00a0", " ")
        # what a goal asks is short, and stands on one page
        assert sum(" ".join(table.columns) in lines for lines in pages) == 1
    assert len(turned) > 10  # the pages did turn at many places


def test_a_day_is_never_parted_by_the_end_of_a_line(talks):
    days = [date(2026, 12, number) for number in range(1, 29)]
    plan = plan_of("adult", *(goal("a " * (1 + number), day) for number, day in enumerate(days)))
    lines = lines_of(PdfReader(io.BytesIO(plan_pdf(talks, plan, "en"))).pages[0])
    assert all(any(f"{day.day} Dec 2026" in line for line in lines) for day in days)


def test_paragraphs_stay_apart(talks):
    text = "Pirmā rindkopa.\n\nOtrā rindkopa.\nTās otrā rinda."
    page = PdfReader(io.BytesIO(plan_pdf(talks, plan_of("adult", entry("skills", text))))).pages[0]
    lines = [line.strip() for line in page.extract_text().splitlines()]
    ends = [
        next(n for n, line in enumerate(lines) if part in line) for part in text.split("\n") if part
    ]
    assert ends == sorted(set(ends))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stop_no_plan_and_are_read_as_words(talks, name):
    said = text_of(plan_pdf(talks, plan_saying(HOSTILE[name][:5000])))
    assert "root:" not in said
    assert "Karjeras attīstības plāns" in said
    if name == "markup":
        assert '#read("/etc/passwd") *x* $y$ @z <a> `b` \\ #panic()' in said


def test_what_could_not_be_printed_is_counted_and_said_at_the_end(talks):
    plan = plan_of(
        "adult", entry("skills", "Gribu būt 🙂 pavārs → Rīga ✓"), entry("agenda", "♥ 中")
    )
    said = text_of(plan_pdf(talks, plan))
    assert f"Gribu būt {REPLACED} pavārs -> Rīga [x]" in said
    assert said.index("3 rakstzīmes PDF failā nav attēlojamas") > said.index("Datums")
    assert "attēlojamas" not in text_of(plan_pdf(talks, ordinary_plan()))


@pytest.mark.parametrize(
    ("text", "printed", "replaced"),
    [
        ("viens\r\ndivi\n\n\n\ntrīs\u2028četri", "viens\ndivi\n\ntrīs\nčetri", 0),
        ("👩‍🏫 🏳️‍🌈", f"{REPLACED} {REPLACED}", 4),  # what joins and colours them is nothing that is missed
        ("a\u200bb\ufeff\u00ad", "ab", 0),
        ("W" * 30, "\u200b".join(["W" * 8] * 3 + ["W" * 6]), 0),
        (f"https://example.lv/{'a' * 30}", f"https://example.lv/{'a' * 30}", 0),  # to be copied whole
        ("\n \n", "", 0),
    ],
)  # fmt: skip
def test_a_text_keeps_its_lines_and_loses_what_is_not_seen(text, printed, replaced):
    assert make_printable_whole(text) == (printed, replaced)


@settings(max_examples=25, deadline=None)
@given(text=st.text(min_size=1, max_size=400))
def test_whatever_is_written_can_be_printed(talks, text):
    assert plan_pdf(talks, plan_saying(text)).startswith(b"%PDF")


def test_the_same_texts_without_the_cleaner_stop_the_typesetter():
    """The control of the tests above."""
    for text in random_texts(10):
        with pytest.raises(DocumentError):
            set_pdf(page_of(OwnText(text=PrintedText(text=text, language="lv"))))


# --- the typesetter


def test_a_panic_says_nothing_of_the_text_anywhere(capfd, caplog):
    secret = "Skolotājas noslēpums"
    panics = page_of(OwnText(text=PrintedText(text=secret + HOSTILE["arabic"], language="lv")))
    with pytest.raises(DocumentError) as told:
        set_pdf(panics)
    written = "".join(
        (*capfd.readouterr(), caplog.text, str(told.value), repr(told.value.__context__))
    )
    assert "noslēpums" not in written
    assert "panicked" not in written
    assert set_pdf(page_of(OwnText(text=PrintedText(text=secret, language="lv"))))


def test_a_typesetter_that_is_killed_is_followed_by_another():
    document = page_of(OwnText(text=PrintedText(text="Teksts", language="lv")))
    assert set_pdf(document)
    lost = TYPESETTERS._idle.get()
    lost._process.kill()
    TYPESETTERS._idle.put(lost)
    with pytest.raises(DocumentError, match="was lost"):
        set_pdf(document)
    assert set_pdf(document).startswith(b"%PDF")


def test_a_typesetter_that_never_ends_is_ended(monkeypatch, tmp_path):
    asleep = tmp_path / "asleep.py"
    asleep.write_text("import time; time.sleep(100)")
    monkeypatch.setattr(documents, "PROGRAM", asleep)
    monkeypatch.setattr(documents, "LONGEST_SETTING", 0.3)
    one = documents.Typesetters(1)
    with pytest.raises(DocumentError, match="was lost"):
        one.typeset(b"{}")
    monkeypatch.undo()
    document = page_of(OwnText(text=PrintedText(text="Teksts", language="lv")))
    assert one.typeset(document.model_dump_json().encode()).startswith(b"%PDF")
    one.end()


def test_two_hundred_at_once_get_each_their_own(talks):
    names = ["".join(random.Random(n).choices("abcdefghijklmnoprstuvz", k=14)) for n in range(200)]
    papers = [
        plan_paper(talks, plan_of("adult", *ordinary_items()[:3], entry("agenda", n)))
        for n in names
    ]
    found, begin = {}, threading.Barrier(200)

    def print_it(name, paper):
        begin.wait()
        found[name] = set_pdf(paper)

    threads = [
        threading.Thread(target=print_it, args=one) for one in zip(names, papers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 200
    for name, pdf in found.items():
        said = text_of(pdf)
        assert [other for other in names if other in said] == [name]


@pytest.mark.alone
def test_an_ordinary_plan_is_printed_in_a_moment(talks):
    took = []
    for number in range(30):
        plan = plan_of("adult", *ordinary_items(), entry("agenda", f"Jautājums {number}"))
        before = perf_counter()
        plan_pdf(talks, plan)
        took.append(perf_counter() - before)
    assert sorted(took)[15] < 0.05
