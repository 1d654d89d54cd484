"""Whether a time that is asked for can be taken: by people, by staff who look at the hours, by staff who know better."""

from datetime import timedelta

import pytest

from bot.core.booking.appointment import StartWanted, spans_of
from bot.core.booking.bookable import BookableTimes
from bot.core.booking.closures import Closures
from bot.core.booking.counsellor import Absence
from bot.core.booking.free_times import free_times
from tests.doubles.calendars import (
    BOARD,
    MONDAY,
    SCHOOL,
    at,
    counsellor,
    every_day,
    hours,
    looking,
    met,
    walls,
)

NOW = at(MONDAY, "08:00") - timedelta(days=2)


@pytest.fixture
def ask(sample):
    """Ask whether a talk can begin on Monday at a time."""
    rules = sample.library.meetings

    def asked(wall, bounds, *profiles, meetings=(), now=NOW, day=MONDAY, **fields):
        each = profiles or (counsellor(weekly=every_day("09:00-12:00")),)
        known = BookableTimes({one.id: one for one in each}, meetings, rules, Closures(), now)
        during, blocked = spans_of(rules.kinds["talk"], at(day, wall))
        usual = {
            "kind": "talk", "mode": "phone", "counsellors": tuple(one.id for one in each),
            "institution": BOARD, "during": during, "blocked": blocked, "bounds": bounds,
        }  # fmt: skip
        return known.is_free(StartWanted(**usual | fields))

    return asked


def test_what_is_shown_can_be_taken(ask):
    shown = walls(free_times(counsellor(weekly=every_day("09:00-12:00")), (), looking()))
    assert shown
    assert all(ask(wall, "all") for wall in shown)
    assert not ask("09:10", "all")
    assert not ask("11:30", "all")


def test_people_keep_notice_and_load_and_staff_do_not(ask):
    late = at(MONDAY, "07:00")
    assert not ask("09:00", "all", now=late)
    assert ask("09:00", "hours", now=late)
    capped = counsellor(schedule={"most_a_day": 1, "most_in_row": 1})
    other = met(at(MONDAY, "14:00"))
    assert not ask("09:00", "all", capped, meetings=[other])
    assert ask("09:00", "hours", capped, meetings=[other])
    assert ask("09:10", "hours")  # any minute of the hours


def test_hours_mean_what_is_open_and_not_taken(ask):
    assert not ask("18:00", "hours")
    assert ask("18:00", "nothing_else")
    lunch = counsellor(schedule={"breaks": hours("10:00-11:00")})
    assert not ask("10:00", "hours", lunch)
    away = counsellor(schedule={"absences": (Absence(since=MONDAY, until=MONDAY),)})
    assert not ask("10:00", "hours", away)
    holiday = MONDAY.replace(month=6, day=23)
    assert not ask("10:00", "hours", counsellor(), day=holiday)
    assert ask("10:00", "nothing_else", counsellor(), day=holiday)


@pytest.mark.parametrize("bounds", ["all", "hours", "nothing_else"])
def test_a_time_that_is_taken_is_nobodys(ask, bounds):
    ten = met(at(MONDAY, "10:00"))
    assert not ask("10:30", bounds, meetings=[ten])
    assert ask("10:30", bounds, meetings=[ten], besides=(ten.meeting.id,))
    assert ask("10:30", bounds, meetings=[met(at(MONDAY, "10:00"), "zane")])


def test_it_is_taken_where_and_how_it_was_shown(ask):
    assert not ask("09:00", "all", institution=SCHOOL)
    only_video = counsellor(modes=("video",))
    assert not ask("09:00", "all", only_video)
    assert ask("09:00", "all", only_video, mode="video")


def test_all_of_several_must_have_time(ask):
    zane = counsellor("zane")
    busy = met(at(MONDAY, "10:00"), "zane")
    assert ask("10:00", "all", counsellor(), zane)
    for bounds in ("all", "hours", "nothing_else"):
        assert not ask("10:00", bounds, counsellor(), zane, meetings=[busy])
    assert not ask("10:00", "all", counsellors=("inga", "gone"))


def test_a_meeting_keeps_the_length_it_was_made_with(ask):
    """The content may have made the kind shorter or longer since."""
    noon = met(at(MONDAY, "11:30"))
    start = at(MONDAY, "10:00")
    long = timedelta(minutes=100)
    during, blocked = spans_of(looking(minutes=100, after=0).rules, start)
    assert during.end - during.start == long
    fields = {"during": during, "blocked": blocked}
    assert not ask("10:00", "hours", counsellor(), meetings=[noon], **fields)
    assert ask("10:00", "hours", counsellor(), meetings=[noon])


def test_a_kind_that_is_gone_from_the_content_is_not_bookable(ask):
    assert not ask("09:00", "all", kind="tea")
