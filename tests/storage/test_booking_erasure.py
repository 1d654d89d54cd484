"""What becomes of the bookings of who is erased: time to come is freed, of what was nothing is left that names them."""

import threading
from dataclasses import replace

from bot.ports.effects import KeepBooking, KeepMeeting, LinkAccount
from bot.ports.records import TurnResult, Update
from tests.storage.booked import (
    DAY,
    HOUR,
    NOW,
    booked,
    booking,
    confirming,
    employ,
    holding,
    leave,
    meeting,
    times,
)
from tests.storage.turns import everything

WORDS = "NOSLEPUMS"
TOMORROW = NOW + DAY


def book(store, key, start, **changes):
    """Somebody agrees to a time in turns of their own; gives the booking."""
    own = {"conversation": key, "whom": WORDS, "body": WORDS, "code": f"{WORDS}{start}"}
    leave(store, key, f"h{start}", *holding(f"{key}{start}", start, **(own | changes)))
    row = store.bookings.booking(f"{key}{start}").booking
    leave(store, key, f"c{start}", confirming(row))
    return store.bookings.booking(f"{key}{start}").booking


def stands(store, key):
    found = store.bookings.booking(key)
    return found.booking.state, found.booking.takes, found.meeting.open


def test_time_to_come_is_free_at_once_and_the_counsellor_sees_why(store):
    employ(store, "anna")
    kept = book(store, "me", TOMORROW)
    assert store.people.forget("me", NOW)
    assert WORDS not in str(everything(store))
    assert stands(store, kept.id) == ("gone", False, False)
    assert store.bookings.busy(["anna"], NOW, NOW + 9 * DAY, NOW) == []
    (seen,) = store.bookings.meetings_with(["anna"], NOW, NOW + 9 * DAY)
    assert [(one.state, one.conversation, one.body) for one in seen.bookings] == [
        ("gone", None, "")
    ]
    assert store.bookings.commit(holding("next", TOMORROW, conversation="you"), NOW)


def test_what_was_keeps_what_came_of_it_and_nothing_of_whose_it_was(store):
    employ(store, "anna")
    kept = book(store, "me", TOMORROW)
    over = TOMORROW + HOUR
    seen = KeepBooking(replace(kept, state="seen"), kept.version, over)
    assert store.bookings.commit([seen], over)
    before = store.bookings.meeting(kept.meeting).meeting
    store.people.forget("me", over)
    found = store.bookings.booking(kept.id)
    assert (found.booking.state, found.booking.takes) == ("seen", True)
    assert found.meeting == before
    assert WORDS not in str(everything(store))


def test_who_has_read_a_booking_before_writes_nothing_of_it_back(store):
    employ(store, "anna")
    kept = book(store, "me", TOMORROW)
    over = TOMORROW + HOUR
    store.people.forget("me", over)
    seen = KeepBooking(replace(kept, state="seen"), kept.version, over)
    assert not store.bookings.commit([seen], over)
    assert WORDS not in str(everything(store))


def test_a_place_in_a_group_is_free_and_the_group_meets(store):
    employ(store, "anna")
    group = KeepMeeting(meeting("group", seats=2), 0, NOW)
    assert store.bookings.commit([group], NOW)
    mine = KeepBooking(booking("mine", "me", of="group", hold_until=None), 0, NOW)
    leave(store, "me", 1, mine)
    store.people.forget("me", NOW)
    assert stands(store, "mine") == ("gone", False, True)
    assert times(store) == [("group", "anna", True)]
    leave(store, "you", 1, KeepBooking(booking("yours", "you", of="group"), 0, NOW))


def test_who_erases_themselves_in_a_turn_frees_their_time(store):
    employ(store, "anna")
    kept = book(store, "me", TOMORROW)
    store.turns.run(Update("web", "me", "bye", NOW), lambda _: TurnResult(None))
    assert stands(store, kept.id) == ("gone", False, False)
    assert WORDS not in str(everything(store))


def test_a_conversation_that_another_door_leaves_frees_its_time(store):
    employ(store, "anna")
    kept = book(store, "former", TOMORROW)
    store.addresses.link("people", "77", "former", NOW)
    leave(store, "home", 1, LinkAccount("people", "77", "former"))
    assert stands(store, kept.id) == ("gone", False, False)


def test_nobodys_hour_is_lost_because_they_said_nothing_more(store):
    """A purge leaves who is to meet somebody, and comes back once they have met."""
    employ(store, "anna")
    kept = book(store, "me", TOMORROW)
    leave(store, "idle", 1)
    over = TOMORROW + HOUR
    assert store.people.purge(NOW + 1, NOW + 1, 0) == 1
    assert store.people.purge(over, over, 0) == 0
    assert stands(store, kept.id) == ("confirmed", True, True)
    assert store.people.purge(over + 1, over + 1, 0) == 1
    assert stands(store, kept.id) == ("confirmed", True, True)
    assert WORDS not in str(everything(store))


def test_what_is_only_held_or_was_cancelled_keeps_nobody(store):
    employ(store, "anna", "berta")
    leave(store, "held", 1, *holding("held", conversation="held"))
    booked(store, "cancelled", counsellors=("berta",), conversation="cancelled")
    row = store.bookings.booking("cancelled").booking
    ended = replace(row, state="cancelled", takes=False, sole=False)
    leave(store, "cancelled", 1, KeepBooking(ended, 1, NOW))
    assert store.people.purge(NOW + 1, NOW + 1, 0) == 2
    assert stands(store, "held") == ("gone", False, False)


def test_bookings_without_a_conversation_are_blanked_in_their_time(store):
    """Somebody who booked by telephone has nothing that a purge could find idle."""
    employ(store, "anna")
    kept = booked(store, conversation=None, whom=WORDS, body=WORDS, code=WORDS)
    over = TOMORROW + HOUR
    store.people.purge(over, over, 0)
    assert store.bookings.booking("one").booking == kept
    store.people.purge(over + 1, over + 1, 0)
    assert WORDS not in str(everything(store))
    assert store.bookings.booking("one").booking.state == "confirmed"


def test_who_is_erased_while_they_book_has_no_time_afterwards(store):
    """Whichever comes first: nothing is taken by nobody."""
    employ(store, "anna")
    for number in range(6):
        start = TOMORROW + number * DAY
        leave(store, f"p{number}", 1)
        works = [
            lambda n=number: store.people.forget(f"p{n}", NOW),
            lambda n=number, s=start: leave(
                store, f"p{n}", 2, *holding(f"b{n}", s, conversation=f"p{n}")
            ),
        ]
        threads = [threading.Thread(target=work) for work in works]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        kept = store.bookings.booking(f"b{number}")
        state = store.conversations.load(f"p{number}").state
        assert kept.booking.takes == (kept.booking.conversation is not None) == (state is not None)
