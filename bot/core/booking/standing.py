"""How meetings stand at a moment: which of them take time, and how many places are left."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.core.booking.meeting import Booking, BookingState, Meeting


class StandingMeeting(NamedTuple):
    """A meeting as it stands at a moment. places: how many are taken; seen: whether anybody came, or still may."""

    meeting: Meeting
    places: int = 0
    seen: bool = True

    @property
    def seats_left(self) -> int:
        """How many places are left."""
        return self.meeting.seats - self.places

    @property
    def takes_time(self) -> bool:
        """Whether its counsellors have no time for another one: a group's always, since staff opened it."""
        return self.meeting.state == "open" and (self.places > 0 or self.meeting.seats > 1)


def standing_at(
    meetings: Iterable[Meeting], bookings: Iterable[Booking], now: datetime
) -> tuple[StandingMeeting, ...]:
    """Return the meetings as they stand by the clock, in their order. bookings: of any of them.

    A hold that has run out has no place, whatever was kept of it.
    """
    states: dict[str, list[BookingState]] = {}
    for booking in bookings:
        if booking.takes_place_at(now):
            states.setdefault(booking.meeting, []).append(booking.state)
    return tuple(_standing(meeting, states.get(meeting.id, ())) for meeting in meetings)


def _standing(meeting: Meeting, states: Sequence[BookingState]) -> StandingMeeting:
    seen = not states or any(state != "no_show" for state in states)
    return StandingMeeting(meeting, len(states), seen)
