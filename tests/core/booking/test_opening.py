"""When a counsellor is there: the wall clock of a date, whatever the sun does."""

from datetime import UTC, date, timedelta

import pytest

from bot.core.booking.closures import Closures, MovedDay, days_between
from bot.core.booking.counsellor import Absence, DayHours
from bot.core.booking.free_times import free_times
from bot.core.booking.opening import instant
from bot.core.booking.spans import Span
from bot.core.education.dates import RIGA
from tests.doubles.calendars import MONDAY, at, counsellor, every_day, hours, looking, walls

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # 23 and 25 hours long


@pytest.mark.parametrize(("day", "offset"), [(SPRING, 3), (AUTUMN, 2)])
def test_nine_is_nine_on_the_day_the_clocks_change(day, offset):
    """Midnight and nine hours would be ten in spring and eight in autumn."""
    assert instant(day, "09:00").astimezone(RIGA).hour == 9
    assert instant(day, "09:00").astimezone(RIGA).utcoffset() == timedelta(hours=offset)
    assert at(day, "00:00") + timedelta(hours=9) != instant(day, "09:00")


@pytest.mark.parametrize(("day", "length"), [(SPRING, 23), (AUTUMN, 25), (MONDAY, 24)])
def test_twenty_four_is_the_next_midnight(day, length):
    assert instant(day, "24:00") == instant(day + timedelta(days=1), "00:00")
    assert instant(day, "24:00") - instant(day, "00:00") == timedelta(hours=length)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_an_open_sunday_shows_the_same_times_as_any_day(day):
    opened = {"days": (DayHours(day=day, hours=hours("09:00-11:00", "22:00-24:00")),)}
    inga = counsellor(weekly=(), schedule=opened)
    shown = walls(free_times(inga, (), looking(day)))
    assert shown == ["09:00", "09:30", "10:00", "22:00", "22:30", "23:00"]


def test_times_keep_their_wall_clock_for_ten_years():
    """Every date of 2026 to 2036, in one search each year; holidays opened, so that none is left out."""
    days = tuple(days_between(date(2026, 1, 1), date(2036, 12, 31)))
    expected = ["08:00", "08:30", "09:00", "22:15", "22:45", "23:15"]
    found = {}
    for year in range(2026, 2037):
        of_year = [day for day in days if day.year == year]
        opened = tuple(
            DayHours(day=day, hours=hours("08:00-09:45", "22:15-24:00")) for day in of_year
        )
        inga = counsellor(weekly=(), schedule={"days": opened})
        search = looking(of_year[0], len(of_year), horizon=400)
        for time in free_times(inga, (), search):
            assert time.start.tzinfo is UTC
            found.setdefault(time.start.astimezone(RIGA).date(), []).append(time)
    assert list(found) == list(days)
    assert all(walls(times) == expected for times in found.values())


def test_hours_of_a_single_day_replace_the_weeks():
    other = DayHours(day=MONDAY, hours=hours("13:00-14:00"))
    away = DayHours(day=MONDAY + timedelta(days=1), why="mācības")
    inga = counsellor(schedule={"days": (other, away)})
    assert walls(free_times(inga, (), looking(MONDAY))) == ["13:00"]
    assert free_times(inga, (), looking(MONDAY + timedelta(days=1))) == ()
    assert len(free_times(inga, (), looking(MONDAY + timedelta(days=2)))) == 15


def test_weekly_hours_hold_from_their_first_day_to_their_last():
    second = MONDAY + timedelta(weeks=1)
    rows = (
        *hours("09:00-10:00", weekday=1, until=MONDAY),
        *hours("15:00-16:00", weekday=1, since=second),
    )
    inga = counsellor(weekly=rows)
    assert walls(free_times(inga, (), looking(MONDAY, 14))) == ["09:00", "15:00"]


def test_an_open_holiday_is_open_and_an_absence_goes_before_it():
    easter = DayHours(day=SPRING, hours=hours("09:00-10:00"))
    inga = counsellor(schedule={"days": (easter,)})
    assert walls(free_times(inga, (), looking(SPRING))) == ["09:00"]
    assert free_times(inga, (), looking(SPRING + timedelta(days=1))) == ()  # Easter Monday
    absent = {"days": (easter,), "absences": (Absence(since=SPRING, until=SPRING),)}
    assert free_times(counsellor(schedule=absent), (), looking(SPRING)) == ()


def test_a_saturday_is_worked_by_the_hours_of_the_day_it_is_worked_for():
    friday, saturday = date(2027, 6, 25), date(2027, 6, 19)
    closures = Closures(moved=[MovedDay(off=friday, on=saturday, source="order")])
    rows = hours("09:00-10:00", weekday=5)
    nva = counsellor(weekly=rows, provider="nva")
    assert walls(free_times(nva, (), looking(saturday, closures=closures))) == ["09:00"]
    assert free_times(nva, (), looking(friday, closures=closures)) == ()
    other = counsellor(weekly=rows)
    assert free_times(other, (), looking(saturday, closures=closures)) == ()
    assert walls(free_times(other, (), looking(friday, closures=closures))) == ["09:00"]


def test_times_begin_on_minutes_that_can_be_said():
    inga = counsellor(weekly=every_day("09:07-11:00"))
    assert walls(free_times(inga, (), looking())) == ["09:10", "09:40", "10:10"]


def test_a_window_cuts_the_grid_and_does_not_move_it():
    inga = counsellor()
    search = looking()
    window = Span(start=at(MONDAY, "09:20"), end=at(MONDAY, "10:30"))
    shown = free_times(inga, (), type(search)(**vars(search) | {"window": window}))
    assert walls(shown) == ["09:30", "10:00"]
