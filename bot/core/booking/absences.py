"""An absence entered over meetings: which they are, whom it concerns, and what is done about each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal, NamedTuple, assert_never

from pydantic import Field

from bot.core.base.tagged import Tagged
from bot.core.booking.appointment import AGREED, Appointment, BookingChanges
from bot.core.booking.counsellor import Absence
from bot.core.booking.daytime import day_of
from bot.core.booking.ending import call_off, holds_ended
from bot.core.booking.meeting import Booking, Companion, Short
from bot.core.booking.moving import move_meeting
from bot.core.booking.order_forms import BookingRefused, CallOff, Circumstances, MoveMeeting
from bot.core.booking.substitutes import StandIn, in_place_of, is_away


class SendSubstitute(Tagged):
    """Let another counsellor hold the meeting at its time. counsellor: their id."""

    kind: Literal["substitute"] = "substitute"
    counsellor: str


class OfferNewTimes(Tagged):
    """Cancel the meeting, and let those in it choose another time before others. reason: as they are told."""

    kind: Literal["new_times"] = "new_times"
    reason: Short


class CallThem(Tagged):
    """Leave the meeting as it is until those in it were called."""

    kind: Literal["call"] = "call"


AbsenceDecision = Annotated[SendSubstitute | OfferNewTimes | CallThem, Field(discriminator="kind")]


class CounsellorAway(NamedTuple):
    """Who will be away, and when. counsellor: their id."""

    counsellor: str
    absence: Absence


class MeetingUnder(NamedTuple):
    """A meeting that lies under an absence. away: the counsellor's id.

    appointment: with the bookings that stand; reached, unreached: ids of those whose people can be written to, and not.
    stand_ins: counsellors who can take it, whom the absences name first.
    """

    away: str
    appointment: Appointment
    reached: tuple[str, ...]
    unreached: tuple[str, ...]
    stand_ins: tuple[str, ...]

    @property
    def is_only_held(self) -> bool:
        """Return whether nobody has agreed to it yet: it is let go, and nothing need be decided."""
        appointment = self.appointment
        return not appointment.is_group and all(one.state == "held" for one in appointment.bookings)

    @property
    def has_parent(self) -> bool:
        """Return whether a parent comes along with anybody."""
        bookings = self.appointment.bookings
        return any(one.along is not None and one.along.role == "parent" for one in bookings)


class PhoneLine(NamedTuple):
    """Somebody to be called. booking: its id; whom: see `Booking`; reached: whether they can be written to as well."""

    booking: str
    whom: str
    along: Companion | None
    start: datetime
    reached: bool


class AbsenceSettled(NamedTuple):
    """What comes of an absence. phone: whom to call, the most urgent first; undecided: ids of meetings left as they are."""

    changes: BookingChanges
    phone: tuple[PhoneLine, ...]
    undecided: tuple[str, ...]


def meetings_under(
    away: CounsellorAway,
    appointments: Sequence[Appointment],
    reached: Collection[str],
    c: Circumstances,
    stand_in: StandIn,
) -> tuple[MeetingUnder, ...]:
    """Return the meetings that lie under an absence, the most urgent first: by day, who cannot be written to, by hour.

    away: who will be, and when; appointments: all of theirs; reached: ids of bookings whose people can be written to;
    c: how things stand; stand_in: who can stand in.
    """
    found = []
    for appointment in appointments:
        meeting = appointment.meeting
        standing = Appointment(meeting, _standing(appointment, c.now))
        is_on = meeting.state == "open" and meeting.during.end > c.now
        if not is_on or away.counsellor not in meeting.counsellors:
            continue
        is_under = is_away([away.absence], meeting.during)
        if is_under and (standing.bookings or appointment.is_group):
            found.append(_under(away.counsellor, standing, reached, stand_in))
    return tuple(sorted(found, key=_urgency))


def for_all(
    meetings: Sequence[MeetingUnder], decision: AbsenceDecision
) -> dict[str, AbsenceDecision]:
    """Return one decision for every meeting under an absence."""
    return {one.appointment.meeting.id: decision for one in meetings}


def settle_absence(
    under: Sequence[MeetingUnder],
    decisions: Mapping[str, AbsenceDecision],
    c: Circumstances,
    *,
    knowingly: bool = False,
) -> AbsenceSettled:
    """Return what comes of an absence, by what was decided about each meeting.

    under: the meetings; decisions: by the meeting's id; c: how things stand; knowingly: whether meetings may be left
    undecided. Errors: BookingRefused, "undecided" among them.
    """
    ids = {one.appointment.meeting.id: one for one in under}
    if any(id_ not in ids for id_ in decisions):
        raise BookingRefused("gone")
    undecided = tuple(
        id_ for id_, one in ids.items() if id_ not in decisions and not one.is_only_held
    )
    if undecided and not knowingly:
        raise BookingRefused("undecided")
    changes, phone = BookingChanges(), []
    for id_, one in ids.items():
        appointment = one.appointment
        here = c._replace(appointment=appointment)
        if one.is_only_held:
            changes = changes.then(holds_ended(here))
            continue
        if id_ not in decisions:
            continue
        decision = decisions[id_]
        match decision:
            case SendSubstitute():
                if decision.counsellor not in one.stand_ins:
                    raise BookingRefused("taken")
                before = appointment.meeting.counsellors
                there = in_place_of(one.away, decision.counsellor, before)
                changes = changes.then(move_meeting(MoveMeeting(counsellors=there), here))
            case OfferNewTimes():
                changes = changes.then(call_off(CallOff(reason=decision.reason), here))
            case CallThem():
                phone += _phone_lines(one)
            case _:
                assert_never(decision)
    return AbsenceSettled(changes, tuple(phone), undecided)


def _standing(appointment: Appointment, now: datetime) -> tuple[Booking, ...]:
    return tuple(one for one in appointment.bookings if one.state_at(now) in AGREED | {"held"})


def _under(
    counsellor: str, standing: Appointment, reached: Collection[str], stand_in: StandIn
) -> MeetingUnder:
    ids = [one.id for one in standing.bookings]
    named = stand_in.named(counsellor, standing)
    others = sorted(
        id_
        for id_ in stand_in.profiles
        if id_ != named and stand_in.can_take(id_, counsellor, standing)
    )
    return MeetingUnder(
        away=counsellor,
        appointment=standing,
        reached=tuple(id_ for id_ in ids if id_ in reached),
        unreached=tuple(id_ for id_ in ids if id_ not in reached),
        stand_ins=(named, *others) if named else tuple(others),
    )


def _urgency(one: MeetingUnder) -> tuple[object, ...]:
    start = one.appointment.meeting.during.start
    return (day_of(start), not one.unreached, start, one.appointment.meeting.id)


def _phone_lines(one: MeetingUnder) -> list[PhoneLine]:
    start = one.appointment.meeting.during.start
    return [
        PhoneLine(booking.id, booking.whom, booking.along, start, booking.id in one.reached)
        for booking in one.appointment.bookings
        if not booking.party_of
    ]
