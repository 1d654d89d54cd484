"""A group week by week: what falls out is told, the rest is taken, and nothing hangs."""

from datetime import date, timedelta

import pytest

from bot.core.booking.groups import MOST_WEEKS, open_series
from bot.core.booking.order_forms import OpenGroup
from tests.doubles.bookings import SCHOOL, Desk, at, refusal


@pytest.fixture
def desk():
    return Desk()


def series(desk, start, *, weeks=10, in_full=False):
    first = OpenGroup(
        meeting="f" * 32, meeting_kind="group", mode="in_person", counsellors=("ilze",), institution=SCHOOL,
        start=start, seats=12, series="rudens",
    )  # fmt: skip
    c = desk.circumstances("counsellor", kind="group")
    return open_series(first, desk.ids(), c, weeks=weeks, in_full=in_full)


def starts(made):
    return [one.during.start for one in made.changes.meetings]


def test_weeks_that_cannot_be_had_are_listed_and_the_rest_is_taken(desk):
    holidays = {date(2026, 12, 25), date(2027, 1, 1)}
    desk.closed = holidays
    made = series(desk, at(3))
    desk.keep(made.changes)
    assert len(starts(made)) == 8
    assert {one.start.date() for one in made.conflicts} == holidays
    assert {one.reason for one in made.conflicts} == {"taken"}
    assert {one.series for one in desk.meetings.values()} == {"rudens"}
    assert len({one.id for one in desk.meetings.values()}) == 8


def test_weeks_that_fall_out_are_made_up_at_the_end_where_wished(desk):
    desk.closed = {date(2026, 12, 25), date(2027, 1, 1)}
    made = series(desk, at(3), in_full=True)
    assert len(starts(made)) == 10
    assert starts(made)[-1] == at("2027-02-12")


def test_a_closure_without_an_end_ends_the_search(desk):
    desk.closed = {at(3).date() + timedelta(days=day) for day in range(1, 1000)}
    made = series(desk, at(3), in_full=True)
    assert (len(starts(made)), len(made.conflicts)) == (1, 9 + MOST_WEEKS)
    assert len(series(desk, at(3), weeks=10_000).conflicts) == MOST_WEEKS - 1


def test_a_series_stays_at_its_hour_when_the_clocks_change(desk):
    desk.now = at("2027-03-10")
    made = series(desk, at("2027-03-19", "14:00"), weeks=3)
    assert [one.strftime("%d %H:%M") for one in starts(made)] == [
        "19 12:00",
        "26 12:00",
        "02 11:00",
    ]


def test_a_meeting_in_the_way_is_a_conflict_of_its_week_only(desk):
    desk.book("anna", at(10, "10:30"))
    made = series(desk, at(3))
    assert [one.start for one in made.conflicts] == [at(10)]
    assert len(starts(made)) == 9


def test_of_a_kind_for_one_no_group_is_opened(desk):
    assert refusal(lambda: desk.group(at(3), meeting_kind="talk")) == "kind"
    assert refusal(lambda: desk.group(at(-1))) == "past"
    assert refusal(lambda: desk.group(at(3), mode="phone")) == "mode"
