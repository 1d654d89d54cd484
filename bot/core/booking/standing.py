"""How meetings stand at a moment: which of them take time, and how many places are left."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bot.core.booking.appointment import Appointment
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.meeting import TAKING, Meeting


class StandingMeeting(NamedTuple):
    """A meeting as it stands by the clock. takes_time: its counsellors have none for another one. seats_left: places of a group.

    attended: somebody came, or still may.
    """

    meeting: Meeting
    takes_time: bool = True
    seats_left: int = 0
    attended: bool = True


def standing_at(
    appointments: Iterable[Appointment], now: datetime, bounds: BookingBounds
) -> tuple[StandingMeeting, ...]:
    """Return meetings as they stand, in their order; a hold that has run out takes nothing. bounds: of the content."""
    return tuple(
        StandingMeeting(
            one.meeting,
            one.blocks_at(now, bounds),
            len(one.free_seats(now, bounds)),
            any(booking.state_at(now) in TAKING - {"no_show"} for booking in one.bookings)
            or not any(booking.state_at(now) == "no_show" for booking in one.bookings),
        )
        for one in appointments
    )
