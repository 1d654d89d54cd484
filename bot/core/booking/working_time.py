"""Working hours: counted over nights, weekends and holidays; and what is said once outside of them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from bot.core.booking.daytime import day_of, riga_moment
from bot.core.booking.spans import Span

FURTHEST_DAYS: Final = 400  # that are looked at for working hours
SATURDAY: Final = 6


class WorkingTime(NamedTuple):
    """When an institution answers. is_closed: of a day, a holiday or a break among them; weekends are by themselves."""

    is_closed: Callable[[date], bool]
    opens: time = time(8)
    closes: time = time(17)

    def hours_of(self, day: date) -> Span | None:
        """Return the working hours of a day; None where there are none."""
        if day.isoweekday() >= SATURDAY or self.is_closed(day):
            return None
        return Span(start=riga_moment(day, self.opens), end=riga_moment(day, self.closes))

    def is_open_at(self, now: datetime) -> bool:
        """Return whether somebody is at work."""
        today = self.hours_of(day_of(now))
        return today is not None and today.start <= now < today.end

    def next_opening(self, now: datetime) -> datetime | None:
        """Return when somebody is at work next, `now` itself within the hours; None if for more than a year nobody is."""
        for hours in self._ahead(now):
            return max(hours.start, now)
        return None

    def after_hours(self, now: datetime, hours: int) -> datetime | None:
        """Return when so many working hours will have passed; None as of `next_opening`."""
        left = timedelta(hours=hours)
        for span in self._ahead(now):
            start = max(span.start, now)
            if left <= span.end - start:
                return start + left
            left -= span.end - start
        return None

    def closed_since(self, now: datetime) -> datetime | None:
        """Return when the pause began that is on now: the last end of working hours; None within them."""
        if self.is_open_at(now):
            return None
        day = day_of(now)
        for back in range(FURTHEST_DAYS):
            hours = self.hours_of(day - timedelta(days=back))
            if hours is not None and hours.end <= now:
                return hours.end
        return riga_moment(day - timedelta(days=FURTHEST_DAYS), time(0))

    def _ahead(self, now: datetime) -> Iterator[Span]:
        day = day_of(now)
        days = (self.hours_of(day + timedelta(days=further)) for further in range(FURTHEST_DAYS))
        return (hours for hours in days if hours is not None and hours.end > now)


class OutsideHours(NamedTuple):
    """What is said once to who writes outside working hours. opens: when somebody is there again; None: not known."""

    opens: datetime | None


def outside_hours(
    now: datetime, working: WorkingTime, last_told: datetime | None
) -> OutsideHours | None:
    """Return what is said outside working hours, once a pause; None within them, and where it was said already.

    now: of the message; working: the hours; last_told: when it was said to this person before.
    """
    since = working.closed_since(now)
    if since is None or (last_told is not None and last_told >= since):
        return None
    return OutsideHours(working.next_opening(now))
