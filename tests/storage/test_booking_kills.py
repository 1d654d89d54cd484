"""Real processes killed at random points of booking: nothing that was told is lost, nothing is there twice or in part.

CELVEDIS_ACCIDENTS makes it as long as wanted.
"""

import random
import signal
import time
from collections import Counter

import pytest

from storage.store import Store
from tests.conftest import end_backends
from tests.storage.booked import employ
from tests.storage.booker import COUNSELLORS
from tests.storage.crowd import OVERLAPS
from tests.storage.faults import unguard_time
from tests.storage.processes import Process
from tests.storage.test_kills import ACCIDENTS

STOPPED = 0.3  # seconds a process sleeps with whatever it holds


class BookingOrdeal:
    """People and counsellors whose processes are killed; afterwards, what was wrong with what they have booked."""

    def __init__(self, url, fault="", seed=7):
        self.url, self.fault = url, fault
        self.chance = random.Random(seed)
        self.said = Counter()
        self.kills = 0
        store = Store(url)
        employ(store, *COUNSELLORS)
        if fault == "no guard of time":
            unguard_time(store, lambda *_: None)
        store.close()
        self.running = [self._begin() for _ in range(3)]

    def _begin(self):
        return Process("book", self.url, 0, self.fault)

    def _end(self, process):
        process.kill()
        self.kills += 1
        self.said.update(process.said)

    def run(self, accidents, *planned):
        """Let them go on, one thing after another going wrong; some of them planned, evenly spread."""
        at = {(n + 1) * accidents // (len(planned) + 1): one for n, one in enumerate(planned)}
        for number in range(accidents):
            until = time.monotonic() + 30
            while time.monotonic() < until and any(len(one.said) < 5 for one in self.running):
                time.sleep(0.005)
            time.sleep(self.chance.uniform(0, 0.1))
            at.get(number, self._go_wrong)()

    def _go_wrong(self):
        kind = self.chance.random()
        if kind < 0.1:  # asleep with what it holds, and then awake again
            self.running[0].send(signal.SIGSTOP)
            time.sleep(STOPPED)
            self.running[0].send(signal.SIGCONT)
        struck = self.running if kind > 0.85 else [self.chance.choice(self.running)]
        for process in [*struck]:
            self._end(process)
            self.running.remove(process)
            self.running.append(self._begin())

    def close(self):
        for process in self.running:
            process.kill()

    def finish(self):
        """Stop everything, and look."""
        for process in self.running:
            self._end(process)
        store = Store(self.url)
        found = self._look(store)
        store.close()
        return found

    def _look(self, store):
        def rows(sql):
            return store._transactions.read(lambda c: c.exec_driver_sql(sql).all())

        messages = Counter(row.body for row in rows("SELECT body FROM outbox"))
        jobs = Counter(row.key for row in rows("SELECT key FROM job"))
        acts = "".join(row.state for row in rows("SELECT state FROM conversation")).split(",")
        noted = Counter(filter(None, acts))
        times = {
            row.meeting: bool(row.takes)
            for row in rows("SELECT meeting, takes FROM counsellor_time")
        }
        kept = rows(
            "SELECT booking.id, booking.takes, meeting.open, meeting.version FROM booking"
            " JOIN meeting ON meeting.id = booking.meeting"
        )
        wrong = Counter()
        ((overlapping,),) = rows(OVERLAPS)
        wrong["hours twice"] = overlapping
        wrong["people twice"] = len(
            rows("SELECT 1 FROM booking WHERE takes GROUP BY conversation HAVING count(*) > 1")
        )
        wrong["messages twice"] = sum(count > 1 for count in messages.values())
        told = {one for one in self.said if one not in ("unknown", "nothing")}
        wrong["lost"] = len(told - {*messages})
        of = {"booked": Counter(), "cancelled": Counter(), "moved": Counter()}
        for body in messages:
            kind, key, *_ = body.split()
            of[kind][key] += 1
        ids = {row.id for row in kept}
        wrong["told of nothing"] = sum(len({*counted} - ids) for counted in of.values())
        for row in kept:
            moves, cancels = of["moved"][row.id], of["cancelled"][row.id]
            wrong["not told"] += of["booked"][row.id] != 1 or cancels != (not row.takes)
            wrong["in part"] += not (
                bool(row.takes) == bool(row.open) == times[row.id] == (row.id in jobs)
            )
            wrong["moves"] += row.version != 1 + moves + cancels
        wrong["not noted"] = len({one for one in messages if one[0] != "m"} ^ {*noted})
        wrong["not planned"] = len(
            {one for one in messages if one[0] == "m"} ^ {one for one in jobs if one[0] == "m"}
        )
        self.booked, self.moved = len(kept), sum(of["moved"].values())
        return {what: count for what, count in wrong.items() if count}


@pytest.fixture
def begin():
    begun = []

    def run(*given):
        begun.append(BookingOrdeal(*given))
        return begun[-1]

    yield run
    for ordeal in begun:
        ordeal.close()


def test_killed_at_any_point_of_booking_nothing_is_lost_or_doubled(begin, url, request):
    ordeal = begin(url)
    planned = []
    if url.startswith("postgresql"):
        server = request.getfixturevalue("postgres")
        planned = [lambda: end_backends(url)]
        if server.named is None:
            planned = [server.crash_and_restart, *planned, server.crash_and_restart]
    ordeal.run(ACCIDENTS, *planned)
    found = ordeal.finish()
    print(f"\n{ordeal.kills} kills, {ordeal.booked} bookings, {ordeal.moved} moves, {found}")
    assert found == {}
    assert ordeal.booked > ACCIDENTS
    assert ordeal.moved > 0


CAUGHT_BY = {
    "booking after the commit": {"told of nothing"},
    "told after the commit": {"moves"},
    "no guard of time": {"hours twice"},
}


@pytest.mark.parametrize("fault", CAUGHT_BY)
def test_a_planted_fault_of_booking_is_caught(begin, fault, tmp_path):
    found = set()
    for seed in range(4):
        ordeal = begin(f"sqlite:///{tmp_path}/planted{seed}.db", fault, seed)
        ordeal.run(8)
        found = {*ordeal.finish()} & CAUGHT_BY[fault]
        if found:
            break
    assert found
