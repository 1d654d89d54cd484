"""What the service needs from outside, as protocols."""

from datetime import datetime
from typing import Protocol

from bot.core.turns import Done, Loaded, Update, Work


class Store(Protocol):
    """Keeps conversations; each call is one transaction."""

    def turn(self, update: Update, work: Work) -> Done:
        """Take one update once."""
        ...

    def load(self, key: str) -> Loaded:
        """Read a conversation."""
        ...

    def forget(self, key: str) -> None:
        """Erase a conversation."""
        ...

    def purge(self, before: int, brief_before: int, settled_before: int) -> int:
        """Forget idle conversations."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the moment, with its zone."""
        ...
