"""A question is answered by its name in Telegram, whatever is asked on the way."""

import pytest

from bot.core.dialogue.session import Session
from tests.doubles.by_name import AtADoor
from tests.doubles.journeys import RESULT, SUPPORT
from tests.doubles.more_questions import more_questions


@pytest.fixture(scope="module")
def longer(tmp_path_factory):
    return more_questions(tmp_path_factory.mktemp("content"))


@pytest.fixture(params=["production", "questions more"])
def talks(request, talks, longer):
    return talks if request.param == "production" else longer


def test_a_person_answers_by_name_in_telegram(service, server, talks):
    def session():
        key = service.store.addresses.whose("people", "77")
        return Session.model_validate_json(service.store.conversations.load(key).state)

    service.say("/start")
    AtADoor(service, talks, session).answer(SUPPORT, age=52)
    kept = {answer.step: answer.value for answer in session().answers}
    assert (kept["who"], kept["age_band"], kept["age"]) == ("adult", "from_18", 52)
    assert any(RESULT["lv"] in text for text in server.texts())
