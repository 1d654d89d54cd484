"""What the service needs from outside, as protocols."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.ports.records import (
    Begun,
    Claimed,
    Done,
    Keyboard,
    Loaded,
    Received,
    SetAside,
    Turning,
    Update,
    Work,
)


class Store(Protocol):
    """Keeps conversations; each call is one transaction."""

    @property
    def batch(self) -> int:
        """Tell how many turns are best kept in one commit."""
        ...

    def turn(self, update: Update, work: Work) -> Done:
        """Take one update once."""
        ...

    def begin(self, turning: Turning) -> Begun:
        """Take a turn and keep nothing yet."""
        ...

    def keep(self, begun: Sequence[Begun]) -> list[Done | Exception]:
        """Keep turns, each with its own outcome."""
        ...

    def load(self, key: str) -> Loaded:
        """Read a conversation."""
        ...

    def forget(self, key: str) -> bool:
        """Erase a conversation; False where there was none."""
        ...

    def purge(self, before: int, brief_before: int, settled_before: int) -> int:
        """Forget idle conversations."""
        ...


class Addresses(Protocol):
    """Where conversations can be reached, the buttons they were sent, and one-time codes."""

    def whose(self, channel: str, account: str) -> str | None:
        """Tell whose conversation an account has."""
        ...

    def addresses(self, key: str) -> list[tuple[str, str]]:
        """List where a conversation can be reached."""
        ...

    def settle(self, channel: str, account: str, key: str, at: int) -> None:
        """Join an account to a conversation."""
        ...

    def left(self, channel: str, account: str, *, gone: bool) -> None:
        """Note that an account has left, or is back."""
        ...

    def keyboard(self, token: str) -> Keyboard | None:
        """Find the buttons a token stands for."""
        ...

    def showing(self, key: str, ask: int) -> list[tuple[Keyboard, str]]:
        """List the messages that show a question's buttons."""
        ...

    def give_code(self, code: str, purpose: str, key: str, until: int) -> None:
        """Keep a one-time code."""
        ...

    def take_code(self, code: str, purpose: str, now: int) -> str | None:
        """Take a code, once."""
        ...

    def known_code(self, code: str, purpose: str, now: int) -> str | None:
        """Tell what a code opens, without taking it."""
        ...

    def class_notes(self, code: str) -> list[str]:
        """Read what was noted of a class, in its order."""
        ...


class Lines(Protocol):
    """The inbox and the outbox: each lane in its order, what is taken is leased."""

    def receive(
        self, channel: str, updates: Sequence[tuple[str, str, str]], at: int, until: int = 0
    ) -> list[Received]:
        """Keep updates as they came; gives those that are leased to whoever brings them."""
        ...

    def take(self, channel: str, most: int, now: int, until: int) -> list[Received]:
        """Take the first update of each lane."""
        ...

    def put_back(self, received: Received, due: int, *, failed: bool) -> bool:
        """Let an update wait."""
        ...

    def finish(self, received: Received) -> bool:
        """Mark an update as done that asks for no turn."""
        ...

    def set_aside(self, received: Received, reason: str) -> bool:
        """Take an update out of its lane for good, visibly."""
        ...

    def aside(self) -> list[SetAside]:
        """List what was set aside."""
        ...

    def claim(self, channel: str, most: int, now: int, until: int) -> list[Claimed]:
        """Take the first message of each lane."""
        ...

    def mark_sent(self, *sent: Claimed, shown: Mapping[str, str]) -> bool:
        """Mark messages as sent, and which of them show the buttons of a token."""
        ...

    def mark_later(
        self, claimed: Claimed, due: int, *, failed: bool = False, uncertain: bool = False
    ) -> bool:
        """Put a message back."""
        ...

    def mark_failed(self, claimed: Claimed, reason: str) -> bool:
        """Set a message aside for good."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the moment, with its zone."""
        ...


class Whole(Store, Lines, Addresses, Protocol):
    """All of the store, for a channel that needs all of it."""


def millis(moment: datetime) -> int:
    """Give a moment as the store keeps it: milliseconds of UTC."""
    return int(moment.timestamp() * 1000)
