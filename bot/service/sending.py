"""Works off a channel's outbox: in order in each lane, within the channel's limits."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import assert_never

from bot.core.turns import Claimed
from bot.errors import StorageError
from bot.service.delivery import (
    Delivery,
    Expired,
    Gone,
    Moved,
    Rejected,
    RetryLater,
    Sent,
    TooLarge,
    Unchanged,
)
from bot.service.intake import wait_for
from bot.service.ports import Clock, Lines, millis

logger = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0  # seconds before what failed is tried again, doubling
TRIES = 12  # about half an hour in all
BURST = 0.2  # seconds' worth that may go at once: with what follows in a second, within the limit


@dataclass
class Pace:
    """Token buckets: so many a second overall, and a rest between two of one lane.

    Kept in the memory of the one process that sends for a bot.
    """

    rate: float = 25.0
    rest: float = 1.0
    spare: float = 3.0  # messages a lane may have at once before it must rest
    now: Callable[[], float] = time.monotonic
    _room: float = field(default=0.0, init=False)
    _at: float = field(default=0.0, init=False)
    _lanes: dict[str, float] = field(default_factory=dict, init=False)

    def room(self) -> int:
        """Tell how many may be sent now."""
        now = self.now()
        most = max(1.0, self.rate * BURST)
        self._room = min(most, self._room + (now - self._at) * self.rate)
        self._at = now
        self._lanes = {lane: free for lane, free in self._lanes.items() if free > now}
        return int(self._room)

    def take(self, lane: str) -> float:
        """Take a place for one message; gives the seconds to wait before it is sent."""
        now = self.now()
        self._room -= 1
        free = max(self._lanes.get(lane, 0.0), now)
        self._lanes[lane] = free + self.rest
        return max(0.0, free - now - self.rest * (self.spare - 1))


@dataclass(frozen=True)
class Sending:
    """What is needed to work off one outbox.

    send: delivers one message; it answers for every failure with a `Delivery`.
    settled: told when a message has come to its end.
    """

    lines: Lines
    channel: str
    clock: Clock
    send: Callable[[Claimed], Awaitable[Delivery]]
    settled: Callable[[Claimed, Delivery], None] = lambda _claimed, _delivery: None
    pace: Pace = field(default_factory=Pace)
    lease: float = 60.0
    _said: set[str] = field(default_factory=set, init=False)

    async def run(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        """Send until stopped; what has been claimed by then is sent."""
        busy: set[asyncio.Task[None]] = set()
        while not stop.is_set():
            wake.clear()
            room = self.pace.room()
            claimed = await self._claim(room) if room > 0 else []
            for message in claimed:
                task = asyncio.create_task(self._one(message, self.pace.take(message.lane), wake))
                busy.add(task)
                task.add_done_callback(busy.discard)
            if room <= 0:
                await wait_for(stop, seconds=1 / self.pace.rate)
            elif not claimed:
                await wait_for(wake, stop)
        await asyncio.gather(*busy)

    async def _claim(self, most: int) -> list[Claimed]:
        now = millis(self.clock.now())
        until = now + int(self.lease * 1000)
        try:
            return await asyncio.to_thread(self.lines.claim, self.channel, most, now, until)
        except StorageError:
            logger.exception("the outbox of %s cannot be read; tried again", self.channel)
            return []

    async def _one(self, message: Claimed, wait: float, wake: asyncio.Event) -> None:
        try:
            await asyncio.sleep(wait)
            delivery = await self.send(message)
            await asyncio.to_thread(self._settle, message, delivery)
        except StorageError:
            logger.exception("message %s was not marked; its lease will end", message.id)
        except Exception:
            logger.exception("message %s: the channel failed; its lease will end", message.id)
        finally:
            wake.set()

    def _settle(self, message: Claimed, delivery: Delivery) -> None:
        match delivery:
            case Sent() | Unchanged() | Expired():
                self.lines.mark_sent(message)
            case RetryLater():
                self._later(message, delivery)
                return
            case Gone():
                self.lines.mark_failed(message, "gone")
            case Moved(to):
                self.lines.mark_failed(message, f"moved to {to}")
            case TooLarge(reason) | Rejected(reason):
                logger.error("message %s is refused: %s", message.id, reason)
                self.lines.mark_failed(message, reason)
            case _:
                assert_never(delivery)
        self.settled(message, delivery)

    def _later(self, message: Claimed, delivery: RetryLater) -> None:
        if delivery.counted and message.failures + 1 >= TRIES:
            self.lines.mark_failed(message, "given up")
            self.settled(message, delivery)
            return
        if delivery.reason and delivery.reason not in self._said:
            self._said.add(delivery.reason)
            logger.error("the outbox of %s waits: %s", self.channel, delivery.reason)
        wait = delivery.seconds
        if wait is None:
            wait = min(FIRST_WAIT * 2**message.failures, LONGEST_WAIT)
        due = millis(self.clock.now()) + int(wait * 1000)
        self.lines.mark_later(message, due, failed=delivery.counted, uncertain=delivery.uncertain)
