"""The times that can be booked. What is shown and what is held is found by one function."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain, pairwise
from typing import NamedTuple

from bot.core.booking.closures import days_between
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.daytime import day_of
from bot.core.booking.hindrances import (
    CounsellorCalendar,
    Cut,
    MeetingTerms,
    SuitedSpan,
    TimeSearch,
)
from bot.core.booking.spans import Span
from bot.core.booking.standing import StandingMeeting

MOMENT = timedelta.resolution


class FreeTime(NamedTuple):
    """A time of one counsellor that can be booked."""

    start: datetime
    end: datetime
    terms: MeetingTerms


def free_times(
    profile: CounsellorProfile, meetings: Sequence[StandingMeeting], search: TimeSearch
) -> tuple[FreeTime, ...]:
    """Return the times of a counsellor that can be booked now, the soonest first.

    meetings: as `CounsellorCalendar` wants them. Of a group's kind: the meetings that staff have opened and that have
    places left; of any other: all that the counsellor's days leave.
    """
    calendar = CounsellorCalendar(profile, meetings, search)
    bookable = _bookable(search)
    if calendar.refusal() is not None or bookable is None:
        return ()
    if search.rules.seats > 1:
        return tuple(_group_times(calendar, meetings, bookable))
    days = days_between(day_of(bookable.start), day_of(bookable.end))
    return tuple(chain.from_iterable(_times_on(calendar, day, bookable) for day in days))


def free_at(
    start: datetime,
    profile: CounsellorProfile,
    meetings: Sequence[StandingMeeting],
    search: TimeSearch,
) -> FreeTime | None:
    """Return the one time that begins at a moment, or None where it cannot be booked now."""
    alone = replace(search, window=Span(start=start, end=start + MOMENT))
    return next(iter(free_times(profile, meetings, alone)), None)


def common_times(
    profiles: Sequence[CounsellorProfile],
    meetings: Sequence[StandingMeeting],
    search: TimeSearch,
) -> tuple[FreeTime, ...]:
    """Return the times at which several counsellors are free together: those of the first one at which all others can.

    They are held where the first one is; of a group's kind there are none.
    """
    first, *others = profiles
    calendars = [CounsellorCalendar(other, meetings, search) for other in others]
    if search.rules.seats > 1 or any(one.refusal() for one in calendars):
        return ()
    found = []
    for time in free_times(first, meetings, search):
        shared = frozenset(time.terms.modes).intersection(
            *(one.modes_at(time.start, time.terms.office) for one in calendars)
        )
        if shared:
            modes = tuple(mode for mode in time.terms.modes if mode in shared)
            found.append(time._replace(terms=time.terms._replace(modes=modes)))
    return tuple(found)


def _bookable(search: TimeSearch) -> Span | None:
    """Return the first and the last moment at which what is looked for can begin, or None where there is none."""
    too_soon, too_far = search.bounds
    first = max(search.window.start, too_soon.before)
    last = min(search.window.end - MOMENT, too_far.after)
    return Span(start=first, end=last) if first <= last else None


def _times_on(calendar: CounsellorCalendar, day: date, bookable: Span) -> list[FreeTime]:
    """Return a date's times, the soonest first; one that is within two of its hours stands once."""
    spans = calendar.spans(day, calendar.opening.on(day).hours)
    if not spans:
        return []
    cuts: dict[str, list[Cut]] = {}
    length, every = calendar.search.length, timedelta(minutes=calendar.search.rules.every)
    found: list[FreeTime] = []
    for span in spans:
        terms = span.terms
        if terms.office not in cuts:
            cuts[terms.office] = calendar.cuts(day, terms.office)
        starts = _starts(span, cuts[terms.office], every, bookable)
        found += [FreeTime(start, start + length, terms) for start in starts]
    if any(after.first <= before.last for before, after in pairwise(spans)):
        once: dict[datetime, FreeTime] = {}
        for time in found:
            once[time.start] = _joined(once.get(time.start), time)
        return [once[start] for start in sorted(once)]
    return found


def _starts(
    span: SuitedSpan, cuts: Iterable[Cut], every: timedelta, bookable: Span
) -> Iterator[datetime]:
    """Return the moments at which a meeting can begin within hours, a step of the kind from one another."""
    last = min(span.last, bookable.end)
    at = _not_before(span.first, bookable.start, every)
    for cut in cuts:  # in the order in which they begin
        while at <= cut.after and at <= last:
            yield at
            at += every
        if cut.before > last:
            return
        if at < cut.before:
            at = _not_before(at, cut.before, every)
    while at <= last:
        yield at
        at += every


def _not_before(at: datetime, earliest: datetime, every: timedelta) -> datetime:
    """Return a moment, or the first of its steps from another one on."""
    return at if at >= earliest else at - (at - earliest) // every * every


def _joined(before: FreeTime | None, time: FreeTime) -> FreeTime:
    if before is None:
        return time
    modes = tuple(dict.fromkeys((*before.terms.modes, *time.terms.modes)))
    return before._replace(terms=before.terms._replace(modes=modes))


def _group_times(
    calendar: CounsellorCalendar, meetings: Iterable[StandingMeeting], bookable: Span
) -> Iterator[FreeTime]:
    for standing in sorted(meetings, key=lambda one: one.meeting.during.start):
        meeting = standing.meeting
        if (
            calendar.leads(meeting)
            and bookable.start <= meeting.during.start <= bookable.end
            and not any(calendar.cuts_of_group(standing))
        ):
            terms = MeetingTerms(
                calendar.profile.id,
                (meeting.mode,),
                meeting.institution,
                meeting.where,
                meeting.id,
                standing.seats_left,
            )
            yield FreeTime(meeting.during.start, meeting.during.end, terms)
