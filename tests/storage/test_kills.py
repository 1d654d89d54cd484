"""Real processes killed with -9 under load: nothing lost, nothing twice, nothing out of order."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from storage import tables
from storage.store import Store

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("CELVEDIS_TORTURE_SECONDS", "6"))


def test_killed_at_any_moment_what_was_acknowledged_is_there_once_and_in_order(url):
    chance = random.Random(7)
    acknowledged: list[int] = []
    first, kills = 0, 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until or kills < 4:
        command = [sys.executable, "-m", "tests.storage.worker", url, str(first)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.5))
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().splitlines()
        process.stdout.close()
        process.wait()
        acknowledged += [int(line) for line in said if line]
        # the last one may be durable and not yet said; the next process sends it again
        first = acknowledged[-1] + 1 if acknowledged else 0
        kills += 1
    store = Store(url)
    kept = [store.load(f"c{key}") for key in range(5)]
    numbers = [[int(part) for part in (one.state or "").split(",") if part] for one in kept]
    assert all(each == sorted(set(each)) for each in numbers)
    applied = {number for each in numbers for number in each}
    assert set(acknowledged) - applied == set()
    assert len(applied - set(acknowledged)) <= 1
    assert [one.version for one in kept] == [len(each) for each in numbers]
    for table in (tables.event, tables.outbox):
        rows = store._commits.run(lambda c, t=table: c.execute(t.select().order_by(t.c.id)).all())
        told = [int(getattr(row, "body", "0")) for row in rows]
        assert sorted(told) == sorted(applied)
    assert len(acknowledged) > 20
    store.close()
