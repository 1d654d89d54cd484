"""How far one may go with a booking and in a waiting list: numbers that a municipality may want to change."""

from typing import Annotated

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.booking.kinds import Days, Hours, Minutes

Times = Annotated[int, Field(ge=1, le=20)]


class BookingBounds(Frozen):
    """The numbers by which bookings live, beside those of their kind; the unit is in the name.

    undo_minutes: for which a cancelled time is kept, and can be had back. holds: how many times `MeetingKind.hold` a time
    may be kept in all. arrival_minutes: before the start, from when somebody can say that they are there.
    grace_minutes: after the start, before anybody can be said not to have come. outcome_days: in which that can be
    withdrawn. no_shows, no_show_days: so many in so many days, and the next booking is asked for the day before.
    ask_hours: a meeting moved to a time that is further away is agreed to anew.
    offer_hours, offer_part: an offer stands so long at most, and at most this part of the time left.
    offer_minutes: what would stand for less is not offered to one but to all who wait.
    ageing_days: after each, somebody waiting stands one group further ahead. ask_days: after which they are asked whether
    they still wait. answer_days: after which who has not answered that stands behind the others.
    lapses: offers in a row that may run out before it is asked too. sooner_hours: by which an earlier time must be earlier.
    """

    undo_minutes: Minutes = 30
    holds: Times = 3
    arrival_minutes: Minutes = 60
    grace_minutes: Minutes = 10
    outcome_days: Days = 7
    no_shows: Times = 2
    no_show_days: Days = 90
    ask_hours: Hours = 24
    offer_hours: Hours = 24
    offer_part: Times = 4
    offer_minutes: Minutes = 60
    ageing_days: Annotated[int, Field(ge=1, le=365)] = 14
    ask_days: Days = 14
    answer_days: Days = 3
    lapses: Times = 2
    sooner_hours: Hours = 24
    answer_hours: Hours = 16
    handed_days: Days = 30
