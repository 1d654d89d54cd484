"""Days on which nobody is met."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from bot.core.booking.closures import ClosedDays, Closures, days_between, public_holidays
from bot.core.education.dates import DATES, DatedEntry
from tests.doubles.calendars import BOARD, SCHOOL, counsellor

HOLIDAYS_2027 = [
    "2027-01-01", "2027-03-26", "2027-03-28", "2027-03-29", "2027-05-01", "2027-05-04", "2027-05-09", "2027-05-16",
    "2027-06-23", "2027-06-24", "2027-11-18", "2027-12-24", "2027-12-25", "2027-12-26", "2027-12-31",
]  # fmt: skip
DAY = date(2027, 3, 9)


def entry(**fields):
    usual = {
        "title": "Pavasara brīvlaiks", "school_year": "2026/27", "source": "x", "checked": DAY,
        "review": DAY, "who": ("parent",), "tags": ("school_year",), "said": True, "no_school": True,
    }  # fmt: skip
    return DATES.validate_python({"spring": usual | fields})["spring"]


def test_the_fifteen_holidays_of_2027_close_everybodys_day():
    inga, closures = counsellor(), Closures()
    year = days_between(date(2027, 1, 1), date(2027, 12, 31))
    closed = [day.isoformat() for day in year if closures.on(day, inga) is not None]
    assert closed == HOLIDAYS_2027
    ligo = closures.on(date(2027, 6, 23), inga)
    assert (ligo.kind, ligo.name) == ("holiday", "Līgo diena")


def test_a_holiday_has_its_name_in_every_language():
    names = [
        public_holidays(2027, language)[date(2027, 11, 18)] for language in ("lv", "en", "uk", "ru")
    ]
    assert names[0] == "Latvijas Republikas Proklamēšanas diena"
    assert names[1] == "Republic of Latvia Proclamation Day"
    assert len(set(names)) == 4


def test_a_holiday_on_a_weekend_moves_where_the_law_says_so():
    """4 May 2025 was a Sunday; Christmas of 2027 on a weekend moves nowhere."""
    assert date(2025, 5, 5) in public_holidays(2025)
    assert date(2027, 12, 27) not in public_holidays(2027)


def test_what_the_library_knows_of_moved_days_is_a_day_off():
    assert date(2026, 1, 2) in public_holidays(2026)


def test_a_school_break_closes_schools_and_nobody_else():
    closures = Closures([entry(**{"from": DAY, "to": DAY + timedelta(days=3)})])
    school = counsellor(provider="school", institution=SCHOOL)
    days = list(days_between(DAY - timedelta(days=1), DAY + timedelta(days=4)))
    kinds = [closures.on(day, school) and closures.on(day, school).kind for day in days]
    assert kinds == [None, *["school_break"] * 4, None]
    assert closures.on(DAY, school).name == "Pavasara brīvlaiks"
    assert all(closures.on(day, counsellor()) is None for day in days)


def test_a_break_that_nobody_has_published_closes_nothing():
    unknown = entry(on=None, usually="Gaidāms decembrī.")
    other = entry(**{"from": DAY, "to": DAY, "no_school": False})
    closures = Closures([unknown, other])
    school = counsellor(provider="school")
    year = days_between(date(2027, 1, 1), date(2027, 12, 31))
    closed = {closures.on(day, school).kind for day in year if closures.on(day, school)}
    assert closed == {"holiday"}


def test_the_breaks_that_are_published_close_production_schools(loaded):
    closures = loaded.library.closures
    school = counsellor(provider="school")
    assert closures.on(date(2025, 10, 22), school).kind == "school_break"
    assert closures.on(date(2026, 3, 10), school).kind == "school_break"
    assert closures.on(date(2027, 3, 10), school) is None  # of 2026/27 nobody has seen any
    marked = [one for one in loaded.library.dates.values() if one.no_school]
    assert all(isinstance(one, DatedEntry) and one.first_day for one in marked)


def test_a_closed_house_is_closed_for_those_who_work_there():
    closed = ClosedDays(since=DAY, until=DAY, name="Remonts", institutions=(BOARD,))
    closures = Closures(closed=[closed])
    assert closures.on(DAY, counsellor()).name == "Remonts"
    assert closures.on(DAY, counsellor(institution=SCHOOL)) is None
    assert closures.on(DAY + timedelta(days=1), counsellor()) is None


def test_days_that_end_before_they_begin_are_refused():
    with pytest.raises(ValidationError):
        ClosedDays(since=DAY, until=DAY - timedelta(days=1), name="Remonts", institutions=(BOARD,))
