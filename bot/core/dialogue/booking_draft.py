"""What a conversation keeps while a meeting is being booked: the times found, the one held, what was answered."""

from datetime import UTC, date, datetime
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.dialogue.booking_requests import MyMeeting, OfferedMeeting
from bot.core.education.dates import RIGA
from bot.core.flows.booking_steps import MOST_DAYS, MOST_NEAR

DAY_BUTTON = "day:"  # begins the id of a button that shows the times of a day


class BookingDraft(Frozen):
    """A booking as far as it has come.

    flow: where it is made. times: that can be booked, the soonest first. part: which of them are shown: the nearest, their days, or those of
    one day. held: what is kept for the person. marks: of the requests that were answered, as of a session.
    """

    flow: str
    times: tuple[OfferedMeeting, ...] = ()
    part: Literal["near", "days", "day"] = "near"
    day: date | None = None
    held: MyMeeting | None = None
    marks: tuple[str, ...] = ()

    @property
    def by_id(self) -> dict[str, OfferedMeeting]:
        """Return the times by their ids, each id once."""
        return {time_id(one.start): one for one in reversed(self.times)}

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of all times, the soonest first."""
        return tuple(dict.fromkeys(time_id(one.start) for one in self.times))

    @property
    def days(self) -> dict[date, int]:
        """Return the days that have times, with how many."""
        counts: dict[date, int] = {}
        for id_ in self.ids:
            day = local_time(id_).date()
            counts[day] = counts.get(day, 0) + 1
        return counts

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the ids of what stands there to be pressed: times, or days."""
        match self.part:
            case "near":
                return self.ids[:MOST_NEAR]
            case "days":
                return tuple(
                    f"{DAY_BUTTON}{day.isoformat()}" for day in list(self.days)[:MOST_DAYS]
                )
            case "day":
                return tuple(id_ for id_ in self.ids if local_time(id_).date() == self.day)


def time_id(start: datetime) -> str:
    """Return what a time is called among options: its start in ISO form, in UTC."""
    return start.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def local_time(id_: str) -> datetime:
    """Return when a time is by the clock in Riga."""
    return datetime.fromisoformat(id_).astimezone(RIGA)


def is_time(value: object) -> bool:
    """Return whether an answer is a time, and not an option beside the times."""
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return "T" in str(value)
