"""What a turn may look at while it is computed."""

from storage import addresses, codes
from storage.bookings import BookingReads
from storage.counsellors import ProfileReads
from storage.handoffs import HandoffReads
from storage.waiting import WaitingReads


class TurnSnapshot(BookingReads, HandoffReads, ProfileReads, WaitingReads):
    """Beside the writers, what is committed; within the turn's transaction, what that one sees."""

    def known_code(self, code: str, purpose: str, now: int) -> str | None:
        """Return what a code opens, without taking it; None where it is unknown, used or too old."""
        return codes.KNOWN.first(self._reader, key=code, purpose=purpose, now=now)

    def whose(self, channel: str, account: str) -> str | None:
        """Return whose conversation an account leads to."""
        return addresses.WHOSE.first(self._reader, channel=channel, account=account)
