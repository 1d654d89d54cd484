"""What turns and forgetting cost in a database that has grown, against one that has not."""

import gc
import os
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Table

from bot.ports.records import Update
from bot.service.conversations import Dialogue, DurableConversations
from storage.schema import metadata
from storage.store import Store
from tests.bench.figures import ROUNDS, at_most, ratio, rounds, show, spread
from tests.bench.pupil import answer, inputs
from tests.conftest import Postgres, new_database

FEW, MANY = 1_000, 20_000  # people; each has come with seventeen updates
TURNS, FORGOTTEN, EXPIRED, HELD = 200, 20, 100, 4000
EXPIRED_AGO = 3 * 3_600_000  # milliseconds; without consent they are kept for two hours
REAL = "real"
GROWTH = at_most(2)
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def rows_of_one(talks: Dialogue, store: Store) -> Rows:
    """Take one pupil through real turns to twelve answers; return every row they have left."""
    kept = DurableConversations(talks, store)
    for number, given in enumerate(inputs()):
        kept.take_turn(Update("web", REAL, f"real {number}", kept.at()), given)
    return store.people.export(REAL)


def fill(store: Store, rows: Rows, keys: Sequence[str], changes: Mapping[str, Any]) -> None:
    """Put people into a store, each with a copy of one pupil's rows. changes: of the conversation."""
    for name, own in rows.items():
        if not own:
            continue
        changed = [row | changes for row in own] if name == "conversation" else own
        _insert(store, metadata.tables[name], changed, keys)


def _insert(store: Store, table: Table, own: Sequence[Mapping[str, Any]], keys: Sequence[str]):
    numbered = table.name != "conversation"  # its ids are numbers that the database gives
    names = [column.name for column in table.columns if not (numbered and column.name == "id")]
    copies = _copies(own, names, keys)
    if store.dialect == "sqlite":
        marks = ", ".join("?" * len(names))
        connection = sqlite3.connect(store._transactions.engine.url.database)
        connection.execute("PRAGMA synchronous=OFF")  # of this connection, which only fills
        with connection:
            statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
            connection.executemany(statement, copies)
        connection.close()
        return
    connection = store._transactions.engine.raw_connection()
    statement = f"COPY {table.name} ({', '.join(names)}) FROM STDIN"
    with connection.cursor().copy(statement) as copy:
        for row in copies:
            copy.write_row(row)
    connection.commit()
    connection.close()


def _copies(
    own: Sequence[Mapping[str, Any]], names: Sequence[str], keys: Sequence[str]
) -> Iterator:
    for key in keys:
        for number, row in enumerate(own):
            copied = row | {"update_id": f"{key} {number}"}
            yield tuple(key if copied[name] == REAL else copied[name] for name in names)


class Waits(NamedTuple):
    """What was measured of one database, in milliseconds."""

    turns: list[float]
    looks: list[float]
    forgotten: list[float]


class Database:
    """A store with people in it. Each is used once: to answer, to be looked up, to be forgotten."""

    def __init__(self, url: str, talks: Dialogue, people: int) -> None:
        self.store = Store(url)
        self.kept = DurableConversations(talks, self.store)
        self.rows = rows_of_one(talks, self.store)
        self.people = people
        self.waits = Waits([], [], [])
        self.meanwhile: list[float] = []
        fill(self.store, self.rows, [f"p{number}" for number in range(people)], {})
        if self.store.dialect == "postgresql":
            self.store._transactions.run(lambda c: c.exec_driver_sql("ANALYZE") and None)
        self._answer("p0", -1)  # what is made at the first use

    def _answer(self, key: str, number: int) -> float:
        return _timed(lambda: answer(self.kept, key, number))

    def _spread_out(self, count: int, number: int) -> list[str]:
        """Choose people all over the database, in each round other ones."""
        return [f"p{(at * self.people // count + number) % self.people}" for at in range(count)]

    def turn(self, number: int) -> float:
        """Milliseconds of a turn, the median."""
        took = [self._answer(key, number) for key in self._spread_out(TURNS, number)]
        self.waits.turns.extend(took)
        return statistics.median(took)

    def look(self, number: int) -> float:
        """Milliseconds in which a page looks a conversation up, the median."""
        keys = self._spread_out(TURNS, number)
        took = [_timed(lambda key=key: self.kept.read(key)) for key in keys]
        self.waits.looks.extend(took)
        return statistics.median(took)

    def forget(self, number: int) -> float:
        """Milliseconds in which a person is forgotten, the median."""
        keys = [f"forgotten {number} {at}" for at in range(FORGOTTEN)]
        fill(self.store, self.rows, keys, {})
        took = [_timed(lambda key=key: self.store.people.forget(key, 9000)) for key in keys]
        self.waits.forgotten.extend(took)
        return statistics.median(took)

    def held(self) -> float:
        """Bytes that the process holds more for each of many who answer."""
        gc.collect()
        before = _resident()
        for key in self._spread_out(HELD, ROUNDS):  # none of those who answer below
            self._answer(key, -2)
        gc.collect()
        return (_resident() - before) / HELD

    def purge(self, number: int) -> float:
        """Seconds in which a hundred are forgotten whose time has come; others take turns."""
        keys = [f"expired {number} {at}" for at in range(EXPIRED)]
        expired = {"brief": True, "at": self.kept.at() - EXPIRED_AGO}
        fill(self.store, self.rows, keys, expired)
        purging = threading.Thread(target=self.kept.purge)
        begun, longest = time.perf_counter(), 0.0
        purging.start()
        for key in self._spread_out(self.people, number):
            longest = max(longest, self._answer(key, ROUNDS + number))
            if not purging.is_alive():
                break
        purging.join()
        took = time.perf_counter() - begun
        assert self.kept.read(keys[0]) is None
        self.meanwhile.append(longest)
        return took


def _resident() -> int:
    """Bytes of memory that the process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _timed(work) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def measure(folder: Path, talks: Dialogue, server: Postgres | None) -> None:
    """Print what grows, on both databases."""
    _compare("SQLite", talks, [f"sqlite:///{folder}/{name}.db" for name in ("few", "many")])
    if server is not None:
        _compare("PostgreSQL", talks, [new_database(server) for _ in range(2)])


def _compare(what: str, talks: Dialogue, urls: Sequence[str]) -> None:
    few, many = (Database(url, talks, n) for url, n in zip(urls, (FEW, MANY), strict=True))
    updates = len(many.rows["inbox"]) * MANY
    show(f"{what}, {MANY} conversations and {updates} updates against {FEW}", "")
    if many.store.dialect == "sqlite":
        size = Path(many.store._transactions.engine.url.database).stat().st_size / MANY
        show("  on disk, KB a conversation", f"{size / 1000:.1f}")
        show(f"  in the process, KB for each of {HELD} who answer", f"{many.held() / 1000:.2f}")
    for name, kind, waits in (
        ("a turn", "turn", many.waits.turns),
        ("a page's look-up", "look", many.waits.looks),
        ("forgetting a person", "forget", many.waits.forgotten),
    ):
        small, large = rounds(getattr(few, kind), getattr(many, kind))
        grown = ratio(large, small)
        show(f"  {name}, ms; among {FEW} = 1", f"{spread(waits)}; {grown:.2f}", (grown, GROWTH))
    (took,) = rounds(many.purge)
    longest = statistics.median(many.meanwhile)
    show(f"  forgetting {EXPIRED} whose time has come, s", f"{statistics.median(took):.2f}")
    show(
        "    another person's turn meanwhile, the longest, ms",
        f"{longest:.0f}",
        (longest, at_most(200)),
    )
    for database in (few, many):
        database.store.close()
