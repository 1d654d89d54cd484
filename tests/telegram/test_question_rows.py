"""A pressed question is edited into the next one: what the chat shows, and where it is not done."""

import json

import pytest

from bot.core.dialogue.inputs import Commanded
from bot.ports.records import Update
from storage.store import Store
from tests.telegram.server import Refused


@pytest.fixture
def url(request, tmp_path):
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path}/rows.db"
    from tests.conftest import new_database

    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(url):
    opened = Store(url)
    yield opened
    opened.close()


@pytest.fixture
def talks(sample):
    return sample


def calls(server, since=0):
    return [method for method, _ in server.calls[since:] if method not in ("getUpdates", "getMe")]


def row(text):
    """Give the questions of a message, each as its lines."""
    return [part.split("\n") for part in text.split("\n\n")]


def open_options(server, message=-1):
    return list(server.labels(server.chats[77][message]))


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_press_costs_one_message_of_the_pace_and_one_answer_beside_it(service, server):
    service.say("/start")
    since = len(server.calls)
    service.press("Strādāju")
    service.wait(lambda: len(calls(server, since)) == 2)
    assert sorted(calls(server, since)) == ["answerCallbackQuery", "editMessageText"]
    (text,) = server.texts()
    assert row(text)[1:] == [["Kura situācija ir vistuvākā?", "✓ Strādāju"], ["Cik gadu?"]]
    assert open_options(server) == ["Mazāk nekā 13", "13–17", "18\u00a0vai vairāk"]
    service.press("18\u00a0vai vairāk")
    assert row(server.texts()[0])[2] == ["Cik gadu?", "✓ 18\u00a0vai vairāk"]


def test_another_topic_begins_a_message_of_its_own(service, server):
    service.say("/start")
    for label in ("Strādāju", "18\u00a0vai vairāk", "Divas stundas, tikai šai reizei"):
        service.press(label)
    first, menu = server.texts()
    assert first.endswith("✓ Divas stundas, tikai šai reizei")
    assert menu == "Ko darām tālāk?"
    assert open_options(server, 0) == []
    assert "Atbalsts" in open_options(server)


def test_what_the_person_wrote_stays_above_what_follows_it(service, server):
    service.say("/start")
    service.say("/help")
    service.press("Strādāju", old=0)  # of the message above
    first, helped, last = server.texts()
    assert row(first)[-1] == ["Kura situācija ir vistuvākā?", "✓ Strādāju"]
    assert open_options(server, 0) == []
    assert "116111" in helped
    assert last == "Cik gadu?"


def test_an_answer_at_another_door_is_something_between_too(service, server):
    service.say("/start")
    kept = service.running.bot.conversations
    key = service.store.addresses.whose("people", "77")
    kept.take_turn(Update("web", key, "1", kept.at()), Commanded(word="why"))
    service.press("Strādāju")
    assert server.texts()[-1] == "Cik gadu?"
    assert len(server.texts()) == 2


def test_a_message_that_cannot_be_changed_any_more_loses_no_question(service, server):
    service.say("/start")
    server.fail("editMessageText", Refused(400, "Bad Request: message can't be edited"))
    service.press("Strādāju")
    assert row(server.texts()[-1])[1:] == [
        ["Kura situācija ir vistuvākā?", "✓ Strādāju"],
        ["Cik gadu?"],
    ]
    service.press("13–17")
    assert row(server.texts()[-1])[2] == ["Cik gadu?", "✓ 13–17"]
    gone = server.chats[77].pop()  # the person deletes it
    server.press_at(gone, "Divas stundas, tikai šai reizei")
    service.settle()
    assert "Kas patīk" in open_options(server)


def test_an_answer_of_telegrams_that_was_lost_leaves_the_buttons_known(service, server):
    service.say("/start")
    server.fail("editMessageText", "drop")
    service.press("Strādāju")
    service.wait(lambda: "Cik gadu?" in server.texts()[0])
    service.settle()
    service.say("18")
    assert row(server.texts()[0])[-1] == ["Cik gadu?", "✓ 18\u00a0vai vairāk"]
    assert open_options(server, 0) == []


def test_a_late_press_leaves_the_question_that_is_shown_by_then(service, server):
    service.say("/start")
    before = json.loads(json.dumps(server.chats[77][0]))
    service.press("Strādāju")
    shown = dict(server.chats[77][0])
    for label in ("Strādāju", "Kaut kas cits"):
        server.press_at(before, label)
        service.settle()
    assert server.chats[77][0] == shown
    assert "Cik gadu?" in server.texts()[-1]
    assert "13–17" in open_options(server)
    key = service.store.addresses.whose("people", "77")
    answers = json.loads(service.store.conversations.load(key).state)["answers"]
    assert [answer["value"] for answer in answers] == ["adult"]


def test_ticks_go_on_in_the_same_message(service, server):
    service.say("/start f-about")
    service.press("Izlaist")
    before = json.loads(json.dumps(server.chats[77][0]))
    service.press("☐ Laba alga")
    service.press("Pietiek")
    assert len(server.texts()) == 1
    assert any(part[-1] == "✓ Laba alga" for part in row(server.texts()[0]))
    shown = dict(server.chats[77][0])
    server.press_at(before, "☐ Laba alga")  # as it stood before
    service.settle()
    assert server.chats[77][0] == shown
