"""Distress and languages: the quiet step, its answers, and what is said in which language."""

import pytest

from bot.core.dialogue.events import Asked, Remarked
from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.dialogue.session import Session
from tests.core.talking import facts, of_kind, talk


def test_in_the_quiet_step_nothing_is_asked_and_nothing_recorded(talks):
    session, events = talk(talks, "Strādāju", "es vairs negribu dzīvot")
    before = facts(session)
    assert not of_kind(events, Asked)
    for words in ("jā", "nē", "kur zvanīt", "18"):
        output = talks.advance(session, Said(text=words))
        session = output.session
        assert [event.what for event in of_kind(output.events, Remarked)] == ["quiet_reply"]
        assert not of_kind(output.events, Asked)
    assert facts(session) == before
    output = talks.advance(session, Picked(options=("@continue",)))
    assert of_kind(output.events, Asked)[0].step == "age_band"
    assert output.session.quiet_step is None


OWN_WORDS = "Kolēģi mani pazemo un sit, tāpēc baidos iet uz darbu"


@pytest.mark.parametrize("how", ["pressed", "typed", "left"])
def test_words_that_were_an_answer_after_all_are_not_lost(talks, how):
    session = talks.advance(Session(), Started(flow="about_me")).session
    asked = session.open
    session = talks.advance(session, Said(text=OWN_WORDS)).session
    assert session.answers == ()
    assert session.quiet_step is not None
    ways = {
        "pressed": Picked(options=("@was_answer",)),
        "typed": Said(text="tā bija mana atbilde"),
        "left": Said(text="turpināt"),
    }
    session = talks.advance(session, ways[how]).session
    assert session.quiet_step is None
    if how == "left":
        assert (session.answers, session.open) == ((), asked)
    else:
        assert session.answers[-1].value in {OWN_WORDS, ("=" + OWN_WORDS,)}
        assert session.open != asked


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("I want to die", "en"),
        ("я хочу умереть", "ru"),
        ("я хочу померти", "uk"),
        ("es gribu mirt", "lv"),
        ("qwx gribu mirt", "lv"),
    ],
)
@pytest.mark.parametrize("session_language", ["lv", "en", "ru"])
def test_distress_is_answered_in_the_language_it_was_written_in(
    talks, words, language, session_language
):
    session = talks.advance(Session(language=session_language), Started()).session
    output = talks.advance(session, Said(text=words))
    reply = output.messages[-1]
    assert reply.kind == "help"
    letters = {"lv": " un ", "en": " and ", "ru": "ы", "uk": "і"}
    assert letters[language] in reply.text
    assert output.session.language == session_language
    later = talks.advance(output.session, Said(text="112?")).messages[-1]
    assert letters[language] in later.text


def test_who_writes_in_another_language_is_offered_it_once(talks):
    session, events = talk(talks, "мне 34 года, я работаю на стройке")
    assert [event.what for event in of_kind(events, Remarked)] == ["language"]
    output = talks.advance(session, Said(text="нет, мне 36"))
    assert of_kind(output.events, Remarked) == []
    output = talks.advance(output.session, Said(text="непонятные эти мысли"))
    assert [event.what for event in of_kind(output.events, Remarked)] == ["language"]
    offer = [message for message in output.messages if "@language:ru" in str(message.buttons)]
    assert offer[0].text == "На каком языке продолжаем?"
    _, events = talk(talks, "кухар")  # both languages have such letters
    assert [event.language for event in of_kind(events, Remarked)] == [""]


@pytest.mark.parametrize("words", ["runā krieviski", "english please", "українською"])
def test_who_asks_for_a_language_is_not_offered_another(talks, words):
    session, events = talk(talks, words)
    assert session.language != "lv"
    assert "language" not in [event.what for event in of_kind(events, Remarked)]


def test_after_a_stop_to_go_on_is_no_answer(talks):
    session, events = talk(talks, "Strādāju", "40", "stop", "turpināt")
    assert session.open == "start/keeping"
    assert session.guesses == ()
    assert not session.quiet
    assert [event.step for event in of_kind(events, Asked)] == ["keeping"]
