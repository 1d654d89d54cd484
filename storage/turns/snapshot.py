"""What a turn may look at while it is computed."""

from storage import addresses, codes, plans
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

    def plan_versions(self, conversation: str, last: int, most: int) -> list[tuple[int, str]]:
        """Return versions of a plan up to a number, of many the latest: when each was made, and what stood in it; the first first."""
        given = {"conversation": conversation, "last": last, "most": most}
        rows = plans.LATEST_VERSIONS.rows(self._reader, **given)
        return [(int(at), str(body)) for at, body in reversed(rows)]
