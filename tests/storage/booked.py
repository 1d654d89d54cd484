"""Counsellors, meetings and bookings as the tests of the store make them, and turns that book."""

from dataclasses import replace

from bot.ports.bookings import (
    KeptBooking,
    KeptHandoff,
    KeptInvitation,
    KeptMeeting,
    KeptProfile,
    KeptReferral,
    KeptWaiting,
)
from bot.ports.effects import KeepBooking, KeepMeeting, KeepProfile
from bot.ports.records import TurnResult, Update

BOOKING_TABLES = (
    "booking", "counsellor", "counsellor_time", "handoff", "invitation", "meeting", "no_time",
    "no_time_mark", "referral", "waiting",
)  # fmt: skip
HOUR, DAY = 3_600_000, 86_400_000
NOW = 10 * DAY
SCHOOL = "place/school"


def profile(key, institution=SCHOOL, **changes):
    made = KeptProfile(
        key, 0, institution, "place", f"Name of {key}", "", active=True, example=False, created_at=1,
        body="{}",
    )  # fmt: skip
    return replace(made, **changes)


def meeting(key, start=NOW + DAY, counsellors=("anna",), **changes):
    """A meeting of an hour, with a quarter of an hour kept free after it."""
    made = KeptMeeting(
        key, 0, SCHOOL, "talk", tuple(counsellors), start, start + HOUR, start, start + HOUR * 5 // 4,
        seats=1, open=True, example=False, body="{}",
    )  # fmt: skip
    return replace(made, **changes)


def booking(key, conversation="me", of=None, **changes):
    """A booking that is held for ten minutes. of: its meeting, by the same name where none is given."""
    made = KeptBooking(
        key, 0, SCHOOL, of or key, conversation, "self", "talk", seat=0, takes=True, sole=True,
        state="held", hold_until=NOW + 600_000, code="", example=False, body="{}",
    )  # fmt: skip
    return replace(made, **changes)


def waiting(key, conversation="me", **changes):
    made = KeptWaiting(
        key, 0, SCHOOL, conversation, "waiting", "talk", (), "place", 5, NOW, "", example=False,
        body="{}",
    )  # fmt: skip
    return replace(made, **changes)


def handoff(key, conversation="me", **changes):
    made = KeptHandoff(
        key, 0, SCHOOL, conversation, "", "anna", "open", NOW, NOW + DAY, example=False, body="{}"
    )
    return replace(made, **changes)


def referral(key, conversation="me", **changes):
    made = KeptReferral(
        key, 0, SCHOOL, conversation, f"digest of {key}", "open", NOW, NOW + DAY, example=False,
        body="{}",
    )  # fmt: skip
    return replace(made, **changes)


def invitation(key, **changes):
    made = KeptInvitation(
        key, 0, SCHOOL, "place", "talk", "open", NOW, NOW + DAY, example=False, body="{}"
    )
    return replace(made, **changes)


def employ(store, *keys, **changes):
    """Let counsellors be there who can be met."""
    profiles = [KeepProfile(profile(key, **changes), 0) for key in keys]
    assert store.bookings.commit(profiles, NOW)


def holding(key, start=NOW + DAY, counsellors=("anna",), at=NOW, **changes):
    """What is left by who holds a time: the meeting and the booking, by one name."""
    return (
        KeepMeeting(meeting(key, start, counsellors), 0, at),
        KeepBooking(booking(key, **changes), 0, at),
    )


def confirming(row, at=NOW, **changes):
    """What is left by who agrees to what they hold."""
    return KeepBooking(replace(row, state="confirmed", hold_until=None, **changes), row.version, at)


def leave(store, key, name, *effects, at=NOW):
    """Take a turn that leaves these effects."""
    kept = TurnResult("1", effects=effects)
    return store.turns.run(Update("web", key, f"{key}{name}", at), lambda _stored: kept)


def booked(store, key="one", **changes):
    """Have a time agreed, committed beside any turn; gives its booking."""
    effects = holding(key, state="confirmed", hold_until=None, **changes)
    assert store.bookings.commit(effects, NOW)
    return store.bookings.booking(key).booking


def times(store):
    """Whose time is taken, as (meeting, counsellor, takes)."""
    sql = "SELECT meeting, counsellor, takes FROM counsellor_time ORDER BY meeting, counsellor"
    rows = store._transactions.read(lambda c: c.exec_driver_sql(sql).all())
    return [(row.meeting, row.counsellor, bool(row.takes)) for row in rows]
