"""`make bench`: the step, and the durable turn on SQLite against the raw SQL turn, interleaved."""

import json
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from bot.core.engine import step
from bot.core.talk import Picked, Said, Session, Started
from bot.core.turns import Update
from bot.load.library import load
from bot.load.messages import load_words
from bot.load.places import find_data
from bot.service.talks import KeptTalks, Talks
from bot.wiring import SystemClock
from storage.engines import PRAGMAS
from storage.store import Store

ROUNDS, TURNS = 3, 400
PATH = ("adult", "from_18", "keep", "esf", "yes", "52", "general_secondary")
TABLES = """
CREATE TABLE seen (id TEXT PRIMARY KEY); CREATE TABLE talk (id TEXT PRIMARY KEY, v INT, s TEXT);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, talk TEXT, body TEXT);
"""


def steps(talks: Talks) -> list[float]:
    """Microseconds of each pure step along the ESF+ flow, the rule's search being warm."""
    found = []
    for _ in range(50):
        session = Session()
        for name in (None, *PATH):
            given = Started() if name is None else Picked(options=(name,))
            given = Said(text=name) if name == "52" else given
            start = time.perf_counter()
            turn = step(talks.library, session, given, talks.world(), talks.hear)
            found.append((time.perf_counter() - start) * 1e6)
            session = turn.session
    return found[len(PATH) + 1 :]


def raw(folder: Path, state: str) -> float:
    """Processor microseconds of the raw SQL turn."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    connection.executescript(TABLES)
    connection.execute("INSERT INTO talk VALUES ('a', 0, ?)", (state,))
    start = time.process_time()
    for number in range(TURNS):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO seen VALUES (?) ON CONFLICT DO NOTHING", (str(number),))
        v, s = connection.execute("SELECT v, s FROM talk WHERE id = 'a'").fetchone()
        s = json.dumps(json.loads(s))
        connection.execute("UPDATE talk SET v = ?, s = ? WHERE id = 'a' AND v = ?", (v + 1, s, v))
        connection.execute("INSERT INTO outbox (talk, body) VALUES ('a', 'm')")
        connection.execute("COMMIT")
    return (time.process_time() - start) / TURNS * 1e6


def durable(folder: Path, talks: Talks) -> float:
    """Processor microseconds of a whole turn: dedupe, load, step, render, save, enqueue."""
    store = Store(f"sqlite:///{folder}/store.db")
    kept = KeptTalks(talks, store)
    kept.take("web", "a", "open", Started())
    start = time.process_time()
    for number in range(TURNS):
        kept.take("web", "a", str(number), Picked(options=("@why",)))
    spent = (time.process_time() - start) / TURNS * 1e6
    store.close()
    return spent


def stored(folder: Path, state: str) -> float:
    """Processor microseconds of the store's part of a turn."""
    from bot.core.turns import Kept, Outgoing

    store = Store(f"sqlite:///{folder}/bare.db")
    kept = Kept(state, messages=(Outgoing("message", "m"),))
    start = time.process_time()
    for number in range(TURNS):
        store.turn(Update("web", "a", str(number), number), lambda _: kept)
    spent = (time.process_time() - start) / TURNS * 1e6
    store.close()
    return spent


def main() -> None:
    """Print the figures."""
    talks = Talks(load(find_data()).library, load_words(find_data()), SystemClock())
    state = Session().model_dump_json()
    taken = sorted(steps(talks))
    print(
        f"step: p50 {statistics.median(taken):.0f} us, p99 {taken[len(taken) * 99 // 100]:.0f} us"
    )
    rounds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            base = raw(folder, state)
            rounds.append((stored(folder, state) / base, durable(folder, talks) / base, base))
    rounds.sort()
    store, turn, base = rounds[ROUNDS // 2]
    print(f"SQLite, processor time, raw SQL turn = 1 ({base:.0f} us)")
    print(f"  the store's part: {store:.1f}")
    print(f"  the whole turn, step and words included: {turn:.1f}")


main()
