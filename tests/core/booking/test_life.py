"""The life of bookings, walked at random beside a model of a few lines that says what must come of each step."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.core.booking.appointment import OwnPart
from bot.core.booking.order_forms import (
    CallOff,
    CancelBooking,
    ConfirmBooking,
    DeclineBooking,
    KeepLonger,
    MoveBooking,
    MoveMeeting,
    NoteResult,
    ReleaseHold,
    SayComing,
    TellArrived,
    UndoCancel,
    WithdrawResult,
)
from bot.core.booking.waiting_orders import AcceptOffer, DeclineOffer, LeaveList, StillWant
from tests.doubles.bookings import Desk, a_kind, a_need, at, refusal

MINUTE = timedelta(minutes=1)
LENGTH, BLOCKED = 45 * MINUTE, 60 * MINUTE
PEOPLE = ("anna", "zane", "juris", "eva")
COUNSELLORS = ("ilze", "peteris")
STARTS = [at(day, clock) for day in (2, 3, 6, 9, 14) for clock in ("10:00", "10:30", "11:00")]
MANY_STEPS = [5 * MINUTE, 12 * MINUTE, 31 * MINUTE] * 3
STEPS = [*MANY_STEPS, timedelta(hours=7), timedelta(days=1)]

people, counsellors = st.sampled_from(PEOPLE), st.sampled_from(COUNSELLORS)
starts, which = st.sampled_from(STARTS), st.integers(0, 1000)


def has(*states):
    """A rule runs only where the model has a booking in one of some states."""
    return lambda life: any(one.state in states for one in life.model.values())


def waits_still(entry):
    return entry.state in {"waiting", "offered"}


def waits(*states):
    """A rule runs only where somebody's place in the list is in one of some states."""
    return lambda life: any(one.state in states for one in life.desk.entries.values())


@dataclass
class Model:
    """What is to be known of one booking: state is held, agreed, kept (cancelled, to be had back), gone, or a result."""

    person: str
    counsellor: str
    start: datetime
    state: str
    until: datetime | None = None
    offered: bool = False
    moved: int = 0

    def has_time(self, now):
        return self.state in {"agreed", "result"} or (
            self.state in {"held", "kept"} and now < self.until
        )

    def is_open(self, now):
        is_agreed = self.state == "agreed" or (self.state == "held" and now < self.until)
        return is_agreed and now < self.start + LENGTH


class BookingLife(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.desk = Desk({"talk": a_kind(moves=2), "group": a_kind(seats=3)}, COUNSELLORS)
        self.desk.on_change = self.seen
        self.model: dict[str, Model] = {}
        self.versions: dict[str, int] = {}
        self.calendars: dict[
            str, tuple
        ] = {}  # as they were last told: sequence, time, counsellors, state
        self.accepted: dict[str, str] = {}

    @property
    def now(self):
        return self.desk.now

    # -- the model

    def is_taken(self, counsellor, start, besides=None):
        return any(
            one.counsellor == counsellor
            and one.has_time(self.now)
            and abs(one.start - start) < BLOCKED
            for id_, one in self.model.items()
            if id_ != besides
        )

    def open_of(self, person, besides=None):
        return {
            id_: one
            for id_, one in self.model.items()
            if one.person == person and one.is_open(self.now) and id_ != besides
        }

    def can_begin(self, start):
        return start - self.now >= timedelta(hours=24)

    def pick(self, number, *states):
        ids = [id_ for id_, one in self.model.items() if one.state in states]
        return ids[number % len(ids)] if ids else None

    def tried(self, order, *, expected, **how):
        """Give an order, and see that it is obeyed exactly where the model says so."""
        reason = refusal(lambda: self.desk.do(order, **how))
        assert (reason is None) == expected, (order.kind, reason)
        return reason is None

    def seen(self, changes):
        """Look at everything that is kept, as it is kept."""
        for value in (*changes.meetings, *changes.bookings, *changes.entries):
            assert value.version == self.versions.get(value.id, 0) + 1
            self.versions[value.id] = value.version
        for one in changes.meetings:
            told = (one.sequence, one.during, one.counsellors)
            before = self.calendars.setdefault(one.id, told)
            assert one.sequence >= before[0]
            if told[1:] != before[1:]:
                assert one.sequence > before[0]
            self.calendars[one.id] = told
        for one in changes.bookings:
            if one.offered and one.state == "held" and one.version == 1:
                self.offer_seen(one)
            elif one.state == "lapsed" and one.id in self.model:
                self.model[one.id].state = "gone"

    def offer_seen(self, booking):
        meeting = self.desk.meetings[booking.meeting]
        entry = next(one for one in self.desk.entries.values() if one.booking == booking.id)
        person = self.desk.whose[entry.id]
        counsellor = meeting.counsellors[0]
        assert self.can_begin(meeting.during.start)
        assert not self.is_taken(counsellor, meeting.during.start)
        assert not self.open_of(person)
        assert 8 <= (booking.hold_until + timedelta(hours=2)).hour <= 21  # in Riga, in winter
        ahead = [
            one
            for one in self.desk.entries.values()
            if one.state == "waiting"
            and (one.silent, one.made, one.id) < (entry.silent, entry.made, entry.id)
            and (one.asked is None or one.silent)
            and meeting.during.start not in one.passed
            and not any(
                part.is_open_at(self.now) for part in self.desk.parts(self.desk.whose[one.id])
            )
        ]
        assert ahead == []
        self.model[booking.id] = Model(
            person, counsellor, meeting.during.start, "held", booking.hold_until, offered=True
        )

    # -- what people do

    @rule(person=people, counsellor=counsellors, start=starts)
    def hold(self, person, counsellor, start):
        self.held(person, counsellor, start)

    def held(self, person, counsellor, start):
        theirs = self.open_of(person)
        is_fixed = any(one.state == "agreed" or one.offered for one in theirs.values())
        own = next(iter(theirs), None)
        expected = (
            self.can_begin(start) and not is_fixed and not self.is_taken(counsellor, start, own)
        )
        made = []
        reason = refusal(lambda: made.append(self.desk.hold(person, start, counsellor)))
        assert (reason is None) == expected, reason
        for id_ in made:
            self.model[id_] = Model(person, counsellor, start, "held", self.now + 10 * MINUTE)
        return made

    @rule(person=people, counsellor=counsellors, start=starts)
    def book(self, person, counsellor, start):
        for id_ in self.held(person, counsellor, start):
            self.tried(ConfirmBooking(booking=id_), expected=True)
            self.model[id_].state = "agreed"

    @precondition(has("held"))
    @rule(number=which)
    def confirm(self, number):
        if id_ := self.pick(number, "held"):
            one = self.model[id_]
            expected = one.has_time(self.now) and not one.offered
            if self.tried(ConfirmBooking(booking=id_), expected=expected):
                one.state = "agreed"

    @precondition(has("held"))
    @rule(number=which)
    def keep_longer(self, number):
        if id_ := self.pick(number, "held"):
            one, made = self.model[id_], self.desk.bookings[id_].made
            until = min(self.now + 10 * MINUTE, made + 30 * MINUTE)
            expected = one.has_time(self.now) and not one.offered and until > one.until
            if self.tried(KeepLonger(booking=id_), expected=expected):
                one.until = until

    @precondition(has("held"))
    @rule(number=which)
    def release(self, number):
        if id_ := self.pick(number, "held"):
            one = self.model[id_]
            expected = one.has_time(self.now) and not one.offered
            self.tried(ReleaseHold(booking=id_), expected=expected)

    @precondition(has("agreed"))
    @rule(number=which)
    def cancel(self, number):
        if id_ := self.pick(number, "agreed", "gone", "kept", "result"):
            one = self.model[id_]
            expected = one.state == "agreed" and self.now < one.start + LENGTH
            if self.tried(CancelBooking(booking=id_, choice="cancel"), expected=expected):
                one.state, one.until = "kept", min(self.now + 30 * MINUTE, one.start)
                is_late = one.start - self.now < timedelta(hours=24)
                assert self.desk.bookings[id_].late == is_late

    @precondition(has("kept"))
    @rule(number=which)
    def undo(self, number):
        """A cancelled hour is had back in the half hour in which nobody else may have it, and never after."""
        if id_ := self.pick(number, "kept"):
            one = self.model[id_]
            expected = self.now < one.until and not self.open_of(one.person)
            meeting = self.desk.bookings[id_].meeting
            if self.tried(UndoCancel(booking=id_), expected=expected):
                one.state = "agreed"
                assert self.desk.bookings[id_].meeting == meeting
                assert self.desk.meetings[meeting].during.start == one.start

    @precondition(has("agreed"))
    @rule(number=which, start=starts)
    def move(self, number, start):
        if id_ := self.pick(number, "agreed"):
            one = self.model[id_]
            expected = (
                self.desk.bookings[id_].state == "confirmed"
                and one.start - self.now >= timedelta(hours=12)
                and one.moved < 2
                and start != one.start
                and self.can_begin(start)
                and not self.is_taken(one.counsellor, start, id_)
            )
            meeting = self.desk.bookings[id_].meeting
            before, one.start = one.start, start if expected else one.start
            if self.tried(MoveBooking(booking=id_, start=start), expected=expected):
                one.moved += 1
                assert self.desk.bookings[id_].was == before
                assert self.desk.bookings[id_].meeting == meeting

    @precondition(has("agreed"))
    @rule(number=which)
    def say_coming(self, number):
        if id_ := self.pick(number, "agreed", "gone"):
            one = self.model[id_]
            is_ahead = one.state == "agreed" and self.now < one.start + LENGTH
            expected = is_ahead and self.desk.bookings[id_].state == "confirmed"
            self.tried(SayComing(booking=id_), expected=expected)

    @precondition(has("agreed"))
    @rule(number=which)
    def arrive(self, number):
        if id_ := self.pick(number, "agreed"):
            one = self.model[id_]
            is_near = one.start - 60 * MINUTE <= self.now < one.start + LENGTH
            expected = is_near and self.desk.bookings[id_].state == "confirmed"
            self.tried(TellArrived(booking=id_), expected=expected)

    # -- what counsellors do

    @precondition(has("agreed"))
    @rule(number=which, start=starts, counsellor=counsellors)
    def move_by_staff(self, number, start, counsellor):
        if id_ := self.pick(number, "agreed"):
            one, meeting = self.model[id_], self.desk.bookings[id_].meeting
            is_other = (start, counsellor) != (one.start, one.counsellor)
            is_ahead = self.now < one.start if start != one.start else self.now < one.start + LENGTH
            can_be = start > self.now or start == one.start
            is_free = not self.is_taken(counsellor, start, id_)
            expected = is_other and is_ahead and can_be and is_free
            order = MoveMeeting(start=start, counsellors=(counsellor,))
            before = one.start, one.counsellor
            if expected:
                one.start, one.counsellor = start, counsellor
            if self.tried(order, expected=expected, role="counsellor", meeting=meeting):
                assert self.desk.bookings[id_].awaits_yes == (
                    start - self.now > timedelta(hours=24)
                    if start != before[0]
                    else self.desk.bookings[id_].awaits_yes
                )

    @precondition(has("agreed"))
    @rule(number=which, decline=st.booleans())
    def call_off(self, number, decline):
        if id_ := self.pick(number, "agreed", "gone"):
            one, meeting = self.model[id_], self.desk.bookings[id_].meeting
            expected = one.state == "agreed" and self.now < one.start + LENGTH
            order = DeclineBooking(booking=id_, reason="x") if decline else CallOff(reason="x")
            one.state = "gone" if expected else one.state
            self.tried(order, expected=expected, role="counsellor", meeting=meeting)

    @precondition(has("agreed"))
    @rule(number=which, result=st.sampled_from(("seen", "excused", "no_show")))
    def note(self, number, result):
        if id_ := self.pick(number, "agreed"):
            one = self.model[id_]
            after = {"seen": -60, "excused": 0, "no_show": 10}[result]
            expected = self.now >= one.start + after * MINUTE
            if self.tried(
                NoteResult(booking=id_, result=result), expected=expected, role="counsellor"
            ):
                one.state, one.until = "result", self.now + timedelta(days=7)

    @precondition(has("result"))
    @rule(number=which)
    def withdraw_result(self, number):
        if id_ := self.pick(number, "result"):
            one = self.model[id_]
            # who was marked too early and has another one by now would have two
            if self.open_of(one.person) and self.now < one.start + LENGTH:
                return
            expected = self.now <= one.until
            if self.tried(WithdrawResult(booking=id_), expected=expected, role="counsellor"):
                one.state = "agreed"

    # -- the waiting list

    @precondition(lambda life: sum(map(waits_still, life.desk.entries.values())) < len(PEOPLE))
    @rule(person=people)
    def join(self, person):
        is_waiting = any(
            waits_still(one) and self.desk.whose[one.id] == person
            for one in self.desk.entries.values()
        )
        expected = not is_waiting and not self.open_of(person)
        reason = refusal(lambda: self.desk.join(person, need=a_need()))
        assert (reason is None) == expected, reason

    def entry(self, number, *states):
        ids = [id_ for id_, one in self.desk.entries.items() if one.state in states]
        return ids[number % len(ids)] if ids else None

    @precondition(waits("waiting", "offered"))
    @rule(number=which)
    def leave(self, number):
        if id_ := self.entry(number, "waiting", "offered"):
            self.desk.wait(LeaveList(entry=id_))

    @precondition(waits("waiting"))
    @rule(number=which)
    def still_want(self, number):
        if id_ := self.entry(number, "waiting"):
            self.desk.wait(StillWant(entry=id_, wanted=True))

    @precondition(waits("offered"))
    @rule(number=which)
    def accept(self, number):
        if id_ := self.entry(number, "offered"):
            booking = self.desk.entries[id_].booking
            one = self.model[booking]
            expected = one.has_time(self.now)
            order = AcceptOffer(entry=id_, agreed=ConfirmBooking(booking=booking))
            if expected:
                one.state, one.offered = "agreed", False
            reason = refusal(lambda: self.desk.wait(order))
            assert (reason is None) == expected, reason
            if expected:
                self.accepted[id_] = booking
                assert self.desk.bookings[booking].state == "confirmed"

    @precondition(waits("offered"))
    @rule(number=which)
    def decline_offer(self, number):
        if id_ := self.entry(number, "offered"):
            before = self.desk.entries[id_].lapsed
            self.desk.wait(DeclineOffer(entry=id_))
            assert self.desk.entries[id_].lapsed <= before

    # -- the clock

    @rule(step=st.sampled_from(STEPS))
    def time_passes_and_is_tidied(self, step):
        self.desk.now += step
        self.desk.tidy()

    @rule(step=st.sampled_from(STEPS))
    def time_passes_and_no_job_runs(self, step):
        self.desk.now += step

    @precondition(has("agreed"))
    @rule(number=which, minutes=st.sampled_from((-30, 1, 11, 46)))
    def a_meeting_comes_near(self, number, minutes):
        start = self.model[self.pick(number, "agreed")].start
        self.desk.now = max(self.now, start + minutes * MINUTE)

    # -- what always holds

    @invariant()
    def no_seat_is_taken_twice(self):
        taken = [
            (one.meeting, one.seat)
            for one in self.desk.bookings.values()
            if one.takes_place_at(self.now)
        ]
        assert len(taken) == len(set(taken))

    @invariant()
    def no_counsellor_is_in_two_places(self):
        blocking = [
            one
            for id_, one in self.desk.meetings.items()
            if self.desk.appointment(id_).blocks_at(self.now, self.desk.bounds)
        ]
        for number, one in enumerate(blocking):
            for other in blocking[number + 1 :]:
                together = set(one.counsellors) & set(other.counsellors)
                assert not (together and one.blocked.overlaps(other.blocked))

    @invariant()
    def nobody_has_two_open_bookings_of_a_kind(self):
        for person in PEOPLE:
            open_ = [one for one in self.desk.parts(person) if one.is_open_at(self.now)]
            assert len(open_) <= 1

    @invariant()
    def the_model_and_the_desk_say_the_same(self):
        for id_, one in self.model.items():
            booking = self.desk.bookings[id_]
            part = OwnPart(booking, self.desk.meetings[booking.meeting])
            assert part.is_open_at(self.now) == one.is_open(self.now), id_
            if one.has_time(self.now):
                assert part.meeting.during.start == one.start
                assert part.meeting.counsellors == (one.counsellor,)

    @invariant()
    def an_offer_that_was_taken_has_its_booking_and_is_over(self):
        for entry, booking in self.accepted.items():
            assert self.desk.entries[entry].state == "taken"
            assert self.desk.bookings[booking].state != "held"

    @invariant()
    def an_open_offer_is_a_held_booking(self):
        for entry in self.desk.entries.values():
            if entry.state == "offered":
                booking = self.desk.bookings[entry.booking]
                assert (booking.state, booking.offered) == ("held", True)
            else:
                assert entry.booking == ""

    @precondition(lambda self: self.model)
    @invariant()
    def nothing_is_ever_lost(self):
        assert set(self.model) == set(self.desk.bookings)


BookingLife.TestCase.settings = settings(
    max_examples=250, stateful_step_count=50, deadline=None, derandomize=True
)
TestBookingLife = BookingLife.TestCase
