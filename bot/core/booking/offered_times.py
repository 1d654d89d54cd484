"""Times as they are offered: each once, whoever is free, with whose turn it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.core.booking.fairness import by_fairness
from bot.core.booking.free_times import FreeTime, free_times
from bot.core.booking.hindrances import TimeSearch
from bot.core.booking.kinds import MeetingMode
from bot.core.booking.routing import RoutedCounsellor
from bot.core.booking.standing import StandingMeeting


class OfferedTime(NamedTuple):
    """A time that can be booked. free: with whom, whose turn it is first. meeting: a group's; "" where there is none yet."""

    start: datetime
    end: datetime
    free: tuple[FreeTime, ...]
    meeting: str = ""

    @property
    def counsellors(self) -> tuple[str, ...]:
        """The ids of those who could take it, whose turn it is first."""
        return tuple(time.terms.counsellor for time in self.free)

    @property
    def modes(self) -> tuple[MeetingMode, ...]:
        """How one could meet, with one or another of them."""
        return tuple(dict.fromkeys(mode for time in self.free for mode in time.terms.modes))


def offered_times(
    offered: Sequence[RoutedCounsellor], meetings: Sequence[StandingMeeting], search: TimeSearch
) -> tuple[OfferedTime, ...]:
    """Return every time of those offered, the soonest first.

    meetings: of them all, as `CounsellorCalendar` wants them and, for whose turn it is, of four weeks back. Who is led to by
    a nearer route comes before others; among those of one route, whose turn it is.
    """
    own: dict[str, list[StandingMeeting]] = {}
    for standing in meetings:
        for id_ in standing.meeting.counsellors:
            own.setdefault(id_, []).append(standing)
    found: dict[tuple[datetime, str], list[FreeTime]] = {}
    for one in _in_turn(offered, meetings, search.now):
        for time in free_times(one.profile, own.get(one.profile.id, ()), search):
            if not one.only or any(span.start <= time.start < span.end for span in one.only):
                found.setdefault((time.start, time.terms.meeting), []).append(time)
    return tuple(
        OfferedTime(start, free[0].end, tuple(free), meeting)
        for (start, meeting), free in sorted(found.items())
    )


def _in_turn(
    offered: Sequence[RoutedCounsellor], meetings: Sequence[StandingMeeting], now: datetime
) -> Sequence[RoutedCounsellor]:
    """Return those offered, by their routes, and by fairness among those of one route and language."""
    turns = by_fairness([one.profile for one in offered], meetings, now)
    turn = {id_: at for at, id_ in enumerate(turns)}
    routes = {route: at for at, route in enumerate(dict.fromkeys(map(_route_of, offered)))}
    return sorted(offered, key=lambda one: (routes[_route_of(one)], turn[one.profile.id]))


def _route_of(one: RoutedCounsellor) -> tuple[str, str]:
    return one.reason, one.language
