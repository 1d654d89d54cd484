"""Who stands in for a counsellor who is away: chains that end, and never a circle."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from bot.core.booking.appointment import Appointment, FreeStart, StartWanted
from bot.core.booking.counsellor import Absence, CounsellorProfile
from bot.core.booking.daytime import riga_moment, wall_time
from bot.core.booking.order_forms import BookingRefused
from bot.core.booking.spans import Span

Absences = Mapping[str, Sequence[Absence]]  # by the counsellor's id


def time_away(absence: Absence) -> Span:
    """Return when somebody is away, by the clock in Riga; an absence that ends before it begins is none."""
    start = riga_moment(absence.since, wall_time(absence.since_time or "00:00"))
    if absence.until_time is None or absence.until_time == "24:00":
        end = riga_moment(absence.until + timedelta(days=1), wall_time("00:00"))
    else:
        end = riga_moment(absence.until, wall_time(absence.until_time))
    return Span(start=start, end=max(start, end))


def is_away(absences: Iterable[Absence], during: Span) -> bool:
    """Return whether somebody is away at any moment of a time."""
    return any(_covers(one, during) for one in absences)


def substitute_for(counsellor: str, during: Span, absences: Absences) -> str:
    """Return who is there for a counsellor at a time, themselves or the last of a chain; "" where nobody is."""
    passed: set[str] = set()
    while (away := _absence(counsellor, during, absences)) is not None:
        passed.add(counsellor)
        counsellor = away.substitute
        if not counsellor or counsellor in passed:
            return ""
    return counsellor


def check_substitute(counsellor: str, absence: Absence, absences: Absences) -> None:
    """Check that an absence that is entered leads back to nobody who is away at the same time.

    counsellor: who will be away; absences: of all, without this one. Errors: BookingRefused with "circle".
    """
    if absence.substitute and _leads_to(
        counsellor, absence.substitute, time_away(absence), absences
    ):
        raise BookingRefused("circle")


class StandIn(NamedTuple):
    """Whether somebody can stand in. profiles: of counsellors, by id; absences: of all; is_free: see `Circumstances`."""

    profiles: Mapping[str, CounsellorProfile]
    absences: Absences
    is_free: FreeStart

    def can_take(self, id_: str, away: str, appointment: Appointment) -> bool:
        """Return whether a counsellor can hold a meeting in place of another one: who is there, able, and may see the file.

        id_: who would; away: who cannot; appointment: with the bookings that stand.
        """
        profile = self.profiles.get(id_)
        meeting, bookings = appointment
        if profile is None or not profile.may_take_bookings or id_ in meeting.counsellors:
            return False
        languages = {one.language for one in bookings}
        # what was agreed to be handed to one institution is not seen by another
        has_file = any(one.handed for one in bookings)
        is_theirs = meeting.institution in {profile.institution, *profile.serves}
        return (
            languages <= set(profile.languages)
            and meeting.mode in profile.modes
            and meeting.kind in profile.kinds
            and (is_theirs or not has_file)
            and not is_away(self.absences.get(id_, ()), meeting.during)
            and self.is_free(self._wanted(id_, away, appointment))
        )

    def named(self, away: str, appointment: Appointment) -> str:
        """Return whom a counsellor's absences name for a meeting, if they can take it; "" otherwise."""
        named = substitute_for(away, appointment.meeting.during, self.absences)
        return named if named and self.can_take(named, away, appointment) else ""

    def _wanted(self, id_: str, away: str, appointment: Appointment) -> StartWanted:
        meeting = appointment.meeting
        return StartWanted(
            kind=meeting.kind,
            mode=meeting.mode,
            counsellors=in_place_of(away, id_, meeting.counsellors),
            institution=meeting.institution,
            during=meeting.during,
            blocked=meeting.blocked,
            bounds="hours",
            besides=(meeting.id,),
        )


def in_place_of(away: str, id_: str, counsellors: Sequence[str]) -> tuple[str, ...]:
    """Return the counsellors of a meeting with one in place of another. away: who cannot; id_: who can."""
    return tuple(id_ if one == away else one for one in counsellors)


def _absence(counsellor: str, during: Span, absences: Absences) -> Absence | None:
    return next((one for one in absences.get(counsellor, ()) if _covers(one, during)), None)


def _covers(absence: Absence, during: Span) -> bool:
    away = time_away(absence)
    return away.start < away.end and away.overlaps(during)


def _leads_to(target: str, counsellor: str, during: Span, absences: Absences) -> bool:
    """Return whether a chain of substitutes comes to somebody at some moment of a time."""
    open_: list[tuple[str, Span, frozenset[str]]] = [(counsellor, during, frozenset())]
    while open_:
        current, span, passed = open_.pop()
        if current == target:
            return True
        if current in passed:
            continue
        for one in absences.get(current, ()):
            away = time_away(one)
            if one.substitute and _covers(one, span):
                common = Span(start=max(away.start, span.start), end=min(away.end, span.end))
                open_.append((one.substitute, common, passed | {current}))
    return False
