"""Places: which one is meant, what is told of it, and what where nothing is known."""

from datetime import date

import pytest

from bot.core.dialogue.events import PlaceShown
from bot.core.dialogue.inputs import Started
from bot.words.places import PlaceWords
from tests.doubles.person import Person


def shown(person):
    return next(event for event in person.events if isinstance(event, PlaceShown))


def told(person):
    return next(message for message in person.messages if message.step == "place_card")


@pytest.fixture
def asked(sample):
    person = Person(sample, opening=Started(flow="place"))
    assert person.asked == "place"
    return person


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Paraugpils novads", "paraugpils"),
        ("Paraugpilī", "paraugpils"),
        ("paraugpilij", "paraugpils"),
        ("es dzivoju paraugpils novada", "paraugpils"),
        ("netālu no Paraugmuižas", "paraugpils"),
        ("Paragpils", "paraugpils"),
        ("Параугпилс", "paraugpils"),
        ("Rīgā", "riga"),
        ("в Риге", "riga"),
        ("Cēsu pusē", "cesis"),
        ("no Cēsīm", "cesis"),
        ("Rēzeknē", "rezekne"),
        ("Rēzeknes novadā", "rezeknes_novads"),
        ("Rēzeknes pilsēta", "rezekne"),
        ("aiz trim kalniem", ""),
        ("🙂", ""),
    ],
)
def test_a_place_is_known_by_its_name_in_any_case(sample, words, place):
    assert sample.library.place_finder.find(words).id == place


def test_a_name_of_a_town_and_a_county_may_mean_either(sample):
    found = sample.library.place_finder.find("no Rēzeknes")
    assert (found.id, found.others) == ("rezekne", ("rezeknes_novads",))


def test_what_a_place_tells_is_told_with_its_day(asked):
    asked.say("Paraugpilī")
    message = told(asked)
    assert "izdomāta" in message.text.splitlines()[1]
    assert "29.11.2026" in message.source
    lines = "\n".join(message.items)
    assert "Paraugmuižas pamatskola. Konsultants kopīgs ar: Paraugpils vidusskola" in lines
    assert "Tuvākā NVA filiāle: NVA Paraugpils filiāle" in lines
    assert "Attālināti: videosarunā un pa tālruni" in lines


def test_a_place_without_data_says_so_first_and_names_the_nearest(asked):
    asked.say("Paraugsalā")
    message = told(asked)
    assert message.text.startswith("Par šo vietu ziņu te vēl nav: Paraugsalas novads.")
    assert "Paraugkrasta novads (izdomāts paraugs)" in message.text
    assert message.buttons[0].pick == "@place:paraugkrasts"


def test_no_nearest_is_guessed_where_nobody_names_a_neighbour(asked):
    asked.say("Rīgā")
    assert told(asked).text == "Par šo vietu ziņu te vēl nav: Rīga."
    assert shown(asked).nearest == ()


def test_the_nearest_is_told_by_either_neighbour(sample):
    # Paraugpils names Paraugkrasts, and Paraugsala names it too; nobody names Paraugsala's own data
    finder = sample.library.place_finder
    assert finder.nearest("paraugsala") == ("paraugkrasts",)
    assert finder.nearest("paraugkrasts") == ("paraugpils",)


def test_a_pressed_place_is_told_and_kept(asked):
    asked.say("Paraugsalā")
    asked.press("@place:paraugkrasts")
    assert shown(asked).place == "paraugkrasts"
    assert [one.value for one in asked.session.answers if one.step == "place"] == ["paraugkrasts"]


def test_a_pressed_place_that_is_gone_harms_nothing(asked):
    before = asked.session.answers
    asked.press("@place:atlantis")
    assert asked.session.answers == before


def test_a_skipped_place_is_not_asked_for_again(asked):
    asked.press("@skip")
    assert told(asked).text == "Bez vietas pastāstīšu to, kas der visur."
    assert asked.asked == "place_next"


def test_who_came_by_the_link_of_a_school_need_not_say_where(sample):
    person = Person(sample, opening=Started(school="Paraugostas vidusskola", flow="place"))
    assert shown(person).place == "paraugkrasts"
    assert person.asked == "place_next"
    person.press("@change:place").say("Paraugpils")
    assert shown(person).place == "paraugpils"


def test_a_school_that_no_place_names_is_asked_as_anybody(sample):
    person = Person(sample, opening=Started(school="Cita skola", flow="place"))
    assert person.asked == "place"


def test_old_data_is_told_with_a_caution(sample):
    later = PlaceWords(sample.library, sample.catalogues["lv"], "jus", date(2028, 1, 1))
    place = sample.library.places["paraugpils"]
    assert "novecojušas" in later.checked(place)
    today = PlaceWords(sample.library, sample.catalogues["lv"], "jus", date(2026, 12, 1))
    assert "novecojušas" not in today.checked(place)


def test_every_production_example_is_said_to_be_one(talks):
    for language, catalogue in talks.catalogues.items():
        words = PlaceWords(talks.library, catalogue, "jus", date(2026, 12, 1))
        for id_, place in talks.library.places.items():
            assert place.example, f"{id_}: the project ships made-up places only"
            assert words.name(id_) != place.name, language
