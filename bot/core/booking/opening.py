"""When a counsellor is there: rules by the clock on the wall become stretches of time, date by date."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.core.booking.closures import Closure, Closures
from bot.core.booking.counsellor import (
    CounsellorProfile,
    DayHours,
    OpenHours,
    WallTime,
    WeeklyHours,
)
from bot.core.booking.daytime import riga_moment, wall_time

DAY_BEGINS, DAY_ENDS = "00:00", "24:00"


class DayOpening(NamedTuple):
    """A counsellor's hours of a day. closure: why there are none. exception: of this day, which goes before all else."""

    hours: Sequence[OpenHours]
    closure: Closure | None = None
    exception: DayHours | None = None


@lru_cache(maxsize=16_384)
def instant(day: date, at: WallTime) -> datetime:
    """Return the moment, in UTC, when clocks in Riga show a time of a date; "24:00" is the next midnight.

    Never midnight and so many hours: two days of a year have not twenty-four of them.
    """
    if at == DAY_ENDS:
        return instant(day + timedelta(days=1), DAY_BEGINS)
    return riga_moment(day, wall_time(at))


class OpeningRules:
    """A counsellor's hours, date by date."""

    def __init__(self, profile: CounsellorProfile, closures: Closures) -> None:
        self._profile = profile
        self._closures = closures
        self._days = {one.day: one for one in reversed(profile.schedule.days)}
        self._weekly: dict[int, list[WeeklyHours]] = {}
        for row in profile.schedule.weekly:
            self._weekly.setdefault(row.weekday, []).append(row)

    def on(self, day: date) -> DayOpening:
        """Return the hours of a date: those set for this day alone, which also open a closed one, or the week's."""
        if day in self._days:
            return DayOpening(self._days[day].hours, exception=self._days[day])
        closure = self._closures.on(day, self._profile)
        if closure is not None:
            return DayOpening((), closure)
        weekday = self._closures.weekday(day, self._profile)
        return DayOpening(
            [
                row
                for row in self._weekly.get(weekday, ())
                if (row.since is None or row.since <= day)
                and (row.until is None or day <= row.until)
            ]
        )
