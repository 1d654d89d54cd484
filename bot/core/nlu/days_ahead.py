"""Reads a day that is ahead, as people say it: "15. decembrī", "rīt", "pirmdien", "pēc divām nedēļām"."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from bot.core.nlu.ahead_words import DayWords
from bot.core.nlu.normalize import normalize
from bot.core.nlu.numbers import LONGEST_NUMBER, NumberWords, numbers_in, read_date

DAYS_OF_WEEK, MONTHS_OF_YEAR = 7, 12
# 15.12. and 15/12; 15. decembrī
FIGURES = re.compile(r"(?<![\d.])(?P<day>\d{1,2})[./]\s?(?P<month>\d{1,2})\.?(?![\d.])")
NAMED = re.compile(r"\b(?P<day>\d{1,2})\s+(?P<month>[^\W\d]+)")
SHORTEST_MONTH = 3  # letters of a word that may be the name of a month


class ReadDay(NamedTuple):
    """A day that was read. as_written: with its year, so that nothing had to be worked out."""

    day: date
    as_written: bool


def read_day_ahead(text: str, numbers: NumberWords, words: DayWords, today: date) -> ReadDay | None:
    """Return the day that a text names; without a year, the next such day. None where it names none."""
    if len(text) > LONGEST_NUMBER:
        return None
    whole = read_date(text, numbers)
    if whole is not None:
        return ReadDay(whole, as_written=True)
    said = normalize(text)
    for day in (
        _without_year(text, said, numbers, today),
        _after_a_span(said, numbers, words, today),
        _by_name(said, words, today),
        _end_of_month(said, numbers, today),
    ):
        if day is not None:
            return ReadDay(day, as_written=False)
    return None


def _without_year(text: str, said: str, numbers: NumberWords, today: date) -> date | None:
    if match := FIGURES.search(text):
        return _next(int(match["month"]), int(match["day"]), today)
    for match in NAMED.finditer(said):
        month = _month(match["month"], numbers)
        if month:
            return _next(month, int(match["day"]), today)
    return None


def _after_a_span(said: str, numbers: NumberWords, words: DayWords, today: date) -> date | None:
    """Return the day after so many days, weeks or months; of one where no number stands."""
    parts = said.split()
    if not {normalize(one) for one in words.after}.intersection(parts):
        return None
    counted = numbers_in(said, numbers)
    if len(counted) > 1:
        return None
    count = next(iter(counted), 1)
    if count > 400:  # noqa: PLR2004 - more than a year of days is no span that is meant
        return None
    if any(_begins(part, words.week) for part in parts):
        return today + timedelta(days=DAYS_OF_WEEK * count)
    if any(_begins(part, words.day) for part in parts):
        return today + timedelta(days=count)
    if any(_begins(part, words.month) for part in parts):
        years, month = divmod(today.month - 1 + count, MONTHS_OF_YEAR)
        last = monthrange(today.year + years, month + 1)[1]
        return date(today.year + years, month + 1, min(today.day, last))
    return None


def _by_name(said: str, words: DayWords, today: date) -> date | None:
    """Return today, tomorrow, or the next day of a week that is named."""
    for days, names in words.days.items():
        if any(_holds(said, name) for name in names):
            return today + timedelta(days=int(days))
    for number, names in words.weekdays.items():
        if any(_begins(part, names) for part in said.split()):
            ahead = (int(number) - today.isoweekday()) % DAYS_OF_WEEK
            return today + timedelta(days=ahead or DAYS_OF_WEEK)
    return None


def _end_of_month(said: str, numbers: NumberWords, today: date) -> date | None:
    """Return the last day of a month that is named alone: "līdz decembra beigām"."""
    if re.search(r"\d", said):
        return None
    months = {month for part in said.split() if (month := _month(part, numbers))}
    if len(months) != 1:
        return None
    month = months.pop()
    year = today.year + (month < today.month)
    return date(year, month, monthrange(year, month)[1])


def _month(word: str, numbers: NumberWords) -> int:
    """Return the number of the month that a word begins with; 0 for another word."""
    if len(word) < SHORTEST_MONTH:
        return 0
    return next((number for stem, number in numbers.month_stems if word.startswith(stem)), 0)


def _next(month: int, day: int, today: date) -> date | None:
    """Return the next such day, today included; None where the calendar has none."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found >= today:
            return found
    return None


def _begins(part: str, beginnings: tuple[str, ...]) -> bool:
    return any(part.startswith(normalize(one)) for one in beginnings)


def _holds(said: str, name: str) -> bool:
    """Return whether a text has some words, each as it stands or with an ending."""
    return re.search(rf"\b{re.escape(normalize(name))}", said) is not None
