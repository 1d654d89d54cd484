"""The worker of the inbox: order under repeats, poison, slow neighbours, clocks that jump."""

import random
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StorageError
from bot.ports.records import TurnRequest, TurnResult, Update
from bot.service.queues.inbox_worker import InboxWorker, Unreadable
from storage.store import Store
from tests.conftest import set_aside
from tests.doubles.clocks import GoingClock, SetClock
from tests.storage.workers import append, settled, work_off


def test_a_thousand_messages_of_one_chat_keep_their_order_by_two_workers(url):
    stores = [Store(url), Store(url)]
    stores[0].inbox.receive("bot", [(str(n), "hot", str(n)) for n in range(1000)], 1)

    def run(store):
        intake = InboxWorker(store, "bot", GoingClock(), append)
        work_off(intake, settled(store, "inbox"), 120)

    threads = [threading.Thread(target=run, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stores[0].conversations.load("hot").state.split() == [str(n) for n in range(1000)]
    assert stores[0].conversations.load("hot").version == 1000
    for store in stores:
        store.close()


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    updates=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=25),
    cuts=st.integers(1, 6),
    seed=st.integers(0, 99),
)
def test_repeats_leave_what_the_clean_order_leaves(tmp_path_factory, updates, cuts, seed):
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('order')}/x.db")
    rows = [(f"{n}", f"lane{lane}", f"{n}.{what}") for n, (lane, what) in enumerate(updates)]
    chance = random.Random(seed)
    for start in range(0, len(rows), cuts):
        again = chance.sample(rows[:start], min(start, 3))
        store.inbox.receive("bot", [*again, *rows[start : start + cuts]], 1)
        if chance.random() < 0.5:
            intake = InboxWorker(store, "bot", GoingClock(), append)
            work_off(intake, settled(store, "inbox"))
    store.inbox.receive("bot", rows, 1)
    intake = InboxWorker(store, "bot", GoingClock(), append)
    work_off(intake, settled(store, "inbox"))
    for lane in range(4):
        wanted = [raw for _, of, raw in rows if of == f"lane{lane}"]
        assert (store.conversations.load(f"lane{lane}").state or "").split() == wanted
    store.close()


def test_poison_is_set_aside_after_three_tries_and_its_lane_goes_on(store):
    tried = []

    def handle(received):
        if received.raw == "poison":
            tried.append(received.attempt)
            raise ZeroDivisionError
        if received.raw == "torn":
            raise Unreadable("no JSON")
        return append(received)

    store.inbox.receive("bot", [("1", "a", "poison"), ("2", "a", "good"), ("3", "b", "torn")], 1)
    work_off(InboxWorker(store, "bot", GoingClock(), handle), settled(store, "inbox"))
    assert tried == [1, 2, 3]
    assert store.conversations.load("a").state == "good "
    reasons = sorted(one.reason.split()[-1] for one in set_aside(store))
    assert reasons == ["JSON", "ZeroDivisionError"]


def test_who_sent_what_is_set_aside_is_told_once_and_in_its_place(store):
    told = []

    def handle(received):
        if received.raw.startswith("torn"):
            raise Unreadable("no JSON")
        return append(received)

    def unread(received):
        told.append(received.raw)
        if received.raw == "torn apart":
            raise ZeroDivisionError  # nor can a word be found
        if told.count("torn") == 1:
            raise StorageError("away")  # the word waits, and so does what comes after it
        return append(replace(received, update=f"unread:{received.update}", raw="sorry"))

    rows = [("1", "a", "good"), ("2", "a", "torn"), ("3", "a", "more"), ("4", "b", "torn apart")]
    store.inbox.receive("bot", rows, 1)
    intake = InboxWorker(store, "bot", GoingClock(), handle, unread=unread, lease=1)
    work_off(intake, settled(store, "inbox"))
    assert store.conversations.load("a").state == "good sorry more "
    assert sorted(told) == ["torn", "torn", "torn apart"]
    assert [one.reason for one in set_aside(store)] == ["no JSON"] * 2


@pytest.mark.parametrize("slow_in", ["reading", "the turn"])
def test_nobody_waits_for_a_slow_neighbour(store, slow_in):
    """Not even who was begun before it by the same thread, nor who is in the same hand after it."""
    others_done, ended = threading.Event(), []

    def be_slow(lane, where):
        if (lane, where) == ("slow", slow_in):
            ended.append(others_done.wait(20))  # so slow that it ends after everybody else

    def handle(received):
        update, work = append(received)

        def slowly(loaded):
            be_slow(received.lane, "the turn")
            return work(loaded)

        be_slow(received.lane, "reading")
        return TurnRequest(update, slowly)

    def all_done():
        first, slow, last = (
            store.conversations.load(lane).state for lane in ("first", "slow", "last")
        )
        if first and last:
            others_done.set()
        return slow

    store.inbox.receive("bot", [("1", "first", "x"), ("2", "slow", "y"), ("3", "last", "z")], 1)
    work_off(InboxWorker(store, "bot", GoingClock(), handle), all_done)
    assert ended == [True]


def test_what_waits_behind_one_in_hand_is_not_left_to_the_next_look(tmp_path, monkeypatch):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    monkeypatch.setattr("bot.service.queues.inbox_worker.STORE_POLL", 600)
    intake = InboxWorker(store, "bot", GoingClock(), append)
    intake._poll_needed = False  # it has looked, and nothing waited
    brought = []

    def all_done():
        if not brought and intake.until():
            rows = [(f"{n}", "a", f"{n}") for n in range(3)]
            brought.extend(store.inbox.receive("bot", rows, 1, intake.until()))
            intake.add_leased(brought, all_of_them=False)
            wake[0].set()
        return bool(brought) and settled(store, "inbox")()

    wake = []
    work_off(intake, all_done, wakes=wake)
    assert store.conversations.load("a").state == "0 1 2 "
    store.close()


def test_nobody_waits_for_all_who_are_a_little_slow(store):
    handled, before_a_commit = [], []
    keep = store.turns.commit
    store.turns.commit = lambda begun: before_a_commit.append(len(handled)) or keep(begun)

    def handle(received):
        time.sleep(0.03)  # quick enough for no thread to begin beside it
        handled.append(received.lane)
        return append(received)

    store.inbox.receive("bot", [(f"{n}", f"{n}", "x") for n in range(16)], 1)
    work_off(InboxWorker(store, "bot", GoingClock(), handle), settled(store, "inbox"))
    assert before_a_commit[0] < 8  # of sixteen
    assert len(handled) == 16


def test_turns_that_wait_together_are_kept_together_but_for_a_bad_one(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    lots, told = [], []
    keep = store.turns.commit
    store.turns.commit = lambda begun: lots.append(len(begun)) or keep(begun)

    def handle(received):
        if received.raw == "bad":
            return TurnRequest(append(received).update, lambda _: 1 / 0)
        if received.raw == "stale":  # somebody is quicker between the step and the commit
            turning = append(received)
            return TurnRequest(turning.update, lambda loaded: meanwhile(turning.work(loaded)))
        return append(received)

    def meanwhile(kept):
        if not told:
            told.append("once")
            store.turns.run(Update("web", "7", "w", 1), lambda _: TurnResult("web "))
        return kept

    raws = {3: "bad", 7: "stale"}
    store.inbox.receive("bot", [(f"{n}", f"{n}", raws.get(n, "x")) for n in range(8)], 1)
    work_off(
        InboxWorker(store, "bot", GoingClock(), handle),
        lambda: store.conversations.load("7").version == 2,
    )
    states = [store.conversations.load(f"{n}").state for n in range(8)]
    assert states == ["x ", "x ", "x ", None, "x ", "x ", "x ", "web stale "]
    assert lots == [1, 7]  # first whoever was quicker
    store.close()


def test_the_database_away_burns_no_try(store):
    times = []

    def handle(received):
        times.append(received.failures)
        if len(times) < 3:
            raise StorageError("away")
        return append(received)

    store.inbox.receive("bot", [("1", "a", "x")], 1)
    work_off(InboxWorker(store, "bot", GoingClock(), handle), settled(store, "inbox"))
    assert (
        times,
        store.conversations.load("a").state,
        set_aside(store),
    ) == ([0, 0, 0], "x ", [])


def test_a_clock_set_back_an_hour_does_not_keep_what_a_lost_worker_held(store):
    clock = SetClock()
    store.inbox.receive("bot", [("1", "a", "x")], 1)
    now = int(clock.now().timestamp() * 1000)
    assert len(store.inbox.claim("bot", 9, now, now + 30_000)) == 1
    clock.moment -= timedelta(hours=1)
    work_off(
        InboxWorker(store, "bot", clock, append),
        settled(store, "inbox"),
    )
    assert store.conversations.load("a").state == "x "


def test_a_clock_set_forward_makes_nothing_happen_twice(store):
    clock = SetClock()

    def handle(received):
        clock.moment += timedelta(hours=1)
        store.turns.run(*append(received))  # as a second worker would, whose lease came early
        return append(received)

    store.inbox.receive("bot", [("1", "a", "x"), ("2", "a", "y")], 1)
    work_off(InboxWorker(store, "bot", clock, handle), settled(store, "inbox"))
    assert store.conversations.load("a").state == "x y "
