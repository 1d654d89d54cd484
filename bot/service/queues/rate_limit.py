"""How fast a channel may be sent to: so many messages in any second, and a rest in each lane."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

FEW_LANES = 1000  # lanes that are remembered in any case, also those that have rested


@dataclass
class RateLimiter:
    """Counts messages in the memory of the one process that sends for a bot.

    rate: the most in any second, wherever that second begins.
    rest: seconds between two messages of one lane; spare: how many it may have at once before that.
    now: a clock that is never set, in seconds.
    """

    # Telegram tells of "about 30 messages a second"; the two that are left are for what the network
    # brings closer together than it was sent
    rate: float = 28.0
    rest: float = 1.0
    spare: float = 3.0
    now: Callable[[], float] = time.monotonic
    _sent: deque[float] = field(default_factory=deque, init=False)  # moments of the last second
    _free: dict[str, float] = field(default_factory=dict, init=False)  # when each lane has rested
    _most_lanes: int = field(default=FEW_LANES, init=False)  # known at once; then the rested go

    def room(self) -> int:
        """Return how many messages may be sent now."""
        now = self.now()
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        return int(self.rate) - len(self._sent)

    def wait(self, lane: str) -> float:
        """Return the seconds until a lane may have its next message."""
        # a lane may run ahead of its rests by all the messages that are spare but one
        ahead = self.rest * (self.spare - 1)
        return max(0.0, self._free.get(lane, 0.0) - self.now() - ahead)

    def reserve(self, lane: str) -> float:
        """Take a place for one message; return the seconds to wait before it is sent."""
        wait, now = self.wait(lane), self.now()
        self._sent.append(now)
        self._free[lane] = max(self._free.get(lane, 0.0), now) + self.rest
        if len(self._free) > self._most_lanes:
            self._free = {known: free for known, free in self._free.items() if free > now}
            self._most_lanes = 2 * len(self._free) + FEW_LANES
        return wait
