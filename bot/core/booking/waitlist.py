"""The waiting list: who stands before whom, and whom a freed time suits."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Literal, NamedTuple

from bot.core.booking.appointment import FreedTime, OwnPart
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.daytime import day_of
from bot.core.booking.entry_changes import is_silent_at
from bot.core.booking.need import MeetingNeed, Priority
from bot.core.booking.order_forms import Circumstances
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.education.dates import RIGA

NOON, EVENING = time(12), time(17)

# whether somebody of a place, an institution and an age may be offered a counsellor: what shows them times says so too
Reaches = Callable[[MeetingNeed, CounsellorProfile], bool]


class WaitingPerson(NamedTuple):
    """Somebody who waits. parts: all bookings of their conversation."""

    entry: WaitingEntry
    parts: tuple[OwnPart, ...] = ()

    @property
    def own(self) -> tuple[OwnPart, ...]:
        """Return what is booked for whom this entry is for."""
        return tuple(one for one in self.parts if one.booking.whom == self.entry.whom)


def group_at(entry: WaitingEntry, now: datetime, bounds: BookingBounds) -> int:
    """Return the group somebody stands in by now: one further ahead after every while, so that nobody starves."""
    waited = max(now - entry.made, timedelta(0))
    return max(0, entry.group - waited // timedelta(days=bounds.ageing_days))


def rank(entry: WaitingEntry, now: datetime, bounds: BookingBounds) -> tuple[object, ...]:
    """Return what puts the entries of a list in order: who is silent last, then the group, then who came first."""
    silent = is_silent_at(entry, now, bounds)
    return (silent, group_at(entry, now, bounds), entry.made, entry.id)


def in_order(
    people: Iterable[WaitingPerson], now: datetime, bounds: BookingBounds
) -> tuple[WaitingPerson, ...]:
    """Return those who wait and have no offer open, in the order in which they are served."""
    waiting = (one for one in people if one.entry.state == "waiting")
    return tuple(sorted(waiting, key=lambda one: rank(one.entry, now, bounds)))


def is_near(need: MeetingNeed, profile: CounsellorProfile) -> bool:
    """Return whether a counsellor is there for somebody's institution, or for everybody of their municipality."""
    institutions = {profile.institution, *profile.serves}
    is_of_place = profile.whole_place and need.place == profile.place
    return need.institution in institutions or is_of_place


class Fitting(NamedTuple):
    """What tells whom a time suits. c: how things stand; profiles: of counsellors, by id; reaches: see `Reaches`."""

    c: Circumstances
    profiles: Mapping[str, CounsellorProfile]
    reaches: Reaches = is_near

    def latest(self, freed: FreedTime) -> datetime:
        """Return the last moment at which a freed time can be agreed to."""
        return freed.during.start - timedelta(hours=self.c.kind.notice)

    def is_open(self, freed: FreedTime) -> bool:
        """Return whether a freed time may be offered: neither past, nor within the notice, nor too far away."""
        horizon = self.c.now + timedelta(days=self.c.kind.horizon)
        return self.c.now < self.latest(freed) and freed.during.start <= horizon

    def suits(self, person: WaitingPerson, freed: FreedTime) -> bool:
        """Return whether a freed time is what somebody waits for."""
        entry = person.entry
        return (
            freed.kind in {entry.need.kind, *entry.also}
            and freed.during.start not in entry.passed
            and entry.example == freed.example
            and entry.party <= freed.seats
            and _is_when_it_suits(entry, freed)
            and self._is_with_whom_it_suits(entry.need, freed)
            and self._has_room(person, freed)
        )

    def _is_with_whom_it_suits(self, need: MeetingNeed, freed: FreedTime) -> bool:
        if need.modes and freed.mode not in need.modes:
            return False
        if need.with_counsellor and need.with_counsellor not in freed.counsellors:
            return False
        first = self.profiles.get(freed.counsellors[0])
        return (
            first is not None
            and first.may_take_bookings
            and need.language in first.languages
            and need.audience in first.audience
            and self.reaches(need, first)
        )

    def _has_room(self, person: WaitingPerson, freed: FreedTime) -> bool:
        """Return whether they can take it beside what they have; who wants it sooner has a later one."""
        ahead = [one for one in person.own if one.is_open_at(self.c.now)]
        if not person.entry.sooner:
            same = any(one.booking.kind == freed.kind for one in ahead)
            return not same and not any(one.meeting.during.overlaps(freed.during) for one in ahead)
        later = timedelta(hours=self.c.bounds.sooner_hours)
        return any(
            one.booking.id == person.entry.sooner
            and one.booking.state == "confirmed"
            and one.booking.kind == freed.kind
            and one.meeting.during.start >= freed.during.start + later
            for one in ahead
        )


def group_of(priorities: Iterable[Priority], groups: Mapping[Priority, int]) -> int:
    """Return the group somebody begins in, by the best of their priorities. groups: as their public reasons say."""
    return min((groups[one] for one in priorities if one in groups), default=groups["none"])


def part_of_day(moment: datetime) -> Literal["morning", "afternoon", "evening"]:
    """Return which part of the day it is in Riga."""
    wall = moment.astimezone(RIGA).time()
    return "morning" if wall < NOON else "afternoon" if wall < EVENING else "evening"


def _is_when_it_suits(entry: WaitingEntry, freed: FreedTime) -> bool:
    start = freed.during.start
    day = day_of(start)
    return (
        (not entry.weekdays or day.isoweekday() in entry.weekdays)
        and (not entry.hours or part_of_day(start) in entry.hours)
        and (entry.need.since is None or day >= entry.need.since)
    )
