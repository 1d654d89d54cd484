"""What counsellors do outside of people's turns, and what is done at its time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.booking.absences import OfferNewTimes
from bot.core.booking.counsellor import Absence, Schedule
from bot.core.booking.daytime import day_of
from bot.core.booking.order_forms import MoveMeeting, OpenGroup
from bot.core.dialogue.booking_requests import (
    AskCounsellorRequest,
    CancelMeetingRequest,
    FindTimesRequest,
    HoldTimeRequest,
    JoinWaitingRequest,
    MoveMeetingRequest,
)
from bot.core.education.dates import RIGA
from bot.ports.effects import KeepProfile
from bot.ports.protocols import millis
from bot.ports.records import Planned
from bot.service.booking.acting import By
from bot.service.booking.acts import CounsellorActs
from bot.service.booking.committing import BookingCommits
from bot.service.booking.rows import profile_row
from bot.service.conversations import Dialogue, DurableConversations
from bot.service.jobs.booking_due import booking_due
from bot.service.jobs.booking_tidy import booking_tidy, let_go
from bot.service.jobs.scheduler import Scheduler
from bot.service.jobs.supply_watch import supply_told, supply_watch
from tests.doubles.clocks import SetClock
from tests.service.booking_turns import MONDAY, NEED, Town

COORDINATOR = By("", "coordinator")


class Desk(Town):
    """The same town, with its counsellors and its jobs."""

    def __init__(self, store, talks):
        self.clock = SetClock(MONDAY)
        dialogue = Dialogue(talks.library, talks.catalogues, self.clock)
        kept = DurableConversations(dialogue, store)
        super().__init__(store, talks.library, office=kept.office)
        self.kept = kept
        commits = BookingCommits(kept)
        self.acts = CounsellorActs(commits)
        kinds = [booking_due(commits), let_go(commits), booking_tidy(commits)]
        self.jobs = Scheduler(store.jobs, self.clock, kinds)

    def at(self, moment):
        """Go on to a moment."""
        self.now = self.clock.moment = moment

    def meeting(self, who="me"):
        (part,) = [one for one in self.parts(who) if one.booking.state != "lapsed"]
        return part.meeting

    def told(self, who="me"):
        """What is to come into somebody's conversation, by the word of it."""
        rows = [
            row for row in self.store.people.export(who)["job"] if row["kind"] == "unasked_input"
        ]
        return [row["body"].split('"what":"')[1].split('"')[0] for row in rows]

    def work(self):
        """Do all that is due by now, and look for what is left to tidy."""
        self.store.jobs.schedule(Planned("booking_tidy", "", millis(self.now)), millis(self.now))
        while self.jobs.do_next():
            pass


@pytest.fixture
def desk(store, talks):
    return Desk(store, talks)


def later_time(desk, who="me", need=NEED):
    return desk.times(who, need)[20]


def test_a_counsellor_accepts_and_others_may_not(desk):
    handoff = desk.book(time=later_time(desk)).about
    (row,) = desk.store.handoffs.handoffs_of("me")
    who = By(row.counsellor)
    assert desk.acts.accept(row.id, By("paraugkalns_trades")).state == "not_yours"
    assert desk.acts.accept(row.id, who).told == (handoff,)
    assert desk.store.handoffs.handoff(row.id).state == "accepted"
    assert desk.told() == ["accepted"]
    assert desk.acts.accept(row.id, who).state == "unchanged"
    assert desk.acts.accept("0" * 32, who).state == "gone"


def test_a_declined_hour_is_ended_and_free(desk):
    first = later_time(desk)
    desk.book(time=first)
    (row,) = desk.store.handoffs.handoffs_of("me")
    assert desk.acts.decline(row.id, By(row.counsellor), " ").state == "no_reason"
    assert desk.mine()[0].state == "confirmed"
    assert desk.acts.decline(row.id, By(row.counsellor), "Esmu prom").state == "done"
    assert desk.mine()[0].state == "declined"
    assert desk.told() == ["declined"]
    assert desk.book("you", first).state == "done"


def test_a_proposed_time_is_taken_by_moving_there(desk):
    booking = desk.book(time=later_time(desk)).about
    (row,) = desk.store.handoffs.handoffs_of("me")
    there = desk.meeting().during.start + timedelta(days=1, minutes=5)
    assert desk.acts.propose(row.id, By(row.counsellor), [there]).state == "done"
    wanted = MoveMeetingRequest(booking=booking, start=there, mode=desk.meeting().mode)
    assert desk.ask("me", wanted).state == "done"
    assert desk.meeting().during.start == there
    assert desk.store.handoffs.handoff(row.id).state == "accepted"


def test_a_meeting_moved_by_its_counsellor_is_the_same_and_told(desk):
    desk.book(time=later_time(desk))
    before = desk.meeting()
    order = MoveMeeting(start=before.during.start + timedelta(days=7))
    assert desk.acts.move(before.id, By("somebody"), order).state == "not_yours"
    act = desk.acts.move(before.id, By(before.counsellors[0]), order, "Mācības")
    assert (act.state, act.unreached) == ("done", (desk.mine()[0].id,))
    assert desk.meeting().id == before.id
    assert desk.meeting().during.start == order.start
    assert desk.told() == ["moved"]


def test_what_is_called_off_is_offered_to_nobody_who_was_in_it(desk):
    desk.book(time=later_time(desk))
    act = desk.acts.call_off(desk.meeting().id, COORDINATOR, "Slimība")
    assert act.state == "done"
    assert desk.mine()[0].state == "cancelled"
    assert desk.told() == ["called_off"]
    assert desk.acts.call_off(act.about, COORDINATOR, "Slimība").state == "ended"


def test_an_absence_ends_or_keeps_each_meeting_and_nobody_is_offered_it(desk):
    booked = later_time(desk)
    desk.book(time=booked)
    meeting = desk.meeting()
    counsellor = meeting.counsellors[0]
    assert desk.ask("you", JoinWaitingRequest(need=NEED)).state == "done"
    day = day_of(meeting.during.start)
    absence = Absence(since=day, until=day)
    (under,) = desk.acts.under_absence(counsellor, absence)
    assert under.appointment.meeting.id == meeting.id
    assert desk.acts.absence(counsellor, By(counsellor), absence, {}).act.state == "undecided"
    decisions = {meeting.id: OfferNewTimes(reason="Slimība")}
    done = desk.acts.absence(counsellor, By(counsellor), absence, decisions)
    assert done.act.state == "done"
    assert desk.told() == ["called_off"]
    assert desk.mine("you") == []
    profile = desk.office.counsellors(desk.store.counsellors).named[counsellor]
    assert profile.schedule.absences[-1] == absence


def test_a_group_is_opened_and_its_places_taken_and_left(desk):
    counsellor = "paraugkalns_centre"
    need = NEED.model_copy(update={"kind": "group", "place": "paraugkalns"})
    start = MONDAY + timedelta(days=7, hours=2)
    order = OpenGroup(
        meeting="0" * 32, meeting_kind="group", mode="in_person", counsellors=(counsellor,),
        institution="paraugkalns/centre", start=start, seats=2, example=True,
    )  # fmt: skip
    opened = desk.acts.open_group(By(counsellor), order)
    assert opened.state == "done"
    (time,) = desk.times(need=need)
    assert (time.group, time.seats_left, time.with_whom, time.example) == (
        opened.about,
        2,
        "",
        True,
    )
    for who in ("one", "two"):
        desk.book(who, time, need)
    full = HoldTimeRequest(need=need, start=start, mode="in_person", group=opened.about)
    assert desk.ask("three", full).state == "taken"
    assert desk.ask("three", JoinWaitingRequest(need=need)).state == "done"
    desk.ask("one", CancelMeetingRequest(booking=desk.mine("one")[0].id))
    assert desk.mine("three") == []
    desk.at(desk.now + timedelta(minutes=31))
    desk.work()
    assert [one.offered for one in desk.mine("three")] == [True]


def test_a_series_tells_which_weeks_cannot_be_had(desk):
    first = OpenGroup(
        meeting="0" * 32, meeting_kind="group", mode="in_person",
        counsellors=("paraugkalns_centre",), institution="paraugkalns/centre",
        start=MONDAY + timedelta(days=7, hours=2), seats=5, example=True,
    )  # fmt: skip
    made = desk.acts.open_series(By("paraugkalns_centre"), first, 3)
    assert (made.act.state, len(made.meetings) + len(made.conflicts)) == ("done", 3)
    again = desk.acts.open_series(By("paraugkalns_centre"), first, 3)
    assert len(again.conflicts) == 3


def test_what_ran_out_is_offered_to_who_waits(desk):
    time = later_time(desk)
    desk.hold(time=time)
    assert desk.ask("you", JoinWaitingRequest(need=NEED)).state == "done"
    desk.at(desk.now + timedelta(minutes=11))
    desk.work()
    assert desk.mine()[0].state == "lapsed"
    assert [one.offered for one in desk.mine("you")] == [True]
    (offer,) = desk.mine("you")
    desk.at(offer.hold_until + timedelta(seconds=1))
    desk.work()
    (row,) = desk.store.waiting.waiting_of("you")
    assert row.state == "waiting"


def test_the_day_before_it_is_said_and_not_of_what_is_cancelled(desk):
    desk.book("you", later_time(desk, "you"))
    booking = desk.book(time=later_time(desk)).about
    desk.ask("me", CancelMeetingRequest(booking=booking))
    before = day_of(desk.meeting("you").during.start) - timedelta(days=1)
    desk.at(desk.now.replace(year=before.year, month=before.month, day=before.day, hour=8))
    assert desk.told("you") == []
    desk.work()
    assert desk.told("you") == ["day_before"]
    assert desk.told() == []


def test_after_a_meeting_one_question_is_asked(desk):
    booking = desk.book(time=later_time(desk)).about
    meeting = desk.meeting()
    desk.at(meeting.during.end + timedelta(minutes=1))
    by = By(meeting.counsellors[0])
    assert desk.acts.note_result(booking, by, "seen").state == "done"
    desk.at((meeting.during.end + timedelta(days=1)).astimezone(RIGA).replace(hour=12))
    desk.work()
    assert "after" in desk.told()


def test_a_handoff_nobody_answers_is_noted_once(desk):
    desk.ask("me", AskCounsellorRequest(need=NEED, question="Kā tālāk?"))
    (row,) = desk.store.handoffs.handoffs_of("me")
    desk.at(MONDAY + timedelta(days=5))
    desk.work()
    assert '"escalated"' in desk.store.handoffs.handoff(row.id).body
    assert desk.store.handoffs.overdue(millis(desk.now), 10) == []


def test_who_waits_long_is_asked_whether_they_still_do(desk):
    desk.ask("me", JoinWaitingRequest(need=NEED))
    desk.at(MONDAY + timedelta(days=15))
    desk.work()
    desk.work()
    assert desk.told() == ["still_wanted"]


def test_a_counsellor_speaks_and_gives_back_with_a_summary(desk):
    desk.ask("me", AskCounsellorRequest(need=NEED, question="Kā tālāk?"))
    (row,) = desk.store.handoffs.handoffs_of("me")
    by = By(row.counsellor)
    assert desk.acts.speak(row.id, by, " ").state == "unchanged"
    assert desk.acts.speak(row.id, by, "Sveiki!").state == "done"
    assert desk.acts.give_back(row.id, by, "Runājām", read=False).state == "unread"
    assert desk.acts.give_back(row.id, by, "Runājām", read=True).state == "done"
    assert desk.acts.finish(row.id, by).state == "done"
    assert desk.told() == ["spoken", "given_back"]


def real_counsellor(desk, **changes):
    """Let a municipality and its counsellor be real."""
    library = desk.office.library
    place = library.places["paraugkalns"].model_copy(update={"example": False})
    offices = {
        name: one.model_copy(update={"email": "darbs@example.org"})
        for name, one in place.institutions.items()
    }
    place = place.model_copy(update={"institutions": offices})
    library = replace(library, places={**library.places, "paraugkalns": place})
    desk.kept.dialogue.replace_library(library)
    example = library.example_counsellors["paraugkalns_centre"]
    profile = example.model_copy(update={"id": "real", "example": False} | changes)
    assert desk.store.bookings.commit([KeepProfile(profile_row(profile, 0, 1), 0)], 1)
    return profile


def test_too_few_times_are_told_to_the_coordinator_once_a_week(desk):
    profile = real_counsellor(desk, schedule=Schedule())
    need = NEED.model_copy(update={"place": profile.place, "institution": profile.institution})
    assert desk.ask("me", FindTimesRequest(need=need)).state == "full"
    assert desk.ask("me", JoinWaitingRequest(need=need)).state == "done"
    commits = BookingCommits(desk.kept)
    kinds = [supply_watch(commits), supply_told(commits)]
    jobs = Scheduler(desk.store.jobs, desk.clock, kinds)
    waiting = []
    for day in (0, 1, 8):
        desk.at(MONDAY + timedelta(days=day))
        now = millis(desk.now)
        desk.store.jobs.schedule(Planned("supply_watch", "", now), now)
        while jobs.do_next():
            pass
        waiting.append(desk.store.outbox.waiting("mail").count)
    assert waiting == [1, 1, 2]
