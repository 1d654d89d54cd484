"""What runs beside the pages: what fails begins again, visibly, and ends when it is told to."""

import asyncio
import re
import time

from bot.process import Supervisor
from bot.service.background import Repeated, keep_running


class Failing:
    """A work that fails so many times before it goes on until it is stopped."""

    def __init__(self, times):
        self.left, self.going = times, asyncio.Event()

    async def run(self):
        if self.left:
            self.left -= 1
            raise ZeroDivisionError("a fault of ours")
        self.going.set()
        await asyncio.Event().wait()


def test_what_fails_begins_again_after_a_wait_that_grows(caplog):
    async def run():
        work, stop = Failing(3), asyncio.Event()
        kept = asyncio.create_task(keep_running("the inbox", work.run, stop, 0.01))
        await asyncio.wait_for(work.going.wait(), 10)
        kept.cancel()

    asyncio.run(run())
    told = [record for record in caplog.records if record.levelname == "ERROR"]
    waits = [re.fullmatch(
        r"failed [0-9a-f]{8}: the inbox; it begins again in (\S+) s", one.getMessage()
    )[1] for one in told]  # fmt: skip
    assert waits == ["0.01", "0.02", "0.04"]
    assert all(one.exc_info[0] is ZeroDivisionError for one in told)
    assert len({one.getMessage().split(":")[0] for one in told}) == 3


def test_what_waits_to_begin_again_is_stopped_at_once():
    async def run():
        work, stop = Failing(9), asyncio.Event()
        kept = asyncio.create_task(keep_running("the inbox", work.run, stop, 60))
        while work.left == 9:
            await asyncio.sleep(0.01)
        stop.set()
        await asyncio.wait_for(kept, 10)

    asyncio.run(run())


def test_a_call_is_repeated_also_after_it_failed(caplog):
    calls = []

    def call():
        calls.append(time.monotonic())
        if len(calls) == 2:
            raise ZeroDivisionError

    async def run():
        repeated = Repeated("expiry", call, 0.01)
        repeated.start()
        while len(calls) < 4:
            await asyncio.sleep(0.01)
        await repeated.stop()
        await repeated.stop()
        return len(calls)

    ended = asyncio.run(asyncio.wait_for(run(), 20))
    assert ended == len(calls)
    assert "expiry" in caplog.text


def test_one_service_that_cannot_stop_does_not_keep_the_others_from_it(caplog):
    stopped = []

    class Service:
        def __init__(self, name):
            self.name = name

        def start(self):
            stopped.clear()

        async def stop(self):
            if self.name == "bad":
                raise ZeroDivisionError
            stopped.append(self.name)

    async def run():
        supervisor = Supervisor([Service("first"), Service("bad"), Service("last")])
        supervisor.start()
        supervisor.begin_to_stop()
        await supervisor.stop()
        await supervisor.stop()

    asyncio.run(run())
    assert stopped == ["first", "last"]
    assert "a service did not stop in order" in caplog.text
