"""What every door promises a person: one file, passed by both drivers, the web chat and the console."""

import re

import pytest

from tests.channels.serving import serving
from tests.conftest import set_aside
from tests.doubles.doors import ConsoleDoor, TelegramDoor, WebDoor

WHO = [
    "Mācos 5.–9. klasē", "Mācos vidusskolā vai tehnikumā", "Strādāju", "Nestrādāju un nemācos",
    "Palīdzu savam bērnam", "Kaut kas cits",
]  # fmt: skip

BUTTONED = ["aiogram", "ptb", "web"]  # a terminal has no old buttons


@pytest.fixture(params=[*BUTTONED, "console"])
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("web")) as found:
        yield found


@pytest.fixture
def door(kind, request):
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


def plain(words):
    """Read a text as a person does: whatever spaces it is set with."""
    return re.sub(r"\s+", " ", words)


def options(door):
    return [plain(label) for label in door.options()]


def test_it_says_that_it_is_a_machine_and_what_it_keeps(door):
    assert "programma, nevis cilvēks" in plain(door.heard())
    assert "Vārdu un personas kodu neprasu" in plain(door.heard())
    assert options(door) == WHO


def test_from_the_start_to_what_the_leaflet_says(door):
    for answer in ("strādāju", "18", "lai var turpināt vēlāk", "atbalsts mācībām", "jā", "52"):
        door.say(answer)
    door.press("Vispārējā vidējā")
    assert "Sākotnēji piedāvā: pirmā grupa" in plain(door.heard())
    assert "Lēmumu pieņem projekta īstenotājs, nevis bots." in plain(door.heard())
    assert options(door) == ["Atrast karjeras konsultantu", "Avoti un par Ceļvedi", "Uz izvēlni"]


def test_the_same_in_another_language(door):
    door.say("українською")
    for answer in ("працюю", "18", "щоб продовжити пізніше", "підтримка навчання", "так", "52"):
        door.say(answer)
    door.press("Загальна середня")
    assert "перша група" in plain(door.heard())
    assert options(door)[-1] == "До меню"


def test_words_are_understood_without_signs_and_in_any_case(door):
    door.say("STRADAJU")
    assert "Cik gadu?" in plain(door.heard())


def test_back_takes_one_answer_back(door):
    door.press("Strādāju")
    door.word("back")
    assert options(door) == WHO


def test_a_changed_answer_keeps_the_others(door):
    door.press("Strādāju")
    door.say("18")
    door.word("change")
    assert "Kuru atbildi mainīt?" in plain(door.heard())
    door.say("atpakaļ")
    assert options(door)


@pytest.mark.parametrize(
    ("word", "says"),
    [("why", "vai uzruna ir „tu” vai „jūs”"), ("help", "116111"), ("language", "Kurā valodā turpinām?")],
)  # fmt: skip
def test_a_digression_leaves_the_place_as_it_is(door, word, says):
    door.word(word)
    assert says in plain(door.heard())
    door.say("strādāju")
    assert "Cik gadu?" in plain(door.heard())


def test_a_human_is_one_step_away(door):
    door.word("human")
    assert "Par ko gribas parunāt ar cilvēku?" in plain(door.heard())


def test_nonsense_is_asked_again_and_then_a_human_offered(door):
    door.say("blablabla")
    assert "Nesapratu. Var izvēlēties pogu vai uzrakstīt citiem vārdiem." in plain(door.heard())
    door.say("qwqwqw")
    assert "Pajautāsim cilvēkam?" in plain(door.heard())
    door.say("strādāju")
    assert "Cik gadu?" in plain(door.heard())


def test_distress_is_met_at_once_and_the_question_stays_open(door):
    door.say("negribu vairs dzīvot")
    assert "116111" in plain(door.heard())
    assert "112" in plain(door.heard())
    door.say("strādāju")
    assert "Cik gadu?" in plain(door.heard())


@pytest.mark.parametrize(
    "text",
    ["A&B <i>", "*_[]()`~", "😀" * 40, "\u202eabc\u202c", "a\0b", "</div>", "   ", "ā" * 4000],
)
def test_whatever_is_typed_is_words_and_is_answered(door, text):
    door.say(text)
    assert options(door)[:6] == WHO
    door.say("strādāju")
    assert "Cik gadu?" in plain(door.heard())


@pytest.mark.parametrize("kind", BUTTONED)
def test_an_old_button_harms_nothing(door):
    old = door.old("Palīdzu savam bērnam")
    door.press("Strādāju")
    door.press_old(old)
    assert "Šī poga ir no agrāka jautājuma." in plain(door.heard())
    assert "13–17" in options(door)


@pytest.mark.parametrize("kind", BUTTONED)
def test_a_button_pressed_twice_is_one_answer(door):
    old = door.old("Strādāju")
    door.press("Strādāju")
    door.press_old(old)
    assert "Šī atbilde jau ir pierakstīta." in plain(door.heard())
    assert "13–17" in options(door)


def test_what_is_kept_is_shown_and_deleted(door):
    door.press("Strādāju")
    door.say("mani dati")
    assert "Kas ir vistuvāk? – Strādāju" in plain(door.heard())
    door.say("dzēst manus datus")
    door.press("Jā")
    assert "Viss dzēsts." in plain(door.heard())
