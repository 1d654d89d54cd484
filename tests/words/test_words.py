"""Words: counted things, figures and dates in each language, fixed texts whole."""

from datetime import date
from typing import get_args

import pytest

from bot.core.dialogue.events import Refused, Remarked
from bot.core.interests.profile import Certainty
from bot.load.data_folder import find_data
from bot.load.translations import load_words
from bot.words.i18n.formats import bind, show_date, show_list, show_number
from bot.words.i18n.phrases import COUNTED, PHRASES
from bot.words.i18n.translations import Catalogue, fill

WORDS = load_words(find_data())


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("lv", 1, "Kopā glabājas 1 atbilde."),
        ("lv", 21, "Kopā glabājas 21 atbilde."),
        ("lv", 11, "Kopā glabājas 11 atbildes."),
        ("lv", 0, "Kopā glabājas 0 atbildes."),
        ("lv", 5, "Kopā glabājas 5 atbildes."),
        ("en", 1, "1 answer is kept in all."),
        ("en", 2, "2 answers are kept in all."),
        ("uk", 1, "Загалом зберігається 1 відповідь."),
        ("uk", 3, "Загалом зберігаються 3 відповіді."),
        ("uk", 11, "Загалом зберігається 11 відповідей."),
        ("ru", 21, "Всего хранится 21 ответ."),
        ("ru", 22, "Всего хранятся 22 ответа."),
        ("ru", 25, "Всего хранится 25 ответов."),
    ],
)
def test_a_counted_text_takes_the_form_its_number_asks_for(language, number, said):
    assert WORDS[language].count(COUNTED["data_count"], number) == said


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [
        ("lv", "12\u00a0345", "24.11.2026."),
        ("en", "12,345", "24 Nov 2026"),
        ("uk", "12\u00a0345", "24.11.2026"),
        ("ru", "12\u00a0345", "24.11.2026"),
    ],
)
def test_figures_and_days_are_written_as_the_language_writes_them(language, number, day):
    assert show_number(12345, language) == number
    assert show_date(date(2026, 11, 24), language) == day


def test_a_list_is_joined_as_the_language_joins_it():
    joined = [show_list(["A", "B", "C"], language) for language in ("lv", "en", "uk", "ru")]
    assert joined == ["A, B un C", "A, B and C", "A, B і C", "A, B и C"]


def test_a_value_is_never_read_as_a_placeholder():
    assert fill("{a} {b} {c}", {"a": "{b}", "b": "x"}) == "{b} x {c}"


def test_a_text_without_a_translation_stays_latvian_and_whole():
    assert Catalogue("en").say(PHRASES["guess"], option="X") == "Vai domāts: X?"


def test_spaces_that_must_not_break_are_put_in():
    assert bind("Nr. 5 – 10 % plkst. 9") == "Nr.\u00a05\u00a0– 10\u00a0% plkst.\u00a09"


def test_what_the_engine_names_has_its_words():
    """A phrase whose key is made of a name is there for every such name; none is an id of the content."""
    made = {
        "not_": get_args(Refused.model_fields["reason"].annotation),
        "portrait_": get_args(Certainty),
        "level_": ("more", "less", "same", *"1234"),  # what changed; ISCO's skill levels
        "carry_": ("join", "decline"),
    }
    said_otherwise = {"distress", "quiet_word", "quiet_reply", "why", "meaning"}
    noted = set(get_args(Remarked.model_fields["what"].annotation)) - said_otherwise
    keys = {prefix + name for prefix, names in made.items() for name in names} | noted
    assert keys - PHRASES.keys() == set()
