"""An absence over meetings, who stands in, and that nothing is left undecided by mistake."""

from datetime import date, timedelta

import pytest

from bot.core.booking.absences import (
    CallThem,
    CounsellorAway,
    OfferNewTimes,
    SendSubstitute,
    for_all,
    meetings_under,
    settle_absence,
)
from bot.core.booking.counsellor import Absence
from bot.core.booking.meeting import Companion, HandedItem
from bot.core.booking.order_forms import CallOff
from bot.core.booking.spans import Span
from bot.core.booking.substitutes import StandIn, check_substitute, substitute_for, time_away
from tests.doubles.bookings import SCHOOL, Desk, a_counsellor, at, refusal

WEDNESDAY = date(2026, 11, 25)
PARENT = Companion(role="parent", name="Mamma")


def absent(since=WEDNESDAY, until=WEDNESDAY, **other):
    return Absence(since=since, until=until, **other)


def span(day="2026-11-25", clock="10:00"):
    start = at(day, clock)
    return Span(start=start, end=start + timedelta(minutes=45))


@pytest.fixture
def desk():
    """Ilze, ill tomorrow with eight: one cannot be reached, two come with a parent, one is a group."""
    desk = Desk(counsellors=("ilze", "peteris", "marta"))
    clocks = ("08:00", "09:00", "10:00", "11:00", "13:00", "14:00", "15:00")
    for number, clock in enumerate(clocks):
        along = PARENT if number in {1, 2} else None
        desk.book(f"p{number}", at(1, clock), role="counsellor", along=along)
    group = desk.group(at(2, "10:00"))
    desk.book_seat("g1", group)
    desk.book_seat("g2", group)
    return desk


def under(desk, absence=None, reached=None, absences=None):
    absence = absence or absent(until=date(2026, 11, 26))
    stand_in = StandIn(desk.profiles, absences or {}, desk.is_free)
    appointments = [desk.appointment(id_) for id_ in desk.meetings]
    if reached is None:
        reached = {one.id for one in desk.bookings.values() if desk.whose[one.id] != "p4"}
    away = CounsellorAway("ilze", absence)
    return meetings_under(away, appointments, reached, desk.circumstances("coordinator"), stand_in)


def settle(desk, meetings, decisions, **how):
    c = desk.circumstances("coordinator")
    settled = settle_absence(meetings, decisions, c, **how)
    desk.keep(settled.changes)
    return settled


def test_the_meetings_beneath_are_shown_the_most_urgent_first(desk):
    found = under(desk)
    starts = [one.appointment.meeting.during.start for one in found]
    assert starts == [
        at(1, clock) for clock in ("13:00", "08:00", "09:00", "10:00", "11:00", "14:00", "15:00")
    ] + [at(2, "10:00")]
    assert [len(one.unreached) for one in found] == [1, 0, 0, 0, 0, 0, 0, 0]
    assert [one.has_parent for one in found].count(True) == 2
    assert [one.appointment.is_group for one in found] == [False] * 7 + [True]


def test_what_is_beside_the_absence_or_has_lapsed_is_not_beneath(desk):
    found = under(desk, absent(since_time="10:30", until_time="14:00"))
    starts = {one.appointment.meeting.during.start for one in found}
    assert starts == {at(1, clock) for clock in ("10:00", "11:00", "13:00")}
    held = desk.hold("zane", at(1, "16:00"), role="counsellor")
    assert len(under(desk, absent(since_time="15:50"))) == 1
    desk.now += timedelta(minutes=10)
    assert desk.bookings[held].state_at(desk.now) == "lapsed"
    assert under(desk, absent(since_time="15:50")) == ()


def test_nothing_is_left_undecided_unless_knowingly(desk):
    meetings = under(desk)
    first = meetings[0].appointment.meeting.id
    decisions = {first: CallThem()}
    assert refusal(lambda: settle(desk, meetings, decisions)) == "undecided"
    settled = settle(desk, meetings, decisions, knowingly=True)
    assert len(settled.undecided) == 7
    assert first not in settled.undecided


def test_a_decision_about_another_meeting_is_refused(desk):
    meetings = under(desk)
    decisions = {**for_all(meetings, CallThem()), "f" * 32: CallThem()}
    assert refusal(lambda: settle(desk, meetings, decisions)) == "gone"


def test_all_are_called_in_the_order_of_urgency_and_nothing_changes(desk):
    meetings = under(desk)
    settled = settle(desk, meetings, for_all(meetings, CallThem()))
    assert [one.reached for one in settled.phone] == [False] + [True] * 8
    assert settled.phone[2].along == PARENT
    assert settled.changes.meetings == ()


def test_a_substitute_takes_the_meeting_at_its_time_and_it_stays_the_same(desk):
    meetings = under(desk)
    before = {one.appointment.meeting.id: one.appointment.meeting for one in meetings}
    settle(desk, meetings, for_all(meetings, SendSubstitute(counsellor="peteris")))
    for id_, meeting in before.items():
        after = desk.meetings[id_]
        assert (after.counsellors, after.during) == (("peteris",), meeting.during)
        assert after.sequence == meeting.sequence + 1
    assert all(one.state == "confirmed" for one in desk.bookings.values())


def test_new_times_end_the_meeting_with_our_reason_for_all_in_it(desk):
    meetings = under(desk)
    group = meetings[-1].appointment.meeting.id
    decisions = {**for_all(meetings, CallThem()), group: OfferNewTimes(reason="Ilze slimo")}
    settle(desk, meetings, decisions)
    ended = [one for one in desk.bookings.values() if one.meeting == group]
    assert {(one.state, one.ended_by, one.reason) for one in ended} == {
        ("cancelled", "coordinator", "Ilze slimo")
    }
    assert desk.meetings[group].state == "cancelled"


def test_what_was_only_held_or_offered_is_let_go_at_nobodys_cost(desk):
    friday = absent(date(2026, 12, 11), date(2026, 12, 11))
    waiting = desk.join("zane")
    ended = desk.book("somebody", at("2026-12-11"))
    desk.do(CallOff(reason="x"), role="counsellor", meeting=desk.bookings[ended].meeting)
    assert set(desk.offered()) == {waiting}
    desk.away["ilze"] = {friday.since}
    held = desk.hold("anna", at("2026-12-11", "13:00"), role="counsellor")
    meetings = under(desk, friday)
    assert [one.is_only_held for one in meetings] == [True, True]
    settle(desk, meetings, for_all(meetings, SendSubstitute(counsellor="peteris")))
    assert desk.bookings[held].state == "lapsed"
    assert (desk.entries[waiting].state, desk.entries[waiting].lapsed) == ("waiting", 0)
    assert under(desk, friday) == ()


def test_only_who_is_free_there_able_and_may_see_the_file_stands_in(desk):
    item = HandedItem(id="question", title="Jautājums", lines=("Vai varēšu studēt?",))
    booking = desk.book(
        "own", at(3), handed=(item,), handed_until=at(60), language="ru", counsellor="ilze"
    )
    friday = absent(date(2026, 11, 27), date(2026, 11, 27))
    fields = {
        "lv_only": {"languages": ("lv",)},
        "remote": {"modes": ("video",)},
        "elsewhere": {"institution": "citur/skola"},
        "inactive": {"active": False},
        "unqualified": {"qualification": None},
        "other_kind": {"kinds": ("group",)},
    }
    for id_, other in fields.items():
        desk.profiles[id_] = a_counsellor(id_, **other)
    desk.profiles["serving"] = a_counsellor("serving", institution="citur/skola", serves=(SCHOOL,))
    desk.book("busy", at(3), "marta")
    (found,) = under(desk, friday, absences={"peteris": (friday,)})
    assert found.stand_ins == ("serving",)
    desk.bookings[booking] = desk.bookings[booking].model_copy(update={"handed": ()})
    (found,) = under(desk, friday, absences={"peteris": (friday,)})
    assert found.stand_ins == ("elsewhere", "serving")


def test_who_cannot_stand_in_is_not_sent(desk):
    meetings = under(desk)
    decisions = for_all(meetings, SendSubstitute(counsellor="nobody"))
    assert refusal(lambda: settle(desk, meetings, decisions)) == "taken"


def test_whom_the_absence_names_comes_first(desk):
    named = absent(until=date(2026, 11, 26), substitute="peteris")
    assert under(desk)[0].stand_ins == ("marta", "peteris")
    assert under(desk, named, absences={"ilze": (named,)})[0].stand_ins == ("peteris", "marta")


def test_of_two_counsellors_only_the_absent_one_is_replaced(desk):
    booking = desk.book("both", at(3), counsellors=("peteris", "ilze"))
    meetings = under(desk, absent(date(2026, 11, 27), date(2026, 11, 27)))
    settle(desk, meetings, for_all(meetings, SendSubstitute(counsellor="marta")))
    assert desk.meeting_of(booking).counsellors == ("peteris", "marta")


# -- chains


def test_a_chain_leads_to_its_end_while_it_lasts():
    week = {"since": date(2026, 11, 23), "until": date(2026, 11, 27)}
    absences = {
        "a": [Absence(**week, substitute="b")],
        "b": [absent(substitute="c")],
    }
    assert substitute_for("a", span(), absences) == "c"
    assert substitute_for("a", span("2026-11-26"), absences) == "b"
    assert substitute_for("a", span("2026-11-30"), absences) == "a"
    assert substitute_for("c", span(), absences) == "c"


def test_a_chain_that_ends_with_nobody_or_comes_back_leads_to_nobody():
    absences = {"a": [absent(substitute="b")], "b": [absent()]}
    assert substitute_for("a", span(), absences) == ""
    absences["b"] = [absent(substitute="a")]
    assert substitute_for("a", span(), absences) == ""


def test_a_circle_is_refused_where_it_is_entered_and_only_where_it_is_one():
    absences = {"b": [absent(substitute="c")], "c": [absent(until_time="12:00", substitute="a")]}
    assert refusal(lambda: check_substitute("a", absent(substitute="b"), absences)) == "circle"
    assert refusal(lambda: check_substitute("a", absent(substitute="a"), {})) == "circle"
    afternoon = absent(since_time="12:00", substitute="b")
    assert refusal(lambda: check_substitute("a", afternoon, absences)) is None
    assert refusal(lambda: check_substitute("a", absent(), absences)) is None


def test_a_circle_of_others_hangs_nobody():
    absences = {"b": [absent(substitute="c")], "c": [absent(substitute="b")]}
    assert refusal(lambda: check_substitute("a", absent(substitute="b"), absences)) is None
    assert substitute_for("a", span(), {**absences, "a": [absent(substitute="b")]}) == ""


def test_an_absence_lasts_from_its_first_to_its_last_moment_in_riga():
    days = time_away(absent(date(2027, 3, 27), date(2027, 3, 28)))
    assert days.end - days.start == timedelta(hours=47)  # the clocks go forward
    hours = time_away(absent(since_time="09:00", until_time="24:00"))
    assert hours == Span(start=at("2026-11-25", "09:00"), end=at("2026-11-26", "00:00"))
    backwards = time_away(absent(since_time="15:00", until_time="09:00"))
    assert backwards.start == backwards.end
