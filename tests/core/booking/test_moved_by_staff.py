"""A counsellor moves a meeting, for everybody in it; a person moves a place in a group."""

from datetime import timedelta

import pytest

from bot.core.booking.order_forms import (
    CancelBooking,
    MoveBooking,
    MoveMeeting,
    MoveSeat,
    SayComing,
    TellLate,
    UndoCancel,
)
from bot.core.booking.recipients import recipients, unreached
from tests.doubles.bookings import Desk, at, refusal

FRIDAY = at(3)


@pytest.fixture
def desk():
    return Desk()


def move(desk, meeting, **to):
    return desk.do(MoveMeeting(**to), role="counsellor", meeting=meeting)


def test_a_moved_meeting_keeps_all_but_its_time_and_asks_anew(desk):
    booking = desk.book("anna", FRIDAY, question="Ko tālāk?", email="anna@example.lv")
    desk.do(SayComing(booking=booking))
    before, meeting = desk.bookings[booking], desk.meeting_of(booking)
    move(desk, meeting.id, start=at(6))
    after, there = desk.bookings[booking], desk.meeting_of(booking)
    assert (there.id, there.sequence, there.during.start) == (
        meeting.id,
        meeting.sequence + 1,
        at(6),
    )
    assert (after.was, after.awaits_yes, after.coming, after.moved) == (FRIDAY, True, None, 0)
    assert (after.question, after.email, after.made) == (before.question, before.email, before.made)


def test_whoever_says_that_they_come_is_asked_no_more(desk):
    booking = desk.book("anna", FRIDAY)
    move(desk, desk.bookings[booking].meeting, start=at(6))
    desk.do(SayComing(booking=booking))
    assert (desk.bookings[booking].awaits_yes, desk.bookings[booking].coming) == (False, desk.now)


def test_a_time_less_than_a_day_away_is_not_asked_about_but_told(desk):
    booking = desk.book("anna", FRIDAY)
    desk.now = at(3, "08:00")
    move(desk, desk.bookings[booking].meeting, start=at(3, "15:00"))
    assert not desk.bookings[booking].awaits_yes


def test_a_group_is_moved_by_one_act_and_a_held_place_lapses(desk):
    group = desk.group(FRIDAY)
    people = [desk.book_seat(name, group) for name in ("anna", "zane")]
    held = desk.seat("juris", group)
    done = move(desk, group, start=at(6))
    assert len(done.meetings) == 1
    assert {desk.bookings[id_].awaits_yes for id_ in people} == {True}
    assert desk.bookings[held].state == "lapsed"
    assert done.freed == ()


def test_a_counsellor_may_come_at_any_hour_but_not_where_they_are_already(desk):
    booking, other = desk.book("anna", FRIDAY), desk.book("zane", at(6))
    meeting = desk.bookings[booking].meeting
    assert refusal(lambda: move(desk, meeting, start=at(6))) == "taken"
    assert refusal(lambda: move(desk, meeting, start=at(-1))) == "past"
    move(desk, meeting, start=at(4, "19:00"))  # a Saturday evening
    assert desk.meeting_of(booking).during.start == at(4, "19:00")
    assert desk.meeting_of(other).sequence == 0


def test_another_room_is_news_for_calendars_and_asks_nobody(desk):
    booking = desk.book("anna", FRIDAY, where="214.")
    before = desk.bookings[booking]
    move(desk, desk.bookings[booking].meeting, where="Bibliotēkā")
    assert (desk.meeting_of(booking).where, desk.meeting_of(booking).sequence) == ("Bibliotēkā", 1)
    assert desk.bookings[booking] == before
    order = MoveMeeting(where="Bibliotēkā")
    meeting = desk.bookings[booking].meeting
    assert refusal(lambda: desk.do(order, role="counsellor", meeting=meeting)) == "unchanged"


def test_one_of_two_counsellors_falls_out_and_the_meeting_stands(desk):
    booking = desk.book("anna", FRIDAY, counsellors=("ilze", "peteris"))
    before = desk.bookings[booking]
    move(desk, before.meeting, counsellors=("ilze",))
    assert (desk.meeting_of(booking).counsellors, desk.meeting_of(booking).sequence) == (
        ("ilze",),
        1,
    )
    assert desk.bookings[booking] == before
    desk.hold("zane", FRIDAY, "peteris")


def test_a_meeting_is_taken_by_nobody_who_has_another_one_then(desk):
    booking = desk.book("anna", FRIDAY)
    desk.book("zane", at(3, "10:15"), "peteris")
    meeting = desk.bookings[booking].meeting
    assert refusal(lambda: move(desk, meeting, counsellors=("peteris",))) == "taken"


def test_what_nobody_has_agreed_to_is_not_moved(desk):
    booking = desk.hold("anna", FRIDAY)
    meeting = desk.bookings[booking].meeting
    assert refusal(lambda: move(desk, meeting, start=at(6))) == "not_agreed"


def test_who_has_a_cancelled_place_back_hears_that_the_group_was_moved(desk):
    group = desk.group(FRIDAY)
    booking = desk.book_seat("anna", group)
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    move(desk, group, start=at(6))
    desk.do(UndoCancel(booking=booking))
    back = desk.bookings[booking]
    assert (back.state, back.was, back.awaits_yes) == ("confirmed", FRIDAY, True)


def test_what_was_said_of_a_time_is_not_said_of_another(desk):
    booking = desk.book("anna", FRIDAY)
    desk.do(TellLate(booking=booking, minutes=20))
    desk.do(MoveBooking(booking=booking, start=at(6)))
    assert (desk.bookings[booking].minutes_late, desk.bookings[booking].coming) == (0, None)


# -- places in groups


def test_a_place_moves_to_another_meeting_of_the_group_with_the_party(desk):
    first, second = desk.group(at(3)), desk.group(at(10), seats=3)
    desk.book_seat("eva", second)
    lead = desk.book_seat("anna", first, places=2)
    done = desk.do(MoveSeat(booking=lead), target=second)
    party = desk.about(lead).party(desk.bookings[lead])
    assert [one.meeting for one in party] == [second, second]
    assert {one.seat for one in party} == {1, 2}
    assert {one.id for one in done.meetings} == {first, second}
    assert [(one.meeting, one.seats) for one in done.freed] == [(first, 2)]


def test_a_place_moves_only_where_there_is_room_and_time(desk):
    first, full = desk.group(at(3)), desk.group(at(10), seats=2)
    desk.book_seat("eva", full, places=2)
    booking = desk.book_seat("anna", first)
    order = MoveSeat(booking=booking)
    assert refusal(lambda: desk.do(order, target=full)) == "taken"
    assert refusal(lambda: desk.do(order, target=first)) == "unchanged"
    assert refusal(lambda: desk.do(order)) == "kind"
    soon = desk.group(at(0, "16:00"))
    assert refusal(lambda: desk.do(order, target=soon)) == "too_late"
    far = desk.group(at(3) + timedelta(days=90))
    assert refusal(lambda: desk.do(order, target=far)) == "too_early"
    assert desk.bookings[booking].meeting == first


# -- who hears of it


def test_a_counsellor_sees_who_hears_of_what_before_they_press(desk):
    group = desk.group(FRIDAY)
    own = desk.book_seat("anna", group)
    child = desk.seat("mother", group, whom="Jānis")
    teacher = desk.seat("teacher", group, whom="Eva", booked_by={"role": "teacher", "name": "Ilze"})
    desk.book_seat("zane", group, places=2)
    for id_ in (child, teacher):
        desk.bookings[id_] = desk.bookings[id_].changed(state="confirmed")
    lines = recipients(desk.appointment(group), {own, teacher}, desk.now)
    assert [(one.heard_as, one.about, one.whole, one.reached) for one in lines] == [
        ("person", "self", True, True),
        ("relative", "Jānis", True, False),
        ("booker", "Eva", False, True),
        ("person", "Eva", True, False),
        ("person", "self", True, False),
        ("counsellor", "", True, True),
    ]
    assert [one.about for one in unreached(lines)] == ["Jānis", "Eva", "self"]
