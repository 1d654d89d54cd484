"""Whose turn it is: who has been booked least for their share of the work comes first, then who has waited longest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.hindrances import FIRST
from bot.core.booking.standing import StandingMeeting

COUNTED = timedelta(weeks=4)  # of what is over; all that is still ahead counts
MINUTE = timedelta(minutes=1)


class CounsellorLoad(NamedTuple):
    """How much somebody has had to do. minutes: booked, with what is kept free around it. last: when the last meeting began."""

    minutes: float = 0
    last: datetime = FIRST


def loads(meetings: Iterable[StandingMeeting], now: datetime) -> Mapping[str, CounsellorLoad]:
    """Return the load of each counsellor who has any: of the last four weeks, and of what is ahead.

    Where nobody came, the meeting counts for nobody.
    """
    found: dict[str, CounsellorLoad] = {}
    for standing in meetings:
        meeting = standing.meeting
        if not standing.takes_time or not standing.attended or meeting.during.end < now - COUNTED:
            continue
        minutes = (meeting.blocked.end - meeting.blocked.start) / MINUTE
        for id_ in meeting.counsellors:
            before = found.get(id_, CounsellorLoad())
            last = max(before.last, meeting.during.start)
            found[id_] = CounsellorLoad(before.minutes + minutes, last)
    return found


def by_fairness(
    profiles: Iterable[CounsellorProfile], meetings: Iterable[StandingMeeting], now: datetime
) -> Sequence[str]:
    """Return counsellors' ids, whose turn it is first."""
    known = loads(meetings, now)

    def turn(profile: CounsellorProfile) -> tuple[float, datetime, str]:
        load = known.get(profile.id, CounsellorLoad())
        return load.minutes / profile.share, load.last, profile.id

    return [profile.id for profile in sorted(profiles, key=turn)]
