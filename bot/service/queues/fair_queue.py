"""What is leased to this process and waits to be sent: nobody's turn comes twice before another's."""

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.ports.records import OutboxItem

# seconds: a lane that nothing is known of is taken for one that was told something so long ago. So who
# begins goes before who has just been answered, and a crowd that begins does not go before everybody
NEWCOMER_SECONDS = 5.0
MOST_REMEMBERED_LANES = 10_000  # lanes of which it is known when they were told something last


@dataclass(order=True, slots=True)
class LeasedRun:
    """Messages of one lane that are sent one after the other; runs are ordered as they go.

    told: when the lane was told something last. number: of the run. since: when they were leased.
    """

    rank: int
    told: float
    number: int
    since: float = field(compare=False)
    messages: deque[OutboxItem] = field(compare=False)

    @property
    def lane(self) -> str:
        """Return the lane all of them are of."""
        return self.messages[0].lane


class FairQueue:
    """Gives runs by rank, and among equals first the lane that was told something longest ago.

    With a hundred people who press a button each, whoever was answered last the time before waits
    longest to be answered again, and somebody who writes in between hardly waits at all. Moments
    are of the clock that is never set. While it is closed, what is put is given back at once.
    """

    def __init__(self, give_back: Callable[[Iterable[OutboxItem]], None]) -> None:
        self._give_back = give_back
        self._runs: list[LeasedRun] = []  # a heap
        self._told: dict[str, float] = {}  # by lane, the one told something longest ago first
        self._numbers = count()  # among equals, what was put first goes first
        self._lock = threading.Lock()
        self._open = False

    def __len__(self) -> int:
        """Return how many runs wait."""
        return len(self._runs)

    def has_room(self, most: float) -> bool:
        """Return whether more can be leased, up to so many runs that wait."""
        return self._open and len(self._runs) < most

    def put(self, messages: Sequence[OutboxItem], since: float) -> None:
        """Add messages of one lane in order; from any thread."""
        lane = messages[0].lane
        rank = min(message.rank for message in messages)
        with self._lock:
            if self._open:
                told = self._told.get(lane, since - NEWCOMER_SECONDS)
                run = LeasedRun(rank, told, next(self._numbers), since, deque(messages))
                heapq.heappush(self._runs, run)
                return
        self._give_back(messages)

    def put_again(self, run: LeasedRun) -> None:
        """Add what is left of a run, in the place it had."""
        with self._lock:
            if self._open:
                heapq.heappush(self._runs, run)
                return
        self._give_back(run.messages)

    def pop(self, ready: Callable[[LeasedRun], bool]) -> LeasedRun | None:
        """Return the first run that is ready; None where none is."""
        resting: list[LeasedRun] = []
        with self._lock:
            first_ready = None
            while self._runs and first_ready is None:
                run = heapq.heappop(self._runs)
                if ready(run):
                    first_ready = run
                else:
                    resting.append(run)
            for run in resting:
                heapq.heappush(self._runs, run)
        return first_ready

    def note_told(self, lane: str) -> None:
        """Remember that a lane has just been told something."""
        with self._lock:
            self._told.pop(lane, None)
            self._told[lane] = time.monotonic()
            if len(self._told) > MOST_REMEMBERED_LANES:
                del self._told[next(iter(self._told))]

    def open(self) -> None:
        """Begin to keep what is put."""
        self._open = True

    def close(self) -> None:
        """Give everything back, now and from now on."""
        with self._lock:
            self._open = False
        self.give_back()

    def give_back(self, before: float = float("inf")) -> None:
        """Give back what was leased before a moment."""
        with self._lock:
            old = [run for run in self._runs if run.since < before]
            if old:
                self._runs = [run for run in self._runs if run.since >= before]
                heapq.heapify(self._runs)
        for run in old:
            self._give_back(run.messages)
