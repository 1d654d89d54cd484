"""Addresses of mail at which there is nobody, and what waits in a channel."""

import threading

from bot.ports.effects import SendMessage
from bot.ports.mail import GoneAddress
from bot.ports.records import TurnResult, Update, WaitingCount
from tests.storage.turns import add, update

ANNA = "anna@people.example"
LONG = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 50}.example"  # as long as an address may be


def test_an_address_is_gone_for_each_who_has_it_until_it_is_back(store):
    for key in ("mother", "father"):
        store.turns.run(update(key, 1), add)
        assert store.gone_addresses.note(key, ANNA, "550 5.1.1", 1000)
    assert store.gone_addresses.note("mother", ANNA, "550", 2000)
    assert store.gone_addresses.find(ANNA) == GoneAddress(ANNA, "550", 2000)
    assert len(store.gone_addresses.list_all()) == 2
    store.people.forget("mother", 9000)
    assert store.gone_addresses.list_all() == [GoneAddress(ANNA, "550 5.1.1", 1000)]
    assert store.gone_addresses.note_back(ANNA)
    assert not store.gone_addresses.note_back(ANNA)
    assert store.gone_addresses.find(ANNA) is None


def test_nothing_is_noted_of_who_was_erased_while_a_mail_was_on_its_way(store):
    store.turns.run(update("me", 1), add)
    store.people.forget("me", 9000)
    assert not store.gone_addresses.note("me", ANNA, "550", 1000)
    assert store.gone_addresses.list_all() == []
    assert store.gone_addresses.note("", ANNA, "550", 1000)  # the house's own


def test_erasing_at_the_same_time_leaves_nothing(store):
    for number in range(20):
        key = f"person{number}"
        store.turns.run(update(key, 1), add)
        works = (
            lambda key=key: store.gone_addresses.note(key, ANNA, "550", 1000),
            lambda key=key: store.people.forget(key, 9000),
        )
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert store.gone_addresses.list_all() == []


def test_a_channel_tells_how_many_wait_and_since_when(store):
    assert store.outbox.waiting("mail") == WaitingCount(0, 0)
    assert len(LONG) == 251
    for number, lane in enumerate((ANNA, ANNA, LONG)):
        left = (SendMessage("m", "x", "mail", lane), SendMessage("m", "x"))
        store.turns.run(Update("web", "key", f"u{number}", 1000 + number), lambda _, left=left: TurnResult("1", effects=left))  # fmt: skip
    assert store.outbox.waiting("mail") == WaitingCount(3, 1000)
    first, *_ = claimed = store.outbox.claim("mail", 9, 2000, 3000)
    assert sorted(one.lane for one in claimed) == sorted((ANNA, LONG))  # as long as it is, whole
    store.outbox.mark_sent(first)
    assert store.outbox.waiting("mail").count == 2
