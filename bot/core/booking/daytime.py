"""The clock on the wall in Riga: which day a moment is on, and when nobody is to be woken."""

from datetime import UTC, date, datetime, time, timedelta

from bot.core.education.dates import RIGA

DAY_BEGINS, DAY_ENDS = time(8), time(21)  # between them people are written to


def day_of(moment: datetime) -> date:
    """Return the day in Riga."""
    return moment.astimezone(RIGA).date()


def riga_moment(day: date, wall: time) -> datetime:
    """Return the moment at which the clocks in Riga show a time, in UTC."""
    return datetime.combine(day, wall, RIGA).astimezone(UTC)


def is_daytime(moment: datetime) -> bool:
    """Return whether it is between eight and nine in the evening in Riga, both included."""
    return DAY_BEGINS <= moment.astimezone(RIGA).time() <= DAY_ENDS


def waking(moment: datetime, wall: time = DAY_BEGINS) -> datetime:
    """Return the moment itself by day, and by night the morning after it. wall: what the clock shows then."""
    if is_daytime(moment):
        return moment
    day = day_of(moment)
    is_late = moment.astimezone(RIGA).time() > DAY_ENDS
    return riga_moment(day + timedelta(days=1) if is_late else day, wall)


def evening_before(moment: datetime) -> datetime:
    """Return the last end of a day that is not after a moment."""
    day = day_of(moment)
    evening = riga_moment(day, DAY_ENDS)
    return evening if evening <= moment else riga_moment(day - timedelta(days=1), DAY_ENDS)


def wall_time(text: str) -> time:
    """Return a time of the clock that is written as "08:30"."""
    return time.fromisoformat(text)
