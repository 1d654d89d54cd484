"""The worker of the outbox: what comes of a delivery, order, limits, and an end in the middle."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.ports.effects import SendMessage
from bot.ports.records import TurnResult, Update
from bot.service.queues.delivery import Gone, Rejected, RetryLater, Sent, Unchanged
from bot.service.queues.inbox_worker import InboxWorker
from bot.service.queues.outbox_worker import OutboxWorker, RateLimiter
from storage.store import Store
from tests.conftest import set_aside
from tests.doubles.clocks import GoingClock, SetClock
from tests.storage.workers import settled, work_off


def enqueue(store, *lanes):
    for number, lane in enumerate(lanes):
        kept = TurnResult("1", effects=(SendMessage("m", f"{lane}{number}"),))
        store.turns.run(Update("bot", lane, f"u{number}", 1), lambda _, kept=kept: kept)


def test_what_comes_of_a_delivery_decides_what_comes_of_the_message(store):
    enqueue(store, "a", "b", "c", "d", "b")
    answers = {"a": [Sent()], "b": [Gone(), Sent()], "c": [RetryLater(0.05), Unchanged()]}
    answers["d"] = [Rejected("no")]
    sent, ends = [], []

    async def send(claimed):
        sent.append(claimed.body)
        return answers[claimed.lane].pop(0)

    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), send, failed=lambda c, d: ends.append((c.body, type(d).__name__)),
        pace=RateLimiter(rate=1000, rest=0),
    )  # fmt: skip
    work_off(sending, settled(store, "outbox"))
    assert sorted(sent) == ["a0", "b1", "b4", "c2", "c2", "d3"]
    assert sorted(ends) == [("b1", "Gone"), ("d3", "Rejected")]
    assert sorted(one.reason for one in set_aside(store)) == ["gone", "no"]


def held(store, lane, *bodies, seconds=60):
    """Take a turn whose messages are held, for so many seconds yet."""
    until = int((time.time() + seconds) * 1000)
    update = Update("bot", lane, f"{lane} {bodies}", 1000, lane, until)
    messages = tuple(
        SendMessage("m", body, at_most_once=body.startswith("once")) for body in bodies
    )
    return store.turns.run(update, lambda _: TurnResult("", effects=messages))


def test_messages_a_turn_holds_go_in_order_also_when_one_must_wait(url):
    store = Store(f"{url}")
    sent, answers = [], {"b": [RetryLater(0.1, counted=False)]}

    async def send(claimed):
        sent.append(claimed.body)
        return answers[claimed.body].pop() if answers.get(claimed.body) else Sent()

    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), send, pace=RateLimiter(rate=1000, rest=0)
    )
    done = {bodies: held(store, bodies[0], *bodies) for bodies in ("abc", "xyz")}
    whole = store.dialect == "sqlite"
    for bodies, one in done.items():
        assert "".join(message.body for message in one.leased) == (bodies if whole else "")
        assert one.all_leased is whole

    def all_sent():
        if done and not sending.until():
            return False  # not at work yet
        for one in done.values():
            if one.leased:
                sending.add_leased(one)
        done.clear()
        return settled(store, "outbox")()

    work_off(sending, all_sent)
    assert [body for body in sent if body in "abc"] == [*"abbc"]
    assert [body for body in sent if body in "xyz"] == [*"xyz"]
    store.close()


@pytest.mark.parametrize("seconds", [-1, 60])
def test_what_a_slow_turn_held_too_long_is_sent_once(tmp_path, seconds):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    sent = []

    async def send(claimed):
        sent.append(claimed.body)
        await asyncio.sleep(0.2)  # long enough for a look into the store
        return Sent("name")

    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), send, pace=RateLimiter(rate=1000, rest=0)
    )
    done = [held(store, "a", "x", "y", seconds=seconds)]

    def all_sent():
        if done and sending.until():
            sending.add_leased(done.pop())
            sending.request_poll()
        return not done and settled(store, "outbox")()

    work_off(sending, all_sent)
    assert sent == ["x", "y"]
    store.close()


def test_a_worker_that_is_stopped_gives_back_what_it_has_not_begun(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), None, pace=RateLimiter(rate=1000, rest=0)
    )
    intake = InboxWorker(store, "bot", GoingClock(), None)
    assert (sending.until(), intake.until()) == (0, 0)  # not at work yet

    async def run():
        stop, wake = asyncio.Event(), asyncio.Event()
        works = asyncio.gather(sending.run(stop, wake), intake.run(stop, wake))
        await asyncio.sleep(0)
        stop.set()
        sending.add_leased(held(store, "a", "x", "y"))
        received = store.inbox.receive("bot", [("1", "b", "x")], 1000, intake.until())
        assert [one.raw for one in received] == ["x"]
        intake.add_leased(received, all_of_them=True)
        await works

    asyncio.run(run())
    now = int(time.time() * 1000)
    assert [one.raw for one in store.inbox.claim("bot", 9, now, now)] == ["x"]
    assert [(one.body, one.uncertain) for one in store.outbox.claim("bot", 9, now, now)] == [
        ("x", False)
    ]
    store.close()


def test_a_limit_delays_that_chat_alone_and_burns_no_try(store):
    """The clock stands until the others are sent: a chat that waited for it in vain is not sent at all."""
    enqueue(store, "limited", "other", "other", "limited")
    clock, asked = SetClock(), []

    async def send(claimed):
        asked.append(claimed.body)
        assert claimed.failures == 0
        if asked == ["limited0"]:
            return RetryLater(1.0, counted=False)
        if claimed.body == "other2":
            clock.moment += timedelta(seconds=1)
        return Sent()

    work_off(
        OutboxWorker(store.outbox, "bot", clock, send, pace=RateLimiter(rate=1000, rest=0)),
        settled(store, "outbox"),
    )
    assert asked == ["limited0", "other1", "other2", "limited0", "limited3"]


def test_five_hundred_at_once_keep_the_limits():
    clock = [0.0]
    pace = RateLimiter(rate=25, rest=1.0, spare=3, now=lambda: clock[0])
    sent: list[tuple[float, str]] = []
    waiting = [f"chat{n % 100}" for n in range(500)]
    while waiting:
        clock[0] += 0.01
        for _ in range(min(pace.room(), len(waiting))):
            lane = waiting.pop(0)
            sent.append((clock[0] + pace.reserve(lane), lane))
    times = sorted(moment for moment, _ in sent)
    assert max(sum(start <= t < start + 1 for t in times) for start in times) <= 50
    assert times[-1] >= 500 / 25 - 2
    of_one = sorted(moment for moment, lane in sent if lane == "chat7")
    assert all(later - first >= 1 for first, later in zip(of_one, of_one[3:], strict=False))
