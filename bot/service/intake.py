"""Works off a channel's inbox: in order in each lane, many lanes at once, nothing lost."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.core.turns import Received
from bot.errors import CelvedisError, StorageError
from bot.service.ports import Clock, Lines, millis

logger = logging.getLogger(__name__)
AT_ONCE = 8  # turns in work; the database commits what waits together anyway
TRIES = 3  # a turn that fails this often is set aside
LOST = 10  # an update taken this often without an end has killed its workers
POLL = 0.5  # seconds between looks at the line when nobody wakes us
PAUSE = 1.0  # seconds before a turn the database could not keep is tried again


class Unreadable(CelvedisError):
    """An update that no driver can read; it is set aside at once."""


@dataclass(frozen=True)
class Intake:
    """What is needed to work off one inbox.

    handle: takes the turn; runs in a thread of its own.
    lease: seconds after which another worker takes over.
    """

    lines: Lines
    channel: str
    clock: Clock
    handle: Callable[[Received], None]
    lease: float = 30.0

    async def run(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        """Work until stopped; what has been taken by then is finished."""
        busy: set[asyncio.Task[None]] = set()
        # threads of its own: slow turns must not keep the loop's few from what has to be stored
        threads = ThreadPoolExecutor(AT_ONCE, "turn")
        try:
            while not stop.is_set():
                wake.clear()
                taken = await self._take(AT_ONCE - len(busy))
                for received in taken:
                    task = asyncio.create_task(self._one(received, wake, threads))
                    busy.add(task)
                    task.add_done_callback(busy.discard)
                if not taken or len(busy) >= AT_ONCE:
                    await wait_for(wake, stop)
            await asyncio.gather(*busy)
        finally:
            threads.shutdown(wait=False)

    async def _take(self, most: int) -> list[Received]:
        now = millis(self.clock.now())
        until = now + int(self.lease * 1000)
        try:
            return await asyncio.to_thread(self.lines.take, self.channel, most, now, until)
        except StorageError:
            logger.exception("the inbox of %s cannot be read; tried again", self.channel)
            return []

    async def _one(
        self, received: Received, wake: asyncio.Event, threads: ThreadPoolExecutor
    ) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(threads, self._handle, received)
        except StorageError:
            logger.exception("an update could not even be put back; its lease will end")
        finally:
            wake.set()

    def _handle(self, received: Received) -> None:
        now = millis(self.clock.now())
        if received.attempt > LOST:
            self.lines.set_aside(received, "taken too often without an end")
            return
        try:
            self.handle(received)
        except StorageError as error:
            logger.warning("update %s waits for the database: %s", received.id, error)
            self.lines.put_back(received, now + int(PAUSE * 1000), failed=False)
        except Unreadable as error:
            logger.warning("update %s cannot be read and is set aside: %s", received.id, error)
            self.lines.set_aside(received, str(error))
        except Exception as error:
            number = secrets.token_hex(4)
            logger.exception("failed %s: update %s", number, received.id)
            if received.failures + 1 >= TRIES:
                self.lines.set_aside(received, f"{number} {type(error).__name__}")
            else:
                self.lines.put_back(received, now + 1000 * 2**received.failures, failed=True)


async def wait_for(*events: asyncio.Event, seconds: float = POLL) -> None:
    """Wait for the first of some events, or for some seconds."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
