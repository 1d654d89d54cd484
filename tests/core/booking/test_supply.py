"""Free places against people who look for one, and who found none."""

from datetime import timedelta

import pytest

from bot.core.booking.supply import (
    Supply,
    SupplyOf,
    is_newly_without_time,
    marks_still_needed,
    no_time_mark,
    supply_seen,
)
from tests.doubles.bookings import TUESDAY

OF = SupplyOf("paraugpils", "talk", "lv")
SHORT, ENOUGH = Supply(soon=1, later=3, waiting=25, invited=5), Supply(40, 60, 25, 5)
DAY = timedelta(days=1)
KEY = b"sixteen bytes or more"


@pytest.mark.parametrize(
    ("supply", "level", "missing"),
    [
        (Supply(soon=1, later=3, waiting=30, invited=0), "two", 27),
        (Supply(soon=1, later=3, waiting=20, invited=10), "two", 27),
        (Supply(soon=10, later=30, waiting=30, invited=0), "one", 20),
        (Supply(soon=30, later=30, waiting=30, invited=0), "none", 0),
        (Supply(soon=0, later=0, waiting=0, invited=0), "none", 0),
        (Supply(soon=0, later=0, waiting=1, invited=0), "two", 1),
    ],
)
def test_two_levels_each_with_the_number_that_is_missing(supply, level, missing):
    assert (supply.level, supply.missing) == (level, missing)


def test_the_coordinator_hears_at_once_then_weekly_then_no_more():
    seen = supply_seen(OF, SHORT, None, TUESDAY)
    assert (seen.is_told, seen.alarm.level, seen.alarm.missing) == (True, "two", 27)
    told = []
    for day in range(1, 22):
        supply = SHORT if day < 15 else ENOUGH
        seen = supply_seen(OF, supply, seen.alarm, TUESDAY + day * DAY)
        told += [day] * seen.is_told
    assert told == [7, 14]
    assert (seen.alarm.level, seen.alarm.missing) == ("none", 0)


def test_an_alarm_that_comes_and_goes_is_told_weekly_all_the_same():
    alarm, told = None, 0
    for day in range(28):
        seen = supply_seen(OF, (SHORT, ENOUGH)[day % 2], alarm, TUESDAY + day * DAY)
        alarm, told = seen.alarm, told + seen.is_told
    assert told == 4


def test_where_nothing_is_new_no_version_is_made():
    first = supply_seen(OF, SHORT, None, TUESDAY)
    again = supply_seen(OF, SHORT, first.alarm, TUESDAY + DAY)
    assert again.alarm == first.alarm
    fewer = supply_seen(OF, SHORT._replace(waiting=24), first.alarm, TUESDAY + DAY)
    assert (fewer.alarm.missing, fewer.alarm.version) == (26, first.alarm.version + 1)


def test_who_finds_no_time_three_times_is_counted_once_in_thirty_days():
    seen, counted = {}, 0
    for day in (0, 5, 29, 30):
        mark = no_time_mark(KEY, "conversation-1", "paraugpils", "talk")
        if is_newly_without_time(mark, seen, TUESDAY + day * DAY):
            counted, seen[mark] = counted + 1, TUESDAY + day * DAY
    assert counted == 2


def test_a_mark_differs_by_person_place_kind_and_key():
    parts = [("p1", "a", "talk"), ("p2", "a", "talk"), ("p1", "b", "talk"), ("p1", "a", "group"), ("p1a", "", "talk")]  # fmt: skip
    marks = {no_time_mark(key, *part) for part in parts for key in (KEY, KEY[::-1])}
    assert len(marks) == 10


def test_a_key_that_could_be_guessed_is_refused():
    with pytest.raises(ValueError, match="16"):
        no_time_mark(b"short", "p1", "a", "talk")


def test_marks_are_forgotten_after_thirty_days():
    seen = {"old": TUESDAY - 30 * DAY, "new": TUESDAY - 29 * DAY}
    assert set(marks_still_needed(seen, TUESDAY)) == {"new"}
