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
