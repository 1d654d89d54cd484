"""The parts of the store that hold bookings, as protocols."""

from collections.abc import Sequence
from typing import Protocol

from bot.ports.booking_reads import BookingReads, HandoffReads, WaitingReads
from bot.ports.bookings import (
    BookedMeeting,
    BookedPart,
    BookingCount,
    Demand,
    KeptHandoff,
    KeptReferral,
    KeptWaiting,
)
from bot.ports.effects import BookingEffect
from bot.ports.records import OutgoingMessage, Planned


class Bookings(BookingReads, Protocol):
    """Meetings and bookings, also as staff and jobs look at them and change them."""

    def commit(
        self,
        effects: Sequence[BookingEffect],
        at: int,
        *,
        messages: Sequence[OutgoingMessage] = (),
        planned: Sequence[Planned] = (),
    ) -> bool:
        """Keep what was decided outside of a person's turn, with what is told of it; False, with nothing kept: impossible."""
        ...

    def booking(self, key: str) -> BookedPart | None:
        """Return a booking by its id."""
        ...

    def meetings_with(
        self, counsellors: Sequence[str], since: int, until: int
    ) -> list[BookedMeeting]:
        """Return counsellors' meetings between two moments, cancelled ones too, by the time."""
        ...

    def beginning(self, states: Sequence[str], since: int, until: int) -> list[BookedPart]:
        """Return bookings in some states whose meeting begins between two moments, by the time."""
        ...

    def run_out(self, now: int, most: int) -> list[BookedPart]:
        """Return bookings that still have a place and have it no longer by the clock, the first first."""
        ...

    def count_states(self, since: int, until: int) -> list[BookingCount]:
        """Return how many bookings are in which state, of meetings that begin between two moments."""
        ...


class Waiting(WaitingReads, Protocol):
    """Who waits for a time, and the figures of it."""

    def waiting(self, key: str) -> KeptWaiting | None:
        """Return one place in a waiting list by its id."""
        ...

    def run_out_offers(self, now: int, most: int) -> list[KeptWaiting]:
        """Return those whose offer is none any more by the clock."""
        ...

    def count_waiting(self) -> list[Demand]:
        """Return how many wait, or have an offer."""
        ...

    def count_invited(self, now: int) -> list[Demand]:
        """Return how many invitations on paper are open."""
        ...

    def count_no_time(self, since: str) -> list[Demand]:
        """Return how often no time was found since a day (YYYY-MM-DD)."""
        ...


class Handoffs(HandoffReads, Protocol):
    """What was handed on, as staff look at it."""

    def handoff(self, key: str) -> KeptHandoff | None:
        """Return one by its id."""
        ...

    def handoffs_to(self, counsellor: str, states: Sequence[str]) -> list[KeptHandoff]:
        """Return what a counsellor has in some states, the first first."""
        ...

    def handoffs_in(self, institution: str, states: Sequence[str]) -> list[KeptHandoff]:
        """Return what an institution has in some states, the first first."""
        ...

    def overdue(self, now: int, most: int) -> list[KeptHandoff]:
        """Return what somebody was to have answered by now, the longest due first."""
        ...

    def referral(self, digest: str) -> KeptReferral | None:
        """Return what a link leads to, whatever its state."""
        ...
