"""What waits in the inbox and the outbox, on both databases: taken once, in order, given back."""

from dataclasses import replace

from bot.ports.effects import Keyboard, SendMessage
from bot.ports.records import TurnResult, Update
from storage.store import Store
from tests.conftest import set_aside
from tests.storage.turns import add, everything, together, update


def test_a_message_is_claimed_once_by_workers_at_once(url):
    one = Store(url)
    other = Store(url)
    for n in range(60):
        one.turns.run(update(f"k{n}", n), add)
    taken = []
    works = [
        lambda n=n: taken.extend(
            claim.id for claim in (one if n % 2 else other).outbox.claim("web", 10, 2000, 3000)
        )
        for n in range(8)
    ]
    assert together(*works) == []
    assert len(taken) == len(set(taken))
    one.close()
    other.close()


def test_only_the_oldest_of_a_conversation_is_claimed(store):
    for n in range(3):
        store.turns.run(update("a", n), add)
    assert [one.body for one in store.outbox.claim("web", 9, 2000, 3000)] == ["m1"]
    assert store.outbox.claim("web", 9, 2000, 3000) == []


def test_a_lost_workers_message_is_uncertain_and_its_late_mark_ignored(store):
    store.turns.run(update("a", 1), add)
    (first,) = store.outbox.claim("web", 9, 2000, 3000)
    (second,) = store.outbox.claim("web", 9, 3500, 4500)
    assert (first.uncertain, second.uncertain) == (False, True)
    assert store.outbox.mark_sent(first) is False
    assert store.outbox.mark_sent(second) is True


def test_later_and_failed(store):
    store.turns.run(update("a", 1), add)
    (one,) = store.outbox.claim("web", 9, 2000, 3000)
    assert store.outbox.mark_later(one, 9000)
    assert store.outbox.claim("web", 9, 8000, 8500) == []
    (again,) = store.outbox.claim("web", 9, 9000, 9500)
    assert (again.attempt, again.uncertain) == (2, False)
    assert store.outbox.mark_failed(again, "gone")
    assert store.outbox.claim("web", 9, 99_000, 99_500) == []


def test_what_was_sent_is_not_kept(store):
    store.turns.run(update("a", 1), add)
    (claimed,) = store.outbox.claim("web", 9, 2000, 3000)
    store.outbox.mark_sent(claimed)
    assert [row[9:] for row in everything(store)["outbox"]] == [("a", 0, "message", "", False)]


def test_settled_lines_are_swept(store):
    store.turns.run(update("a", 1), add)
    store.people.purge(0, 0, 1001)
    assert [len(everything(store)[name]) for name in ("inbox", "outbox")] == [0, 1]


def test_an_update_received_twice_is_taken_once_and_in_order(store):
    updates = [("1", "a", "one"), ("2", "a", "two"), ("3", "b", "three")]
    store.inbox.receive("web", updates, 1000)
    store.inbox.receive("web", updates, 1001)
    first = store.inbox.claim("web", 9, 2000, 3000)
    assert [one.raw for one in first] == ["one", "three"]
    assert store.inbox.claim("web", 9, 2000, 3000) == []
    assert store.inbox.claim("desk", 9, 2000, 3000) == []
    store.turns.run(Update("web", "a", "1", 1000), add)
    assert [one.raw for one in store.inbox.claim("web", 9, 2000, 3000)] == ["two"]


def test_an_update_that_always_fails_is_set_aside_and_stops_nothing(store):
    store.inbox.receive("web", [("1", "a", "bad"), ("2", "a", "good")], 1000)
    (bad,) = store.inbox.claim("web", 9, 2000, 3000)
    assert store.inbox.put_back(bad, 2500, failed=True)
    assert store.inbox.claim("web", 9, 2400, 3000) == []
    (again,) = store.inbox.claim("web", 9, 2500, 3500)
    assert (again.raw, again.attempt) == ("bad", 2)
    assert store.inbox.set_aside(bad, "late") is False
    assert store.inbox.set_aside(again, "cannot be read")
    assert [one.raw for one in store.inbox.claim("web", 9, 2600, 3600)] == ["good"]
    assert [(one.line, one.reason) for one in set_aside(store)] == [("inbox", "cannot be read")]


def test_a_lost_worker_leaves_its_update_to_the_next(store):
    store.inbox.receive("web", [("1", "a", "one")], 1000)
    (lost,) = store.inbox.claim("web", 9, 2000, 3000)
    assert store.inbox.claim("web", 9, 2999, 4000) == []
    (taken,) = store.inbox.claim("web", 9, 3000, 4000)
    assert store.turns.run(Update("web", "a", taken.update, 1000), add).duplicate is False
    assert store.turns.run(Update("web", "a", lost.update, 1000), add).duplicate is True
    assert store.inbox.put_back(lost, 0, failed=False) is False
    assert store.inbox.claim("web", 9, 9000, 9999) == []


def test_a_message_may_go_to_another_lane(store):
    kept = TurnResult("1", effects=(SendMessage("message", "x", "desk", "counsellor:1"),))
    store.turns.run(update("a", 1), lambda _: kept)
    assert store.outbox.claim("web", 9, 2000, 3000) == []
    assert [one.lane for one in store.outbox.claim("desk", 9, 2000, 3000)] == ["counsellor:1"]


def test_an_update_first_in_its_lane_is_leased_to_whoever_brings_it(store):
    store.inbox.receive("bot", [("1", "a", "one")], 1000)
    new = [("1", "a", "one"), ("2", "a", "two"), ("3", "b", "three"), ("4", "b", "four")]
    ours = store.inbox.receive("bot", new, 1001, until=5000)
    if store.dialect == "postgresql":  # two could find the lane free at once
        assert ours == []
        return
    assert [(one.update, one.raw, one.at) for one in ours] == [("3", "three", 1001)]
    assert store.inbox.receive("bot", new, 1002, until=5000) == []
    assert [one.update for one in store.inbox.claim("bot", 9, 4999, 9000)] == ["1"]
    assert store.inbox.finish(ours[0])
    assert [one.update for one in store.inbox.claim("bot", 9, 4999, 9000)] == ["4"]
    (late,) = store.inbox.receive("bot", [("5", "c", "five")], 1003, until=5000)
    (again,) = store.inbox.claim("bot", 9, 5000, 9000)
    assert (again.update, store.inbox.finish(late), store.inbox.finish(again)) == ("5", False, True)


def turned(store, name, *bodies, hold):
    """Take a turn with some messages; gives what is held of them."""
    kept = TurnResult(
        "", effects=tuple(SendMessage("m", one, at_most_once="once" in one) for one in bodies)
    )
    done = store.turns.run(replace(update("a", name), lease_until=hold), lambda _: kept)
    return [one.body for one in done.leased], done.all_leased


def test_a_turn_holds_its_messages_up_to_one_that_may_not_come_twice(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    assert turned(store, 1, "x", "y", "once", "z", hold=5000) == (["x", "y"], False)
    assert turned(store, 2, "later", hold=5000) == ([], False)
    assert store.outbox.claim("web", 9, 4999, 5000) == []
    told = []
    while claimed := store.outbox.claim("web", 9, 5000, 9000):
        told += [(one.body, one.uncertain) for one in claimed]
        assert store.outbox.mark_sent(*claimed)
    doubtful = [("x", True), ("y", True)]
    assert told == [*doubtful, ("once", False), ("z", False), ("later", False)]
    assert turned(store, 3, "x", hold=0) == ([], False)
    store.close()


def test_many_are_marked_at_once_and_the_buttons_they_show_are_known(store):
    keys = (Keyboard("t", "a", "<b>", ("p",), ("l",), 4),)
    store.turns.run(
        update("a", 1), lambda _: TurnResult("", effects=(SendMessage("m", "x"), *keys))
    )
    store.turns.run(update("b", 1), add)
    claimed = store.outbox.claim("web", 9, 2000, 3000)
    assert store.outbox.mark_sent(*claimed, shown={"t": "77"})
    assert store.keyboards.showing("a", 4) == [(keys[0], "77")]
    assert store.outbox.mark_sent(*claimed) is False
