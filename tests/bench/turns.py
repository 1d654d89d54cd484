"""The durable turn on SQLite against the raw SQL turn."""

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bot.channels.web.pages import Opened, Pages
from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.ports.effects import SendMessage
from bot.ports.records import TurnResult, Update
from bot.service.conversations import Dialogue, DurableConversations
from bot.wiring import SystemClock, tune_for_latency
from storage.connections.sqlite import PRAGMAS, WRITE_AHEAD
from storage.store import Store
from tests.bench.figures import at_least, at_most, p99, ratio, rounds, show, spread
from tests.bench.pupil import answer, before_answer, put

TURNS, WAITING = 400, 32
EACH = TURNS // 8  # turns of each who waits
TABLES = """
CREATE TABLE seen (id TEXT PRIMARY KEY); CREATE TABLE talk (id TEXT PRIMARY KEY, v INT, s TEXT);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, talk TEXT, body TEXT);
"""


class Bench:
    """The variants, each over a database of its own that is ready before the clock starts."""

    def __init__(self, folder: Path, talks: Dialogue) -> None:
        self.folder, self.talks = folder, talks
        self.before = before_answer(talks)
        self.constant = TurnResult(self.before.state, effects=(SendMessage("message", "m"),))
        self.waits: list[float] = []
        self.told: Callable[[], object] = lambda: None  # called as the clock starts, and stops

    def open(self, name: str) -> Store:
        """Open an empty store."""
        return Store(f"sqlite:///{self.folder}/{name}.db")

    def raw(self, number: int, clock: Callable[[], float] = time.process_time) -> float:
        """Seconds of a raw SQL turn: dedupe, load, save, enqueue, one commit."""
        path = self.folder / f"raw{number}{clock.__name__}.db"
        connection = sqlite3.connect(path, isolation_level=None)
        for pragma in (WRITE_AHEAD, *PRAGMAS):
            connection.execute(pragma)
        connection.executescript(TABLES)
        connection.execute("INSERT INTO talk VALUES ('a', 0, ?)", (self.before.state,))
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

    def store_alone(self, number: int) -> float:
        """Processor seconds of the store's part of a turn: what is kept is always the same."""
        store = self.open(f"stored{number}")
        put(store, ["a"], self.constant)
        begun = time.process_time()
        for at in range(TURNS):
            store.turns.run(Update("web", "a", str(at), at), lambda _: self.constant)
        spent = (time.process_time() - begun) / TURNS
        store.close()
        return spent

    def answers(self, number: int, *, shown: bool = False) -> float:
        """Processor seconds of an answer, each of somebody else's; shown: and of the page after it."""
        store = self.open(f"answers{number}{shown}")
        kept, pages = DurableConversations(self.talks, store), Pages(self.talks)
        keys = [f"p{at}" for at in range(TURNS + 1)]
        put(store, keys, self.before)
        answer(kept, keys.pop())  # what is made at the first use
        begun = time.process_time()
        for key in keys:
            answer(kept, key)
            if shown:
                pages.talk(*kept.read(key), opened=Opened(public=False))
        spent = (time.process_time() - begun) / TURNS
        store.close()
        return spent

    def waiting_on_store(self, number: int) -> float:
        """Seconds of the store's part of a turn with 32 people waiting at once."""
        store = self.open(f"constant{number}")
        names = _names()
        put(store, [f"p{who}" for who in range(WAITING)], self.constant)

        def take(who: int, at: int) -> None:
            update = Update("web", f"p{who}", names[who][at], at)
            store.turns.run(update, lambda _: self.constant)

        self.told()
        spent = at_once(take, [])
        self.told()
        store.close()
        return spent

    def waiting(self, number: int) -> float:
        """Seconds of an answer with 32 people waiting at once, step and words included."""
        store = self.open(f"waiting{number}")
        kept, names = DurableConversations(self.talks, store), _names()
        put(store, ["first", *(name for some in names for name in some)], self.before)
        answer(kept, "first")
        self.told()
        spent = at_once(lambda who, at: answer(kept, names[who][at]), self.waits)
        self.told()
        store.close()
        return spent


def _names() -> list[list[str]]:
    return [[f"p{who} {at}" for at in range(EACH)] for who in range(WAITING)]


def at_once(take: Callable[[int, int], None], waits: list[float]) -> float:
    """Let everybody take their turns one after the other, all at once; return seconds a turn."""
    barrier = threading.Barrier(WAITING + 1)

    def person(who: int) -> None:
        barrier.wait()
        for at in range(EACH):
            begun = time.perf_counter()
            take(who, at)
            waits.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=person, args=(who,)) for who in range(WAITING)]
    for thread in threads:
        thread.start()
    barrier.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - begun) / (EACH * WAITING)


def measure(folder: Path, talks: Dialogue) -> None:
    """Print the ratios."""
    bench = Bench(folder, talks)
    raw, alone, answers, shown = rounds(
        bench.raw, bench.store_alone, bench.answers, lambda n: bench.answers(n, shown=True)
    )
    show("SQLite, processor time, raw SQL turn = 1: the store alone", f"{ratio(alone, raw):.2f}")
    whole = ratio(answers, raw)
    what = "  a turn: an answer in the interests, its step, words and message"
    show(what, f"{whole:.2f}", (whole, at_most(5, 3)))
    show("  a turn and the page after it", f"{ratio(shown, raw):.2f}")
    wall, constant, waiting = rounds(
        lambda n: bench.raw(n, time.perf_counter), bench.waiting_on_store, bench.waiting
    )
    what = "SQLite, rate with 32 waiting, raw one-at-a-time at FULL = 1: the store alone"
    show(what, f"{ratio(wall, constant):.2f}")
    rate = ratio(wall, waiting)
    show("  a turn, step and words included", f"{rate:.2f}", (rate, at_least(1.0, 2)))
    show("  one person's wait for it, ms", spread(bench.waits))
    longest = p99(bench.waits) / sorted(bench.waits)[len(bench.waits) // 2]
    show("    p99, p50 = 1", f"{longest:.2f}", (longest, at_most(5)))
    for what, turning, aims in (
        ("  fsyncs a turn: the store alone", "waiting_on_store", ()),
        ("  fsyncs a turn, step and words included", "waiting", (at_most(0.125),)),
    ):
        count = fsyncs(folder, turning)
        show(what, f"{count:.3f}", *((count, aim) for aim in aims))


def wait_for_strace(folder: str, turning: str) -> None:
    """Take the turns of 32 who wait; print the moments between which fsyncs are to be counted."""
    talks = Dialogue(load(find_data()).library, load_words(find_data()), SystemClock())
    tune_for_latency()
    bench = Bench(Path(folder), talks)
    bench.told = lambda: print(time.time())
    getattr(bench, turning)(99)


def fsyncs(folder: Path, turning: str) -> float:
    """Count the fsyncs of a turn with 32 waiting; not a number where there is no strace."""
    trace = folder / "trace"
    given = f"{str(folder)!r}, {turning!r}"
    program = f"from tests.bench.turns import wait_for_strace; wait_for_strace({given})"
    options = ("-f", "--seccomp-bpf", "-ttt", "-e", "trace=fsync,fdatasync", "-o", str(trace))
    command = ["strace", *options, sys.executable, "-c", program]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return float("nan")
    begun, ended = map(float, done.stdout.split())
    moments = [float(line.split()[1]) for line in trace.read_text().splitlines() if "sync(" in line]
    return sum(begun <= moment <= ended for moment in moments) / (EACH * WAITING)
