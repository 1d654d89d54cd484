"""The waiting list: who comes before whom, whom a time suits, and what they are asked."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.booking.appointment import FreedTime
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.order_forms import CancelBooking, ConfirmBooking
from bot.core.booking.spans import Span
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.booking.waiting_orders import AskAgain, CloseEntry, JoinList, LeaveList, StillWant
from bot.core.booking.waitlist import (
    Fitting,
    WaitingPerson,
    group_at,
    group_of,
    in_order,
    part_of_day,
)
from tests.doubles.bookings import SCHOOL, TUESDAY, Desk, a_counsellor, a_need, at, refusal

FRIDAY = at(3)
DAY = timedelta(days=1)
BOUNDS = BookingBounds()


@pytest.fixture
def desk():
    return Desk()


def entry(number=1, **other):
    need = other.pop("need", a_need())
    made = other.pop("made", TUESDAY)
    return WaitingEntry(id=f"{number:032x}", need=need, made=made, **other)


def freed(start=FRIDAY, **other):
    fields = {
        "kind": "talk", "mode": "in_person", "counsellors": ("ilze",), "institution": SCHOOL,
        "during": Span(start=start, end=start + timedelta(minutes=45)), **other,
    }  # fmt: skip
    return FreedTime(**fields)


def order_of(*entries, now=TUESDAY):
    people = (WaitingPerson(one) for one in entries)
    return [int(one.entry.id, 16) for one in in_order(people, now, BOUNDS)]


# -- the order


def test_the_group_goes_first_then_who_came_first_then_the_id():
    assert order_of(
        entry(1, group=5),
        entry(2, group=0, made=TUESDAY + DAY),
        entry(4, group=5, made=TUESDAY - DAY),
        entry(3, group=5),
        now=TUESDAY + 2 * DAY,
    ) == [2, 4, 1, 3]


def test_who_is_silent_stands_behind_all_and_is_kept():
    assert order_of(entry(1, group=0, silent=True), entry(2, group=9)) == [2, 1]


def test_who_has_an_offer_or_has_ended_is_not_in_the_list():
    states = ("offered", "taken", "left", "closed")
    entries = [entry(number, state=state) for number, state in enumerate(states, 1)]
    assert order_of(*entries, entry(9)) == [9]


def test_one_stands_a_group_further_ahead_after_every_fortnight():
    waiting = entry(group=3)
    assert [group_at(waiting, TUESDAY + days * DAY, BOUNDS) for days in (0, 13, 14, 28, 42, 100)] == [
        3, 3, 2, 1, 0, 0,
    ]  # fmt: skip


@given(group=st.integers(0, 9), later=st.lists(st.integers(0, 9), max_size=8))
def test_nobody_starves_whoever_comes_later(group, later):
    """After as long as the groups are deep, only who came before stands ahead."""
    patient = entry(1, group=group)
    now = TUESDAY + (group + 1) * BOUNDS.ageing_days * DAY
    newer = [entry(number, group=other, made=now - DAY) for number, other in enumerate(later, 2)]
    assert order_of(*newer, patient, now=now)[0] == 1


def test_the_group_is_that_of_the_best_priority():
    groups = {"none": 5, "final_year": 2, "cancelled_by_us": 0}
    assert group_of((), groups) == 5
    assert group_of(("final_year", "cancelled_by_us"), groups) == 0
    assert group_of(("fifty_plus",), groups) == 5


# -- whom a time suits


def suits(one, time, *, parts=(), **profile):
    desk = Desk()
    desk.profiles["ilze"] = a_counsellor("ilze", **profile)
    fitting = Fitting(desk.circumstances("program"), desk.profiles)
    return fitting.suits(WaitingPerson(one, parts), time)


@pytest.mark.parametrize(
    ("wanted", "time"),
    [
        ({"need": a_need(kind="group")}, {}),
        ({"need": a_need(modes=("video",))}, {}),
        ({"need": a_need(language="en")}, {}),
        ({"need": a_need(audience="parent")}, {}),
        ({"need": a_need(place="citur")}, {}),
        ({"need": a_need(with_counsellor="peteris")}, {}),
        ({"need": a_need(since="2026-11-28")}, {}),
        ({"weekdays": (1, 2)}, {}),
        ({"hours": ("afternoon", "evening")}, {}),
        ({"party": 2}, {}),
        ({"party": 3}, {"seats": 2}),
        ({"passed": (FRIDAY,)}, {}),
        ({"example": True}, {}),
    ],
)
def test_a_time_does_not_suit_who_wants_something_else(wanted, time):
    assert not suits(entry(**wanted), freed(**time))


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"need": a_need(kind="group"), "also": ("talk",)},
        {"need": a_need(modes=("video", "in_person"))},
        {"need": a_need(place="", institution=SCHOOL)},
        {"need": a_need(with_counsellor="ilze")},
        {"need": a_need(since="2026-11-27")},
        {"weekdays": (5,), "hours": ("morning",)},
        {"passed": (at(6),)},
    ],
)
def test_a_time_suits_who_wants_it(wanted):
    assert suits(entry(**wanted), freed())


def test_a_place_is_offered_only_where_all_of_a_party_find_room():
    assert suits(entry(party=2), freed(seats=2))
    assert not suits(entry(party=2), freed(seats=1))


def test_the_time_of_who_takes_no_bookings_suits_nobody():
    assert not suits(entry(), freed(), active=False)
    assert not suits(entry(), freed(), qualification=None)


def test_a_time_beside_another_meeting_of_theirs_is_not_offered(desk):
    desk.book("anna", FRIDAY, "peteris", meeting_kind="call")
    assert not suits(entry(), freed(), parts=desk.parts("anna"))
    assert suits(entry(), freed(at(6)), parts=desk.parts("anna"))
    assert suits(entry(whom="Jānis"), freed(), parts=desk.parts("anna"))


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        ("08:00", "morning"),
        ("11:59", "morning"),
        ("12:00", "afternoon"),
        ("16:59", "afternoon"),
        ("17:00", "evening"),
    ],
)
def test_the_parts_of_a_day_are_told_by_the_clock_in_riga(clock, part):
    assert part_of_day(at("2026-06-15", clock)) == part_of_day(at("2026-12-15", clock)) == part


# -- joining, leaving, being asked


def test_one_waits_once_for_a_kind_and_not_for_what_one_has(desk):
    desk.join("anna")
    assert refusal(lambda: desk.join("anna")) == "has_one"
    assert refusal(lambda: desk.join("anna", need=a_need(kind="call"), also=("talk",))) == "has_one"
    desk.join("anna", whom="Jānis")
    desk.join("anna", need=a_need(kind="call"))
    desk.book("zane", FRIDAY)
    assert refusal(lambda: desk.join("zane")) == "has_one"


def test_an_entry_begins_as_nobody_can_make_it_up(desk):
    made_up = entry(
        7, state="offered", booking="b" * 32, made=TUESDAY - 99 * DAY, version=4, lapsed=9
    )
    desk.wait(JoinList(entry=made_up), person="anna")
    kept = desk.entries[made_up.id]
    assert (kept.state, kept.booking, kept.made, kept.version, kept.lapsed) == (
        "waiting", "", TUESDAY, 1, 0,
    )  # fmt: skip


def test_sooner_is_waited_for_only_beside_what_one_has(desk):
    assert refusal(lambda: desk.join("anna", sooner="b" * 32)) == "not_agreed"
    booking = desk.book("anna", at(20))
    desk.join("anna", sooner=booking)


def test_who_books_by_themselves_waits_no_longer(desk):
    waiting = desk.join("anna")
    other = desk.join("anna", whom="Jānis")
    desk.book("anna", FRIDAY)
    assert desk.entries[waiting].state == "taken"
    assert desk.entries[other].state == "waiting"


def test_a_later_cancellation_brings_no_entry_back(desk):
    waiting = desk.join("anna")
    booking = desk.book("anna", FRIDAY)
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    desk.go_on(desk.now + DAY)
    assert desk.entries[waiting].state == "taken"
    assert desk.told == []


def test_one_is_asked_after_a_fortnight_and_answers_by_one_press(desk):
    waiting = desk.join("anna")
    ask = AskAgain(entry=waiting)
    desk.now += 13 * DAY
    assert refusal(lambda: desk.wait(ask, role="program")) == "too_early"
    desk.now += DAY
    desk.wait(ask, role="program")
    assert refusal(lambda: desk.wait(ask, role="program")) == "too_early"
    desk.now += DAY
    desk.wait(StillWant(entry=waiting, wanted=True))
    desk.now += 13 * DAY
    assert refusal(lambda: desk.wait(ask, role="program")) == "too_early"
    desk.now += DAY
    desk.wait(ask, role="program")
    desk.wait(StillWant(entry=waiting, wanted=False))
    assert desk.entries[waiting].state == "left"
    assert refusal(lambda: desk.wait(LeaveList(entry=waiting))) == "ended"


def test_nobody_loses_their_place_in_the_days_they_have_to_answer(desk):
    asked = entry(1, asked=TUESDAY, made=TUESDAY - 14 * DAY)
    newer = entry(2, made=TUESDAY)
    assert order_of(asked, newer, now=TUESDAY + 3 * DAY - timedelta(minutes=1)) == [1, 2]
    assert order_of(asked, newer, now=TUESDAY + 3 * DAY) == [2, 1]
    answered = asked.model_copy(update={"heard": TUESDAY + DAY})
    assert order_of(answered, newer, now=TUESDAY + 9 * DAY) == [1, 2]


def test_only_the_program_asks_and_closes_and_only_people_answer(desk):
    waiting = desk.join("anna")
    wrong = [
        (AskAgain(entry=waiting), "person"),
        (CloseEntry(entry=waiting), "person"),
        (StillWant(entry=waiting, wanted=True), "program"),
        (LeaveList(entry=waiting), "program"),
    ]
    for order, role in wrong:
        assert refusal(lambda order=order, role=role: desk.wait(order, role=role)) == "not_yours"
    desk.wait(CloseEntry(entry=waiting), role="program")
    assert desk.entries[waiting].state == "closed"


def test_a_place_in_the_list_that_is_not_theirs_is_not_found(desk):
    waiting = desk.join("anna")
    order = LeaveList(entry=waiting)
    assert refusal(lambda: desk.wait(order, person="zane")) == "gone"


def test_a_held_time_ends_no_waiting_until_it_is_agreed_to(desk):
    waiting = desk.join("anna")
    booking = desk.hold("anna", FRIDAY)
    assert desk.entries[waiting].state == "waiting"
    desk.do(ConfirmBooking(booking=booking))
    assert desk.entries[waiting].state == "taken"
