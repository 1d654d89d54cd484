"""What else a plan is taken away as: a calendar, a CV for Europass, a file with its schema, an empty form."""

import io
import json
import unicodedata
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from xml.etree.ElementTree import fromstring

import icalendar
import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from bot.core.base.texts import LANGUAGES
from bot.core.plan.bringing import brought
from bot.core.plan.exchange import PlanFile, file_schema, read_file, write_file
from bot.core.plan.history import KeptVersion
from bot.core.plan.items import GapRow
from bot.core.plan.orders import ReplacePlan, move_step
from bot.service.documents import set_pdf
from bot.words.europass import europass_file
from bot.words.i18n.localizer import Localizer
from bot.words.plan_calendar import plan_calendar
from bot.words.plan_form_paper import (
    ENTRY_FIELDS,
    GAP_FIELDS,
    GOAL_FIELDS,
    STEP_FIELDS,
    plan_form_paper,
)
from bot.words.plan_forms import PlanFormWords
from bot.words.plan_words import PlanWords
from tests.documents.europass_structure import NAMESPACE, breaches
from tests.documents.papers import headings, tags_of, text_of, within
from tests.documents.test_plan_pdf import people, plan_saying, random_texts
from tests.doubles.plan_items import DAY as PLAN_DAY
from tests.doubles.plan_items import entry, goal, own, step
from tests.doubles.plan_people import empty_plan, full_plan, ordinary_plan, plan_of
from tests.doubles.plans import done

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PUBLISHED = Path(__file__).parents[2] / "docs/plan.schema.json"
REGISTERS = {"pupil": "tu", "adult": "jus"}


def words_of(talks, language="lv"):
    return PlanWords(talks.library, talks.catalogues[language], "jus", PLAN_DAY)


def events_of(talks, plan, whose="", language="lv"):
    made = plan_calendar(words_of(talks, language), plan, NOW, whose)
    return list(icalendar.Calendar.from_ical(made).walk("VEVENT"))


# --- calendar


def test_a_calendar_has_every_step_and_goal_with_a_day(talks):
    found = [
        (str(one["summary"]), one["dtstart"].dt, one["dtend"].dt)
        for one in events_of(talks, ordinary_plan())
    ]
    assert len(found) == 5
    assert found[1] == (
        "Sakārtot papīrus: sameklēt apliecības par kursiem",
        date(2026, 11, 27),
        date(2026, 11, 28),
    )
    assert found[0][1] == date(2027, 11, 30)
    assert plan_calendar(words_of(talks), empty_plan(), NOW) is None


def test_a_newer_calendar_moves_what_an_older_one_put_in(talks):
    before = plan_of("adult", step("zvanīt", date(2026, 12, 1)), step("rakstīt", date(2026, 12, 2)))
    moved = move_step(before.items[0], date(2027, 1, 5))
    dropped = before.items[1].model_copy(update={"state": "dropped"})
    after = before.model_copy(update={"items": (moved, dropped), "version": 5})
    old, new = events_of(talks, before, "a"), events_of(talks, after, "a")
    assert [one["uid"] for one in old] == [one["uid"] for one in new]
    assert [one["sequence"] for one in (*old, *new)] == [3, 3, 5, 5]
    assert (new[0]["dtstart"].dt, new[1]["status"]) == (date(2027, 1, 5), "CANCELLED")


def test_two_peoples_plans_stay_apart_in_one_calendar(talks):
    plan = ordinary_plan()
    uids = [
        [str(one["uid"]) for one in events_of(talks, plan, whose)] for whose in ("c-17", "c-18")
    ]
    assert not set(uids[0]) & set(uids[1])
    assert "c-17" not in "".join(uids[0])


def test_a_calendar_tells_the_words_of_a_step_and_nothing_else(talks):
    secret = step("pie psihologa", date(2026, 12, 1), sensitive=True)
    aim = goal("noslēpums", id="g9")
    plain = step(
        "pie konsultanta", date(2026, 12, 2), goal="g9", document="izziņa", activity="talk"
    )
    made = plan_calendar(words_of(talks), plan_of("adult", aim, secret, plain), NOW)
    assert "Parunāt: pie konsultanta" in made
    assert "Diena no karjeras plāna" in made
    assert not [word for word in ("psihologa", "noslēpums", "izziņa") if word in made]


def test_a_calendar_holds_whatever_was_written(talks):
    for text in random_texts(5):
        (event,) = events_of(talks, plan_of("adult", step(text, date(2026, 12, 1))))
        assert len(str(event["summary"])) <= 120
        # all but what controls something; what parts words became one space
        seen = [sign for sign in text if unicodedata.category(sign) != "Cc" and not sign.isspace()]
        assert "".join(str(event["description"]).split()) == "".join(seen)


def test_a_calendar_is_in_the_language_of_the_plan(talks):
    (event,) = events_of(talks, plan_of("adult", step("zvanīt", date(2026, 12, 1))), language="uk")
    assert event["summary"].params["LANGUAGE"] == "lv"  # as it was written


# --- Europass


def test_a_europass_cv_is_as_its_schema_wants_it(talks):
    plans = people(talks) | {
        f"random {n}": plan_saying(text) for n, text in enumerate(random_texts(10))
    }
    for language, (name, plan) in product(LANGUAGES, plans.items()):
        made = europass_file(words_of(talks, language), plan, NOW)
        assert (name, breaches(made)) == (name, [])


def test_what_is_not_as_the_schema_wants_it_is_found(talks):
    """The control of the test above."""
    made = europass_file(words_of(talks), full_plan(talks.library), NOW)
    for old, new in (
        (b"V3.4</XSDVersion>", b"V9</XSDVersion>"), (b' year="2001"', b""), (b'locale="lv"', b""),
        (b"<Generator>Celvedis</Generator>", b""), (b"Position", b"Post"), (b"preferred_job", b"dream"),
    ):  # fmt: skip
        assert breaches(made.replace(old, new)) != [], old


def test_a_europass_cv_holds_experience_learning_and_skills(talks):
    root = fromstring(europass_file(words_of(talks), full_plan(talks.library), NOW))
    said = {
        name: [one.text for one in root.iter(f"{NAMESPACE}{name}")]
        for name in ("Title", "Label", "Activities", "Description", "Comment")
    }
    assert "Vispārējā vidējā" in said["Title"]
    assert "Noliktavas darbi" in said["Label"]
    assert "Divi mēneši, vakaros" in said["Activities"]
    assert any(
        "Excel и бухгалтерия. Apliecina: Kursu apliecība Nr.\u00a05" in text
        for text in said["Description"]
        if text
    )
    assert "nav izmēģināts" in said["Comment"][0]
    years = [(one.get("year")) for one in root.iter() if one.get("year")]
    assert years == ["2001", "2008"]


def test_a_europass_cv_tells_nothing_sensitive_and_no_talk(talks):
    plan = plan_of(
        "adult",
        entry("private_life", "apstākļi", sensitive=True),
        entry("agenda", "jautājums"),
        entry("skills", "noslēpums", sensitive=True),
        entry("skills", "prasme"),
    )
    made = europass_file(words_of(talks), plan, NOW).decode()
    assert "prasme" in made
    assert not [word for word in ("apstākļi", "jautājums", "noslēpums") if word in made]


# --- the file and its schema


def written(plan, *versions):
    return write_file(plan, versions, NOW, {"language": "lv", "release": "r"})


def test_the_published_schema_is_the_one_of_the_program():
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == file_schema()
    Draft202012Validator.check_schema(file_schema())


def test_every_file_is_as_the_schema_says(talks):
    validator = Draft202012Validator(file_schema())
    for name, plan in people(talks).items():
        file = json.loads(
            written(plan, KeptVersion(number=1, at=NOW, items=plan.items)).model_dump_json()
        )
        assert (name, [error.message for error in validator.iter_errors(file)]) == (name, [])
        file["plan"]["items"].append({"kind": "wish"})
        assert list(validator.iter_errors(file))


def test_written_erased_taken_in_and_written_again_it_is_the_same(talks):
    for name, plan in people(talks).items():
        file = read_file(written(plan).model_dump_json())
        assert isinstance(file, PlanFile)
        again = done(empty_plan(plan.audience), ReplacePlan(plan=file.plan))
        second = read_file(written(again).model_dump_json())
        # what only others can say of it, and what was tried beside it, does not come in; and it is numbered anew
        left = {"version", "last", "confirmed", "what_if", "following"}
        items = brought(empty_plan(), file.plan, file.history).items
        numbered = file.plan.model_copy(update={"items": items})
        expected = numbered.model_dump(exclude=left)
        assert (name, second.plan.model_dump(exclude=left)) == (name, expected)
        assert second.plan.confirmed is None


# --- the empty form


def form_pdf(talks, audience, language="lv"):
    words = Localizer(talks.library, talks.catalogues[language], REGISTERS[audience], PLAN_DAY)
    return set_pdf(plan_form_paper(words, audience))


def test_the_form_is_two_accessible_pages_in_every_language(talks, verapdf):
    files = {
        f"{audience} {language}": form_pdf(talks, audience, language)
        for audience, language in product(REGISTERS, LANGUAGES)
    }
    assert {
        name: len(PdfReader(io.BytesIO(pdf)).pages) for name, pdf in files.items()
    } == dict.fromkeys(files, 2)
    verdicts = verapdf(files)
    assert {name: one.broken for name, one in verdicts.items() if not one.compliant} == {}


@pytest.mark.parametrize("audience", REGISTERS)
def test_the_form_has_the_sections_of_the_plan_in_their_order(talks, audience):
    pdf, words = (
        form_pdf(talks, audience),
        Localizer(talks.library, talks.catalogues["lv"], REGISTERS[audience], PLAN_DAY),
    )
    said = text_of(pdf)
    sections = talks.library.plan_form.of(audience).values()
    places = [said.index(f"{words.say(one.title)} {words.say(one.hint)}") for one in sections]
    assert places == sorted(places)
    assert headings(pdf) == ["/H1"] + ["/H2"] * (len(sections) + 1)
    assert "Melnraksts" in said


# what a page asks at once, and paper need not: the place on the sheet says it, or it comes only later
SAID_OTHERWISE = {"section", "state", "remind", "path"}


@pytest.mark.parametrize("place", range(4))
def test_paper_asks_what_the_page_asks_at_once_in_its_order(talks, place):
    """So that a counsellor types it in from the top to the bottom."""
    aim = goal("mērķis", id="g1")
    row = GapRow(origin=aim.origin, goal="g1", asks=own("prasme"))
    items = (entry("skills", "prasme"), aim, step("solis", goal="g1"), row)
    words = PlanFormWords(talks.library, talks.catalogues["lv"], "jus", PLAN_DAY)
    groups = words.form(items[place], plan_of("adult", *items))
    at_once = [field.name for group in groups if not group.title for field in group.fields]
    all_asked = [field.name for group in groups for field in group.fields]
    fields = (ENTRY_FIELDS, GOAL_FIELDS, STEP_FIELDS, GAP_FIELDS)[place]
    on_paper = ["words" if name in {"wording", "asks"} else name for name, *_ in fields]
    assert [name for name in all_asked if name in on_paper] == on_paper
    assert set(at_once) - SAID_OTHERWISE <= set(on_paper)


def test_a_table_of_the_form_names_its_columns(talks):
    tables = [tag for name, tag in tags_of(form_pdf(talks, "adult")) if name == "/Table"]
    assert [len(list(within(table, "/TH"))) for table in tables] == [4, 3, 3, 3, 4, 5]
