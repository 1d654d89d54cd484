"""Whether a time that somebody asks for can be taken, by the function that shows times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.booking.appointment import StartWanted
from bot.core.booking.closures import Closures
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.free_times import MOMENT, common_times
from bot.core.booking.hindrances import CounsellorCalendar, Hindrance, TimeSearch
from bot.core.booking.kinds import MeetingKind
from bot.core.booking.meeting_rules import MeetingRules
from bot.core.booking.spans import Span
from bot.core.booking.standing import StandingMeeting

# what staff heed who look only at somebody's hours: neither notice nor load
OF_HOURS: frozenset[Hindrance] = frozenset({"absent", "break", "taken"})
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class BookableTimes:
    """What is known of counsellors' time at a moment.

    profiles: by id. meetings: of those who are asked for, as `CounsellorCalendar` wants them.
    """

    profiles: Mapping[str, CounsellorProfile]
    meetings: Sequence[StandingMeeting]
    rules: MeetingRules
    closures: Closures
    now: datetime

    def is_free(self, wanted: StartWanted) -> bool:
        """Return whether a time can be taken, within the bounds that count for whoever asks."""
        profiles = [self.profiles[id_] for id_ in wanted.counsellors if id_ in self.profiles]
        if wanted.kind not in self.rules.kinds or len(profiles) < len(wanted.counsellors):
            return False
        others = [one for one in self.meetings if one.meeting.id not in wanted.besides]
        if wanted.bounds == "nothing_else":
            return not any(
                one.takes_time
                and one.meeting.blocked.overlaps(wanted.blocked)
                and not set(one.meeting.counsellors).isdisjoint(wanted.counsellors)
                for one in others
            )
        search = self._search(wanted)
        if wanted.bounds == "all":
            times = common_times(profiles, others, search)
            return any(time.terms.office == wanted.institution for time in times)
        calendars = [CounsellorCalendar(profile, others, search) for profile in profiles]
        start, office = wanted.during.start, wanted.institution
        return all(one.modes_at(start, office, OF_HOURS) for one in calendars)

    def _search(self, wanted: StartWanted) -> TimeSearch:
        return TimeSearch(
            kind=wanted.kind,
            rules=_as_long_as(wanted, self.rules.kinds[wanted.kind]),
            closures=self.closures,
            now=self.now,
            window=Span(start=wanted.during.start, end=wanted.during.start + MOMENT),
            modes=(wanted.mode,),
        )


def _as_long_as(wanted: StartWanted, rules: MeetingKind) -> MeetingKind:
    """Return a kind with the length a meeting was made with, which the content may have changed since."""
    lengths = {
        "minutes": wanted.during.end - wanted.during.start,
        "before": wanted.during.start - wanted.blocked.start,
        "after": wanted.blocked.end - wanted.during.end,
    }
    return rules.model_copy(update={name: length // MINUTE for name, length in lengths.items()})
