"""A conversation handed over: answered in working hours, spoken by one voice, given back; and nobody left waiting."""

from datetime import date, time, timedelta

import pytest

from bot.core.booking.handoff import BOT, Handoff
from bot.core.booking.handoff_orders import (
    AcceptHandoff,
    AnswerTimes,
    AskAfter,
    DeclineHandoff,
    Escalate,
    FinishHandoff,
    GiveBack,
    HandoffMoment,
    HandoffRefused,
    OpenHandoff,
    PassOn,
    ProposeTimes,
    SpeakAsHuman,
    WithdrawHandoff,
    is_answer_overdue,
    is_human_silent,
    obey_handoff,
)
from bot.core.booking.meeting import HandedItem
from bot.core.booking.working_time import WorkingTime, outside_hours
from tests.doubles.bookings import SCHOOL, TUESDAY, at

HOLIDAYS = {date(2026, 12, day) for day in (24, 25, 31)} | {date(2027, 1, 1)}
WORKING = WorkingTime(lambda day: day in HOLIDAYS)
ITEM = HandedItem(id="question", title="Jautājums", lines=("Vai varēšu studēt?",))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def moment(by="ilze", now=TUESDAY):
    return HandoffMoment(now, by, WORKING, hours=8)


def opened(now=TUESDAY, **other):
    fields = {
        "id": "a" * 32, "institution": SCHOOL, "question": "Vai varēšu studēt?", "handed": (ITEM,),
        "handed_until": now + 90 * DAY, "made": now, **other,
    }  # fmt: skip
    return obey_handoff(None, OpenHandoff(handoff=Handoff(**fields)), moment("person", now))


def done(handoff, *orders, by="ilze", now=TUESDAY):
    for order in orders:
        handoff = obey_handoff(handoff, order, moment(by, now))
    return handoff


def refused(handoff, order, by="ilze", now=TUESDAY):
    with pytest.raises(HandoffRefused) as caught:
        done(handoff, order, by=by, now=now)
    return caught.value.reason


# -- working hours


@pytest.mark.parametrize(
    ("now", "hours", "due"),
    [
        (at(0, "12:00"), 4, at(0, "16:00")),
        (at(0, "12:00"), 8, at(1, "11:00")),
        (at(0, "23:00"), 8, at(1, "16:00")),
        (at(3, "16:00"), 2, at(6, "09:00")),  # over a weekend
        (at("2026-12-23", "16:00"), 2, at("2026-12-28", "09:00")),  # over Christmas
        (at(0, "16:00"), 1, at(0, "17:00")),
        (at(0, "06:00"), 0, at(0, "08:00")),
        (at("2027-03-26", "16:00"), 9, at("2027-03-29", "16:00")),  # the clocks go forward
    ],
)  # fmt: skip
def test_working_hours_are_counted_over_nights_weekends_and_holidays(now, hours, due):
    assert WORKING.after_hours(now, hours) == due


def test_where_nobody_ever_works_nothing_hangs():
    never = WorkingTime(lambda _: True)
    assert never.after_hours(TUESDAY, 1) is None
    assert never.next_opening(TUESDAY) is None
    assert outside_hours(TUESDAY, never, None) is not None
    assert outside_hours(TUESDAY, never, TUESDAY - DAY) is None


def test_five_messages_by_night_get_one_sentence_with_the_next_workday():
    told, said = None, []
    for minutes in range(5):
        now = at("2026-12-23", "23:00") + timedelta(minutes=minutes)
        if (outside := outside_hours(now, WORKING, told)) is not None:
            said.append(outside.opens)
            told = now
    assert said == [at("2026-12-28", "08:00")]


def test_each_pause_has_its_own_sentence_and_working_hours_none():
    told = at(0, "23:00")
    assert outside_hours(at(1, "07:59"), WORKING, told) is None
    assert outside_hours(at(1, "08:00"), WORKING, told) is None
    assert outside_hours(at(1, "17:00"), WORKING, told).opens == at(2, "08:00")
    assert outside_hours(at(4, "12:00"), WORKING, at(3, "18:00")) is None
    short = WorkingTime(lambda _: False, time(9), time(12))
    assert outside_hours(at(0, "12:00"), short, None).opens == at(1, "09:00")


# -- its life


def test_where_nobody_answers_in_time_the_coordinator_hears_once():
    handoff = opened()
    assert (handoff.state, handoff.owner, handoff.due) == ("waiting", BOT, at(1, "11:00"))
    assert refused(handoff, Escalate(), "program", at(1, "10:59")) == "too_early"
    assert is_answer_overdue(handoff, at(1, "11:00"))
    handoff = done(handoff, Escalate(), by="program", now=at(1, "11:00"))
    assert refused(handoff, Escalate(), "program", at(2)) == "too_early"
    assert done(handoff, AcceptHandoff()).state == "accepted"


def test_what_somebody_has_accepted_is_not_anothers_to_accept():
    handoff = done(opened(), AcceptHandoff())
    assert (handoff.to, handoff.due) == ("ilze", None)
    assert refused(handoff, AcceptHandoff()) == "unchanged"
    for order in (AcceptHandoff(), DeclineHandoff(reason="x"), SpeakAsHuman(), FinishHandoff()):
        assert refused(handoff, order, "peteris") == "not_yours"


def test_other_times_wait_for_the_person_who_takes_one_or_none():
    times = (at(3), at(2))
    handoff = done(opened(), ProposeTimes(times=times))
    assert (handoff.state, handoff.proposed, handoff.due) == ("proposed", (at(2), at(3)), None)
    assert refused(handoff, AnswerTimes(chosen=at(4)), "person") == "past"
    assert refused(handoff, AnswerTimes(chosen=at(2)), "person", at(2)) == "past"
    chosen = done(handoff, AnswerTimes(chosen=at(3)), by="person")
    assert (chosen.state, chosen.proposed) == ("accepted", (at(3),))
    none = done(handoff, AnswerTimes(chosen=None), by="person", now=at(1, "10:00"))
    assert (none.state, none.proposed, none.due) == ("waiting", (), at(2, "09:00"))
    assert refused(none, AnswerTimes(chosen=None), "person") == "unchanged"
    assert refused(opened(), ProposeTimes(times=(at(-1),))) == "past"


def test_it_is_passed_on_with_a_new_term_and_never_in_a_circle():
    handoff = done(opened(to="ilze"), PassOn(to="peteris"), now=at(1, "10:00"))
    assert (handoff.state, handoff.to, handoff.passed_on) == ("waiting", "peteris", ("ilze",))
    assert handoff.due == at(2, "09:00")
    assert refused(handoff, PassOn(to="ilze"), "peteris") == "circle"
    assert refused(handoff, PassOn(to="peteris"), "peteris") == "unchanged"
    assert done(handoff, PassOn(to=""), by="peteris").to == ""


def test_it_is_declined_only_with_a_reason_and_then_it_is_over():
    assert refused(opened(), DeclineHandoff(reason=" ")) == "no_reason"
    handoff = done(opened(), DeclineHandoff(reason="Te palīdz psihologs"))
    assert (handoff.state, handoff.reason, handoff.is_open) == (
        "declined",
        "Te palīdz psihologs",
        False,
    )
    assert refused(handoff, AcceptHandoff()) == "ended"


def test_exactly_one_speaks_and_whoever_writes_first_is_it():
    handoff = done(opened(), SpeakAsHuman())
    assert (handoff.owner, handoff.state, handoff.to) == ("ilze", "accepted", "ilze")
    assert refused(handoff, SpeakAsHuman(), "peteris") == "not_yours"
    assert refused(handoff, PassOn(to="marta"), "peteris") == "not_yours"
    passed = done(handoff, PassOn(to="peteris"))
    assert (passed.owner, passed.state) == (BOT, "waiting")


def test_it_is_given_back_with_a_summary_that_was_read():
    handoff = done(opened(), SpeakAsHuman())
    for order in (GiveBack(summary="Runājām"), GiveBack(summary=" ", read=True)):
        assert refused(handoff, order) == "unread"
    assert refused(handoff, FinishHandoff()) == "human_speaks"
    handoff = done(handoff, GiveBack(summary="Runājām par tehnikumu", read=True))
    assert (handoff.owner, handoff.summary) == (BOT, "Runājām par tehnikumu")
    assert refused(handoff, GiveBack(summary="Vēlreiz", read=True)) == "unchanged"
    handoff = done(handoff, FinishHandoff())
    assert (handoff.state, handoff.is_open) == ("done", False)


def test_a_human_who_falls_silent_is_asked_after_once():
    handoff = done(opened(), SpeakAsHuman())
    later = TUESDAY + 48 * HOUR
    assert refused(handoff, AskAfter(), "program", later - HOUR) == "too_early"
    assert is_human_silent(handoff, later)
    handoff = done(handoff, AskAfter(), by="program", now=later)
    assert refused(handoff, AskAfter(), "program", later + 48 * HOUR) == "too_early"
    handoff = done(handoff, SpeakAsHuman(), now=later + HOUR)
    assert is_human_silent(handoff, later + 49 * HOUR)


def test_none_of_the_times_leaves_it_with_who_speaks():
    handoff = done(opened(), SpeakAsHuman(), ProposeTimes(times=(at(3),)))
    handoff = done(handoff, AnswerTimes(chosen=None), by="person")
    assert (handoff.state, handoff.owner) == ("accepted", "ilze")


def test_what_is_withdrawn_is_read_by_nobody_and_gone():
    handoff = done(opened(), SpeakAsHuman())
    assert handoff.may_be_read_at(TUESDAY)
    handoff = done(handoff, WithdrawHandoff(), by="person")
    assert (handoff.owner, handoff.handed, handoff.question) == (BOT, (), "")
    assert not handoff.may_be_read_at(TUESDAY)


def test_what_was_handed_over_until_a_day_is_read_until_then():
    handoff = opened()
    assert handoff.may_be_read_at(TUESDAY + 90 * DAY - HOUR)
    assert not handoff.may_be_read_at(TUESDAY + 90 * DAY)
    for until in (TUESDAY, TUESDAY + 366 * DAY):
        with pytest.raises(HandoffRefused, match="until"):
            opened(handed_until=until)


def test_nobody_gives_anothers_orders():
    handoff = opened()
    assert refused(handoff, AcceptHandoff(), "person") == "not_yours"
    assert refused(handoff, AcceptHandoff(), "program") == "not_yours"
    assert refused(handoff, WithdrawHandoff(), "ilze") == "not_yours"
    assert refused(handoff, Escalate(), "ilze", at(5)) == "not_yours"


def test_each_order_makes_one_version_more():
    handoff = opened()
    versions = [handoff.version]
    for order in (
        AcceptHandoff(),
        SpeakAsHuman(),
        GiveBack(summary="x", read=True),
        FinishHandoff(),
    ):
        handoff = done(handoff, order)
        versions.append(handoff.version)
    assert versions == [1, 2, 3, 4, 5]
