"""Real processes killed, stopped and restarted under load: nothing lost, doubled or out of order.

CELVEDIS_ACCIDENTS makes it as long as wanted.
"""

import os
import random
import signal
import time
from collections import Counter

import pytest

from storage.conversations import event
from storage.inbox import inbox
from storage.leases import DONE
from storage.outbox import outbox
from storage.store import Store
from tests.conftest import end_backends, new_database
from tests.storage.faults import FAULTS
from tests.storage.processes import Process
from tests.storage.telegram import Receiver
from tests.storage.worker import LANES, LEASE

ACCIDENTS = int(os.environ.get("CELVEDIS_ACCIDENTS", "14"))
DRAIN = 60.0  # seconds the restarted workers have to come to an end; a disk may be slow


class Ordeal:
    """A service under load whose processes are killed; afterwards, what was wrong with it."""

    def __init__(self, url, fault="", seed=7):
        self.url, self.fault = url, fault
        self.chance = random.Random(seed)
        self.receiver = Receiver(seed)
        self.turns: list[str] = []
        self.unknown = 0  # turns that failed: whether they were kept nobody knows
        self.received = 0
        self.kills = 0
        Store(url).close()
        self.feed = Process("receive", url, 0)
        self.workers = [self._worker(), self._worker()]

    def _worker(self):
        return Process("work", self.url, self.receiver.port, self.fault)

    def _let_them_work(self):
        """Wait until every process has something in hand to be killed over."""
        until = time.monotonic() + 30
        while time.monotonic() < until and any(
            len(process.said) < 10 for process in (self.feed, *self.workers)
        ):
            time.sleep(0.01)

    def _end(self, process):
        process.kill()
        self.kills += 1
        self.turns += [line for line in process.said if line.startswith("turn")]
        self.unknown += process.said.count("unknown")
        told = [int(line.split()[1]) for line in process.said if line.startswith("received")]
        self.received = max([self.received, *told])

    def run(self, accidents, *planned):
        """Let it run, one thing after another going wrong; some of them planned, evenly spread."""
        at = {(n + 1) * accidents // (len(planned) + 1): one for n, one in enumerate(planned)}
        for number in range(accidents):
            self._let_them_work()
            time.sleep(self.chance.uniform(0.05, 0.4))
            at.get(number, self._go_wrong)()

    def _go_wrong(self):
        kind = self.chance.random()
        if kind < 0.15:
            self._end(self.feed)
            self.feed = Process("receive", self.url, self.received)
        elif kind < 0.3:  # everything at once
            for process in (self.feed, *self.workers):
                self._end(process)
            self.feed = Process("receive", self.url, self.received)
            self.workers = [self._worker(), self._worker()]
        elif kind < 0.45:  # asleep for longer than its lease, and then awake again
            self.workers[0].send(signal.SIGSTOP)
            time.sleep(LEASE + 0.2)
            self.workers[0].send(signal.SIGCONT)
        else:
            at = self.chance.randrange(2)
            self._end(self.workers[at])
            self.workers[at] = self._worker()

    def finish(self, drain=DRAIN):
        """Stop feeding, let the rest be worked off, and look."""
        self._end(self.feed)
        store = Store(self.url)
        until = time.monotonic() + drain
        while time.monotonic() < until and any(
            getattr(store, line).next_due("bot") is not None for line in ("inbox", "outbox")
        ):
            time.sleep(0.1)
        for process in self.workers:
            self._end(process)
        found = self._look(store)
        store.close()
        return found

    def close(self):
        """Leave nothing running, also where the test came to no end."""
        for process in (self.feed, *self.workers):
            process.kill()
        self.receiver.close()

    def _look(self, store):
        wrong = Counter()
        rows = {
            line.name: store._transactions.read(
                lambda c, t=line: c.execute(t.select().order_by(t.c.id)).all()
            )
            for line in (inbox, outbox, event)
        }
        for line in ("inbox", "outbox"):
            mine = [row for row in rows[line] if row.channel == "bot"]
            wrong["stuck"] += sum(row.status != DONE for row in mine)
        for number in range(LANES):
            lane = f"lane{number}"
            wanted = [str(one) for one in range(number, self.received, LANES)]
            loaded = store.conversations.load(lane)
            kept = list(filter(None, (loaded.state or "").split(",")))
            sent = self.receiver.accepted.get(lane, [])
            once = list(dict.fromkeys(sent))
            mine = [row.uncertain for row in rows["outbox"] if row.lane == lane]
            doubted = {name for name, doubt in zip(kept, mine, strict=False) if doubt}
            twice = {name for name, count in Counter(sent).items() if count > 1}
            wrong["lost"] += len({*wanted} - {*kept})
            wrong["twice"] += len(kept) - len({*kept})
            wrong["order"] += kept != sorted(kept, key=int)
            wrong["never sent"] += len({*kept} - {*sent})
            wrong["sent out of order"] += once != sorted(once, key=int)
            wrong["sent twice, not doubted"] += len(twice - doubted)
        hot = int(store.conversations.load("hot").state or 0)
        wrong["turns lost"] += max(0, len(self.turns) - hot)
        wrong["turns twice"] += max(0, hot - len(self.turns) - self.kills - self.unknown)
        wrong["events"] += abs(
            len(rows["event"]) - sum(row.channel == "bot" for row in rows["outbox"])
        )
        return {what: count for what, count in wrong.items() if count}  # fmt: skip


@pytest.fixture
def begin():
    begun = []

    def run(*given):
        begun.append(Ordeal(*given))
        return begun[-1]

    yield run
    for ordeal in begun:
        ordeal.close()


def test_killed_and_restarted_nothing_is_lost_doubled_or_out_of_order(begin, url, request):
    ordeal = begin(url)
    planned = []
    if url.startswith("postgresql"):
        server = request.getfixturevalue("postgres")
        planned = [lambda: end_backends(url)]
        if server.named is None:
            planned = [server.crash_and_restart, *planned, server.crash_and_restart]
    ordeal.run(ACCIDENTS, *planned)
    assert ordeal.finish() == {}
    assert ordeal.received > 100
    assert len(ordeal.turns) > 100
    assert sum(map(len, ordeal.receiver.accepted.values())) > 100
    assert min(ordeal.receiver.answers[kind] for kind in ("ok", "429", "500", "lost", "late")) > 0


CAUGHT_BY = {
    "no lock and no version": {"turns lost"},
    "outbox after the commit": {"never sent"},
    "inbox marked first": {"lost", "order"},
    "leases forgotten": {"stuck"},
    "no order in a lane": {"order", "sent out of order"},
    "no dedupe": {"twice"},
    "a failure taken as sent": {"never sent"},
    "doubt not kept": {"sent twice, not doubted"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(begin, fault, tmp_path, request):
    found = set()
    for seed in range(4):  # a kill must hit the moment the fault leaves open
        url = f"sqlite:///{tmp_path}/planted{seed}.db"
        if fault == "no lock and no version":  # SQLite itself refuses to write after a stale read
            url = new_database(request.getfixturevalue("postgres"))
        ordeal = begin(url, fault, seed)
        ordeal.run(6)
        found = {*ordeal.finish(drain=5)} & CAUGHT_BY[fault]
        if found:
            break
    assert found
