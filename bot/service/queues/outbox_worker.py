"""Works off a channel's outbox: in order in each lane, within the channel's limits, fairly."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import assert_never

from bot.errors import StorageError
from bot.ports.protocols import Clock, millis
from bot.ports.queues import Outbox
from bot.ports.records import OutboxItem, TurnOutcome, chat_of
from bot.service.queues.batcher import Batcher
from bot.service.queues.delivery import (
    Delivery,
    Expired,
    Gone,
    Missed,
    Moved,
    Rejected,
    RetryLater,
    Sent,
    TooLarge,
    Unchanged,
)
from bot.service.queues.fair_queue import FairQueue, LeasedRun
from bot.service.queues.rate_limit import RateLimiter
from bot.service.waiting import STORE_POLL, wait_for, wake_to_stop

logger = logging.getLogger(__name__)
FIRST_RESEND_WAIT, LONGEST_RESEND_WAIT = (
    1.0,
    300.0,
)  # seconds before what failed is tried again, doubling
DELIVERY_TRIES = 12  # about half an hour in all
LEASED_AHEAD = 8.0  # seconds' worth of messages that are leased before they can be sent
MOST_RUNS_IN_HAND = 1000  # runs, however fast a channel is
Unsent = RetryLater | Gone | Missed | Moved | TooLarge | Rejected
Delivered = tuple[OutboxItem, Sent | Unchanged | Expired]


@dataclass
class OutboxWorker:
    """Works off one outbox: leases messages and sends them, within what the channel allows.

    Ranks go one after the other, answers before reminders. Within a rank, what waits longest in
    the store is taken in hand first, and of what is in hand the person goes first who was told
    something longest ago.

    send: delivers one message; it answers for every failure with a `Delivery`.
    failed: told when a message has come to its end without arriving.
    lease: seconds after which another worker may send a message.
    """

    outbox: Outbox
    channel: str
    clock: Clock
    send: Callable[[OutboxItem], Awaitable[Delivery]]
    failed: Callable[[OutboxItem, Delivery], None] = lambda _claimed, _delivery: None
    pace: RateLimiter = field(default_factory=RateLimiter)
    lease: float = 60.0
    _said: set[str] = field(default_factory=set, init=False)  # reasons an operator was told
    _queue: FairQueue = field(init=False)
    _backlog: bool = field(default=True, init=False)  # a lane may have more than is in hand
    _poll_needed: bool = field(default=True, init=False)  # something may wait in the store
    _overdue: bool = field(default=False, init=False)  # the store has more than may be sent now
    _limits: dict[str, float] = field(default_factory=dict, init=False)  # by chat, until when
    _paused: float = field(default=0.0, init=False)  # until when the channel takes nothing at all

    def __post_init__(self) -> None:
        """Begin with empty hands."""
        self._queue = FairQueue(self._give_back)
        # what is in hand is to be sent long before its lease ends: in a quarter of it at most
        seconds = min(LEASED_AHEAD, self.lease / 4)
        self._most = int(max(1, min(self.pace.rate * seconds, MOST_RUNS_IN_HAND)))

    def until(self) -> int:
        """Return until when the messages of a turn are leased to us (in ms); 0: others go first.

        Whoever comes while the store has more than may be sent queues up behind it.
        """
        full = not self._queue.has_room(self._most)
        if full or self._overdue or time.monotonic() < self._paused:
            self._overdue = self._overdue or full
            return 0
        return millis(self.clock.now()) + int(self.lease * 1000)

    def add_leased(self, outcome: TurnOutcome) -> None:
        """Add what a turn has leased to us: messages of one lane, in order."""
        # the lease began before the turn was computed: what is left of it counts, or a slow turn's
        # messages would be leased anew by whoever looks into the store while they are being sent
        left = (outcome.leased_until - millis(self.clock.now())) / 1000
        self._queue.put(outcome.leased, time.monotonic() - (self.lease - left))

    def request_poll(self) -> None:
        """Look into the store: something waits there."""
        self._backlog = self._poll_needed = True

    async def run(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        """Send until stopped; what has been claimed by then is sent."""
        busy: set[asyncio.Task[None]] = set()
        self._marks = Batcher(self._mark)
        looked = 0.0  # when the store was looked into last
        stopping = asyncio.create_task(wake_to_stop(stop, wake))
        self._queue.open()
        while not stop.is_set():
            wake.clear()
            if time.monotonic() < self._paused:
                await asyncio.to_thread(self._queue.give_back)
                await wait_for(stop, min(STORE_POLL, self._paused - time.monotonic()))
                self._poll_needed = True
                continue
            for run, count in self._ready():
                task = asyncio.create_task(self._run(run, count, wake))
                busy.add(task)
                task.add_done_callback(busy.discard)
            now = time.monotonic()
            due = self._poll_needed or now - looked >= STORE_POLL
            if due and len(self._queue) < self._most:
                looked = now
                if await self._find(in_work=bool(busy)):
                    continue
            # with something in hand, until the channel may take one message more
            await wait_for(wake, max(1 / self.pace.rate, 0.001) if self._queue else STORE_POLL)
        stopping.cancel()
        await asyncio.to_thread(self._queue.close)
        await asyncio.gather(*busy)

    def _ready(self) -> Iterator[tuple[LeasedRun, int]]:
        """Return what may be sent now: runs, and how many messages of each."""
        room = self.pace.room()
        while room > 0:
            run = self._queue.pop(self._has_rested)
            if run is None:
                return
            chat, count = chat_of(run.lane), 0
            most = min(len(run.messages), room)
            while count < most and self.pace.wait(chat) <= 0:
                self.pace.reserve(chat)
                count += 1
            room -= count
            yield run, count

    def _has_rested(self, run: LeasedRun) -> bool:
        return self.pace.wait(chat_of(run.lane)) <= 0

    async def _find(self, *, in_work: bool) -> bool:
        """Lease what waits longest in the store; return whether anything did."""
        if self._queue:  # what could not be sent for long is given back, to be leased anew
            half_a_lease_ago = time.monotonic() - self.lease / 2
            await asyncio.to_thread(self._queue.give_back, half_a_lease_ago)
        self._poll_needed = False  # before the look: what is noted meanwhile is looked for again
        self._backlog = self._backlog and (in_work or bool(self._queue))
        since, most = time.monotonic(), self._most - len(self._queue)
        messages = await self._claim(most)
        for message in messages:
            self._queue.put((message,), since)
        self._overdue = len(messages) >= most
        self._poll_needed = self._poll_needed or self._overdue
        self._backlog = self._backlog or bool(messages)
        return bool(messages)

    async def _claim(self, most: int) -> list[OutboxItem]:
        now = millis(self.clock.now())
        until = now + int(self.lease * 1000)
        try:
            return await asyncio.to_thread(self.outbox.claim, self.channel, most, now, until)
        except StorageError:
            logger.exception("the outbox of %s cannot be read; tried again", self.channel)
            return []

    async def _run(self, run: LeasedRun, count: int, wake: asyncio.Event) -> None:
        """Send so many messages of a run; what is left of it then waits again, in its place."""
        sent: list[Delivered] = []
        try:
            for _ in range(count):
                message = run.messages[0]
                if time.monotonic() - run.since >= self.lease:
                    logger.warning(
                        "message %s waited for too long; its lease has ended", message.id
                    )
                    break
                delivery = await self._deliver(message)
                run.messages.popleft()
                if isinstance(delivery, Sent | Unchanged | Expired):
                    sent.append((message, delivery))
                    continue
                await self._mark_later(sent)
                sent = []
                await asyncio.to_thread(self._note_unsent, message, delivery)
                if isinstance(delivery, RetryLater):
                    await asyncio.to_thread(self._give_back, run.messages)
                    run.messages.clear()
                    break
            await self._mark_later(sent)
            if run.messages and time.monotonic() - run.since < self.lease:
                self._queue.put_again(run)
        except StorageError:
            logger.exception("messages were not marked; their leases will end")
        except Exception:
            logger.exception("sending failed; the leases of what was left will end")
        finally:
            if self._backlog:
                self._poll_needed = True
            if self._backlog or self._queue:
                wake.set()

    async def _deliver(self, message: OutboxItem) -> Delivery:
        """Deliver; a failure of our own counts, so that it comes to an end."""
        try:
            delivery = await self.send(message)
        except Exception:
            logger.exception("message %s: the channel failed", message.id)
            delivery = RetryLater(uncertain=True)
        self._queue.note_told(message.lane)
        if isinstance(delivery, RetryLater) and delivery.limited:
            self._note_limit(chat_of(message.lane), delivery.seconds or FIRST_RESEND_WAIT)
        return delivery

    def _note_limit(self, chat: str, seconds: float) -> None:
        """Wait with everybody once a second chat is refused for too much: then it is not the chats.

        Telegram does not tell which limit it was; and who tries on meets the same wait in each chat.
        """
        now = time.monotonic()
        self._limits = {limited: until for limited, until in self._limits.items() if until > now}
        others = [until for limited, until in self._limits.items() if limited != chat]
        self._limits[chat] = now + seconds
        if others:
            self._paused = max(self._paused, now + seconds, *others)
            logger.warning("%s is sent too much; it waits %.0f s", self.channel, self._paused - now)

    async def _mark_later(self, sent: list[Delivered]) -> None:
        if sent:
            await self._marks.put(sent)

    def _mark(self, runs: list[list[Delivered]]) -> None:
        """Mark the messages of some runs as sent, in one commit."""
        messages: list[OutboxItem] = []
        shown: dict[str, str] = {}  # tokens of buttons: what the channel calls their message
        for message, delivery in chain.from_iterable(runs):
            messages.append(message)
            if isinstance(delivery, Sent) and delivery.buttons:
                shown[delivery.buttons] = delivery.name
        self.outbox.mark_sent(*messages, shown=shown)

    def _give_back(self, messages: Iterable[OutboxItem]) -> None:
        """Let messages wait that were not tried; there is no doubt that they did not arrive."""
        try:
            for message in messages:
                self.outbox.mark_later(message, millis(self.clock.now()))
        except StorageError:
            logger.exception("messages were not given back; their leases will end")

    def _note_unsent(self, message: OutboxItem, delivery: Unsent) -> None:
        """Mark a message that did not arrive: to be tried later, or as failed for good."""
        match delivery:
            case RetryLater():
                self._retry_later(message, delivery)
                return
            case Gone():
                self.outbox.mark_failed(message, "gone")
            case Missed():
                logger.warning("message %s was not sent in time", message.id)
                self.outbox.mark_failed(message, "missed")
            case Moved(to):
                self.outbox.mark_failed(message, f"moved to {to}")
            case TooLarge(reason) | Rejected(reason):
                logger.error("message %s is refused: %s", message.id, reason)
                self.outbox.mark_failed(message, reason)
            case _:
                assert_never(delivery)
        self.failed(message, delivery)

    def _retry_later(self, message: OutboxItem, delivery: RetryLater) -> None:
        if delivery.counted and message.failures + 1 >= DELIVERY_TRIES:
            self.outbox.mark_failed(message, "given up")
            self.failed(message, delivery)
            return
        if delivery.reason and delivery.reason not in self._said:
            self._said.add(delivery.reason)
            logger.error("the outbox of %s waits: %s", self.channel, delivery.reason)
        wait = delivery.seconds
        if wait is None:
            wait = min(FIRST_RESEND_WAIT * 2**message.failures, LONGEST_RESEND_WAIT)
        due = millis(self.clock.now()) + int(wait * 1000)
        self.outbox.mark_later(message, due, failed=delivery.counted, uncertain=delivery.uncertain)
