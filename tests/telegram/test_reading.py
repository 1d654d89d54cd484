"""An update read from its JSON: what is used of it, whatever else stands in it."""

import json

import pytest

from bot.channels.telegram.codec import query_of
from bot.channels.telegram.protocol import (
    Command,
    Inbound,
    Membership,
    OtherContent,
    Press,
    TypedText,
    Unanswered,
    Undecodable,
)
from bot.channels.telegram.reading import read_update

PRIVATE = {"id": 77, "type": "private"}
GROUP, CHANNEL = {"id": -5, "type": "supergroup"}, {"id": -7, "type": "channel"}
ODD = {"newer": [{"than": "any library"}], "date": "no moment", "from": 5, "entities": 5}


def read(**update):
    return read_update(json.dumps({"update_id": 9} | update))


def content(**message):
    """Read what a private message holds."""
    return read(message={"chat": PRIVATE} | message).content


@pytest.mark.parametrize(
    "raw",
    ["", "[]", "{}", "[" * 5000, '{"update_id": "x"}', '{"update_id": 1}',
     '{"update_id": 1, "message": {}}', '{"update_id": 1, "message": 5}',
     '{"update_id": 1, "message": {"chat": {"id": 77}, "text": "x"}}',
     '{"update_id": 1, "message": {"chat": {"id": 77, "type": "private"}, "text": {"new": 1}}}',
     '{"update_id": 1, "message": {"chat": {"id": "77", "type": "private"}, "text": "x"}}',
     '{"update_id": 1, "message": {"chat": {"id": true, "type": "private"}, "text": "x"}}',
     '{"update_id": 1, "message": {"chat": {"id": 1e30, "type": "private"}, "text": "x"}}',
     '{"update_id": 1, "callback_query": {"id": "1"}}',
     '{"update_id": 1, "callback_query": {"id": 1, "from": {"id": 77}}}',
     '{"update_id": 1, "my_chat_member": {"chat": {"id": 77, "type": "private"}}}'],
)  # fmt: skip
def test_what_cannot_be_read_is_a_value_too(raw):
    assert isinstance(read_update(raw), Undecodable)


def test_of_a_message_only_what_is_used_is_read():
    message = ODD | {
        "chat": PRIVATE | {"first_name": 5, "newer": {}},
        "from": {"language_code": "uk", "is_premium": "perhaps"},
        "text": "18", "reply_to_message": {"rich_message": {"blocks": [{"type": "newer"}]}},
        "forward_origin": {"type": "hidden_user", "date": 1}, "quote": 5,
        "message_thread_id": 4, "is_topic_message": True,
    }  # fmt: skip
    said = Inbound(chat="77", content=TypedText(text="18"), language="uk", thread=4)
    assert read(message=message) == said
    assert read(message=message | {"is_topic_message": False}) == said.model_copy(
        update={"thread": None}
    )


def test_a_command_is_told_from_words():
    assert content(text="/Start@celvedis_bot  f-x ") == Command(word="start", rest="f-x")
    assert content(text="nav /start") == TypedText(text="nav /start")


@pytest.mark.parametrize(
    "sent",
    [{"voice": {}}, {"photo": "odd"}, {"rich_message": {"blocks": []}}, {"live_photo": 5},
     {"hologram": {}, "caption": "x"}, {"hologram": {}, "forward_origin": {}}],
)  # fmt: skip
def test_what_is_sent_instead_of_words_is_media(sent):
    assert content(**ODD, **sent) == OtherContent(what="media")


@pytest.mark.parametrize(
    "name",
    ["message_auto_delete_timer_changed", "pinned_message", "forum_topic_created",
     "write_access_allowed", "unique_gift", "newer_than_any_library", "new_chat_members"],
)  # fmt: skip
def test_a_service_message_is_answered_by_nothing(name):
    assert content(**{name: {"text": "x", "photo": []}}) == Unanswered()
    assert read(message={"chat": GROUP, name: {}}).content == Unanswered()


def test_an_edit_is_answered_where_somebody_changed_words():
    for edit, found in (
        ({"text": "cits"}, OtherContent(what="edited")),
        ({"photo": [], "caption": "cits"}, OtherContent(what="edited")),
        ({"location": {"live_period": 900}}, Unanswered()),
    ):
        assert read(edited_message={"chat": PRIVATE} | edit).content == found


def test_a_group_is_told_apart_from_a_channel():
    assert read(message={"chat": GROUP, "text": "x"}).content == OtherContent(what="group")
    assert read(edited_message={"chat": GROUP, "text": "x"}).content == Unanswered()
    assert read(message={"chat": CHANNEL, "text": "x"}).content == Unanswered()
    press = {"id": "1", "from": {"id": 77}, "data": "x"}
    assert read(callback_query=press | {"message": {"chat": CHANNEL}}).content == Unanswered()


@pytest.mark.parametrize(
    ("status", "blocked"),
    [("kicked", True), ("left", True), ("member", False), ("administrator", False)],
)
def test_a_block_is_read_whatever_it_lacks(status, blocked):
    change = ODD | {"chat": PRIVATE, "new_chat_member": {"status": status, "user": "odd"}}
    assert read(my_chat_member=change) == Inbound(
        chat="77", content=Membership(blocked=blocked), language=None
    )


@pytest.mark.parametrize(
    ("chat", "status", "found"),
    [(GROUP, "member", OtherContent(what="group")), (GROUP, "left", Unanswered()),
     (CHANNEL, "administrator", Unanswered()), (CHANNEL, "kicked", Unanswered())],
)  # fmt: skip
def test_a_place_it_is_taken_into_is_told_if_it_is_a_group(chat, status, found):
    change = {"chat": chat, "new_chat_member": {"status": status}}
    assert read(my_chat_member=change).content == found


def test_a_press_without_its_message_is_read():
    press = {"id": "9", "chat_instance": "1", "data": "t.0", "from": {"id": 77}}
    found = Inbound(chat="77", content=Press(query="9", data="t.0"))
    assert read(callback_query=press) == found
    assert read(callback_query=press | {"message": 5}) == found


def test_the_name_of_a_press_is_whole_wherever_it_is_read():
    press = {"callback_query": {"id": "a\ud800", "from": {"id": 77}, "data": "x"}}
    assert query_of(press) == "a\ufffd" == read(**press).content.query


def test_a_press_is_read_whatever_stands_in_its_message():
    message = ODD | {
        "message_id": 5, "chat": PRIVATE, "text": 5, "message_thread_id": 3,
        "is_topic_message": True, "reply_markup": {"inline_keyboard": [[{"newer": 1}]]},
    }  # fmt: skip
    press = {"id": "9", "data": "t.0", "from": {"language_code": "ru"}, "message": message}
    assert read(callback_query=press) == Inbound(
        chat="77", content=Press(query="9", data="t.0", message="5"), language="ru", thread=3
    )
