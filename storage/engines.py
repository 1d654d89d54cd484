"""How a transaction is committed: one writer for SQLite that commits in groups, a pool elsewhere."""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import SettingsError, StorageAway, StorageBusy, StorageError, StorageFull

T = TypeVar("T")
Bulk = Callable[[Connection, list[Any]], list[Any]]  # does the same for many
Job = tuple[Bulk, Any, Future[Any]]
MOST_TOGETHER = 64  # turns in one commit; more would only make the first of them wait
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)
FULL = ("database or disk is full", "No space left", "disk full")
BUSY = ("locked", "busy", "lock timeout", "deadlock", "could not serialize")
DRIVERS = (DBAPIError, sqlite3.Error, psycopg.Error)
AWAY = (psycopg.OperationalError, psycopg.InterfaceError)
WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)  # seconds between tries while the server restarts


def told(error: Exception) -> StorageError:
    """Say what the database said, as one of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    text = str(cause)
    if any(sign in text for sign in FULL):
        return StorageFull(text)
    if any(sign in text for sign in BUSY):
        return StorageBusy(text)
    return StorageAway(text) if isinstance(cause, AWAY) else StorageError(text)


class Commits(Protocol):
    """Runs work in a transaction that is durable when the call comes back."""

    engine: Engine

    def run(self, work: Callable[[Connection], T]) -> T:
        """Run and commit; what the work raises undoes it and comes out.

        Errors: StorageError where the database did not do it.
        """
        ...

    def together(
        self, bulk: Callable[[Connection, list[Any]], list[T]], items: Sequence[Any]
    ) -> list[Future[T]]:
        """Do many of a kind in one go, where the database has one writer; each has its own outcome.

        What the futures raise is as the driver raised it.
        """
        ...

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run what only reads, beside the writers."""
        ...

    def look(self, work: Callable[[Any], T]) -> T:
        """Run one statement that only reads, on a cursor of the driver's own."""
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


def is_there(url: str) -> bool:
    """Tell whether a database is there already; a server is taken to be."""
    parsed = make_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


def _prepared(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the transaction is begun below, not by the driver
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begun(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    cursor = connection.connection.cursor()
    # a write must hold the lock before it reads: two that read first could not both go on
    cursor.execute("BEGIN" if reading else "BEGIN IMMEDIATE")


class GroupCommits:
    """SQLite: all that waits is committed together; where one fails, each has its own savepoint."""

    def __init__(self, url: str) -> None:
        path = make_url(url).database
        if path and path != ":memory:":
            try:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                message = f"{path}: {error.strerror}"
                raise StorageError(message) from error
        self.engine = create_engine(url, connect_args={"check_same_thread": False})
        event.listen(self.engine, "connect", _prepared)
        event.listen(self.engine, "begin", _begun)
        self._looker: sqlite3.Connection | None = None
        self._looking = threading.Lock()
        self._waiting: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Connection], T]) -> T:
        """Hand work to the writer and wait for its commit."""
        (future,) = self.together(_each, [work])
        try:
            found: T = future.result()
        except DRIVERS as error:
            raise told(error) from error
        return found

    def together(
        self, bulk: Callable[[Connection, list[Any]], list[T]], items: Sequence[Any]
    ) -> list[Future[T]]:
        """Hand them to the writer, who does all of a kind in one go; waits for nothing."""
        jobs: list[Job] = [(bulk, item, Future()) for item in items]
        if jobs:
            self._waiting.put(jobs)
        return [future for _, _, future in jobs]

    def read(self, work: Callable[[Connection], T]) -> T:
        """Read what is committed, without waiting for the writer."""
        try:
            with self.engine.connect().execution_options(reading=True) as connection:
                return work(connection)
        except DRIVERS as error:
            raise told(error) from error

    def look(self, work: Callable[[Any], T]) -> T:
        """Look something up on a connection that is kept open, a tenth of the price of `read`."""
        with self._looking:  # many at once would wait much longer for each other's interpreter
            try:
                self._looker = self._looker or self._made_looker()
                return work(self._looker.cursor())
            except DRIVERS as error:
                self._looker = None
                raise told(error) from error

    def _made_looker(self) -> sqlite3.Connection:
        path = self.engine.url.database or ""
        made = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        made.execute("PRAGMA busy_timeout=5000")
        return made

    def close(self) -> None:
        """Let the writer finish what waits."""
        self._waiting.put(None)
        self._thread.join()
        if self._looker is not None:
            self._looker.close()
        self.engine.dispose()

    def _write(self) -> None:
        connection: Connection | None = None
        going = True
        while going:
            jobs, going = self._gather()
            try:
                connection = connection or self.engine.connect()
                whole = self._commit(connection, jobs)
            except Exception as error:  # noqa: BLE001 - it could not even be opened
                whole = False
                _tell(jobs, error)
            if not whole and connection is not None:
                connection.close()
                connection = None
        if connection is not None:
            connection.close()

    def _gather(self) -> tuple[list[Job], bool]:
        """Wait for work and take what else waits; False: there will be no more."""
        jobs: list[Job] = []
        while (more := self._waiting.get()) is not None:
            jobs += more
            if len(jobs) >= MOST_TOGETHER or self._waiting.empty():
                return jobs, True
        return jobs, False

    @staticmethod
    def _commit(connection: Connection, jobs: list[Job]) -> bool:
        """Commit a group; False where the transaction as a whole came to nothing."""
        try:
            results = GroupCommits._together(connection, jobs)
        except Exception:  # noqa: BLE001 - one of them failed: which, is found out below
            return GroupCommits._apart(connection, jobs)
        for (_, _, future), result in zip(jobs, results, strict=True):
            future.set_result(result)
        return True

    @staticmethod
    def _together(connection: Connection, jobs: list[Job]) -> list[Any]:
        """Do a group without savepoints, since hardly ever one of it fails."""
        kinds: dict[Bulk, list[int]] = {}
        for at, (bulk, _, _) in enumerate(jobs):
            kinds.setdefault(bulk, []).append(at)
        results: list[Any] = [None] * len(jobs)
        with connection.begin():
            for bulk, ats in kinds.items():
                done = bulk(connection, [jobs[at][1] for at in ats])
                for at, result in zip(ats, done, strict=True):
                    results[at] = result
        return results

    @staticmethod
    def _apart(connection: Connection, jobs: list[Job]) -> bool:
        """Do a group once more, each within a savepoint, so that a bad turn leaves the others."""
        results: list[tuple[Future[Any], Any]] = []
        failed: list[tuple[Future[Any], Exception]] = []
        try:
            with connection.begin():
                cursor = connection.connection.cursor()
                for bulk, item, future in jobs:
                    cursor.execute("SAVEPOINT turn")
                    try:
                        results.append((future, *bulk(connection, [item])))
                    except Exception as error:  # noqa: BLE001 - one bad turn leaves the others
                        failed.append((future, error))
                        cursor.execute("ROLLBACK TO turn")
                    cursor.execute("RELEASE turn")
        except Exception as error:  # noqa: BLE001 - every turn of the group is told
            _tell(jobs, failed[-1][1] if failed else error)
            return False
        for future, result in results:
            future.set_result(result)
        for future, problem in failed:
            future.set_exception(problem)
        return True


def _tell(jobs: list[Job], error: Exception) -> None:
    for _, _, future in jobs:
        future.set_exception(error)


def _each(connection: Connection, works: list[Callable[[Connection], T]]) -> list[T]:
    return [work(connection) for work in works]


class PoolCommits:
    """PostgreSQL: a connection for each caller; the server groups the commits itself.

    Every call may safely be made twice (updates are seen once, marks are fenced), so a lost
    connection, even at the commit, is answered by making the call again on a new one.
    """

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, pool_size=8, max_overflow=8, pool_timeout=10)

    def run(self, work: Callable[[Connection], T]) -> T:
        """Run in a transaction of its own."""
        for wait in (*WAITS, None):
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except DRIVERS as error:
                problem = told(error)
                if not isinstance(problem, StorageAway) or wait is None:
                    raise problem from error
            except PoolTimeout as error:
                raise StorageBusy(str(error)) from error
            time.sleep(wait)
        raise AssertionError

    def together(
        self, bulk: Callable[[Connection, list[Any]], list[T]], items: Sequence[Any]
    ) -> list[Future[T]]:
        """Run each in a transaction of its own."""
        return [self._alone(bulk, item) for item in items]

    def _alone(self, bulk: Callable[[Connection, list[Any]], list[T]], item: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(self.run(lambda connection: bulk(connection, [item])[0]))
        except Exception as error:  # noqa: BLE001 - it is this one's outcome
            future.set_exception(error)
        return future

    def read(self, work: Callable[[Connection], T]) -> T:
        """Read in a transaction of its own."""
        return self.run(work)

    def look(self, work: Callable[[Any], T]) -> T:
        """Look something up in a transaction of its own."""
        return self.run(lambda connection: work(connection.connection.cursor()))

    def close(self) -> None:
        """Close the pool."""
        self.engine.dispose()
