"""What every act of staff has in common: whose it is to do, how things stand, who is told and who has to be called."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final, Literal, NamedTuple

from bot.core.booking.absences import (
    AbsenceDecision,
    CounsellorAway,
    MeetingUnder,
    OfferNewTimes,
    meetings_under,
)
from bot.core.booking.appointment import Appointment, OwnPart
from bot.core.booking.counsellor import Absence
from bot.core.booking.handoff_orders import HandoffRefused
from bot.core.booking.order_forms import BookingRefused, Circumstances
from bot.core.booking.substitutes import StandIn, check_substitute
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.dialogue.inputs import MeetingChanged
from bot.ports.protocols import millis
from bot.service.booking.committing import BookingCommits, StillChanging
from bot.service.booking.desk import BookingDesk
from bot.service.booking.mailing import BookingMails
from bot.service.device_links import PULLED_CHANNEL

FURTHEST: Final = timedelta(days=730)  # that meetings under an absence are looked for


class By(NamedTuple):
    """Who acts. counsellor: their id. role: a coordinator acts for every counsellor of the house."""

    counsellor: str
    role: Literal["counsellor", "coordinator"] = "counsellor"


class ActResult(NamedTuple):
    """What came of an act.

    state: "done", the core's word for why it was refused, or "try_again" where others changed it all the while.
    about: the id of what it was about. told, unreached: ids of the bookings whose people are told, and whom somebody has
    to call, as they can be written to nowhere.
    """

    state: str
    about: str = ""
    told: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()

    def with_others(self, other: "ActResult") -> "ActResult":
        """Return this result with those who hear of another one."""
        told, unreached = self.told + other.told, self.unreached + other.unreached
        return self._replace(told=told, unreached=unreached)


class Acting:
    """One look at how things stand, by which one act is decided."""

    def __init__(self, commits: BookingCommits, desk: BookingDesk, mails: BookingMails) -> None:
        self.commits = commits
        self.desk = desk
        self.mails = mails

    def meeting(self, id_: str, by: By) -> Appointment:
        """Return a meeting to act upon. Errors: BookingRefused where there is none, or it is another's."""
        found = self.desk.appointment(id_)
        if found is None:
            raise BookingRefused("gone")
        if by.role == "counsellor" and by.counsellor not in found.meeting.counsellors:
            raise BookingRefused("not_yours")
        return found

    def check_all(self, counsellors: Sequence[str], by: By) -> None:
        """Check that somebody may decide about counsellors' time. Errors: BookingRefused."""
        if any(id_ not in self.desk.counsellors.named for id_ in counsellors):
            raise BookingRefused("gone")
        if by.role == "counsellor" and by.counsellor not in counsellors:
            raise BookingRefused("not_yours")

    def of_kind(self, kind: str, by: By) -> Circumstances:
        """Return how things stand for a new meeting. Errors: BookingRefused for a kind that is none."""
        if kind not in self.desk.rules.kinds:
            raise BookingRefused("kind")
        return self.desk.circumstances(kind, by.role)

    def circumstances(self, about: Appointment, by: By) -> Circumstances:
        """Return how things stand for an order about a meeting."""
        c = self.desk.circumstances(about.meeting.kind, by.role, about)
        return c._replace(entries=self._entries([about]))

    def of_meetings(self, about: Sequence[Appointment], by: By) -> Circumstances:
        """Return how things stand for orders about several meetings, one after the other."""
        kind = about[0].meeting.kind if about else next(iter(self.desk.rules.kinds))
        c = self.desk.circumstances(kind, by.role)
        return c._replace(entries=self._entries(about))

    def guard(self, before: Appointment) -> None:
        """Let an act fail where somebody comes into a meeting meanwhile: they would not hear of it."""
        meeting = before.meeting.id
        now = self.desk.now
        taking = (one.id for one in before.bookings if one.takes_place_at(now))
        excused = (one.id for one in before.bookings if one.state == "excused")
        undone = (
            one.id
            for one in before.bookings
            if (until := before.undo_until(one, self.desk.bounds)) is not None and now < until
        )
        self.desk.decided.takers[meeting] = (*taking, *excused, *undone)

    def tell_moved(self, before: Appointment, by: By, reason: str = "") -> ActResult:
        """Let everybody hear who is still in a meeting that is otherwise now."""
        act = ActResult("done", about=before.meeting.id)
        for part in self._now(before, "confirmed"):
            told = MeetingChanged(what="moved", booking=part.booking.id, text=reason)
            act = act.with_others(self._tell(part, told))
            was, whose = before.meeting.during, self.desk.decided.whose[part.booking.id]
            self.mails.moved(part, was, whose, by.role, reason)
        return act

    def tell_ended(
        self,
        before: Appointment,
        by: By,
        what: Literal["called_off", "declined"],
        reason: str,
        handoff: str = "",
    ) -> ActResult:
        """Let everybody hear whose part was ended."""
        act = ActResult("done", about=before.meeting.id)
        for part in self._now(before, "cancelled", "declined"):
            id_ = part.booking.id
            was = before.find(id_)
            if was is None or was.state_at(self.desk.now) not in {"confirmed", "arrived"}:
                continue
            told = MeetingChanged(what=what, booking=id_, handoff=handoff, text=reason)
            act = act.with_others(self._tell(part, told))
            self.mails.ended(part, self.desk.decided.whose[id_], by.role, reason)
        return act

    def tell_absence(
        self, one: MeetingUnder, decisions: Mapping[str, AbsenceDecision], by: By
    ) -> ActResult:
        """Let those hear whose meeting lay under an absence."""
        decision = decisions.get(one.appointment.meeting.id)
        if isinstance(decision, OfferNewTimes):
            return self.tell_ended(one.appointment, by, "called_off", decision.reason)
        return self.tell_moved(one.appointment, by)

    def under(self, counsellor: str, absence: Absence) -> tuple[MeetingUnder, ...]:
        """Return the meetings that lie under an absence, the most urgent first. Errors: BookingRefused."""
        desk, known = self.desk, self.desk.counsellors.named
        if counsellor not in known:
            raise BookingRefused("gone")
        absences = {id_: one.schedule.absences for id_, one in known.items()}
        check_substitute(counsellor, absence, absences)
        first, last = desk.now, desk.now + FURTHEST
        booked = self.commits.store.bookings.meetings_with(
            [counsellor], millis(first), millis(last)
        )
        found = [self.desk.appointment(one.meeting.id) for one in booked]
        appointments = [one for one in found if one is not None]
        own = {**absences, counsellor: (*absences[counsellor], absence)}
        stand_in = StandIn(desk.counsellors.offered, own, desk.is_free)
        away = CounsellorAway(counsellor, absence)
        c = desk.circumstances(next(iter(desk.rules.kinds)), "coordinator")
        return meetings_under(away, appointments, self._reached(appointments), c, stand_in)

    def enter(self, counsellor: str, absence: Absence) -> None:
        """Decide that a counsellor is away."""
        profile = self.desk.counsellors.named[counsellor]
        schedule = profile.schedule
        absences = (*(one for one in schedule.absences if one != absence), absence)
        away = schedule.model_copy(update={"absences": absences})
        self.desk.change_counsellor(profile.model_copy(update={"schedule": away}))

    def _tell(self, part: OwnPart, told: MeetingChanged) -> ActResult:
        id_ = part.booking.id
        whose = self.desk.decided.whose[id_]
        if whose:
            self.desk.decided.tell(whose, told)
        is_reached = bool(self._reached([Appointment(part.meeting, (part.booking,))]))
        return ActResult("", told=(id_,)) if is_reached else ActResult("", unreached=(id_,))

    def _now(self, before: Appointment, *states: str) -> list[OwnPart]:
        """Return the parts in a meeting as they are by what was decided; further places of a party hear nothing."""
        decided = self.desk.decided
        meeting = decided.meetings[before.meeting.id]
        now = (decided.changed_bookings.get(one.id, one) for one in before.bookings)
        return [OwnPart(one, meeting) for one in now if one.state in states and not one.party_of]

    def _entries(self, about: Sequence[Appointment]) -> tuple[WaitingEntry, ...]:
        whose = {
            self.desk.decided.whose[booking.id] for one in about for booking in one.bookings
        } - {""}
        return tuple(entry for who in sorted(whose) for entry in self.desk.entries(who))

    def _reached(self, appointments: Sequence[Appointment]) -> set[str]:
        """Return the ids of bookings whose people can be written to outside of a page that they may never open again."""
        found = set()
        for booking in (one for appointment in appointments for one in appointment.bookings):
            whose = self.desk.decided.whose[booking.id]
            doors = self.commits.store.addresses.accounts_of(whose) if whose else []
            if booking.email_confirmed or any(door != PULLED_CHANNEL for door, _ in doors):
                found.add(booking.id)
        return found


class ActsOfStaff:
    """Does acts, each decided on one look and committed at once."""

    def __init__(self, commits: BookingCommits) -> None:
        self._commits = commits

    def _act(self, work: Callable[[Acting], ActResult]) -> ActResult:
        """Return what came of an act; what was refused has changed nothing."""
        try:
            return self._commits.decide(
                lambda desk, mails: work(Acting(self._commits, desk, mails))
            )
        except (BookingRefused, HandoffRefused) as refused:
            return ActResult(str(refused.reason))
        except StillChanging:
            return ActResult("try_again")
