"""How the plan stands on a page and in a talk: once, with one numbering, and never as empty once something is in it."""

import pytest

from bot.channels.web.layout import lay_out
from bot.core.plan.orders import ConfirmPlan
from bot.service.documents import set_pdf
from bot.words.plan_document import plan_document
from bot.words.plan_words import PlanWords
from tests.core.planning import SOON, plan_of, planner, work_on
from tests.documents.papers import text_of
from tests.doubles.clocks import TODAY
from tests.doubles.plan_items import entry as an_entry
from tests.doubles.plan_items import goal as a_goal
from tests.doubles.plan_items import own
from tests.doubles.plan_items import step as a_step
from tests.doubles.plan_people import portrait


def page(person):
    """Return all that stands on the page of a talk after its last turn, and its sheets alone."""
    layout = lay_out(person.talks.transcript(person.session), person.messages)
    told = (*layout.ended, *layout.path, *layout.beside)
    return told, [message.sheet for message in told if message.sheet is not None]


def labels(sheet):
    return [line.label for section in sheet.sections for line in section.lines]


GOAL = ("jauns mērķis", "Kļūt par pavāru", "izlaist", "izlaist")


@pytest.mark.parametrize(
    "ways", [(), ("parādi plānu",), ("jauns solis", "atpakaļ"), ("izvēlne", "mans plāns")]
)
def test_what_was_empty_at_first_is_not_said_to_be_so_later(talks, ways):
    person = planner(talks).say(*GOAL, *ways)
    told, _ = page(person)
    assert "Plānā vēl nekā nav" not in "\n".join(message.text for message in told)


def test_a_plan_that_is_empty_still_says_so(talks):
    person = planner(talks).say("jauns mērķis", "atpakaļ")
    told, _ = page(person)
    assert "Plānā vēl nekā nav" in "\n".join(message.text for message in told)


@pytest.mark.parametrize("words", ["parādi plānu", "viss plāns"])
def test_the_plan_stands_on_a_page_once_with_one_numbering(talks, words):
    person = planner(talks, a_goal("Mērķis"), a_step("Solis", on=SOON))
    person.say("izvēlne", "mans plāns")
    person.say("ierakstīt", "stiprās puses", "Protu rakstīt", words)
    _, sheets = page(person)
    assert [labels(sheet) for sheet in sheets] == [["1. Protu rakstīt", "2. Mērķis", "3. Solis"]]
    assert person.asked == "plan_next"


def test_what_is_shown_has_the_numbers_by_which_it_is_mended(talks):
    person = planner(talks, a_goal("Mērķis"), a_step("Solis", on=SOON))
    person.say("ierakstīt", "stiprās puses", "Protu rakstīt")
    person.say("parādi plānu", "izņemt 1", "izņemt no plāna")
    assert [item.wording for item in plan_of(person).items] == [own("Mērķis"), own("Solis")]


@pytest.mark.parametrize(
    ("who", "section"), [("adult", "Mācību mērķi"), ("pupil_10_12", "Stiprās puses")]
)
def test_the_hexagon_stands_where_its_reader_looks_for_it(talks, who, section):
    """Alike on paper, on the page, and in the talk."""
    person = planner(talks, an_entry("Rēķini", "skills"), a_goal("Mērķis"), portrait(), who=who)
    plan = plan_of(person)
    words = PlanWords(talks.library, talks.catalogues["lv"], "jus", TODAY)
    (holding,) = [one.title for one in words.view(plan).sections if one.pictures]
    (sheet,) = page(person.say("parādi plānu"))[1]
    (listing,) = [one.title for one in sheet.sections if "sešstūris" in str(one.lines)]
    said = text_of(set_pdf(plan_document(words, words.view(plan)).document))
    before, _, after = said.partition("Interešu sešstūris (")
    titles = [one.title for one in words.view(plan).sections]
    printed = max(titles, key=before.rfind)
    assert (holding, listing, printed) == (section, section, section)
    assert all(title in after for title in titles[titles.index(section) + 1 :])


# --- what it is


def test_who_one_is_changes_the_form_of_the_plan_at_once(talks):
    person = planner(talks, an_entry("strengths", "Protu rakstīt"))
    assert plan_of(person).audience == "pupil"
    person.press("@change:who").press("adult")
    assert plan_of(person).audience == "adult"
    assert [item.wording for item in plan_of(person).items] == [own("Protu rakstīt")]


def test_a_copy_says_that_it_is_one_and_a_draft_too(talks):
    person = planner(talks, a_goal("Mērķis")).say("ja nu citādi", "parādi plānu")
    lead = " ".join(page(person)[1][0].lead)
    assert "Melnraksts" in lead
    assert "plāna kopija" in lead


def test_of_a_confirmed_plan_the_copy_is_a_draft(talks):
    person = planner(talks, a_goal("Mērķis"))
    work_on(person, ConfirmPlan())
    person.say("ja nu citādi", "parādi plānu")
    assert "Melnraksts" in " ".join(page(person)[1][0].lead)
