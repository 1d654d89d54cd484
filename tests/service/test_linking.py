"""Two at once where only one can be let in: one is, and the other hears how things stand."""

import threading

import pytest

from bot.core.dialogue.inputs import Picked, Started
from bot.core.dialogue.session import LinkingDevice
from bot.errors import StorageBusy
from bot.ports.effects import SendMessage
from bot.ports.records import Update
from bot.service.conversations import ChannelOutput, DurableConversations
from bot.service.device_links import CARRY_PURPOSE
from bot.service.linking_turns import LinkAnswers, request_link
from storage.store import Store
from storage.turns.snapshot import TurnSnapshot
from tests.storage.turns import together

CODE = "a-one-time-code"
TOLD = LinkAnswers(
    asked=ChannelOutput((SendMessage("m", "asked"),)),
    refused=ChannelOutput((SendMessage("m", "used"),)),
)


@pytest.fixture
def doors(sample, url):
    """Two processes on one database."""
    stores = [Store(url), Store(url)]
    yield [DurableConversations(sample, store) for store in stores]
    for store in stores:
        store.close()


def begin(kept, key):
    kept.take_turn(Update("web", key, f"{key} begins", kept.at()), Started())


def device(account, former=""):
    return LinkingDevice(channel="people", account=account, former=former)


def press_link(kept, key, account, code=CODE):
    """A chat uses a code of a conversation."""
    update = Update("people", key, f"{account} {code}", kept.at(), account)
    return request_link(kept, update, code, device(account), TOLD)


def agree(kept, key):
    """The person of a conversation lets the device in that asked."""
    update = Update("web", key, f"{key} agrees", kept.at())
    return kept.turn_request(update, Picked(options=("yes",)), said_by(key))


def said_by(key):
    return lambda turn, _: ChannelOutput(
        tuple(SendMessage("m", f"{key}: {message.text}") for message in turn.messages)
    )


def at_once(doors, requests):
    """Take two turns, each computed before the other is kept, where the database lets it be."""
    barrier = threading.Barrier(2)

    def meeting(request, met):
        def work(loaded):
            result = request.work(loaded)
            if not met:
                met.append(True)
                # on PostgreSQL two turns of one conversation cannot meet: one waits for the other
                with_other = requests[0].update.conversation != requests[1].update.conversation
                if with_other or doors[0].store.dialect == "sqlite":
                    barrier.wait(20)
            return result

        return request._replace(work=work)

    works = [
        lambda kept=kept, request=request: kept.store.turns.run(*meeting(request, []))
        for kept, request in zip(doors, requests, strict=True)
    ]
    return together(*works)


def said(kept, channel):
    """What goes out, each lane's first message first."""
    found = []
    while claimed := kept.store.outbox.claim(channel, 9, kept.at(), kept.at() + 1):
        kept.store.outbox.mark_sent(*claimed, shown={})
        found += [message.body for message in claimed]
    return found


def test_two_who_use_one_code_at_once_are_not_both_asked_about(doors):
    kept = doors[0]
    begin(kept, "home")
    kept.store.codes.give(CODE, CARRY_PURPOSE, "home", kept.at() + 1000)
    requests = [
        press_link(door, "home", account) for door, account in zip(doors, "12", strict=True)
    ]
    assert at_once(doors, requests) == []
    assert sorted(said(kept, "people")) == ["asked", "used"]
    waiting = kept.read("home")[0].linking_device.account
    kept.store.turns.run(*agree(kept, "home"))
    linked = [kept.store.addresses.whose("people", account) for account in "12"]
    assert linked == ["home" if account == waiting else None for account in "12"]


def test_unless_the_turn_looks_at_the_code_the_second_is_lost(doors, monkeypatch):
    """The negative control: its code is gone each time, and it is told of an error."""
    kept = doors[0]
    begin(kept, "home")
    kept.store.codes.give(CODE, CARRY_PURPOSE, "home", kept.at() + 1000)
    requests = [
        press_link(door, "home", account) for door, account in zip(doors, "12", strict=True)
    ]
    monkeypatch.setattr(TurnSnapshot, "known_code", lambda *_: "home")
    assert [type(error) for error in at_once(doors, requests)] == [StorageBusy]
    assert said(kept, "people") == ["asked"]


def ask_at_two(doors):
    """One chat that asked to be let in at two conversations, whose people agree at once."""
    kept = doors[0]
    for key in ("home", "other"):
        begin(kept, key)
        kept.store.codes.give(f"code of {key}", CARRY_PURPOSE, key, kept.at() + 1000)
        kept.store.turns.run(*press_link(kept, key, "1", f"code of {key}"))
    said(kept, "people")
    requests = [agree(door, key) for door, key in zip(doors, ("home", "other"), strict=True)]
    return at_once(doors, requests), "\n".join(said(kept, "web"))


def test_one_device_is_let_in_by_one_of_two_who_agree_at_once(doors):
    raised, heard = ask_at_two(doors)
    assert raised == []
    linked = doors[0].store.addresses.whose("people", "1")
    (other,) = {"home", "other"} - {linked}
    assert f"{linked}: Saruna savienota" in heard
    assert f"{other}: Nekas nav savienots: tajā ierīcē tikmēr atvērta cita saruna." in heard
    assert "Saruna savienota" not in heard.replace(f"{linked}: Saruna savienota", "")
    assert doors[0].store.addresses.accounts_of(other) == []
    session = doors[0].read(other)[0]
    assert (session.linking_device, session.stack) == (None, doors[0].read(linked)[0].stack)


def test_unless_the_answer_looks_where_the_device_is_the_second_is_lost(doors, monkeypatch):
    """The negative control: the link is impossible each time, and the person is told of an error."""
    monkeypatch.setattr(TurnSnapshot, "whose", lambda *_: None)
    raised, heard = ask_at_two(doors)
    assert [type(error) for error in raised] == [StorageBusy]
    assert heard.count("Saruna savienota") == 1
    assert "Nekas nav savienots" not in heard


def test_a_device_that_has_begun_anew_since_it_asked_is_left_there(doors):
    """Not only at once: what it has by now would be led away from it, and be nobody's."""
    kept = doors[0]
    for key in ("home", "anew"):
        begin(kept, key)
    kept.store.codes.give(CODE, CARRY_PURPOSE, "home", kept.at() + 1000)
    kept.store.turns.run(*press_link(kept, "home", "1"))
    kept.store.addresses.link("people", "1", "anew", kept.at())
    kept.store.turns.run(*agree(kept, "home"))
    assert kept.store.addresses.whose("people", "1") == "anew"
    assert "home: Nekas nav savienots" in "\n".join(said(kept, "web"))


def test_what_a_device_brings_is_not_taken_where_it_is_not_let_in(doors):
    kept = doors[0]
    begin(kept, "home")
    begin(kept, "anew")
    kept.take_turn(Update("web", "anew", "answers", kept.at()), Picked(options=("adult",)))
    brought = kept.read("anew")[0].answers
    assert brought
    kept.store.codes.give(CODE, CARRY_PURPOSE, "home", kept.at() + 1000)
    update = Update("people", "home", "asks", kept.at(), "1")
    asking = device("1").model_copy(update={"answers": brought})
    kept.store.turns.run(*request_link(kept, update, CODE, asking, TOLD))
    kept.store.addresses.link("people", "1", "anew", kept.at())
    kept.store.turns.run(*agree(kept, "home"))
    assert kept.read("home")[0].answers == ()


@pytest.mark.parametrize("state", [None, "kept"])
def test_a_code_whose_conversation_was_forgotten_opens_nothing(doors, state):
    kept = doors[0]
    begin(kept, "home")
    kept.store.codes.give(CODE, CARRY_PURPOSE, "home", kept.at() + 1000)
    request = press_link(kept, "home", "1")
    if state is None:
        kept.store.people.forget("home", 9000)
    kept.store.turns.run(*request)
    assert said(kept, "people") == (["used"] if state is None else ["asked"])
    assert (kept.store.conversations.load("home").state is None) == (state is None)
