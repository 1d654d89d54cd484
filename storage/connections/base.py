"""What both databases' transactions have in common, and their errors as ours."""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Final, Protocol, TypeVar

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageAway, StorageBusy, StorageError, StorageFull

T = TypeVar("T")
BatchWork = Callable[[Connection, list[Any]], list[T]]  # does the same for many items
DRIVER_ERRORS: Final = (DBAPIError, sqlite3.Error, psycopg.Error)
ERASED: Final = "erased"  # in a connection's `info`: a person was erased, see `note_erasure`
NOT_COMPACT: Final = 1  # an SQLite database's `user_version`, from an erasure until it is compacted

SQLITE_FULL: Final = {sqlite3.SQLITE_FULL}
SQLITE_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
POSTGRES_FULL: Final = {"53100"}
# a deadlock, a lock or a statement that took too long, a transaction that idled for too long
POSTGRES_BUSY: Final = {"40001", "40P01", "55P03", "57014", "25P03"}
POSTGRES_AWAY: Final = {"53300", "57P01", "57P02", "57P03", "57P05"}


class Transactions(Protocol):
    """Runs work in a transaction that is durable when the call comes back."""

    engine: Engine

    def run(self, work: Callable[[Connection], T], key: str = "") -> T:
        """Run and commit; what the work raises undoes it and comes out.

        key: the conversation whose row the work holds, if it holds one.
        Errors: StorageError where the database did not do it.
        """
        ...

    def submit_batch(
        self, work: BatchWork[T], items: Sequence[Any], keys: Sequence[str]
    ) -> list[Future[T]]:
        """Do many of a kind in one go, where the database has one writer; each has its own outcome.

        keys: of each item the conversation whose row is held for it.
        What the futures raise is as the driver raised it.
        """
        ...

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run what only reads, beside the writers."""
        ...

    def fast_read(self, work: Callable[[Any], T]) -> T:
        """Run one statement that only reads, on a cursor of the driver's own."""
        ...

    def compact(self, largest: int | None = None) -> None:
        """Write the database anew after erasures, so that no page has a copy of a moved row.

        largest: bytes above which it is left as it is, because others would wait for too long.
        """
        ...

    def close(self) -> None:
        """Finish and let go of the connections."""
        ...


def note_erasure(connection: Connection) -> None:
    """Say that a person was erased: once it is committed, nothing may be left in the files."""
    connection.info[ERASED] = True
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version={NOT_COMPACT}")


def translate_error(error: Exception) -> StorageError:
    """Return what the database said as an error of ours, without any value of a row.

    Raise it `from None`: the driver's own error may name keys and words ("DETAIL: Key (code)=…").
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.Error):
        return _translate_postgres(cause)
    # "Could not decode to UTF-8 column 'lane' with text '…'": the text is somebody's
    text = str(cause).partition(" with text ")[0]
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # without what extends it
    if code in SQLITE_FULL:
        return StorageFull(text)
    return StorageBusy(text) if code in SQLITE_BUSY else StorageError(text)


def _translate_postgres(error: psycopg.Error) -> StorageError:
    text = error.diag.message_primary or str(error)
    if error.sqlstate in POSTGRES_FULL:
        return StorageFull(text)
    if error.sqlstate in POSTGRES_BUSY:
        return StorageBusy(text)
    unreachable = error.sqlstate is None and isinstance(
        error, (psycopg.OperationalError, psycopg.InterfaceError)
    )
    if unreachable or error.sqlstate in POSTGRES_AWAY or (error.sqlstate or "").startswith("08"):
        return StorageAway(text)
    return StorageError(text)
