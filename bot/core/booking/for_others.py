"""Bookings made for somebody else: taken over by a code, passed on at 18, and what who made it still sees."""

from datetime import date, datetime
from typing import Final, NamedTuple

from bot.core.booking.appointment import BookingChanges, OwnPart
from bot.core.booking.entry_changes import served
from bot.core.booking.meeting import BookingState, Companion
from bot.core.booking.order_forms import (
    BookingRefused,
    Circumstances,
    ForgetBooker,
    PassRight,
    TakeOver,
    has_passed,
)
from bot.core.booking.own_parts import check_agreed
from bot.core.booking.spans import Span

OF_AGE: Final = 18
FEBRUARY, LAST_COMMON_DAY = 2, 28


class BookingFact(NamedTuple):
    """What somebody sees of a booking they made for another: that it stands and when, and nothing of the matter."""

    kind: str
    during: Span
    where: str
    state: BookingState


def fact_of(part: OwnPart, now: datetime) -> BookingFact:
    """Return what who booked for somebody else may see."""
    booking, meeting = part
    return BookingFact(meeting.kind, meeting.during, meeting.where, booking.state_at(now))


def is_taken_over(part: OwnPart) -> bool:
    """Return whether a booking that somebody else made is the person's own by now."""
    return part.booking.booked_by is not None and part.booking.whom == "self"


def of_age_on(born: date) -> date:
    """Return the day on which somebody is 18. Who was born on 29 February is so on 1 March."""
    year = born.year + OF_AGE
    if (born.month, born.day) == (FEBRUARY, LAST_COMMON_DAY + 1):
        return date(year, FEBRUARY + 1, 1)
    return born.replace(year=year)


def take_over(order: TakeOver, c: Circumstances) -> BookingChanges:
    """Return a booking as the person's own, found by a code that serves once: who made it does not know the next.

    order: with both codes; c: how things stand, `parts` being what the person has beside. Errors: BookingRefused.
    """
    found = c.about().find(order.booking)
    is_right = found is not None and found.code != "" and found.code == order.code
    if found is None or not is_right:
        raise BookingRefused("code")
    if found.booked_by is None and not has_passed(found, c.now):
        raise BookingRefused("not_yours")
    if not OwnPart(found, c.about().meeting).is_open_at(c.now):
        raise BookingRefused("ended")
    own = found.changed(whom="self", code=order.next_code, passes_on=None)
    check_agreed(own, c.about().meeting.during, c)
    return BookingChanges(bookings=(own,), entries=served(c.entries, own))


def pass_right(order: PassRight, c: Circumstances) -> BookingChanges:
    """Return a booking that whom it is for, of age by now, can take over. Both are to be told.

    order: with a code; c: how things stand. Errors: BookingRefused.
    """
    found = c.about().find(order.booking)
    if found is None:
        raise BookingRefused("gone")
    if not has_passed(found, c.now):
        raise BookingRefused("too_early")
    if not OwnPart(found, c.about().meeting).is_open_at(c.now):
        raise BookingRefused("ended")
    return BookingChanges(bookings=(found.changed(code=order.code),))


def forget_booker(order: ForgetBooker, c: Circumstances) -> BookingChanges:
    """Return a booking that stands as before, without the name of who made it. The rest as of `pass_right`."""
    found = c.about().find(order.booking)
    if found is None or found.booked_by is None:
        raise BookingRefused("gone")
    role = found.booked_by.role
    nameless = Companion(role=role)
    if found.booked_by == nameless:
        raise BookingRefused("unchanged")
    return BookingChanges(bookings=(found.changed(booked_by=nameless),))
