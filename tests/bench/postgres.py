"""The durable turn on PostgreSQL against pgbench with the same statements on the same rows."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.ports.records import TurnResult, Update
from bot.service.conversations import Dialogue, DurableConversations
from bot.wiring import SystemClock, tune_for_latency
from storage.store import Store
from storage.turns.postgres import PostgresTurn
from tests.bench.figures import ROUNDS, at_least, at_most, ratio, rounds, show, spread
from tests.bench.grown import fill, rows_of_one
from tests.bench.pupil import answer, before_answer
from tests.conftest import Postgres, new_database

SECONDS, WARM = 2, 100  # turns before the clock starts
PEOPLE = 10_000  # of ours, and as many of pgbench's: the database has grown
OF_A_WORKER = PEOPLE // (6 * ROUNDS)  # each goes round its own
ALONE, ANSWERS = "alone", "answers"


def start_postgres(folder: Path) -> Postgres | None:
    """Start a server, or take the one a variable names; None where neither can be."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    try:
        return Postgres(os.environ.get("CELVEDIS_TEST_POSTGRES"), folder)
    except Exception as error:
        show("PostgreSQL", f"not measured: {error}")
        return None


def program(url: str, what: str, worker: int) -> None:
    """Take turns for some seconds, each of another person; print how many, and the waits.

    what: `answers` with step and words, or the store `alone`, which keeps always the same.
    """
    talks = Dialogue(load(find_data()).library, load_words(find_data()), SystemClock())
    store, result = Store(url), before_answer(talks)
    kept = DurableConversations(talks, store)
    constant = TurnResult(result.state, result.said, result.events, result.effects)
    tune_for_latency()

    def take(number: int) -> None:
        key = f"p{worker * OF_A_WORKER + number % OF_A_WORKER}"
        if what == ANSWERS:
            answer(kept, key, number)
        else:
            name = f"{worker} {number}"
            store.turns.run(Update("web", key, name, kept.at()), lambda _: constant)

    for number in range(WARM):
        take(number)
    print("ready", flush=True)
    sys.stdin.readline()  # all workers begin together
    waits: list[float] = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        begun = time.perf_counter()
        take(WARM + len(waits))
        waits.append((time.perf_counter() - begun) * 1000)
    print(len(waits), *(f"{wait:.3f}" for wait in waits))
    store.close()


class Workers:
    """Our turns, taken by processes beside each other, each over people of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.waits: list[float] = []
        self._next = 0

    def rate(self, what: str, workers: int) -> float:
        """Turns a second."""
        running = [self._start(what) for _ in range(workers)]
        for process in running:
            assert process.stdout.readline() == "ready\n"
        for process in running:
            process.stdin.write("begin\n")
            process.stdin.flush()
        said = [process.communicate()[0].split() for process in running]
        if what == ANSWERS and workers == 1:
            self.waits += [float(one) for words in said for one in words[1:]]
        return sum(int(words[0]) for words in said) / SECONDS

    def _start(self, what: str) -> subprocess.Popen:
        given = f"{self.url!r}, {what!r}, {self._next}"
        self._next += 1
        command = [
            sys.executable,
            "-c",
            f"from tests.bench.postgres import program; program({given})",
        ]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def script(folder: Path, people: int = PEOPLE) -> Path:
    """Write the turn's statements for pgbench: a person of ours by chance, read and written."""
    names = ("channel", "lane", "update", "key", "state", "said", "events", "messages")
    values = {name: f"'{name}'" for name in names}
    values |= {"at": "1", "heard_at": "1", "rank": "0", "brief": "false"}
    values |= {"key": "('b' || :who)", "lane": "('b' || :who)", "version": "(:version + 1)"}
    values |= {"update": "(:client_id || '-' || :n || '-' || :m)"}
    values |= {"state": "'" + '{"x": 1}' * 140 + "'", "said": "'" + '{"x": 1}' * 60 + "'"}
    values |= {"events": '\'[{"kind":"answered","body":"a/b"},{"kind":"asked","body":"a/b"}]\''}
    body = '{"channel":"web","lane":"x","rank":0,"kind":"m","body":"' + "m" * 400 + '"}'
    values |= {"messages": f"'[{body}]'"}
    read, write = (sql % values for sql in (PostgresTurn.read, PostgresTurn.write))
    path = folder / "turn.sql"
    path.write_text(
        f"\\set who random(0, {people - 1})\n\\set n random(1, 1000000000)\n"
        f"\\set m random(1, 1000000000)\nBEGIN;\n{read} \\gset\n{write};\nCOMMIT;\n"
    )
    return path


def pgbench_of(server: Postgres) -> str | None:
    """Find pgbench: the server's own, or another."""
    own = None if server.named else server.running.bin_path / "pgbench"
    return str(own) if own is not None and own.exists() else shutil.which("pgbench")


def pgbench_rate(pgbench: str, sql: Path, url: str) -> float:
    """Turns a second of one client."""
    options = ("-n", "-M", "prepared", "-c", "1", "-T", str(SECONDS), "-f", str(sql))
    command = [pgbench, *options, url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "number of failed transactions: 0 " in said, said
    return float(re.search(r"tps = ([\d.]+)", said)[1])


def measure(folder: Path, talks: Dialogue, server: Postgres) -> None:
    """Print the ratios."""
    url = new_database(server)
    store = Store(url)
    rows = rows_of_one(talks, store)
    for first in "pb":
        fill(store, rows, [f"{first}{number}" for number in range(PEOPLE)], {})
    count = trips(DurableConversations(talks, store))
    show("PostgreSQL, round trips of a turn", str(count), (count, at_most(4, 2)))
    store._transactions.run(lambda c: c.exec_driver_sql("ANALYZE") and None)
    store.close()
    ours, pgbench, sql = Workers(url), pgbench_of(server), script(folder)
    ways = [
        lambda _, what=what, workers=workers: ours.rate(what, workers)
        for what in (ALONE, ANSWERS)
        for workers in (1, 2)
    ]
    if pgbench is None:
        show("PostgreSQL against pgbench", "no pgbench here")
        base, (alone, alone2, answers, answers2) = None, rounds(*ways)
    else:
        base, alone, alone2, answers, answers2 = rounds(
            lambda _: pgbench_rate(pgbench, sql, url), *ways
        )
    for name, one, two, aims in (
        ("the store alone", alone, alone2, False),
        ("a turn, step and words included", answers, answers2, True),
    ):
        if base is not None:
            rate = ratio(one, base)
            aim = ((rate, at_least(0.3, 0.5)),) if aims else ()
            show(f"PostgreSQL, {name}: one worker, pgbench = 1", f"{rate:.2f}", *aim)
        rate = ratio(two, one)
        show("  two workers, one = 1", f"{rate:.2f}", *(((rate, at_least(1.5)),) if aims else ()))
    show("  one turn, ms", spread(ours.waits))


def trips(kept: DurableConversations) -> int:
    """Count what a turn sends: its statements and the two ends of its transaction."""
    answer(kept, "p0", -1)
    count = []
    whole = psycopg.Connection.wait

    def counted(self, *given, **more):
        count.append(1)
        return whole(self, *given, **more)

    psycopg.Connection.wait = counted
    try:
        answer(kept, "p1", -1)
    finally:
        psycopg.Connection.wait = whole
    return len(count)
