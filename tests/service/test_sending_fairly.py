"""Who goes first when more waits than may be sent, and who waits when a channel says stop."""

import asyncio
import itertools
import time
from datetime import timedelta

import pytest

from bot.ports.effects import SendMessage
from bot.ports.records import BESIDE_SUFFIX, TurnResult, Update
from bot.service.queues.delivery import RetryLater, Sent
from bot.service.queues.outbox_worker import DELIVERY_TRIES, OutboxWorker
from bot.service.queues.rate_limit import RateLimiter
from tests.doubles.clocks import GoingClock, SetClock
from tests.storage.workers import settled, work_off

pytestmark = pytest.mark.alone


def enqueue(store, *lanes, rank=0):
    """Let a message wait in each lane, as turns leave them that others are to send."""
    for lane in lanes:
        name = f"{lane} {time.monotonic_ns()}"
        kept = TurnResult("1", effects=(SendMessage("m", lane, lane=lane, rank=rank),))
        store.turns.run(Update("bot", name, name, 1), lambda _, kept=kept: kept)


def held(store, sending, lane):
    """Take a turn whose message is leased to the worker at once, where it takes it."""
    name = f"{lane} {time.monotonic_ns()}"
    kept = TurnResult("1", effects=(SendMessage("m", lane),))
    done = store.turns.run(Update("bot", lane, name, 1, lane, sending.until()), lambda _: kept)
    if done.leased:
        sending.add_leased(done)
    if not done.all_leased:
        sending.request_poll()


def test_no_second_has_more_than_the_rate_and_a_late_look_wastes_none():
    clock, sent = [0.0], []
    pace = RateLimiter(rate=28, rest=0, now=lambda: clock[0])
    for number in range(400):
        clock[0] += (0.01, 0.3, 0.07)[number % 3]
        for _ in range(pace.room()):
            pace.reserve("any")
            sent.append(clock[0])
    assert max(sum(start <= at < start + 1 for at in sent) for start in sent) == 28
    assert len(sent) > 0.85 * 28 * clock[0]


def test_a_lane_has_three_at_once_and_then_one_a_second():
    clock, sent = [0.0], []
    pace = RateLimiter(now=lambda: clock[0])
    while clock[0] < 10:
        clock[0] += 0.05
        if pace.wait("one") <= 0:
            pace.reserve("one")
            sent.append(clock[0])
    assert len(sent) == 12
    assert max(sum(start <= at < start + 1 for at in sent) for start in sent) == 3


def test_what_waits_in_the_store_is_not_left_there_by_a_rush(store):
    """While turns keep coming faster than they may be sent, as in a class."""
    sent = []

    async def send(claimed):
        sent.append(claimed.lane)
        return Sent()

    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), send, pace=RateLimiter(rate=20, rest=0)
    )

    async def run():
        stop, wake = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(sending.run(stop, wake))
        await asyncio.sleep(0.1)
        enqueue(store, "waiting")
        for number in range(60):  # thirty a second
            held(store, sending, f"rush{number}")
            wake.set()
            await asyncio.sleep(1 / 30)
        stop.set()
        await task

    asyncio.run(run())
    assert "waiting" in sent
    assert sent.index("waiting") < 20


def test_who_writes_in_between_goes_before_a_crowd_just_answered(store):
    crowd, sent = [f"pupil{number}" for number in range(40)], []

    async def send(claimed):
        sent.append(claimed.lane)
        if len(sent) == len(crowd):  # all are answered; now all press again
            enqueue(store, *crowd)
        if len(sent) == len(crowd) + 4:
            enqueue(store, "somebody")
        return Sent()

    enqueue(store, *crowd)
    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), send, pace=RateLimiter(rate=20, rest=0)
    )
    work_off(sending, lambda: len(sent) == 2 * len(crowd) + 1)
    assert sorted(sent[:40]) == sorted(crowd)
    assert sent.index("somebody") - (len(crowd) + 4) < 25  # those of one second, and of a look
    assert sorted(sent[40:]) == sorted([*crowd, "somebody"])


def test_answers_go_before_reminders_and_reminders_before_what_can_wait(store):
    sent = []

    async def send(claimed):
        sent.append(claimed.lane)
        if len(sent) == 1:
            enqueue(store, *(f"answer{number}" for number in range(10)))
        return Sent()

    enqueue(store, *(f"later{number}" for number in range(20)), rank=2)
    enqueue(store, *(f"reminder{number}" for number in range(20)), rank=1)
    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), send, pace=RateLimiter(rate=10, rest=0)
    )
    work_off(sending, settled(store, "outbox"))
    assert len(sent) == 50
    assert all(lane.startswith("reminder") for lane in sent[:10])  # nothing else was there
    last = max(at for at, lane in enumerate(sent) if lane.startswith("answer"))
    assert last < 30
    assert all(lane.startswith("later") for lane in sent[30:])


def test_what_goes_beside_a_lane_keeps_the_rest_of_its_chat(store):
    sent = []

    async def send(claimed):
        sent.append((time.monotonic(), claimed.lane))
        return Sent()

    enqueue(store, "a", f"a{BESIDE_SUFFIX}", "a", f"a{BESIDE_SUFFIX}", "b")
    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), send, pace=RateLimiter(rate=100, rest=0.5, spare=1)
    )
    work_off(sending, settled(store, "outbox"))
    of_a = [at for at, lane in sent if lane != "b"]
    assert len(of_a) == 4
    assert min(after - before for before, after in itertools.pairwise(of_a)) > 0.4


def test_after_a_second_chat_is_refused_everybody_waits_and_no_more_are(store):
    """As Telegram does: whoever tries while it refuses is told the seconds that are left."""
    lanes, refused, sent = [f"chat{number}" for number in range(12)], [], []
    until = time.monotonic() + 2.5

    async def send(claimed):
        if (left := until - time.monotonic()) > 0:
            refused.append(claimed.lane)
            return RetryLater(left, counted=False)
        assert claimed.failures == 0
        sent.append(claimed.lane)
        return Sent()

    enqueue(store, *lanes)
    sending = OutboxWorker(
        store.outbox, "bot", GoingClock(), send, pace=RateLimiter(rate=5, rest=0)
    )
    work_off(sending, settled(store, "outbox"))
    assert sorted(sent) == sorted(lanes)
    assert 2 <= len(refused) <= 6  # those that were on their way by then


def test_a_failure_of_our_own_comes_to_an_end(store, caplog):
    class Quick(SetClock):
        def now(self):
            self.moment += timedelta(minutes=10)  # no wait is longer
            return super().now()

    tried, ended = [], []

    async def send(claimed):
        if claimed.lane == "bad":
            tried.append(claimed.lane)
            raise ZeroDivisionError
        return Sent()

    enqueue(store, "bad", "good")
    sending = OutboxWorker(
        store.outbox, "bot", Quick(), send, failed=lambda claimed, _: ended.append(claimed.lane),
        pace=RateLimiter(rate=1000, rest=0), lease=1e6,
    )  # fmt: skip
    work_off(sending, settled(store, "outbox"))
    assert len(tried) == DELIVERY_TRIES
    assert ended == ["bad"]
    assert [one.reason for one in store.outbox.list_set_aside()] == ["given up"]
    assert "the channel failed" in caplog.text
