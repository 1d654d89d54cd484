"""What is asked about bookings, also within a turn. now: a moment; what was held until then has lapsed."""

from collections.abc import Sequence
from typing import Protocol

from bot.ports.bookings import (
    BookedMeeting,
    BookedPart,
    BusyTime,
    KeptHandoff,
    KeptInvitation,
    KeptProfile,
    KeptReferral,
    KeptWaiting,
)


class ProfileReads(Protocol):
    """The counsellors who can be met."""

    def profiles_revision(self) -> int:
        """Return a number that is another one after every change of a profile."""
        ...

    def profiles(self) -> list[KeptProfile]:
        """Return all profiles."""
        ...

    def profile(self, counsellor: str) -> KeptProfile | None:
        """Return a counsellor's profile; None of one who has none."""
        ...


class BookingReads(Protocol):
    """Meetings and bookings."""

    def bookings_of(self, conversation: str) -> list[BookedPart]:
        """Return all that a conversation ever booked, by the time."""
        ...

    def booked_by_code(self, digest: str) -> BookedPart | None:
        """Return the booking that is found by a code."""
        ...

    def meeting(self, key: str) -> BookedMeeting | None:
        """Return a meeting with all its bookings."""
        ...

    def busy(self, counsellors: Sequence[str], since: int, until: int, now: int) -> list[BusyTime]:
        """Return what of counsellors' time is taken between two moments."""
        ...

    def group_meetings(self, kind: str, since: int, until: int) -> list[BookedMeeting]:
        """Return the open meetings of a kind, with more than one place, that begin between two moments."""
        ...


class WaitingReads(Protocol):
    """Who waits for a time, and who was invited."""

    def waiting_of(self, conversation: str) -> list[KeptWaiting]:
        """Return a conversation's places in waiting lists, the first first."""
        ...

    def waiting_for(self, kind: str, places: Sequence[str], most: int) -> list[KeptWaiting]:
        """Return who waits for a kind of meeting in some places, in the order in which they are served."""
        ...

    def invitation(self, digest: str) -> KeptInvitation | None:
        """Return what a code on paper opens, whatever its state."""
        ...


class HandoffReads(Protocol):
    """What was handed on."""

    def handoffs_of(self, conversation: str) -> list[KeptHandoff]:
        """Return what a conversation has handed to counsellors, the first first."""
        ...

    def referrals_of(self, conversation: str) -> list[KeptReferral]:
        """Return what a conversation has handed to other institutions, the first first."""
        ...
