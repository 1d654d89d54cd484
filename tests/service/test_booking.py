"""Meetings asked for in turns: found, held, agreed to, cancelled, had back, moved, waited for."""

from datetime import timedelta

import pytest

from bot.core.booking.meeting import HandedItem
from bot.core.booking.need import MeetingNeed
from bot.core.dialogue.booking_requests import (
    AnswerOfferRequest,
    AskCounsellorRequest,
    CancelMeetingRequest,
    ConfirmAddressRequest,
    ConfirmTimeRequest,
    FindTimesRequest,
    JoinWaitingRequest,
    KeepTimeRequest,
    LeaveWaitingRequest,
    MoveMeetingRequest,
    MyMeetingsRequest,
    RateMeetingRequest,
    ReleaseTimeRequest,
    SayComingRequest,
    TellLateRequest,
    UndoCancelRequest,
    WithdrawQuestionRequest,
)
from bot.ports.effects import KeepProfile
from bot.service.booking.codes import code_digest
from bot.service.booking.rows import profile_row
from tests.service.booking_turns import MONDAY, NEED, Town


@pytest.fixture
def town(store, loaded):
    return Town(store, loaded.library)


def test_an_hour_is_found_held_agreed_to_and_told(town):
    first = town.times()[0]
    assert (first.with_whom, first.example, first.office) != ("", False, "")
    held = town.hold(time=first)
    (booking,) = town.mine()
    assert (held.state, held.about, booking.state) == ("done", booking.id, "held")
    item = HandedItem(id="plan", title="Plāns", lines=("Iet uz tehnikumu",))
    told = ConfirmTimeRequest(
        booking=booking.id, question="Ko darīt?", handed=(item,), follow_up=True
    )
    agreed = town.ask("me", told)
    assert agreed.state == "done"
    (mine,) = agreed.mine.meetings
    assert mine.meeting.during.start == first.start
    assert (
        town.store.bookings.booked_by_code(code_digest(mine.code.lower())).booking.id == booking.id
    )
    (kept,) = town.mine()
    assert (kept.state, kept.question, kept.handed, kept.follow_up) == (
        "confirmed",
        "Ko darīt?",
        (item,),
        True,
    )
    assert mine.code not in kept.model_dump_json()
    everything = town.ask("me", MyMeetingsRequest()).mine
    assert [one.booking.id for one in everything.meetings] == [booking.id]
    assert [(one.booking, one.state, one.question) for one in everything.handoffs] == [(booking.id, "waiting", "Ko darīt?")]  # fmt: skip


def test_nothing_of_the_question_stands_in_the_meeting(town):
    town.book(question="Tikai konsultantam")
    (row,) = town.store.bookings.bookings_of("me")
    assert "konsultantam" not in row.meeting.body


def test_a_taken_hour_is_answered_with_three_others(town):
    first = town.times()[0]
    while town.hold(f"p{len(town.times('nobody'))}", first).state == "done":
        pass
    refused = town.hold("late", first)
    assert refused.state == "taken"
    assert len(refused.times) == 3
    assert first.start not in {one.start for one in refused.times}


def test_a_held_time_is_kept_longer_let_go_and_lapses(town):
    held = town.hold()
    until = town.mine()[0].hold_until
    town.now += timedelta(minutes=5)
    assert town.ask("me", KeepTimeRequest(booking=held.about)).state == "done"
    assert town.mine()[0].hold_until > until
    assert town.ask("me", ReleaseTimeRequest(booking=held.about)).state == "done"
    assert town.mine()[0].state == "lapsed"
    again = town.hold()
    town.now += timedelta(hours=1)
    assert town.ask("me", ConfirmTimeRequest(booking=again.about)).state == "lapsed"
    assert town.hold("other", town.times()[0]).state == "done"


def test_another_time_can_be_chosen_while_one_is_held(town):
    first, second = town.times()[:2]
    town.hold(time=first)
    assert first.start in {one.start for one in town.times()}
    assert town.hold(time=second).state == "done"
    assert [one.state for one in town.mine()] == ["lapsed", "held"]


def test_a_cancelled_time_is_had_back_and_later_is_not(town):
    booking = town.book().about
    assert town.ask("me", CancelMeetingRequest(booking=booking)).mine.meetings[0].undo_until
    assert town.ask("me", UndoCancelRequest(booking=booking)).state == "done"
    assert town.mine()[0].state == "confirmed"
    assert town.ask("me", CancelMeetingRequest(booking=booking)).state == "done"
    town.now += timedelta(minutes=31)
    assert town.ask("me", UndoCancelRequest(booking=booking)).state == "undo_over"


def test_a_cancelled_time_is_nobody_elses_until_it_is_free(town):
    first = town.times()[0]
    booking = town.book(time=first).about
    town.ask("me", CancelMeetingRequest(booking=booking))
    shown = {(one.start, one.with_whom) for one in town.times("you")}
    assert (first.start, first.with_whom) not in shown
    town.now += timedelta(minutes=31)
    assert (first.start, first.with_whom) in {(one.start, one.with_whom) for one in town.times("you")}  # fmt: skip
    assert town.book("you", first).state == "done"


def test_a_meeting_that_is_moved_stays_the_same_meeting(town):
    booking = town.book().about
    (before,) = town.parts()
    found = town.ask("me", FindTimesRequest(need=NEED, moving=booking))
    there = found.times[5]
    asked = MoveMeetingRequest(booking=booking, start=there.start, mode=there.modes[0])
    assert town.ask("me", asked).state == "done"
    (after,) = town.parts()
    assert after.meeting.id == before.meeting.id
    assert after.meeting.during.start == there.start
    assert after.meeting.sequence > before.meeting.sequence
    assert town.book("you", town.times("you")[0]).state == "done"


def test_a_move_to_a_time_that_is_none_names_others(town):
    booking = town.book().about
    wanted = MoveMeetingRequest(booking=booking, start=MONDAY + timedelta(days=5), mode="in_person")
    refused = town.ask("me", wanted)
    assert (refused.state, len(refused.times)) == ("taken", 3)


def test_where_there_is_nobody_and_no_time_it_is_said_and_counted(town, store, loaded):
    none = Town(store, loaded.library, examples=False)
    answered = none.ask("me", FindTimesRequest(need=NEED))
    assert answered.state == "nobody"
    assert answered.fallbacks
    none.ask("me", FindTimesRequest(need=NEED))
    (counted,) = store.waiting.count_no_time("2027-01-01")
    assert (counted.place, counted.kind, counted.number) == ("paraugpils", "talk", 1)


def test_made_up_counsellors_are_gone_with_the_first_real_one(town, loaded):
    town.book()
    example = next(iter(loaded.library.example_counsellors.values()))
    real = example.model_copy(update={"id": "real", "name": "Ilze Īstā", "example": False})
    assert town.store.bookings.commit([KeepProfile(profile_row(real, 0, 1), 0)], 1)
    need = NEED.model_copy(update={"place": real.place, "institution": real.institution})
    assert {one.with_whom for one in town.times("you", need)} == {"Ilze Īstā"}
    (mine,) = town.ask("me", MyMeetingsRequest()).mine.meetings
    assert mine.with_whom not in {"", "Ilze Īstā"}


def test_freed_time_is_offered_to_who_waits_and_taken(town):
    first = town.times()[0]
    held = town.hold(time=first)
    joined = town.ask("you", JoinWaitingRequest(need=NEED))
    assert joined.state == "done"
    assert town.ask("you", JoinWaitingRequest(need=NEED)).state == "has_one"
    town.ask("me", ReleaseTimeRequest(booking=held.about))
    (offered,) = town.mine("you")
    assert (offered.state, offered.offered) == ("held", True)
    (row,) = town.store.waiting.waiting_of("you")
    assert (row.state, row.booking) == ("offered", offered.id)
    told = town.store.people.export("you")["job"]
    assert any('"offer"' in job["body"] for job in told)
    took = town.ask("you", AnswerOfferRequest(entry=joined.about, take=True, question="Jā"))
    assert took.state == "done"
    assert took.mine.meetings[0].code
    assert [(one.state, one.question) for one in town.mine("you")] == [("confirmed", "Jā")]
    assert town.store.waiting.waiting(joined.about).state == "taken"


def test_an_offer_let_go_by_is_offered_to_the_next(town):
    held = town.hold(time=town.times()[20])
    entries = {}
    for who in ("one", "two"):
        town.now += timedelta(minutes=1)
        entries[who] = town.ask(who, JoinWaitingRequest(need=NEED)).about
    town.ask("me", ReleaseTimeRequest(booking=held.about))
    assert town.ask("one", AnswerOfferRequest(entry=entries["one"], take=False)).state == "done"
    assert [one.offered for one in town.mine("two")] == [True]
    left = town.ask("two", LeaveWaitingRequest(entry=entries["two"]))
    assert (left.state, left.mine.waiting[0].state) == ("done", "left")


def test_the_day_of_a_meeting_and_after_it(town):
    booking = town.book().about
    start = town.parts()[0].meeting.during.start
    assert town.ask("me", RateMeetingRequest(booking=booking, helped=5)).state == "too_early"
    town.now = start - timedelta(hours=3)
    assert town.ask("me", SayComingRequest(booking=booking)).state == "done"
    assert town.ask("me", TellLateRequest(booking=booking, minutes=10)).state == "done"
    town.now = start + timedelta(hours=2)
    assert town.ask("me", RateMeetingRequest(booking=booking, helped=5, told_again=False)).state == "done"  # fmt: skip
    assert (town.mine()[0].helped, town.mine()[0].told_again) == (5, False)


def test_a_question_without_an_hour_is_handed_over_and_taken_back(town):
    asked = town.ask("me", AskCounsellorRequest(need=NEED, question="Vai var arī šogad?", unknown=("Kurš kurss",)))  # fmt: skip
    assert asked.state == "done"
    (handoff,) = asked.mine.handoffs
    assert (handoff.to != "", handoff.unknown) == (True, ("Kurš kurss",))
    assert town.ask("me", WithdrawQuestionRequest(handoff=handoff.id)).state == "done"
    assert "šogad" not in town.store.handoffs.handoff(handoff.id).body
    assert town.ask("other", WithdrawQuestionRequest(handoff=handoff.id)).state == "gone"


def test_an_address_counts_once_it_is_confirmed(town):
    booking = town.book(email="me@example.org").about
    mails = [row for row in town.store.people.export("me")["outbox"] if row["channel"] == "mail"]
    assert [row["kind"] for row in mails] == ["address"]
    assert town.ask("me", ConfirmAddressRequest(code="ABCDEFGH")).state == "code"
    code = mails[0]["body"].split("/meetings/")[1].split("/")[0]
    assert town.ask("you", ConfirmAddressRequest(code=code)).state == "code"
    assert town.ask("me", ConfirmAddressRequest(code=code)).state == "done"
    mails = [
        row["kind"] for row in town.store.people.export("me")["outbox"] if row["channel"] == "mail"
    ]
    assert mails == ["address", "confirmed"]
    town.ask("me", CancelMeetingRequest(booking=booking))
    assert '"CANCEL"' in town.store.people.export("me")["outbox"][-1]["body"]


def test_what_is_no_address_is_said_and_the_time_stays_held(town):
    held = town.hold()
    assert (
        town.ask("me", ConfirmTimeRequest(booking=held.about, email="no address")).state == "email"
    )
    assert town.mine()[0].state == "held"


def test_a_kind_nobody_knows_is_answered(town):
    need = MeetingNeed(audience="adult", kind="unknown", place="paraugpils")
    assert town.ask("me", FindTimesRequest(need=need)).state == "kind"
    assert town.ask("me", JoinWaitingRequest(need=need)).state == "kind"
