"""One look at what is kept, by which one turn, one act or one job decides."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.core.booking.appointment import (
    Appointment,
    BookingChanges,
    FreedTime,
    OwnPart,
    StartWanted,
)
from bot.core.booking.bookable import BookableTimes
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.handoff import Handoff
from bot.core.booking.meeting import EndedBy, Meeting
from bot.core.booking.offers import offer_freed
from bot.core.booking.order_forms import Circumstances
from bot.core.booking.spans import Span
from bot.core.booking.standing import StandingMeeting, standing_at
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.booking.waitlist import Fitting, WaitingPerson
from bot.core.dialogue.inputs import MeetingChanged
from bot.ports.bookings import BusyTime
from bot.ports.effects import KeepProfile
from bot.ports.protocols import millis, moment_of
from bot.service.booking.decided import DecidedBookings
from bot.service.booking.office import BookingOffice, KnownCounsellors, OfficeReads
from bot.service.booking.rows import (
    profile_row,
    read_appointment,
    read_handoff,
    read_part,
    read_waiting,
)

WEEK: Final = timedelta(weeks=1)
FAIR_WEEKS: Final = timedelta(weeks=4)  # whose turn it is is seen from so far back
MOST_WAITING: Final = 200  # that one freed time is looked through for


class BookingDesk:
    """Reads what is kept as it stands, remembers whose it is, and gathers what is decided.

    conversation: of the turn; "" outside of one.
    """

    def __init__(
        self, office: BookingOffice, reads: OfficeReads, now: datetime, conversation: str = ""
    ) -> None:
        self.office = office
        self.reads = reads
        self.now = now
        self.rules = office.library.meetings
        self.decided = DecidedBookings(now, self.bounds, conversation)
        self.conversation = conversation
        self._changed: CounsellorProfile | None = None

    @property
    def bounds(self) -> BookingBounds:
        """How far one may go."""
        return self.office.library.meetings.bounds

    @property
    def counsellors(self) -> KnownCounsellors:
        """The counsellors, with the one that is changed here."""
        known, changed = self.office.counsellors(self.reads.profiles), self._changed
        if changed is None:
            return known
        offered = known.offered
        if changed.id in offered:
            offered = {**offered, changed.id: changed}
        return KnownCounsellors(offered, {**known.named, changed.id: changed}, known.kept)

    def change_counsellor(self, profile: CounsellorProfile) -> None:
        """Decide that a counsellor is met otherwise from now on."""
        version = self.counsellors.kept.get(profile.id, 0)
        row = profile_row(profile, version, millis(self.now))
        self.decided.profiles.append(KeepProfile(row, version))
        self._changed = profile

    def parts(self, conversation: str = "") -> tuple[OwnPart, ...]:
        """Return all that somebody ever booked, by the time. conversation: None named: the turn's."""
        whose = conversation or self.conversation
        if not whose:
            return ()
        found = (read_part(row) for row in self.reads.bookings.bookings_of(whose))
        parts = tuple(part for part in found if part is not None)
        for part in parts:
            self.decided.whose[part.booking.id] = whose
            self.decided.meetings.setdefault(part.meeting.id, part.meeting)
        return parts

    def entries(self, conversation: str = "") -> tuple[WaitingEntry, ...]:
        """Return somebody's places in the waiting list. conversation: as of `parts`."""
        whose = conversation or self.conversation
        if not whose:
            return ()
        entries = tuple(map(read_waiting, self.reads.waiting.waiting_of(whose)))
        self.decided.whose |= {entry.id: whose for entry in entries}
        return entries

    def handoffs(self, conversation: str = "") -> tuple[Handoff, ...]:
        """Return what somebody has handed to counsellors, the first first. conversation: as of `parts`."""
        whose = conversation or self.conversation
        found = (read_handoff(row) for row in self.reads.handoffs.handoffs_of(whose))
        handoffs = tuple(one for one in found if one is not None)
        self.decided.whose |= {one.id: whose for one in handoffs}
        return handoffs

    def appointment(self, meeting: str) -> Appointment | None:
        """Return a meeting with all its bookings, and note whose they are."""
        booked = self.reads.bookings.meeting(meeting)
        if booked is None:
            return None
        self.decided.whose |= {row.id: row.conversation or "" for row in booked.bookings}
        appointment = read_appointment(booked)
        self.decided.meetings.setdefault(meeting, appointment.meeting)
        return appointment

    def circumstances(
        self, kind: str, role: EndedBy, appointment: Appointment | None = None
    ) -> Circumstances:
        """Return how things stand for an order. kind: of the meeting; role, appointment: as of `Circumstances`."""
        return Circumstances(
            now=self.now,
            role=role,
            kind=self.rules.kinds[kind],
            is_free=self.is_free,
            appointment=appointment,
            bounds=self.bounds,
        )

    def is_free(self, wanted: StartWanted) -> bool:
        """Return whether a time can be taken, with all that was decided so far."""
        window = Span(start=wanted.during.start - WEEK, end=wanted.during.end + WEEK)
        times = BookableTimes(
            profiles=self.counsellors.named,
            meetings=self.standing(wanted.counsellors, window),
            rules=self.rules,
            closures=self.office.library.closures,
            now=self.now,
        )
        return times.is_free(wanted)

    def standing(
        self, counsellors: Sequence[str], window: Span, group_kind: str = ""
    ) -> list[StandingMeeting]:
        """Return the meetings of counsellors within a window, as they stand by the clock and by what was decided.

        group_kind: a kind whose meetings are looked for with the places they have left.
        """
        since, until, now = millis(window.start), millis(window.end), millis(self.now)
        found: dict[str, StandingMeeting] = {}
        for meeting in _merged(self.reads.bookings.busy(counsellors, since, until, now)):
            found[meeting.id] = StandingMeeting(meeting)
        if group_kind:
            for booked in self.reads.bookings.group_meetings(group_kind, since, until):
                (standing,) = standing_at([read_appointment(booked)], self.now, self.bounds)
                if not set(counsellors).isdisjoint(standing.meeting.counsellors):
                    found[booked.meeting.id] = standing
        for id_, meeting in self.decided.changed_meetings.items():
            found.pop(id_, None)
            if meeting.state == "open":
                found[id_] = StandingMeeting(meeting)
        return list(found.values())

    def add(self, changes: BookingChanges) -> None:
        """Decide something, and offer the time that it frees to who waits for it."""
        self._employ(changes.meetings)
        self.decided.add(changes)
        for freed in changes.freed:
            self.offer(freed)

    def offer(self, freed: FreedTime) -> None:
        """Offer freed time to who waits, in their order."""
        kind = self.rules.kinds.get(freed.kind)
        if kind is None:
            return
        group = self._present(freed.meeting) if freed.meeting else None
        c = self.circumstances(freed.kind, "program", group)
        known = self.counsellors
        fitting = Fitting(c, known.offered, self.office.reaches(known, self.now))
        people = list(self._who_may_wait(freed, fitting))
        if not people:
            return
        made = offer_freed(freed, people, new_ids(), fitting)
        for meeting in made.changes.meetings:
            self.decided.meetings[meeting.id] = meeting
        entries = {person.entry.id: person.entry for person in people}
        for offer in made.offers:
            self.decided.whose[offer.booking] = self.decided.whose[offer.entry]
        for (
            booking
        ) in made.changes.bookings:  # the further places of a party are whose the first one is
            if booking.party_of:
                self.decided.whose[booking.id] = self.decided.whose[booking.party_of]
        self._employ(made.changes.meetings)
        self.decided.add(made.changes)
        for offer in made.offers:
            told = MeetingChanged(what="offer", booking=offer.booking, entry=offer.entry)
            self.decided.tell(self.decided.whose[offer.entry], told, offer.tell_at)
        for entry in made.told:
            start = freed.during.start.isoformat()
            told = MeetingChanged(what="offer", entry=entries[entry].id, text=start)
            self.decided.tell(self.decided.whose[entry], told, made.tell_at)

    def _present(self, meeting: str) -> Appointment | None:
        """Return a group as it stands with what was decided."""
        appointment = self.appointment(meeting)
        changed = self.decided.changed_bookings
        if appointment is None:
            made = self.decided.changed_meetings.get(meeting)
            return None if made is None else Appointment(made)
        here = self.decided.changed_meetings.get(meeting, appointment.meeting)
        old = [changed.get(one.id, one) for one in appointment.bookings]
        known = {one.id for one in old}
        new = [one for id_, one in changed.items() if id_ not in known]
        return Appointment(here, tuple(one for one in (*old, *new) if one.meeting == meeting))

    def _who_may_wait(self, freed: FreedTime, fitting: Fitting) -> Iterator[WaitingPerson]:
        """Return those who wait for a time like this, with what they have."""
        library = self.office.library
        places = ["", *library.places, *library.known_places.names]
        changed = self.decided.changed_entries
        for row in self.reads.waiting.waiting_for(freed.kind, places, MOST_WAITING):
            entry = changed.get(row.id, read_waiting(row))
            if not entry.sooner and not fitting.suits(WaitingPerson(entry), freed):
                continue
            self.decided.whose[entry.id] = row.conversation
            now_theirs = self.decided.changed_bookings
            parts = tuple(
                part._replace(booking=now_theirs.get(part.booking.id, part.booking))
                for part in self.parts(row.conversation)
            )
            yield WaitingPerson(entry, parts)

    def _employ(self, meetings: Iterable[Meeting]) -> None:
        """Keep the made-up counsellors whose time is taken for the first time: the store knows time of its own only."""
        known = self.counsellors
        ids = dict.fromkeys(id_ for one in meetings for id_ in one.counsellors)
        for id_ in ids:
            profile: CounsellorProfile | None = known.named.get(id_)
            if profile is None or known.kept.get(id_):
                continue
            if all(one.row.id != id_ for one in self.decided.profiles):
                row = profile_row(profile, 0, millis(self.now))
                self.decided.profiles.append(KeepProfile(row, 0))


def new_id() -> str:
    """Return an id that nobody can guess."""
    return secrets.token_hex(16)


def new_ids() -> Iterator[str]:
    """Return as many such ids as are wanted."""
    while True:
        yield new_id()


def _merged(busy: Sequence[BusyTime]) -> Iterator[Meeting]:
    """Return the meetings that time is taken by, each once, with as many of its counsellors as were asked for."""
    found: dict[str, list[BusyTime]] = {}
    for one in busy:
        found.setdefault(one.meeting, []).append(one)
    for id_, times in found.items():
        first = times[0]
        yield Meeting(
            id=id_,
            kind=first.kind,
            mode="in_person",
            counsellors=tuple(one.counsellor for one in times),
            institution=first.institution,
            during=Span(start=moment_of(first.start), end=moment_of(first.end)),
            blocked=Span(start=moment_of(first.blocked_from), end=moment_of(first.blocked_to)),
        )
