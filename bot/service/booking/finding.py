"""What somebody can book: routed, searched, and named as people may know it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from bot.core.booking.appointment import OwnPart
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.daytime import day_of, riga_moment
from bot.core.booking.free_times import FreeTime
from bot.core.booking.hindrances import TimeSearch
from bot.core.booking.kinds import MeetingMode
from bot.core.booking.meeting import Meeting
from bot.core.booking.need import MeetingNeed
from bot.core.booking.offered_times import OfferedTime, offered_times
from bot.core.booking.offices import home_of
from bot.core.booking.routing import Routed, RoutedCounsellor, route
from bot.core.booking.spans import Span
from bot.core.dialogue.booking_requests import OfferedMeeting
from bot.service.booking.desk import FAIR_WEEKS, WEEK, BookingDesk

OTHERS: Final = 3  # times that are named beside a refusal
AROUND: Final = timedelta(days=3)
COUNTED_AGAIN: Final = timedelta(days=30)


class FoundTimes(NamedTuple):
    """What was found. state: "done", "nobody", "full", or "kind" where nothing of the kind is known."""

    state: str
    times: tuple[OfferedTime, ...] = ()
    routed: Routed = Routed()

    def nearest(self, start: datetime) -> tuple[OfferedTime, ...]:
        """Return the three times next to another one, the soonest first."""
        others = [one for one in self.times if one.start != start]
        near = sorted(others, key=lambda one: (abs(one.start - start), one.start))[:OTHERS]
        return tuple(sorted(near, key=lambda one: one.start))


def find_times(
    desk: BookingDesk,
    need: MeetingNeed,
    moving: OwnPart | None = None,
    within: Span | None = None,
) -> FoundTimes:
    """Return the times that suit a need.

    moving: what is moved, whose own time is no hindrance, and which stays with its counsellors. within: only what begins then.
    """
    rules, library = desk.rules.kinds.get(need.kind), desk.office.library
    if rules is None:
        return FoundTimes("kind")
    routed = route(
        need,
        tuple(desk.counsellors.offered.values()),
        library.place_finder,
        desk.rules,
        desk.now,
    )
    offered: Sequence[RoutedCounsellor] = routed.offered
    is_own = moving is not None and moving.meeting.seats == 1
    if moving is not None and is_own:
        offered = _own(desk, need, moving.meeting)
    if not offered:
        return FoundTimes("nobody", routed=routed)
    horizon = desk.now + timedelta(days=rules.horizon) + timedelta(minutes=1)
    since = desk.now
    if need.since is not None:
        since = max(since, riga_moment(need.since, time(0)))
    window = Span(start=since, end=max(since, horizon) + timedelta.resolution)
    if within is not None:
        start = max(since, within.start)
        window = Span(start=start, end=max(start, within.end))
    search = TimeSearch(need.kind, rules, library.closures, desk.now, window, need.modes)
    ids = [one.profile.id for one in offered]
    around = Span(start=min(window.start, desk.now) - FAIR_WEEKS, end=window.end + WEEK)
    group = need.kind if rules.seats > 1 else ""
    standing = desk.standing(ids, around, group)
    besides = {part.meeting.id for part in desk.parts() if _gives_way(part, need.kind, desk.now)}
    if moving is not None:
        besides.add(moving.meeting.id)
    standing = [one for one in standing if one.meeting.id not in besides]
    times = offered_times(offered, standing, search)
    return FoundTimes("done" if times else "full", times, routed)


def find_near(
    desk: BookingDesk, need: MeetingNeed, start: datetime, moving: OwnPart | None
) -> FoundTimes:
    """Return times around another one: of that week where there are enough, else of all days. The rest as of `find_times`."""
    week = Span(start=start - AROUND, end=start + AROUND)
    found = find_times(desk, need, moving, week)
    return found if len(found.nearest(start)) == OTHERS else find_times(desk, need, moving)


def moment(start: datetime) -> Span:
    """Return a stretch in which only one time begins."""
    return Span(start=start, end=start + timedelta.resolution)


def time_at(
    desk: BookingDesk, need: MeetingNeed, start: datetime, group: str
) -> tuple[OfferedTime | None, FoundTimes]:
    """Return the one time that begins at a moment, as it was shown; None where it is none. group: whose places it is."""
    found = find_times(desk, need, within=moment(start))
    return next((one for one in found.times if one.meeting == group), None), found


def free_with(time: OfferedTime, mode: MeetingMode) -> FreeTime | None:
    """Return with whom a time can be had in a way, whose turn it is first."""
    return next((one for one in time.free if mode in one.terms.modes), None)


def shown(
    desk: BookingDesk, times: Iterable[OfferedTime], need: MeetingNeed
) -> tuple[OfferedMeeting, ...]:
    """Return times as people may know them: of a group, the name of who leads it may be hidden."""
    known = desk.counsellors.named
    before = {id_ for part in desk.parts() for id_ in part.meeting.counsellors}
    if need.with_counsellor:
        before = {need.with_counsellor}
    return tuple(_shown(desk, one, known[one.counsellors[0]], before) for one in times)


def no_time_counted(desk: BookingDesk, need: MeetingNeed) -> None:
    """Count that somebody found no time."""
    day = day_of(desk.now).isoformat()
    desk.decided.count_no_time(home_of(need), need.kind, day, desk.now + COUNTED_AGAIN)


def fallbacks(routed: Routed) -> tuple[str, ...]:
    """Return where else to turn, each as "place/institution"."""
    return tuple(f"{one.place}/{one.institution}" for one in routed.offices)


def name_of(desk: BookingDesk, meeting: Meeting) -> str:
    """Return whom a meeting is with, as people may know them."""
    known = desk.counsellors.named
    profiles = [known[id_] for id_ in meeting.counsellors if id_ in known]
    return ", ".join(
        one.name for one in profiles if not (meeting.seats > 1 and one.hidden_in_groups)
    )


def _shown(
    desk: BookingDesk, time: OfferedTime, profile: CounsellorProfile, before: set[str]
) -> OfferedMeeting:
    terms = time.free[0].terms
    hidden = bool(time.meeting) and profile.hidden_in_groups
    return OfferedMeeting(
        start=time.start,
        end=time.end,
        modes=time.modes,
        with_whom="" if hidden else profile.name,
        office=desk.office.office_name(terms.office),
        room=terms.room,
        group=time.meeting,
        seats_left=terms.seats_left,
        same=profile.id in before,
        example=profile.example,
    )


def _gives_way(part: OwnPart, kind: str, now: datetime) -> bool:
    """Return whether the person only holds it, and lets it go for another time of the kind."""
    booking, meeting = part
    held = booking.state_at(now) == "held" and not booking.offered
    return held and booking.kind == kind and meeting.seats == 1


def _own(desk: BookingDesk, need: MeetingNeed, meeting: Meeting) -> Sequence[RoutedCounsellor]:
    """Return the counsellor of a meeting that is moved, where there is one, and still takes bookings."""
    profile = desk.counsellors.offered.get(meeting.counsellors[0])
    if profile is None or not profile.may_take_bookings or len(meeting.counsellors) > 1:
        return ()
    spoken = need.language if need.language in profile.languages else "lv"
    return (RoutedCounsellor(profile=profile, reason="same_counsellor", language=spoken),)
