"""A conversation as the release before kept it (commit 82bd68a), read and gone on with by this one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.console import chat_json
from bot.channels.web.pages import Opened, Pages
from bot.core.dialogue.inputs import Commanded
from bot.core.dialogue.session import EARLIER_NAMES, Session
from bot.ports.records import TurnResult, Update
from bot.service.conversations import DurableConversations
from storage.store import Store

KEPT = json.loads(
    (Path(__file__).parents[1] / "core/kept/conversation_82bd68a.json").read_text("utf-8")
)
AWAY = "43"  # the family of work that the person had put aside
EARLIER = {
    "form": 1, "told": [["menu/x", "m"]], "found": ["carry"], "away": ["43"],
    "since": "2026-11-24T12:00:00Z", "last": [3, ["yes"]],
    "visitor": {"channel": "people", "account": "77"}, "class_told": True,
}  # fmt: skip


@pytest.fixture
def conversations(talks, tmp_path):
    store = Store(f"sqlite:///{tmp_path}/earlier.db")
    kept = TurnResult(json.dumps(KEPT["state"]), said=json.dumps(KEPT["said"]))
    store.turns.run(Update("web", "key", "1", 1000), lambda _: kept)
    yield DurableConversations(talks, store)
    store.close()


def test_it_is_read_with_what_was_said_last(conversations):
    session, version, said = conversations.read("key")
    assert (version, session.hidden_families) == (1, (AWAY,))
    portrait = said[0].portrait
    assert portrait.families_title == KEPT["said"][0]["portrait"]["kin_title"]
    names = [family["name"] for family in KEPT["said"][0]["portrait"]["kin"]]
    assert [family.name for family in portrait.families] == names
    assert len(names) == 6


def test_its_page_shows_the_first_families_as_they_are_told_now(conversations, talks):
    session, version, said = conversations.read("key")
    page = Pages(talks).talk(session, version, said, opened=Opened(public=False))
    portrait = next(one.portrait for one in talks.transcript(session) if one.kind == "portrait")
    assert len(portrait.families) == 3
    for family in portrait.families:
        assert family.name in page


def test_it_goes_on(conversations):
    _, output = conversations.take_turn(
        Update("web", "key", "2", 2000), Commanded(word="away", about=AWAY)
    )
    assert output.session.hidden_families == ()
    assert [message.kind for message in output.messages] == ["portrait", "ask"]
    assert conversations.read("key")[2] == output.messages


def test_every_earlier_name_of_a_session_is_read():
    assert set(EARLIER) == set(EARLIER_NAMES)
    session = Session.model_validate_json(json.dumps(EARLIER))
    assert session.announced == (("menu/x", "m"),)
    assert (session.answered_requests, session.hidden_families) == (("carry",), ("43",))
    assert session.asked_at == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert (session.last_press, session.class_reported) == ((3, ("yes",)), True)
    assert session.linking_device.account == "77"
    assert Session.model_validate_json(session.model_dump_json()) == session


def test_what_is_printed_for_scripts_has_its_names_still(talks):
    """Scripts read `celvedis chat --json`: its keys stay, whatever we call them."""
    first = ("strādāju", "18 vai vairāk", "tikai šai reizei")
    likes = ("patīk", "nepatīk", "patīk") * 12  # more than are asked; what follows is of no account
    lines = [json.dumps({"text": text}) for text in (*first, *likes, "1", "1")]
    printed = [json.loads(line) for line in chat_json(talks, lines, "interests", "lv")]
    portraits = [line["portrait"] for line in printed if "portrait" in line]
    assert [set(one) for one in portraits[:1]] == [set(KEPT["said"][0]["portrait"])]
