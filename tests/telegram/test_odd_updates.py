"""Whatever people send arrives, on either driver: odd fields, blocks, groups, what cannot be read."""

import pytest

from bot.channels.telegram.groups import is_told
from bot.service.conversations import Dialogue
from tests.conftest import set_aside
from tests.doubles.clocks import BrokenClock

GROUP = {"id": -500, "type": "group", "title": "Klase"}
CHANNEL = {"id": -900, "type": "channel", "title": "Skola"}
ONLY_PRIVATE = "Sarunas notiek tikai divatā, privātā tērzēšanā."
UNREAD = {
    "lv": "Šo man neizdevās nolasīt.",
    "en": "I couldn’t read that.",
    "uk": "Це мені не вдалося прочитати.",
    "ru": "Это мне не удалось прочитать.",
}


@pytest.fixture
def talks(sample):
    return sample


def sent(server, **parts):
    return server.message() | parts


@pytest.mark.parametrize(
    "beside",
    [
        {"reply_to_message": {
            "message_id": 3, "date": 1, "chat": {"id": 77, "type": "private"},
            "rich_message": {"blocks": [{"type": "button", "button": {"text": "Open", "url": "https://e"}}]},
        }},
        {"forward_origin": {"type": "hidden_user", "date": 1795500000}},
        {"entities": [{"type": "newer"}], "link_preview_options": 5, "date": "no moment"},
        {"from": {"id": 77, "newer": {}}, "chat": {"id": 77, "type": "private", "newer": []}},
    ],
    ids=["reply", "forward", "entities", "sender"],
)  # fmt: skip
def test_words_are_answered_whatever_stands_beside_them(service, server, beside):
    service.say("/start")
    server.update(message=sent(server, text="strādāju", **beside))
    service.settle()
    assert "Cik gadu?" in server.texts()[-1]
    assert set_aside(service.store) == []


def change(chat, status, **more):
    """A change of what the bot is in a chat, with nothing that need not be there."""
    return {"chat": chat, "new_chat_member": {"status": status} | more}


def test_a_block_without_its_end_leaves_the_person_out_of_reach(service, server):
    service.say("/start")
    key = service.store.addresses.whose("people", "77")
    server.update(my_chat_member=change({"id": 77, "type": "private"}, "kicked", user="odd"))
    service.settle()
    assert service.store.addresses.accounts_of(key) == []
    server.update(my_chat_member=change({"id": 77, "type": "private"}, "member"))
    service.settle()
    assert service.store.addresses.accounts_of(key) == [("people", "77")]


# --- silence


@pytest.mark.parametrize(
    "name",
    ["pinned_message", "message_auto_delete_timer_changed", "forum_topic_created",
     "write_access_allowed", "newer_than_any_library"],
)  # fmt: skip
def test_a_message_of_telegrams_own_is_met_with_silence(service, server, name):
    service.say("/start")
    server.update(message=sent(server, **{name: {"text": "x", "name": "x"}}))
    service.settle()
    assert len(server.texts()) == 1
    assert set_aside(service.store) == []


@pytest.mark.parametrize("desk", [False, True])
def test_a_group_is_told_once_for_all_and_by_a_new_process_too(start, server, store, desk):
    first = start(desk=desk)
    channel = first.running.bot.channel
    server.update(my_chat_member=change(GROUP, "member"))
    for word in ("/start", "kas te?", "ei"):
        server.update(message=server.message(word) | {"chat": GROUP})
    server.update(message=sent(server, pinned_message={}) | {"chat": GROUP})
    first.settle()
    assert server.texts(-500) == [ONLY_PRIVATE]
    first.stop()
    second = start(desk=desk)
    server.update(message=server.message("vēl") | {"chat": GROUP})
    server.update(my_chat_member=change(GROUP, "kicked"))
    second.settle()
    assert server.texts(-500) == [ONLY_PRIVATE]
    assert store.addresses.whose(channel, "-500") is None  # nothing but that it was told
    assert is_told(store, channel, "-500")
    assert set_aside(store) == []


@pytest.mark.parametrize("desk", [False, True])
def test_a_channel_is_met_with_silence(start, server, store, desk):
    service = start(desk=desk)
    for status in ("administrator", "kicked", "left"):
        server.update(my_chat_member=change(CHANNEL, status))
    server.update(message=server.message("x") | {"chat": CHANNEL})
    service.settle()
    assert server.chats == {}
    assert set_aside(store) == []


# --- a word where something cannot be read


@pytest.mark.parametrize("language", UNREAD)
def test_who_sent_what_cannot_be_read_is_told_in_their_language(service, server, language):
    sender = {"id": 77, "language_code": language}
    server.update(message=sent(server, text={"newer": "form"}) | {"from": sender})
    service.settle()
    assert [text.startswith(UNREAD[language]) for text in server.texts()] == [True]
    assert [one.line for one in set_aside(service.store)] == ["inbox"]
    assert service.store.addresses.whose("people", "77") is None


def test_the_word_is_in_the_language_of_the_conversation_and_in_its_place(service, server):
    service.say("/start")
    service.say("/language en")
    server.update(message=sent(server, text=5))
    server.say("/menu")
    service.settle()
    *_, word, answer = server.texts()
    assert word.startswith(UNREAD["en"])
    assert server.labels(server.chats[77][-1])
    assert answer != word


def test_a_turn_that_fails_for_good_is_not_passed_over_in_silence(start, server, talks):
    service = start(talks=Dialogue(talks.library, talks.catalogues, BrokenClock()))
    server.say("strādāju")
    service.settle()
    assert [text.startswith(UNREAD["lv"]) for text in server.texts()] == [True]
    assert [one.line for one in set_aside(service.store)] == ["inbox"]


def test_what_cannot_be_read_in_a_group_gets_no_word(service, server):
    server.update(message=server.message("x") | {"chat": {"id": -500, "type": "newer"}})
    service.settle()
    assert server.chats == {}
    assert [one.line for one in set_aside(service.store)] == ["inbox"]


def test_a_counsellor_is_told_too(start, server, store):
    service = start(desk=True)
    server.update(message=sent(server, text=5))
    service.settle()
    assert [text.startswith(UNREAD["lv"]) for text in server.texts()] == [True]


# --- a topic that is no more


@pytest.mark.parametrize("why", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
def test_an_answer_to_a_topic_that_is_no_more_comes_to_the_chat(service, server, why):
    topic = {"message_thread_id": 4, "is_topic_message": True}
    server.update(message=server.message("/start", **topic))
    service.settle()
    assert server.calls[-1][1]["message_thread_id"] in (4, "4")
    server.topics_gone[4] = why
    server.update(message=server.message("strādāju", **topic))
    service.settle()
    assert "Cik gadu?" in server.texts()[-1]
    assert set_aside(service.store) == []


def test_a_counsellor_is_answered_beside_a_closed_topic(start, server, store):
    service = start(desk=True)
    server.topics_gone[4] = "TOPIC_CLOSED"
    server.update(message=server.message("/start", message_thread_id=4, is_topic_message=True))
    service.settle()
    assert [text.startswith("Labdien!") for text in server.texts()] == [True]


def test_a_press_within_a_topic_is_answered_there(service, server):
    for word in ("/start", "strādāju", "18", "lai var turpināt vēlāk"):
        service.say(word)
    server.chats[77][-1] |= {"message_thread_id": 4, "is_topic_message": True}
    service.press("Atbalsts")
    sent_last = [given for method, given in server.calls if method == "sendMessage"][-1]
    assert "algots darbs" in str(sent_last["reply_markup"])
    assert sent_last["message_thread_id"] in (4, "4")
