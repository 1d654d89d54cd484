"""Stretches of the calendar, and their parts: a week, a month, a season, a year, a school year."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from bot.core.nlu.ahead_words import DayUnit, StretchPart

DAYS_OF_WEEK, MONTHS_OF_YEAR, MONTHS_OF_SEASON = 7, 12, 3
MONTHS_OF = {"month": 1, "half_year": 6, "year": MONTHS_OF_YEAR}
MONTHS_OF_PART = {"start": (1, 1), "middle": (6, 7), "end": (12, 12)}  # of a year
DAYS_OF_PART = {"start": (0, 1), "middle": (2, 2), "end": (4, 6)}  # of a week, from its Monday
TEN_DAYS = 10  # a third of a month
SATURDAY = 5  # days after Monday
YEARS_TO_LEAP = 8  # the most from one leap year to the next
SCHOOL_MONTH = 9  # that a school year begins with


class Stretch(NamedTuple):
    """Days of the calendar from the first to the last, both included.

    open: which of them is meant stays open, whatever stands beside it. written: it was written out, with its year.
    """

    first: date
    last: date
    open: bool = False
    written: bool = False

    @property
    def is_day(self) -> bool:
        """Return whether it is one day."""
        return self.first == self.last

    @property
    def middle(self) -> date:
        """Return the day in its middle."""
        return self.first + (self.last - self.first) // 2


def a_day(day: date, *, open: bool = False, written: bool = False) -> Stretch:  # noqa: A002 - as the field
    """Return one day as a stretch."""
    return Stretch(day, day, open, written)


def coming(candidates: Iterable[Stretch], today: date, *, after: bool = False) -> Stretch:
    """Return the first of some stretches, in their order, that is not over. after: that has not begun yet."""
    return next(one for one in candidates if (one.first > today if after else one.last >= today))


def months(year: int, first: int, last: int) -> Stretch:
    """Return the months of a year from one to another; one past the twelfth is of the year after."""
    over, month = divmod(last - 1, MONTHS_OF_YEAR)
    end = date(year + over, month + 1, monthrange(year + over, month + 1)[1])
    return Stretch(date(year, first, 1), end)


def month_part(year: int, month: int, part: StretchPart | None) -> Stretch:
    """Return a month, or a third of it."""
    whole = months(year, month, month)
    match part:
        case None:
            return whole
        case "start":
            return Stretch(whole.first, date(year, month, TEN_DAYS))
        case "middle":
            return Stretch(date(year, month, TEN_DAYS + 1), date(year, month, 2 * TEN_DAYS))
        case "end":
            return Stretch(date(year, month, 2 * TEN_DAYS + 1), whole.last)


def season_part(year: int, first: int, part: StretchPart | None) -> Stretch:
    """Return a season, or a month of it. first: its first month; the winter of a year ends in the next."""
    if part is None:
        return months(year, first, first + MONTHS_OF_SEASON - 1)
    over, month = divmod(first - 1 + ("start", "middle", "end").index(part), MONTHS_OF_YEAR)
    return months(year + over, month + 1, month + 1)


def year_part(year: int, part: StretchPart | None) -> Stretch:
    """Return a year, or some months of it."""
    return months(year, *(MONTHS_OF_PART[part] if part is not None else (1, MONTHS_OF_YEAR)))


def week_part(monday: date, part: StretchPart | None) -> Stretch:
    """Return a week, or some days of it."""
    first, last = DAYS_OF_PART[part] if part is not None else (0, DAYS_OF_WEEK - 1)
    return Stretch(monday + timedelta(days=first), monday + timedelta(days=last))


def weekend(monday: date) -> Stretch:
    """Return the Saturday and the Sunday of a week."""
    return Stretch(monday + timedelta(days=SATURDAY), monday + timedelta(days=DAYS_OF_WEEK - 1))


def school_year_part(year: int, part: StretchPart | None) -> Stretch:
    """Return the school year that begins in a year, or a part of it.

    On which day it ends is decided anew each year and for each form, so its end is open: somewhere in May or June.
    """
    match part:
        case "start":
            return a_day(date(year, SCHOOL_MONTH, 1))
        case "middle":
            return months(year + 1, 1, 1)
        case "end":
            return Stretch(date(year + 1, 5, 31), date(year + 1, 6, 30), open=True)
        case None:
            return Stretch(date(year, SCHOOL_MONTH, 1), date(year + 1, 6, 30))


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def school_year(day: date) -> int:
    """Return the year in which the school year of a day has begun."""
    return day.year if day.month >= SCHOOL_MONTH else day.year - 1


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day; None where the calendar has none such."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):  # of figures as long as somebody types them
        return None


def next_day_of(month: int, day: int, today: date) -> date | None:
    """Return the next such day, today included; None where no year has it."""
    days = (day_of(year, month, day) for year in range(today.year, today.year + YEARS_TO_LEAP + 1))
    return next((one for one in days if one is not None and one >= today), None)


def moved(day: date, unit: DayUnit, number: int) -> date:
    """Return the day so many units of time later, or earlier; where no calendar reaches so far, its last or first day."""
    try:
        if unit in MONTHS_OF:
            years, month = divmod(day.month - 1 + MONTHS_OF[unit] * number, MONTHS_OF_YEAR)
            last = monthrange(day.year + years, month + 1)[1]
            return date(day.year + years, month + 1, min(day.day, last))
        return day + timedelta(days=number * (DAYS_OF_WEEK if unit == "week" else 1))
    except (ValueError, OverflowError):
        return date.max if number > 0 else date.min
