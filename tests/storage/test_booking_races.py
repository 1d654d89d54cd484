"""Many at once for one hour, for the places of a group, for each other's hours: one has it, nobody waits for ever.

CELVEDIS_ROUNDS makes it as long as wanted; with `-s` each says what it has measured.
"""

import os
import random
from dataclasses import replace

import pytest

from bot.ports.effects import KeepBooking, KeepMeeting, KeepProfile
from bot.ports.records import TurnResult, Update
from storage import bookings
from tests.conftest import new_database
from tests.storage.booked import (
    DAY,
    HOUR,
    NOW,
    booked,
    employ,
    holding,
    meeting,
    profile,
)
from tests.storage.crowd import CROWD, OVERLAPS, SEATS, Crowd, want_hour, want_place
from tests.storage.faults import unguard_time
from tests.storage.turns import together

ROUNDS = int(os.environ.get("CELVEDIS_ROUNDS", "4"))


@pytest.fixture
def crowd(url):
    gathered = Crowd(url)
    employ(gathered.stores[0], "anna", "berta")
    yield gathered
    gathered.close()


def test_of_many_who_want_one_hour_one_has_it_every_time(crowd):
    for number in range(ROUNDS):
        assert crowd.rush(number, want_hour(number)) == {"yours": 1, "taken": CROWD - 1}
    crowd.show("one hour")
    assert crowd.raised == []
    assert crowd.count(OVERLAPS) == 0
    assert crowd.count("SELECT count(*) FROM booking WHERE takes") == ROUNDS
    assert crowd.count("SELECT count(*) FROM outbox WHERE body = 'yours'") == ROUNDS
    assert crowd.count("SELECT count(*) FROM conversation") == ROUNDS * CROWD


def test_without_the_guard_the_race_is_seen(crowd, monkeypatch):
    """The negative control."""
    unguard_time(crowd.stores[0], monkeypatch.setattr)
    for number in range(30):
        if crowd.rush(number, want_hour(number))["yours"] > 1:
            break
    crowd.show("no guard")
    assert crowd.count(OVERLAPS) > 0


def want_both(number):
    """Two people each want Anna's and Berta's hour, and name them the other way round."""
    start = NOW + DAY + number * DAY

    def want(stored, who):
        if stored.snapshot.busy(["anna", "berta"], start, start + HOUR, NOW):
            return "taken", ()
        names, own = ["anna", "berta"][:: 1 - 2 * (who % 2)], {"conversation": f"p{who} {number}"}
        made = [
            holding(f"{name}{who} {number}", start, [name], sole=False, **own) for name in names
        ]
        return "yours", made[0] + made[1]

    return want


def test_two_who_want_the_same_two_hours_wait_for_each_other_in_no_circle(crowd):
    for number in range(ROUNDS * 10):
        assert crowd.rush(number, want_both(number), 2) == {"yours": 1, "taken": 1}
    assert crowd.raised == []


@pytest.mark.postgres
def test_with_the_constraint_alone_there_are_deadlocks(postgres, monkeypatch):
    """The negative control: without the lock nobody has an hour twice, but they wait for each other."""
    crowd = Crowd(new_database(postgres))
    employ(crowd.stores[0], "anna", "berta")
    monkeypatch.setattr(bookings, "hold", lambda *_, **__: True)
    for number in range(200):
        crowd.rush(number, want_both(number), 2)
        if crowd.raised:
            break
    crowd.close()
    assert ["deadlock" in str(one) for one in crowd.raised] == [True]


def test_of_many_who_want_a_place_as_many_have_one_as_there_are(crowd):
    for number in range(ROUNDS):
        group = meeting(f"{number}", NOW + (number + 1) * DAY, seats=SEATS)
        assert crowd.stores[0].bookings.commit([KeepMeeting(group, 0, NOW)], NOW)
        told = crowd.rush(number, want_place(group.id))
        assert told == {"yours": SEATS, "full": CROWD - SEATS}
    crowd.show(f"{SEATS} places")
    assert crowd.raised == []


def test_who_finds_one_counsellor_taken_has_the_other(crowd):
    """The second look may want somebody else's time than the first."""
    start = NOW + DAY

    def want(stored, who):
        busy = {
            one.counsellor
            for one in stored.snapshot.busy(["anna", "berta"], start, start + HOUR, NOW)
        }
        free = [one for one in ("anna", "berta") if one not in busy]
        if not free:
            return "taken", ()
        return free[0], holding(f"m{who}", start, [free[0]], conversation=f"p{who} 0")

    assert crowd.rush(0, want) == {"anna": 1, "berta": 1, "taken": CROWD - 2}
    assert crowd.raised == []


def test_meetings_moved_both_ways_at_once_end_and_never_overlap(crowd):
    """Two move from Anna to Berta and two the other way, at the same moment, to each other's hours."""
    starts = [NOW + DAY, NOW + DAY + 2 * HOUR]
    for number, (name, start) in enumerate(
        (name, start) for start in starts for name in ("anna", "berta")
    ):
        booked(crowd.stores[0], f"m{number}", start=start, counsellors=(name,), conversation=f"p{number}")  # fmt: skip
    chance = random.Random(7)
    for number in range(ROUNDS * 5):
        plans = [(chance.choice(("anna", "berta")), chance.choice(starts)) for _ in range(8)]

        def want(stored, who, plans=plans):
            found = stored.snapshot.meeting(f"m{who % 4}")
            name, start = plans[who]
            old = found.meeting
            moved = replace(
                old, counsellors=(name,), start=start, end=start + HOUR, blocked_from=start,
                blocked_to=start + HOUR,
            )  # fmt: skip
            others = stored.snapshot.busy([name], start, start + HOUR, NOW)
            if any(one.meeting != old.id for one in others):
                return "taken", ()
            part = found.bookings[0]
            return "moved", (
                KeepMeeting(moved, old.version, NOW),
                KeepBooking(part, part.version, NOW),
            )

        crowd.rush(number, want, at_once=8)
    crowd.show("moves")
    assert crowd.raised == []
    assert crowd.count(OVERLAPS) == 0
    assert crowd.count("SELECT count(*) FROM counsellor_time WHERE takes") == 4


def test_staff_and_people_act_on_one_hour_at_once_and_one_is_first(crowd):
    """The counsellor cancels while the person moves: what was not first is told so, and nothing of it is kept."""
    first = crowd.stores[0]
    for number in range(ROUNDS):
        key, start = f"m{number}", NOW + (number + 1) * DAY
        row = booked(first, key, start=start, conversation=f"p{number}")
        answers = []

        def cancel(key=key, row=row, answers=answers):
            closed = replace(first.bookings.meeting(key).meeting, open=False)
            ended = replace(row, state="cancelled", takes=False, sole=False)
            effects = [KeepMeeting(closed, 1, NOW), KeepBooking(ended, row.version, NOW)]
            answers.append(crowd.stores[1].bookings.commit(effects, NOW))

        def confirm(number=number, key=key, answers=answers):
            def work(stored):
                (part,) = stored.snapshot.bookings_of(f"p{number}")
                if not part.booking.takes:
                    return TurnResult("it was cancelled")
                kept = replace(part.booking, body="I come")
                return TurnResult("yes", effects=(KeepBooking(kept, part.booking.version, NOW),))

            first.turns.run(Update("web", f"p{number}", f"y{number}", NOW), work)
            answers.append(first.conversations.load(f"p{number}").state == "yes")

        assert together(cancel, confirm) == []
        assert answers.count(True) == 1
        (part,) = first.bookings.bookings_of(f"p{number}")
        assert part.meeting.open == part.booking.takes == (part.booking.body == "I come")


def test_two_changes_of_profiles_at_once_are_two_revisions(crowd):
    store = crowd.stores[0]
    before = store.counsellors.profiles_revision()
    works = [
        lambda n=n: crowd.stores[n % 2].bookings.commit([KeepProfile(profile(f"c{n}"), 0)], NOW)
        for n in range(8)
    ]
    assert together(*works) == []
    assert store.counsellors.profiles_revision() == before + 8
