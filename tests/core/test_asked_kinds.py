"""Kinds of what people ask in a few words, over the real content: what is taken, and what must not be."""

import pytest

from bot.cli.hearing import hear_query, query_in
from bot.wiring import make_dialogue

WHAT_IS_OPEN = (
    "ko es varu darīt pēc 9. klases", "kas ir iespējams pēc 9. klases", "kādas iespējas pēc devītās klases",
    "kuri ceļi man ir vaļā", "ko darit pec 9. klases", "kur iet pēc devītās", "kur mācīties pēc 12. klases",
    "what is possible after grade 9", "what can I do after grade 9",
    "що після 9 класу", "куди йти після 9 класу", "что делать после 9 класса", "куда поступать после девятого",
)  # fmt: skip
BELOW_THRESHOLD = (
    "man neieskaitīja eksāmenu", "man neieskaitija eksamenu", "eksāmens zem 10", "dabuju 7% matemātikā ko tagad",
    "meita neizturēja eksāmenu 12. klasē", "my exam is below 10", "не зарахували іспит", "мне не засчитали экзамен",
)  # fmt: skip
OFF_TOPIC = (
    "kur ir tuvākā aptieka", "kad atiet autobuss uz Rīgu", "cik maksā iPhone", "cik ir 2+2", "cik maksā piens",
    "kā nomainīt spuldzi", "where can I buy shoes", "how much does a car cost", "коли відкривається аптека",
    "де купити квитки на концерт", "где купить билеты в кино", "сколько стоит молоко",
)  # fmt: skip
ANSWERED = (
    ("vai dienests ir obligāts", "army_who"),
    ("vai var mācīties bez maksas augstskolā", "budget_place_what"),
    ("vai pēc 12 klases obligāti jāstudē", "study_not_compulsory"),
    ("kas ir centralizētais eksāmens", "grade12_exams"),
    ("vai vajag eksāmenus lai tiktu tehnikumā", "vet_entry_marks"),
    ("vai es varu iet uz tehnikumu", "vet_entry_marks"),
    ("vai man jāmaksā nodokļi vasaras darbā", "pay_tax"),
    ("как записаться к карьерному консультанту", "nva_counsellor_free"),
    ("де визнати диплом з України", "aic_how_apply"),
    ("чи можна вчитися безкоштовно", "school_fees"),
    ("cik maksā studēt", "study_cost"),
    ("cik maksā studijas LU", "study_cost"),
    ("моя дитина не знає латиської, чи візьмуть у школу", "child_without_latvian"),
    ("ko dara NVA", "nva_what"),
    ("kur dabūt ēnu", "shadow_day_when"),
    ("kad ir ēnu diena", "shadow_day_when"),
    ("kur pieteikties ēnu dienā", "shadow_day_when"),
    ("vai mani dati ir drošībā", "bot_what_kept"),
    ("vai var mācīties tiešsaistē", "distance_how"),
    ("vai tehnikumā jāmācās matemātika", "vet_general_subjects"),
    ("kas ir PIKC", "pikc_what"),
)


@pytest.fixture(scope="module")
def hear(loaded):
    """Return what is heard of words at the menu."""
    dialogue = make_dialogue(loaded.library, None)

    def heard(words):
        return hear_query(dialogue, query_in(words, loaded.library))

    return heard


@pytest.mark.parametrize("words", WHAT_IS_OPEN)
def test_what_is_possible_opens_the_paths(hear, loaded, words):
    heard = hear(words)
    assert heard["heard"] == "wish", heard
    assert loaded.library.wishes[heard["wish"]].door == "paths"


@pytest.mark.parametrize("words", BELOW_THRESHOLD)
def test_an_exam_below_the_threshold_opens_its_help(hear, loaded, words):
    heard = hear(words)
    if heard["heard"] == "wish":
        assert loaded.library.wishes[heard["wish"]].door == "exam_help"
    else:
        first = loaded.library.knowledge[heard["knowledge"][0]]
        assert (heard["sure"], first.flow, first.opens) == ("said_back", "exam_help", True)
    assert "age_band" not in heard.get("facts", {})  # a result is no age


@pytest.mark.parametrize("words", OFF_TOPIC)
def test_what_is_no_matter_of_ours_gets_no_answer(hear, words):
    heard = hear(words)
    assert heard["heard"] in {"smalltalk", "knowledge", "nothing"}, heard
    assert "sure" not in heard, heard


@pytest.mark.parametrize(("words", "entry"), ANSWERED)
def test_a_short_question_finds_its_answer(hear, words, entry):
    heard = hear(words)
    assert (heard["heard"], heard.get("sure")) == ("knowledge", "said_back"), heard
    assert heard["knowledge"][0] == entry


@pytest.mark.parametrize(
    "words", ["kas palīdz Ogrē", "kas palīdz Daugavpilī", "who helps in my town"]
)
def test_who_helps_in_a_place_opens_the_place(hear, words):
    assert hear(words)["wish"] == "place_helps"


def test_a_counsellor_comes_in_by_the_door_of_teachers(hear):
    assert hear("esmu karjeras konsultante")["wish"] == "teacher_asks"


@pytest.mark.parametrize("words", ["nav jēgas vairs", "no point anymore", "больше нет смысла"])
def test_nothing_makes_sense_any_more_is_heard_as_distress(hear, words):
    assert hear(words)["heard"] == "distress"


def test_an_occupation_is_still_looked_up(hear):
    assert hear("ko dara pavārs")["heard"] == "occupation"
