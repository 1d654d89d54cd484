"""Values of booking through rows of the store, and back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.booking.bounds import BookingBounds
from bot.core.booking.handoff import Handoff
from bot.core.booking.meeting import Booking, Meeting
from bot.core.booking.need import MeetingNeed
from bot.core.booking.spans import Span
from bot.core.booking.waiting_entry import WaitingEntry
from bot.service.booking.rows import (
    booking_row,
    handoff_row,
    meeting_row,
    profile_row,
    read_booking,
    read_handoff,
    read_meeting,
    read_profile,
    read_waiting,
    waiting_row,
)
from tests.service.booking_turns import MONDAY

HOUR = timedelta(hours=1)
ID, OTHER = "a" * 32, "b" * 32
DURING = Span(start=MONDAY + 24 * HOUR, end=MONDAY + 25 * HOUR)
MEETING = Meeting(
    id=ID, version=3, kind="talk", mode="video", counsellors=("anna", "berta"),
    institution="place/school", during=DURING, blocked=DURING, sequence=2, where="12",
)  # fmt: skip
BOOKING = Booking(
    id=OTHER, version=2, meeting=ID, kind="talk", state="held", hold_until=MONDAY + HOUR,
    question="Ko darīt?", made=MONDAY,
)  # fmt: skip


def row_of(booking, meeting=MEETING):
    return booking_row(booking, meeting, "me", MONDAY, BookingBounds())


def test_all_that_is_kept_is_read_as_it_was(loaded):
    entry = WaitingEntry(
        id=ID, version=1, need=MeetingNeed(audience="adult", kind="talk"), made=MONDAY
    )
    handoff = Handoff(
        id=ID, version=1, institution="place/school", handed_until=MONDAY + HOUR, made=MONDAY
    )
    assert read_meeting(meeting_row(MEETING)) == MEETING
    assert read_booking(row_of(BOOKING)) == BOOKING
    assert read_waiting(waiting_row(entry, "me")) == entry
    assert read_handoff(handoff_row(handoff, "me")) == handoff
    for profile in loaded.library.example_counsellors.values():
        assert read_profile(replace(profile_row(profile, 0, 1), version=1)) == profile


def test_what_the_store_has_ended_is_read_as_ended():
    lapsed = replace(row_of(BOOKING), state="lapsed", version=5)
    closed = replace(meeting_row(MEETING), open=False, version=9)
    read = read_booking(lapsed)
    assert (read.state, read.version) == ("lapsed", 5)
    assert (read_meeting(closed).state, read_meeting(closed).version) == ("cancelled", 9)


def test_of_who_was_erased_nothing_is_read():
    assert read_booking(replace(row_of(BOOKING), state="gone", body="")) is None
    assert read_booking(replace(row_of(BOOKING), body="")) is None


@pytest.mark.parametrize(
    ("changes", "takes", "sole"),
    [
        ({}, True, True),
        ({"offered": True}, True, False),
        ({"party_of": ID}, True, False),
        ({"state": "confirmed", "hold_until": None}, True, True),
        ({"state": "declined", "ended_at": MONDAY, "ended_by": "counsellor"}, False, False),
        ({"state": "cancelled", "ended_at": MONDAY, "ended_by": "person"}, True, False),
        ({"state": "cancelled", "ended_at": MONDAY - HOUR, "ended_by": "person"}, False, False),
        ({"state": "cancelled", "ended_at": MONDAY, "ended_by": "counsellor"}, False, False),
    ],
)
def test_a_place_is_taken_as_long_as_it_can_be_had_back(changes, takes, sole):
    row = row_of(BOOKING.model_copy(update=changes))
    assert (row.takes, row.sole) == (takes, sole)
    if row.state == "cancelled" and row.takes:
        assert row.hold_until == round((MONDAY + HOUR / 2).timestamp() * 1000)
