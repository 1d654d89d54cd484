"""SQLite: one writer that commits all that waits together, readers beside it."""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, create_engine, event

from storage.connections.base import DRIVER_ERRORS, ERASED, SQLITE_BUSY, BatchWork, translate_error
from storage.connections.sqlite_files import Traces, compact, make_private

T = TypeVar("T")
WriteJob = tuple[BatchWork[Any], Any, Future[Any]]
WriteOutcome = tuple[Future[Any], Any, Exception | None]
MOST_TOGETHER: Final = 64  # turns in one commit; more would only make the first of them wait
BUSY_TIMEOUT: Final = "PRAGMA busy_timeout=5000"
WRITE_AHEAD: Final = "PRAGMA journal_mode=WAL"
OPENED_WITHIN: Final = 5.0  # seconds other processes that open or close the file are waited for
OPENING_RETRY: Final = 0.01  # seconds until it is tried again
PRAGMAS: Final = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten, not only forgotten
    BUSY_TIMEOUT,
)


class SqliteWriter:
    """All that waits is committed together; where one fails, each has its own savepoint."""

    def __init__(self, url: URL) -> None:
        make_private(url.database)
        self.engine = create_engine(
            url, connect_args={"check_same_thread": False}, hide_parameters=True
        )
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)
        self._reader: sqlite3.Connection | None = None
        self._reading = threading.Lock()
        self._traces = Traces()
        self._compactions: queue.SimpleQueue[tuple[int | None, Future[None]]] = queue.SimpleQueue()
        self._waiting: queue.SimpleQueue[list[WriteJob] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Connection], T], key: str = "") -> T:  # noqa: ARG002 - no row is held
        """Hand work to the writer and wait for its commit."""
        (future,) = self.submit_batch(_run_each, [work], [""])
        try:
            found: T = future.result()
        except DRIVER_ERRORS as error:
            raise translate_error(error) from None
        return found

    def submit_batch(
        self,
        work: BatchWork[T],
        items: Sequence[Any],
        keys: Sequence[str],  # noqa: ARG002 - no row is held
    ) -> list[Future[T]]:
        """Hand them to the writer, who does all of a kind in one go; waits for nothing."""
        jobs: list[WriteJob] = [(work, item, Future()) for item in items]
        if jobs:
            self._waiting.put(jobs)
        return [future for _, _, future in jobs]

    def read(self, work: Callable[[Connection], T]) -> T:
        """Read what is committed, without waiting for the writer."""
        try:
            with self.engine.connect().execution_options(reading=True) as connection:
                return work(connection)
        except DRIVER_ERRORS as error:
            raise translate_error(error) from None

    def fast_read(self, work: Callable[[Any], T]) -> T:
        """Look something up on a connection that is kept open, a tenth of the price of `read`."""
        with self._reading:  # many at once would wait much longer for each other's interpreter
            try:
                self._reader = self._reader or self._open_reader()
                return work(self._reader.cursor())
            except DRIVER_ERRORS as error:
                self._reader = None
                raise translate_error(error) from None

    def _open_reader(self) -> sqlite3.Connection:
        path = self.engine.url.database or ""
        made = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        made.execute(BUSY_TIMEOUT)
        return made

    def compact(self, largest: int | None = None) -> None:
        """Let the writer write the file anew, if somebody was erased since it did so last."""
        future: Future[None] = Future()
        self._compactions.put((largest, future))
        self._waiting.put([])  # wakes the writer
        try:
            future.result()
        except DRIVER_ERRORS as error:
            raise translate_error(error) from None

    def close(self) -> None:
        """Let the writer finish what waits."""
        self._waiting.put(None)
        self._thread.join()
        if self._reader is not None:
            self._reader.close()
        self.engine.dispose()

    # --- in the writer's thread

    def _write(self) -> None:
        connection: Connection | None = None
        going = True
        while going:
            jobs, going = self._gather()
            try:
                connection = connection or self._open_writer()
                outcomes, whole = _commit(connection, jobs)
            except Exception as error:  # noqa: BLE001 - it could not even be opened
                outcomes, whole = _all_failed(jobs, error), False
            if connection is not None and whole:
                self._remove_traces(connection)
            _tell(outcomes)
            if connection is not None and whole:
                self._compact(connection)
            elif connection is not None:
                connection.close()
                connection = None
        if connection is not None:
            connection.close()

    def _open_writer(self) -> Connection:
        self._traces.expect()  # perhaps of a process that was killed
        return self.engine.connect()

    def _remove_traces(self, connection: Connection) -> None:
        """After an erasure, before anybody is told of it, see that the files have nothing of it."""
        if connection.info.pop(ERASED, False):
            self._traces.expect()
        if self._traces.due():
            self._traces.remove(connection, BUSY_TIMEOUT)

    def _compact(self, connection: Connection) -> None:
        while not self._compactions.empty():
            largest, future = self._compactions.get()
            try:
                compact(connection, largest)
            except Exception as error:  # noqa: BLE001 - it is the caller's
                future.set_exception(error)
            else:
                self._traces.expect()
                self._remove_traces(connection)
                future.set_result(None)

    def _gather(self) -> tuple[list[WriteJob], bool]:
        """Wait for work and take what else waits; False: there will be no more."""
        jobs: list[WriteJob] = []
        try:
            while (more := self._waiting.get(timeout=self._traces.wait())) is not None:
                jobs += more
                if len(jobs) >= MOST_TOGETHER or self._waiting.empty():
                    return jobs, True
        except queue.Empty:  # nothing to do but to try the traces again
            return jobs, True
        return jobs, False


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the transaction is begun below, not by the driver
    cursor = connection.cursor()
    write_ahead(cursor)
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def write_ahead(cursor: sqlite3.Cursor, patience: float = OPENED_WITHIN) -> None:
    """Have the file written ahead, also while other processes open it for the first time.

    The busy timeout does not count here: SQLite says at once that the file is locked.
    patience: seconds. Errors: sqlite3.OperationalError when they have passed.
    """
    until = time.monotonic() + patience
    while True:
        try:
            cursor.execute(WRITE_AHEAD)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in SQLITE_BUSY or time.monotonic() >= until:
                raise
            time.sleep(OPENING_RETRY)
        else:
            return


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    cursor = connection.connection.cursor()
    # a write must hold the lock before it reads: two that read first could not both go on
    cursor.execute("BEGIN" if reading else "BEGIN IMMEDIATE")


def _commit(connection: Connection, jobs: list[WriteJob]) -> tuple[list[WriteOutcome], bool]:
    """Commit a group; False where the transaction as a whole came to nothing."""
    if not jobs:
        return [], True
    try:
        results = _commit_together(connection, jobs)
    except Exception:  # noqa: BLE001 - one of them failed: which, is found out below
        return _commit_one_by_one(connection, jobs)
    return [(job[2], result, None) for job, result in zip(jobs, results, strict=True)], True


def _commit_together(connection: Connection, jobs: list[WriteJob]) -> list[Any]:
    """Do a group without savepoints, since hardly ever one of it fails."""
    kinds: dict[BatchWork[Any], list[int]] = {}
    for index, (work, _, _) in enumerate(jobs):
        kinds.setdefault(work, []).append(index)
    results: list[Any] = [None] * len(jobs)
    with connection.begin():
        for work, indexes in kinds.items():
            done = work(connection, [jobs[index][1] for index in indexes])
            for index, result in zip(indexes, done, strict=True):
                results[index] = result
    return results


def _commit_one_by_one(
    connection: Connection, jobs: list[WriteJob]
) -> tuple[list[WriteOutcome], bool]:
    """Do a group once more, each within a savepoint, so that a bad turn leaves the others."""
    outcomes: list[WriteOutcome] = []
    try:
        with connection.begin():
            cursor = connection.connection.cursor()
            for work, item, future in jobs:
                cursor.execute("SAVEPOINT turn")
                try:
                    outcomes.append((future, *work(connection, [item]), None))
                except Exception as error:  # noqa: BLE001 - one bad turn leaves the others
                    outcomes.append((future, None, error))
                    cursor.execute("ROLLBACK TO turn")
                cursor.execute("RELEASE turn")
    except Exception as error:  # noqa: BLE001 - every turn of the group is told
        problems = [problem for _, _, problem in outcomes if problem is not None]
        return _all_failed(jobs, problems[-1] if problems else error), False
    return outcomes, True


def _all_failed(jobs: list[WriteJob], error: Exception) -> list[WriteOutcome]:
    return [(future, None, error) for _, _, future in jobs]


def _tell(outcomes: list[WriteOutcome]) -> None:
    for future, result, problem in outcomes:
        if problem is None:
            future.set_result(result)
        else:
            future.set_exception(problem)


def _run_each(connection: Connection, works: list[Callable[[Connection], T]]) -> list[T]:
    return [work(connection) for work in works]
