"""What is noted of a conversation that is kept: with the turn, once, and without the person."""

import pytest

from bot.core.dialogue.inputs import Picked, Said, Started
from bot.ports.records import Update
from bot.service.conversations import DurableConversations
from tests.doubles.sample import sample_talks

KEY = "somebody"


@pytest.fixture
def kept(store):
    return DurableConversations(sample_talks(), store)


def take(kept, number, given):
    return kept.take_turn(Update("web", KEY, f"u{number}", 1000 + number), given)


def test_a_question_without_an_answer_is_noted_once(kept):
    take(kept, 1, Started())
    for _ in range(2):  # the second is the same update, repeated
        take(kept, 2, Said(text="kur aug pūpoli, mani sauc Jānis Kalns, 26123456?"))
    (noted,) = kept.store.feedback.questions("")
    assert (noted.words, noted.language, noted.times) == (
        "kur aug pūpoli, mani sauc •••?", "lv", 1
    )  # fmt: skip
    assert len(noted.last) == len("2026-11-29")


def test_an_answered_question_and_an_answer_are_not_noted(kept):
    take(kept, 1, Started())
    take(kept, 2, Said(text="cik maksā vakarskola"))
    take(kept, 3, Said(text="strādāju"))
    assert kept.store.feedback.questions("") == []


def test_a_correction_is_kept_without_who_made_it(kept):
    take(kept, 1, Started())
    take(kept, 2, Picked(options=("@wrong:knowledge/evening_school_fee",)))
    take(kept, 3, Said(text="tas ir vecs, 26123456"))
    (correction,) = kept.store.feedback.corrections()
    assert (correction.card, correction.words) == (
        "knowledge/evening_school_fee", "tas ir vecs, •••"
    )  # fmt: skip
    kept.store.people.forget(KEY, 9000)
    assert len(kept.store.feedback.corrections()) == 1


def test_a_correction_may_be_left_without_words(kept):
    take(kept, 1, Started())
    take(kept, 2, Picked(options=("@wrong:knowledge/evening_school_fee",)))
    take(kept, 3, Picked(options=("@skip",)))
    (correction,) = kept.store.feedback.corrections()
    assert correction.words == ""


def test_the_flow_opened_by_a_link_keeps_nothing(kept):
    take(kept, 1, Started(flow="correction"))
    take(kept, 2, Said(text="nezinu, par ko"))
    assert kept.store.feedback.corrections() == []
