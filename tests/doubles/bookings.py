"""A desk in memory: what a store would keep of bookings, with its constraints, and a simple opening of hours."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from bot.core.booking.appointment import Appointment, BookingChanges, OwnPart, StartWanted
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.daytime import RIGA, day_of, riga_moment
from bot.core.booking.kinds import MeetingKind
from bot.core.booking.meeting import Booking, Meeting
from bot.core.booking.need import MeetingNeed
from bot.core.booking.offers import OfferRound, offer_freed
from bot.core.booking.order_forms import (
    BookingRefused,
    Circumstances,
    ConfirmBooking,
    HoldSeat,
    HoldTime,
    LetGo,
    OpenGroup,
)
from bot.core.booking.orders import obey_booking
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.booking.waiting_orders import JoinList, obey_waiting
from bot.core.booking.waitlist import Fitting, WaitingPerson

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)  # noon in Riga
SCHOOL = "paraugpils/vidusskola"


def a_kind(**other):
    fields = {
        "title": "Saruna", "outside": "Tikšanās", "minutes": 45, "every": 15, "after": 15, "notice": 24, "horizon": 60,
        "cancel_notice": 24, "move_notice": 12, "moves": 2, "modes": ("in_person", "video"),
    }  # fmt: skip
    return MeetingKind.model_validate({**fields, **other})


KINDS = {"talk": a_kind(), "group": a_kind(minutes=90, seats=12, after=0), "call": a_kind()}


def a_counsellor(id_, **other):
    fields = {
        "id": id_, "name": id_.title(), "provider": "school", "place": "paraugpils", "institution": SCHOOL,
        "whole_place": True, "languages": ("lv", "ru"), "modes": ("in_person", "video"), "kinds": ("talk", "group", "call"),
        "audience": ("pupil_10_12", "adult"), "qualification": "programme",
    }  # fmt: skip
    return CounsellorProfile.model_validate({**fields, **other})


def at(day, clock="10:00"):
    """Return a moment by the clock in Riga. day: "2026-11-27", or how many days after TUESDAY."""
    if isinstance(day, int):
        day = day_of(TUESDAY) + timedelta(days=day)
    return riga_moment(date.fromisoformat(str(day)), time.fromisoformat(clock))


def a_need(**other):
    fields = {"audience": "pupil_10_12", "kind": "talk", "place": "paraugpils"}
    return MeetingNeed.model_validate({**fields, **other})


class Desk:
    """All bookings of a small office. Whatever an order leaves is kept as a database would, which refuses what cannot be.

    told: what would be said to people, as (moment, id of the entry or booking, what).
    """

    def __init__(self, kinds=None, counsellors=("ilze", "peteris"), now=TUESDAY):
        self.kinds = kinds or KINDS
        self.profiles = {id_: a_counsellor(id_) for id_ in counsellors}
        self.now = now
        self.bounds = BookingBounds()
        self.opens, self.closes = time(8), time(17)
        self.closed: set[date] = set()
        self.away: dict[str, set[date]] = {}
        self.meetings: dict[str, Meeting] = {}
        self.bookings: dict[str, Booking] = {}
        self.entries: dict[str, WaitingEntry] = {}
        self.whose: dict[str, str] = {}
        self.in_meeting: dict[str, list[str]] = defaultdict(list)  # ids of bookings, once written
        self.of_person: dict[str, list[str]] = defaultdict(list)
        self.on_day: dict[tuple[str, date], set[str]] = defaultdict(
            set
        )  # meetings that were ever then
        self.ahead: set[str] = set()  # meetings that are open and not over
        self.told: list[tuple[datetime, str, str]] = []
        self.on_change: Callable[[BookingChanges], None] = lambda _: None
        self._numbers = count(1)

    def new_id(self):
        return f"{next(self._numbers):032x}"

    def ids(self):
        return iter(self.new_id, None)

    # -- what stands

    def appointment(self, meeting):
        own = (self.bookings[id_] for id_ in self.in_meeting[meeting])
        return Appointment(
            self.meetings[meeting], tuple(one for one in own if one.meeting == meeting)
        )

    def about(self, booking):
        return self.appointment(self.bookings[booking].meeting)

    def parts(self, person):
        own = (self.bookings[id_] for id_ in self.of_person[person])
        return tuple(OwnPart(one, self.meetings[one.meeting]) for one in own)

    @property
    def standing(self):
        """The entries that are waiting or have an offer."""
        return tuple(one for one in self.entries.values() if one.state in {"waiting", "offered"})

    def own_entries(self, person):
        return tuple(one for one in self.entries.values() if self.whose[one.id] == person)

    def is_free(self, wanted: StartWanted) -> bool:
        """The opening of hours: weekdays, from eight to five."""
        if not self.is_unblocked(wanted):
            return False
        if wanted.bounds == "nothing_else":
            return True
        start, end = wanted.during.start.astimezone(RIGA), wanted.during.end.astimezone(RIGA)
        day = start.date()
        is_there = not any(day in self.away.get(id_, ()) for id_ in wanted.counsellors)
        is_open = start.isoweekday() < 6 and day not in self.closed
        if not (is_there and is_open and self.opens <= start.time() and end.time() <= self.closes):
            return False
        kind = self.kinds[wanted.kind]
        ahead = wanted.during.start - self.now
        in_bounds = timedelta(hours=kind.notice) <= ahead <= timedelta(days=kind.horizon)
        return wanted.bounds == "hours" or in_bounds

    def is_unblocked(self, wanted):
        return not any(
            self.meetings[id_].blocked.overlaps(wanted.blocked)
            and set(self.meetings[id_].counsellors) & set(wanted.counsellors)
            and id_ not in wanted.besides
            and self.appointment(id_).blocks_at(self.now, self.bounds)
            for id_ in self._near(wanted)
        )

    def _near(self, wanted):
        day = day_of(wanted.during.start)
        return set().union(*(self.on_day[id_, day] for id_ in wanted.counsellors))

    # -- orders

    def circumstances(self, role="person", *, kind="talk", person=None, meeting=None, target=None):
        return Circumstances(
            now=self.now,
            role=role,
            kind=self.kinds[kind],
            is_free=self.is_free,
            appointment=self.appointment(meeting) if meeting else None,
            parts=self.parts(person) if person else (),
            entries=self.own_entries(person) if person else self.standing,
            target=self.appointment(target) if target else None,
            bounds=self.bounds,
        )

    def do(self, order, *, person=None, role="person", meeting=None, target=None):
        """Obey an order about a booking or a meeting, keep what it leaves, and offer on what it frees."""
        booking = getattr(order, "booking", "")
        if meeting is None and not isinstance(order, HoldTime) and booking in self.bookings:
            meeting = self.bookings[booking].meeting
        if person is None and booking in self.whose:
            person = self.whose[booking]
        is_new = isinstance(order, HoldTime | OpenGroup)
        kind = order.meeting_kind if is_new else self.meetings[meeting].kind
        if role != "person":
            person = person if isinstance(order, HoldTime | HoldSeat | ConfirmBooking) else None
        c = self.circumstances(role, kind=kind, person=person, meeting=meeting, target=target)
        return self.keep(obey_booking(order, c), person)

    def wait(self, order, *, person=None, role="person"):
        """Obey an order about a place in the waiting list."""
        id_ = order.entry.id if isinstance(order, JoinList) else order.entry
        entry = self.entries.get(id_)
        person = person or self.whose[id_]
        offered = self.bookings[entry.booking] if entry and entry.booking else None
        kind = offered.kind if offered else "talk"
        meeting = offered.meeting if offered else None
        c = self.circumstances(role, kind=kind, person=person, meeting=meeting)
        return self.keep(obey_waiting(order, c), person)

    def keep(self, changes, person=None):
        """Keep what was left, and offer on what was freed, as within one transaction."""
        self._write(changes, person)
        self.on_change(changes)
        for freed in changes.freed:
            self.offer(freed)
        return changes

    def offer(self, freed) -> OfferRound:
        c = self.circumstances("program", kind=freed.kind, meeting=freed.meeting or None)
        people = [WaitingPerson(one, self.parts(self.whose[one.id])) for one in self.standing]
        made = offer_freed(freed, people, self.ids(), Fitting(c, self.profiles))
        owners = {one.booking: self.whose[one.id] for one in made.changes.entries}
        for one in made.changes.bookings:
            self.whose[one.id] = owners.get(one.id) or owners[one.party_of]
        self._write(made.changes, None)
        self.on_change(made.changes)
        self.told += [(one.tell_at, one.entry, "offer") for one in made.offers]
        self.told += [(made.tell_at, id_, "first_come") for id_ in made.told]
        return made

    def tidy(self):
        """Let go of what the clock has ended, as a job does, when it runs."""
        for id_ in sorted(self.ahead):
            appointment = self.appointment(id_)
            released = appointment.released_at(self.bounds)
            if appointment.meeting.during.end <= self.now:
                self.ahead.discard(id_)
            elif appointment.is_group or (released is not None and released <= self.now):
                self.do(LetGo(), role="program", meeting=id_)

    def go_on(self, to, *, every=timedelta(minutes=30), tidying=True):
        """Let the clock go on, with the tidying job on its rounds."""
        while self.now < to:
            self.now = min(self.now + every, to)
            if tidying:
                self.tidy()

    # -- the constraints of a database

    def _write(self, changes, person):
        # a lapsed hold, and a cancelled time nobody had back, are flipped before anything is written
        near = set().union(*(self._near(one) for one in changes.meetings))
        passed = {id_ for id_ in near if not self.appointment(id_).blocks_at(self.now, self.bounds)}
        for one in changes.meetings:
            self._swap(self.meetings, one)
            passed.discard(one.id)
            self._check_overlap(one, passed)
            (self.ahead.add if one.state == "open" else self.ahead.discard)(one.id)
            for id_ in one.counsellors:
                self.on_day[id_, day_of(one.during.start)].add(one.id)
        for one in changes.bookings:
            self._swap(self.bookings, one)
            if person is not None:
                self.whose.setdefault(one.id, person)
            if one.id not in self.in_meeting[one.meeting]:
                self.in_meeting[one.meeting].append(one.id)
            if one.version == 1:
                self.of_person[self.whose[one.id]].append(one.id)
        for one in changes.entries:
            self._swap(self.entries, one)
            if person is not None:
                self.whose.setdefault(one.id, person)
        for one in changes.bookings:
            self._check_seat(one)
            self._check_one_of_a_kind(one)

    def _swap(self, table, row):
        expected = row.version - 1
        assert (table[row.id].version if row.id in table else 0) == expected, "another was quicker"
        table[row.id] = type(row).model_validate(row.model_dump())

    def _check_overlap(self, meeting, passed):
        if meeting.state == "cancelled":
            return
        for other in map(self.meetings.__getitem__, self._near(meeting)):
            if other.id == meeting.id or other.id in passed or other.state == "cancelled":
                continue
            if set(other.counsellors) & set(meeting.counsellors):
                assert not other.blocked.overlaps(meeting.blocked), "double booking"

    def _check_seat(self, booking):
        if not booking.takes_place_at(self.now):
            return
        assert booking.seat < self.meetings[booking.meeting].seats
        same = [
            one
            for one in self.appointment(booking.meeting).bookings
            if one.seat == booking.seat and one.takes_place_at(self.now)
        ]
        assert len(same) == 1, "one seat, two people"

    def _check_one_of_a_kind(self, booking):
        part = OwnPart(booking, self.meetings[booking.meeting])
        if booking.offered or not part.is_open_at(self.now):
            return
        open_ = [
            one
            for one in self.parts(self.whose[booking.id])
            if one.is_open_at(self.now)
            and not one.booking.offered
            and (one.booking.whom, one.booking.kind) == (booking.whom, booking.kind)
        ]
        assert len(open_) == 1, "two of a kind"

    # -- short ways

    def hold(self, person, start, counsellor="ilze", **other):
        """Hold a time for somebody, and return the id of the booking."""
        role = other.pop("role", "person")
        fields = {"meeting_kind": "talk", "mode": "in_person", "institution": SCHOOL, **other}
        order = HoldTime.model_validate(
            {"meeting": self.new_id(), "booking": self.new_id(), "counsellors": (counsellor,), "start": start, **fields}
        )  # fmt: skip
        self.do(order, person=person, role=role)
        return order.booking

    def seat(self, person, meeting, places=1, **other):
        """Hold places of a group, and return the id of the first booking."""
        role = other.pop("role", "person")
        order = HoldSeat(bookings=tuple(self.new_id() for _ in range(places)), **other)
        self.do(order, person=person, role=role, meeting=meeting)
        return order.bookings[0]

    def book(self, person, start, counsellor="ilze", **other):
        """Book a time, and return the id of the booking."""
        agreed = {
            name: other.pop(name) for name in tuple(other) if name in ConfirmBooking.model_fields
        }
        booking = self.hold(person, start, counsellor, **other)
        self.do(ConfirmBooking(booking=booking, **agreed), person=person)
        return booking

    def book_seat(self, person, meeting, places=1, **other):
        booking = self.seat(person, meeting, places, **other)
        self.do(ConfirmBooking(booking=booking), person=person)
        return booking

    def group(self, start, seats=12, counsellor="ilze", **other):
        """Open a group's meeting, and return its id."""
        fields = {"meeting_kind": "group", "mode": "in_person", "institution": SCHOOL, **other}
        order = OpenGroup.model_validate(
            {"meeting": self.new_id(), "counsellors": (counsellor,), "start": start, "seats": seats, **fields}
        )  # fmt: skip
        self.do(order, role="counsellor")
        return order.meeting

    def join(self, person, **other):
        """Let somebody wait, and return the id of the entry."""
        need = other.pop("need", a_need())
        entry = WaitingEntry(id=self.new_id(), need=need, made=self.now, **other)
        self.wait(JoinList(entry=entry), person=person)
        return entry.id

    def meeting_of(self, booking):
        return self.meetings[self.bookings[booking].meeting]

    def offered(self):
        """Return the entries that have an offer open, with the booking held for them."""
        return {one.id: one.booking for one in self.entries.values() if one.state == "offered"}


def refusal(act):
    """Return why an order is refused; None where it is obeyed."""
    try:
        act()
    except BookingRefused as refused:
        return refused.reason
    return None
