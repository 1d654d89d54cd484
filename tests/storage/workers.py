"""Both lines' workers as the tests run them: a turn that adds, a worker until it is done."""

import asyncio
import time

from bot.ports.effects import SendMessage
from bot.ports.records import TurnRequest, TurnResult, Update

PATIENCE = 25.0  # seconds; less than any lease, so that what was left behind is not seen as done


def append(received):
    """Ask for a turn that adds to a conversation what was received."""

    def work(loaded):
        return TurnResult(
            f"{loaded.state or ''}{received.raw} ", effects=(SendMessage("m", received.raw),)
        )

    update = Update("bot", received.lane, received.update, received.at, received.lane)
    return TurnRequest(update, work)


def work_off(worker, until, seconds=PATIENCE, wakes=None):
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
    return lambda: getattr(store, line).next_due("bot") is None
