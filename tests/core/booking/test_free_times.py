"""The times of one counsellor, of several together, and the places of a group."""

from datetime import date, timedelta

import pytest

from bot.core.booking.appointment import Appointment
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.counsellor import Absence, DayHours
from bot.core.booking.free_times import common_times, free_at, free_times
from bot.core.booking.meeting import Booking
from bot.core.booking.standing import standing_at
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
    moment,
    walls,
)

MORNING = every_day("09:00-12:00")


def morning(meetings=(), *, schedule=None, **changed):
    """Return the times of a morning from nine to twelve, a talk of 45 minutes every half hour."""
    inga = counsellor(weekly=MORNING, schedule=schedule)
    return walls(free_times(inga, meetings, looking(**changed)))


def test_a_free_morning_is_all_there():
    assert morning() == ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_what_is_kept_free_around_meetings_moves_no_other_time():
    ten = met(at(MONDAY, "10:00"))  # until 11:00 with its notes
    assert morning([ten], after=0) == ["09:00", "11:00"]  # 09:30 would run into it
    assert morning([ten], after=15) == ["09:00", "11:00"]
    assert morning([ten], after=30) == ["11:00"]
    assert morning([ten], before=15) == ["09:00"]


def test_a_break_stays_free_of_notes_too():
    lunch = {"breaks": hours("10:30-11:00")}
    assert morning(schedule=lunch, after=0) == ["09:00", "09:30", "11:00"]
    assert morning(schedule=lunch, after=30) == ["09:00", "11:00"]


def test_an_absence_of_some_hours_takes_these_hours():
    away = Absence(since=MONDAY, until=MONDAY, since_time="10:00", until_time="10:30")
    assert morning(schedule={"absences": (away,)}) == ["09:00", "10:30", "11:00"]


def test_an_absence_of_days_takes_its_first_and_last():
    inga = counsellor(
        weekly=every_day("09:00-10:00"),
        schedule={
            "absences": (
                Absence(since=MONDAY + timedelta(days=1), until=MONDAY + timedelta(days=2)),
            )
        },
    )
    days = [time.start.date() for time in free_times(inga, (), looking(days=5))]
    assert days == [MONDAY + timedelta(days=number) for number in (0, 3, 4)]


def test_an_absence_that_ends_before_it_begins_takes_nothing():
    away = Absence(since=MONDAY, until=MONDAY, since_time="11:00", until_time="10:00")
    assert len(morning(schedule={"absences": (away,)})) == 5


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2027-03-27 09:00", "10:00"),  # 24 hours before, of which the night has one less
        ("2027-03-27 08:59", "10:00"),
        ("2027-03-27 08:00", "09:00"),
    ],
)
def test_notice_is_counted_in_hours_that_pass(now, first):
    sunday = date(2027, 3, 28)
    opened = counsellor(schedule={"days": (DayHours(day=sunday, hours=hours("09:00-12:00")),)})
    search = looking(sunday, now=moment(now))
    assert walls(free_times(opened, (), search))[0] == first


def test_the_horizon_is_a_moment_and_still_within_it():
    now = at(MONDAY, "10:00")
    inga = counsellor(weekly=MORNING)
    shown = free_times(inga, (), looking(MONDAY, 60, now=now, horizon=30))
    assert shown[-1].start == now + timedelta(days=30)
    assert shown[0].start == now + timedelta(hours=24)


def test_a_day_has_its_cap_by_the_local_date():
    late = met(at(MONDAY, "00:30"))  # in UTC it was still Sunday
    day = [met(at(MONDAY, wall)) for wall in ("13:00", "15:00")]
    assert morning([late, *day], schedule={"most_a_day": 3}) == []
    assert len(morning(day, schedule={"most_a_day": 3})) == 5
    assert len(morning([late, *day], schedule={"most_a_day": 4})) == 5


def test_a_week_has_its_cap_from_monday_to_sunday():
    sunday = MONDAY + timedelta(days=6)
    full = [met(at(MONDAY + timedelta(days=number), "13:00")) for number in range(3)]
    inga = counsellor(weekly=MORNING, schedule={"most_a_week": 3})
    days = {time.start.date() for time in free_times(inga, full, looking(days=8))}
    assert days == {sunday + timedelta(days=1)}


def test_meetings_in_a_row_are_followed_by_a_pause():
    """Three from nine, each with its notes; a fourth may follow only after a pause."""
    row = [met(at(MONDAY, wall), after=0, minutes=60) for wall in ("09:00", "10:00", "11:00")]
    inga = counsellor(schedule={"most_in_row": 3, "pause": 20})
    shown = walls(free_times(inga, row, looking()))
    assert shown[:2] == ["12:30", "13:00"]  # 12:00 would be the fourth


def test_a_meeting_that_would_join_two_rows_is_left_out():
    row = [met(at(MONDAY, wall), after=0, minutes=60) for wall in ("09:00", "11:00")]
    inga = counsellor(schedule={"most_in_row": 2, "pause": 15})
    shown = walls(free_times(inga, row, looking(minutes=60, after=0)))
    assert "10:00" not in shown
    assert shown[0] == "12:00"  # a second one after the second is allowed
    more = counsellor(schedule={"most_in_row": 3, "pause": 15})
    assert "10:00" in walls(free_times(more, row, looking(minutes=60, after=0)))


def test_a_pause_that_is_just_long_enough_ends_a_row():
    rest = [met(at(MONDAY, wall), after=0, minutes=60) for wall in ("09:00", "10:30")]
    inga = counsellor(schedule={"most_in_row": 2, "pause": 30})
    shown = walls(free_times(inga, rest, looking(minutes=60, after=0)))
    assert shown[0] == "11:30"  # the second in its row


def test_between_two_schools_there_is_time_to_travel():
    here = met(at(MONDAY, "09:00"), institution=SCHOOL)
    rows = (
        *hours("08:00-10:00", weekday=1, place=SCHOOL),
        *hours("10:00-13:00", weekday=1),
    )
    inga = counsellor(weekly=rows, schedule={"travel": 60})
    shown = free_times(inga, [here], looking())
    assert [(walls([one])[0], one.terms.office) for one in shown] == [
        ("08:00", SCHOOL),
        ("11:00", BOARD),
        ("11:30", BOARD),
        ("12:00", BOARD),
    ]


def test_only_the_ways_that_all_allow_are_offered():
    rows = (
        *hours("09:00-10:00", weekday=1, modes=("phone", "video")),
        *hours("10:00-11:00", weekday=1, kinds=("group",)),
        *hours("11:00-12:00", weekday=1, room="12"),
    )
    inga = counsellor(weekly=rows, modes=("in_person", "video"))
    shown = free_times(inga, (), looking())
    assert [(one.terms.modes, one.terms.room) for one in shown] == [
        (("video",), ""),
        (("in_person", "video"), "12"),
    ]
    assert walls(free_times(inga, (), looking(modes=("in_person",)))) == ["11:00"]
    assert free_times(inga, (), looking(modes=("chat",))) == ()


def test_hours_that_overlap_give_a_time_once_with_both_ways():
    rows = (
        *hours("09:00-11:00", weekday=1, modes=("phone",)),
        *hours("10:00-12:00", weekday=1, modes=("in_person", "phone")),
    )
    shown = free_times(counsellor(weekly=rows), (), looking())
    assert walls(shown) == ["09:00", "09:30", "10:00", "10:30", "11:00"]
    assert [set(one.terms.modes) for one in shown][2] == {"phone", "in_person"}


def test_nobody_is_offered_who_takes_no_bookings_or_not_this_kind():
    assert free_times(counsellor(qualification=None), (), looking()) == ()
    assert free_times(counsellor(active=False), (), looking()) == ()
    assert free_times(counsellor(kinds=("group",)), (), looking()) == ()


def test_another_counsellors_meeting_takes_nothing():
    assert len(morning([met(at(MONDAY, "10:00"), "zane")])) == 5


NOW = at(MONDAY, "08:00")
TOMORROW = MONDAY + timedelta(days=2)


def booked(state="confirmed", **fields):
    meeting = met(at(TOMORROW, "10:00")).meeting
    booking = Booking(id="b" * 32, meeting=meeting.id, kind="talk", state=state, made=NOW, **fields)
    return Appointment(meeting, (booking,))


@pytest.mark.parametrize(
    ("state", "fields", "minutes", "taken"),
    [
        ("confirmed", {}, 0, True),
        ("held", {"hold_until": NOW + timedelta(minutes=10)}, 9, True),
        ("held", {"hold_until": NOW + timedelta(minutes=10)}, 10, False),  # whatever the row says
        ("cancelled", {"ended_by": "person", "ended_at": NOW}, 29, True),  # can be had back
        ("cancelled", {"ended_by": "person", "ended_at": NOW}, 30, False),
        ("cancelled", {"ended_by": "counsellor", "ended_at": NOW}, 0, False),
        ("declined", {}, 0, False),
    ],
)
def test_the_clock_says_what_is_still_kept(state, fields, minutes, taken):
    now = NOW + timedelta(minutes=minutes)
    standing = standing_at([booked(state, **fields)], now, BookingBounds())
    inga = counsellor(weekly=MORNING)
    shown = walls(free_times(inga, standing, looking(TOMORROW, now=now)))
    assert ("10:00" not in shown) == taken


def test_a_cancelled_meeting_takes_no_time():
    gone = booked()
    gone = gone._replace(meeting=gone.meeting.model_copy(update={"state": "cancelled"}))
    standing = standing_at([gone], NOW, BookingBounds())
    assert len(free_times(counsellor(weekly=MORNING), standing, looking(TOMORROW, now=NOW))) == 5


def group(wall="10:00", taken=0, **fields):
    meeting = met(at(TOMORROW, wall), kind="group", minutes=90, seats=4, **fields).meeting
    bookings = tuple(
        Booking(
            id=f"{seat:032x}",
            meeting=meeting.id,
            kind="group",
            seat=seat,
            state="confirmed",
            made=NOW,
        )
        for seat in range(taken)
    )
    return Appointment(meeting, bookings)


def groups(*appointments, **changed):
    standing = standing_at(appointments, NOW, BookingBounds())
    search = looking(TOMORROW, kind="group", rules=GROUP, now=NOW, **changed)
    return free_times(counsellor(), standing, search)


def test_a_group_is_offered_where_staff_opened_it_and_has_places():
    first, full = group("10:00", taken=3), group("13:00", taken=4)
    shown = groups(first, full)
    assert walls(shown) == ["10:00"]
    assert (shown[0].terms.meeting, shown[0].terms.seats_left) == (first.meeting.id, 1)
    assert shown[0].end - shown[0].start == timedelta(minutes=90)


def test_a_group_takes_its_counsellors_time_also_empty():
    standing = standing_at([group("10:00")], NOW, BookingBounds())
    shown = walls(free_times(counsellor(), standing, looking(TOMORROW, now=NOW)))
    assert shown[0] == "09:00"
    assert shown[1] == "12:00"  # 11:30 and a quarter of an hour, to the next step


def test_a_group_keeps_notice_mode_and_absence():
    assert groups(group(), notice=60) == ()
    assert groups(group(), modes=("video",)) == ()
    assert len(groups(group(), modes=("in_person",))) == 1
    away = {"absences": (Absence(since=TOMORROW, until=TOMORROW),)}
    standing = standing_at([group()], NOW, BookingBounds())
    search = looking(TOMORROW, kind="group", rules=GROUP, now=NOW)
    assert free_times(counsellor(schedule=away), standing, search) == ()


def test_two_counsellors_together_have_the_times_of_both():
    """The second one's hours begin at another minute: the times are the first one's."""
    inga = counsellor(weekly=MORNING)
    nva = counsellor("sandra", weekly=every_day("09:40-17:00"), institution="paraugpils/nva")
    busy = met(at(MONDAY, "11:45"), "sandra", institution="paraugpils/nva")
    shown = common_times([inga, nva], (), looking())
    assert walls(shown) == ["10:00", "10:30", "11:00"]
    assert {one.terms.office for one in shown} == {BOARD}
    # hers is elsewhere: a quarter of an hour of notes, half an hour of travel
    assert walls(common_times([inga, nva], [busy], looking())) == ["10:00"]


def test_two_together_meet_in_a_way_that_both_can():
    inga = counsellor(weekly=MORNING, modes=("in_person", "video"))
    nva = counsellor("sandra", modes=("phone", "video"))
    assert {one.terms.modes for one in common_times([inga, nva], (), looking())} == {("video",)}
    assert common_times([inga, counsellor("sandra", modes=("phone",))], (), looking()) == ()


def test_where_one_of_two_is_away_neither_is_offered():
    away = {"absences": (Absence(since=MONDAY, until=MONDAY),)}
    nva = counsellor("sandra", schedule=away)
    assert common_times([counsellor(), nva], (), looking()) == ()
    assert common_times([counsellor(), counsellor("sandra", active=False)], (), looking()) == ()


def test_the_time_asked_for_is_the_time_shown():
    inga, search = counsellor(weekly=MORNING), looking()
    shown = free_times(inga, (), search)
    assert [free_at(one.start, inga, (), search) for one in shown] == list(shown)
    assert free_at(shown[0].start + timedelta(minutes=5), inga, (), search) is None
    assert free_at(at(MONDAY, "12:00"), inga, (), search) is None
