"""Group meetings: opened by a counsellor, one by one or as a series of weeks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.core.booking.appointment import (
    Appointment,
    BookingChanges,
    Bounds,
    StartWanted,
    spans_of,
)
from bot.core.booking.daytime import riga_moment
from bot.core.booking.holding import check_ahead
from bot.core.booking.meeting import Meeting
from bot.core.booking.order_forms import BookingRefusal, BookingRefused, Circumstances, OpenGroup
from bot.core.education.dates import RIGA

MOST_WEEKS: Final = 60  # of a series, and that it is looked for beyond its end


class SeriesConflict(NamedTuple):
    """A week of a series whose time cannot be had."""

    start: datetime
    reason: BookingRefusal


class Series(NamedTuple):
    """A series as far as its weeks can be had. conflicts: the others, for the counsellor to see."""

    changes: BookingChanges
    conflicts: tuple[SeriesConflict, ...]


def open_group(order: OpenGroup, c: Circumstances, bounds: Bounds | None = None) -> BookingChanges:
    """Return a new meeting with places, which the waiting list may have at once.

    order: the meeting; c: how things stand; bounds: what its time must keep, where it is not what the role says.
    Errors: BookingRefused.
    """
    if c.kind.seats == 1:
        raise BookingRefused("kind")
    if order.mode not in c.kind.modes:
        raise BookingRefused("mode")
    check_ahead(order.start, c)
    during, blocked = spans_of(c.kind, order.start)
    wanted = StartWanted(
        kind=order.meeting_kind,
        mode=order.mode,
        counsellors=order.counsellors,
        institution=order.institution,
        during=during,
        blocked=blocked,
        bounds=bounds or c.counting,
    )
    if not c.is_free(wanted):
        raise BookingRefused("taken")
    meeting = Meeting(
        id=order.meeting,
        version=1,
        kind=order.meeting_kind,
        mode=order.mode,
        counsellors=order.counsellors,
        institution=order.institution,
        during=during,
        blocked=blocked,
        seats=order.seats,
        where=order.where,
        series=order.series,
        example=order.example,
    )
    freed = Appointment(meeting).freed(order.seats)
    return BookingChanges(meetings=(meeting,), freed=(freed,))


def open_series(
    first: OpenGroup, ids: Iterator[str], c: Circumstances, *, weeks: int, in_full: bool = False
) -> Series:
    """Return a meeting a week at the same time of the clock in Riga, within somebody's hours: those that can be had.

    first: of the first week; ids: for the meetings; c: how things stand; weeks: how many, at most MOST_WEEKS;
    in_full: put a week at the end for each that cannot be had, as far as they are found within MOST_WEEKS more.
    """
    weeks = min(weeks, MOST_WEEKS)
    wall = first.start.astimezone(RIGA)
    changes, conflicts = BookingChanges(), []
    for week in range(weeks + MOST_WEEKS if in_full else weeks):
        start = riga_moment(wall.date() + timedelta(weeks=week), wall.time())
        order = first.model_copy(update={"start": start, "meeting": next(ids)})
        try:
            changes = changes.then(open_group(order, c, bounds="hours"))
        except BookingRefused as refused:
            conflicts.append(SeriesConflict(start, refused.reason))
        if len(changes.meetings) == weeks:
            break
    return Series(changes, tuple(conflicts))
