"""People who book and cancel, and counsellors who move what is booked, in a process that lives until it is killed.

Each act leaves a word in the conversation, a message and a job. Says `booked X`, `cancelled X` and `moved X N` once it is
durable, `unknown` of one that failed.
"""

import os
import random
import time
from collections.abc import Callable
from dataclasses import replace

from bot.errors import StorageError
from bot.ports.effects import CancelJob, Effect, KeepBooking, KeepMeeting, PlanJob, SendMessage
from bot.ports.records import OutgoingMessage, Planned, StoredConversation, TurnResult, Update
from storage.store import Store
from tests.storage.booked import DAY, HOUR, NOW, holding

PEOPLE, HOURS = 100, 12
COUNSELLORS = ("anna", "berta")
AWAY = 0.3  # seconds until what failed is tried again
UNTIL = NOW + 100 * DAY


def some_hour() -> int:
    return NOW + DAY + random.randrange(HOURS) * 2 * HOUR


def wish(stored: StoredConversation, who: str, name: str) -> tuple[str, tuple[Effect, ...]]:
    """What somebody does: has what they booked cancelled, or books what is free; "" where it is not."""
    assert stored.snapshot is not None
    for booking, meeting in stored.snapshot.bookings_of(who):
        if booking.takes:
            ended = replace(booking, state="cancelled", takes=False, sole=False)
            freed = KeepMeeting(replace(meeting, open=False), meeting.version, NOW)
            left = (
                freed,
                KeepBooking(ended, booking.version, NOW),
                CancelJob("remind", booking.id),
            )
            return f"cancelled {booking.id}", left
    start, counsellor = some_hour(), random.choice(COUNSELLORS)
    if stored.snapshot.busy([counsellor], start, start + HOUR, NOW):
        return "", ()
    own = {"conversation": who, "state": "confirmed", "hold_until": None}
    made = holding(name, start, [counsellor], **own)
    return f"booked {name}", (*made, PlanJob("remind", name, UNTIL, ""))


def act(store: Store, who: str, name: str) -> str:
    """Take a turn of somebody's; gives what they did in it."""
    done = ""

    def work(stored: StoredConversation) -> TurnResult:
        nonlocal done
        done, left = wish(stored, who, name)
        if not done:
            return TurnResult(stored.state or "")
        time.sleep(random.uniform(0, 0.005))  # long enough to be killed in the middle
        said = f"{stored.state or ''}{done},"
        return TurnResult(said, effects=(SendMessage("m", done), *left))

    store.turns.run(Update("web", who, name, NOW), work)
    return done


def move(store: Store) -> str:
    """Move a meeting as its counsellor does; gives which, or "" where nothing came of it."""
    mine = [random.choice(COUNSELLORS)]
    kept = [one for one in store.bookings.meetings_with(mine, NOW, UNTIL) if one.meeting.open]
    if not kept:
        return ""
    (meeting, bookings), start = random.choice(kept), some_hour()
    whose = next(one.conversation for one in bookings if one.takes)
    moved = replace(
        meeting, start=start, end=start + HOUR, blocked_from=start, blocked_to=start + HOUR
    )
    done = f"moved {meeting.id} {meeting.version + 1}"
    kept_whole = store.bookings.commit(
        [KeepMeeting(moved, meeting.version, NOW, bookings=(meeting.id,))], NOW,
        messages=[OutgoingMessage("mail", "anna", "m", done, whose)],
        planned=[Planned("unasked_input", done, UNTIL, "", whose)],
    )  # fmt: skip
    return done if kept_whole else ""


def book(store: Store, say: Callable[[str], None]) -> None:
    number = 0
    while True:
        number += 1
        who, name = f"p{random.randrange(PEOPLE)}", f"{os.getpid()}-{number}"
        try:
            done = move(store) if random.random() < 0.3 else act(store, who, name)
            say(done or "nothing")
        except StorageError:
            say("unknown")
            time.sleep(AWAY)
        time.sleep(random.uniform(0, 0.01))
