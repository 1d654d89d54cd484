"""Works off a channel's inbox: in order in each lane, many lanes at once, nothing lost."""

import asyncio
import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from typing import TypeVar

from bot.errors import CelvedisError, StorageError
from bot.ports.protocols import Clock, Store, millis
from bot.ports.records import InboxItem, PreparedTurn, TurnOutcome, TurnRequest
from bot.service.queues.leased_items import LeasedItems, popped
from bot.service.waiting import STORE_POLL, wait_for, wake_to_stop

T = TypeVar("T")
logger = logging.getLogger(__name__)
TURN_THREADS = 8  # threads that take turns
LONGEST_GIVING_WAY = 0.01  # seconds a turn waits at most for what arrives to be stored
# seconds after which a turn is slow: others begin beside it, and those that are prepared are committed
SLOW_TURN = 0.05
MOST_UPDATES_IN_HAND = 64  # updates leased to us as they come; more wait in the store
TURN_TRIES = 3  # a turn that fails this often is set aside
LOST_TURN_ATTEMPTS = 10  # an update taken this often without an end has killed its workers
DATABASE_PAUSE = 1.0  # seconds before a turn the database could not keep is tried again


class Unreadable(CelvedisError):
    """An update that cannot be read; it is set aside at once."""


def _always_quiet() -> threading.Event:
    """Return the event for an inbox into which nothing arrives from outside."""
    quiet = threading.Event()
    quiet.set()
    return quiet


@dataclass
class InboxWorker:
    """Works off one inbox: reads updates, prepares their turns and commits them.

    One thread does each of the three for many updates in a row: that is quicker, and more threads
    would only wait for each other. Where something is slow, another thread goes on with what waits,
    at whichever of the three it has come to. PostgreSQL holds a conversation while its turn is
    computed, so there every thread takes one turn at a time.

    handle: returns the turn an update asks for; None where it has seen to the update itself.
    kept: told of turns that are committed.
    unread: returns the turn that tells whoever sent an update that it could not be taken; None where
    nobody waits for that.
    lease: seconds after which another worker may take an update over.
    idle: set while nothing arrives; what arrives is stored first, and turns wait for it a little.
    """

    store: Store
    channel: str
    clock: Clock
    handle: Callable[[InboxItem], TurnRequest | None]
    kept: Callable[[Sequence[TurnOutcome]], None] = lambda _dones: None
    unread: Callable[[InboxItem], TurnRequest | None] = lambda _received: None
    lease: float = 30.0
    idle: threading.Event = field(default_factory=_always_quiet)
    _leased: LeasedItems[InboxItem] = field(init=False)
    _requests: deque[tuple[InboxItem, TurnRequest]] = field(default_factory=deque, init=False)
    _prepared: deque[tuple[InboxItem, PreparedTurn]] = field(default_factory=deque, init=False)
    # by the number of a busy thread: when it began with the update it has now
    _since: dict[int, float] = field(default_factory=dict, init=False)
    # some lane may have a second update waiting in the store, to be taken once the first is done
    _backlog: bool = field(default=False, init=False)
    _poll_needed: bool = field(default=True, init=False)  # something may wait in the store

    def __post_init__(self) -> None:
        """Begin with empty hands."""
        self._leased = LeasedItems(self._give_back)

    def until(self) -> int:
        """Return until when what arrives now is leased to us (in ms); 0: enough is in hand."""
        if not self._leased.has_room(MOST_UPDATES_IN_HAND):
            return 0
        return millis(self.clock.now()) + int(self.lease * 1000)

    def add_leased(self, received: Iterable[InboxItem], *, all_of_them: bool) -> None:
        """Add updates that were leased to us as they came; the others wait in the store."""
        for item in received:
            self._leased.put(item)
        if not all_of_them:
            self._backlog = self._poll_needed = True

    async def run(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        """Work until stopped; what has been taken by then is finished."""
        loop = asyncio.get_running_loop()
        busy: set[asyncio.Future[None]] = set()
        # threads of its own: slow turns must not keep the loop's few from what has to be stored
        threads = ThreadPoolExecutor(TURN_THREADS, "turn")
        numbers = count()  # of the threads' runs
        looked = 0.0  # when the store was looked into last
        stopping = asyncio.create_task(wake_to_stop(stop, wake))
        self._leased.open()
        try:
            while not stop.is_set():
                wake.clear()
                due = time.monotonic() - looked >= STORE_POLL
                if len(self._leased) < TURN_THREADS and (self._poll_needed or due):
                    looked = time.monotonic()
                    if not busy and not self._waiting():
                        self._backlog = False  # nothing is in work that a lane could wait for
                    await self._find()
                    if stop.is_set():
                        break
                for number in islice(numbers, self._wanted()):
                    self._since[number] = time.monotonic()
                    work = loop.run_in_executor(threads, self._work, number, loop, wake)
                    busy.add(work)
                    work.add_done_callback(busy.discard)
                await wait_for(wake, SLOW_TURN if busy else STORE_POLL)
            await asyncio.to_thread(self._leased.close)
            await asyncio.gather(*busy)
        finally:
            stopping.cancel()
            threads.shutdown(wait=False)

    async def _find(self) -> None:
        """Lease what waits in the store."""
        self._poll_needed = False  # before the look: what arrives meanwhile is looked for again
        now = millis(self.clock.now())
        until = now + int(self.lease * 1000)
        most = max(TURN_THREADS, self.store.turns.best_batch)
        items: list[InboxItem] = []
        try:
            items = await asyncio.to_thread(self.store.inbox.claim, self.channel, most, now, until)
        except StorageError:
            logger.exception("the inbox of %s cannot be read; tried again", self.channel)
        for item in items:
            self._leased.put(item)
        self._poll_needed = self._poll_needed or len(items) == most
        self._backlog = self._backlog or bool(items)

    def _wanted(self) -> int:
        """Return how many threads more are wanted for what waits."""
        slow_before = time.monotonic() - SLOW_TURN
        begun = list(self._since.values())  # a copy: threads take themselves out meanwhile
        brisk = sum(moment > slow_before for moment in begun)
        wanted_brisk = TURN_THREADS if self.store.turns.computes_inside_commit else 1
        free = TURN_THREADS - len(self._since)
        return max(0, min(self._waiting(), wanted_brisk - brisk, free))

    def _waiting(self) -> int:
        return len(self._leased) + len(self._requests) + len(self._prepared)

    # --- in a thread

    def _work(self, number: int, loop: asyncio.AbstractEventLoop, wake: asyncio.Event) -> None:
        """Take turns until none waits. number: of this thread's run."""
        next_request = partial(popped, self._requests)
        try:
            while self._waiting():
                self._some(number, self._leased.pop, self._read)
                self._some(number, next_request, self._prepare)
                self.idle.wait(LONGEST_GIVING_WAY)
                self._commit_prepared()
                # with these done, the next of their lanes may be taken
                self._poll_needed = self._poll_needed or self._backlog
                loop.call_soon_threadsafe(wake.set)
        finally:
            del self._since[number]
            loop.call_soon_threadsafe(wake.set)

    def _some(
        self, number: int, next_item: Callable[[], T | None], work: Callable[[T], None]
    ) -> None:
        """Do the same for as many items as one commit takes, or until the first has waited too long.

        next_item: returns None where no more wait.
        """
        begun = time.monotonic()
        for item in islice(iter(next_item, None), self.store.turns.best_batch):
            self.idle.wait(LONGEST_GIVING_WAY)
            self._since[number] = time.monotonic()
            work(item)
            if time.monotonic() - begun > SLOW_TURN:
                break

    def _read(self, received: InboxItem) -> None:
        try:
            if received.attempt > LOST_TURN_ATTEMPTS:
                self._set_aside(received, "taken too often without an end")
                return
            request = self.handle(received)
            if request is not None:
                self._requests.append((received, request))
        except Exception as error:  # noqa: BLE001 - each kind has its own end
            self._fail(received, error)

    def _prepare(self, asked: tuple[InboxItem, TurnRequest]) -> None:
        received, request = asked
        try:
            self._prepared.append((received, self.store.turns.prepare(request)))
        except Exception as error:  # noqa: BLE001 - each kind has its own end
            self._fail(received, error)

    def _commit_prepared(self) -> None:
        """Commit every turn that is prepared, also by a thread that is slow with its next one."""
        batch = list(iter(partial(popped, self._prepared), None))
        outcomes = self.store.turns.commit([turn for _, turn in batch])
        for (received, _), outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Exception):
                self._fail(received, outcome)
        self.kept([outcome for outcome in outcomes if isinstance(outcome, TurnOutcome)])

    def _fail(self, received: InboxItem, error: Exception) -> None:
        """Put an update back, to be tried again, or set it aside where that is in vain."""
        now = millis(self.clock.now())
        try:
            if isinstance(error, StorageError):
                logger.warning("update %s waits for the database: %s", received.id, error)
                self.store.inbox.put_back(received, now + int(DATABASE_PAUSE * 1000), failed=False)
            elif isinstance(error, Unreadable):
                logger.warning("update %s cannot be read and is set aside: %s", received.id, error)
                self._set_aside(received, str(error))
            else:
                number = secrets.token_hex(4)
                logger.error("failed %s: update %s", number, received.id, exc_info=error)
                if received.failures + 1 >= TURN_TRIES:
                    self._set_aside(received, f"{number} {type(error).__name__}")
                else:
                    due = now + 1000 * 2**received.failures  # after 1 s, then 2 s
                    self.store.inbox.put_back(received, due, failed=True)
        except StorageError:
            logger.exception("an update could not even be put back; its lease will end")

    def _set_aside(self, received: InboxItem, reason: str) -> None:
        """Take an update out of its lane for good, once whoever sent it is told. Errors: StorageError."""
        try:
            request = self.unread(received)
            if request is not None:
                self.kept([self.store.turns.run(*request)])
        except StorageError:
            raise  # tried again with all of it
        except Exception:
            logger.exception("who sent update %s is not told that it is set aside", received.id)
        self.store.inbox.set_aside(received, reason)

    def _give_back(self, received: InboxItem) -> None:
        try:
            self.store.inbox.put_back(received, millis(self.clock.now()), failed=False)
        except StorageError:
            logger.exception("an update was not given back; its lease will end")
