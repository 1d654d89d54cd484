"""Work that goes on as long as the process does: where it fails, it begins again."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.service.waiting import wait_for

FIRST_RESTART_WAIT, LONGEST_RESTART_WAIT = (
    1.0,
    60.0,
)  # seconds until what failed begins again, doubling
STOPPING_GRACE = 8.0  # seconds in which what is in hand may be finished
logger = logging.getLogger(__name__)


class BackgroundService(Protocol):
    """Something that works beside the pages."""

    def start(self) -> None:
        """Start on the running loop."""
        ...

    async def stop(self) -> None:
        """Take nothing more in and finish what is in hand; a second call does no harm."""
        ...


async def keep_running(
    name: str,
    work: Callable[[], Awaitable[None]],
    stop: asyncio.Event,
    first_wait: float = FIRST_RESTART_WAIT,
) -> None:
    """Run `work` until it comes back by itself; where it fails, again, until `stop` is set.

    A work sees itself to what is foreseen, so a failure is an error of ours: it is logged with a
    number, and waited for longer each time. What had gone well for long begins with a short wait.
    """
    wait = first_wait
    while not stop.is_set():
        begun = time.monotonic()
        try:
            await work()
        except Exception:
            if time.monotonic() - begun > LONGEST_RESTART_WAIT:
                wait = first_wait
            number = secrets.token_hex(4)
            logger.exception("failed %s: %s; it begins again in %g s", number, name, wait)
            await wait_for(stop, wait)
            wait = min(wait * 2, LONGEST_RESTART_WAIT)
        else:
            return


async def finish(tasks: list[asyncio.Task[None]], seconds: float = STOPPING_GRACE) -> None:
    """Wait for tasks that were told to end; those that are late are cancelled."""
    if not tasks:
        return
    done, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*done, *late, return_exceptions=True)


class Repeated:
    """A call that is made again and again, in a thread, beside everything else.

    every: seconds between two calls.
    """

    def __init__(self, name: str, call: Callable[[], object], every: float) -> None:
        self._name = name
        self._call = call
        self._every = every
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start on the running loop; the first call is made at once."""
        work = keep_running(self._name, self._repeat, self._stop)
        self._tasks = [asyncio.create_task(work)]

    async def stop(self) -> None:
        """Call no more; what is being called is waited for."""
        self._stop.set()
        await finish(self._tasks)

    async def _repeat(self) -> None:
        while not self._stop.is_set():
            await asyncio.to_thread(self._call)
            await wait_for(self._stop, self._every)
