"""Bookings for somebody else: by a teacher, by a parent; and whose they are at 18."""

from datetime import date

import pytest

from bot.core.booking.appointment import OwnPart
from bot.core.booking.for_others import fact_of, is_taken_over, of_age_on
from bot.core.booking.meeting import HandedItem
from bot.core.booking.order_forms import (
    CancelBooking,
    ForgetBooker,
    PassRight,
    TakeOver,
)
from tests.doubles.bookings import Desk, at, refusal

FRIDAY = at(3)
TEACHER = {"role": "teacher", "name": "Ilze Bērziņa", "email": "ilze@example.lv"}


@pytest.fixture
def desk():
    return Desk()


def booked_for(desk, **other):
    fields = {"whom": "Eva", "booked_by": TEACHER, "code": "digest-1", **other}
    return desk.book("teacher", FRIDAY, **fields)


def take(desk, booking, code="digest-1", person="eva"):
    return desk.do(TakeOver(booking=booking, code=code, next_code="digest-2"), person=person)


def test_who_booked_for_another_sees_the_fact_and_not_the_matter(desk):
    item = HandedItem(id="question", title="Jautājums", lines=("Man bail no matemātikas",))
    booking = booked_for(
        desk, question="Man bail no matemātikas", handed=(item,), handed_until=at(60)
    )
    fact = fact_of(OwnPart(desk.bookings[booking], desk.meeting_of(booking)), desk.now)
    assert (fact.during.start, fact.state, fact.kind) == (FRIDAY, "confirmed", "talk")
    assert "matemātik" not in str(fact)


def test_a_booking_is_taken_over_once_by_its_code(desk):
    booking = booked_for(desk)
    assert refusal(lambda: take(desk, booking, "digest-0")) == "code"
    take(desk, booking)
    part = OwnPart(desk.bookings[booking], desk.meeting_of(booking))
    assert is_taken_over(part)
    assert (part.booking.whom, part.booking.booked_by.name) == ("self", "Ilze Bērziņa")
    assert refusal(lambda: take(desk, booking)) == "code"  # which the teacher knows


def test_without_a_code_nothing_is_taken_over(desk):
    booking = booked_for(desk, code="")
    assert refusal(lambda: take(desk, booking, "")) == "code"


def test_ones_own_booking_is_nobodys_to_take_over_though_it_has_a_code(desk):
    booking = desk.book("anna", FRIDAY, code="digest-1")
    assert refusal(lambda: take(desk, booking)) == "not_yours"


def test_who_has_one_of_the_kind_takes_no_second_one_over(desk):
    booking = booked_for(desk)
    desk.book("eva", at(6))
    assert refusal(lambda: take(desk, booking)) == "has_one"


def test_a_cancelled_booking_is_not_taken_over(desk):
    booking = booked_for(desk)
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    assert refusal(lambda: take(desk, booking)) == "ended"


def test_when_the_booker_leaves_the_booking_stands_without_their_name(desk):
    booking = booked_for(desk)
    desk.do(ForgetBooker(booking=booking), role="program")
    left = desk.bookings[booking]
    assert (left.state, left.booked_by.role, left.booked_by.name, left.booked_by.email) == (
        "confirmed", "teacher", "", "",
    )  # fmt: skip
    order = ForgetBooker(booking=booking)
    assert refusal(lambda: desk.do(order, role="program")) == "unchanged"
    take(desk, booking)


def test_a_parent_has_a_meeting_for_each_child(desk):
    first = desk.book("mother", at(3, "10:00"), whom="Jānis")
    second = desk.book("mother", at(3, "11:00"), whom="Anna")
    assert {desk.bookings[one].whom for one in (first, second)} == {"Jānis", "Anna"}


@pytest.mark.parametrize(
    ("born", "day"),
    [
        (date(2008, 11, 26), date(2026, 11, 26)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2009, 1, 1), date(2027, 1, 1)),
    ],
)
def test_one_is_of_age_on_the_birthday_and_never_a_day_too_soon(born, day):
    assert of_age_on(born) == day


def test_at_18_the_right_passes_to_whom_the_meeting_is_for(desk):
    booking = desk.book("father", at(6), whom="Jānis", passes_on=of_age_on(date(2008, 11, 26)))
    order = PassRight(booking=booking, code="digest-1")
    assert refusal(lambda: desk.do(order, role="program")) == "too_early"
    assert refusal(lambda: take(desk, booking, person="jānis")) == "code"
    desk.now = at("2026-11-26", "00:00")
    cancel = CancelBooking(booking=booking, choice="cancel")
    assert refusal(lambda: desk.do(cancel)) == "not_yours"
    desk.do(order, role="program")
    take(desk, booking, person="jānis")
    own = desk.bookings[booking]
    assert (own.whom, own.passes_on, own.state) == ("self", None, "confirmed")
    desk.do(cancel)


def test_the_day_before_the_birthday_the_parent_still_decides(desk):
    booking = desk.book("father", at(6), whom="Jānis", passes_on=date(2026, 11, 26))
    desk.now = at("2026-11-25", "23:59")
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    assert desk.bookings[booking].state == "cancelled"
