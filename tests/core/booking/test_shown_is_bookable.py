"""Every time that is shown can be booked, every one that could be is shown, and each other one has its reason.

The rules are written down once more below, start by start and as plainly as they are told: no stretches, no steps.
"""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.booking.closures import ClosedDays, Closures, days_between
from bot.core.booking.counsellor import Absence, DayHours, Schedule, WeeklyHours
from bot.core.booking.explain import explain
from bot.core.booking.free_times import common_times, free_at, free_times
from bot.core.booking.hindrances import TimeSearch
from bot.core.booking.kinds import MODES
from bot.core.booking.spans import Span
from bot.core.education.dates import RIGA
from tests.doubles.calendars import BOARD, SCHOOL, TALK, at, counsellor, hours, met

DAYS = (date(2027, 2, 1), date(2027, 3, 27), date(2027, 10, 30), date(2027, 12, 23))
STEP = timedelta(minutes=5)
GRID, QUARTER = 5, 15


def wall(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def stretches(draw, **fields):
    """Some hours of a day, mostly on the quarter, to midnight at the latest."""
    begins = draw(st.integers(7 * 4, 20 * 4)) * QUARTER + draw(st.sampled_from((0, 0, 0, 7)))
    ends = min(begins + draw(st.integers(1, 24)) * QUARTER, 24 * 60)
    return hours(f"{wall(begins)}-{wall(ends)}", **fields)[0]


WIDE = st.sampled_from(("07:00-20:00", "08:00-13:00", "09:07-24:00", "05:00-07:30"))
ODD = st.one_of(
    stretches(),
    stretches(modes=("phone",)),
    stretches(kinds=("talk",), place=SCHOOL),
    stretches(kinds=("other",)),
)


@st.composite
def situations(draw):
    """A counsellor with meetings, and what is looked for over three days, one of which may have 23 or 25 hours."""
    first = draw(st.sampled_from(DAYS))
    days = list(days_between(first, first + timedelta(days=2)))
    weekly = [row for weekday in range(1, 8) for row in hours(draw(WIDE), weekday=weekday)]
    for one in draw(st.lists(ODD, max_size=2)):
        weekday = draw(st.sampled_from(days)).isoweekday()
        weekly.append(WeeklyHours(**one.model_dump(), weekday=weekday))
    opened = draw(st.lists(st.tuples(st.sampled_from(days), st.lists(ODD, max_size=2)), max_size=1))
    away = draw(st.lists(st.tuples(st.sampled_from(days), stretches()), max_size=1))
    schedule = Schedule(
        weekly=tuple(weekly),
        days=tuple(DayHours(day=day, hours=tuple(each)) for day, each in opened),
        absences=tuple(
            Absence(since=day, until=day, since_time=one.start, until_time=one.end)
            for day, one in away
        ),
        breaks=tuple(draw(st.lists(stretches(), max_size=1))),
        most_a_day=draw(st.integers(2, 6)),
        most_a_week=draw(st.integers(4, 12)),
        most_in_row=draw(st.integers(1, 3)),
        pause=draw(st.sampled_from((0, 15, 30))),
        travel=draw(st.sampled_from((0, 30, 60))),
    )
    changed = {
        "minutes": draw(st.sampled_from((15, 45, 60))),
        "every": draw(st.sampled_from((15, 20, 30, 60))),
        "before": draw(st.sampled_from((0, 15))),
        "after": draw(st.sampled_from((0, 15))),
        "notice": draw(st.integers(0, 12)),
        "horizon": draw(st.integers(1, 4)),
    }
    closed = [
        ClosedDays(since=day, until=day, name="Remonts", institutions=(BOARD,))
        for day in draw(st.lists(st.sampled_from(days), max_size=1))
    ]
    search = TimeSearch(
        kind="talk",
        rules=TALK.model_copy(update=changed),
        closures=Closures(closed=closed),
        now=at(first, "00:00") + timedelta(hours=draw(st.integers(-12, 24))),
        window=Span(start=at(days[0], "00:00"), end=at(days[-1], "24:00")),
        modes=draw(st.sampled_from(((), ("phone",), ("video", "chat")))),
    )
    profile = counsellor().model_copy(update={"schedule": schedule})
    return profile, search, draw(meetings(days))


@st.composite
def meetings(draw, days):
    """Some meetings on the quarter, none of which overlaps another one, a few on the days before and after."""
    around = [days[0] - timedelta(days=1), *days, *days, days[-1] + timedelta(days=1)]
    starts = st.tuples(st.sampled_from(around), st.integers(7 * 4, 22 * 4))
    found = []
    for day, quarter in sorted(draw(st.lists(starts, max_size=9))):
        start = at(day, wall(quarter * QUARTER))
        if not found or start >= found[-1].meeting.blocked.end:
            after, office = draw(st.sampled_from((0, 15))), draw(st.sampled_from((BOARD, SCHOOL)))
            found.append(met(start, minutes=30, after=after, institution=office))
    return found


def may_begin(start, profile, taken, search):
    """Whether a meeting may begin at a moment, by the rules as they are told."""
    schedule, rules = profile.schedule, search.rules
    day, end = start.astimezone(RIGA).date(), start + timedelta(minutes=rules.minutes)
    blocked = (start - timedelta(minutes=rules.before), end + timedelta(minutes=rules.after))

    def touches(begins, ends):
        return blocked[0] < ends and begins < blocked[1]

    if start < search.now + timedelta(hours=rules.notice):
        return False
    if start > search.now + timedelta(days=rules.horizon):
        return False
    if any(touches(at(day, one.start), at(day, one.end)) for one in schedule.breaks):
        return False
    for one in schedule.absences:
        if one.since_time < one.until_time and touches(
            at(one.since, one.since_time), at(one.until, one.until_time)
        ):
            return False
    each = [one.meeting for one in taken]
    dates = [one.during.start.astimezone(RIGA).date() for one in each]
    if dates.count(day) >= schedule.most_a_day:
        return False
    if [one.isocalendar()[:2] for one in dates].count(
        day.isocalendar()[:2]
    ) >= schedule.most_a_week:
        return False
    if any(touches(one.blocked.start, one.blocked.end) for one in each):
        return False
    if in_a_row(blocked, each, schedule) > schedule.most_in_row:
        return False
    return any(
        is_within(start, end, day, one, search)
        and not any(too_near(blocked, other, one.place or BOARD, schedule) for other in each)
        for one in hours_of(day, schedule, search)
    )


def hours_of(day, schedule, search):
    for one in schedule.days:
        if one.day == day:
            return one.hours
    if search.closures.on(day, counsellor()) is not None:
        return ()
    return [row for row in schedule.weekly if row.weekday == day.isoweekday()]


def is_within(start, end, day, one, search):
    """Whether a meeting fits into hours, on their steps, in a way that suits."""
    opens = datetime.combine(day, time.fromisoformat(one.start), RIGA)
    while opens.minute % GRID:
        opens += timedelta(minutes=1)
    steps, rest = divmod(start - opens, timedelta(minutes=search.rules.every))
    ways = set(one.modes or MODES) & set(search.modes or MODES)
    suits = bool(ways) and (not one.kinds or "talk" in one.kinds)
    return suits and steps >= 0 and not rest and end <= at(day, one.end)


def too_near(blocked, other, office, schedule):
    if other.institution == office:
        return False
    travel = timedelta(minutes=schedule.travel)
    return blocked[0] < other.blocked.end + travel and other.blocked.start - travel < blocked[1]


def in_a_row(blocked, each, schedule):
    """How long the row would be that a meeting is in, counted to both sides while the pauses are too short."""
    pause, count = timedelta(minutes=schedule.pause), 1
    begins, ends = blocked
    for one in sorted((one.blocked for one in each), key=lambda span: span.start):
        if one.start >= ends and one.start - ends < pause:
            count, ends = count + 1, one.end
    for one in sorted((one.blocked for one in each), key=lambda span: span.start, reverse=True):
        if one.end <= begins and begins - one.end < pause:
            count, begins = count + 1, one.start
    return count


def moments(search):
    """Every fifth minute of the window."""
    count = (search.window.end - search.window.start) // STEP
    return [search.window.start + number * STEP for number in range(count)]


@given(situations())
@settings(max_examples=200, deadline=None)
def test_what_is_shown_is_what_the_rules_allow(situation):
    profile, search, taken = situation
    shown = [one.start for one in free_times(profile, taken, search)]
    assert shown == [start for start in moments(search) if may_begin(start, profile, taken, search)]


@given(situations())
@settings(max_examples=60, deadline=None)
def test_what_is_shown_can_be_booked_and_all_else_has_a_reason(situation):
    profile, search, taken = situation
    shown = {one.start: one for one in free_times(profile, taken, search)}
    for start in moments(search)[::3]:
        assert free_at(start, profile, taken, search) == shown.get(start)
        assert bool(explain(start, profile, taken, search)) == (start not in shown)


@given(situations())
@settings(max_examples=100, deadline=None)
def test_a_day_without_times_has_its_reasons_and_one_with_has_none(situation):
    profile, search, taken = situation
    with_times = {one.start.astimezone(RIGA).date() for one in free_times(profile, taken, search)}
    first = search.window.start.astimezone(RIGA).date()
    for day in days_between(first, first + timedelta(days=2)):
        assert bool(explain(day, profile, taken, search)) == (day not in with_times)


@given(situations(), situations())
@settings(max_examples=60, deadline=None)
def test_a_common_time_is_one_at_which_each_could_begin(one, other):
    profile, search, taken = one
    colleague = other[0].model_copy(update={"id": "zane"})
    shown = common_times([profile, colleague], taken, search)
    of_first = {one.start: one for one in free_times(profile, taken, search)}
    every_minute = TALK.model_copy(
        update=search.rules.model_dump() | {"every": 5, "notice": 0, "horizon": 365}
    )
    near = TimeSearch(**vars(search) | {"rules": every_minute})
    of_other = {one.start for one in free_times(colleague, taken, near)}
    assert {found.start for found in shown} <= of_first.keys() & of_other
    for found in shown:
        assert set(found.terms.modes) <= set(of_first[found.start].terms.modes)


@pytest.mark.parametrize("planted", ["travel", "in_row", "notice"])
def test_the_rules_written_down_again_would_see_a_fault(planted):
    """A negative control: with one rule left out of what is shown, the two differ."""
    day = DAYS[0]
    schedule = Schedule(weekly=hours("09:00-12:00", weekday=1), most_in_row=1, pause=30, travel=60)
    profile = counsellor().model_copy(update={"schedule": schedule})
    taken = [met(at(day, "12:00"), institution=SCHOOL)] if planted != "notice" else []
    rules = TALK.model_copy(update={"notice": 4, "after": 0})
    window = Span(start=at(day, "00:00"), end=at(day, "24:00"))
    search = TimeSearch("talk", rules, Closures(), at(day, "06:00"), window)
    faulty = {
        "travel": (schedule.model_copy(update={"travel": 0}), search),
        "in_row": (schedule.model_copy(update={"most_in_row": 2}), search),
        "notice": (schedule, TimeSearch(**vars(search) | {"now": at(day, "00:00")})),
    }[planted]
    if planted == "in_row":
        profile = profile.model_copy(update={"schedule": schedule.model_copy(update={"travel": 0})})
        faulty = (profile.schedule.model_copy(update={"most_in_row": 2}), search)
    allowed = [start for start in moments(search) if may_begin(start, profile, taken, search)]
    shown = free_times(profile.model_copy(update={"schedule": faulty[0]}), taken, faulty[1])
    assert [one.start for one in free_times(profile, taken, search)] == allowed
    assert [found.start for found in shown] != allowed
