"""The durable turn on PostgreSQL against pgbench with the same two statements."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from bot.ports.effects import SendMessage
from bot.ports.records import TurnResult, Update
from storage.store import Store
from storage.turns.postgres import PostgresTurn
from tests.bench.figures import ratio, rounds, show, spread
from tests.conftest import Postgres, new_database

SECONDS = 3


def program(url: str, who: int, seconds: float) -> None:
    """Take turns for some seconds in one conversation after another; print how many, and the waits."""
    store = Store(url)
    kept = TurnResult('{"x": 1}' * 100, effects=(SendMessage("message", "m"),))
    waits = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.perf_counter()
        name = f"{who}-{len(waits)}"
        store.turns.run(Update("web", f"p{who}-{len(waits) % 50}", name, 1), lambda _: kept)
        waits.append((time.perf_counter() - begun) * 1000)
    print(len(waits), *(f"{wait:.3f}" for wait in waits))
    store.close()


def script(folder: Path) -> Path:
    """Write the turn's statements for pgbench."""
    names = ("channel", "lane", "update", "key", "state", "said", "events", "messages")
    values = {name: f"'{name}'" for name in names}
    values |= {"at": "1", "rank": "0", "brief": "false", "version": "1"}
    values |= {
        "events": "'[]'",
        "messages": '\'[{"channel":"web","lane":"x","rank":0,"kind":"m","body":"m"}]\'',
    }
    values |= {"state": "'" + '{"x": 1}' * 100 + "'", "said": "''"}
    values |= {"key": "':client_id-:n'", "lane": "'x'", "update": "':client_id-:n'"}
    own = "\\set n random(1, 1000000000)\nBEGIN;\n{};\n{};\nCOMMIT;\n"
    read, write = (sql % values for sql in (PostgresTurn.read, PostgresTurn.write))
    key = "(:client_id || '-' || :n)"
    text = own.format(read, write).replace("':client_id-:n'", key)
    path = folder / "turn.sql"
    path.write_text(text)
    return path


def measure(folder: Path) -> None:
    """Print the ratios, where a PostgreSQL can be started."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    try:
        server = Postgres(os.environ.get("CELVEDIS_TEST_POSTGRES"), folder / "data")
    except Exception as error:
        show("PostgreSQL", f"not measured: {error}")
        return
    url = new_database(server)
    store = Store(url)
    show("PostgreSQL, round trips a turn", str(trips(url, store)), "at most 4, stretch 2")
    store.close()
    waits: list[float] = []

    def ours(number: int, workers: int) -> float:
        command = [
            sys.executable,
            "-c",
            f"from tests.bench.postgres import program; import sys; program({url!r}, int(sys.argv[1]), {SECONDS})",
        ]
        running = [
            subprocess.Popen(
                [*command, str(number * 10 + at + workers * 1000)],
                stdout=subprocess.PIPE,
                text=True,
            )
            for at in range(workers)
        ]
        said = [process.communicate()[0].split() for process in running]
        waits.extend(float(one) for words in said for one in words[1:])
        return sum(int(words[0]) for words in said) / SECONDS

    pgbench = None if server.named else server.running.bin_path / "pgbench"
    if pgbench is None or not pgbench.exists():
        found = shutil.which("pgbench")
        pgbench = Path(found) if found else None
    sql = script(folder)

    def theirs(_number: int, clients: int) -> float:
        command = [
            str(pgbench),
            "-n",
            "-M",
            "prepared",
            "-c",
            str(clients),
            "-T",
            str(SECONDS),
            "-f",
            str(sql),
            url,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return float(re.search(r"tps = ([\d.]+)", said)[1])

    if pgbench is None:
        one, two = rounds(lambda n: ours(n, 1), lambda n: ours(n, 2))
        show("PostgreSQL against pgbench", "no pgbench here")
    else:
        one, two, base = rounds(lambda n: ours(n, 1), lambda n: ours(n, 2), lambda n: theirs(n, 1))
        show(
            "PostgreSQL, one worker, pgbench with the same statements = 1",
            f"{ratio(one, base):.2f}",
            "at least 0.3, stretch 0.5",
        )
    show("  two workers, one = 1", f"{ratio(two, one):.2f}", "at least 1.5")
    show("  one turn, ms", spread(waits))


def trips(url: str, store: Store) -> int:
    """Count what a turn sends: its statements and the two ends of its transaction."""
    kept = TurnResult("1", effects=(SendMessage("message", "m"),))
    store.turns.run(Update("web", "a", "1", 1), lambda _: kept)
    count = []
    whole = psycopg.Connection.wait

    def counted(self, *given, **more):
        count.append(1)
        return whole(self, *given, **more)

    psycopg.Connection.wait = counted
    try:
        store.turns.run(Update("web", "a", "2", 1), lambda _: kept)
    finally:
        psycopg.Connection.wait = whole
    return len(count)
