"""A question is answered by its name at the web chat, whatever is asked on the way."""

from contextlib import closing

import pytest

from bot.channels.web.app import build_app
from bot.core.dialogue.session import Session
from bot.service.conversations import DurableConversations
from storage.store import Store
from tests.channels.serving import listening
from tests.doubles.by_name import AtADoor
from tests.doubles.doors import WebDoor
from tests.doubles.journeys import RESULT, SUPPORT, support, talk
from tests.doubles.more_questions import MORE, more_questions


@pytest.fixture(scope="module")
def longer(tmp_path_factory):
    return more_questions(tmp_path_factory.mktemp("content"))


@pytest.fixture
def store(tmp_path):
    with closing(Store(f"sqlite:///{tmp_path}/web.db")) as opened:
        yield opened


@pytest.fixture(params=["production", "questions more"])
def served(request, talks, longer):
    return talks if request.param == "production" else longer


@pytest.fixture
def door(served, store):
    app = build_app(DurableConversations(served, store), secure=False)
    with listening(app) as address, closing(WebDoor(address)) as one:
        yield one


def session(store, door):
    return Session.model_validate_json(
        store.conversations.load(door.http.cookies["celvedis"]).state
    )


def test_a_person_answers_by_name_at_the_web_chat(served, store, door):
    AtADoor(door, served, lambda: session(store, door)).answer(SUPPORT, age=52)
    kept = {answer.step: answer.value for answer in session(store, door).answers}
    assert (kept["who"], kept["age_band"], kept["age"]) == ("adult", "from_18", 52)
    assert RESULT["lv"] in door.heard()


def test_what_is_done_in_a_conversation_alone_can_be_done_at_the_door(served, store, door):
    person = support(served, "lv")
    talk(door, person.done)
    kept = {answer.step: answer.value for answer in session(store, door).answers}
    assert kept == person.answers
    assert RESULT["lv"] in door.heard()


def test_the_questions_more_are_asked(longer):
    assert set(MORE) <= set(support(longer, "lv").answers)
