"""What every door promises a person: one file, passed by both drivers, the web chat and the console."""

import re

import pytest

from tests.channels.serving import serving
from tests.conftest import set_aside
from tests.doubles.doors import ConsoleDoor, TelegramDoor, WebDoor
from tests.doubles.journeys import RESULT, support, talk
from tests.doubles.person import Person

BUTTONED = ["aiogram", "ptb", "web"]  # a terminal has no old buttons


@pytest.fixture(params=[*BUTTONED, "console"])
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("web")) as found:
        yield found


@pytest.fixture
def opened(kind, request):
    """A door that somebody has just come in at."""
    if kind == "console":
        one = ConsoleDoor()
        yield one
        one.close()
    elif kind == "web":
        one = WebDoor(request.getfixturevalue("address"))  # each is a browser of its own
        yield one
        one.close()
    else:
        service = request.getfixturevalue("service")
        yield TelegramDoor(service, request.getfixturevalue("server"))
        assert set_aside(service.store) == []


@pytest.fixture
def door(opened, talks):
    """The same, where the question is open who comes."""
    talk(opened, Person(talks).reach("who").done)
    return opened


@pytest.fixture
def who(talks):
    """The question who comes."""
    return Person(talks).reach("who").question


@pytest.fixture
def following(talks):
    """The question that an adult is asked next."""
    return Person(talks).answer(who="adult").question


def plain(words):
    """Read a text as a person does: whatever spaces it is set with."""
    return re.sub(r"\s+", " ", words)


def options(door):
    return [plain(label) for label in door.options()]


def labels(question):
    return [plain(button.label) for button in question.buttons]


def test_it_says_that_it_is_a_machine_and_what_it_keeps(opened, talks):
    assert "programma, nevis cilvēks" in plain(opened.heard())
    assert "Vārdu un personas kodu neprasu" in plain(opened.heard())
    assert options(opened) == labels(Person(talks).question)


def test_from_the_start_to_what_the_leaflet_says(opened, talks):
    *typed, last = support(talks, "lv").words
    for word in typed:
        opened.say(word)
    opened.press(last)
    assert RESULT["lv"] in plain(opened.heard())
    assert "Lēmumu pieņem projekta īstenotājs, nevis bots." in plain(opened.heard())
    assert options(opened)[-1] == "Uz izvēlni"


def test_the_same_in_another_language(opened, talks):
    opened.say("українською")
    talk(opened, support(talks, "uk").done)
    assert RESULT["uk"] in plain(opened.heard())
    assert options(opened)[-1] == "До меню"


def test_words_are_understood_without_signs_and_in_any_case(door, following):
    door.say("STRADAJU")
    assert plain(following.text) in plain(door.heard())


def test_back_takes_one_answer_back(door, who):
    door.press("Strādāju")
    door.word("back")
    assert options(door) == labels(who)


def test_a_changed_answer_keeps_the_others(opened, talks, who):
    person = Person(talks).answer(who="adult", age_band="from_18")
    talk(opened, person.done)
    opened.word("change")
    assert "Kuru atbildi mainīt?" in plain(opened.heard())
    opened.press(f"{who.text} Strādāju")
    opened.press("Nestrādāju un nemācos")
    assert options(opened) == labels(person.question)


@pytest.mark.parametrize(
    ("word", "says"),
    [("why", "vai uzruna ir „tu” vai „jūs”"), ("help", "116111"), ("language", "Kurā valodā turpinām?")],
)  # fmt: skip
def test_a_digression_leaves_the_place_as_it_is(door, word, says, following):
    door.word(word)
    assert says in plain(door.heard())
    door.say("strādāju")
    assert plain(following.text) in plain(door.heard())


def test_a_human_is_one_step_away(door):
    door.word("human")
    assert "Par ko gribas parunāt ar cilvēku?" in plain(door.heard())


def test_what_is_not_understood_is_asked_again_then_has_a_way_out(door, following):
    door.say("zābaks")
    assert "Nesapratu. Var izvēlēties pogu vai uzrakstīt citiem vārdiem." in plain(door.heard())
    door.say("paklājs")
    assert "Vēl nesapratu. Piemēram" in plain(door.heard())
    door.say("lampas")
    assert "Var pajautāt cilvēkam vai iet uz izvēlni" in plain(door.heard())
    door.say("strādāju")
    assert plain(following.text) in plain(door.heard())


def test_distress_is_met_at_once_and_the_question_stays_open(door, who, following):
    door.say("negribu vairs dzīvot")
    assert "116111" in plain(door.heard())
    assert "112" in plain(door.heard())
    door.say("turpināt")
    assert plain(who.text) in plain(door.heard())
    door.say("strādāju")
    assert plain(following.text) in plain(door.heard())


@pytest.mark.parametrize(
    "text",
    ["A&B <i>", "*_[]()`~", "😀" * 40, "\u202eabc\u202c", "a\0b", "</div>", "   ", "ā" * 4000],
)
def test_whatever_is_typed_is_words_and_is_answered(door, text, following, who):
    door.say(text)
    assert options(door)[: len(who.buttons)] == labels(who)
    door.say("strādāju")
    assert plain(following.text) in plain(door.heard())


@pytest.mark.parametrize("kind", BUTTONED)
def test_an_old_button_harms_nothing(door, following):
    old = door.old("Palīdzu savam bērnam")
    door.press("Strādāju")
    door.press_old(old)
    assert "Šī poga ir no agrāka jautājuma." in plain(door.heard())
    assert labels(following)[0] in options(door)


@pytest.mark.parametrize("kind", BUTTONED)
def test_a_button_pressed_twice_is_one_answer(door, following):
    old = door.old("Strādāju")
    door.press("Strādāju")
    door.press_old(old)
    assert "Šī atbilde jau ir pierakstīta." in plain(door.heard())
    assert labels(following)[0] in options(door)


def test_what_is_kept_is_shown_and_deleted(door):
    door.press("Strādāju")
    door.say("mani dati")
    assert "Kura situācija ir vistuvākā? – Strādāju" in plain(door.heard())
    door.say("dzēst manus datus")
    door.press("Jā")
    assert "Viss dzēsts." in plain(door.heard())
