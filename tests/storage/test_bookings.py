"""What is kept of meetings and bookings, and what is refused, on both databases."""

from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import inspect

from bot.errors import StorageBusy, StorageError
from bot.ports.bookings import BookingCount, BusyTime
from bot.ports.effects import (
    GiveCode,
    KeepBooking,
    KeepHandoff,
    KeepInvitation,
    KeepMeeting,
    KeepProfile,
    KeepReferral,
    KeepWaiting,
    PlanJob,
)
from bot.ports.records import Counsellor, OutgoingMessage, Planned, TurnResult, Update
from storage.store import Store
from tests.conftest import new_database
from tests.storage.booked import (
    BOOKING_TABLES,
    DAY,
    HOUR,
    NOW,
    SCHOOL,
    booked,
    booking,
    confirming,
    employ,
    handoff,
    holding,
    invitation,
    leave,
    meeting,
    profile,
    referral,
    times,
    waiting,
)
from tests.storage.turns import everything

TOMORROW = NOW + DAY
QUARTER = HOUR // 4


@pytest.fixture
def hours(store):
    """A store with two counsellors."""
    employ(store, "anna", "berta")
    return store


def commit(store, *effects):
    return store.bookings.commit(effects, NOW)


def states(store, key):
    return [(part.booking.id, part.booking.state) for part in store.bookings.bookings_of(key)]


# --- what the database itself refuses

TIME = "INSERT INTO counsellor_time VALUES ('{}', '{}', '{}', {}, {}, {})"


def insert_time(store, key, since, until, counsellor="anna", institution=SCHOOL, takes="true"):
    run_sql(store, TIME.format(key, counsellor, institution, since, until, takes))


def run_sql(store, sql):
    store._transactions.run(lambda c: c.exec_driver_sql(sql) and None)


@pytest.mark.parametrize(
    ("since", "until"), [(10, 20), (5, 11), (19, 25), (12, 13), (0, 99)], ids=str
)
def test_time_that_overlaps_is_refused_by_the_database_itself(hours, since, until):
    insert_time(hours, "a", 10, 20)
    with pytest.raises(StorageError, match="overlap"):
        insert_time(hours, "b", since, until)
    insert_time(hours, "c", since + 100, until + 100)
    moved = f"UPDATE counsellor_time SET blocked_from = {since}, blocked_to = {until} WHERE meeting = 'c'"
    with pytest.raises(StorageError, match="overlap"):
        run_sql(hours, moved)


def test_time_beside_of_others_or_that_is_not_taken_is_not_refused(hours):
    insert_time(hours, "a", 10, 20)
    insert_time(hours, "before", 5, 10)
    insert_time(hours, "after", 20, 25)
    insert_time(hours, "other", 10, 20, counsellor="berta")
    insert_time(hours, "free", 10, 20, takes="false")
    with pytest.raises(StorageError, match="overlap"):
        run_sql(hours, "UPDATE counsellor_time SET takes = true WHERE meeting = 'free'")


def test_no_time_is_taken_twice_by_naming_another_institution(hours):
    """The guard compares institutions, so a counsellor's time must stand under their own."""
    insert_time(hours, "a", 10, 20)
    with pytest.raises(StorageError, match=r"(?i)foreign key"):
        insert_time(hours, "b", 10, 20, institution="place/other")
    moved = profile("anna", institution="place/other")
    assert commit(hours, KeepProfile(moved, 1))
    with pytest.raises(StorageError, match=r"(?i)foreign key"):
        insert_time(hours, "b", 30, 40)
    with pytest.raises(StorageError, match="overlap"):
        insert_time(hours, "b", 10, 20, institution="place/other")


def test_a_time_that_goes_nowhere_is_refused(hours):
    """An empty range would overlap with nothing."""
    with pytest.raises(StorageError, match="forward"):
        insert_time(hours, "a", 10, 10)


# by which a row is known, or the person or meeting it belongs to: what one institution alone decides
IDENTIFIERS = {"id", "meeting", "conversation", "code", "digest", "institution"}


def test_the_institution_stands_in_every_row_and_in_the_guard(store):
    found = inspect(store._transactions.engine)
    for table in {*BOOKING_TABLES} - {"no_time", "no_time_mark"}:  # figures, by place
        columns = {column["name"]: column for column in found.get_columns(table)}
        assert columns["institution"]["nullable"] is False
        keys = [found.get_pk_constraint(table)["constrained_columns"]]
        keys += [one["column_names"] for one in found.get_indexes(table) if one["unique"]]
        assert {key[0] for key in keys} <= IDENTIFIERS
    if store.dialect == "postgresql":
        asked = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'"
    else:
        asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%INSERT'"
    guard = store._transactions.read(lambda c: c.exec_driver_sql(asked).scalar_one())
    own = {
        "postgresql": "word_range(institution, institution, '[]'::text) WITH =",
        "sqlite": "other.institution = NEW.institution",
    }
    assert own[store.dialect] in guard.replace("(institution)::text", "institution")


# --- holding a time


def test_a_time_that_is_held_is_busy_and_nobody_elses(hours):
    leave(hours, "me", 1, *holding("one"))
    busy = BusyTime("anna", "one", SCHOOL, "talk", TOMORROW, TOMORROW + HOUR, TOMORROW, TOMORROW + HOUR + QUARTER)  # fmt: skip
    assert hours.bookings.busy(["anna", "berta"], NOW, NOW + 9 * DAY, NOW) == [busy]
    assert hours.bookings.busy(["berta"], NOW, NOW + 9 * DAY, NOW) == []
    assert hours.bookings.busy(["anna"], NOW, TOMORROW, NOW) == []
    assert not commit(hours, *holding("two", TOMORROW + HOUR, conversation="you"))
    assert commit(hours, *holding("two", TOMORROW + HOUR + QUARTER, conversation="you"))
    assert states(hours, "me") == [("one", "held")]


def test_a_hold_that_has_run_out_takes_no_time_tidied_up_or_not(hours):
    leave(hours, "me", 1, *holding("one"))
    until = NOW + 600_000
    assert len(hours.bookings.busy(["anna"], NOW, NOW + 9 * DAY, until - 1)) == 1
    assert hours.bookings.busy(["anna"], NOW, NOW + 9 * DAY, until) == []
    assert hours.bookings.run_out(until - 1, 9) == []
    assert [part.booking.id for part in hours.bookings.run_out(until, 9)] == ["one"]


def test_a_hold_that_has_run_out_gives_way_and_cannot_be_agreed_to_then(hours):
    leave(hours, "me", 1, *holding("one"))
    mine = hours.bookings.booking("one").booking
    later = NOW + 600_000
    assert commit(hours, *holding("two", conversation="you", at=later, hold_until=later + 1))
    assert times(hours) == [("one", "anna", False), ("two", "anna", True)]
    assert states(hours, "me") == [("one", "lapsed")]
    assert hours.bookings.meeting("one").meeting.open is False
    assert not commit(hours, confirming(mine, at=later))
    assert states(hours, "me") == [("one", "lapsed")]


def test_only_what_is_in_the_way_is_ended(hours):
    """What else has run out is for the job, which tells of it and offers the time."""
    leave(hours, "me", 1, *holding("one"))
    leave(hours, "you", 1, *holding("two", TOMORROW + 2 * HOUR, conversation="you"))
    later = NOW + 600_000
    assert commit(hours, *holding("three", conversation="they", at=later, hold_until=later + 1))
    assert [part.booking.id for part in hours.bookings.run_out(later, 9)] == ["two"]


def test_a_group_meets_though_somebody_has_let_their_place_go(hours):
    group(hours)
    assert commit(hours, place("a", 0))
    later = NOW + 600_000
    assert not commit(hours, *holding("one", conversation="you", at=later))
    assert [part.booking.id for part in hours.bookings.run_out(later, 9)] == ["a"]


def test_a_cancelled_time_is_kept_as_long_as_it_can_be_had_back(hours):
    mine = booked(hours)
    kept = replace(mine, state="cancelled", hold_until=NOW + HOUR, sole=False)
    assert commit(hours, KeepBooking(kept, 1, NOW))
    assert not commit(hours, *holding("two", conversation="you"))
    assert commit(hours, *holding("two", conversation="you", at=NOW + HOUR))
    assert states(hours, "me") == [("one", "cancelled")]  # and not lapsed
    back = replace(kept, state="confirmed", hold_until=None)
    assert not commit(hours, KeepBooking(back, 2, NOW))


def test_a_meeting_of_two_takes_the_time_of_both(hours):
    assert commit(hours, *holding("one", counsellors=("anna", "berta")))
    assert not commit(hours, *holding("two", counsellors=("berta",), conversation="you"))
    assert hours.bookings.meeting("one").meeting.counsellors == ("anna", "berta")
    two = holding("two", counsellors=("berta",), conversation="you", at=NOW + HOUR)
    assert commit(hours, *two)
    assert times(hours) == [("one", "anna", False), ("one", "berta", False), ("two", "berta", True)]


def test_a_counsellor_whom_nobody_knows_is_an_error_and_no_conflict(hours):
    with pytest.raises(StorageError):
        commit(hours, *holding("one", counsellors=("nobody",)))
    assert hours.bookings.meeting("one") is None


# --- one open booking of a kind


def test_somebody_has_one_open_booking_of_a_kind(hours):
    booked(hours)
    another = TOMORROW + 2 * HOUR
    assert not commit(hours, *holding("two", another))
    assert commit(hours, *holding("other kind", another, kind="course"))
    assert commit(hours, *holding("for anna", another + 2 * HOUR, whom="Anna"))
    assert commit(hours, *holding("an offer", another + 4 * HOUR, sole=False))
    assert commit(hours, *holding("by staff", another + 6 * HOUR, conversation=None))
    assert commit(hours, *holding("by staff too", another + 8 * HOUR, conversation=None))


def test_what_is_over_is_in_the_way_of_no_other_booking(hours):
    """Also where nobody has said yet what came of it."""
    booked(hours)
    end = TOMORROW + HOUR
    two = holding("two", TOMORROW + 2 * HOUR, at=end, hold_until=end + HOUR)
    assert not commit(hours, *(replace(one, at=end - 1) for one in two))
    assert commit(hours, *two)
    assert states(hours, "me") == [("one", "confirmed"), ("two", "held")]
    seen = replace(hours.bookings.booking("one").booking, state="seen", sole=True)
    assert commit(hours, KeepBooking(seen, 1, end))


def test_an_own_hold_that_has_run_out_is_in_the_way_of_no_other(hours):
    leave(hours, "me", 1, *holding("one"))
    two = holding("two", TOMORROW + 2 * HOUR, counsellors=("berta",), hold_until=NOW + 9 * HOUR)
    assert not commit(hours, *two)
    assert commit(hours, *(replace(one, at=NOW + 600_000) for one in two))
    assert states(hours, "me") == [("one", "held"), ("two", "held")]


# --- places of a group


def group(store, seats=2):
    assert commit(store, KeepMeeting(meeting("group", seats=seats), 0, NOW))


def place(key, seat, **changes):
    return KeepBooking(booking(key, key, of="group", seat=seat, **changes), 0, NOW)


def test_a_place_is_taken_once_and_none_is_beyond_the_last(hours):
    group(hours)
    assert commit(hours, place("a", 0))
    assert not commit(hours, place("b", 0))
    assert not commit(hours, place("b", 2))
    assert commit(hours, place("b", 1))
    assert not commit(hours, place("c", 0))
    later = replace(place("c", 0), at=NOW + 600_000)
    assert commit(hours, later)
    assert [(one.id, one.state) for one in hours.bookings.meeting("group").bookings] == [
        ("a", "lapsed"), ("c", "held"), ("b", "held"),
    ]  # fmt: skip
    assert hours.bookings.meeting("group").meeting.open  # it was not made for one of them


def test_no_place_is_taken_of_a_meeting_that_is_not_open_or_not_there(hours):
    assert not commit(hours, place("a", 0))
    group(hours)
    closed = meeting("group", seats=2, open=False)
    assert commit(hours, KeepMeeting(closed, 1, NOW))
    assert not commit(hours, place("a", 0))
    assert commit(hours, place("a", 0, takes=False, sole=False, state="cancelled"))


def test_who_books_and_who_changes_the_meeting_notice_each_other(hours):
    """Neither has changed the other's row."""
    group(hours)
    seen = replace(place("a", 0), meeting_version=1)
    moved = KeepMeeting(meeting("group", TOMORROW + DAY, seats=2), 1, NOW, bookings=())
    assert commit(hours, seen)
    assert not commit(hours, moved)
    assert commit(hours, replace(moved, bookings=("a",)))
    assert not commit(hours, replace(place("b", 1), meeting_version=1))
    assert commit(hours, replace(place("b", 1), meeting_version=2))
    later = replace(moved, expected=2, at=NOW + HOUR, bookings=("a", "b"))
    assert not commit(hours, later)  # both have lapsed by then
    assert commit(hours, replace(later, bookings=()))


# --- changing what is there

ROWS = {
    "meeting": (KeepMeeting, meeting, lambda s: s.bookings.meeting("one").meeting),
    "booking": (KeepBooking, booking, lambda s: s.bookings.booking("one").booking),
    "waiting": (KeepWaiting, waiting, lambda s: s.waiting.waiting("one")),
    "handoff": (KeepHandoff, handoff, lambda s: s.handoffs.handoff("one")),
    "referral": (KeepReferral, referral, lambda s: s.handoffs.referral("digest of one")),
    "invitation": (KeepInvitation, invitation, lambda s: s.waiting.invitation("one")),
    "profile": (KeepProfile, profile, lambda s: s.counsellors.profile("one")),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_is_changed_by_who_has_seen_what_they_change(hours, kind):
    """And is read as it was kept, whatever was written into it."""
    effect, make, find = ROWS[kind]
    moment = (NOW,) if kind in ("meeting", "booking") else ()
    if kind == "booking":
        assert commit(hours, KeepMeeting(meeting("one"), 0, NOW))
    first = make("one", body='{"a": "b\0c ā"}', example=True)
    assert commit(hours, effect(first, 0, *moment))
    assert find(hours) == replace(first, version=1, body='{"a": "bc ā"}')
    assert not commit(hours, effect(replace(first, body="twice"), 0, *moment))
    second = replace(find(hours), body="second", institution="place/other")
    assert not commit(hours, effect(second, 2, *moment))
    assert commit(hours, effect(second, 1, *moment))
    assert not commit(hours, effect(replace(first, body="late"), 1, *moment))
    assert find(hours) == replace(second, version=2)
    assert not commit(hours, effect(make("another"), 1, *moment))  # it was never there


def test_a_moved_meeting_leaves_its_time_to_others(hours):
    booked(hours)
    moved = replace(meeting("one", TOMORROW + 2 * HOUR, ("berta",)), institution="place/other")
    assert commit(hours, KeepMeeting(moved, 1, NOW))
    assert times(hours) == [("one", "berta", True)]
    assert commit(hours, *holding("two", conversation="you"))
    assert not commit(hours, KeepMeeting(meeting("one"), 2, NOW))
    assert times(hours) == [("one", "berta", True), ("two", "anna", True)]


def test_two_meetings_change_places_in_one_act(hours):
    booked(hours)
    booked(hours, "two", start=TOMORROW + 2 * HOUR, conversation="you")
    swapped = (
        KeepMeeting(meeting("one", TOMORROW + 2 * HOUR), 1, NOW),
        KeepMeeting(meeting("two", TOMORROW), 1, NOW),
    )
    assert commit(hours, *swapped)
    starts = {key: hours.bookings.meeting(key).meeting.start for key in ("one", "two")}
    assert starts == {"one": TOMORROW + 2 * HOUR, "two": TOMORROW}
    both_here = [replace(one, expected=2, row=replace(one.row, start=0)) for one in swapped]
    same = replace(both_here[0], row=replace(meeting("one"), blocked_to=TOMORROW + 9 * HOUR))
    assert not commit(hours, same, both_here[1])
    assert {key: hours.bookings.meeting(key).meeting.start for key in starts} == starts


def test_what_is_changed_twice_in_one_act_stands_as_it_was_at_last(hours):
    mine = booked(hours)
    first, last = (meeting("one", TOMORROW + number * HOUR, ("berta",)) for number in (2, 4))
    assert commit(
        hours, KeepMeeting(first, 1, NOW), KeepBooking(mine, 1, NOW),
        KeepMeeting(last, 2, NOW), KeepBooking(replace(mine, body="last"), 2, NOW),
    )  # fmt: skip
    found = hours.bookings.booking("one")
    assert (found.meeting.version, found.meeting.start) == (3, TOMORROW + 4 * HOUR)
    assert (found.booking.version, found.booking.body, found.booking.takes) == (3, "last", True)


def test_two_people_change_places_of_a_group_in_one_act(hours):
    group(hours)
    assert commit(hours, place("a", 0), place("b", 1))
    rows = [hours.bookings.booking(key).booking for key in ("a", "b")]
    swapped = [KeepBooking(replace(row, seat=1 - row.seat), 1, NOW) for row in rows]
    assert commit(hours, *swapped)
    assert [one.id for one in hours.bookings.meeting("group").bookings] == ["b", "a"]


# --- committed beside a turn


def test_what_is_told_and_planned_is_kept_with_what_was_decided(hours):
    mail = OutgoingMessage("mail", "anna@example.org", "mail", "new\0")
    told = Planned("unasked_input", "moved one", NOW, "{}", "me")
    kept = {"messages": [mail, replace(mail, conversation="me")], "planned": [told]}
    assert hours.bookings.commit(holding("one"), NOW, **kept)
    assert not hours.bookings.commit(holding("two"), NOW, **kept)
    sent = [hours.outbox.claim("mail", 9, NOW, NOW + 1) for _ in range(2)]
    assert [(one.lane, one.body, one.conversation) for one in sent[0]] == [
        ("anna@example.org", "new", "")
    ]
    assert sent[1] == []  # one lane, in its order
    assert hours.jobs.waiting("unasked_input") == [told]
    assert hours.outbox.mark_sent(*sent[0])
    assert len(everything(hours)["outbox"]) == 2  # one of the house's own is nobody's last one
    hours.people.forget("me", NOW)
    assert [one.status for one in rows_of(hours, "outbox")] == [2]


def rows_of(store, table):
    return store._transactions.read(lambda c: c.exec_driver_sql(f"SELECT * FROM {table}").all())


def test_what_cannot_be_whole_is_not_kept_at_all(hours):
    before = everything(hours)
    two = holding("two", conversation="you")
    assert not hours.bookings.commit(
        (*holding("one"), KeepWaiting(waiting("w"), 0), *two), NOW,
        messages=[OutgoingMessage("mail", "a", "mail", "x")], planned=[Planned("a", "b", 1)],
    )  # fmt: skip
    assert everything(hours) == before


def test_a_commit_that_was_kept_though_the_server_went_away_is_known(postgres, monkeypatch):
    """The answer to a commit is lost, and the call made again."""
    store = Store(new_database(postgres))
    employ(store, "anna")
    whole, lost = psycopg.Connection.commit, []

    def commit_and_lose(self):
        whole(self)
        if not lost:
            lost.append(1)
            raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(psycopg.Connection, "commit", commit_and_lose)
    assert store.bookings.commit(
        holding("one"), NOW, messages=[OutgoingMessage("mail", "a", "mail", "x")]
    )
    assert lost
    assert states(store, "me") == [("one", "held")]
    assert len(everything(store)["outbox"]) == 1
    assert not store.bookings.commit(holding("one"), NOW)
    store.close()


# --- left by a turn


def test_a_turn_finds_in_its_snapshot_what_is_kept(hours):
    booked(hours, code="digest")
    assert commit(hours, KeepWaiting(waiting("w"), 0), KeepHandoff(handoff("h"), 0))
    assert commit(hours, KeepReferral(referral("r"), 0), KeepInvitation(invitation("i"), 0))
    seen = {}

    def look(stored):
        kept = stored.snapshot
        seen["keys"] = [
            *(one.booking.id for one in kept.bookings_of("me")),
            kept.booked_by_code("digest").booking.id,
            kept.meeting("one").bookings[0].id,
            *(one.meeting for one in kept.busy(["anna"], NOW, NOW + 9 * DAY, NOW)),
            *(one.id for one in kept.waiting_of("me")),
            *(one.id for one in kept.waiting_for("talk", ["place"], 9)),
            *(one.id for one in kept.handoffs_of("me")),
            *(one.id for one in kept.referrals_of("me")),
            kept.invitation("i").id,
            *(one.id for one in kept.profiles()),
            kept.profile("anna").id,
        ]
        seen["revision"] = kept.profiles_revision()
        return TurnResult("1")

    hours.turns.run(Update("web", "me", "look", NOW), look)
    assert seen["keys"] == ["one"] * 4 + ["w", "w", "h", "r", "i", "anna", "berta", "anna"]
    assert seen["revision"] == hours.counsellors.profiles_revision() > 0


def test_a_turn_plans_a_job_for_another_conversation_too(hours):
    leave(hours, "me", 1, PlanJob("k", "mine", 1, ""), PlanJob("k", "yours", 1, "", "you"))
    assert [(one.key, one.conversation) for one in hours.jobs.waiting("k")] == [
        ("mine", "me"), ("yours", "you"),
    ]  # fmt: skip


def test_a_turn_that_insists_on_what_is_taken_keeps_nothing(hours):
    booked(hours)
    with pytest.raises(StorageBusy):
        leave(hours, "you", 1, *holding("two", conversation="you"))
    assert hours.conversations.load("you").state is None
    assert hours.bookings.meeting("two") is None


# --- counsellors


def test_a_profile_is_given_to_who_was_invited_and_to_who_was_not(store):
    store.counsellors.invite(Counsellor("invited", "Anna", 5), GiveCode("code", "desk", NOW))
    assert store.counsellors.profile("invited") is None
    assert store.counsellors.profiles() == []
    employ(store, "invited", "new")
    assert [one.id for one in store.counsellors.profiles()] == ["invited", "new"]
    assert store.counsellors.join("code", "desk", "desk", "77", NOW - 1)
    assert store.counsellors.find("invited").name == "Name of invited"


def test_every_change_of_a_profile_is_seen_by_the_revision(store):
    seen = [store.counsellors.profiles_revision()]
    for version in range(3):
        for key in ("anna", "berta"):
            assert commit(store, KeepProfile(profile(key, body=f"{version}"), version))
            seen.append(store.counsellors.profiles_revision())
    assert len({*seen}) == len(seen) == 7
    assert not commit(store, KeepProfile(profile("anna"), 0))
    assert store.counsellors.profiles_revision() == seen[-1]


# --- what staff and jobs look at


def test_meetings_are_found_by_counsellor_and_time_also_cancelled_ones(hours):
    booked(hours)
    group = meeting("group", TOMORROW + 2 * HOUR, ("berta", "anna"), seats=3, kind="course")
    assert commit(hours, KeepMeeting(group, 0, NOW))
    closed = replace(hours.bookings.meeting("one").meeting, open=False)
    assert commit(hours, KeepMeeting(closed, 1, NOW))

    def found(keys, since=NOW, until=NOW + 9 * DAY):
        kept = hours.bookings.meetings_with(keys, since, until)
        return [(one.meeting.id, len(one.bookings)) for one in kept]

    assert found(["anna"]) == [("one", 1), ("group", 0)]
    assert found(["anna", "berta"], TOMORROW + 90 * 60_000) == [("group", 0)]
    assert found(["berta"]) == [("group", 0)]
    assert found(["nobody"]) == []
    kept = hours.bookings.group_meetings("course", NOW, NOW + 9 * DAY)
    assert [one.meeting.id for one in kept] == ["group"]
    assert hours.bookings.group_meetings("course", NOW, TOMORROW) == []
    assert hours.bookings.group_meetings("talk", NOW, NOW + 9 * DAY) == []


def test_bookings_are_found_by_code_by_time_and_by_state(hours):
    booked(hours, code="digest")
    leave(hours, "you", 1, *holding("two", TOMORROW + 2 * HOUR, conversation="you"))
    assert hours.bookings.booked_by_code("digest").booking.id == "one"
    assert hours.bookings.booked_by_code("") is None
    same_code = holding("three", TOMORROW + 4 * HOUR, conversation="they", code="digest")
    assert not commit(hours, *same_code)

    def found(states, since=NOW, until=NOW + 9 * DAY):
        return [one.booking.id for one in hours.bookings.beginning(states, since, until)]

    assert found(["held", "confirmed"]) == ["one", "two"]
    assert found(["confirmed"]) == ["one"]
    assert found(["held", "confirmed"], TOMORROW + 1) == ["two"]
    assert found([]) == []


def test_figures_are_told_by_institution_and_without_examples(hours):
    booked(hours)
    booked(hours, "two", start=TOMORROW + 2 * HOUR, conversation="you", institution="place/other")
    booked(hours, "made up", start=TOMORROW + 4 * HOUR, conversation="they", example=True)
    assert hours.bookings.count_states(NOW, NOW + 9 * DAY) == [
        BookingCount("place/other", "talk", "confirmed", 1),
        BookingCount(SCHOOL, "talk", "confirmed", 1),
    ]
    assert hours.bookings.count_states(NOW, TOMORROW) == []
