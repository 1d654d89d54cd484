"""Why a time is not there, by the code that leaves it out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from pydantic import AwareDatetime

from bot.core.base.frozen import Frozen
from bot.core.booking.closures import Closure
from bot.core.booking.counsellor import Absence, CounsellorProfile
from bot.core.booking.daytime import day_of
from bot.core.booking.hindrances import CounsellorCalendar, Cut, Hindrance, SuitedSpan, TimeSearch
from bot.core.booking.meeting import Meeting
from bot.core.booking.opening import DAY_BEGINS, DAY_ENDS, DayOpening, instant
from bot.core.booking.spans import Span
from bot.core.booking.standing import StandingMeeting


class NoTimeReason(Frozen):
    """One thing that keeps a time away. starts: how many times of the day it keeps away; 0 where a single time was asked about.

    closure: what closes the day. note: what a colleague wrote of it. meeting: the id of the one in the way.
    taken, most: of a cap. moment: the first one that can be booked, or the last.
    """

    why: Hindrance
    starts: int = 0
    closure: Closure | None = None
    note: str = ""
    meeting: str = ""
    taken: int = 0
    most: int = 0
    moment: AwareDatetime | None = None


def explain(
    when: date,
    profile: CounsellorProfile,
    meetings: Sequence[StandingMeeting],
    search: TimeSearch,
) -> tuple[NoTimeReason, ...]:
    """Return why a counsellor's time cannot be booked, or why a date has none; nothing where it can, or has.

    when: the moment a time would begin, or a date. The window of the search does not count. Of a date what keeps most
    times away comes first.
    """
    start = when if isinstance(when, datetime) else None
    day = when if start is None else day_of(start)
    window = Span(start=instant(day, DAY_BEGINS), end=instant(day, DAY_ENDS))
    calendar = CounsellorCalendar(profile, meetings, replace(search, window=window))
    refusal = calendar.refusal()
    if refusal is not None:
        return (NoTimeReason(why=refusal),)
    if search.rules.seats > 1:
        return _of_group(calendar, meetings, day, start)
    opening = calendar.opening.on(day)
    if not opening.hours:
        return (_of_closed(opening),)
    spans = calendar.spans(day, opening.hours)
    if not spans:
        return (NoTimeReason(why="other_hours"),)
    tried = list(_tried(calendar, day, spans, start))
    if not tried:
        held = start is not None and any(span.first <= start <= span.last for span in spans)
        return (NoTimeReason(why="between_times" if held else "outside_hours"),)
    return _gathered(calendar, day, tried, start)


def _tried(
    calendar: CounsellorCalendar, day: date, spans: Sequence[SuitedSpan], start: datetime | None
) -> Iterator[list[Cut]]:
    """Return for each time of a date, or for the one asked about, what forbids it."""
    every = timedelta(minutes=calendar.search.rules.every)
    for span in spans:
        cuts = [*calendar.search.bounds, *calendar.cuts(day, span.terms.office)]
        for number in range((span.last - span.first) // every + 1):
            at = span.first + number * every
            if start is None or at == start:
                yield [cut for cut in cuts if cut.forbids(at)]


def _of_group(
    calendar: CounsellorCalendar,
    meetings: Sequence[StandingMeeting],
    day: date,
    start: datetime | None,
) -> tuple[NoTimeReason, ...]:
    begins = ((one, one.meeting.during.start) for one in meetings if calendar.leads(one.meeting))
    tried = [
        [cut for cut in calendar.search.bounds if cut.forbids(at)]
        + list(calendar.cuts_of_group(one))
        for one, at in begins
        if at == start or (start is None and day_of(at) == day)
    ]
    return _gathered(calendar, day, tried, start) if tried else (NoTimeReason(why="no_group"),)


def _gathered(
    calendar: CounsellorCalendar, day: date, tried: Sequence[list[Cut]], start: datetime | None
) -> tuple[NoTimeReason, ...]:
    """Return each reason once, what forbids most first; none where one of the times is forbidden by nothing."""
    if not all(tried):
        return ()
    counts: dict[NoTimeReason, int] = {}
    for cuts in tried:
        in_the_way = [cut.about for cut in cuts if cut.why == "taken"]
        for cut in cuts:
            if cut.why != "travel" or cut.about not in in_the_way:
                reason = _reason(calendar, day, cut)
                counts[reason] = counts.get(reason, 0) + 1
    if start is not None:
        return tuple(counts)
    most_first = sorted(counts, key=lambda reason: -counts[reason])
    return tuple(reason.model_copy(update={"starts": counts[reason]}) for reason in most_first)


def _of_closed(opening: DayOpening) -> NoTimeReason:
    if opening.closure is not None:
        return NoTimeReason(why="closed", closure=opening.closure)
    if opening.exception is not None:
        return NoTimeReason(why="day_off", note=opening.exception.why)
    return NoTimeReason(why="no_hours")


def _reason(calendar: CounsellorCalendar, day: date, cut: Cut) -> NoTimeReason:
    schedule = calendar.profile.schedule
    match cut.why:
        case "notice":
            return NoTimeReason(why=cut.why, moment=cut.before)
        case "horizon":
            return NoTimeReason(why=cut.why, moment=cut.after)
        case "day_full":
            return NoTimeReason(
                why=cut.why, taken=calendar.taken_from(day, day), most=schedule.most_a_day
            )
        case "week_full":
            taken = calendar.taken_in_week_of(day)
            return NoTimeReason(why=cut.why, taken=taken, most=schedule.most_a_week)
    if isinstance(cut.about, Meeting):
        return NoTimeReason(why=cut.why, meeting=cut.about.id)
    note = cut.about.why if isinstance(cut.about, Absence) else ""
    return NoTimeReason(why=cut.why, note=note)
