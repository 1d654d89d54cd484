"""The map of paths in Telegram, on both drivers: a picture first, then all of it in words."""

import pytest

from bot.core.dialogue.session import Session
from tests.conftest import set_aside
from tests.doubles.by_name import AtADoor


@pytest.fixture
def asked(service, server, talks):
    """Answer where somebody stands, and what follows; gives the picture and the texts after it."""

    def session():
        key = service.store.addresses.whose("people", "77")
        return Session.model_validate_json(service.store.conversations.load(key).state)

    def ask(**answers):
        service.say("/start f-paths")
        AtADoor(service, talks, session).answer(answers)
        chat = server.chats[77]
        picture = next(message for message in chat if "photo" in message)
        after = chat[chat.index(picture) + 1 :]
        return picture, "\n".join(message.get("text", "") for message in after)

    return ask


def test_a_small_map_says_all_under_the_picture_and_only_there(asked, service):
    picture, text = asked(standing="grade_5_6", matters=None)
    assert picture["photo"][0]["file_size"] > 5000
    title, *lines = picture["caption"].split("\n")
    assert title == "Ceļu karte"
    assert "5. vai 6. klasē" in lines[0]
    assert "Valsts ģimnāzija no 7. klases" in picture["caption"]
    assert "Kuri ceļi tagad ir vaļā" in text
    assert lines[0] not in text
    assert set_aside(service.store) == []


def test_a_large_map_says_where_one_is_and_the_rest_follows(asked, service):
    picture, text = asked(
        standing="grade_9", path_age=15, failed_exams="one", yearly_marks="all_4", matters=None
    )
    assert len(picture["caption"].split("\n")) == 2
    where = picture["caption"].split("\n")[1]
    assert "9. klasē" in where
    assert where in text
    assert "Vēlāk: Augstskola, koledža." in text
    assert set_aside(service.store) == []
