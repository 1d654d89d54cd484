"""What is leased to a worker before it asks for it."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class LeasedItems(Generic[T]):
    """Items that were leased to a worker as they came, before it asked; first in, first out.

    While the worker does not run, what is put here is given back at once.
    """

    def __init__(self, give_back: Callable[[T], None]) -> None:
        self._give_back = give_back
        self._waiting: deque[T] = deque()
        self._lock = threading.Lock()
        self._open = False

    def __len__(self) -> int:
        """Return how many items are in hand."""
        return len(self._waiting)

    def has_room(self, most: float) -> bool:
        """Return whether more can be leased, up to so much in hand."""
        return self._open and len(self._waiting) < most

    def put(self, item: T) -> None:
        """Add an item; from any thread."""
        with self._lock:
            if self._open:
                self._waiting.append(item)
                return
        self._give_back(item)

    def pop(self) -> T | None:
        """Return what is next; None where nothing is."""
        return popped(self._waiting)

    def open(self) -> None:
        """Begin to keep what is put."""
        self._open = True

    def close(self) -> None:
        """Give everything back, now and from now on."""
        with self._lock:
            self._open = False
        for item in iter(self.pop, None):
            self._give_back(item)


def popped(waiting: deque[T]) -> T | None:
    """Return the next item; None where there is none, or another thread was quicker."""
    try:
        return waiting.popleft()
    except IndexError:
        return None
