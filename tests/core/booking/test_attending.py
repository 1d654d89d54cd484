"""The day of a meeting: there, late, seen, excused, not come; and all of that taken back."""

from datetime import timedelta

import pytest

from bot.core.booking.order_forms import (
    NoteResult,
    SayComing,
    TellArrived,
    TellLate,
    WithdrawResult,
)
from tests.doubles.bookings import Desk, at, refusal

FRIDAY = at(3)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def booking(desk):
    return desk.book("anna", FRIDAY)


def note(desk, booking, result):
    return desk.do(NoteResult(booking=booking, result=result), role="counsellor")


def withdraw(desk, booking):
    return desk.do(WithdrawResult(booking=booking), role="counsellor")


def test_one_is_there_from_an_hour_before_and_until_the_end(desk, booking):
    tried = {-61: "too_early", 45: "ended"}
    for minutes, reason in tried.items():
        desk.now = FRIDAY + minutes * MINUTE
        assert refusal(lambda: desk.do(TellArrived(booking=booking))) == reason
    desk.now = FRIDAY - 60 * MINUTE
    desk.do(TellArrived(booking=booking))
    assert desk.bookings[booking].state == "arrived"
    assert refusal(lambda: desk.do(TellArrived(booking=booking))) == "unchanged"


def test_nobody_is_said_not_to_have_come_before_they_had_time_to(desk, booking):
    desk.now = FRIDAY + 9 * MINUTE
    assert refusal(lambda: note(desk, booking, "no_show")) == "too_early"
    desk.now = FRIDAY + 10 * MINUTE
    note(desk, booking, "no_show")
    assert desk.bookings[booking].state == "no_show"


def test_who_told_that_they_are_late_is_waited_for_so_much_longer(desk, booking):
    desk.now = FRIDAY - 5 * MINUTE
    desk.do(TellLate(booking=booking, minutes=15))
    desk.now = FRIDAY + 24 * MINUTE
    assert refusal(lambda: note(desk, booking, "no_show")) == "too_early"
    desk.now += MINUTE
    note(desk, booking, "no_show")


def test_one_is_not_late_by_more_than_the_meeting_is_long(desk, booking):
    assert refusal(lambda: desk.do(TellLate(booking=booking, minutes=45))) == "too_late"
    desk.do(TellLate(booking=booking, minutes=44))
    assert refusal(lambda: desk.do(TellLate(booking=booking, minutes=44))) == "unchanged"
    assert not desk.bookings[booking].late  # that is said of cancelling


def test_what_came_of_it_can_be_corrected_and_withdrawn_for_a_week(desk, booking):
    desk.now = FRIDAY + 20 * MINUTE
    note(desk, booking, "no_show")
    said = desk.now
    desk.now = said + 6 * DAY
    note(desk, booking, "excused")
    desk.now = said + 7 * DAY
    withdraw(desk, booking)
    assert (desk.bookings[booking].state, desk.bookings[booking].ended_at) == ("confirmed", None)
    note(desk, booking, "seen")
    desk.now += 7 * DAY + MINUTE
    assert refusal(lambda: withdraw(desk, booking)) == "too_late"
    assert refusal(lambda: note(desk, booking, "no_show")) == "too_late"


def test_a_correction_begins_no_new_week(desk, booking):
    desk.now = FRIDAY + 20 * MINUTE
    note(desk, booking, "no_show")
    desk.now += 6 * DAY
    note(desk, booking, "seen")
    desk.now += 2 * DAY
    assert refusal(lambda: withdraw(desk, booking)) == "too_late"


def test_of_what_was_cancelled_or_only_held_nothing_came(desk, booking):
    held = desk.hold("zane", at(6))
    desk.now = FRIDAY + 20 * MINUTE
    assert refusal(lambda: note(desk, held, "seen")) == "not_agreed"
    assert refusal(lambda: withdraw(desk, booking)) == "unchanged"
    desk.bookings[booking] = desk.bookings[booking].changed(state="declined", ended_at=desk.now)
    assert refusal(lambda: note(desk, booking, "seen")) == "ended"


def test_in_a_group_each_has_a_result_of_their_own(desk):
    group = desk.group(FRIDAY)
    ids = [desk.book_seat(f"p{number}", group) for number in range(12)]
    desk.now = at(3, "11:40")
    for number, id_ in enumerate(ids):
        note(desk, id_, "no_show" if number < 2 else "seen")
    states = [desk.bookings[id_].state for id_ in ids]
    assert (states.count("no_show"), states.count("seen")) == (2, 10)


@pytest.mark.parametrize(("missed", "asked"), [((FRIDAY, at(6)), True), ((FRIDAY,), False)])
def test_after_two_no_shows_one_is_asked_the_day_before_and_not_banned(desk, missed, asked):
    for start in missed:
        booking = desk.book("anna", start)
        desk.now = start + 10 * MINUTE
        note(desk, booking, "no_show")
        desk.now = start + 50 * MINUTE
    booking = desk.book("anna", at(13))
    assert (desk.bookings[booking].state, desk.bookings[booking].awaits_yes) == ("confirmed", asked)
    desk.do(SayComing(booking=booking))
    assert not desk.bookings[booking].awaits_yes


def test_no_shows_of_long_ago_or_of_somebody_else_are_not_counted(desk):
    desk.kinds = {**desk.kinds, "talk": desk.kinds["talk"].model_copy(update={"horizon": 200})}
    for start, whom in ((FRIDAY, "self"), (at(6), "Jānis")):
        booking = desk.book("anna", start, whom=whom)
        desk.now = start + 10 * MINUTE
        note(desk, booking, "no_show")
        desk.now = start + 50 * MINUTE
    assert not desk.bookings[desk.book("anna", at(13))].awaits_yes
    desk.now = at(20)
    second = desk.book("zane", at(21))
    desk.now = at(21) + 10 * MINUTE
    note(desk, second, "no_show")
    desk.now = at(112)
    third = desk.book("zane", at(115))
    desk.now = at(115) + 10 * MINUTE
    note(desk, third, "no_show")
    desk.now = at(115) + 50 * MINUTE
    assert not desk.bookings[desk.book("zane", at(118))].awaits_yes
