"""The answers of production: each rests on its sources, is said with its days, and is found by its askings."""

from datetime import date, timedelta

import pytest

from bot.core.base.texts import LANGUAGES
from bot.core.dialogue.events import KnowledgeTold
from bot.words.i18n.formats import show_date
from bot.words.knowledge import KnowledgeWords
from tests.conftest import TODAY

EVERY = 13  # of the askings, one in so many is read here; the bench reads all
YEARS_ON = TODAY + timedelta(days=730)


@pytest.fixture(scope="module")
def library(loaded):
    return loaded.library


@pytest.fixture
def told(library, talks):
    """Say an answer on a day in a language."""

    def say(id_, on, language="lv"):
        words = KnowledgeWords(library, talks.catalogues[language], "tu", on)
        return words.told(KnowledgeTold(entries=(id_,), sure=True))

    return say


def test_two_hundred_questions_are_answered_in_every_language(library):
    assert len(library.knowledge) >= 200
    assert len({entry.topic for entry in library.knowledge.values()}) >= 80
    for entry in library.knowledge.values():
        assert len(entry.asks["lv"]) >= 8
        assert all(len(entry.asks[language]) >= 3 for language in LANGUAGES)


def test_every_stated_answer_is_said_with_each_source_and_its_day(library, told):
    traced = 0
    for id_, entry in library.knowledge.items():
        message = told(id_, TODAY)
        lines = message.source.replace("\u00a0", " ").splitlines()
        assert len(lines) == len(entry.sources) or entry.review < TODAY, id_
        for name, line in zip(entry.sources, lines, strict=False):
            source = library.sources[name]
            assert source.title in line or not isinstance(source.title, str), id_
            assert line.rstrip(".").endswith(show_date(source.checked, "lv").rstrip(".")), id_
            assert source.checked <= entry.review
            traced += 1
        assert entry.known == "no" or entry.sources, id_
    assert traced > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_years_on_nothing_is_said_without_a_caution(library, talks, told, language):
    words = KnowledgeWords(library, talks.catalogues[language], "tu", YEARS_ON)
    caution = words.phrase("stale_answer")
    for id_, entry in library.knowledge.items():
        message = told(id_, YEARS_ON, language)
        assert caution in message.source, id_
        links = [library.sources[name].url for name in entry.sources]
        assert not any(links) or any(link and link in message.source for link in links), id_


def test_a_caution_comes_with_the_first_day_past(library, told):
    for id_ in list(library.knowledge)[:: EVERY * 3]:
        entry = library.knowledge[id_]
        first = min([entry.review, *(library.sources[name].review for name in entry.sources)])
        before, after = told(id_, first), told(id_, first + timedelta(days=1))
        assert len(after.source.splitlines()) > len(before.source.splitlines()), id_


def test_an_asking_is_read_as_its_own_answer_first(library):
    every = [(id_, ask) for id_, one in library.knowledge.items() for ask in one.every_ask]
    some = every[::EVERY]
    others = [
        (ask, id_)
        for id_, ask in some
        if library.knowledge_reader.candidates(library.tokenize(ask))[0].entry != id_
    ]
    assert len(others) <= 0.05 * len(some), others


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "cik maksa stipendija tehnikuma"),
        ("lv", "kad sakas uznemsana tehnikumos"),
        ("en", "how old do i have to be for evening school"),
        ("uk", "чи платна вечірня школа?"),
        ("ru", "вечерняя школа платная?"),
    ],
)
def test_pupils_are_understood_as_they_type(library, language, said):
    assert language in LANGUAGES
    assert library.knowledge_reader.read(library.tokenize(said)).kind == "answer"


def test_every_day_is_a_day_and_the_next_look_comes_after_it(library):
    for entry in library.knowledge.values():
        assert isinstance(entry.checked, date)
        assert entry.checked < entry.review
