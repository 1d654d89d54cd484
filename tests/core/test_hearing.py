"""What people type: numbers, dates, global words, options."""

from datetime import date

import pytest

from bot.core.nlu.commands import hear_global, hear_within, language_named
from bot.core.nlu.frame_reading import heed
from bot.core.nlu.normalize import normalize
from bot.core.nlu.numbers import read_date, read_number
from bot.core.nlu.options import OptionMatch, OptionNames, listed_parts, match_option
from tests.doubles.timing import processor_time

HOSTILE = ("\0", "\ud800", "\u202e" * 50, "e" + "\u0301" * 3000, "😀" * 500, "a" * 100_000, " ", "")


@pytest.fixture(scope="session")
def library(loaded):
    return loaded.library


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("16", 16), ("16.", 16), ("16 gadi", 16), ("man ir 16", 16), ("devītajā", 9), ("9.", 9),
        ("sešpadsmit", 16), ("divdesmit pieci", 25), ("twenty-five", 25), ("сорок два", 42),
        ("двадцять п'ять", 25), ("пятьдесят два", 52), ("Man ir 52 gadi.", 52),
        ("-5", None), ("3.5", None), ("10 vai 11", None), ("nezinu", None), ("", None),
    ],
)  # fmt: skip
def test_numbers_are_read(library, said, number):
    assert read_number(said, library.number_words) == number


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("22.11.2026", date(2026, 11, 22)), ("22.11.2026.", date(2026, 11, 22)),
        ("2026-11-22", date(2026, 11, 22)), ("22/11/2026", date(2026, 11, 22)),
        ("22. novembris 2026", date(2026, 11, 22)), ("22 листопада 2026", date(2026, 11, 22)),
        ("31.02.2026", None), ("rīt", None),
    ],
)  # fmt: skip
def test_days_are_read(library, said, day):
    assert read_date(said, library.number_words) == day


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("atpakal", "back"), ("atpakalj", "back"), ("apakal", "back"), ("atpakl", "back"),
        ("palidziba", "help"), ("paliidziiba", "help"), ("paldziba", "help"), ("izvelne", "menu"),
        ("izveelne", "menu"), ("kapec", "why"), ("kaapeec", "why"), ("cilveks", "human"),
        ("cilveeks", "human"), ("mainit atbildi", "change"), ("dzest manus datus", "delete_data"),
        ("izdzes mani", "delete_data"), ("пачему", "why"), ("памощь", "help"),
        ("допомага", "help"), ("gjvjom", "help"), ("vty.", "menu"), ("yfpfl", "back"),
        ("/start", "menu"), ("Lūdzu, atpakaļ!", "back"), ("palīdzība mājās", None), ("nē", None),
    ],
)  # fmt: skip
def test_global_words_are_heard(library, said, word):
    assert hear_global(library.global_words, said, open_question=False) == word


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("vai vari, lūdzu, iet atpakaļ?", "back"), ("gribu uz izvēlni", "menu"),
        ("kāpēc tev to vajag", "why"), ("parādi man manus datus", "show_data"),
        ("es gribu dzēst visu 🙂", "delete_data"), ("runā krieviski", "language"),
        ("show me the menu please", "menu"), ("do you speak English?", "language"),
        ("можно назад?", "back"), ("хочу на українську мову", "language"),
        ("gribu beigt skolu", None), ("nevajag atpakaļ", None), ("man patīk angļu valoda", None),
        ("mācos krievu valodu", None), ("I do not speak English well", None), ("", None),
        ("vai vari iet atpakaļ pie tā jautājuma kas bija", None),
    ],
)  # fmt: skip
def test_global_words_are_heard_within_a_sentence_that_says_no_more(library, said, word):
    assert hear_within(library.global_words, library.tokenize(said)) == word


def test_every_name_of_a_language_asks_for_it(library):
    words = library.global_words
    assert len(words.languages) == 4
    for code, names in words.languages.items():
        for name in names:
            assert hear_global(words, name, open_question=False) == "language", name
            assert language_named(words, library.tokenize(f"lūdzu {name}")) == code


def test_soft_words_do_not_count_at_an_open_question(library):
    words = library.global_words
    assert hear_global(words, "konsultants", open_question=False) == "human"
    assert hear_global(words, "konsultants", open_question=True) is None


def test_options_are_understood():
    options = (
        OptionNames("yes", "Jā, algots darbs", ("jā", "strādāju", "strādnieks")),
        OptionNames("no", "Pašlaik nav", ("nē", "nestrādāju", "meklēju darbu")),
        OptionNames("own", "Jā, pašnodarbinātība", ("pašnodarbināts",)),
    )

    def meant(text):
        return match_option(options, text, numbered=True)

    assert meant("es esmu strādnieks") == OptionMatch("sure", ("yes",))
    assert meant("Strādāju!") == OptionMatch("sure", ("yes",))
    assert meant("nestrādāju") == OptionMatch("sure", ("no",))
    assert meant("2.") == OptionMatch("sure", ("no",))
    assert meant("pasnodarbinats") == OptionMatch("sure", ("own",))
    assert meant("algts darbs") == OptionMatch("nearly", ("yes",))
    assert meant("xyz") == OptionMatch("none")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("matemātika un fizika", ["matemātika", "fizika"]),
        ("математика і фізика; sports", ["математика", "фізика", "sports"]),
        ("latviešu valoda un literatūra, fizika", ["latviešu valoda un literatūra", "fizika"]),
        ("fizika un vēl kas", ["fizika un vēl kas"]),
    ],
)
def test_a_list_is_parted_at_an_and_between_names(text, parts):
    names = ("matemātika|математика", "fizika|фізика", "latviešu valoda un literatūra", "sports")
    options = [
        OptionNames(first, first, tuple(rest))
        for first, *rest in (name.split("|") for name in names)
    ]
    assert listed_parts(options, text, whole=True) == parts


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless_and_quick(library, text):
    def read(text):
        normalize(text)
        read_number(text, library.number_words)
        read_date(text, library.number_words)
        hear_global(library.global_words, text, open_question=False)
        match_option((OptionNames("a", "abc"),), text, numbered=True)
        heed(library.distress, text, library.vocabulary)
        heed(library.leaving, text, library.vocabulary)

    everyday = "es gribu strādāt ar kokiem, bet nezinu, kur. " * 100
    assert processor_time(lambda: read(text)) < 10 * processor_time(lambda: read(everyday))


QUESTIONS = {
    "ko dara šuvēja?": "suveja",
    "Ko darba dienā dara pavārs": "pavars",
    "KO DARA  MŪRNIEKS??": "murnieks",
    "what does a nurse do?": "nurse",
    "What do nurses do": "nurses",
    "що робить кухар?": "кухар",
    "чем занимается юрист": "юрист",
    "ko dara": None,
    "ko darām tālāk?": None,
    "es daru šo": None,
}


@pytest.mark.parametrize("text", list(QUESTIONS))
def test_a_question_about_an_occupation_is_heard(loaded, text):
    assert loaded.library.global_words.job_asked(text) == QUESTIONS[text]
