"""The Store: turns, conversations and the outbox, over SQLite or PostgreSQL."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.core.turns import Claimed, Done, Kept, Loaded, Update, Work
from bot.errors import StorageBusy, StorageError, StorageFull
from storage import tables
from storage.engines import Commits, open_commits

T = TypeVar("T")
FULL = ("database or disk is full", "No space left", "disk full")
BUSY = ("locked", "busy", "lock timeout", "deadlock", "could not serialize")


class StaleVersion(StorageError):
    """Somebody else kept a newer state of this conversation; the turn is tried again."""


def told(error: DBAPIError) -> StorageError:
    """Say what the database said, as one of ours."""
    text = str(error.orig)
    if any(sign in text for sign in FULL):
        return StorageFull(text)
    return StorageBusy(text) if any(sign in text for sign in BUSY) else StorageError(text)


def clean(text: str) -> str:
    """Make text that every database takes: no NUL, no lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest form."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


class Store:
    """All that is kept. Every call is one transaction; safe to call from any thread."""

    def __init__(self, url: str) -> None:
        self._commits: Commits = open_commits(url)
        self.dialect = self._commits.engine.dialect.name
        try:
            migrate(self._commits.engine)
        except DBAPIError as error:
            raise told(error) from error

    def close(self) -> None:
        """Finish what waits and close the connections."""
        self._commits.close()

    def turn(self, update: Update, work: Work) -> Done:
        """Take one update in one transaction: see it once, load, work, save, append, enqueue.

        Errors: whatever `work` raises, with nothing kept; StorageError.
        """
        for _ in range(3):
            try:
                return self._run(lambda connection: self._turn(connection, update, work))
            except StaleVersion:
                continue
        return self._run(lambda connection: self._turn(connection, update, work))

    def load(self, key: str) -> Loaded:
        """Read a conversation without a turn."""
        return self._run(lambda connection: self._load(connection, key))

    def pulled(self, key: str) -> list[tuple[str, str]]:
        """Read the messages of the last turn that wait on a page, as (kind, body)."""
        rows = self._run(lambda connection: connection.execute(tables.PULL, {"key": key}).all())
        return [(row.kind, row.body) for row in rows]

    def forget(self, key: str) -> None:
        """Erase a conversation with everything that belongs to it."""
        self._run(lambda connection: _erase(connection, key))

    def purge(self, before: int, brief_before: int) -> int:
        """Forget conversations idle since before a moment; gives how many."""

        def work(connection: Connection) -> int:
            keys = [
                row.id
                for brief, moment in ((False, before), (True, brief_before))
                for row in connection.execute(tables.IDLE, {"before": moment, "brief": brief})
            ]
            for key in keys:
                _erase(connection, key)
            return len(keys)

        return self._run(work)

    def claim(self, most: int, now: int, until: int) -> list[Claimed]:
        """Take messages for sending, the oldest of each conversation only, leased until a moment."""
        statement = tables.CLAIM[self.dialect]
        given = {"most": most, "now": now, "until": until}
        rows = self._run(lambda connection: connection.execute(statement, given).all())
        return [Claimed(*row) for row in sorted(rows)]

    def mark_sent(self, claimed: Claimed) -> bool:
        """Mark a message as sent; False if somebody else has taken it since."""
        return self._mark(claimed, tables.SENT, 0, "")

    def mark_later(self, claimed: Claimed, due: int) -> bool:
        """Put a message back until a moment."""
        return self._mark(claimed, tables.WAITING, due, "")

    def mark_failed(self, claimed: Claimed, reason: str) -> bool:
        """Set a message aside for good, with the reason."""
        return self._mark(claimed, tables.FAILED, 0, reason)

    def _mark(self, claimed: Claimed, status: int, due: int, reason: str) -> bool:
        given = {
            "key": claimed.id,
            "taken": claimed.attempt,
            "status": status,
            "due": due,
            "reason": clean(reason),
        }
        row = self._run(lambda connection: connection.execute(tables.MARK, given).first())
        return row is not None

    def _run(self, work: Callable[[Connection], T]) -> T:
        try:
            return self._commits.run(work)
        except DBAPIError as error:
            raise told(error) from error

    def _turn(self, connection: Connection, update: Update, work: Work) -> Done:
        if self.dialect == "postgresql":
            connection.execute(tables.LOCK, {"key": update.conversation})
        see = {
            "channel": update.channel,
            "conversation": update.conversation,
            "update_id": update.update,
            "at": update.at,
        }
        new = connection.execute(tables.SEE[self.dialect], see).first()
        loaded = self._load(connection, update.conversation)
        if new is None:
            return Done(duplicate=True, version=loaded.version)
        kept = work(loaded)
        if kept.state is None:
            _erase(connection, update.conversation)
            return Done(duplicate=False, version=0)
        self._save(connection, update, loaded, kept)
        return Done(duplicate=False, version=loaded.version + 1)

    @staticmethod
    def _load(connection: Connection, key: str) -> Loaded:
        row = connection.execute(tables.LOAD, {"key": key}).first()
        return Loaded(None, 0) if row is None else Loaded(row.state, row.version)

    @staticmethod
    def _save(connection: Connection, update: Update, loaded: Loaded, kept: Kept) -> None:
        key, version = update.conversation, loaded.version + 1
        row: dict[str, Any] = {
            "version": version,
            "state": clean(kept.state or ""),
            "brief": kept.brief,
            "at": update.at,
        }
        if loaded.state is None:
            connection.execute(tables.ADD, row | {"id": key})
        else:
            saved = connection.execute(tables.SAVE, row | {"key": key, "before": loaded.version})
            if saved.first() is None:
                raise StaleVersion(key)
        if kept.events:
            rows = [
                {"conversation": key, "version": version, "kind": kind, "body": clean(body)}
                for kind, body in kept.events
            ]
            connection.execute(tables.APPEND, rows)
        connection.execute(tables.UNPULL, {"key": key})
        if kept.messages:
            connection.execute(tables.ENQUEUE, _outgoing(update, version, kept))


def _outgoing(update: Update, version: int, kept: Kept) -> list[dict[str, Any]]:
    return [
        {
            "channel": update.channel,
            "conversation": update.conversation,
            "version": version,
            "kind": message.kind,
            "body": clean(message.body),
            "status": tables.PULLED if message.pull else tables.WAITING,
            "attempt": 0,
            "due": update.at,
            "uncertain": False,
            "reason": "",
        }
        for message in kept.messages
    ]


def _erase(connection: Connection, key: str) -> None:
    for statement in tables.ERASE:
        connection.execute(statement, {"key": key})
