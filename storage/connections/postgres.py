"""PostgreSQL: a connection for each caller; the server groups the commits itself."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StorageAway, StorageBusy
from storage.connections.base import DRIVER_ERRORS, BatchWork, translate_error

T = TypeVar("T")
POOL_SIZE: Final = 16  # kept open; opening more under load costs more than waiting for one
FREE_WITHIN: Final = 10.0  # seconds a caller waits for one of them
HELD_WITHIN: Final = 5.0  # seconds a caller waits while others of its conversation are served
RECONNECT_WAITS: Final = (
    0.05,
    0.1,
    0.2,
    0.4,
    0.8,
    1.6,
)  # seconds between tries while the server restarts
# A row that somebody else holds (a stopped process, an operator's psql) is busy, not a stop.
TIMEOUTS: Final = {
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
}
# A server that is gone without a word is noticed within half a minute.
KEEPALIVES: Final = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "connect_timeout": 5,
}


class PostgresPool:
    """A pool of a fixed size.

    Every call may safely be made twice (updates are seen once, marks are fenced), so a lost
    connection, even at the commit, is answered by making the call again on a new one.
    """

    def __init__(self, url: URL) -> None:
        self.engine = create_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=FREE_WITHIN,
            hide_parameters=True,
            connect_args=_connect_args(url),
        )
        self._locks = KeyedLocks()

    def run(self, work: Callable[[Connection], T], key: str = "") -> T:
        """Run in a transaction of its own."""
        if not key:
            return self._run(work)
        with self._locks.hold(key, HELD_WITHIN):
            return self._run(work)

    def _run(self, work: Callable[[Connection], T]) -> T:
        for wait in (*RECONNECT_WAITS, None):
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except DRIVER_ERRORS as error:
                problem = translate_error(error)
            except PoolTimeout:
                problem = StorageBusy("all connections to the database are in use")
            if not isinstance(problem, StorageAway) or wait is None:
                raise problem
            time.sleep(wait)
        raise AssertionError

    def submit_batch(
        self, work: BatchWork[T], items: Sequence[Any], keys: Sequence[str]
    ) -> list[Future[T]]:
        """Run each in a transaction of its own."""
        return [self._single(work, item, key) for item, key in zip(items, keys, strict=True)]

    def _single(self, work: BatchWork[T], item: Any, key: str) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(self.run(lambda connection: work(connection, [item])[0], key))
        except Exception as error:  # noqa: BLE001 - it is this one's outcome
            future.set_exception(error)
        return future

    def read(self, work: Callable[[Connection], T]) -> T:
        """Read in a transaction of its own."""
        return self._run(work)

    def fast_read(self, work: Callable[[Any], T]) -> T:
        """Look something up in a transaction of its own."""
        return self._run(lambda connection: work(connection.connection.cursor()))

    def compact(self, largest: int | None = None) -> None:
        """Leave it to the server, whose autovacuum does so all the time."""

    def close(self) -> None:
        """Close the pool."""
        self.engine.dispose()


def _connect_args(url: URL) -> dict[str, Any]:
    """Return what is asked of every connection; what the address itself asks for goes before."""
    options = [f"-c {name}={value}" for name, value in TIMEOUTS.items()]
    from_address = url.query.get("options", ())
    # the last one counts
    options += [from_address] if isinstance(from_address, str) else from_address
    keepalives = {name: value for name, value in KEEPALIVES.items() if name not in url.query}
    return keepalives | {"options": " ".join(options)}


@dataclass
class _KeyLock:
    lock: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0  # who has it or waits for it


class KeyedLocks:
    """Lets one thread at a time work for a key, while the others wait here with no connection.

    Without it, as many forms of one held conversation as there are connections stop everybody.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._entries: dict[str, _KeyLock] = {}

    @contextmanager
    def hold(self, key: str, seconds: float) -> Iterator[None]:
        """Wait for a key and have it to oneself. Errors: StorageBusy after some seconds."""
        with self._guard:
            entry = self._entries.setdefault(key, _KeyLock())
            entry.users += 1
        try:
            if not entry.lock.acquire(timeout=seconds):
                message = "somebody else holds this conversation"
                raise StorageBusy(message)
            try:
                yield
            finally:
                entry.lock.release()
        finally:
            with self._guard:
                entry.users -= 1
                if not entry.users:
                    del self._entries[key]
