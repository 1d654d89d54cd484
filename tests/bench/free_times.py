"""Free times of a municipality's counsellors: fifty of them, thirty days, three meetings a day each."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.core.booking.appointment import spans_of
from bot.core.booking.closures import Closures
from bot.core.booking.counsellor import CounsellorProfile, OpenHours, Schedule, WeeklyHours
from bot.core.booking.free_times import FreeTime, free_times
from bot.core.booking.hindrances import MeetingTerms, TimeSearch
from bot.core.booking.meeting import Meeting
from bot.core.booking.offered_times import OfferedTime, offered_times
from bot.core.booking.routing import RoutedCounsellor
from bot.core.booking.spans import Span
from bot.core.booking.standing import StandingMeeting
from bot.service.conversations import Dialogue
from tests.bench.figures import at_most, show

COUNSELLORS, DAYS, MEETINGS_A_DAY, TIMES = 50, 30, 3, 20
NOW = datetime(2027, 1, 11, 8, tzinfo=UTC)
OFFICE = "paraugpils/board"


class Municipality:
    """Counsellors with their hours and meetings, and a search over the days ahead."""

    def __init__(self, talks: Dialogue) -> None:
        library = talks.library
        self.kind = library.meetings.kinds["talk"]
        chance = random.Random(7)
        self.profiles = [self._profile(number, chance) for number in range(COUNSELLORS)]
        self.own = {one.id: self._meetings(one.id, chance) for one in self.profiles}
        window = Span(start=NOW, end=NOW + timedelta(days=DAYS))
        closures = Closures(library.dates.values())
        self.search = TimeSearch("talk", self.kind, closures, NOW, window)
        self.offered = [
            RoutedCounsellor(profile=one, reason="municipality", language="lv")
            for one in self.profiles
        ]
        self.all_meetings = [meeting for own in self.own.values() for meeting in own]

    def times(self) -> list[tuple[FreeTime, ...]]:
        """Return each counsellor's free times."""
        return [free_times(one, self.own[one.id], self.search) for one in self.profiles]

    def shown(self) -> tuple[OfferedTime, ...]:
        """Return the times as they are offered, each once."""
        return offered_times(self.offered, self.all_meetings, self.search)

    def _profile(self, number: int, chance: random.Random) -> CounsellorProfile:
        begins = chance.choice(("08:00", "09:00", "10:00"))
        rows = [
            WeeklyHours(weekday=weekday, start=start, end=end)
            for weekday in range(1, 6)
            for start, end in ((begins, "12:30"), ("13:00", "17:00"))
        ]
        return CounsellorProfile(
            id=f"c{number:02}", name=f"Paraugs {number}", provider="municipality", place="paraugpils",
            institution=OFFICE, whole_place=True, languages=("lv",), modes=("in_person", "video"),
            kinds=("talk",), audience=("adult",), qualification="programme",
            schedule=Schedule(weekly=tuple(rows), breaks=(OpenHours(start="15:00", end="15:15"),)),
        )  # fmt: skip

    def _meetings(self, counsellor: str, chance: random.Random) -> list[StandingMeeting]:
        found = []
        for day in range(-28, DAYS + 7):
            midnight = NOW.replace(hour=0) + timedelta(days=day)
            if midnight.isoweekday() <= 5:
                for hour in chance.sample(range(7, 15), MEETINGS_A_DAY):
                    during, blocked = spans_of(self.kind, midnight + timedelta(hours=hour))
                    meeting = Meeting(
                        id=f"{chance.getrandbits(128):032x}", kind="talk", mode="video", institution=OFFICE,
                        counsellors=(counsellor,), during=during, blocked=blocked,
                    )  # fmt: skip
                    found.append(StandingMeeting(meeting))
        return found


def plain_times(count: int) -> list[FreeTime]:
    """Make as many times one by one, with nothing looked at."""
    found, step = [], timedelta(minutes=30)
    at, terms = NOW, MeetingTerms("c00", ("video",), OFFICE)
    for _ in range(count):
        found.append(FreeTime(at, at + step, terms))
        at += step
    return found


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call took of the processor."""
    begun = time.process_time()
    call()
    return (time.process_time() - begun) * 1000


def measure(talks: Dialogue) -> None:
    """Find the times again and again, beside as many that are only made."""
    place = Municipality(talks)
    count = sum(map(len, place.times()))
    found: dict[str, list[float]] = {"plain": [], "times": [], "shown": []}
    for _ in range(TIMES):
        found["plain"].append(milliseconds(lambda: plain_times(count)))
        found["times"].append(milliseconds(place.times))
        found["shown"].append(milliseconds(place.shown))
    plain, times, shown = map(statistics.median, found.values())
    what = f"free times of {COUNSELLORS} counsellors over {DAYS} days, {count} of them, ms"
    show(what, f"{times:.1f}", (times, at_most(20)))
    show("  each time once, and whose turn it is, ms", f"{shown:.1f}")
    show("  the same, as many times only made = 1", f"{times / plain:.1f} / {shown / plain:.1f}")
