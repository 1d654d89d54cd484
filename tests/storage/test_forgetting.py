"""Forgetting stops nobody, and what is forgotten beside a turn leaves nothing of that turn."""

import statistics
import threading

from sqlalchemy import func, select

from bot.ports.effects import SendMessage
from bot.ports.records import TurnResult, Update
from storage import erasure
from storage.conversations import conversation
from tests.storage.turns import add, everything, update

IDLE = 600


def purge_beside_turns(store):
    """Purge many idle people while others take turns; gives how many went during each turn."""
    for n in range(IDLE):
        store.turns.run(Update("web", f"idle{n}", f"u{n}", 1), add)
    count = select(func.count()).select_from(conversation).where(conversation.c.at == 1)

    def left():
        return store._transactions.read(lambda c: c.execute(count).scalar_one())

    purging = threading.Thread(target=lambda: store.people.purge(2, 2, 0))
    purging.start()
    while left() == IDLE:
        pass
    gone = []
    for n in range(5):
        before = left()
        store.turns.run(update(f"other{n}", 1), add)
        gone.append(before - left())
    still_there = left()
    purging.join()
    assert left() == 0
    return gone, still_there


def test_a_turn_beside_a_purge_of_many_waits_for_one_portion_at_most(store):
    gone, still_there = purge_beside_turns(store)
    assert still_there > 0
    # one portion was under way, one may have come before the counting
    assert statistics.median(gone) <= 2 * erasure.PORTION


def test_in_one_portion_of_all_everybody_waits(store, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(erasure, "PORTION", 10 * IDLE)
    assert purge_beside_turns(store)[1] == 0


def test_a_purge_sweeps_all_that_is_old_also_more_than_a_portion(store, monkeypatch):
    monkeypatch.setattr(erasure, "ROWS_IN_PORTION", 2)
    for n in range(5):
        store.codes.give(f"c{n}", "carry", "a", 10)
        store.turns.run(update("a", n), add)
    store.codes.give("young", "carry", "a", 5000)
    assert store.people.purge(0, 0, 1001) == 0
    assert [len(everything(store)[name]) for name in ("inbox", "outbox", "code")] == [0, 5, 1]


def test_who_comes_back_while_the_idle_are_forgotten_is_left_alone(store):
    """On SQLite the turn comes after the purge and begins anew; on PostgreSQL it is passed over."""
    store.turns.run(Update("web", "a", "old", 1), add)
    forgotten = []

    def slow(loaded):
        if not forgotten:
            forgotten.append(store.people.purge(500, 500, 0))
        return add(loaded)

    store.turns.run(update("a", 1), slow)
    assert (forgotten, store.conversations.load("a").state) == {
        "sqlite": ([1], "1"),
        "postgresql": ([0], "2"),
    }[store.dialect]


def test_what_a_turn_leaves_while_it_is_being_forgotten_is_forgotten_too(store):
    words = TurnResult("secret", "secret", (("a", "secret"),), (SendMessage("m", "secret"),))
    store.turns.run(update("a", 1), add)
    forgetting = threading.Thread(target=lambda: store.people.forget("a", 9000))

    def slow(_):
        if forgetting.ident is None:
            forgetting.start()
            forgetting.join(0.5)
        return words

    store.turns.run(update("a", "last"), slow)
    forgetting.join()
    if store.dialect == "sqlite":  # forgotten before: the turn has begun anew
        store.people.forget("a", 9000)
    kept = everything(store)
    assert "secret" not in str(kept)
    assert [len(kept[name]) for name in ("conversation", "event", "outbox")] == [0, 0, 0]


def test_forgetting_tells_whether_there_was_anything(store):
    store.turns.run(Update("web", "someone", "1", 1), lambda _: TurnResult("{}"))
    assert store.people.forget("nobody", 9000) is False
    assert store.people.forget("someone", 9000) is True
    assert store.conversations.load("someone").state is None
    assert store.people.forget("someone", 9000) is False


def test_what_nobody_asked_for_keeps_nobody_longer(store):
    def unasked(_):
        return TurnResult("told", unasked=True)

    store.turns.run(Update("web", "a", "said", 100), lambda _: TurnResult("said"))
    store.turns.run(Update("people", "a", "told", 5000), unasked)
    assert store.conversations.load("a").state == "told"
    assert store.people.purge(100, 0, 0) == 0
    assert store.people.purge(101, 0, 0) == 1
