"""Works off a channel's outbox: in order in each lane, within the channel's limits."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from bot.errors import StorageError
from bot.ports.protocols import Clock, millis
from bot.ports.queues import Outbox
from bot.ports.records import OutboxItem
from bot.service.queues.batcher import Batcher
from bot.service.queues.delivery import (
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
from bot.service.queues.inbox_worker import POLL, LeasedItems, wait_for, wake_to_stop

logger = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0  # seconds before what failed is tried again, doubling
TRIES = 12  # about half an hour in all
Run = Sequence[OutboxItem]  # messages of one lane that are sent one after the other
Leased = tuple[float, Run]  # since when, by the clock that is never set
Unsent = RetryLater | Gone | Moved | TooLarge | Rejected
Delivered = tuple[OutboxItem, Sent | Unchanged | Expired]
BURST = 0.2  # seconds' worth that may go at once: with what follows in a second, within the limit


@dataclass
class RateLimiter:
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

    @property
    def most(self) -> float:
        """Tell how many may ever go at once."""
        return max(1.0, self.rate * BURST)

    def room(self) -> int:
        """Tell how many may be sent now."""
        now = self.now()
        self._room = min(self.most, self._room + (now - self._at) * self.rate)
        self._at = now
        self._lanes = {lane: free for lane, free in self._lanes.items() if free > now}
        return int(self._room)

    def take(self, lane: str) -> float:
        """Take a place for one message; return the seconds to wait before it is sent."""
        now = self.now()
        self._room -= 1
        free = max(self._lanes.get(lane, 0.0), now)
        self._lanes[lane] = free + self.rest
        return max(0.0, free - now - self.rest * (self.spare - 1))


@dataclass
class OutboxWorker:
    """What is needed to work off one outbox.

    send: delivers one message; it answers for every failure with a `Delivery`.
    failed: told when a message has come to its end without arriving.
    """

    outbox: Outbox
    channel: str
    clock: Clock
    send: Callable[[OutboxItem], Awaitable[Delivery]]
    failed: Callable[[OutboxItem, Delivery], None] = lambda _claimed, _delivery: None
    pace: RateLimiter = field(default_factory=RateLimiter)
    lease: float = 60.0
    _said: set[str] = field(default_factory=set, init=False)
    _handed: LeasedItems[Leased] = field(init=False)
    _behind: bool = field(default=True, init=False)  # a lane may have more than is in hand
    _look: bool = field(default=True, init=False)  # something may wait in the store

    def __post_init__(self) -> None:
        """Begin with empty hands."""
        self._handed = LeasedItems(lambda leased: self._give_back(leased[1]))

    def until(self) -> int:
        """Tell until when the messages of a turn are leased to us; 0: we have enough in hand."""
        if not self._handed.takes(self.pace.rate):
            return 0
        return millis(self.clock.now()) + int(self.lease * 1000)

    def add_leased(self, run: Run) -> None:
        """Take what a turn has leased to us: messages of one lane, in order."""
        self._handed.put((time.monotonic(), run))

    def look(self) -> None:
        """Look into the store: something waits there."""
        self._behind = self._look = True

    async def run(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        """Send until stopped; what has been claimed by then is sent."""
        busy: set[asyncio.Task[None]] = set()
        self._marks = Batcher(self._mark)
        looked = 0.0
        stopping = asyncio.create_task(wake_to_stop(stop, wake))
        self._handed.open()
        while not stop.is_set():
            wake.clear()
            room = self.pace.room()
            runs: list[Leased] = []
            while (
                self._handed
                and room >= min(len(self._handed.first[1]), self.pace.most)
                and (leased := self._handed.pop()) is not None
            ):
                runs.append(leased)
                room -= len(leased[1])
            due = time.monotonic() - looked >= POLL
            if not self._handed and room > 0 and (self._look or due):
                looked, self._look = time.monotonic(), False
                self._behind = self._behind and bool(busy or runs)
                claimed = await self._claim(room)  # what is noted meanwhile is looked for again
                self._look = self._look or len(claimed) == room
                self._behind = self._behind or bool(claimed)
                runs += ((looked, (message,)) for message in claimed)
            for since, run in runs:
                waits = [self.pace.take(message.lane) for message in run]
                task = asyncio.create_task(self._run(run, since, waits, wake))
                busy.add(task)
                task.add_done_callback(busy.discard)
            if self._handed or room <= 0:
                await wait_for(stop, 1 / self.pace.rate)
            elif not runs:
                await wait_for(wake)
        stopping.cancel()
        await asyncio.to_thread(self._handed.close)
        await asyncio.gather(*busy)

    async def _claim(self, most: int) -> list[OutboxItem]:
        now = millis(self.clock.now())
        until = now + int(self.lease * 1000)
        try:
            return await asyncio.to_thread(self.outbox.claim, self.channel, most, now, until)
        except StorageError:
            logger.exception("the outbox of %s cannot be read; tried again", self.channel)
            return []

    async def _run(
        self, run: Run, since: float, waits: Sequence[float], wake: asyncio.Event
    ) -> None:
        """Send messages of one lane; where one has to wait, what follows it waits too.

        since: when they were leased; waits: seconds from now that each has to rest.
        """
        sent: list[Delivered] = []
        left, begun = deque(run), time.monotonic()
        try:
            for wait in waits:
                if wait > 0:  # long enough to be killed in: what has gone out is marked first
                    await self._keep(sent)
                    sent = []
                    await asyncio.sleep(begun + wait - time.monotonic())
                if time.monotonic() - since >= self.lease:
                    logger.warning(
                        "message %s waited for too long; its lease has ended", left[0].id
                    )
                    return
                delivery = await self.send(left[0])
                if isinstance(delivery, Sent | Unchanged | Expired):
                    sent.append((left.popleft(), delivery))
                    continue
                await self._keep(sent)
                sent = []
                await asyncio.to_thread(self._settle, left.popleft(), delivery)
                if isinstance(delivery, RetryLater):
                    await asyncio.to_thread(self._give_back, left)
                    return
            await self._keep(sent)
        except StorageError:
            logger.exception("message %s was not marked; its lease will end", run[0].id)
        except Exception:
            logger.exception("message %s: the channel failed; its lease will end", run[0].id)
        finally:
            if self._behind:
                self._look = True
                wake.set()

    async def _keep(self, sent: list[Delivered]) -> None:
        if sent:
            await self._marks.put(sent)

    def _mark(self, runs: list[list[Delivered]]) -> None:
        every = [one for run in runs for one in run]
        shown = {
            delivery.buttons: delivery.name
            for _, delivery in every
            if isinstance(delivery, Sent) and delivery.buttons
        }
        self.outbox.mark_sent(*(claimed for claimed, _ in every), shown=shown)

    def _give_back(self, run: Iterable[OutboxItem]) -> None:
        """Let messages wait that were not tried; there is no doubt that they did not arrive."""
        try:
            for message in run:
                self.outbox.mark_later(message, millis(self.clock.now()))
        except StorageError:
            logger.exception("messages were not given back; their leases will end")

    def _settle(self, message: OutboxItem, delivery: Unsent) -> None:
        match delivery:
            case RetryLater():
                self._later(message, delivery)
                return
            case Gone():
                self.outbox.mark_failed(message, "gone")
            case Moved(to):
                self.outbox.mark_failed(message, f"moved to {to}")
            case TooLarge(reason) | Rejected(reason):
                logger.error("message %s is refused: %s", message.id, reason)
                self.outbox.mark_failed(message, reason)
            case _:
                assert_never(delivery)
        self.failed(message, delivery)

    def _later(self, message: OutboxItem, delivery: RetryLater) -> None:
        if delivery.counted and message.failures + 1 >= TRIES:
            self.outbox.mark_failed(message, "given up")
            self.failed(message, delivery)
            return
        if delivery.reason and delivery.reason not in self._said:
            self._said.add(delivery.reason)
            logger.error("the outbox of %s waits: %s", self.channel, delivery.reason)
        wait = delivery.seconds
        if wait is None:
            wait = min(FIRST_WAIT * 2**message.failures, LONGEST_WAIT)
        due = millis(self.clock.now()) + int(wait * 1000)
        self.outbox.mark_later(message, due, failed=delivery.counted, uncertain=delivery.uncertain)
