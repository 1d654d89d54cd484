"""What a turn may look at beside its own conversation."""

from typing import Protocol

from bot.ports.booking_reads import BookingReads, HandoffReads, ProfileReads, WaitingReads


class Snapshot(BookingReads, HandoffReads, ProfileReads, WaitingReads, Protocol):
    """What else is kept at the moment a turn is computed; reads, and nothing else.

    What a turn leaves to be done may presume what was seen here. If that has changed when the turn
    is kept, the turn is computed again, and sees here how things stand by then.
    """

    def known_code(self, code: str, purpose: str, now: int) -> str | None:
        """Return what a code opens, without taking it; None where it is unknown, used or too old."""
        ...

    def whose(self, channel: str, account: str) -> str | None:
        """Return whose conversation an account leads to."""
        ...

    def plan_versions(self, conversation: str, last: int, most: int) -> list[tuple[int, str]]:
        """Return versions of a plan up to a number, of many the latest: when each was made, and what stood in it; the first first."""
        ...


class NothingElse:
    """The snapshot of a conversation that was read by itself, not to be turned."""

    def known_code(self, code: str, purpose: str, now: int) -> None:
        """Return nothing."""

    def whose(self, channel: str, account: str) -> None:
        """Return nothing."""

    def plan_versions(self, *_: object) -> list[tuple[int, str]]:
        """Return none."""
        return []
