"""Saved paths: what they said stays readable, and what has changed in them is marked with its day."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from bot.core.dialogue.events import Remarked
from bot.core.dialogue.inputs import Picked, Said
from bot.core.dialogue.path_events import PathsShown, SavedPathsShown
from bot.core.dialogue.requests import DataResponse
from bot.core.dialogue.session import Session
from bot.core.education.saved_path import MOST_SAVED_PATHS, notice_changes, save_card, texts_of
from bot.core.library import Library
from bot.service.conversations import Dialogue
from bot.words.i18n.compare_phrases import COMPARE_PHRASES
from bot.words.i18n.formats import bind
from bot.words.messages import plain
from tests.doubles.clocks import TODAY, SetClock
from tests.doubles.person import Person

CARD = "vocational_secondary"
FIRST, SECOND, THIRD = (date(2026, 11, 24) + timedelta(days=at) for at in (0, 40, 90))
MOVED = "Piecus gadus, kopš 2027. gada septembra."


def content(talks: Dialogue, number: int, day: date) -> Dialogue:
    """Return conversations over the content as it is, with a fact moved, or without the card."""
    return Dialogue(changed(talks, number), talks.catalogues, SetClock(), day)


@cache
def changed(talks: Dialogue, number: int) -> Library:
    library = talks.library
    card = library.paths[CARD]
    moved = card.facts["duration"].model_copy(update={"text": MOVED})
    cards = dict(library.paths)
    if number == 2:
        cards[CARD] = card.model_copy(update={"facts": {**card.facts, "duration": moved}})
    elif number == 3:
        del cards[CARD]
    return replace(library, paths=cards, release=f"release {number}")


def opened(talks: Dialogue, flow: str = "my_paths", language: str = "lv") -> Person:
    """Return somebody past the first questions, in a flow."""
    person = Person(talks, language, opening=None)
    stack = (talks.library.roles.home, flow)
    person.session = Session(language=language, stack=stack, release=talks.library.release)
    return person


def shown(person: Person) -> str:
    """Return the list of saved paths, asked for at the menu."""
    person.say("izvēlne", "ko es apsveru")
    assert [event for event in person.events if isinstance(event, SavedPathsShown)]
    return "\n".join(plain(message) for message in person.messages)


def remarks(person: Person) -> list[str]:
    return [event.what for event in person.events if isinstance(event, Remarked)]


def press(person: Person, command: str) -> None:
    person.give(Picked(options=(command,)))


# --- saving


def test_a_saved_path_keeps_all_that_its_card_says(talks: Dialogue) -> None:
    person = opened(talks)
    press(person, f"@save:{CARD}")
    (saved,) = person.session.saved_paths
    assert (saved.card, saved.on) == (CARD, TODAY)
    assert {one.field: one.text for one in saved.texts} == texts_of(talks.library.paths[CARD])


def test_a_sixth_path_is_refused_and_none_is_dropped(talks: Dialogue) -> None:
    person = opened(talks)
    for card in list(talks.library.paths)[: MOST_SAVED_PATHS + 1]:
        press(person, f"@save:{card}")
    assert remarks(person) == ["saved_paths_full"]
    kept = [saved.card for saved in person.session.saved_paths]
    assert kept == list(talks.library.paths)[:MOST_SAVED_PATHS]


def test_it_is_said_how_many_paths_are_the_most() -> None:
    assert MOST_SAVED_PATHS == 5
    assert "pieci ceļi" in str(COMPARE_PHRASES["saved_paths_full"])
    assert "pieciem" in str(COMPARE_PHRASES["saved_paths_lead"])


def test_a_card_offers_to_be_saved_or_to_be_taken_off(talks: Dialogue) -> None:
    person = opened(talks)
    press(person, f"@path:{CARD}")
    assert f"@save:{CARD}" in [button.pick for button in person.messages[0].buttons]
    press(person, f"@save:{CARD}")
    press(person, f"@path:{CARD}")
    assert f"@unsave:{CARD}" in [button.pick for button in person.messages[0].buttons]
    press(person, f"@unsave:{CARD}")
    assert person.session.saved_paths == ()


@pytest.mark.parametrize(
    "command", ["@save:nothing", "@unsave:nothing", "@save:", f"@unsave:{CARD}"]
)
def test_a_button_of_what_is_not_there_harms_nothing(talks: Dialogue, command: str) -> None:
    person = opened(talks)
    press(person, command)
    assert remarks(person) == ["stale"]
    assert person.session.saved_paths == ()


def test_what_is_kept_of_a_person_names_the_saved_paths(talks: Dialogue) -> None:
    person = opened(talks)
    press(person, f"@save:{CARD}")
    person.give(Said(text="mani dati"), lambda _: DataResponse())
    (data,) = [message for message in person.messages if message.kind == "data"]
    title = str(talks.library.paths[CARD].title)
    assert any(title in item and "24.11.2026." in item for item in data.items)


def test_a_session_kept_before_paths_could_be_saved_is_read() -> None:
    session = Session.model_validate_json('{"schema_version": 1, "stack": ["menu"]}')
    assert session.saved_paths == ()


def test_the_paths_shown_light_those_that_are_saved(talks: Dialogue) -> None:
    person = opened(talks, "paths")
    press(person, f"@save:{CARD}")
    press(person, "@continue")
    while not any(isinstance(event, PathsShown) and event.part == "all" for event in person.events):
        press_skip(person)
    (event,) = [one for one in person.events if isinstance(one, PathsShown) and one.part == "all"]
    assert event.lit == (CARD,)


def press_skip(person: Person) -> None:
    assert person.question.buttons[-1].pick == "@skip"
    person.press("@skip")


# --- ageing


def test_a_moved_date_and_a_withdrawn_card_are_both_told(talks: Dialogue) -> None:
    old = bind(str(talks.library.paths[CARD].facts["duration"].text))
    person = opened(content(talks, 1, FIRST))
    press(person, f"@save:{CARD}")
    assert "Nekas nav mainījies." in shown(person)

    person.talks = content(talks, 2, SECOND)
    moved = shown(person)
    assert f"Bija: „{old}”" in moved
    assert f"„{MOVED}”, pamanīts 03.01.2027." in moved

    person.talks = content(talks, 3, THIRD)
    gone = shown(person)
    assert "⊟ Šī ceļa Ceļvedī vairs nav: pamanīts 22.02.2027." in gone
    assert f"Bija: „{old}”" in gone
    assert f"„{MOVED}”, pamanīts 03.01.2027." in gone
    for text in texts_of(talks.library.paths[CARD]).values():
        assert bind(str(text)) in gone


def test_a_withdrawn_path_can_be_taken_off_but_not_opened(talks: Dialogue) -> None:
    person = opened(content(talks, 1, FIRST))
    press(person, f"@save:{CARD}")
    person.talks = content(talks, 3, THIRD)
    shown(person)
    picks = [button.pick for message in person.messages for button in message.buttons]
    assert f"@path:{CARD}" not in picks
    press(person, f"@unsave:{CARD}")
    assert person.session.saved_paths == ()


def test_a_change_is_noted_on_the_day_it_is_first_seen_only(talks: Dialogue) -> None:
    person = opened(content(talks, 1, FIRST))
    press(person, f"@save:{CARD}")
    person.talks = content(talks, 2, SECOND)
    person.say("izvēlne")
    person.talks = content(talks, 2, THIRD)
    person.say("izvēlne")
    (saved,) = person.session.saved_paths
    assert [(change.on, change.field) for change in saved.changes] == [(SECOND, "duration")]


def test_a_card_that_comes_back_is_said_to_be_there_again(talks: Dialogue) -> None:
    card = talks.library.paths[CARD]
    saved = notice_changes(save_card(CARD, card, FIRST), None, SECOND)
    assert saved.is_withdrawn
    back = notice_changes(saved, card, THIRD)
    assert not back.is_withdrawn
    assert [(change.on, change.field) for change in back.changes] == [
        (SECOND, "card"),
        (THIRD, "card"),
    ]
    assert back.latest == texts_of(card)


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
def test_the_old_text_is_readable_in_every_language(talks: Dialogue, language: str) -> None:
    person = opened(content(talks, 1, FIRST), language=language)
    press(person, f"@save:{CARD}")
    person.talks = content(talks, 2, SECOND)
    told = shown(person)
    words = talks.catalogues[language]
    assert bind(words.say(talks.library.paths[CARD].facts["duration"].text)) in told
    assert MOVED in told
