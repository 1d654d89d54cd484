"""Many who want one hour at the same moment, and what is looked up before a time is shown."""

import time
from pathlib import Path

from sqlalchemy import insert

from storage.counsellors import PROFILES
from storage.meetings import BOOKINGS, MEETINGS
from storage.schema import metadata
from storage.store import Store
from tests.bench.figures import at_most, p99, ratio, rounds, show, spread
from tests.conftest import Postgres, new_database
from tests.storage.booked import (
    DAY,
    HOUR,
    NOW,
    SCHOOL,
    booking,
    employ,
    holding,
    leave,
    meeting,
    profile,
)
from tests.storage.crowd import CROWD, Crowd, want_hour

RUSHES, ALONE = 20, 200
COUNSELLORS, DAYS_BOOKED, A_DAY, LOOKS = 50, 60, 6, 200


def fill(store: Store) -> list[str]:
    """Give counsellors two months of meetings, each with a booking; return who they are."""
    names = [f"c{number}" for number in range(COUNSELLORS)]
    meetings = [
        MEETINGS.values(
            meeting(f"{name} {day} {hour}", NOW + day * DAY + hour * 2 * HOUR, [name]), 0
        )
        for name in names
        for day in range(DAYS_BOOKED)
        for hour in range(A_DAY)
    ]
    rows = {
        "counsellor": [PROFILES.values(profile(name), 0) | {"revision": 1} for name in names],
        "meeting": meetings,
        "counsellor_time": [
            {"meeting": row["id"], "counsellor": row["id"].split()[0], "institution": SCHOOL,
             "blocked_from": row["blocked_from"], "blocked_to": row["blocked_to"], "takes": True}
            for row in meetings
        ],
        "booking": [
            BOOKINGS.values(booking(row["id"], row["id"], hold_until=None, state="confirmed"), 0)
            for row in meetings
        ],
    }  # fmt: skip
    for name, given in rows.items():
        statement = insert(metadata.tables[name])
        store._transactions.run(lambda c, s=statement, g=given: c.execute(s, g) and None)
    if store.dialect == "postgresql":
        store._transactions.run(lambda c: c.exec_driver_sql("ANALYZE") and None)
    return names


def timed(work) -> float:
    """Milliseconds of a piece of work."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def rush(url: str, name: str, processes: int) -> None:
    """Measure many who want one hour at once."""
    crowd = Crowd(url, processes)
    employ(crowd.stores[0], "anna")
    for number in range(RUSHES):
        assert crowd.rush(number, want_hour(number)) == {"yours": 1, "taken": CROWD - 1}
    assert not crowd.raised
    again = crowd.computed / len(crowd.waits)
    longest = p99(crowd.waits)
    what = f"{name}, {CROWD} at once for one hour, {processes} process(es), ms"
    show(what, spread(crowd.waits), (longest, at_most(500)))
    show("  computed, of each turn", f"{again:.2f} times")
    crowd.close()


def look_up(store: Store, name: str) -> None:
    """Measure what is read before times are shown, and what a booking adds to a turn."""
    names = fill(store)
    span = (NOW + 30 * DAY, NOW + 60 * DAY, NOW)
    found = len(store.bookings.busy(names, *span))
    waits = [timed(lambda: store.bookings.busy(names, *span)) for _ in range(LOOKS)]
    show(
        f"{name}, what is taken of {COUNSELLORS} counsellors in 30 days, {found} times, ms",
        spread(waits),
    )
    waits = [timed(store.counsellors.profiles_revision) for _ in range(LOOKS)]
    show("  whether a profile was changed, ms", spread(waits))
    employ(store, "anna")

    def plain(number: int) -> float:
        return timed(lambda: [leave(store, f"p{number} {n}", 1) for n in range(ALONE)])

    def holds(number: int) -> float:
        start = NOW + (100 + ALONE * number) * DAY
        made = [
            holding(f"{number} {n}", start + n * DAY, conversation=f"h{number} {n}")
            for n in range(ALONE)
        ]
        return timed(
            lambda: [leave(store, f"h{number} {n}", 1, *one) for n, one in enumerate(made)]
        )

    usual, held = rounds(plain, holds)
    show("  a turn that holds an hour, one that keeps nothing = 1", f"{ratio(held, usual):.2f}")


def measure(folder: Path, server: Postgres | None) -> None:
    """Print the figures of both databases."""
    urls = {"SQLite": lambda name: f"sqlite:///{folder}/{name}.db"}
    if server is not None:
        urls["PostgreSQL"] = lambda _name: new_database(server)
    for name, url in urls.items():
        for processes in (1, 2):
            rush(url(f"rush{processes}"), name, processes)
        store = Store(url("booked"))
        look_up(store, name)
        store.close()
