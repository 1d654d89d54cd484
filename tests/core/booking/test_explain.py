"""Why a time is not there, and why a whole day has none."""

from datetime import date, timedelta

import pytest

from bot.core.booking.closures import ClosedDays, Closures, MovedDay
from bot.core.booking.counsellor import Absence, DayHours
from bot.core.booking.explain import explain
from tests.doubles.calendars import (
    BOARD,
    GROUP,
    MONDAY,
    SCHOOL,
    at,
    counsellor,
    every_day,
    hours,
    looking,
    met,
)

MORNING = every_day("09:00-12:00")
LIGO = date(2027, 6, 23)


def why(wall, meetings=(), *, schedule=None, **changed):
    """Return the one reason for which nothing begins on Monday morning at a time."""
    inga = counsellor(weekly=MORNING, schedule=schedule)
    (reason,) = explain(at(MONDAY, wall), inga, meetings, looking(**changed))
    return reason


def test_a_time_that_can_be_booked_has_no_reason():
    assert explain(at(MONDAY, "09:00"), counsellor(), (), looking()) == ()


@pytest.mark.parametrize(
    ("wall", "reason"),
    [
        ("08:30", "outside_hours"),
        ("11:30", "outside_hours"),  # it would end after noon
        ("09:10", "between_times"),
    ],
)
def test_hours_and_steps_are_told_apart(wall, reason):
    assert why(wall).why == reason


def test_a_closed_day_says_its_name():
    inga = counsellor()
    (reason,) = explain(LIGO, inga, (), looking(LIGO))
    assert (reason.why, reason.closure.kind, reason.closure.name) == (
        "closed",
        "holiday",
        "Līgo diena",
    )
    moved = Closures(moved=[MovedDay(off=MONDAY, on=LIGO, providers=("municipality",), source="x")])
    (reason,) = explain(MONDAY, inga, (), looking(closures=moved))
    assert reason.closure.kind == "moved_day"
    shut = ClosedDays(since=MONDAY, until=MONDAY, name="Remonts", institutions=(BOARD,))
    (reason,) = explain(at(MONDAY, "09:00"), inga, (), looking(closures=Closures(closed=[shut])))
    assert reason.closure.name == "Remonts"


def test_a_day_that_was_set_free_and_one_without_hours_are_not_closed():
    free = {"days": (DayHours(day=MONDAY, why="mācības"),)}
    (reason,) = explain(MONDAY, counsellor(schedule=free), (), looking())
    assert (reason.why, reason.note) == ("day_off", "mācības")
    only_friday = counsellor(weekly=hours("09:00-12:00", weekday=5))
    assert explain(MONDAY, only_friday, (), looking())[0].why == "no_hours"
    for_groups = counsellor(weekly=hours("09:00-12:00", weekday=1, kinds=("group",)))
    assert explain(MONDAY, for_groups, (), looking())[0].why == "other_hours"


def test_who_takes_no_bookings_says_so_before_all_else():
    day = looking()
    assert explain(MONDAY, counsellor(qualification=None), (), day)[0].why == "takes_no_bookings"
    assert explain(MONDAY, counsellor(kinds=("group",)), (), day)[0].why == "other_kind"
    assert explain(MONDAY, counsellor(modes=("chat",)), (), looking(modes=("phone",)))[0].why == (
        "other_mode"
    )


def test_notice_and_horizon_say_from_when_and_until_when():
    now = at(MONDAY, "08:00")
    soon, far = why("09:00", now=now), why("09:00", now=now - timedelta(days=50))
    assert (soon.why, soon.moment) == ("notice", now + timedelta(hours=24))
    assert (far.why, far.moment) == ("horizon", now - timedelta(days=8))


def test_a_cap_says_how_many_of_how_many():
    four = [met(at(MONDAY, f"{hour}:00")) for hour in (13, 15, 17, 19)]
    full = why("09:00", four, schedule={"most_a_day": 4})
    assert (full.why, full.taken, full.most) == ("day_full", 4, 4)
    week = why("09:00", four, schedule={"most_a_week": 4})
    assert (week.why, week.taken, week.most) == ("week_full", 4, 4)


def test_a_meeting_in_the_way_is_named_once():
    ten = met(at(MONDAY, "10:00"), institution=SCHOOL)
    taken = why("10:00", [ten])
    assert (taken.why, taken.meeting) == ("taken", ten.meeting.id)
    way = why("11:00", [ten])  # it is over, and half an hour away
    assert (way.why, way.meeting) == ("travel", ten.meeting.id)


def test_break_absence_and_row_have_their_own_words():
    lunch = {"breaks": hours("10:30-11:00")}
    assert why("10:30", schedule=lunch).why == "break"
    away = Absence(
        since=MONDAY, until=MONDAY, since_time="10:00", until_time="10:30", why="pie ārsta"
    )
    absent = why("10:00", schedule={"absences": (away,)})
    assert (absent.why, absent.note) == ("absent", "pie ārsta")
    nine = met(at(MONDAY, "09:00"))
    assert why("10:00", [nine], schedule={"most_in_row": 1}).why == "in_row"


def test_a_time_may_have_two_reasons():
    away = Absence(since=MONDAY, until=MONDAY)
    inga = counsellor(schedule={"absences": (away,)})
    found = explain(at(MONDAY, "10:00"), inga, [met(at(MONDAY, "10:00"))], looking())
    assert {one.why for one in found} == {"absent", "taken"}


def test_a_day_tells_first_what_keeps_most_times_away():
    inga = counsellor(weekly=MORNING, schedule={"breaks": hours("09:00-09:15")})
    ten = met(at(MONDAY, "09:45"), minutes=75)
    found = explain(MONDAY, inga, [ten], looking())
    assert [(one.why, one.starts) for one in found] == [("taken", 5), ("break", 1)]


def test_a_day_with_one_time_left_has_no_reason():
    inga = counsellor(weekly=MORNING)
    assert explain(MONDAY, inga, [met(at(MONDAY, "09:30"))], looking()) == ()


def test_a_group_says_whether_there_is_none_or_no_place():
    inga = counsellor()
    search = looking(kind="group", rules=GROUP)
    assert explain(MONDAY, inga, (), search)[0].why == "no_group"
    full = met(at(MONDAY, "10:00"), kind="group", seats=4, standing={"seats_left": 0})
    assert explain(MONDAY, inga, [full], search)[0].why == "no_seats"
    assert explain(at(MONDAY, "11:00"), inga, [full], search)[0].why == "no_group"
    left = full._replace(seats_left=1)
    assert explain(at(MONDAY, "10:00"), inga, [left], search) == ()
    late = looking(kind="group", rules=GROUP, now=at(MONDAY, "09:00"))
    assert explain(MONDAY, inga, [left], late)[0].why == "notice"
