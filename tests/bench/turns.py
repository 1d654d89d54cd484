"""The durable turn on SQLite against the raw SQL turn."""

import json
import sqlite3
import subprocess
import sys
import threading
import time
import tracemalloc
from pathlib import Path

from bot.core.dialogue.inputs import Picked, Started
from bot.core.dialogue.session import Session
from bot.ports.effects import SendMessage
from bot.ports.records import TurnResult, Update
from bot.service.conversations import Dialogue, DurableConversations
from storage.connections.sqlite import PRAGMAS
from storage.store import Store
from tests.bench.figures import ratio, rounds, show, spread

TURNS, WAITING = 400, 32
TABLES = """
CREATE TABLE seen (id TEXT PRIMARY KEY); CREATE TABLE talk (id TEXT PRIMARY KEY, v INT, s TEXT);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, talk TEXT, body TEXT);
"""
STATE = Session(stack=("start",) * 40).model_dump_json()  # about a kilobyte, as studied


class Bench:
    """The variants, each over a database of its own."""

    def __init__(self, folder: Path, talks: Dialogue) -> None:
        self.folder, self.talks = folder, talks
        self.waits: list[float] = []

    def raw(self, number: int, clock=time.process_time) -> float:
        """Seconds of a raw SQL turn: dedupe, load, save, enqueue, one commit."""
        connection = sqlite3.connect(
            self.folder / f"raw{number}{clock.__name__}.db", isolation_level=None
        )
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.executescript(TABLES)
        connection.execute("INSERT INTO talk VALUES ('a', 0, ?)", (STATE,))
        begun = clock()
        for at in range(TURNS):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO seen VALUES (?) ON CONFLICT DO NOTHING", (str(at),))
            v, s = connection.execute("SELECT v, s FROM talk WHERE id = 'a'").fetchone()
            s = json.dumps(json.loads(s))
            connection.execute(
                "UPDATE talk SET v = ?, s = ? WHERE id = 'a' AND v = ?", (v + 1, s, v)
            )
            connection.execute("INSERT INTO outbox (talk, body) VALUES ('a', 'm')")
            connection.execute("COMMIT")
        spent = (clock() - begun) / TURNS
        connection.close()
        return spent

    def stored(self, number: int) -> float:
        """Processor seconds of the store's part of a turn."""
        store = Store(f"sqlite:///{self.folder}/stored{number}.db")
        kept = TurnResult(STATE, effects=(SendMessage("message", "m"),))
        begun = time.process_time()
        for at in range(TURNS):
            store.turns.run(Update("web", "a", str(at), at), lambda _: kept)
        spent = (time.process_time() - begun) / TURNS
        store.close()
        return spent

    def whole(self, number: int) -> float:
        """Processor seconds of a whole turn: step and words included."""
        store = Store(f"sqlite:///{self.folder}/whole{number}.db")
        kept = DurableConversations(self.talks, store)
        kept.take_turn(Update("web", "a", "open", 1), Started())
        begun = time.process_time()
        for at in range(TURNS):
            kept.take_turn(Update("web", "a", str(at), 1), Picked(options=("@why",)))
        spent = (time.process_time() - begun) / TURNS
        store.close()
        return spent

    def waiting(self, number: int) -> float:
        """Seconds a turn with 32 people waiting at once, each for their own."""
        store = Store(f"sqlite:///{self.folder}/waiting{number}.db")
        kept = TurnResult(STATE, effects=(SendMessage("message", "m"),))

        def person(who: int) -> None:
            for at in range(TURNS // 8):
                begun = time.perf_counter()
                store.turns.run(Update("web", f"p{who}", f"{who}-{at}", at), lambda _: kept)
                self.waits.append((time.perf_counter() - begun) * 1000)

        threads = [threading.Thread(target=person, args=(who,)) for who in range(WAITING)]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent = (time.perf_counter() - begun) / (TURNS // 8 * WAITING)
        store.close()
        return spent


def measure(folder: Path, talks: Dialogue) -> None:
    """Print the ratios."""
    bench = Bench(folder, talks)
    raw, stored, whole = rounds(bench.raw, bench.stored, bench.whole)
    show(
        "SQLite, processor time, raw SQL turn = 1: the store's part",
        f"{ratio(stored, raw):.2f}",
        "",
    )
    show(
        "  the whole turn, step and words included",
        f"{ratio(whole, raw):.2f}",
        "at most 5, stretch 3",
    )
    wall, waiting = rounds(lambda n: bench.raw(n, time.perf_counter), bench.waiting)
    show(
        "SQLite, 32 waiting: rate, raw one-at-a-time at FULL = 1",
        f"{ratio(wall, waiting):.2f}",
        "at least 1.0, stretch 2",
    )
    show("  one person's wait, ms", spread(bench.waits), "p99 at most 5 x p50")
    show("  fsyncs a turn (strace of 32 waiting)", fsyncs(folder), "at most 1/8")
    show(
        "memory of 10,000 conversations kept, KB each (database and process)", memory(folder, talks)
    )


def fsyncs(folder: Path) -> str:
    """Count the fsyncs of a run with 32 waiting, where strace is to be had."""
    program = (
        "import sys; from pathlib import Path; from tests.bench.turns import Bench; "
        "Bench(Path(sys.argv[1]), None).waiting(99)"
    )
    command = [
        "strace",
        "-f",
        "-c",
        "-e",
        "trace=fsync,fdatasync",
        sys.executable,
        "-c",
        program,
        str(folder),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "no strace here"
    calls = sum(int(line.split()[3]) for line in done.stderr.splitlines() if line.endswith("sync"))
    return f"{calls / (TURNS // 8 * WAITING):.3f}"


def memory(folder: Path, talks: Dialogue) -> str:
    """Hold ten thousand conversations: bytes on disk and in the process, each."""
    path = folder / "many.db"
    store = Store(f"sqlite:///{path}")
    kept = DurableConversations(talks, store)
    kept.take_turn(Update("web", "warm", "warm", 1), Started())
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(10_000):
        kept.take_turn(Update("web", f"p{number}", f"o{number}", 1), Started())
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    store.close()
    return f"disk {path.stat().st_size / 1e7:.2f}, process {held / 1e7:.3f}"
