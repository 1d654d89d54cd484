"""Freed time offered to who waits: to one after the other, held for a while; or to all at once where that is too short."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from bot.core.booking.appointment import Appointment, BookingChanges, FreedTime
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.daytime import evening_before, is_daytime, waking
from bot.core.booking.entry_changes import offered_to
from bot.core.booking.holding import hold_seat, hold_time
from bot.core.booking.order_forms import BookingRefused, Circumstances, HoldSeat, HoldTime
from bot.core.booking.waitlist import Fitting, WaitingPerson, in_order

NOBODY: Final = "0" * 32
ANSWERED_BY: Final = time(9)  # in Riga: what would run out by night can be answered in the morning


class OfferMade(NamedTuple):
    """An offer to somebody who waits. booking: held for them. tell_at: when they are told, which is never at night."""

    entry: str
    booking: str
    tell_at: datetime
    until: datetime


class OfferRound(NamedTuple):
    """What comes of freed time. told: entries of all who are told of it at once, when it is held for nobody."""

    changes: BookingChanges = BookingChanges()
    offers: tuple[OfferMade, ...] = ()
    told: tuple[str, ...] = ()
    tell_at: datetime | None = None


def offer_until(
    start: datetime, latest: datetime, told: datetime, bounds: BookingBounds
) -> datetime | None:
    """Return until when an offer stands, which is by day; None where that would be too short to be one.

    start: of what is offered; latest: the last moment to agree to it; told: when the person hears of it; bounds: of offers.
    """
    length = min(timedelta(hours=bounds.offer_hours), (start - told) / bounds.offer_part)
    until = min(waking(told + length, ANSWERED_BY), latest)
    if not is_daytime(until):
        until = evening_before(until)
    return until if until - told >= timedelta(minutes=bounds.offer_minutes) else None


def offer_freed(
    freed: FreedTime, people: Sequence[WaitingPerson], ids: Iterator[str], fitting: Fitting
) -> OfferRound:
    """Return freed time held for those who wait, in their order; told to all of them where there is no time for that.

    freed: with the places that are free; people: who waits, with what they have; ids: for meetings and bookings;
    fitting: whom it suits, with the group as the appointment where it is one's. What is past, closed, taken or within
    the notice is offered to nobody.
    """
    c = fitting.c
    told, latest = waking(c.now), fitting.latest(freed)
    if not fitting.is_open(freed) or told >= latest:
        return OfferRound()
    waiting = in_order(people, c.now, c.bounds)
    until = offer_until(freed.during.start, latest, told, c.bounds)
    if until is None:
        suited = tuple(one.entry.id for one in waiting if fitting.suits(one, freed))
        is_there = bool(suited) and _can_be_had(freed, fitting)
        return OfferRound(told=suited, tell_at=told) if is_there else OfferRound()
    changes, offers = BookingChanges(), []
    for person in waiting:
        if not fitting.suits(person, freed):
            continue
        try:
            held = _held_for(person, freed, ids, fitting.c, until)
        except BookingRefused:
            break  # it is somebody else's, or nobody's to have
        first = held.bookings[0]
        entry = offered_to(person.entry, first)
        changes = changes.then(held).then(BookingChanges(entries=(entry,)))
        offers.append(OfferMade(entry.id, first.id, told, until))
        freed = freed._replace(seats=freed.seats - len(held.bookings))
        if freed.seats == 0:
            break
        fitting = fitting._replace(c=_with(held, fitting.c))
    return OfferRound(changes, tuple(offers))


def _held_for(
    person: WaitingPerson, freed: FreedTime, ids: Iterator[str], c: Circumstances, until: datetime
) -> BookingChanges:
    entry = person.entry
    for_whom = {"whom": entry.whom, "language": entry.need.language}
    if freed.meeting:
        bookings = tuple(next(ids) for _ in range(entry.party))
        return hold_seat(HoldSeat(bookings=bookings, **for_whom), c, until)
    return hold_time(_time(freed, next(ids), next(ids)).model_copy(update=for_whom), c, until)


def _time(freed: FreedTime, meeting: str, booking: str) -> HoldTime:
    return HoldTime(
        meeting=meeting,
        booking=booking,
        meeting_kind=freed.kind,
        mode=freed.mode,
        counsellors=freed.counsellors,
        institution=freed.institution,
        start=freed.during.start,
        where=freed.where,
        example=freed.example,
    )


def _can_be_had(freed: FreedTime, fitting: Fitting) -> bool:
    """Return whether a time that is held for nobody is free all the same."""
    c = fitting.c
    if freed.meeting:
        return bool(c.about().free_seats(c.now, c.bounds))
    try:
        hold_time(_time(freed, NOBODY, NOBODY), c, c.now)
    except BookingRefused:
        return False
    return True


def _with(held: BookingChanges, c: Circumstances) -> Circumstances:
    """Return how things stand when places of a group are held."""
    meeting, bookings = c.about()
    return c._replace(appointment=Appointment(meeting, bookings + held.bookings))
