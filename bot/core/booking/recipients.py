"""Who hears of what is done to a meeting, and how much: shown to a counsellor before they press."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple

from bot.core.booking.appointment import AGREED, Appointment, OwnPart
from bot.core.booking.for_others import is_taken_over
from bot.core.booking.meeting import Booking
from bot.core.booking.order_forms import has_passed

HeardAs = Literal["person", "relative", "booker", "companion", "counsellor"]


class MessageTo(NamedTuple):
    """One recipient. id: of the booking, or of the counsellor; about: the name of whom it is for, "self" for themselves.

    whole: all of it, or only that the meeting stands and when. reached: whether they can be written to.
    """

    heard_as: HeardAs
    id: str
    about: str
    whole: bool
    reached: bool


def recipients(
    appointment: Appointment, reached: Collection[str], now: datetime
) -> tuple[MessageTo, ...]:
    """Return everybody who hears when a meeting is moved or cancelled.

    reached: ids of the bookings whose conversation or address can be written to; now: the moment.
    """
    agreed = (one for one in appointment.bookings if one.state_at(now) in AGREED)
    people = [
        line
        for booking in agreed
        if not booking.party_of
        for line in _of(OwnPart(booking, appointment.meeting), booking.id in reached, now)
    ]
    ids = appointment.meeting.counsellors
    counsellors = [MessageTo("counsellor", id_, "", whole=True, reached=True) for id_ in ids]
    return (*people, *counsellors)


def unreached(lines: Collection[MessageTo]) -> tuple[MessageTo, ...]:
    """Return whom somebody has to call, as nothing that is sent reaches them."""
    return tuple(one for one in lines if not one.reached and one.heard_as != "booker")


def _of(part: OwnPart, is_reached: bool, now: datetime) -> list[MessageTo]:  # noqa: FBT001 - of one booking
    booking = part.booking
    lines = []
    if booking.booked_by is not None and not is_taken_over(part):
        lines.append(_line("booker", booking, whole=False, reached=is_reached))
        lines.append(_line("person", booking, whole=True, reached=bool(booking.email)))
    elif booking.whom == "self":
        lines.append(_line("person", booking, whole=True, reached=is_reached))
    else:
        lines.append(_line("relative", booking, whole=True, reached=is_reached))
        if has_passed(booking, now):
            lines.append(_line("person", booking, whole=True, reached=bool(booking.email)))
    if booking.along is not None and booking.along.email:
        lines.append(_line("companion", booking, whole=False, reached=True))
    return lines


def _line(heard_as: HeardAs, booking: Booking, *, whole: bool, reached: bool) -> MessageTo:
    return MessageTo(heard_as, booking.id, booking.whom, whole=whole, reached=reached)
