"""The workers of both lines: order under repeats, poison, slow neighbours, clocks that jump."""

import asyncio
import random
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.turns import Kept, Outgoing, Turning, Update
from bot.errors import StorageError
from bot.service.delivery import Gone, Rejected, RetryLater, Sent, Unchanged
from bot.service.intake import Intake, Unreadable
from bot.service.sending import Pace, Sending
from storage.store import Store


class Clock:
    """A clock that can be set."""

    def __init__(self):
        self.moment = datetime(2026, 11, 24, 10, tzinfo=UTC)

    def now(self):
        return self.moment


class Running:
    """A clock that goes."""

    def now(self):
        return datetime.now(UTC)


def append(received):
    """Ask for a turn that adds to a conversation what was received."""

    def work(loaded):
        return Kept(f"{loaded.state or ''}{received.raw} ", messages=(Outgoing("m", received.raw),))

    update = Update("bot", received.lane, received.update, received.at, received.lane)
    return Turning(update, work)


def work_off(worker, until, seconds=20.0, wakes=None):
    """Run a worker until something is true. wakes: a list that is given what wakes it."""

    async def run():
        stop, wake = asyncio.Event(), asyncio.Event()
        if wakes is not None:
            wakes.append(wake)
        task = asyncio.create_task(worker.run(stop, wake))
        end = time.monotonic() + seconds
        while not until() and time.monotonic() < end:
            await asyncio.sleep(0.01)
        stop.set()
        await task

    asyncio.run(run())
    assert until()


def settled(store, line):
    return lambda: store.next_due(line, "bot") is None


def test_one_hot_chat_of_a_thousand_messages_by_two_workers_keeps_its_order(url):
    stores = [Store(url), Store(url)]
    stores[0].receive("bot", [(str(n), "hot", str(n)) for n in range(1000)], 1)

    def run(store):
        intake = Intake(store, "bot", Running(), append)
        work_off(intake, settled(store, "inbox"), 120)

    threads = [threading.Thread(target=run, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stores[0].load("hot").state.split() == [str(n) for n in range(1000)]
    assert stores[0].load("hot").version == 1000
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
        store.receive("bot", [*again, *rows[start : start + cuts]], 1)
        if chance.random() < 0.5:
            intake = Intake(store, "bot", Running(), append)
            work_off(intake, settled(store, "inbox"))
    store.receive("bot", rows, 1)
    intake = Intake(store, "bot", Running(), append)
    work_off(intake, settled(store, "inbox"))
    for lane in range(4):
        wanted = [raw for _, of, raw in rows if of == f"lane{lane}"]
        assert (store.load(f"lane{lane}").state or "").split() == wanted
    store.close()


def test_a_poison_update_is_set_aside_after_three_tries_and_its_lane_goes_on(store):
    tried = []

    def handle(received):
        if received.raw == "poison":
            tried.append(received.attempt)
            raise ZeroDivisionError
        if received.raw == "torn":
            raise Unreadable("no JSON")
        return append(received)

    store.receive("bot", [("1", "a", "poison"), ("2", "a", "good"), ("3", "b", "torn")], 1)
    work_off(Intake(store, "bot", Running(), handle), settled(store, "inbox"))
    assert tried == [1, 2, 3]
    assert store.load("a").state == "good "
    reasons = sorted(one.reason.split()[-1] for one in store.aside())
    assert reasons == ["JSON", "ZeroDivisionError"]


@pytest.mark.parametrize("slow_in", ["reading", "the turn"])
def test_nobody_waits_for_a_slow_neighbour(store, slow_in):
    """Not even who was begun before it by the same thread, nor who is in the same hand after it."""
    begun, done = time.monotonic(), {}

    def handle(received):
        update, work = append(received)

        def slowly(loaded):
            if received.lane == "slow" and slow_in == "the turn":
                time.sleep(1.0)
            return work(loaded)

        if received.lane == "slow" and slow_in == "reading":
            time.sleep(1.0)
        return Turning(update, slowly)

    def all_done():
        for lane in ("first", "slow", "last"):
            if lane not in done and store.load(lane).state:
                done[lane] = time.monotonic() - begun
        return len(done) == 3

    store.receive("bot", [("1", "first", "x"), ("2", "slow", "y"), ("3", "last", "z")], 1)
    work_off(Intake(store, "bot", Running(), handle), all_done)
    assert max(done["first"], done["last"]) < 0.6
    assert done["slow"] >= 1.0


def test_what_waits_behind_one_in_hand_is_not_left_to_the_next_look(tmp_path, monkeypatch):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    monkeypatch.setattr("bot.service.intake.POLL", 30)
    intake = Intake(store, "bot", Running(), append)
    intake._look = False  # it has looked, and nothing waited
    brought = []

    def all_done():
        if not brought and intake.until():
            rows = [(f"{n}", "a", f"{n}") for n in range(3)]
            brought.extend(store.receive("bot", rows, 1, intake.until()))
            intake.hand(brought, all_of_them=False)
            wake[0].set()
        return bool(brought) and settled(store, "inbox")()

    wake = []
    work_off(intake, all_done, 10, wake)
    assert store.load("a").state == "0 1 2 "
    store.close()


def test_nobody_waits_for_all_who_are_a_little_slow(store):
    def handle(received):
        time.sleep(0.03)  # quick enough for no thread to begin beside it
        return append(received)

    def first_done():
        at_first["when"] = time.monotonic() - begun
        return store.load("0").state

    at_first = {}
    store.receive("bot", [(f"{n}", f"{n}", "x") for n in range(16)], 1)
    begun = time.monotonic()
    work_off(Intake(store, "bot", Running(), handle), first_done)
    assert at_first["when"] < 0.4  # all sixteen take half a second


def test_turns_that_wait_together_are_kept_together_and_a_bad_one_leaves_the_others(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    lots, told = [], []
    keep = store.keep
    store.keep = lambda begun: lots.append(len(begun)) or keep(begun)

    def handle(received):
        if received.raw == "bad":
            return Turning(append(received).update, lambda _: 1 / 0)
        if received.raw == "stale":  # somebody is quicker between the step and the commit
            turning = append(received)
            return Turning(turning.update, lambda loaded: meanwhile(turning.work(loaded)))
        return append(received)

    def meanwhile(kept):
        if not told:
            told.append("once")
            store.turn(Update("web", "7", "w", 1), lambda _: Kept("web "))
        return kept

    raws = {3: "bad", 7: "stale"}
    store.receive("bot", [(f"{n}", f"{n}", raws.get(n, "x")) for n in range(8)], 1)
    work_off(Intake(store, "bot", Running(), handle), lambda: store.load("7").version == 2)
    states = [store.load(f"{n}").state for n in range(8)]
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

    store.receive("bot", [("1", "a", "x")], 1)
    work_off(Intake(store, "bot", Running(), handle), settled(store, "inbox"))
    assert (times, store.load("a").state, store.aside()) == ([0, 0, 0], "x ", [])


def test_a_clock_set_back_an_hour_does_not_keep_what_a_lost_worker_held(store):
    clock = Clock()
    store.receive("bot", [("1", "a", "x")], 1)
    now = int(clock.now().timestamp() * 1000)
    assert len(store.take("bot", 9, now, now + 30_000)) == 1
    clock.moment -= timedelta(hours=1)
    work_off(
        Intake(store, "bot", clock, append),
        settled(store, "inbox"),
    )
    assert store.load("a").state == "x "


def test_a_clock_set_forward_makes_nothing_happen_twice(store):
    clock = Clock()

    def handle(received):
        clock.moment += timedelta(hours=1)
        store.turn(*append(received))  # as a second worker would, whose lease came early
        return append(received)

    store.receive("bot", [("1", "a", "x"), ("2", "a", "y")], 1)
    work_off(Intake(store, "bot", clock, handle), settled(store, "inbox"))
    assert store.load("a").state == "x y "


def enqueue(store, *lanes):
    for number, lane in enumerate(lanes):
        kept = Kept("1", messages=(Outgoing("m", f"{lane}{number}"),))
        store.turn(Update("bot", lane, f"u{number}", 1), lambda _, kept=kept: kept)


def test_what_comes_of_a_delivery_decides_what_comes_of_the_message(store):
    enqueue(store, "a", "b", "c", "d", "b")
    answers = {"a": [Sent()], "b": [Gone(), Sent()], "c": [RetryLater(0.05), Unchanged()]}
    answers["d"] = [Rejected("no")]
    sent, ends = [], []

    async def send(claimed):
        sent.append(claimed.body)
        return answers[claimed.lane].pop(0)

    sending = Sending(
        store, "bot", Running(), send, failed=lambda c, d: ends.append((c.body, type(d).__name__)),
        pace=Pace(rate=1000, rest=0),
    )  # fmt: skip
    work_off(sending, settled(store, "outbox"))
    assert sorted(sent) == ["a0", "b1", "b4", "c2", "c2", "d3"]
    assert sorted(ends) == [("b1", "Gone"), ("d3", "Rejected")]
    assert sorted(one.reason for one in store.aside()) == ["gone", "no"]


def held(store, lane, *bodies):
    """Take a turn whose messages are held."""
    update = Update("bot", lane, f"{lane} {bodies}", 1000, lane, int(time.time() * 1000) + 60_000)
    messages = tuple(Outgoing("m", body, once=body.startswith("once")) for body in bodies)
    return store.turn(update, lambda _: Kept("", messages=messages))


def test_what_a_turn_holds_is_sent_in_order_and_what_must_wait_keeps_the_rest_waiting(url):
    store = Store(f"{url}")
    sent, answers = [], {"b": [RetryLater(0.1, counted=False)]}

    async def send(claimed):
        sent.append(claimed.body)
        return answers[claimed.body].pop() if answers.get(claimed.body) else Sent()

    sending = Sending(store, "bot", Running(), send, pace=Pace(rate=1000, rest=0))
    done = {bodies: held(store, bodies[0], *bodies) for bodies in ("abc", "xyz")}
    whole = store.dialect == "sqlite"
    for bodies, one in done.items():
        assert "".join(message.body for message in one.held) == (bodies if whole else "")
        assert one.whole is whole

    def all_sent():
        if done and not sending.until():
            return False  # not at work yet
        for one in done.values():
            if one.held:
                sending.hand(one.held)
        done.clear()
        return settled(store, "outbox")()

    work_off(sending, all_sent)
    assert [body for body in sent if body in "abc"] == [*"abbc"]
    assert [body for body in sent if body in "xyz"] == [*"xyz"]
    store.close()


def test_a_worker_that_is_stopped_gives_back_what_it_has_not_begun(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    sending = Sending(store, "bot", Running(), None, pace=Pace(rate=1000, rest=0))
    intake = Intake(store, "bot", Running(), None)
    assert (sending.until(), intake.until()) == (0, 0)  # not at work yet

    async def run():
        stop, wake = asyncio.Event(), asyncio.Event()
        works = asyncio.gather(sending.run(stop, wake), intake.run(stop, wake))
        await asyncio.sleep(0)
        stop.set()
        sending.hand(held(store, "a", "x", "y").held)
        received = store.receive("bot", [("1", "b", "x")], 1000, intake.until())
        assert [one.raw for one in received] == ["x"]
        intake.hand(received, all_of_them=True)
        await works

    asyncio.run(run())
    now = int(time.time() * 1000)
    assert [one.raw for one in store.take("bot", 9, now, now)] == ["x"]
    assert [(one.body, one.uncertain) for one in store.claim("bot", 9, now, now)] == [("x", False)]
    store.close()


def test_a_limit_delays_that_chat_alone_and_burns_no_try(store):
    enqueue(store, "limited", "other", "other", "limited")
    at = {}

    async def send(claimed):
        if claimed.lane == "limited" and not any(key.startswith("limited") for key in at):
            at["limited first"] = time.monotonic()
            return RetryLater(1.0, counted=False)
        at[claimed.body] = time.monotonic()
        assert claimed.failures == 0
        return Sent()

    work_off(
        Sending(store, "bot", Running(), send, pace=Pace(rate=1000, rest=0)),
        settled(store, "outbox"),
    )
    assert at["other2"] < at["limited0"] < at["limited3"]
    assert at["limited0"] - at["limited first"] >= 1.0


def test_five_hundred_at_once_keep_the_limits():
    clock = [0.0]
    pace = Pace(rate=25, rest=1.0, spare=3, now=lambda: clock[0])
    sent: list[tuple[float, str]] = []
    waiting = [f"chat{n % 100}" for n in range(500)]
    while waiting:
        clock[0] += 0.01
        for _ in range(min(pace.room(), len(waiting))):
            lane = waiting.pop(0)
            sent.append((clock[0] + pace.take(lane), lane))
    times = sorted(moment for moment, _ in sent)
    assert max(sum(start <= t < start + 1 for t in times) for start in times) <= 50
    assert times[-1] >= 500 / 25 - 2
    of_one = sorted(moment for moment, lane in sent if lane == "chat7")
    assert all(later - first >= 1 for first, later in zip(of_one, of_one[3:], strict=False))


def test_a_directory_that_cannot_be_written_is_said_and_nothing_is_acknowledged(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StorageError):
        Store(f"sqlite:///{blocked}/x.db")


def test_a_database_file_that_went_read_only_fails_the_turn_and_works_again(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/x.db")
    store.turn(Update("web", "a", "1", 1), lambda _: Kept("1"))
    store._commits.run(lambda c: c.exec_driver_sql("PRAGMA query_only=ON"))
    with pytest.raises(StorageError):
        store.turn(Update("web", "a", "2", 1), lambda _: Kept("2"))
    assert store.load("a").state == "1"
    store.close()
    again = Store(f"sqlite:///{tmp_path}/x.db")
    assert again.turn(Update("web", "a", "2", 1), lambda _: Kept("2")).duplicate is False
    again.close()
