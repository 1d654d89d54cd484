"""Meetings and bookings: their tables, and how they are kept so that nothing is taken twice.

What guards time, places and the one booking of a kind are constraints of the database; what they refuse is False here.
Whoever keeps something holds its counsellors first (`storage/bookings.py`), since constraints alone end in deadlocks.
"""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    case,
    delete,
    exists,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.ports.bookings import KeptBooking, KeptMeeting
from bot.ports.effects import KeepBooking, KeepMeeting
from storage.counsellors import counsellor
from storage.kept_rows import KeptRows, is_refused, kept_table, number, word
from storage.leases import partial_index
from storage.schema import metadata

# states of a booking that are the store's, too: only held; held for too long; its person was erased before its meeting
HELD, LAPSED, GONE = "held", "lapsed", "gone"

meeting: Final = kept_table(
    "meeting",
    word("kind", 64),
    Column("counsellors", Text, nullable=False),
    *(number(name) for name in ("start", "end", "blocked_from", "blocked_to")),
    Column("seats", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
)
Index("ix_meeting_start", meeting.c.start)
partial_index("ix_meeting_group", meeting.c.kind, meeting.c.start, where="open AND seats > 1")
# What is taken of whose time; the guard against taking it twice is made by the migration. The institution is the
# counsellor's own, wherever the meeting is held.
counsellor_time: Final = Table(
    "counsellor_time",
    metadata,
    Column("meeting", String(64), primary_key=True),
    Column("counsellor", String(32), primary_key=True),
    Column("institution", String(160), nullable=False),
    Column("blocked_from", BigInteger, nullable=False),
    Column("blocked_to", BigInteger, nullable=False),
    Column("takes", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["institution", "counsellor"],
        [counsellor.c.institution, counsellor.c.id],
        onupdate="CASCADE",
        name="fk_counsellor_time_counsellor",
    ),
    CheckConstraint("blocked_from < blocked_to", name="ck_counsellor_time_forward"),
)
Index("ix_counsellor_time_busy", counsellor_time.c.counsellor, counsellor_time.c.blocked_to)
booking: Final = kept_table(
    "booking",
    Column("meeting", String(64), nullable=False, index=True),
    Column("conversation", String(64), index=True),
    word("whom", 300),
    word("kind", 64),
    Column("seat", Integer, nullable=False),
    Column("takes", Boolean, nullable=False),
    Column("sole", Boolean, nullable=False),
    word("state", 16),
    number("hold_until", nullable=True),
    word("code", 64),
)
partial_index(
    "ix_booking_hold_until", booking.c.hold_until, where="takes AND hold_until IS NOT NULL"
)
partial_index("ix_booking_nobodys", booking.c.id, where="conversation IS NULL AND body <> ''")
_only: Final = {
    "uq_booking_meeting_seat": ([booking.c.meeting, booking.c.seat], "takes"),
    "uq_booking_sole": (
        [booking.c.conversation, booking.c.whom, booking.c.kind],
        "sole AND conversation IS NOT NULL",
    ),
    "uq_booking_code": ([booking.c.code], "code <> ''"),
}
for _name, (_columns, _where) in _only.items():
    partial_index(_name, *_columns, where=_where, unique=True)

MEETINGS: Final = KeptRows(meeting, KeptMeeting, lists=("counsellors",))
BOOKINGS: Final = KeptRows(booking, KeptBooking)

_given: Final[BindParameter[Any]] = bindparam("given", expanding=True)
TAKE_TIME: Final = insert(counsellor_time).values(
    institution=select(counsellor.c.institution)
    .where(counsellor.c.id == bindparam("of_counsellor"))
    .scalar_subquery()
)
LEAVE_TIME: Final = delete(counsellor_time).where(counsellor_time.c.meeting.in_(_given))
LEAVE_PLACES: Final = (
    update(booking).where(booking.c.id.in_(_given)).values(takes=False, sole=False)
)
# What the clock has ended and nobody has tidied up: what was only held, and what was cancelled and kept for a while.
_ended: Final = booking.c.takes & (booking.c.hold_until <= bindparam("at"))
_end: Final = (
    update(booking)
    .where(_ended, booking.c.hold_until.is_not(None))
    .values(
        takes=False,
        sole=False,
        version=booking.c.version + 1,
        state=case((booking.c.state == HELD, LAPSED), else_=booking.c.state),
    )
    .returning(booking.c.meeting)
)
_in_the_way: Final = select(counsellor_time.c.meeting).where(
    meeting.c.id == counsellor_time.c.meeting,
    meeting.c.seats == 1,  # a group meets whoever has let their place go
    counsellor_time.c.takes,
    counsellor_time.c.counsellor.in_(_given),
    counsellor_time.c.blocked_to > bindparam("since"),
    counsellor_time.c.blocked_from < bindparam("until"),
)
END_IN_TIME: Final = _end.where(booking.c.meeting.in_(_in_the_way))
END_AT_PLACE: Final = _end.where(
    booking.c.meeting == bindparam("of_meeting"),
    booking.c.seat == bindparam("of_seat"),
    booking.c.id != bindparam("own"),
)
_ends_later: Final = exists().where(
    meeting.c.id == booking.c.meeting, meeting.c.end > bindparam("at")
)
# A meeting that is over, or a hold that has run out, is in the way of no other booking of the same person.
END_SOLE: Final = (
    update(booking)
    .where(
        booking.c.conversation == bindparam("whose"),
        booking.c.sole,
        or_(booking.c.hold_until <= bindparam("at"), ~_ends_later),
    )
    .values(sole=False)
)
# a meeting that was made for one booking ends with it
FREE: Final = (
    update(meeting)
    .where(meeting.c.id.in_(_given), meeting.c.seats == 1, meeting.c.open)
    .values(open=False, version=meeting.c.version + 1)
    .returning(meeting.c.id)
)
FREE_TIME: Final = (
    update(counsellor_time).where(counsellor_time.c.meeting.in_(_given)).values(takes=False)
)
TAKERS: Final = select(booking.c.id).where(
    booking.c.meeting == bindparam("of_meeting"),
    booking.c.takes,
    or_(booking.c.hold_until.is_(None), booking.c.hold_until > bindparam("at")),
)
_names: Final = tuple(column.name for column in booking.columns)
_values: Final = {name: f":{name}" for name in _names} | {
    "meeting": "meeting.id",
    "sole": ':sole AND meeting."end" > :at',
    "hold_until": "CAST(:hold_until AS BIGINT)",  # PostgreSQL cannot tell what a bare NULL is
}
_possible: Final = """meeting.id = :meeting
  AND (NOT :takes OR (meeting.open AND :seat < meeting.seats))
  AND (:meeting_version < 0 OR meeting.version = :meeting_version)"""
ADD_BOOKING: Final = text(f"""
INSERT INTO booking ({", ".join(_names)})
SELECT {", ".join(_values.values())} FROM meeting WHERE {_possible} RETURNING id""")  # noqa: S608 - names of columns
CHANGE_BOOKING: Final = text(f"""
UPDATE booking SET {", ".join(f"{name} = {value}" for name, value in _values.items())} FROM meeting
WHERE booking.id = :of_id AND booking.version = :expected AND {_possible}
RETURNING booking.id""")  # noqa: S608 - names of columns
TO_COME: Final = (
    update(booking)
    .where(booking.c.conversation == bindparam("whose"), booking.c.takes, _ends_later)
    .values(takes=False, sole=False, state=GONE, version=booking.c.version + 1)
    .returning(booking.c.meeting)
)
# a version later, so that nobody who has read it before writes it back
ANYBODYS: Final = {
    "conversation": None, "whom": "", "code": "", "body": "", "sole": False,
    "version": booking.c.version + 1,
}  # fmt: skip


def has_other_takers(connection: Connection, kept: KeepMeeting) -> bool:
    """Return whether others have a place in a meeting than were seen."""
    if kept.bookings is None:
        return False
    found = connection.execute(TAKERS, {"of_meeting": kept.row.id, "at": kept.at})
    return {row.id for row in found} != {*kept.bookings}


def keep_meeting(connection: Connection, kept: KeepMeeting) -> bool:
    """Keep a meeting; False where it is impossible by now."""
    row = kept.row
    if kept.expected:
        connection.execute(LEAVE_TIME, {"given": [row.id]})
    if row.open:
        given = {"given": row.counsellors, "at": kept.at}
        _free(connection, END_IN_TIME, given | {"since": row.blocked_from, "until": row.blocked_to})
    times = {"blocked_from": row.blocked_from, "blocked_to": row.blocked_to, "takes": row.open}
    try:
        for one in row.counsellors:
            own = {"meeting": row.id, "counsellor": one, "of_counsellor": one}
            connection.execute(TAKE_TIME, times | own)
    except IntegrityError as error:
        if not is_refused(error):
            raise
        return False
    return MEETINGS.keep(connection, row, kept.expected)


def keep_booking(connection: Connection, kept: KeepBooking) -> bool:
    """Keep a booking; False where it is impossible by now."""
    row = kept.row
    if row.takes:
        own = {"of_meeting": row.meeting, "of_seat": row.seat, "own": row.id, "at": kept.at}
        _free(connection, END_AT_PLACE, own)
    if row.sole and row.conversation is not None:
        connection.execute(END_SOLE, {"whose": row.conversation, "at": kept.at})
    seen = -1 if kept.meeting_version is None else kept.meeting_version
    given = {"new": ADD_BOOKING, "changed": CHANGE_BOOKING, "meeting_version": seen}
    return BOOKINGS.keep(connection, row, kept.expected, at=kept.at, **given)


def free_of(connection: Connection, conversation: str, at: int) -> None:
    """End what a conversation has booked for after a moment; the meetings stay, so that counsellors see what became of them."""
    _free(connection, TO_COME, {"whose": conversation, "at": at})


def leave(connection: Connection, meetings: Collection[str], bookings: Collection[str]) -> None:
    """Let go of what is kept anew in the same transaction, where it is several, so that two may change places."""
    for statement, keys in ((LEAVE_TIME, meetings), (LEAVE_PLACES, bookings)):
        if len(keys) > 1:
            connection.execute(statement, {"given": [*keys]})


def _free(connection: Connection, ending: Any, given: dict[str, Any]) -> None:
    """End bookings, and the meetings that were made for one of them."""
    ended = [row.meeting for row in connection.execute(ending, given)]
    if not ended:
        return
    freed = [row.id for row in connection.execute(FREE, {"given": ended})]
    if freed:
        connection.execute(FREE_TIME, {"given": freed})
