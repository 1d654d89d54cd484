"""Works off a channel's inbox: in order in each lane, many lanes at once, nothing lost."""

import asyncio
import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.core.turns import Received
from bot.errors import CelvedisError, StorageError
from bot.service.ports import Clock, Lines, millis

T = TypeVar("T")
logger = logging.getLogger(__name__)
AT_ONCE = 8  # turns in work; the database commits what waits together anyway
GIVING_WAY = 1  # … while something arrives, which is to be acknowledged first
SLOW = 0.05  # seconds after which a turn is slow, and others begin beside it
IN_HAND = 64  # updates leased to us as they come; more wait in the store
TRIES = 3  # a turn that fails this often is set aside
LOST = 10  # an update taken this often without an end has killed its workers
POLL = 0.5  # seconds between looks at the line when nobody wakes us
PAUSE = 1.0  # seconds before a turn the database could not keep is tried again


class Unreadable(CelvedisError):
    """An update that no driver can read; it is set aside at once."""


class Handed(Generic[T]):
    """What is leased to a worker before it asks; while the worker is not at work, it is given back."""

    def __init__(self, give_back: Callable[[T], None]) -> None:
        self._give_back = give_back
        self._waiting: deque[T] = deque()
        self._lock = threading.Lock()
        self._open = False

    def __len__(self) -> int:
        """Tell how much is in hand."""
        return len(self._waiting)

    def takes(self, most: float) -> bool:
        """Tell whether more can be leased, up to so much in hand."""
        return self._open and len(self._waiting) < most

    @property
    def first(self) -> T:
        """Give what is next, leaving it there."""
        return self._waiting[0]

    def put(self, one: T) -> None:
        """Take something; from any thread."""
        with self._lock:
            if self._open:
                self._waiting.append(one)
                return
        self._give_back(one)

    def pop(self) -> T:
        """Give what is next."""
        return self._waiting.popleft()

    def open(self) -> None:
        """Begin to keep what is put."""
        self._open = True

    def close(self) -> None:
        """Give everything back, now and from now on."""
        with self._lock:
            self._open = False
        while self._waiting:
            self._give_back(self._waiting.popleft())


@dataclass
class Intake:
    """What is needed to work off one inbox.

    handle: takes the turn; runs in a thread of its own.
    lease: seconds after which another worker takes over.
    arriving: tells whether something waits to be stored; turns make room for it.
    """

    lines: Lines
    channel: str
    clock: Clock
    handle: Callable[[Received], None]
    lease: float = 30.0
    arriving: Callable[[], bool] = lambda: False
    _handed: Handed[Received] = field(init=False)
    _behind: bool = field(default=False, init=False)  # a lane has more than the one in hand
    _look: bool = field(default=True, init=False)  # something may wait in the store

    def __post_init__(self) -> None:
        """Begin with empty hands."""
        self._handed = Handed(self._give_back)

    def until(self) -> int:
        """Tell until when what is brought now is leased to us; 0: we have enough in hand."""
        if not self._handed.takes(IN_HAND):
            return 0
        return millis(self.clock.now()) + int(self.lease * 1000)

    def hand(self, received: Iterable[Received], *, all_of_them: bool) -> None:
        """Take what was leased to us as it came; what was not waits in the store."""
        for one in received:
            self._handed.put(one)
        if not all_of_them:
            self._behind = self._look = True

    async def run(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        """Work until stopped; what has been taken by then is finished."""
        busy: dict[asyncio.Task[None], float] = {}  # since when
        # threads of its own: slow turns must not keep the loop's few from what has to be stored
        threads = ThreadPoolExecutor(AT_ONCE, "turn")
        looked = 0.0
        self._handed.open()
        try:
            while not stop.is_set():
                wake.clear()
                free = self._free(busy.values())
                taken = [self._handed.pop() for _ in range(min(free, len(self._handed)))]
                due = time.monotonic() - looked >= POLL
                if free > len(taken) and (self._look or due):
                    looked = time.monotonic()
                    idle, most = not busy and not taken, free - len(taken)
                    found = await self._take(most)
                    self._look = len(found) == most
                    self._behind = bool(found) or (self._behind and not idle)
                    taken += found
                for received in taken:
                    task = asyncio.create_task(self._one(received, wake, threads))
                    busy[task] = time.monotonic()
                    task.add_done_callback(busy.pop)
                if not self._handed or self._free(busy.values()) <= 0:
                    await wait_for(wake, stop, seconds=SLOW if self._handed else POLL)
            await asyncio.to_thread(self._handed.close)
            await asyncio.gather(*busy)
        finally:
            threads.shutdown(wait=False)

    def _free(self, busy: Collection[float]) -> int:
        """Tell how many turns may be begun, by since when others are in work."""
        since = time.monotonic() - SLOW
        brisk = sum(begun > since for begun in busy)
        return min((GIVING_WAY if self.arriving() else AT_ONCE) - brisk, AT_ONCE - len(busy))

    async def _take(self, most: int) -> list[Received]:
        now = millis(self.clock.now())
        until = now + int(self.lease * 1000)
        try:
            return await asyncio.to_thread(self.lines.take, self.channel, most, now, until)
        except StorageError:
            logger.exception("the inbox of %s cannot be read; tried again", self.channel)
            return []

    def _give_back(self, received: Received) -> None:
        try:
            self.lines.put_back(received, millis(self.clock.now()), failed=False)
        except StorageError:
            logger.exception("an update was not given back; its lease will end")

    async def _one(
        self, received: Received, wake: asyncio.Event, threads: ThreadPoolExecutor
    ) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(threads, self._handle, received)
        except StorageError:
            logger.exception("an update could not even be put back; its lease will end")
        finally:
            self._look = self._look or self._behind
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
