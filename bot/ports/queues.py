"""What waits to be worked off, as protocols: each thing is taken with a lease."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.ports.records import InboxItem, Job, OutboxItem, Planned, SetAside, WaitingCount


class Inbox(Protocol):
    """The updates that came in: each lane in its order, what is taken is leased."""

    def receive(
        self, channel: str, updates: Sequence[tuple[str, str, str]], at: int, until: int = 0
    ) -> list[InboxItem]:
        """Keep updates as they came; return those that are leased to whoever brings them."""
        ...

    def claim(self, channel: str, most: int, now: int, until: int) -> list[InboxItem]:
        """Take the first update of each lane."""
        ...

    def put_back(self, received: InboxItem, due: int, *, failed: bool) -> bool:
        """Let an update wait."""
        ...

    def finish(self, received: InboxItem) -> bool:
        """Mark an update as done that asks for no turn."""
        ...

    def set_aside(self, received: InboxItem, reason: str) -> bool:
        """Take an update out of its lane for good, visibly."""
        ...

    def list_set_aside(self) -> list[SetAside]:
        """Return what was set aside."""
        ...

    def next_due(self, channel: str) -> int | None:
        """Return when what is next is due; None where nothing waits."""
        ...


class Outbox(Protocol):
    """The messages to send: each lane in its order, what is claimed is leased."""

    def claim(self, channel: str, most: int, now: int, until: int) -> list[OutboxItem]:
        """Take the first message of each lane."""
        ...

    def mark_sent(self, *sent: OutboxItem, shown: Mapping[str, str]) -> bool:
        """Mark messages as sent, and which of them show the buttons of a token."""
        ...

    def mark_later(
        self, claimed: OutboxItem, due: int, *, failed: bool = False, uncertain: bool = False
    ) -> bool:
        """Put a message back."""
        ...

    def mark_failed(self, claimed: OutboxItem, reason: str) -> bool:
        """Set a message aside for good."""
        ...

    def list_set_aside(self) -> list[SetAside]:
        """Return what was set aside."""
        ...

    def next_due(self, channel: str) -> int | None:
        """Return when what is next is due; None where nothing waits."""
        ...

    def waiting(self, channel: str) -> WaitingCount:
        """Return how many messages of a channel are not sent yet, and since when."""
        ...


class Jobs(Protocol):
    """What is to be done at a moment: each thing once, by whichever process takes it."""

    def schedule(self, planned: Planned, at: int) -> bool:
        """Let something be done at a moment; False where it is being done, or was."""
        ...

    def claim(self, most: int, now: int, until: int) -> list[Job]:
        """Take what is due, leased until a moment."""
        ...

    def done(self, taken: Job, at: int) -> bool:
        """Mark a job as done; False if somebody else has taken it since."""
        ...

    def later(self, taken: Job, due: int, *, failed: bool = False) -> bool:
        """Let a job wait until a moment."""
        ...

    def set_aside(self, taken: Job, reason: str, at: int) -> bool:
        """Give a job up for good, visibly."""
        ...

    def cancel(self, kind: str, key: str) -> bool:
        """Take a job away; False where it was done, or is not known."""
        ...

    def next_due(self) -> int | None:
        """Return when the next is due, or its lease ends; None where none waits."""
        ...

    def waiting(self, kind: str) -> list[Planned]:
        """Return what of a kind waits for its moment."""
        ...

    def list_set_aside(self) -> list[SetAside]:
        """Return what was given up."""
        ...
