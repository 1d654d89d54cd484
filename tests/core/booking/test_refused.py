"""Orders that come too early, too late, twice, or about what is not there: refused, and nothing is changed."""

from datetime import date

import pytest

from bot.core.booking.order_forms import (
    CallOff,
    CancelBooking,
    DeclineBooking,
    ForgetBooker,
    HoldSeat,
    MoveBooking,
    MoveMeeting,
    NoteResult,
    PassRight,
    ReleaseHold,
    SayComing,
    TellArrived,
)
from bot.core.booking.recipients import recipients
from bot.core.booking.waiting_orders import DeclineOffer
from tests.doubles.bookings import Desk, a_need, at, refusal

FRIDAY = at(3)
NOBODY = "f" * 32


class Office:
    """A desk with a talk agreed to, one held, one cancelled, and a group with somebody in it."""

    def __init__(self):
        self.desk = Desk()
        self.agreed = self.desk.book("anna", FRIDAY)
        self.held = self.desk.hold("zane", at(6))
        self.gone = self.desk.book("juris", at(7))
        self.desk.do(CancelBooking(booking=self.gone, choice="cancel"))
        self.group = self.desk.group(at(8))
        self.seat = self.desk.book_seat("eva", self.group)
        self.off = self.desk.group(at(9))
        self.desk.do(CallOff(reason="x"), role="counsellor", meeting=self.off)
        self.waiting = self.desk.join("liene")

    def meeting(self, booking):
        return self.desk.bookings[booking].meeting


@pytest.fixture
def office():
    return Office()


# whose order it is, at which moment it comes, what it is, of which meeting, and why it is refused
TRIED = {
    "a result twice": ("counsellor", at(3, "10:30"), lambda o: NoteResult(booking=o.agreed, result="seen"), "agreed", "unchanged"),
    "there, but only held": ("person", at(0, "12:05"), lambda o: TellArrived(booking=o.held), "held", "not_agreed"),
    "coming to what is cancelled": ("person", at(0), lambda o: SayComing(booking=o.gone), "gone", "ended"),
    "declined after it was cancelled": ("counsellor", at(0), lambda o: DeclineBooking(booking=o.gone, reason="x"), "gone", "ended"),
    "called off when over": ("counsellor", at(4), lambda _: CallOff(reason="x"), "agreed", "ended"),
    "called off twice": ("counsellor", at(0), lambda _: CallOff(reason="x"), "off", "ended"),
    "of another meeting": ("counsellor", at(0), lambda o: CallOff(booking=o.held, reason="x"), "agreed", "gone"),
    "a place in a talk": ("person", at(0), lambda o: HoldSeat(bookings=(o.desk.new_id(),)), "agreed", "kind"),
    "a place in what is off": ("person", at(0), lambda o: HoldSeat(bookings=(o.desk.new_id(),)), "off", "taken"),
    "a place in what is over": ("person", at(9), lambda o: HoldSeat(bookings=(o.desk.new_id(),)), "group", "past"),
    "a place moved as a talk": ("person", at(0), lambda o: MoveBooking(booking=o.seat, start=at(10)), "seat", "kind"),
    "moved by us when over": ("counsellor", at(4), lambda _: MoveMeeting(start=at(10)), "agreed", "ended"),
    "moved by us when it is on": ("counsellor", at(3, "10:10"), lambda _: MoveMeeting(start=at(10)), "agreed", "too_late"),
    "moved when it is on": ("counsellor", at(3, "10:10"), lambda o: MoveBooking(booking=o.agreed, start=at(10)), "agreed", "too_late"),
    "moved to where it is not done": ("counsellor", at(0), lambda _: MoveMeeting(mode="phone"), "agreed", "mode"),
    "let go what is agreed": ("person", at(0), lambda o: ReleaseHold(booking=o.agreed), "agreed", "unchanged"),
    "let go what is cancelled": ("person", at(0), lambda o: ReleaseHold(booking=o.gone), "gone", "ended"),
    "nobody's right": ("program", at(0), lambda _: PassRight(booking=NOBODY, code="x"), "agreed", "gone"),
    "no booker to forget": ("program", at(0), lambda o: ForgetBooker(booking=o.agreed), "agreed", "gone"),
}  # fmt: skip


@pytest.mark.parametrize("tried", TRIED)
def test_what_cannot_be_is_refused_with_its_reason(office, tried):
    role, now, order, about, reason = TRIED[tried]
    office.desk.now = now
    if tried == "a result twice":
        office.desk.do(order(office), role=role)
    target = getattr(office, about)
    meeting = target if target in office.desk.meetings else office.meeting(target)
    before = dict(office.desk.meetings), dict(office.desk.bookings), dict(office.desk.entries)
    act = order(office)
    who = {"role": role, "meeting": meeting, "person": "somebody"}
    assert refusal(lambda: office.desk.do(act, **who)) == reason
    assert (office.desk.meetings, office.desk.bookings, office.desk.entries) == before


def test_without_its_meeting_no_order_is_obeyed(office):
    c = office.desk.circumstances()
    assert refusal(c.about) == "gone"


def test_what_is_offered_to_nobody_is_declined_by_nobody(office):
    office.desk.bookings[office.held] = office.desk.bookings[office.held].changed(state="lapsed")
    entry = office.desk.entries[office.waiting]
    office.desk.entries[entry.id] = entry.changed(state="offered", booking=office.held)
    assert refusal(lambda: office.desk.wait(DeclineOffer(entry=entry.id))) == "lapsed"


def test_the_right_to_a_meeting_that_is_over_passes_to_nobody():
    desk = Desk()
    booking = desk.book("father", FRIDAY, whom="Jānis", passes_on=date(2026, 11, 27))
    desk.now = at(4)
    order = PassRight(booking=booking, code="digest")
    assert refusal(lambda: desk.do(order, role="program")) == "ended"


def test_on_the_day_the_right_passes_both_hear():
    desk = Desk()
    booking = desk.book(
        "father", FRIDAY, whom="Jānis", passes_on=date(2026, 11, 25), email="janis@example.lv"
    )
    heard = [
        [one.heard_as for one in recipients(desk.about(booking), {booking}, moment)]
        for moment in (at(0), at(1))
    ]
    assert heard == [["relative", "counsellor"], ["relative", "person", "counsellor"]]


def test_a_counsellor_gives_a_place_however_soon_and_a_person_does_not():
    desk = Desk()
    group = desk.group(at(0, "16:00"))
    assert refusal(lambda: desk.seat("anna", group)) == "too_late"
    desk.seat("anna", group, role="counsellor")


@pytest.mark.parametrize("is_away", [True, False])
def test_first_come_is_told_of_nothing_that_cannot_be_had(is_away):
    desk = Desk()
    desk.join("anna")
    booking = desk.book("somebody", at(1, "13:00"))
    desk.away["ilze"] = {at(1).date()} if is_away else set()
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    desk.go_on(at(0, "12:30"))
    assert [what for _, _, what in desk.told] == ([] if is_away else ["first_come"])


def test_places_of_a_group_too_near_for_an_offer_are_told_to_all():
    desk = Desk()
    group = desk.group(at(1, "13:00"), seats=2)
    booking = desk.book_seat("somebody", group)
    desk.join("anna", need=a_need(kind="group"))
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    desk.go_on(at(0, "15:00"))
    assert [what for _, _, what in desk.told] == ["first_come"]  # and not at each tidying
    assert desk.offered() == {}
