"""Values of booking as rows of the store, and back. Where a column and the body say otherwise, the column counts."""

from datetime import datetime
from typing import Final, cast, get_args

from bot.core.booking.appointment import Appointment, OwnPart
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.handoff import BOT, Handoff
from bot.core.booking.handoff_orders import SILENT_AFTER
from bot.core.booking.meeting import TAKING, Booking, BookingState, Meeting
from bot.core.booking.offices import home_of
from bot.core.booking.spans import Span
from bot.core.booking.waiting_entry import WaitingEntry
from bot.ports.bookings import (
    BookedMeeting,
    BookedPart,
    KeptBooking,
    KeptHandoff,
    KeptMeeting,
    KeptProfile,
    KeptWaiting,
)
from bot.ports.protocols import millis, moment_of

SOLE: Final[frozenset[BookingState]] = frozenset({"held", "confirmed", "arrived"})
STATES: Final[frozenset[str]] = frozenset(get_args(BookingState))


def meeting_row(meeting: Meeting) -> KeptMeeting:
    """Return a meeting as it is kept."""
    return KeptMeeting(
        id=meeting.id,
        version=meeting.version,
        institution=meeting.institution,
        kind=meeting.kind,
        counsellors=meeting.counsellors,
        start=millis(meeting.during.start),
        end=millis(meeting.during.end),
        blocked_from=millis(meeting.blocked.start),
        blocked_to=millis(meeting.blocked.end),
        seats=meeting.seats,
        open=meeting.state == "open",
        example=meeting.example,
        body=meeting.model_dump_json(exclude_defaults=True),
    )


def read_meeting(row: KeptMeeting) -> Meeting:
    """Return a meeting that is kept."""
    meeting = Meeting.model_validate_json(row.body)
    columns = {
        "version": row.version,
        "counsellors": row.counsellors,
        "during": Span(start=moment_of(row.start), end=moment_of(row.end)),
        "blocked": Span(start=moment_of(row.blocked_from), end=moment_of(row.blocked_to)),
        "state": meeting.state if row.open else "cancelled",
    }
    return meeting.model_copy(update=columns)


def booking_row(
    booking: Booking,
    meeting: Meeting,
    conversation: str | None,
    now: datetime,
    bounds: BookingBounds,
) -> KeptBooking:
    """Return a booking as it is kept; one that can still be had back keeps its place until then.

    meeting: its own; conversation: whose it is; now: when it was decided; bounds: of the content.
    """
    undo = Appointment(meeting, (booking,)).undo_until(booking, bounds)
    kept = undo if undo is not None and undo > now and meeting.state == "open" else None
    until = booking.hold_until if booking.state == "held" else kept
    return KeptBooking(
        id=booking.id,
        version=booking.version,
        institution=meeting.institution,
        meeting=booking.meeting,
        conversation=conversation,
        whom=booking.whom,
        kind=booking.kind,
        seat=booking.seat,
        takes=booking.state in TAKING | {"excused"} or kept is not None,
        sole=booking.state in SOLE and not booking.offered and not booking.party_of,
        state=booking.state,
        hold_until=None if until is None else millis(until),
        code=booking.code,
        example=booking.example,
        body=booking.model_dump_json(exclude_defaults=True),
    )


def read_booking(row: KeptBooking) -> Booking | None:
    """Return a booking that is kept; None of one whose person was erased."""
    if row.state not in STATES or not row.body:
        return None
    booking = Booking.model_validate_json(row.body)
    return booking.model_copy(
        update={"version": row.version, "state": cast("BookingState", row.state)}
    )


def read_part(part: BookedPart) -> OwnPart | None:
    """Return a booking with its meeting; None as of `read_booking`."""
    booking = read_booking(part.booking)
    return None if booking is None else OwnPart(booking, read_meeting(part.meeting))


def read_appointment(booked: BookedMeeting) -> Appointment:
    """Return a meeting with all its bookings whose people were not erased."""
    bookings = (read_booking(row) for row in booked.bookings)
    return Appointment(
        read_meeting(booked.meeting), tuple(one for one in bookings if one is not None)
    )


def waiting_row(entry: WaitingEntry, conversation: str) -> KeptWaiting:
    """Return a place in the waiting list as it is kept. conversation: whose it is."""
    home = home_of(entry.need)
    return KeptWaiting(
        id=entry.id,
        version=entry.version,
        institution=entry.need.institution or home,
        conversation=conversation,
        state=entry.state,
        kind=entry.need.kind,
        also=entry.also,
        place=home,
        group=entry.group,
        made=millis(entry.made),
        booking=entry.booking,
        example=entry.example,
        body=entry.model_dump_json(exclude_defaults=True),
    )


def read_waiting(row: KeptWaiting) -> WaitingEntry:
    """Return a place in the waiting list that is kept."""
    entry = WaitingEntry.model_validate_json(row.body)
    return entry.model_copy(update={"version": row.version})


def handoff_row(handoff: Handoff, conversation: str) -> KeptHandoff:
    """Return a handoff as it is kept. conversation: whose it is.

    Its column `due` says when somebody is to look at it: nobody has answered, or who speaks has long been silent.
    """
    due = handoff.due if handoff.state == "waiting" and handoff.escalated is None else None
    spoke = handoff.human_spoke
    if handoff.is_open and handoff.owner != BOT and spoke and handoff.asked_after is None:
        due = spoke + SILENT_AFTER
    return KeptHandoff(
        id=handoff.id,
        version=handoff.version,
        institution=handoff.institution,
        conversation=conversation,
        booking=handoff.booking,
        counsellor=handoff.to,
        state=handoff.state,
        made=millis(handoff.made),
        due=None if due is None else millis(due),
        example=handoff.example,
        body=handoff.model_dump_json(exclude_defaults=True),
    )


def read_handoff(row: KeptHandoff) -> Handoff | None:
    """Return a handoff that is kept; None of one whose person was erased."""
    if not row.body:
        return None
    return Handoff.model_validate_json(row.body).model_copy(update={"version": row.version})


def profile_row(profile: CounsellorProfile, version: int, created_at: int) -> KeptProfile:
    """Return a counsellor as they are kept. version: of the row that was read, 0 of a new one; created_at: milliseconds."""
    return KeptProfile(
        id=profile.id,
        version=version,
        institution=profile.institution,
        place=profile.place,
        name=profile.name,
        email=profile.email or "",
        active=profile.active,
        example=profile.example,
        created_at=created_at,
        body=profile.model_dump_json(exclude_defaults=True),
    )


def read_profile(row: KeptProfile) -> CounsellorProfile | None:
    """Return a counsellor that is kept; None of one who was invited, and of whom no more is known."""
    if row.version == 0 or not row.body:
        return None
    profile = CounsellorProfile.model_validate_json(row.body)
    return profile.model_copy(update={"active": row.active})
