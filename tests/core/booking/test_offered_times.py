"""Times as they are offered: each once, and whose turn it is."""

from datetime import timedelta

from bot.core.booking.fairness import by_fairness
from bot.core.booking.offered_times import offered_times
from bot.core.booking.routing import RoutedCounsellor
from bot.core.booking.spans import Span
from tests.doubles.calendars import (
    GROUP,
    MONDAY,
    SCHOOL,
    at,
    counsellor,
    every_day,
    looking,
    met,
    walls,
)

NOW = at(MONDAY, "08:00") - timedelta(days=3)
MORNING = every_day("09:00-10:00")
INGA, ZANE = counsellor("inga", weekly=MORNING), counsellor("zane", weekly=MORNING)


def routed(*profiles, reason="municipality", language="lv", **fields):
    return [
        RoutedCounsellor(profile=one, reason=reason, language=language, **fields)
        for one in profiles
    ]


def turns(meetings=(), profiles=(INGA, ZANE)):
    return by_fairness(profiles, meetings, NOW)


def test_a_time_that_two_could_take_is_one_time():
    """Elsewhere the same hour was shown once for each of them."""
    late = counsellor("late", weekly=every_day("09:00-11:00"))
    shown = offered_times(routed(INGA, ZANE, late), (), looking())
    assert walls(shown) == ["09:00", "09:30", "10:00"]
    assert [one.counsellors for one in shown] == [
        ("inga", "late", "zane"),
        ("late",),
        ("late",),
    ]


def test_who_has_been_booked_least_comes_first():
    last_week = met(NOW - timedelta(days=7), "inga")
    assert turns() == ["inga", "zane"]
    assert turns([last_week]) == ["zane", "inga"]
    shown = offered_times(routed(INGA, ZANE), [last_week], looking())
    assert shown[0].counsellors == ("zane", "inga")


def test_the_load_counts_against_the_share_of_the_work():
    half = counsellor("zane", share=50)
    meetings = [
        met(NOW - timedelta(days=2), "inga", minutes=75),  # 90 with its notes, of a whole share
        met(NOW - timedelta(days=1), "zane", minutes=45),  # 60 of a half
    ]
    assert turns(meetings, (INGA, half)) == ["inga", "zane"]
    assert turns(meetings) == ["zane", "inga"]


def test_what_is_older_than_four_weeks_no_longer_counts():
    before = met(NOW - timedelta(weeks=4, hours=1), "inga")
    within = met(NOW - timedelta(weeks=4) + timedelta(hours=1), "inga")
    assert turns([before]) == ["inga", "zane"]
    assert turns([within]) == ["zane", "inga"]


def test_what_is_ahead_counts_so_that_bookings_spread():
    assert turns([met(NOW + timedelta(days=20), "inga")]) == ["zane", "inga"]


def test_a_meeting_to_which_nobody_came_counts_for_nobody():
    empty = met(NOW - timedelta(days=2), "inga", standing={"attended": False})
    assert turns([empty]) == ["inga", "zane"]


def test_of_two_with_the_same_load_the_one_longer_idle_comes_first():
    meetings = [met(NOW - timedelta(days=3), "zane"), met(NOW - timedelta(days=2), "inga")]
    assert turns(meetings) == ["zane", "inga"]


def test_the_nearer_route_comes_before_whose_turn_it_is():
    own = counsellor("own", weekly=MORNING, institution=SCHOOL)
    busy = met(NOW - timedelta(days=2), "own")
    offered = [*routed(own, reason="own_school"), *routed(INGA, ZANE)]
    shown = offered_times(offered, [busy, met(NOW - timedelta(days=2), "inga")], looking())
    assert shown[0].counsellors == ("own", "zane", "inga")


def test_a_substitute_is_offered_for_as_long_as_somebody_is_away():
    away = Span(start=at(MONDAY, "00:00"), end=at(MONDAY, "09:30"))
    long = counsellor("long", weekly=every_day("09:00-11:00"))
    (stands_in,) = routed(long, reason="substitute", only=(away,), instead_of="inga")
    assert walls(offered_times([stands_in], (), looking())) == ["09:00"]


def test_two_groups_at_one_hour_are_two_and_one_of_two_counsellors_is_one():
    together = met(
        at(MONDAY, "10:00"), "inga", "zane", kind="group", seats=4, standing={"seats_left": 2}
    )
    other = met(at(MONDAY, "10:00"), "late", kind="group", seats=4, standing={"seats_left": 1})
    late = counsellor("late")
    search = looking(kind="group", rules=GROUP)
    shown = offered_times(routed(INGA, ZANE, late), [together, other], search)
    assert {(one.meeting, one.counsellors) for one in shown} == {
        (together.meeting.id, ("inga", "zane")),
        (other.meeting.id, ("late",)),
    }


def test_a_time_tells_every_way_that_anybody_has():
    phone, video = counsellor("a", modes=("phone",)), counsellor("b", modes=("video", "phone"))
    shown = offered_times(routed(phone, video), (), looking())
    assert shown[0].modes == ("phone", "video")
