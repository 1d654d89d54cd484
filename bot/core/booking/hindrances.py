"""What keeps a time from being booked: the stretches of a counsellor's day in which no meeting begins, each with why."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Literal, NamedTuple, get_args

from bot.core.booking.closures import Closures
from bot.core.booking.counsellor import Absence, CounsellorProfile, OpenHours
from bot.core.booking.daytime import day_of
from bot.core.booking.kinds import MeetingKind, MeetingMode
from bot.core.booking.meeting import Meeting
from bot.core.booking.opening import DAY_BEGINS, DAY_ENDS, OpeningRules, instant
from bot.core.booking.spans import Span
from bot.core.booking.standing import StandingMeeting
from bot.core.booking.substitutes import time_away
from bot.core.flows.step_base import Id

Hindrance = Literal[
    "takes_no_bookings", "other_kind", "other_mode",  # who they are
    "closed", "day_off", "no_hours", "other_hours", "outside_hours", "between_times",  # when they are there
    "notice", "horizon", "absent", "break", "day_full", "week_full", "taken", "travel", "in_row",
    "no_group", "no_seats",
]  # fmt: skip
HINDRANCES: frozenset[Hindrance] = frozenset(get_args(Hindrance))
CutSource = Meeting | Absence | OpenHours
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
WHOLE_MINUTES = 5  # times begin on minutes that can be said: 09:07 becomes 09:10
ONE_DAY, WEEK, NO_TIME = timedelta(days=1), timedelta(weeks=1), timedelta(0)


class Cut(NamedTuple):
    """No meeting begins strictly between two moments. about: what it comes from."""

    after: datetime
    before: datetime
    why: Hindrance
    about: CutSource | None = None

    def forbids(self, start: datetime) -> bool:
        """Return whether a meeting cannot begin at a moment because of it."""
        return self.after < start < self.before


class MeetingTerms(NamedTuple):
    """What several times have in common.

    modes: how one can meet. office: where, as "place/institution"; room: in it. meeting: the group's, whose places these are;
    "" where it has yet to be made. seats_left: how many places there are.
    """

    counsellor: str
    modes: tuple[MeetingMode, ...]
    office: str
    room: str = ""
    meeting: str = ""
    seats_left: int = 1


class SuitedSpan(NamedTuple):
    """Hours in which the kind can be had. first, last: when a meeting can begin."""

    first: datetime
    last: datetime
    terms: MeetingTerms


@dataclass(frozen=True)
class TimeSearch:
    """What times are looked for.

    kind: its id; rules: what the content says of it. closures: days on which nobody is met. now: from it follows what
    can still be booked. window: in which meetings begin. modes: that suit; any where none are named.
    """

    kind: Id
    rules: MeetingKind
    closures: Closures
    now: datetime
    window: Span
    modes: tuple[MeetingMode, ...] = ()

    @property
    def length(self) -> timedelta:
        """How long a meeting is."""
        return timedelta(minutes=self.rules.minutes)

    @property
    def bounds(self) -> tuple[Cut, Cut]:
        """What is too soon, and what too far ahead, to be booked now."""
        now = self.now.astimezone(
            UTC
        )  # in Riga's zone, hours would be added to the clock on the wall
        soonest = now + timedelta(hours=self.rules.notice)
        latest = now + timedelta(days=self.rules.horizon)
        return Cut(FIRST, soonest, "notice"), Cut(latest, LAST, "horizon")


class CounsellorCalendar:
    """What one counsellor's days leave for a kind of meeting.

    meetings: of this counsellor among others, from a week before the window until a week after it, since a week's
    meetings are counted; what lies further away is passed over.
    """

    def __init__(
        self, profile: CounsellorProfile, meetings: Sequence[StandingMeeting], search: TimeSearch
    ) -> None:
        self.profile = profile
        self.search = search
        self.opening = OpeningRules(profile, search.closures)
        self._terms = cache(self._of_hours)  # most of a counsellor's hours are alike
        self._length = search.length
        self._before = timedelta(minutes=search.rules.before)
        self._reach = self._length + timedelta(minutes=search.rules.after)
        away = ((time_away(one), one) for one in profile.schedule.absences)
        self._absences = [(span, one) for span, one in away if span.start < span.end]
        since, until = search.window.start - WEEK, search.window.end + WEEK
        taken = [
            one.meeting
            for one in meetings
            if one.takes_time
            and profile.id in one.meeting.counsellors
            and since <= one.meeting.during.start < until
        ]
        taken.sort(key=attrgetter("during.start"))
        self._begins = [meeting.during.start for meeting in taken]
        near = bisect_left(self._begins, search.window.start - 2 * ONE_DAY)
        taken = taken[near : bisect_left(self._begins, search.window.end + 2 * ONE_DAY)]
        self._travel = timedelta(minutes=profile.schedule.travel)
        self._cuts = [
            self._around(one.blocked.start, one.blocked.end, "taken", one) for one in taken
        ]
        self._cuts += self._of_rows(taken)
        self._cuts.sort(key=attrgetter("after"))
        self._afters = [cut.after for cut in self._cuts]
        lengths = (cut.before - cut.after for cut in self._cuts)
        self._furthest = max(lengths, default=NO_TIME) + self._travel

    def refusal(self) -> Hindrance | None:
        """Return why no time of this counsellor can ever be offered for this, or None."""
        if not self.profile.may_take_bookings:
            return "takes_no_bookings"
        if self.search.kind not in self.profile.kinds:
            return "other_kind"
        return None if self._terms((), "", "").modes else "other_mode"

    def taken_from(self, first: date, last: date) -> int:
        """Return how many meetings begin from one date to another, both included."""
        since, until = instant(first, DAY_BEGINS), instant(last, DAY_ENDS)
        return bisect_left(self._begins, until) - bisect_left(self._begins, since)

    def taken_in_week_of(self, day: date) -> int:
        """Return how many meetings the week of a date has, Monday to Sunday."""
        monday = day - ONE_DAY * day.weekday()
        return self.taken_from(monday, monday + 6 * ONE_DAY)

    def spans(self, day: date, hours: Sequence[OpenHours]) -> list[SuitedSpan]:
        """Return where in a date's hours a meeting of the kind can begin, in their order."""
        found = []
        for one in hours:
            if one.kinds and self.search.kind not in one.kinds:
                continue
            terms = self._terms(one.modes, one.place, one.room)
            if terms.modes:
                opens, closes = instant(day, one.start), instant(day, one.end)
                first = opens + timedelta(minutes=-opens.minute % WHOLE_MINUTES)
                found.append(SuitedSpan(first, closes - self._length, terms))
        return sorted(found)

    def cuts(self, day: date, office: str) -> list[Cut]:
        """Return what keeps meetings from beginning on a date, by when each begins. office: where they would be held."""
        schedule = self.profile.schedule
        found = [
            self._around(span.start, span.end, "absent", absence)
            for span, absence in self._absences
            if absence.since - ONE_DAY <= day <= absence.until + ONE_DAY
        ]
        for one in schedule.breaks:
            begins, ends = instant(day, one.start), instant(day, one.end)
            found.append(self._around(begins, ends, "break", one))
        if self.taken_from(day, day) >= schedule.most_a_day:
            found.append(Cut(FIRST, LAST, "day_full"))
        if self.taken_in_week_of(day) >= schedule.most_a_week:
            found.append(Cut(FIRST, LAST, "week_full"))
        found += self._near(day, office)
        return sorted(found, key=attrgetter("after"))

    def modes_at(
        self, start: datetime, office: str, heeded: Container[Hindrance] = HINDRANCES
    ) -> frozenset[MeetingMode]:
        """Return how the counsellor could come to a time of somebody else's choosing, at any minute of their own hours.

        heeded: what of a date's cuts counts. The bounds of the search do not.
        """
        day = day_of(start)
        if any(cut.why in heeded and cut.forbids(start) for cut in self.cuts(day, office)):
            return frozenset()
        spans = self.spans(day, self.opening.on(day).hours)
        held = (span.terms.modes for span in spans if span.first <= start <= span.last)
        return frozenset().union(*held)

    def leads(self, meeting: Meeting) -> bool:
        """Return whether a meeting is one of the kind's groups, open and of this counsellor, in a way that suits."""
        return (
            meeting.state == "open"
            and meeting.kind == self.search.kind
            and self.profile.id in meeting.counsellors
            and (not self.search.modes or meeting.mode in self.search.modes)
        )

    def cuts_of_group(self, standing: StandingMeeting) -> Iterator[Cut]:
        """Return what keeps people from joining a group's meeting, but for the bounds of the search."""
        if standing.seats_left <= 0:
            yield Cut(FIRST, LAST, "no_seats", standing.meeting)
        for span, absence in self._absences:
            if span.overlaps(standing.meeting.during):
                yield Cut(FIRST, LAST, "absent", absence)

    def _of_hours(self, modes: tuple[MeetingMode, ...], place: str, room: str) -> MeetingTerms:
        """Return what times within hours have in common: how one can meet is what kind, counsellor, hours and person allow."""
        suited = tuple(
            mode
            for mode in self.search.rules.modes
            if mode in self.profile.modes
            and (not modes or mode in modes)
            and (not self.search.modes or mode in self.search.modes)
        )
        return MeetingTerms(self.profile.id, suited, place or self.profile.institution, room)

    def _around(
        self, begins: datetime, ends: datetime, why: Hindrance, about: CutSource | None = None
    ) -> Cut:
        """Return the starts at which a meeting, with what is kept free around it, would touch a stretch of time."""
        return Cut(begins - self._reach, ends + self._before, why, about)

    def _near(self, day: date, office: str) -> Iterator[Cut]:
        """Return the cuts of meetings that may touch a date; of those elsewhere also the way there and back."""
        first = bisect_left(self._afters, instant(day, DAY_BEGINS) - self._furthest)
        last = bisect_right(self._afters, instant(day, DAY_ENDS) + self._travel)
        for cut in self._cuts[first:last]:
            yield cut
            if isinstance(cut.about, Meeting) and cut.about.institution != office:
                yield Cut(cut.after - self._travel, cut.before + self._travel, "travel", cut.about)

    def _of_rows(self, taken: Sequence[Meeting]) -> Iterator[Cut]:
        """Find where one more meeting would make too many without a pause."""
        pause = timedelta(minutes=self.profile.schedule.pause)
        rows: list[tuple[datetime, datetime, int]] = []
        for meeting in taken:
            begins, ends, count = meeting.blocked.start, meeting.blocked.end, 1
            if rows and begins - rows[-1][1] < pause:
                begins, before, count = rows.pop()
                ends, count = max(before, ends), count + 1
            rows.append((begins, ends, count))
        most = self.profile.schedule.most_in_row
        last_end, last_count = None, 0
        for begins, ends, count in rows:
            joined = self._around(begins - pause, ends + pause, "in_row")
            if count >= most:
                yield joined
            elif last_end is not None and last_count + count >= most:  # it would join the two
                yield joined._replace(before=last_end + pause + self._before)
            last_end, last_count = ends, count
