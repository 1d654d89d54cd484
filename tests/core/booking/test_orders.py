"""What can be done with a booking, by whom, until when; and what is refused whole."""

from datetime import timedelta

import pytest

from bot.core.booking.meeting import HandedItem
from bot.core.booking.order_forms import (
    CallOff,
    CancelBooking,
    ConfirmBooking,
    DeclineBooking,
    HoldTime,
    KeepLonger,
    LetGo,
    MoveBooking,
    NoteResult,
    ReleaseHold,
    UndoCancel,
)
from bot.core.booking.orders import ONLY, obey_booking
from tests.doubles.bookings import SCHOOL, Desk, a_kind, at, refusal

FRIDAY = at(3)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def desk():
    return Desk()


def cancelled(desk, booking, **other):
    return desk.do(CancelBooking(booking=booking, choice="cancel"), **other)


# -- holding


def test_a_held_time_is_nobody_elses_until_it_runs_out(desk):
    desk.hold("anna", FRIDAY)
    assert refusal(lambda: desk.hold("zane", FRIDAY)) == "taken"
    desk.now += 10 * MINUTE
    assert desk.bookings[desk.hold("zane", FRIDAY)].state == "held"


def test_what_is_kept_free_around_a_meeting_is_kept(desk):
    desk.book("anna", at(3, "10:00"))
    assert refusal(lambda: desk.hold("zane", at(3, "10:45"))) == "taken"
    desk.hold("zane", at(3, "11:00"))


def test_two_counsellors_together_are_both_taken(desk):
    desk.book("anna", FRIDAY, counsellors=("ilze", "peteris"))
    assert refusal(lambda: desk.hold("zane", FRIDAY, "peteris")) == "taken"


def test_another_time_takes_the_place_of_one_that_was_only_held(desk):
    first = desk.hold("anna", at(3, "10:00"))
    second = desk.hold("anna", at(3, "10:15"))  # overlaps the first, which is her own
    assert desk.bookings[first].state == "lapsed"
    assert desk.meeting_of(first).state == "cancelled"
    assert desk.bookings[second].state == "held"


def test_nobody_has_two_open_bookings_of_a_kind(desk):
    desk.book("anna", FRIDAY)
    assert refusal(lambda: desk.hold("anna", at(6))) == "has_one"
    desk.hold("anna", at(6), whom="Jānis")  # for her child she may


def test_nobody_is_in_two_meetings_at_once(desk):
    desk.book("anna", FRIDAY)
    order = {"meeting_kind": "call", "counsellor": "peteris"}
    assert refusal(lambda: desk.hold("anna", at(3, "10:30"), **order)) == "overlaps"
    desk.hold("anna", at(3, "11:00"), **order)


def test_after_a_meeting_another_one_can_be_booked_though_nobody_noted_it(desk):
    desk.book("anna", FRIDAY)
    desk.now = at(3, "10:45")
    desk.book("anna", at(7))


def test_a_hold_is_kept_longer_so_often_and_no_more(desk):
    booking = desk.hold("anna", FRIDAY)
    start = desk.now
    for _ in range(2):
        desk.now += 9 * MINUTE
        desk.do(KeepLonger(booking=booking))
    assert desk.bookings[booking].hold_until == start + 28 * MINUTE
    desk.now += 8 * MINUTE
    desk.do(KeepLonger(booking=booking))
    assert desk.bookings[booking].hold_until == start + 30 * MINUTE
    desk.now += 3 * MINUTE
    assert refusal(lambda: desk.do(KeepLonger(booking=booking))) == "kept_enough"


def test_a_hold_never_outlasts_the_start(desk):
    start = desk.now + 5 * MINUTE
    booking = desk.hold("anna", start, role="counsellor")
    assert desk.bookings[booking].hold_until == start


@pytest.mark.parametrize("act", [KeepLonger, ConfirmBooking, ReleaseHold])
def test_with_a_hold_that_ran_out_nothing_can_be_done(desk, act):
    booking = desk.hold("anna", FRIDAY)
    desk.now += 10 * MINUTE
    assert refusal(lambda: desk.do(act(booking=booking))) == "lapsed"


def test_a_hold_let_go_is_free_at_once_and_no_calendar_hears(desk):
    booking = desk.hold("anna", FRIDAY)
    done = desk.do(ReleaseHold(booking=booking))
    assert [one.during.start for one in done.freed] == [FRIDAY]
    assert done.meetings[0].sequence == 0
    desk.hold("zane", FRIDAY)


def test_what_is_past_or_otherwise_held_is_refused(desk):
    assert refusal(lambda: desk.hold("anna", desk.now, role="counsellor")) == "past"
    assert refusal(lambda: desk.hold("anna", FRIDAY, mode="phone")) == "mode"
    assert refusal(lambda: desk.hold("anna", FRIDAY, meeting_kind="group")) == "kind"
    assert refusal(lambda: desk.hold("anna", at(0, "16:00"))) == "taken"  # within the notice


def test_a_counsellor_is_held_by_no_notice_but_by_what_is_there(desk):
    desk.hold("anna", at(0, "16:00"), role="counsellor")
    assert refusal(lambda: desk.hold("zane", at(0, "16:00"), role="counsellor")) == "taken"


# -- agreeing


def test_what_is_handed_over_has_an_end_within_a_year(desk):
    item = HandedItem(id="question", title="Jautājums", lines=("Vai varēšu studēt?",))
    booking = desk.hold("anna", FRIDAY)
    for until in (None, desk.now, desk.now + timedelta(days=366)):
        order = ConfirmBooking(booking=booking, handed=(item,), handed_until=until)
        assert refusal(lambda order=order: desk.do(order)) == "until"
    order = ConfirmBooking(booking=booking, handed=(item,), handed_until=at(90))
    assert desk.do(order).bookings[0].handed == (item,)


def test_what_is_handed_to_nobody_is_kept_until_never(desk):
    booking = desk.book("anna", FRIDAY, handed_until=at(90))
    assert desk.bookings[booking].handed_until is None


def test_agreeing_twice_changes_nothing(desk):
    booking = desk.book("anna", FRIDAY)
    assert refusal(lambda: desk.do(ConfirmBooking(booking=booking))) == "unchanged"
    assert desk.bookings[booking].version == 2


# -- cancelling


def test_cancelling_needs_a_choice_and_only_one_cancels(desk):
    booking = desk.book("anna", FRIDAY)
    assert refusal(lambda: desk.do(CancelBooking(booking=booking))) == "no_choice"
    for choice in ("keep", "move"):
        assert desk.do(CancelBooking(booking=booking, choice=choice)).bookings == ()
    assert desk.bookings[booking].state == "confirmed"


@pytest.mark.parametrize(
    ("before", "late"), [(25 * HOUR, False), (23 * HOUR, True), (-20 * MINUTE, True)]
)
def test_one_can_always_cancel_and_within_the_notice_it_is_late(desk, before, late):
    booking = desk.book("anna", FRIDAY)
    desk.now = FRIDAY - before
    cancelled(desk, booking)
    assert (desk.bookings[booking].state, desk.bookings[booking].late) == ("cancelled", late)


def test_a_counsellor_who_cancels_for_somebody_makes_it_not_late(desk):
    booking = desk.book("anna", FRIDAY)
    desk.now = FRIDAY - HOUR
    cancelled(desk, booking, role="counsellor")
    assert not desk.bookings[booking].late


def test_what_is_over_cannot_be_cancelled(desk):
    booking = desk.book("anna", FRIDAY)
    desk.now = at(3, "10:45")
    assert refusal(lambda: cancelled(desk, booking)) == "ended"


def test_a_cancelled_time_is_kept_half_an_hour_and_had_back_as_it_was(desk):
    booking = desk.book("anna", FRIDAY, question="Ko tālāk?")
    before = desk.bookings[booking]
    assert cancelled(desk, booking).frees_at == desk.now + 30 * MINUTE
    desk.now += 29 * MINUTE
    assert refusal(lambda: desk.hold("zane", FRIDAY)) == "taken"
    desk.tidy()
    desk.do(UndoCancel(booking=booking))
    after = desk.bookings[booking]
    assert after == before.model_copy(update={"version": after.version})
    assert desk.meeting_of(booking).sequence == 2


def test_after_half_an_hour_it_cannot_be_had_back_whether_tidied_or_not(desk):
    booking = desk.book("anna", FRIDAY)
    cancelled(desk, booking)
    desk.now += 30 * MINUTE
    assert refusal(lambda: desk.do(UndoCancel(booking=booking))) == "undo_over"
    desk.hold("zane", FRIDAY)


def test_what_was_cancelled_just_before_is_not_had_back_after_the_start(desk):
    booking = desk.book("anna", FRIDAY)
    desk.now = FRIDAY - 10 * MINUTE
    cancelled(desk, booking)
    desk.now = FRIDAY
    assert refusal(lambda: desk.do(UndoCancel(booking=booking))) == "undo_over"


def test_nothing_is_had_back_beside_another_booking_of_the_kind(desk):
    booking = desk.book("anna", FRIDAY)
    cancelled(desk, booking)
    desk.book("anna", at(6))
    assert refusal(lambda: desk.do(UndoCancel(booking=booking))) == "has_one"


def test_a_hold_that_was_let_go_is_no_cancellation_to_be_undone(desk):
    booking = desk.hold("anna", FRIDAY)
    desk.do(CancelBooking(booking=booking, choice="cancel"))
    assert desk.bookings[booking].state == "lapsed"
    assert refusal(lambda: desk.do(UndoCancel(booking=booking))) == "ended"


def test_a_counsellor_cancels_with_a_reason_and_everybody_at_once(desk):
    group = desk.group(at(3))
    people = [desk.book_seat(name, group) for name in ("anna", "zane", "juris")]
    held = desk.seat("eva", group)
    assert (
        refusal(lambda: desk.do(CallOff(reason=" "), role="counsellor", meeting=group))
        == "no_reason"
    )
    before = desk.meetings[group].sequence
    desk.do(CallOff(reason="Slimība"), role="counsellor", meeting=group)
    ended = [desk.bookings[id_] for id_ in (*people, held)]
    assert {(one.state, one.ended_by, one.late) for one in ended} == {
        ("cancelled", "counsellor", False)
    }
    assert (desk.meetings[group].state, desk.meetings[group].sequence) == ("cancelled", before + 1)
    assert refusal(lambda: desk.do(UndoCancel(booking=people[0]))) == "ended"


def test_one_persons_part_in_a_group_is_called_off_and_its_place_free(desk):
    group = desk.group(at(3), seats=2)
    first, second = (desk.book_seat(name, group) for name in ("anna", "zane"))
    desk.do(CallOff(booking=first, reason="Cita grupa"), role="counsellor", meeting=group)
    assert desk.meetings[group].state == "open"
    assert desk.bookings[second].state == "confirmed"
    desk.seat("juris", group)


def test_a_declined_booking_frees_its_time_and_keeps_the_reason(desk):
    booking = desk.book("anna", FRIDAY)
    done = desk.do(DeclineBooking(booking=booking, reason="Te palīdz psihologs"), role="counsellor")
    assert (desk.bookings[booking].state, desk.bookings[booking].reason) == (
        "declined",
        "Te palīdz psihologs",
    )
    assert len(done.freed) == 1
    desk.hold("zane", FRIDAY)


# -- groups


def test_a_group_has_as_many_people_as_places(desk):
    group = desk.group(at(3), seats=3)
    ids = [desk.book_seat(name, group) for name in ("anna", "zane", "juris")]
    assert {desk.bookings[id_].seat for id_ in ids} == {0, 1, 2}
    assert refusal(lambda: desk.seat("eva", group)) == "taken"


def test_a_place_that_can_still_be_had_back_is_nobody_elses(desk):
    group = desk.group(at(3), seats=2)
    first, _ = (desk.book_seat(name, group) for name in ("anna", "zane"))
    cancelled(desk, first)
    assert refusal(lambda: desk.seat("eva", group)) == "taken"
    desk.now += 30 * MINUTE
    desk.seat("eva", group)
    assert refusal(lambda: desk.do(UndoCancel(booking=first))) == "undo_over"


def test_a_party_has_all_its_places_or_none(desk):
    group = desk.group(at(3), seats=3)
    desk.book_seat("anna", group)
    assert refusal(lambda: desk.seat("zane", group, places=3)) == "taken"
    lead = desk.book_seat("zane", group, places=2)
    party = desk.about(lead).party(desk.bookings[lead])
    assert [(one.whom, one.state) for one in party] == [
        ("self", "confirmed"),
        ("self +2", "confirmed"),
    ]
    cancelled(desk, lead)
    assert {desk.bookings[one.id].state for one in party} == {"cancelled"}
    desk.do(UndoCancel(booking=lead))
    assert {desk.bookings[one.id].state for one in party} == {"confirmed"}


def test_one_of_a_party_can_stay_away(desk):
    group = desk.group(at(3), seats=3)
    lead = desk.book_seat("zane", group, places=2)
    second = next(one.id for one in desk.bookings.values() if one.party_of == lead)
    cancelled(desk, second)
    assert desk.bookings[lead].state == "confirmed"
    assert desk.bookings[second].state == "cancelled"


def test_who_comes_back_to_a_group_is_not_lost_on_their_calendar(desk):
    """A calendar that took in a cancellation wants a later sequence than that one's."""
    group = desk.group(at(3))
    booking = desk.book_seat("anna", group)
    cancelled(desk, booking)
    cancelled_at = desk.meetings[group].sequence
    desk.book_seat("anna", group)
    assert desk.meetings[group].sequence > cancelled_at


# -- who may


def test_what_is_only_staffs_or_only_the_programs_is_refused_to_others(desk):
    booking = desk.book("anna", FRIDAY)
    wrong = {
        "person": [
            CallOff(reason="x"),
            DeclineBooking(booking=booking, reason="x"),
            NoteResult(booking=booking, result="seen"),
            LetGo(),
        ],
        "program": [CancelBooking(booking=booking, choice="cancel"), UndoCancel(booking=booking)],
        "counsellor": [LetGo()],
    }
    for role, orders in wrong.items():
        for order in orders:
            c = desk.circumstances(role, meeting=desk.bookings[booking].meeting)
            assert refusal(lambda order=order, c=c: obey_booking(order, c)) == "not_yours"
    assert {kind.__name__ for kind in ONLY} >= {"CallOff", "MoveMeeting", "OpenGroup", "LetGo"}


def test_an_order_about_a_booking_of_another_meeting_is_refused(desk):
    first, second = desk.book("anna", FRIDAY), desk.book("zane", at(6))
    c = desk.circumstances(meeting=desk.bookings[first].meeting)
    order = CancelBooking(booking=second, choice="cancel")
    assert refusal(lambda: obey_booking(order, c)) == "gone"


# -- moving one's own


def test_a_moved_meeting_stays_the_same_one_for_calendars(desk):
    booking = desk.book("anna", FRIDAY)
    meeting = desk.meeting_of(booking)
    done = desk.do(MoveBooking(booking=booking, start=at(6)))
    moved = desk.meeting_of(booking)
    assert (moved.id, moved.sequence, moved.version) == (meeting.id, 1, meeting.version + 1)
    assert (moved.during.start, moved.blocked.end) == (at(6), at(6, "11:00"))
    assert (desk.bookings[booking].was, desk.bookings[booking].moved) == (FRIDAY, 1)
    assert [one.during.start for one in done.freed] == [FRIDAY]
    desk.hold("zane", FRIDAY)


def test_a_meeting_can_be_moved_by_a_quarter_of_an_hour(desk):
    booking = desk.book("anna", at(3, "10:00"))
    desk.do(MoveBooking(booking=booking, start=at(3, "10:15")))
    assert desk.meeting_of(booking).during.start == at(3, "10:15")


def test_after_so_many_moves_or_so_late_the_counsellor_is_to_be_asked(desk):
    booking = desk.book("anna", at(10))
    for day in (13, 14):
        desk.do(MoveBooking(booking=booking, start=at(day)))
    order = MoveBooking(booking=booking, start=at(15))
    assert refusal(lambda: desk.do(order)) == "ask_counsellor"
    desk.do(order, role="counsellor")
    assert desk.bookings[booking].moved == 2
    other = desk.book("zane", FRIDAY, "peteris")
    desk.now = FRIDAY - 11 * HOUR
    assert refusal(lambda: desk.do(MoveBooking(booking=other, start=at(7)))) == "ask_counsellor"


def test_a_move_to_where_one_is_or_cannot_be_changes_nothing(desk):
    booking = desk.book("anna", FRIDAY)
    desk.book("zane", at(6))
    tried = {FRIDAY: "unchanged", at(6): "taken", at(4): "taken", at(-1): "past"}
    for start, reason in tried.items():
        order = MoveBooking(booking=booking, start=start)
        assert refusal(lambda order=order: desk.do(order)) == reason
    assert desk.bookings[booking].moved == 0


def test_a_held_or_cancelled_time_is_not_moved(desk):
    booking = desk.hold("anna", FRIDAY)
    order = MoveBooking(booking=booking, start=at(6))
    assert refusal(lambda: desk.do(order)) == "not_agreed"
    desk.do(ConfirmBooking(booking=booking))
    cancelled(desk, booking)
    assert refusal(lambda: desk.do(order)) == "ended"


def test_a_kind_without_moves_cannot_be_moved():
    desk = Desk(kinds={"talk": a_kind(moves=0)})
    booking = desk.book("anna", FRIDAY)
    assert refusal(lambda: desk.do(MoveBooking(booking=booking, start=at(6)))) == "ask_counsellor"


# -- the clock


def test_state_follows_from_the_clock_and_tidying_only_writes_it_down(desk):
    booking = desk.hold("anna", FRIDAY)
    meeting = desk.bookings[booking].meeting
    assert desk.appointment(meeting).released_at(desk.bounds) == desk.now + 10 * MINUTE
    desk.now += 10 * MINUTE
    assert desk.bookings[booking].state_at(desk.now) == "lapsed"
    assert not desk.appointment(meeting).blocks_at(desk.now, desk.bounds)
    done = desk.do(LetGo(), role="program", meeting=meeting)
    assert (desk.bookings[booking].state, desk.meetings[meeting].state) == ("lapsed", "cancelled")
    assert len(done.freed) == 1
    assert desk.do(LetGo(), role="program", meeting=meeting).freed == ()


def test_a_hold_that_only_the_store_ended_is_still_to_be_let_go(desk):
    booking = desk.hold("anna", FRIDAY)
    meeting, until = desk.bookings[booking].meeting, desk.now + 10 * MINUTE
    desk.bookings[booking] = desk.bookings[booking].changed(state="lapsed")
    assert desk.appointment(meeting).released_at(desk.bounds) == until
    desk.now = until
    assert len(desk.do(LetGo(), role="program", meeting=meeting).freed) == 1


def test_when_a_time_is_let_go_is_known_beforehand(desk):
    booking = desk.book("anna", FRIDAY)
    meeting = desk.bookings[booking].meeting
    assert desk.appointment(meeting).released_at(desk.bounds) is None
    frees_at = cancelled(desk, booking).frees_at
    assert desk.appointment(meeting).released_at(desk.bounds) == frees_at
    desk.now = frees_at
    assert not desk.appointment(meeting).blocks_at(desk.now, desk.bounds)


def test_a_meeting_that_is_on_is_let_go_by_no_tidying(desk):
    booking = desk.book("anna", FRIDAY)
    desk.now = FRIDAY + 11 * MINUTE
    desk.do(NoteResult(booking=booking, result="excused"), role="counsellor")
    desk.tidy()
    assert desk.meeting_of(booking).state == "open"


def test_orders_survive_being_written_down():
    order = HoldTime(
        meeting="a" * 32, booking="b" * 32, meeting_kind="talk", mode="video", counsellors=("ilze",), institution=SCHOOL, start=FRIDAY,
    )  # fmt: skip
    written = order.model_dump(exclude_defaults=True, mode="json")
    assert written["kind"] == "hold_time"
    assert HoldTime.model_validate(written) == order
