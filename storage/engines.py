"""How a transaction is committed: one writer for SQLite that commits in groups, a pool elsewhere."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from bot.errors import SettingsError

T = TypeVar("T")
MOST_TOGETHER = 64  # turns in one commit; more would only make the first of them wait
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)


class Commits(Protocol):
    """Runs work in a transaction that is durable when the call comes back."""

    engine: Engine

    def run(self, work: Callable[[Connection], T]) -> T:
        """Run and commit; what the work raises undoes it and comes out."""
        ...

    def close(self) -> None:
        """Finish and let go of the connections."""
        ...


def open_commits(url: str) -> Commits:
    """Open a database by its address.

    Errors: SettingsError for an address that is neither SQLite nor PostgreSQL.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return GroupCommits(url)
    if parsed.get_backend_name() == "postgresql":
        return PoolCommits(
            parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        )
    message = "the database is sqlite:///FILE or postgresql://…"
    raise SettingsError(message)


def _prepared(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the transaction is begun below, not by the driver
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begun(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class GroupCommits:
    """SQLite: all that waits is committed together, each within a savepoint of its own."""

    def __init__(self, url: str) -> None:
        path = make_url(url).database
        if path and path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(url, connect_args={"check_same_thread": False})
        event.listen(self.engine, "connect", _prepared)
        event.listen(self.engine, "begin", _begun)
        self._waiting: queue.SimpleQueue[tuple[Callable[[Connection], Any], Future[Any]] | None]
        self._waiting = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Connection], T]) -> T:
        """Hand work to the writer and wait for its commit."""
        future: Future[T] = Future()
        self._waiting.put((work, future))
        return future.result()

    def close(self) -> None:
        """Let the writer finish what waits."""
        self._waiting.put(None)
        self._thread.join()
        self.engine.dispose()

    def _write(self) -> None:
        while (first := self._waiting.get()) is not None:
            group = [first]
            last = False
            while len(group) < MOST_TOGETHER:
                try:
                    more = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    last = True
                    break
                group.append(more)
            self._commit(group)
            if last:
                return

    def _commit(self, group: list[tuple[Callable[[Connection], Any], Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        failed: list[tuple[Future[Any], BaseException]] = []
        try:
            with self.engine.begin() as connection:
                for work, future in group:
                    self._one(connection, work, future, done, failed)
        except Exception as error:  # noqa: BLE001 - the commit failed: every turn of it is told
            for future, _ in done:
                future.set_exception(error)
            settled = {future for future, _ in (*done, *failed)}
            for _, future in group:
                if future not in settled:
                    future.set_exception(error)
        else:
            for future, result in done:
                future.set_result(result)
        for future, problem in failed:
            future.set_exception(problem)

    @staticmethod
    def _one(
        connection: Connection,
        work: Callable[[Connection], Any],
        future: Future[Any],
        done: list[tuple[Future[Any], Any]],
        failed: list[tuple[Future[Any], BaseException]],
    ) -> None:
        connection.exec_driver_sql("SAVEPOINT turn")
        try:
            result = work(connection)
        except Exception as error:  # noqa: BLE001 - one bad turn does not spoil the others
            failed.append((future, error))
            connection.exec_driver_sql("ROLLBACK TO turn")
        else:
            done.append((future, result))
        connection.exec_driver_sql("RELEASE turn")


class PoolCommits:
    """PostgreSQL: a connection for each caller; the server groups the commits itself."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)

    def run(self, work: Callable[[Connection], T]) -> T:
        """Run in a transaction of its own."""
        with self.engine.begin() as connection:
            return work(connection)

    def close(self) -> None:
        """Close the pool."""
        self.engine.dispose()
