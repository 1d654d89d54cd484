"""What is said of a booking when; what is dropped, and what was missed."""

from datetime import timedelta

import pytest

from bot.core.booking.appointment import OwnPart
from bot.core.booking.due import messages_due, what_to_do
from bot.core.booking.order_forms import (
    CancelBooking,
    MoveBooking,
    MoveMeeting,
    NoteResult,
    SayComing,
    TellArrived,
    WithdrawResult,
)
from tests.doubles.bookings import Desk, at

FRIDAY, HOUR = at(3), timedelta(hours=1)


@pytest.fixture
def desk():
    return Desk()


def due(desk, booking, *, follow_up=False):
    part = OwnPart(desk.bookings[booking], desk.meeting_of(booking))
    return {one.what: one for one in messages_due(part, follow_up=follow_up)}


def fate(desk, message, now, *, follow_up=False, paused=False):
    part = OwnPart(desk.bookings[message.booking], desk.meeting_of(message.booking))
    return what_to_do(message, part, now, follow_up=follow_up, paused=paused)


def note(desk, booking, result, now):
    desk.now = now
    desk.do(NoteResult(booking=booking, result=result), role="counsellor")


def test_the_day_before_is_said_at_ten_and_never_after_the_start(desk):
    message = due(desk, desk.book("anna", FRIDAY))["day_before"]
    assert (message.at, message.expires) == (at(2, "10:00"), FRIDAY)
    assert fate(desk, message, at(2, "09:59")) == "wait"
    assert fate(desk, message, at(2, "10:00")) == "say"
    assert fate(desk, message, FRIDAY - timedelta(minutes=1)) == "say"
    assert fate(desk, message, FRIDAY) == "missed"


def test_who_booked_less_than_two_days_before_needs_no_reminding(desk):
    soon = desk.book("anna", at(2, "11:45"))
    later = desk.book("zane", at(2, "13:00"))
    assert due(desk, soon) == {}
    assert set(due(desk, later)) == {"day_before"}


def test_who_is_asked_whether_they_come_is_asked_even_then(desk):
    booking = desk.book("anna", at(2, "11:45"))
    desk.bookings[booking] = desk.bookings[booking].changed(awaits_yes=True)
    assert set(due(desk, booking)) == {"day_before"}
    late = desk.hold("zane", at(1, "15:00"), role="counsellor")
    desk.bookings[late] = desk.bookings[late].changed(state="confirmed", awaits_yes=True)
    assert due(desk, late) == {}  # that morning was over when they booked


def test_the_reminder_of_a_moved_meeting_is_of_the_new_time_only(desk):
    booking = desk.book("anna", FRIDAY)
    old = due(desk, booking)["day_before"]
    desk.do(MoveMeeting(start=at(10)), role="counsellor", meeting=desk.bookings[booking].meeting)
    new = due(desk, booking)["day_before"]
    assert new.at == at(9, "10:00")
    assert fate(desk, old, old.at) == "drop"
    assert fate(desk, new, new.at) == "say"


def test_who_was_told_of_another_hour_just_now_is_not_reminded_of_it(desk):
    booking = desk.book("anna", at(7))
    desk.now = at(6, "15:00")
    old = due(desk, booking)["day_before"]
    meeting = desk.bookings[booking].meeting
    desk.do(MoveMeeting(start=at(7, "14:00")), role="counsellor", meeting=meeting)
    assert due(desk, booking) == {}
    assert fate(desk, old, desk.now) == "drop"


def test_of_a_cancelled_or_held_meeting_nothing_is_said(desk):
    booking = desk.book("anna", FRIDAY)
    old = due(desk, booking)["day_before"]
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    assert fate(desk, old, old.at) == "drop"
    assert due(desk, desk.hold("zane", at(6))) == {}


def test_after_it_there_is_one_question_and_weeks_later_by_consent(desk):
    booking = desk.book("anna", FRIDAY)
    note(desk, booking, "seen", at(3, "10:50"))
    assert {what: one.at for what, one in due(desk, booking).items()} == {"after": at(3, "11:45")}
    assert {what: one.at for what, one in due(desk, booking, follow_up=True).items()} == {
        "after": at(3, "11:45"),
        "three_weeks": at("2026-12-18", "10:00"),
        "three_months": at("2027-02-27", "10:00"),
    }


def test_a_consent_taken_back_drops_what_was_planned(desk):
    booking = desk.book("anna", FRIDAY)
    note(desk, booking, "seen", at(3, "10:50"))
    message = due(desk, booking, follow_up=True)["three_weeks"]
    assert fate(desk, message, message.at, follow_up=True) == "say"
    assert fate(desk, message, message.at) == "drop"


def test_nothing_is_said_by_night(desk):
    booking = desk.book("anna", at(3, "10:00"))
    note(desk, booking, "seen", at(3, "10:50"))
    message = due(desk, booking)["after"]
    assert fate(desk, message, at(3, "21:30")) == "wait"
    assert fate(desk, message, at(4, "08:00")) == "say"
    desk.closes = desk.closes.replace(hour=23)
    late = desk.book("zane", at(6, "20:00"))
    desk.now = at(6, "20:00")
    desk.do(TellArrived(booking=late))
    assert due(desk, late)["after"].at == at(7, "08:00")


def test_who_did_not_come_hears_the_next_day_unless_it_is_taken_back(desk):
    booking = desk.book("anna", FRIDAY)
    note(desk, booking, "no_show", at(3, "10:15"))
    assert set(due(desk, booking, follow_up=True)) == {"no_show"}
    message = due(desk, booking)["no_show"]
    assert message.at == at(4, "10:00")
    desk.do(WithdrawResult(booking=booking), role="counsellor")
    assert fate(desk, message, message.at) == "drop"


def test_of_whom_nothing_was_noted_nothing_is_asked(desk):
    booking = desk.book("anna", FRIDAY)
    desk.now = at(5)
    assert set(due(desk, booking, follow_up=True)) == {"day_before"}
    note(desk, booking, "excused", at(5))
    assert due(desk, booking, follow_up=True) == {}


def test_an_open_handoff_lets_only_the_meeting_itself_be_spoken_of(desk):
    booking = desk.book("anna", FRIDAY)
    before = due(desk, booking)["day_before"]
    assert fate(desk, before, before.at, paused=True) == "say"
    note(desk, booking, "seen", at(3, "10:50"))
    after = due(desk, booking)["after"]
    assert fate(desk, after, after.at, paused=True) == "wait"
    assert fate(desk, after, after.expires - HOUR) == "say"  # once it is closed
    assert fate(desk, after, after.expires, paused=True) == "missed"


def test_a_party_is_told_once(desk):
    group = desk.group(at(10))
    lead = desk.book_seat("anna", group, places=3)
    others = [one.id for one in desk.bookings.values() if one.party_of == lead]
    assert set(due(desk, lead)) == {"day_before"}
    assert [due(desk, one) for one in others] == [{}, {}]


def test_what_a_person_says_meanwhile_plans_nothing_anew(desk):
    booking = desk.book("anna", FRIDAY)
    before = due(desk, booking)
    desk.do(SayComing(booking=booking))
    assert due(desk, booking) == before
    desk.do(MoveBooking(booking=booking, start=at(6)))
    assert due(desk, booking) != before
