"""Real processes killed, stopped and restarted under load: nothing lost, doubled or out of order.

CELVEDIS_TORTURE_SECONDS makes it as long as wanted.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from storage.conversations import event
from storage.inbox import inbox
from storage.leases import DONE
from storage.outbox import outbox
from storage.store import Store
from tests.conftest import new_database
from tests.storage.faults import FAULTS
from tests.storage.telegram import Receiver
from tests.storage.worker import LANES

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("CELVEDIS_TORTURE_SECONDS", "10"))
DRAIN = 60.0  # seconds the restarted workers have to come to an end; a disk may be slow


class Process:
    """A worker, and what it has said."""

    def __init__(self, role, url, number, fault=""):
        command = [sys.executable, "-m", "tests.storage.worker", role, url, str(number), fault]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.said: list[str] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self):
        assert self._process.stdout is not None
        self.said += (line.strip() for line in self._process.stdout)

    def send(self, number):
        self._process.send_signal(number)

    def kill(self):
        self.send(signal.SIGKILL)
        self._process.wait()
        self._reading.join()
        self._process.stdout.close()


class Ordeal:
    """A service under load whose processes are killed; afterwards, what was wrong with it."""

    def __init__(self, url, fault="", seed=7):
        self.url, self.fault = url, fault
        self.chance = random.Random(seed)
        self.receiver = Receiver(seed)
        self.turns: list[str] = []
        self.received = 0
        self.kills = 0
        Store(url).close()
        self.feed = Process("receive", url, 0)
        self.workers = [self._worker(), self._worker()]

    def _worker(self):
        return Process("work", self.url, self.receiver.port, self.fault)

    def _let_them_work(self):
        """Wait until every process has something in hand to be killed over."""
        until = time.monotonic() + 10
        while time.monotonic() < until and any(
            len(process.said) < 5 for process in (self.feed, *self.workers)
        ):
            time.sleep(0.01)

    def _end(self, process):
        process.kill()
        self.kills += 1
        self.turns += [line for line in process.said if line.startswith("turn")]
        told = [int(line.split()[1]) for line in process.said if line.startswith("received")]
        self.received = max([self.received, *told])

    def run(self, seconds, *accidents):
        """Let it run, one thing after another going wrong."""
        until = time.monotonic() + seconds
        planned = list(accidents)
        while time.monotonic() < until:
            self._let_them_work()
            time.sleep(self.chance.uniform(0.2, 0.6))
            kind = self.chance.random()
            if planned and time.monotonic() > until - seconds * len(planned) / (len(accidents) + 1):
                planned.pop(0)()
            elif kind < 0.15:
                self._end(self.feed)
                self.feed = Process("receive", self.url, self.received)
            elif kind < 0.3:  # everything at once
                for process in (self.feed, *self.workers):
                    self._end(process)
                self.feed = Process("receive", self.url, self.received)
                self.workers = [self._worker(), self._worker()]
            elif kind < 0.45:  # asleep for longer than its lease, and then awake again
                self.workers[0].send(signal.SIGSTOP)
                time.sleep(0.8)
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
        for worker in self.workers:
            self._end(worker)
        self.receiver.close()
        found = self._look(store)
        store.close()
        return found

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
        wrong["turns twice"] += max(0, hot - len(self.turns) - self.kills)
        wrong["events"] += abs(
            len(rows["event"]) - sum(row.channel == "bot" for row in rows["outbox"])
        )
        return {what: count for what, count in wrong.items() if count}  # fmt: skip


def test_killed_and_restarted_nothing_is_lost_doubled_or_out_of_order(url, request):
    ordeal = Ordeal(url)
    accidents = []
    if url.startswith("postgresql"):
        server = request.getfixturevalue("postgres")
        accidents = [server.end_backends]
        if server.named is None:
            accidents = [server.crash_and_restart, server.end_backends, server.crash_and_restart]
    ordeal.run(SECONDS, *accidents)
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
def test_a_planted_fault_is_caught(fault, tmp_path, request):
    found = set()
    for seed in range(4):  # a kill must hit the moment the fault leaves open
        url = f"sqlite:///{tmp_path}/planted{seed}.db"
        if fault == "no lock and no version":  # SQLite itself refuses to write after a stale read
            url = new_database(request.getfixturevalue("postgres"))
        ordeal = Ordeal(url, fault, seed)
        ordeal.run(4)
        found = {*ordeal.finish(drain=5)} & CAUGHT_BY[fault]
        if found:
            break
    assert found
