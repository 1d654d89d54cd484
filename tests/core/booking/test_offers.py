"""Freed time goes to who waits: to one after the other, by day, in time; or to all at once."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.booking.bounds import BookingBounds
from bot.core.booking.daytime import is_daytime
from bot.core.booking.meeting import HandedItem
from bot.core.booking.offers import offer_until
from bot.core.booking.order_forms import (
    CallOff,
    CancelBooking,
    ConfirmBooking,
    HoldSeat,
    KeepLonger,
    MoveMeeting,
    ReleaseHold,
    UndoCancel,
)
from bot.core.booking.waiting_orders import (
    AcceptOffer,
    CloseEntry,
    DeclineOffer,
    LeaveList,
    StillWant,
    to_be_asked,
)
from tests.doubles.bookings import TUESDAY, Desk, a_need, at, refusal

FRIDAY, MONTH_AHEAD = at(3), at(28)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BOUNDS = BookingBounds()


@pytest.fixture
def desk():
    return Desk()


def freed_by_cancelling(desk, start=MONTH_AHEAD):
    """Let a time be cancelled, and half an hour pass."""
    booking = desk.book("somebody", start)
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    desk.go_on(desk.now + 30 * MINUTE)
    return booking


def accept(desk, entry, **other):
    booking = desk.entries[entry].booking
    return desk.wait(AcceptOffer(entry=entry, agreed=ConfirmBooking(booking=booking, **other)))


# -- how long an offer stands


@pytest.mark.parametrize(
    ("told", "start", "until"),
    [
        (at(0, "12:00"), at(28, "10:00"), at(1, "12:00")),  # a day at most
        (at(0, "12:00"), at(2, "12:00"), at(1, "09:00")),  # a quarter of two days ends at midnight
        (at(0, "08:00"), at(1, "20:00"), at(0, "17:00")),  # a quarter
        (at(0, "20:30"), at(2, "08:30"), at(1, "08:30")),  # the notice ends before nine
        (at(0, "20:30"), at(2, "04:00"), None),  # only half an hour of the evening is left
        (at(0, "12:00"), at(1, "12:30"), None),  # half an hour until the notice
    ],
)
def test_an_offer_stands_a_quarter_of_what_is_left_and_ends_by_day(told, start, until):
    assert offer_until(start, start - DAY, told, BOUNDS) == until


@given(
    told=st.integers(0, 60 * 24 * 7), ahead=st.integers(1, 60 * 24 * 60), notice=st.integers(0, 72)
)
def test_whatever_is_left_no_offer_ends_at_night_or_too_late(told, ahead, notice):
    now = TUESDAY + told * MINUTE
    start = now + ahead * MINUTE
    latest = start - notice * HOUR
    until = offer_until(start, latest, now, BOUNDS)
    if until is not None:
        assert is_daytime(until)
        assert now + HOUR <= until <= latest
        assert until - now <= DAY + 13 * HOUR  # what would end at night ends at nine


# -- one after the other


def test_a_freed_time_is_held_for_the_first_and_for_nobody_else(desk):
    first, second = desk.join("anna"), desk.join("zane")
    freed_by_cancelling(desk)
    assert set(desk.offered()) == {first}
    held = desk.bookings[desk.offered()[first]]
    assert (held.state, held.offered, held.hold_until) == ("held", True, desk.now + DAY)
    assert desk.entries[second].state == "waiting"
    assert refusal(lambda: desk.hold("juris", MONTH_AHEAD)) == "taken"


def test_a_cancelled_time_waits_until_nobody_can_have_it_back(desk):
    waiting = desk.join("anna")
    booking = desk.book("somebody", MONTH_AHEAD)
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    desk.go_on(desk.now + 29 * MINUTE, every=MINUTE)
    assert desk.offered() == {}
    desk.do(UndoCancel(booking=booking))
    desk.go_on(desk.now + 2 * HOUR)
    assert desk.entries[waiting].state == "waiting"


def test_no_thank_you_passes_it_on_at_once_and_costs_nothing(desk):
    first, second = desk.join("anna"), desk.join("zane")
    freed_by_cancelling(desk)
    desk.wait(DeclineOffer(entry=first))
    assert set(desk.offered()) == {second}
    declined = desk.entries[first]
    assert (declined.state, declined.lapsed, declined.silent) == ("waiting", 0, False)
    desk.wait(DeclineOffer(entry=second))
    assert desk.offered() == {}  # and it is not offered to them again
    desk.hold("juris", MONTH_AHEAD)


def test_an_offer_that_runs_out_goes_on_and_is_counted(desk):
    first, second = desk.join("anna"), desk.join("zane")
    freed_by_cancelling(desk)
    desk.go_on(desk.now + DAY)
    assert (desk.entries[first].state, desk.entries[first].lapsed) == ("waiting", 1)
    assert set(desk.offered()) == {second}


def test_after_two_that_ran_out_one_is_asked_and_sinks_until_one_answers(desk):
    waiting = desk.join("anna")
    for day in (28, 29):
        freed_by_cancelling(desk, at(day))
        asked = []
        desk.on_change = lambda changes, asked=asked: asked.extend(
            to_be_asked(changes, desk.circumstances("program"))
        )
        desk.go_on(desk.now + DAY)
    assert asked == [waiting]
    assert (desk.entries[waiting].silent, desk.entries[waiting].lapsed) == (True, 2)
    later = desk.join("zane")
    freed_by_cancelling(desk, at(30))
    assert set(desk.offered()) == {later}
    desk.wait(StillWant(entry=waiting, wanted=True))
    assert (desk.entries[waiting].silent, desk.entries[waiting].lapsed) == (False, 0)


def test_a_lapse_between_two_answers_is_no_second_one_in_a_row(desk):
    waiting = desk.join("anna")
    freed_by_cancelling(desk, at(28))
    desk.go_on(desk.now + DAY)
    freed_by_cancelling(desk, at(29))
    desk.wait(DeclineOffer(entry=waiting))
    freed_by_cancelling(desk, at(30))
    desk.go_on(desk.now + DAY)
    assert (desk.entries[waiting].lapsed, desk.entries[waiting].silent) == (1, False)


def test_what_ran_out_cannot_be_taken_though_no_job_ran(desk):
    waiting = desk.join("anna")
    freed_by_cancelling(desk)
    desk.go_on(desk.now + DAY, tidying=False)
    assert refusal(lambda: accept(desk, waiting)) == "lapsed"


def test_taking_an_offer_books_it_and_ends_the_waiting(desk):
    waiting = desk.join("anna")
    freed_by_cancelling(desk)
    booking = desk.offered()[waiting]
    accept(desk, waiting, question="Ko tālāk?")
    taken = desk.bookings[booking]
    assert (taken.state, taken.offered, taken.question) == ("confirmed", False, "Ko tālāk?")
    assert (desk.entries[waiting].state, desk.entries[waiting].booking) == ("taken", "")
    again = AcceptOffer(entry=waiting, agreed=ConfirmBooking(booking=booking))
    assert refusal(lambda: desk.wait(again)) == "ended"


def test_what_is_offered_is_not_agreed_to_or_let_go_beside_the_list(desk):
    waiting = desk.join("anna")
    freed_by_cancelling(desk)
    booking = desk.offered()[waiting]
    for order in (
        ConfirmBooking(booking=booking),
        ReleaseHold(booking=booking),
        KeepLonger(booking=booking),
        CancelBooking(booking=booking, choice="cancel"),
    ):
        assert refusal(lambda order=order: desk.do(order)) == "has_offer"
    assert refusal(lambda: desk.hold("anna", FRIDAY)) == "has_offer"


def test_an_offer_is_taken_as_what_was_offered_and_nothing_else(desk):
    waiting = desk.join("anna")
    freed_by_cancelling(desk)
    order = AcceptOffer(entry=waiting, agreed=ConfirmBooking(booking="f" * 32))
    assert refusal(lambda: desk.wait(order)) == "gone"


@pytest.mark.parametrize("order", [LeaveList, CloseEntry])
def test_who_leaves_the_list_leaves_the_offer_to_others(desk, order):
    first, second = desk.join("anna"), desk.join("zane")
    freed_by_cancelling(desk)
    role = "person" if order is LeaveList else "program"
    desk.wait(order(entry=first), role=role)
    assert set(desk.offered()) == {second}
    assert desk.entries[first].state in {"left", "closed"}


def test_an_offer_that_was_taken_is_not_revived_by_whatever_follows(desk):
    waiting = desk.join("anna")
    freed_by_cancelling(desk)
    booking = desk.offered()[waiting]
    accept(desk, waiting)
    desk.do(CallOff(reason="Slimība"), role="counsellor", meeting=desk.bookings[booking].meeting)
    desk.go_on(desk.now + DAY)
    assert desk.entries[waiting].state == "taken"


def test_with_an_offer_open_nothing_is_had_back_and_afterwards_it_is(desk):
    booking = desk.book("anna", FRIDAY)
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    waiting = desk.join("anna")
    other = desk.book("somebody", MONTH_AHEAD)
    order = CallOff(reason="Pārpratums")
    desk.do(order, role="counsellor", meeting=desk.bookings[other].meeting)
    assert set(desk.offered()) == {waiting}
    assert refusal(lambda: desk.do(UndoCancel(booking=booking))) == "has_offer"
    desk.wait(DeclineOffer(entry=waiting))
    desk.do(UndoCancel(booking=booking))
    assert desk.entries[waiting].state == "taken"  # she has what she waited for


def test_an_offer_taken_back_by_us_costs_nothing(desk):
    group = desk.group(at(28), seats=2)
    desk.book_seat("somebody", group)
    desk.book_seat("nobody", group)
    waiting = desk.join("anna", need=a_need(kind="group"))
    somebody = next(one for one in desk.bookings.values() if desk.whose[one.id] == "somebody")
    desk.do(CancelBooking(booking=somebody.id, choice="cancel"))
    desk.go_on(desk.now + 30 * MINUTE)
    assert set(desk.offered()) == {waiting}
    desk.do(MoveMeeting(start=at(29)), role="counsellor", meeting=group)
    entry = desk.entries[waiting]
    assert (entry.state, entry.booking, entry.lapsed) == ("waiting", "", 0)


def test_a_meeting_called_off_by_us_is_offered_on_if_its_time_is_open(desk):
    waiting = desk.join("anna")
    booking = desk.book("somebody", MONTH_AHEAD)
    order = CallOff(reason="Pārpratums")
    desk.do(order, role="counsellor", meeting=desk.bookings[booking].meeting)
    assert set(desk.offered()) == {waiting}


def test_the_time_of_who_is_away_is_offered_to_nobody(desk):
    desk.join("anna")
    booking = desk.book("somebody", MONTH_AHEAD)
    desk.away["ilze"] = {MONTH_AHEAD.date()}
    order = CallOff(reason="Slimība")
    desk.do(order, role="counsellor", meeting=desk.bookings[booking].meeting)
    assert desk.offered() == {}
    assert desk.told == []


# -- by night, in time, or to all


def test_what_is_freed_by_night_is_held_at_once_and_told_in_the_morning(desk):
    waiting = desk.join("anna")
    booking = desk.book("somebody", MONTH_AHEAD)
    desk.now = at(1, "23:00")
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    desk.go_on(at(1, "23:30"))
    assert desk.told == [(at(2, "08:00"), waiting, "offer")]
    assert desk.bookings[desk.offered()[waiting]].hold_until == at(3, "08:00")
    assert refusal(lambda: desk.hold("juris", MONTH_AHEAD)) == "taken"


def test_what_is_too_near_for_an_offer_is_told_to_all_and_held_for_none(desk):
    suited = [desk.join(name) for name in ("anna", "zane")]
    desk.join("eva", weekdays=(1,))
    freed_by_cancelling(desk, at(1, "13:00"))  # the notice is a day: half an hour is left
    assert {(id_, what) for _, id_, what in desk.told} == {(id_, "first_come") for id_ in suited}
    assert desk.offered() == {}
    desk.book("zane", at(1, "13:00"))
    assert desk.entries[suited[1]].state == "taken"


def test_what_cannot_be_booked_any_more_is_told_to_nobody(desk):
    desk.join("anna")
    freed_by_cancelling(desk, at(1, "12:15"))  # in half an hour it is within the notice
    desk.go_on(desk.now + 3 * DAY)
    assert desk.told == []


def test_what_would_be_too_late_in_the_morning_is_told_to_nobody(desk):
    desk.join("anna")
    booking = desk.book("somebody", at(3, "08:00"))
    desk.now = at(1, "22:00")
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    desk.go_on(at(4))
    assert desk.told == []


# -- places of a group, parties


def test_each_freed_place_has_one_offer(desk):
    group = desk.group(at(28), seats=3)
    lead = desk.book_seat("somebody", group, places=3)
    waiting = [desk.join(f"p{number}", need=a_need(kind="group")) for number in range(4)]
    desk.do(CancelBooking(booking=lead, choice="cancel"))
    desk.go_on(desk.now + 30 * MINUTE)
    assert list(desk.offered()) == waiting[:3]
    seats = {desk.bookings[id_].seat for id_ in desk.offered().values()}
    assert seats == {0, 1, 2}


def test_who_needs_two_places_gets_two_or_none(desk):
    group = desk.group(at(28), seats=2)
    first, second = (desk.book_seat(name, group) for name in ("a", "b"))
    pair = desk.join("anna", need=a_need(kind="group"), party=2)
    single = desk.join("zane", need=a_need(kind="group"))
    desk.do(CancelBooking(booking=first, choice="cancel"))
    desk.go_on(desk.now + 30 * MINUTE)
    assert set(desk.offered()) == {single}
    desk.wait(LeaveList(entry=single))
    desk.do(CancelBooking(booking=second, choice="cancel"))
    desk.go_on(desk.now + 30 * MINUTE)
    assert set(desk.offered()) == {pair}
    accept(desk, pair)
    states = [one.state for one in desk.appointment(group).bookings if desk.whose[one.id] == "anna"]
    assert states == ["confirmed", "confirmed"]


def test_a_newly_opened_group_goes_to_who_waits_first(desk):
    waiting = [desk.join(f"p{number}", need=a_need(kind="group")) for number in range(3)]
    group = desk.group(at(28), seats=2)
    assert list(desk.offered()) == waiting[:2]
    order = HoldSeat(bookings=(desk.new_id(),))
    assert refusal(lambda: desk.do(order, person="juris", meeting=group)) == "taken"


def test_one_list_serves_several_kinds_in_the_order_in_which_people_came(desk):
    first = desk.join("anna", need=a_need(kind="call"), also=("talk",))
    second = desk.join("zane")
    freed_by_cancelling(desk)
    assert set(desk.offered()) == {first}
    desk.wait(DeclineOffer(entry=first))
    assert set(desk.offered()) == {second}


# -- sooner


def test_a_sooner_time_is_a_move_and_the_later_one_goes_on(desk):
    booking = desk.book("anna", at(28), question="Ko tālāk?")
    meeting = desk.meeting_of(booking)
    sooner = desk.join("anna", sooner=booking)
    other = desk.join("zane")
    freed_by_cancelling(desk, at(14))
    assert set(desk.offered()) == {sooner}
    accept(desk, sooner)
    after = desk.bookings[booking]
    moved = desk.meeting_of(booking)
    assert (moved.id, moved.sequence, moved.during.start) == (meeting.id, 1, at(14))
    assert (after.state, after.was, after.moved, after.question) == (
        "confirmed",
        at(28),
        0,
        "Ko tālāk?",
    )
    assert [one.state for one in desk.bookings.values() if desk.whose[one.id] == "anna"] == [
        "confirmed", "lapsed",
    ]  # fmt: skip
    assert set(desk.offered()) == {other}
    assert desk.bookings[desk.offered()[other]].meeting != meeting.id


def test_sooner_with_another_counsellor_hands_over_what_is_agreed_anew(desk):
    first, second = (
        HandedItem(id="question", title="Jautājums", lines=(text,)) for text in ("Viens", "Divi")
    )
    booking = desk.book("anna", at(28), handed=(first,), handed_until=at(60))
    sooner = desk.join("anna", sooner=booking)
    for start, counsellor, handed in (
        (at(20), "ilze", (first,)),
        (at(14), "peteris", (second,)),
    ):
        freed = desk.book("somebody", start, counsellor)
        order = CallOff(reason="Pārpratums")
        desk.do(order, role="counsellor", meeting=desk.bookings[freed].meeting)
        accept(desk, sooner, handed=(second,), handed_until=at(90))
        assert desk.bookings[booking].handed == handed
        assert desk.meeting_of(booking).counsellors == (counsellor,)
        sooner = desk.join("anna", sooner=booking)


def test_hardly_sooner_or_later_is_not_offered_as_sooner(desk):
    booking = desk.book("anna", at(28, "10:00"))
    desk.join("anna", sooner=booking)
    for start in (at(27, "11:00"), at(29)):
        freed_by_cancelling(desk, start)
    assert desk.offered() == {}


def test_a_sooner_place_in_a_group_is_taken_with_ones_own(desk):
    later, earlier = desk.group(at(28), seats=2), desk.group(at(14), seats=2)
    full = [desk.book_seat(name, earlier) for name in ("a", "b")]
    booking = desk.book_seat("anna", later)
    sooner = desk.join("anna", need=a_need(kind="group"), sooner=booking)
    desk.do(CancelBooking(booking=full[0], choice="cancel"))
    desk.go_on(desk.now + 30 * MINUTE)
    accept(desk, sooner)
    moved = desk.bookings[booking]
    assert (moved.meeting, moved.state, moved.seat, moved.moved) == (earlier, "confirmed", 0, 0)


def test_a_sooner_time_is_worth_nothing_without_the_meeting_it_was_for(desk):
    booking = desk.book("anna", at(28))
    sooner = desk.join("anna", sooner=booking)
    freed_by_cancelling(desk, at(14))
    desk.do(CallOff(reason="Slimība"), role="counsellor", meeting=desk.bookings[booking].meeting)
    assert refusal(lambda: accept(desk, sooner)) == "ended"
