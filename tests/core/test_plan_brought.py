"""A plan's file sent in a conversation: where it is given, what is shown of it, when it is taken and when not."""

import json

import pytest

from bot.core.base.strict_json import FileFault
from bot.core.dialogue.inputs import Commanded, Picked, PlanFileSent, PlanOrdered
from bot.core.dialogue.requests import PlanImportRequest
from bot.core.plan.history import KeptVersion, filed_history
from bot.core.plan.items import PlanEntry, PlanStep
from bot.core.plan.orders import PutItem, ReplacePlan
from tests.core.planning import plan_of, planner, said, texts
from tests.doubles.clocks import NOON
from tests.doubles.person import Person
from tests.doubles.plan_items import entry, goal, step
from tests.doubles.plan_people import plan_of as made


def sends(person, *items, history=()):
    """Let somebody send a file with items; gives the turn."""
    order = ReplacePlan(plan=made("adult", *items), history=filed_history(history))
    return person.give(PlanFileSent(order=order))


def asks_where(person):
    """Whether the last turn has asked where a file is given."""
    return any(getattr(one, "request", None) == PlanImportRequest() for one in person.events)


WISHES = {
    "lv": ["man ir fails ar planu", "es gribu atgriezt savu plānu", "gribu ielikt planu no faila", "kā dabūt atpakaļ savu plānu no faila", "man ir json fails"],
    "en": ["I have my plan file", "i want my plan back", "how can I import my plan", "upload my plan"],
    "uk": ["у мене є файл з планом", "хочу повернути мій план", "як завантажити план з файлу"],
    "ru": ["у меня есть файл с планом", "хочу вернуть мой план", "как загрузить план из файла"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"), [(one, text) for one in WISHES for text in WISHES[one]]
)
@pytest.mark.parametrize("place", ["menu", "plan"])
def test_who_has_a_file_is_told_where_it_is_given(talks, language, words, place):
    person = planner(talks, entry("skills", "Rēķini"))
    person.give(Commanded(word="language", about=language))
    person.give(Commanded(word="menu")) if place == "menu" else person.say("plāns")
    person.say(words)
    assert asks_where(person), said(person)


def test_a_wish_told_in_the_first_flow_is_taken_up_when_it_is_over(talks):
    person = Person(talks)
    person.say("man ir fails ar plānu")
    assert not asks_where(person)
    answer_all(person)
    assert asks_where(person)


def answer_all(person):
    for pick in ("adult", "from_18", "keep"):
        person.give(Picked(options=(pick,)))


@pytest.mark.parametrize(
    "words", ["mans plāns", "parādi plānu", "kad atgriezties pie plāna", "мой план", "show my plan"]
)
def test_who_asks_for_the_plan_is_not_told_of_files(talks, words):
    person = planner(talks, entry("skills", "Rēķini"))
    person.give(Commanded(word="menu"))
    person.say(words)
    assert not asks_where(person)


# --- sent


def test_a_file_changes_nothing_until_it_is_said(talks):
    person = planner(talks, entry("skills", "Rēķini"))
    before = plan_of(person)
    sends(person, goal("Iegūt B2"))
    told = said(person)
    assert "Ierakstīts: Iegūt B2" in told
    assert "Izņemts: Rēķini" in told
    assert plan_of(person) == before
    person.say("jā")
    assert [one.kind for one in plan_of(person).items] == ["goal"]
    assert person.session.plan_brought is None


@pytest.mark.parametrize("words", ["nē", "neieliec", "lai paliek", "atstāj"])
def test_a_file_is_left_in_words(talks, words):
    person = planner(talks, entry("skills", "Rēķini"))
    before = plan_of(person)
    sends(person, goal("Iegūt B2"))
    person.say(words)
    assert (plan_of(person), person.session.plan_brought) == (before, None)


def test_a_file_is_shown_masked_as_it_would_be_kept(talks):
    person = planner(talks)
    secret = entry("skills", "kods 010190-12345", document="29123456", id="e1")
    earlier = KeptVersion(number=2, at=NOON, items=(entry("skills", "kods 010190-54321", id="e1"),))
    sends(person, secret, history=[earlier])
    assert "kods •••" in said(person)
    assert "aizstāju ar •••" in said(person)
    assert not [one for one in ("12345", "54321", "29123456") if one in kept(person)]
    person.say("jā")
    assert not [one for one in ("12345", "54321", "29123456") if one in kept(person)]


def kept(person):
    return person.session.model_dump_json() + said(person)


def test_what_else_comes_and_what_does_not_is_told_before(talks):
    person = planner(talks)
    versions = [
        KeptVersion(number=at, at=NOON, items=(entry("skills", f"v{at}", id="e1"),))
        for at in range(2, 6)
    ]
    sends(person, entry("skills", "v5"), history=versions)
    assert "Līdzi nāk agrākās redakcijas. To skaits: 4." in said(person)
    person.say("jā")
    assert plan_of(person).version == 6


def test_a_plan_changed_meanwhile_is_not_written_over(talks):
    person = planner(talks, entry("skills", "Rēķini"))
    sends(person, goal("Iegūt B2"))
    person.give(PlanOrdered(orders=(PutItem(item=step("zvanīt")),)))  # in another tab
    person.say("jā")
    assert "Plāns pa to laiku ir mainīts, tāpēc no faila nekas nav ņemts." in said(person)
    assert [one.kind for one in plan_of(person).items] == ["entry", "step"]


def test_a_file_that_cannot_be_read_is_told_by_place(talks):
    person = planner(talks, entry("skills", "Rēķini"))
    before = person.session.open
    person.give(PlanFileSent(faults=(FileFault(place="plan.items.3.on", what="Field required"),)))
    assert "Šo failu nevar ielikt." in said(person)
    assert "plan.items.3.on: kaut kā trūkst" in said(person)
    assert person.session.open == before


def test_of_many_changes_the_first_ones_are_told(talks):
    person = planner(talks)
    sends(person, *(entry("skills", f"Prasme {number}") for number in range(1, 60)))
    assert "Prasme 20" in said(person)
    assert "Prasme 21" not in said(person)
    assert "un vēl citas izmaiņas. To skaits: 39." in said(person)


def test_a_file_nobody_is_asked_about_any_more_is_let_go(talks):
    person = planner(talks)
    sends(person, goal("Iegūt B2"))
    person.give(Picked(options=("interests",)))  # nothing of it is open there
    person.give(Commanded(word="back"))
    assert person.session.plan_brought is None
    assert "B2" not in json.dumps(person.session.model_dump(mode="json"))


def test_a_second_file_takes_the_place_of_the_first(talks):
    person = planner(talks)
    sends(person, goal("Pirmais"))
    sends(person, goal("Otrais"))
    assert "Otrais" in said(person)
    assert "Pirmais" not in said(person)
    person.say("jā")
    assert [one.wording.text for one in plan_of(person).items] == ["Otrais"]


def test_words_of_distress_in_a_file_are_met_before_it_is_taken(talks):
    person = planner(talks, entry("skills", "Rēķini"))
    sends(person, entry("agenda", "Es vairs negribu dzīvot"))
    person.say("jā")
    assert "116111" in said(person)
    assert texts(person, PlanEntry) == ["Rēķini"]
    assert not any(message.kind == "ask" for message in person.messages)  # nothing is asked
    person.give(Picked(options=("@continue",)))
    assert any(message.kind == "ask" for message in person.messages)
    assert texts(person, PlanEntry) == ["Rēķini"]
    sends(person, entry("agenda", "Es vairs negribu dzīvot"))
    person.say("jā")
    person.give(Picked(options=("@was_answer",)))
    assert texts(person, PlanEntry) == ["Es vairs negribu dzīvot"]


def test_a_file_promises_no_day_where_nothing_may_be_kept_so_long(talks):
    person = planner(talks, keeping="brief")
    sends(person, step("zvanīt", "2027-02-10", remind=True))
    person.say("jā")
    (found,) = plan_of(person).of_kind(PlanStep)
    assert found.remind is False
