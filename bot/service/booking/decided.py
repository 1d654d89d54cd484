"""What was decided about meetings, gathered as what is to be kept, planned and told in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Final

from bot.core.booking.appointment import AGREED, BookingChanges, OwnPart
from bot.core.booking.bounds import BookingBounds
from bot.core.booking.due import messages_due
from bot.core.booking.handoff import Handoff
from bot.core.booking.meeting import Booking, Meeting
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.dialogue.inputs import MeetingChanged, MeetingDue
from bot.ports.effects import (
    BookingEffect,
    CountNoTime,
    Effect,
    KeepBooking,
    KeepHandoff,
    KeepMeeting,
    KeepProfile,
    KeepWaiting,
    PlanJob,
    SendMessage,
)
from bot.ports.protocols import millis
from bot.ports.records import OutgoingMessage, Planned
from bot.service.booking.rows import booking_row, handoff_row, meeting_row, waiting_row
from bot.service.unasked import UNASKED, UNASKED_INPUT

MEETING_DUE: Final = "meeting_due"  # the kind of job that says what is due of a booking
LET_GO: Final = "let_go"  # that tidies up a meeting whose hold or undo has run out


@dataclass
class DecidedBookings:
    """What one turn, one act or one job has decided, in the order it is to be kept.

    conversation: of the turn; "" outside of one. whose: conversations by the ids of bookings, entries and handoffs that
    were read or made. meetings: every meeting that was read or made, by id, as it stands now.
    """

    now: datetime
    bounds: BookingBounds
    conversation: str = ""
    whose: dict[str, str] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    profiles: list[KeepProfile] = field(default_factory=list)
    changed_meetings: dict[str, Meeting] = field(default_factory=dict)
    changed_bookings: dict[str, Booking] = field(default_factory=dict)
    changed_entries: dict[str, WaitingEntry] = field(default_factory=dict)
    changed_handoffs: dict[str, Handoff] = field(default_factory=dict)
    takers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    other: list[Effect] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    mails: list[tuple[SendMessage, str]] = field(default_factory=list)
    _seen: dict[str, int] = field(default_factory=dict)

    def add(self, changes: BookingChanges) -> None:
        """Take changes in. Of a value that is changed again the last is kept, against the version that was read."""
        for meeting in changes.meetings:
            self._see(meeting.id, meeting.version)
            self.changed_meetings[meeting.id] = self.meetings[meeting.id] = meeting
        for booking in changes.bookings:
            self._see(booking.id, booking.version)
            self.whose.setdefault(booking.id, self.conversation)
            self.changed_bookings[booking.id] = booking
        for entry in changes.entries:
            self._see(entry.id, entry.version)
            self.whose.setdefault(entry.id, self.conversation)
            self.changed_entries[entry.id] = entry
        if changes.frees_at is not None:
            for meeting_id in {one.meeting for one in changes.bookings}:
                self.let_go_at(meeting_id, changes.frees_at)
        for booking in changes.bookings:
            if booking.state == "held" and booking.hold_until is not None:
                self.let_go_at(booking.meeting, booking.hold_until)

    def add_booking(self, booking: Booking) -> None:
        """Take in a booking that is changed by itself."""
        self.add(BookingChanges(bookings=(booking,)))

    def hand(self, handoff: Handoff) -> None:
        """Take a changed handoff in."""
        self._see(handoff.id, handoff.version)
        self.whose.setdefault(handoff.id, self.conversation)
        self.changed_handoffs[handoff.id] = handoff

    def tell(self, conversation: str, given: MeetingChanged, at: datetime | None = None) -> None:
        """Let a conversation hear of something. at: when; None: now."""
        moment = self.now if at is None else max(at, self.now)
        body = UNASKED.dump_json(given).decode()
        key = f"told:{_digest(conversation, body, moment.isoformat())}"
        self.planned.append(Planned(UNASKED_INPUT, key, millis(moment), body, conversation))

    def let_go_at(self, meeting: str, at: datetime) -> None:
        """Let a meeting be tidied up at a moment."""
        key = f"let_go:{_digest(meeting, at.isoformat())}"
        self.planned.append(Planned(LET_GO, key, millis(max(at, self.now)), meeting))

    def mail(self, message: SendMessage, conversation: str = "") -> None:
        """Send a mail with it. conversation: whose it is, and erased with."""
        self.mails.append((message, conversation or self.conversation))

    def kept(self) -> tuple[BookingEffect, ...]:
        """Return what is to be kept, time let go before other time is taken."""
        at = millis(self.now)
        closing = [one for one in self.changed_meetings.values() if one.state == "cancelled"]
        others = [one for one in self.changed_meetings.values() if one.state != "cancelled"]
        takes_none = [
            one for one in self.changed_bookings.values() if not one.takes_place_at(self.now)
        ]
        takes = [one for one in self.changed_bookings.values() if one.takes_place_at(self.now)]
        return (
            *self.profiles,
            *(
                KeepMeeting(meeting_row(one), self._seen[one.id], at, self.takers.get(one.id))
                for one in (*closing, *others)
            ),
            *(self._booking(one, at) for one in (*takes_none, *takes)),
            *(
                KeepWaiting(waiting_row(one, self.whose[one.id]), self._seen[one.id])
                for one in self.changed_entries.values()
            ),
            *(
                KeepHandoff(handoff_row(one, self.whose[one.id]), self._seen[one.id])
                for one in self.changed_handoffs.values()
            ),
        )

    def effects(self) -> tuple[Effect, ...]:
        """Return all of it as a turn leaves it."""
        jobs = (
            PlanJob(one.kind, one.key, one.due, one.body, one.conversation)
            for one in self._all_planned()
        )
        messages = (message for message, _ in self.mails)
        return (*self.kept(), *self.other, *jobs, *messages)

    def outside(self) -> tuple[tuple[BookingEffect, ...], list[OutgoingMessage], list[Planned]]:
        """Return all of it as it is committed outside a turn: effects, messages, jobs."""
        messages = [
            OutgoingMessage(
                one.channel or "", one.lane or "", one.kind, one.body, conversation, one.rank
            )
            for one, conversation in self.mails
        ]
        return self.kept(), messages, list(self._all_planned())

    def count_no_time(self, place: str, kind: str, day: str, until: datetime) -> None:
        """Count that the turn's person has found no time."""
        self.other.append(CountNoTime(day, place, kind, millis(until)))

    def _booking(self, booking: Booking, at: int) -> KeepBooking:
        meeting = self.meetings[booking.meeting]
        whose = self.whose[booking.id] or None
        row = booking_row(booking, meeting, whose, self.now, self.bounds)
        # a place in a group is taken in the group as it was seen
        seen = meeting.version if meeting.id not in self.changed_meetings else None
        return KeepBooking(row, self._seen[booking.id], at, seen)

    def _all_planned(self) -> Iterable[Planned]:
        """Return what is planned, with what is due of the bookings as they stand; what is due no more drops itself."""
        found = {(one.kind, one.key): one for one in self.planned}
        moved = {
            id_
            for id_, meeting in self.changed_meetings.items()
            if meeting.state == "open" and self._seen[id_] > 0
        }
        for booking in self.changed_bookings.values():
            if booking.state in AGREED | {"seen", "no_show"} or booking.meeting in moved:
                for one in due_jobs(
                    OwnPart(booking, self.meetings[booking.meeting]),
                    self.whose[booking.id],
                    self.now,
                ):
                    found[one.kind, one.key] = one
        return found.values()

    def _see(self, id_: str, version: int) -> None:
        self._seen.setdefault(id_, version - 1)


def due_jobs(part: OwnPart, conversation: str, now: datetime) -> Iterable[Planned]:
    """Return the jobs that say what is due of a booking from now on."""
    if not conversation:
        return
    for one in messages_due(part, follow_up=part.booking.follow_up):
        if one.expires <= now:
            continue
        start = part.meeting.during.start
        given = MeetingDue(what=one.what, booking=one.booking, start=start, expires=one.expires)
        key = f"due:{_digest(one.booking, one.what, one.at.isoformat())}"
        yield planned_due(given, key, max(one.at, now), conversation)


def planned_due(given: MeetingDue, key: str, at: datetime, conversation: str) -> Planned:
    """Return the job that says what is due of a booking at a moment."""
    return Planned(MEETING_DUE, key, millis(at), UNASKED.dump_json(given).decode(), conversation)


def _digest(*parts: str) -> str:
    return blake2b("/".join(parts).encode(), digest_size=16).hexdigest()
