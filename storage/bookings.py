"""Bookings as they are read, and as whatever is decided at once is kept: all of it or nothing.

Whoever changes something holds first the conversations, then all counsellors it touches, in one order, and so never
waits for somebody who waits for them. On SQLite there is one writer, and nothing to hold.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, assert_never

from sqlalchemy import Connection, bindparam, select, text

from bot.ports.bookings import (
    BookedMeeting,
    BookedPart,
    BookingCount,
    BusyTime,
    KeptBooking,
    KeptMeeting,
)
from bot.ports.effects import (
    BookingEffect,
    Effect,
    KeepBooking,
    KeepHandoff,
    KeepInvitation,
    KeepMeeting,
    KeepProfile,
    KeepReferral,
    KeepWaiting,
)
from bot.ports.records import OutgoingMessage, Planned
from storage import counsellors, handoffs, jobs, meetings, outbox, waiting
from storage.connections.base import Transactions
from storage.conversations import conversation
from storage.kept_rows import KeptRows
from storage.lookups import Lookup, Reader, ReaderWithin, ReadPart
from storage.meetings import BOOKINGS, MEETINGS

TOUCHED: Final = Lookup("""
SELECT counsellor FROM counsellor_time WHERE meeting IN [:meetings]
UNION
SELECT counsellor FROM booking JOIN counsellor_time ON counsellor_time.meeting = booking.meeting
WHERE booking.id IN [:bookings]
UNION
SELECT counsellor FROM booking JOIN counsellor_time ON counsellor_time.meeting = booking.meeting
WHERE booking.conversation IN [:people] AND booking.takes""")
HOLD_CONVERSATIONS: Final = (
    select(conversation.c.id)
    .where(conversation.c.id.in_(bindparam("keys", expanding=True)))
    .order_by(conversation.c.id)
    .with_for_update()
)
# beside the counsellors themselves, those who share a meeting with one of them that is ended on the way
_hold: Final = """
SELECT {lock}(key) AS held FROM (
  SELECT DISTINCT hashtextextended(counsellor, 1) AS key FROM (
    SELECT unnest(CAST(:counsellors AS text[])) AS counsellor
    UNION ALL
    SELECT beside.counsellor FROM booking
    JOIN counsellor_time AS own ON own.meeting = booking.meeting
    JOIN counsellor_time AS beside ON beside.meeting = booking.meeting
    WHERE booking.takes AND booking.hold_until IS NOT NULL AND booking.hold_until <= :at
      AND own.counsellor = ANY(CAST(:counsellors AS text[]))) AS touched
  ORDER BY key) AS ordered"""
HOLD: Final = {
    True: text(_hold.format(lock="pg_advisory_xact_lock")),
    False: text(_hold.format(lock="pg_try_advisory_xact_lock")),
}

_part: Final = f"SELECT {BOOKINGS.columns}, {MEETINGS.columns} FROM booking JOIN meeting ON meeting.id = booking.meeting"  # noqa: S608 - names of columns
_whole: Final = f"SELECT {MEETINGS.columns}, {BOOKINGS.columns} FROM meeting LEFT JOIN booking ON booking.meeting = meeting.id"  # noqa: S608 - names of columns
_by_time: Final = "ORDER BY meeting.start, meeting.id, booking.seat, booking.id"
BOOKINGS_OF: Final = Lookup(f"{_part} WHERE booking.conversation = :key {_by_time}")
BOOKING: Final = Lookup(f"{_part} WHERE booking.id = :key")
BOOKED_BY_CODE: Final = Lookup(f"{_part} WHERE booking.code = :key AND booking.code <> ''")
BEGINNING: Final = Lookup(f"""{_part}
WHERE meeting.start >= :since AND meeting.start < :until AND booking.state IN [:states] {_by_time}""")
RUN_OUT: Final = Lookup(f"""{_part}
WHERE booking.takes AND booking.hold_until IS NOT NULL AND booking.hold_until <= :now
ORDER BY booking.hold_until, booking.id LIMIT :most""")
MEETING: Final = Lookup(f"{_whole} WHERE meeting.id = :key {_by_time}")
_of_counsellors: Final = """SELECT meeting FROM counsellor_time
WHERE counsellor IN [:counsellors] AND blocked_to > :since AND blocked_from < :until"""
MEETINGS_WITH: Final = Lookup(f"{_whole} WHERE meeting.id IN ({_of_counsellors}) {_by_time}")
GROUP_MEETINGS: Final = Lookup(f"""{_whole}
WHERE meeting.open AND meeting.seats > 1 AND meeting.kind = :kind
  AND meeting.start >= :since AND meeting.start < :until {_by_time}""")
# a meeting made for one booking takes no time once that booking has run out by the clock
BUSY: Final = Lookup("""
SELECT counsellor_time.counsellor, meeting.id, meeting.institution, meeting.kind, meeting.start,
  meeting."end", counsellor_time.blocked_from, counsellor_time.blocked_to
FROM counsellor_time JOIN meeting ON meeting.id = counsellor_time.meeting
WHERE counsellor_time.takes AND counsellor_time.counsellor IN [:counsellors]
  AND counsellor_time.blocked_to > :since AND counsellor_time.blocked_from < :until
  AND NOT (meeting.seats = 1 AND meeting.id IN (SELECT meeting FROM booking
    WHERE takes AND hold_until IS NOT NULL AND hold_until <= :now))
ORDER BY counsellor_time.blocked_from, counsellor_time.counsellor""")
COUNT_STATES: Final = Lookup("""
SELECT booking.institution, booking.kind, booking.state, count(*)
FROM booking JOIN meeting ON meeting.id = booking.meeting
WHERE meeting.start >= :since AND meeting.start < :until AND NOT booking.example
GROUP BY booking.institution, booking.kind, booking.state
ORDER BY booking.institution, booking.kind, booking.state""")


KEPT_AS: Final[Mapping[type[BookingEffect], KeptRows[Any]]] = {
    KeepMeeting: MEETINGS,
    KeepBooking: BOOKINGS,
    KeepWaiting: waiting.ENTRIES,
    KeepHandoff: handoffs.HANDOFFS,
    KeepReferral: handoffs.REFERRALS,
    KeepInvitation: waiting.INVITATIONS,
    KeepProfile: counsellors.PROFILES,
}


class Impossible(Exception):
    """Something of what was decided is impossible by now; nothing of it is kept."""


def hold(
    connection: Connection,
    effects: Sequence[Effect],
    erased: Collection[str],
    at: int,
    *,
    waits: bool = True,
) -> bool:
    """Hold the counsellors whose time effects touch, or whom erased people have booked, until the transaction ends.

    To be called before anything of either is written. erased: their conversations, which are held too. at: now.
    waits: for others who hold one of them; who holds some already must not. Return False where it would have to.
    """
    if connection.dialect.name != "postgresql":
        return True
    if erased:
        connection.execute(HOLD_CONVERSATIONS, {"keys": [*erased]})
    meeting_rows = [one.row for one in effects if isinstance(one, KeepMeeting)]
    booking_rows = [one.row for one in effects if isinstance(one, KeepBooking)]
    named = {one.row.id for one in effects if isinstance(one, KeepProfile)}
    if not (erased or meeting_rows or booking_rows or named):
        return True
    touched = TOUCHED.rows(
        ReaderWithin(connection),
        meetings=[row.id for row in meeting_rows] + [row.meeting for row in booking_rows],
        bookings=[row.id for row in booking_rows],
        people=[*erased, *(row.conversation for row in booking_rows if row.conversation)],
    )
    named.update(*(row.counsellors for row in meeting_rows), (row[0] for row in touched))
    if not named:
        return True
    held = connection.execute(HOLD[waits], {"counsellors": [*named], "at": at})
    return waits or all(row.held for row in held)


def keep(connection: Connection, effects: Sequence[Effect]) -> Effect | None:
    """Keep what was decided at once, in its order; return the first that is impossible, and then all is to be undone.

    Of the effects only those of bookings are kept here.
    """
    kept = [one for one in effects if isinstance(one, BookingEffect)]
    moving = [one for one in kept if isinstance(one, KeepMeeting)]
    for one in moving:
        if meetings.has_other_takers(connection, one):
            return one
    booked = [one.row.id for one in kept if isinstance(one, KeepBooking)]
    meetings.leave(connection, [one.row.id for one in moving], booked)
    return next((one for one in kept if not _keep(connection, one)), None)


def _keep(connection: Connection, effect: BookingEffect) -> bool:
    match effect:
        case KeepMeeting():
            return meetings.keep_meeting(connection, effect)
        case KeepBooking():
            return meetings.keep_booking(connection, effect)
        case KeepWaiting():
            return waiting.keep_waiting(connection, effect)
        case KeepHandoff():
            return handoffs.keep_handoff(connection, effect)
        case KeepReferral():
            return handoffs.keep_referral(connection, effect)
        case KeepInvitation():
            return waiting.keep_invitation(connection, effect)
        case KeepProfile():
            return counsellors.keep_profile(connection, effect)
        case _:
            assert_never(effect)


class BookingReads(ReadPart):
    """Meetings and bookings as they stand."""

    def bookings_of(self, conversation: str) -> list[BookedPart]:
        """Return all that a conversation ever booked, by the time."""
        return _parts(self._reader, BOOKINGS_OF, key=conversation)

    def booked_by_code(self, digest: str) -> BookedPart | None:
        """Return the booking that is found by a code; None where it opens nothing."""
        return next(iter(_parts(self._reader, BOOKED_BY_CODE, key=digest)), None)

    def meeting(self, key: str) -> BookedMeeting | None:
        """Return a meeting with all its bookings."""
        return next(iter(_wholes(self._reader, MEETING, key=key)), None)

    def busy(self, counsellors: Sequence[str], since: int, until: int, now: int) -> list[BusyTime]:
        """Return what of counsellors' time is taken between two moments, by the time.

        now: what was held until then has lapsed.
        """
        given = {"counsellors": [*counsellors], "since": since, "until": until, "now": now}
        return [BusyTime(*row) for row in BUSY.rows(self._reader, **given)]

    def group_meetings(self, kind: str, since: int, until: int) -> list[BookedMeeting]:
        """Return the open meetings of a kind, with more than one place, that begin between two moments."""
        return _wholes(self._reader, GROUP_MEETINGS, kind=kind, since=since, until=until)


class Bookings(BookingReads):
    """The meetings and bookings of the store."""

    def __init__(self, transactions: Transactions) -> None:
        super().__init__(transactions)
        self._transactions = transactions

    def commit(
        self,
        effects: Sequence[BookingEffect],
        at: int,
        *,
        messages: Sequence[OutgoingMessage] = (),
        planned: Sequence[Planned] = (),
    ) -> bool:
        """Keep what was decided outside of a person's turn, with what is told of it and planned; at: now.

        Return False where something of it is impossible by now; then nothing is kept.
        """
        tries = 0

        def work(connection: Connection) -> None:
            nonlocal tries
            tries += 1
            hold(connection, effects, (), at)
            if keep(connection, effects) is not None:
                raise Impossible
            outbox.enqueue(connection, messages, at)
            for one in planned:
                jobs.schedule(connection, one, at)

        try:
            self._transactions.run(work)
        except Impossible:
            # a server may have gone away after it had kept it, and before it said so
            asked_again = tries > 1 and self._transactions.engine.dialect.name == "postgresql"
            return asked_again and all(_stands(self._reader, one) for one in effects)
        return True

    def booking(self, key: str) -> BookedPart | None:
        """Return a booking by its id, with its meeting."""
        return next(iter(_parts(self._reader, BOOKING, key=key)), None)

    def meetings_with(
        self, counsellors: Sequence[str], since: int, until: int
    ) -> list[BookedMeeting]:
        """Return counsellors' meetings between two moments, cancelled ones too, by the time."""
        given = {"counsellors": [*counsellors], "since": since, "until": until}
        return _wholes(self._reader, MEETINGS_WITH, **given)

    def beginning(self, states: Sequence[str], since: int, until: int) -> list[BookedPart]:
        """Return bookings in some states whose meeting begins between two moments, by the time."""
        return _parts(self._reader, BEGINNING, states=[*states], since=since, until=until)

    def run_out(self, now: int, most: int) -> list[BookedPart]:
        """Return bookings that still have a place and have it no longer by the clock, the first first."""
        return _parts(self._reader, RUN_OUT, now=now, most=most)

    def count_states(self, since: int, until: int) -> list[BookingCount]:
        """Return how many bookings are in which state, of meetings that begin between two moments; no examples."""
        rows = COUNT_STATES.rows(self._reader, since=since, until=until)
        return [BookingCount(*row) for row in rows]


def _stands(reader: Reader, effect: BookingEffect) -> bool:
    """Return whether a row is kept as it was to be."""
    kept = KEPT_AS[type(effect)]
    row = kept.find(reader, effect.row.id)
    if row is None:
        return False
    found, wanted = kept.values(row, row.version - 1), kept.values(effect.row, effect.expected)
    return found == wanted | {
        name: found[name] for name in wanted if name == "sole"
    }  # by the clock


def _parts(reader: Reader, lookup: Lookup, **given: Any) -> list[BookedPart]:
    at = BOOKINGS.width
    return [
        BookedPart(BOOKINGS.read(row[:at]), MEETINGS.read(row[at:]))
        for row in lookup.rows(reader, **given)
    ]


def _wholes(reader: Reader, lookup: Lookup, **given: Any) -> list[BookedMeeting]:
    """Return meetings whose rows stand beside each other, each with one booking or none."""
    at = MEETINGS.width
    found: list[BookedMeeting] = []
    for own, rows in groupby(lookup.rows(reader, **given), key=lambda row: tuple(row[:at])):
        kept: KeptMeeting = MEETINGS.read(own)
        booked: list[KeptBooking] = [BOOKINGS.read(row[at:]) for row in rows if row[at] is not None]
        found.append(BookedMeeting(kept, tuple(booked)))
    return found
