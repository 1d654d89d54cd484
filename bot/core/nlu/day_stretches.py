"""What the parts of a clause mean in the calendar: "līdz nākamā gada vasarai" is the first day of that summer."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import cast

from bot.core.nlu.ahead_words import DayUnit, StretchPart
from bot.core.nlu.day_parts import DayPart
from bot.core.nlu.stretches import (
    DAYS_OF_WEEK,
    Stretch,
    a_day,
    coming,
    day_of,
    monday_of,
    month_part,
    moved,
    next_day_of,
    school_year,
    school_year_part,
    season_part,
    week_part,
    weekend,
    year_part,
)

# The letters are those of `day_parts.py`; what is used up becomes a dot.
# "pēc 2 nedēļām", "in a year", "līdz 2 nedēļām"; "2 weeks from now", "gada laikā"; "within a year"; "-2 dienas"
SPANS = (
    r"(?:[AI]|L(?=N))(?P<minus>K?)(?P<number>N?)(?P<unit>[dwmgh])(?![Py])",
    r"(?P<minus>K?)(?P<number>N?)(?P<unit>[dwmgh])[VR]",
    r"V(?P<minus>K?)(?P<number>N?)(?P<unit>[dwmgh])",
    r"(?P<minus>K)(?P<number>N)(?P<unit>[dwmgh])",
)
# "pirms 2 nedēļām", "2 weeks ago"
PAST_SPANS = (
    r"B(?P<minus>K?)(?P<number>N?)(?P<unit>[dwmgh])(?!P)",
    r"(?P<minus>K?)(?P<number>N?)(?P<unit>[dwmgh])G",
)
FROM_ANOTHER = r"[dwmgh][AB]|\.\|N?[dwmgh]"  # "nedēļu pirms Jāņiem"; "pēc gada un 2 mēnešiem"
SHARE = r"[sD][dwmgh]"  # "1.5 gadi" names no first of May
TORN = r"[PTXNAI]\?+[dwmghMSFY]"  # "līdz mana gada beigām", "pēc dažām nedēļām": who knows what that is
YEAR = r"(?P<year>y)g?|(?P<which>[TX])g"
WHICH_WEEK, WHICH_MONTH = r"(?P<which>[TX])w", r"(?P<which>[TX])m"
# "10.-15. decembrī"; "15. decembrī", "15th of December"; "December 15", but not "decembra otrajā pusē"
DAYS_OF_MONTH = (
    r"(?P<first>N)o?L?(?P<last>N)o?(?P<month>M)",
    r"(?P<first>N)o?(?P<month>M)",
    r"(?P<month>M)(?P<first>N)o?(?![dwmgh]|\?(?!N))",
)
DAYS_TO_FIGURES = r"(?P<first>N)(?P<figures>s)"  # "10.-15.12."
DAY_NAMED, DAY_ALONE = r"(?P<day>N)o", r"[LBAI.]*(?P<day>N)\.*"  # "20. datumā"; "līdz 20."
LONGEST_MONTH = 31
LEFT_OF_SEASON = 14  # days


@dataclass(frozen=True, slots=True)
class DayContext:
    """What a day is read by. until: it is asked by when, so that an end is its last day."""

    today: date
    until: bool = False


class NoSuchDay(Exception):
    """A day is named that no calendar has."""


class ClauseReading:
    """One clause being read: its parts, by their letters."""

    def __init__(self, clause: Sequence[DayPart], context: DayContext) -> None:
        self._clause = clause
        self._letters = "".join(part.letter for part in clause)
        self._today = context.today
        self._asked_until = context.until
        self._part: StretchPart | None = None
        self._year: int | None = None
        self._year_written = False

    def stretches(self) -> list[Stretch]:
        """Return what the clause names, each thing by itself; nothing where it names nothing, or nothing sure.

        Errors: NoSuchDay.
        """
        if re.search(SHARE, self._letters) or re.search(TORN, self._letters):
            return []
        spans = [*self._spans(SPANS, 1), *self._spans(PAST_SPANS, -1)]
        if re.search(FROM_ANOTHER, self._letters):
            return []
        parts = [part for part in self._clause if part.letter == "P"]
        self._part = cast("StretchPart", parts[0].keys[0]) if parts else None
        self._take_year()
        week, month = self._take_which(WHICH_WEEK), self._take_which(WHICH_MONTH)
        dates = list(self._dates()) or list(self._days_alone(month))
        named = [*dates, *self._weekdays(week, dates), *self._named_stretches()]
        if not named:
            named = list(self._units(week, month))
        return [*spans, *map(self._limited, named)]

    # --- within

    def _matches(self, *patterns: str) -> Iterator[re.Match[str]]:
        """Return the matches of some patterns, the first pattern first, and use them up."""
        for pattern in patterns:
            while (match := re.search(pattern, self._letters)) is not None:
                dots = "." * (match.end() - match.start())
                self._letters = self._letters[: match.start()] + dots + self._letters[match.end() :]
                yield match

    def _of(self, match: re.Match[str], group: str) -> DayPart:
        return self._clause[match.start(group)]

    def _take_which(self, pattern: str) -> str:
        """Return which one is meant, "T" this or "X" the next; "" where that is not said."""
        return "".join(match["which"] for match in self._matches(pattern))[:1]

    def _take_year(self) -> None:
        """Take the year that is named, in figures or as this or the next one."""
        for match in self._matches(YEAR):
            self._year_written = bool(match["year"])
            self._year = (
                self._of(match, "year").number
                if self._year_written
                else self._today.year + (match["which"] == "X")
            )

    def _spans(self, patterns: Sequence[str], direction: int) -> Iterator[Stretch]:
        """Return the days so many units of time from today; of one where no number stands."""
        for match in self._matches(*patterns):
            number = self._of(match, "number").number if match["number"] else 1
            if match["minus"] or not number:  # it leads nowhere ahead
                yield a_day(date.min)
                continue
            unit = cast("DayUnit", self._of(match, "unit").keys[0])
            yield a_day(moved(self._today, unit, direction * number))

    def _dates(self) -> Iterator[Stretch]:
        """Return the days that are named by their number in a month, and what figures name."""
        yield from (part.stretch for part in self._clause if part.stretch is not None)
        for match in self._matches(DAYS_TO_FIGURES):
            figures = self._of(match, "figures")
            yield self._day(figures.month, self._of(match, "first").number)
            yield self._day(figures.month, figures.day)
        for match in self._matches("(?P<figures>s)"):
            figures = self._of(match, "figures")
            yield self._day(figures.month, figures.day)
        for match in self._matches(*DAYS_OF_MONTH):
            month = int(self._of(match, "month").keys[0])
            for group in ("first", "last"):
                if match.groupdict().get(group):
                    yield self._day(month, self._of(match, group).number)

    def _day(self, month: int, day: int) -> Stretch:
        """Return a day of the year that is named, or the next such day."""
        found = (
            next_day_of(month, day, self._today)
            if self._year is None
            else day_of(self._year, month, day)
        )
        if found is None:
            raise NoSuchDay
        return a_day(found, written=self._year_written)

    def _days_alone(self, month: str) -> Iterator[Stretch]:
        """Return the days of which only the number is said. month: of which month."""
        alone = re.fullmatch(DAY_ALONE, self._letters)
        found = [self._of(match, "day").number for match in self._matches(DAY_NAMED)]
        number = found[0] if found else self._of(alone, "day").number if alone else 0
        if not 1 <= number <= LONGEST_MONTH:
            return
        first = self._today.replace(day=1)
        months = (moved(first, "month", ahead) for ahead in count(1 if month == "X" else 0))
        days = (day_of(one.year, one.month, number) for one in months)
        day = next(one for one in days if one is not None and (month or one >= self._today))
        yield a_day(day, open=not found and "L" not in self._letters and not month)

    def _weekdays(self, week: str, dates: Sequence[Stretch]) -> Iterator[Stretch]:
        """Return the days of the week that are named, but for those that a date beside them names. week: of which week."""
        monday = monday_of(self._today)
        following = monday + timedelta(days=DAYS_OF_WEEK)
        for match in self._matches(r"(?P<which>[TX]?)(?P<weekday>W)"):
            number = int(self._of(match, "weekday").keys[0])
            if any(one.first.isoweekday() == number for one in dates if one.is_day):
                continue
            here, there = (one + timedelta(days=number - 1) for one in (monday, following))
            soon = here if here > self._today else there
            if week:
                yield a_day(there if week == "X" else here)
                continue
            yield a_day(soon)
            if match["which"] == "X":  # the coming one, or that of the next week
                yield a_day(there)

    def _named_stretches(self) -> Iterator[Stretch]:
        """Return the days and stretches that have a name."""
        year, part, today = self._year, self._part, self._today
        for match in self._matches("(?P<day>O)"):
            yield a_day(today + timedelta(days=int(self._of(match, "day").keys[0])))
        for match in self._matches("(?P<which>[TX]?)(?P<feast>F)"):
            for key in self._of(match, "feast").keys:
                month, day = map(int, key.split("-"))
                yield self._day(month, day)._replace(written=False)
        for match in self._matches("(?P<which>[TX]?)e"):
            monday = monday_of(today)
            yield weekend(monday)
            if match["which"] == "X":
                yield weekend(monday + timedelta(days=DAYS_OF_WEEK))
        for match in self._matches("(?P<which>[TX]?)(?P<month>M)"):
            month = int(self._of(match, "month").keys[0])
            yield self._coming(partial(month_part, month=month, part=part), match["which"])
        for match in self._matches("(?P<which>[TX]?)(?P<season>S)"):
            first = int(self._of(match, "season").keys[0])
            made = partial(season_part, first=first, part=part)
            yield self._coming(made, match["which"], left=LEFT_OF_SEASON)
        for match in self._matches("(?P<which>[TX]?)Y"):
            began = year
            if match["which"] == "X" and year is None:
                began = school_year(today) + 1
            elif year is not None and part in {"middle", "end"}:
                began = year - 1
            yield self._coming(partial(school_year_part, part=part), "", began)

    def _coming(
        self, made: Callable[[int], Stretch], which: str, year: int | None = None, left: int = 0
    ) -> Stretch:
        """Return the stretch of the year that is named, or the one that comes.

        made: it, of a year. which: "X" for the next. left: with fewer days of it left, the next is meant; so it is until what has
        begun already.
        """
        year = self._year if year is None else year
        if year is not None:
            return made(year)
        limited = "L" in self._letters or "B" in self._letters
        after = which == "X" or (limited and self._part is None)
        from_day = self._today if after else moved(self._today, "day", left)
        return coming(map(made, count(self._today.year - 1)), from_day, after=after)

    def _limited(self, said: Stretch) -> Stretch:
        """Return a stretch as what stands beside it limits it: until, before, after."""
        if "A" in self._letters:
            return a_day(moved(said.last, "day", 1), open=True)
        if said.open:
            return said
        until = "L" in self._letters
        before = "B" in self._letters
        if before and (said.is_day or self._part is None):
            return a_day(moved(said.first, "day", -1))
        if said.is_day or not (until or before or (self._asked_until and self._part == "end")):
            return said
        ends = {"end": said.last, "middle": said.middle}
        return a_day(ends.get(self._part or "start", said.first))

    def _units(self, week: str, month: str) -> Iterator[Stretch]:
        """Return the week, the month or the year that is named, or its part."""
        today, part = self._today, self._part
        if self._year is not None:
            if not re.search("[?N]", self._letters):  # "2027 eiro" is no year
                yield year_part(self._year, part)
        elif week or (part and "w" in self._letters):
            monday = monday_of(today) + timedelta(days=DAYS_OF_WEEK * (week == "X"))
            mondays = (moved(monday, "week", ahead) for ahead in count())
            yield coming((week_part(one, part) for one in mondays), today)
        elif month or (part and "m" in self._letters):
            begin = moved(today.replace(day=1), "month", month == "X")
            firsts = (moved(begin, "month", ahead) for ahead in count())
            yield coming((month_part(one.year, one.month, part) for one in firsts), today)
        elif part and "g" in self._letters:
            yield coming((year_part(of, part) for of in count(today.year)), today)
