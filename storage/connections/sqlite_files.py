"""The files of an SQLite database: nobody else's to read, and without traces of who was erased.

What is deleted is overwritten in its page (`secure_delete`), but the write-ahead file keeps what
the page was before until it is truncated, and the database file until the page is copied there.
"""

import sqlite3
import time
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot.errors import StorageError
from storage.connections.base import NOT_COMPACT

OWNER_ONLY: Final = 0o600
OTHERS: Final = 0o007  # the rights of everybody who is not the owner nor in the group
FIRST_WAIT, LONGEST_WAIT = 0.05, 5.0  # seconds until traces are tried to be removed again
READERS_END: Final = "PRAGMA busy_timeout=20"  # milliseconds a reader is waited for


def make_private(path: str | None) -> None:
    """Make the folder and the file of a database, which then gives its rights to its other files.

    A file that was there keeps its owner's and group's rights; others lose theirs.
    Errors: StorageError where it cannot be made.
    """
    if not path or path == ":memory:":
        return
    file = Path(path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(OWNER_ONLY)
        for part in (file, Path(f"{path}-wal"), Path(f"{path}-shm")):
            if part.exists() and part.stat().st_mode & OTHERS:
                part.chmod(part.stat().st_mode & ~OTHERS)
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise StorageError(message) from error


def compact(connection: Connection, largest: int | None) -> None:
    """Write the file anew, if somebody was erased and it is not too large.

    Where a page is divided, SQLite leaves copies of the rows that move in what is unused of it,
    and `secure_delete` does not know them. A file of 30 MB takes half a second.
    """
    cursor = connection.connection.cursor()
    ((changed,),) = cursor.execute("PRAGMA user_version").fetchall()
    ((pages,),) = cursor.execute("PRAGMA page_count").fetchall()
    ((bytes_a_page,),) = cursor.execute("PRAGMA page_size").fetchall()
    if changed != NOT_COMPACT or (largest is not None and pages * bytes_a_page > largest):
        return
    cursor.execute("PRAGMA user_version=0")
    try:
        cursor.execute("VACUUM")
    except sqlite3.Error:
        cursor.execute(f"PRAGMA user_version={NOT_COMPACT}")
        raise


class Traces:
    """What an erasure has left in the files, until the write-ahead file has been truncated.

    Somebody may be reading it just then; it is tried again until nobody is.
    """

    def __init__(self) -> None:
        self._next: float | None = None  # when to try to remove them; None: there are none
        self._wait = FIRST_WAIT

    def expect(self) -> None:
        """Note that there are some, to be removed at once."""
        self._next, self._wait = time.monotonic(), FIRST_WAIT

    def due(self) -> bool:
        """Return whether to try now."""
        return self._next is not None and time.monotonic() >= self._next

    def wait(self) -> float | None:
        """Return the seconds until the next try; None where there is nothing to remove."""
        return None if self._next is None else max(0.0, self._next - time.monotonic())

    def remove(self, connection: Connection, patience: str) -> None:
        """Try to copy everything into the database file and to truncate the other.

        connection: outside of a transaction. patience: the pragma that sets its usual timeout.
        """
        if _truncate(connection, patience):
            self._next = None
            return
        self._next = time.monotonic() + self._wait
        self._wait = min(LONGEST_WAIT, self._wait * 2)


def _truncate(connection: Connection, patience: str) -> bool:
    try:
        cursor = connection.connection.cursor()
        cursor.execute(READERS_END)
        try:
            (busy, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(patience)
    except sqlite3.Error:  # another process writes; what was committed is kept all the same
        return False
    return not busy
