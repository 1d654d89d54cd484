"""Questions in one's own words, over the sample: answered at any step, before nothing that matters more."""

import pytest

from bot.core.cards import card_version
from bot.core.dialogue.events import Asked, KnowledgeTold, QuestionNoted, Refused, Remarked
from bot.core.dialogue.inputs import Picked, Said
from bot.core.dialogue.requests import unserved
from bot.core.dialogue.session import Session
from bot.words.messages import plain
from tests.core.talking import of_kind, talk
from tests.doubles.person import Person
from tests.doubles.sample import sample_talks

COST = "cik maksā vakarskola"


@pytest.fixture
def talks():
    return sample_talks()


@pytest.fixture
def at_menu(talks):
    return Person(talks).answer(who="adult").session


def say(talks, session, text):
    return talks.advance(session, Said(text=text))


def buttons(output):
    return {button.pick for message in output.messages for button in message.buttons}


def test_at_an_open_question_it_is_answered_and_the_question_asked_again(talks):
    session, events = talk(talks, COST)
    (told,) = of_kind(events, KnowledgeTold)
    assert (told.entries[0], told.sure) == ("evening_school_fee", True)
    (asked,) = of_kind(events, Asked)
    assert (asked.step, asked.again) == ("who", True)
    assert session.answers == ()


def test_an_answer_says_the_question_the_fact_its_source_and_what_next(talks):
    output = say(talks, Session(), COST)
    message = next(one for one in output.messages if "vakara mācības" in one.text)
    first, answer = message.text.split("\n\n")[:2]
    assert "„Cik maksā vakara mācības?”" in first
    assert answer == "Parauga skolā vakara mācības ir bez maksas."
    assert message.source == "Avots: Parauga buklets, 2026. Pārbaudīts: 22.11.2026."
    assert "@human" in {button.pick for button in message.buttons}
    version = card_version(talks.library, "knowledge/evening_school_fee")
    assert f"@wrong:knowledge/evening_school_fee/{version}" in buttons(output)


def test_what_is_near_is_told_without_an_answer_and_noted(talks):
    output = say(talks, Session(), "vai vakara mācības ir arī Rīgā ar Jāni Bērziņu?")
    (told,) = of_kind(output.events, KnowledgeTold)
    assert not told.sure
    assert "bez maksas" not in " ".join(plain(message) for message in output.messages)
    assert "@human" in buttons(output)
    (noted,) = of_kind(output.events, QuestionNoted)
    assert "Bērziņu" not in noted.words


def test_what_is_like_nothing_is_said_to_be_unknown(talks):
    output = say(talks, Session(), "kur aug pūpoli?")
    (told,) = of_kind(output.events, KnowledgeTold)
    assert (told.entries, told.sure) == ((), False)
    assert "@human" in buttons(output)
    assert [one.words for one in of_kind(output.events, QuestionNoted)] == ["kur aug pūpoli?"]


def test_only_so_many_questions_of_a_conversation_are_noted(talks):
    session = Session()
    noted = []
    for place in ("mežā", "laukā", "dārzā", "krastā"):
        output = say(talks, session, f"kur aug pūpoli {place}?")
        session, noted = output.session, noted + of_kind(output.events, QuestionNoted)
    assert len(noted) == talks.library.policy.noted_questions == 2


def test_nothing_is_noted_after_distress(talks):
    session, _ = talk(talks, "gribu nomirt")
    session = talks.advance(session, Picked(options=("@continue",))).session
    output = say(talks, session, "kur aug pūpoli?")
    assert of_kind(output.events, KnowledgeTold)
    assert of_kind(output.events, QuestionNoted) == []


def test_what_is_no_question_and_no_answer_is_not_noted(talks):
    _, events = talk(talks, "pūpoli aug laukā")
    assert of_kind(events, Refused)
    assert of_kind(events, QuestionNoted) == []


def test_distress_and_commands_go_before_a_question(talks):
    _, events = talk(talks, f"{COST}? gribu nomirt")
    assert of_kind(events, Remarked)[0].what == "distress"
    _, events = talk(talks, "izvēlne")
    assert of_kind(events, KnowledgeTold) == []


def test_a_button_for_a_near_question_answers_it(talks):
    output = talks.advance(Session(), Picked(options=("@ask:evening_school_fee",)))
    assert [one.sure for one in of_kind(output.events, KnowledgeTold)] == [True]


def test_who_says_it_is_wrong_is_asked_and_goes_on_where_they_were(talks, at_menu):
    wrong = talks.advance(at_menu, Picked(options=("@wrong:knowledge/evening_school_fee",)))
    (asked,) = of_kind(wrong.events, Asked)
    assert (asked.flow, asked.step) == ("correction", "what_is_wrong")
    kept = []

    def served(request):
        kept.append(request)
        return unserved(request)

    after = talks.advance(wrong.session, Said(text="zvaniet 26123456, tas ir vecs"), served)
    (request,) = kept
    assert request.card == "knowledge/evening_school_fee"
    assert request.version == card_version(talks.library, request.card)
    assert request.words == "zvaniet •••, tas ir vecs"
    assert after.session.disputed is None
    assert after.session.stack == at_menu.stack
    assert "zvaniet" not in after.session.model_dump_json()


def test_the_mark_of_what_was_shown_is_kept_though_the_card_has_changed(talks, at_menu):
    pick = "@wrong:knowledge/evening_school_fee/0123abcd"
    wrong = talks.advance(at_menu, Picked(options=(pick,)))
    assert wrong.session.disputed.version == "0123abcd"


@pytest.mark.parametrize("about", ["knowledge/gone", "gone/a", "knowledge", "a/b/c/d", "../etc"])
def test_a_card_that_is_not_there_cannot_be_said_to_be_wrong(talks, at_menu, about):
    output = talks.advance(at_menu, Picked(options=(f"@wrong:{about}",)))
    assert [one.what for one in of_kind(output.events, Remarked)] == ["stale"]
    assert output.session.disputed is None


def test_a_correction_with_words_of_distress_keeps_none_of_them(talks, at_menu):
    session = talks.advance(
        at_menu, Picked(options=("@wrong:knowledge/evening_school_fee",))
    ).session
    output = say(talks, session, "gribu nomirt")
    assert of_kind(output.events, Remarked)[0].what == "distress"
