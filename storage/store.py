"""The Store: turns, conversations, the inbox and the outbox, over SQLite or PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.core.turns import (
    Claimed,
    Done,
    Kept,
    Keyboard,
    Loaded,
    Received,
    SetAside,
    Update,
    Work,
)
from bot.errors import StorageError
from storage import classes, importing, tables
from storage.engines import Commits, open_commits, told
from storage.hot import Hot, PostgresTurn, SqliteTurn
from storage.importing import Mark, Row
from storage.rows import clean, cleaned, keyboard_of, keyboard_row, marking

T = TypeVar("T")
HOT: dict[str, Hot] = {"sqlite": SqliteTurn(), "postgresql": PostgresTurn()}


class StaleVersion(StorageError):
    """Somebody else kept a newer state of this conversation; the turn is tried again."""


class SeenBefore(StorageError):
    """The update was taken by somebody else meanwhile; nothing of this turn is kept."""


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest form."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


class Store:
    """All that is kept. Every call is one transaction; safe to call from any thread.

    Moments are milliseconds of UTC.
    """

    def __init__(self, url: str) -> None:
        self._commits: Commits = open_commits(url)
        self.dialect = self._commits.engine.dialect.name
        self._hot = HOT[self.dialect]
        try:
            migrate(self._commits.engine)
        except DBAPIError as error:
            raise told(error) from error

    def close(self) -> None:
        """Finish what waits and close the connections."""
        self._commits.close()

    # --- turns

    def turn(self, update: Update, work: Work) -> Done:
        """Take one update in one transaction: see it once, load, work, save, append, enqueue.

        work: pure; it may be called again where somebody else was quicker.
        Errors: whatever `work` raises, with nothing kept; StorageError.
        """
        for _ in range(8):
            try:
                return self._commits.run(lambda connection: self._turn(connection, update, work))
            except StaleVersion:
                continue
            except SeenBefore:
                return Done(duplicate=True, version=self.load(update.conversation).version)
        raise StaleVersion(update.conversation)

    def load(self, key: str) -> Loaded:
        """Read a conversation without a turn."""
        row = self._commits.read(lambda c: c.execute(tables.LOAD, {"key": key}).first())
        return Loaded(None, 0) if row is None else Loaded(row.state, row.version, row.said)

    def forget(self, key: str) -> None:
        """Erase a conversation with everything that belongs to it."""
        self._commits.run(lambda connection: _erase(connection, key))

    def purge(self, before: int, brief_before: int, settled_before: int) -> int:
        """Forget conversations idle since before a moment, and settled lines; gives how many."""

        def work(connection: Connection) -> int:
            keys = [
                row.id
                for brief, moment in ((False, before), (True, brief_before))
                for row in connection.execute(tables.IDLE, {"before": moment, "brief": brief})
            ]
            for key in keys:
                _erase(connection, key)
            connection.execute(tables.OLD_CODES, {"before": settled_before})
            for statement in tables.SWEEP:
                connection.execute(statement, {"before": settled_before})
            return len(keys)

        return self._commits.run(work)

    # --- addresses, buttons, codes

    def whose(self, channel: str, account: str) -> str | None:
        """Tell whose conversation an account has."""
        given = {"of": channel, "account_of": account}
        row = self._commits.read(lambda c: c.execute(tables.WHOSE, given).first())
        return None if row is None else str(row.conversation)

    def addresses(self, key: str) -> list[tuple[str, str]]:
        """List where a conversation can be reached, as (channel, account)."""
        rows = self._commits.read(lambda c: c.execute(tables.ADDRESSES, {"key": key}).all())
        return [(row.channel, row.account) for row in rows if not row.gone]

    def settle(self, channel: str, account: str, key: str, at: int) -> None:
        """Join an account to a conversation."""
        row = {"channel": channel, "account": account, "conversation": key, "gone": False, "at": at}
        self._commits.run(lambda c: c.execute(tables.SETTLE[self.dialect], row))

    def left(self, channel: str, account: str, *, gone: bool) -> None:
        """Note that an account has left, or is back."""
        given = {"of": channel, "account_of": account, "left": gone}
        self._commits.run(lambda c: c.execute(tables.LEFT, given))

    def keyboard(self, token: str) -> Keyboard | None:
        """Find the buttons a token stands for."""
        row = self._commits.read(lambda c: c.execute(tables.KEYBOARD, {"key": token}).first())
        return None if row is None else keyboard_of(row.body)

    def shown(self, token: str, message: str) -> None:
        """Note which message shows the buttons of a token."""
        self._commits.run(lambda c: c.execute(tables.SHOWN, {"key": token, "at": message}))

    def showing(self, key: str, ask: int) -> list[tuple[Keyboard, str]]:
        """List the messages that show a question's buttons, each with its keyboard."""
        given = {"key": key, "number": ask}
        rows = self._commits.read(lambda c: c.execute(tables.SHOWING, given).all())
        return [(keyboard_of(row.body), row.message) for row in rows]

    def give_code(self, code: str, purpose: str, key: str, until: int) -> None:
        """Keep a code that may be taken once, until a moment."""
        row = {"code": code, "purpose": purpose, "conversation": key, "until": until}
        self._commits.run(lambda c: c.execute(tables.GIVE_CODE, row))

    def take_code(self, code: str, purpose: str, now: int) -> str | None:
        """Take a code: what it was given for, or None where it is unknown, used or too old."""
        given = {"key": code, "purpose_of": purpose}
        row = self._commits.run(lambda c: c.execute(tables.TAKE_CODE, given).first())
        return None if row is None or row.until < now else str(row.conversation)

    def known_code(self, code: str, purpose: str, now: int) -> str | None:
        """Tell what a code opens, without taking it; None as for `take_code`."""
        given = {"key": code, "purpose_of": purpose, "now": now}
        row = self._commits.read(lambda c: c.execute(tables.KNOWN_CODE, given).first())
        return None if row is None else str(row.conversation)

    # --- the inbox

    def receive(self, channel: str, updates: Sequence[tuple[str, str, str]], at: int) -> None:
        """Keep updates as they came, as (update id, lane, raw); those known already stay as is."""
        if not updates:
            return
        rows = [
            tables.FRESH
            | {"channel": channel, "lane": lane, "at": at, "update_id": name, "raw": clean(raw)}
            for name, lane, raw in updates
        ]
        self._commits.run(lambda c: c.execute(tables.RECEIVE[self.dialect], rows))

    def take(self, channel: str, most: int, now: int, until: int) -> list[Received]:
        """Take the first waiting update of each lane, leased until a moment."""
        rows = self._claim("inbox", channel, most, now, until)
        return [
            Received(
                row.id, row.channel, row.lane, row.update_id, row.raw, row.attempt, row.failures,
                row.at,
            )
            for row in rows
        ]  # fmt: skip

    def put_back(self, received: Received, due: int, *, failed: bool) -> bool:
        """Let an update wait until a moment; False if somebody else has taken it since."""
        return self._mark("inbox", received, status=tables.WAITING, until=due, failed=failed)

    def finish(self, received: Received) -> bool:
        """Mark an update as done that asks for no turn."""
        return self._mark("inbox", received, status=tables.DONE)

    def set_aside(self, received: Received, reason: str) -> bool:
        """Take an update out of its lane for good, visibly."""
        return self._mark("inbox", received, status=tables.ASIDE, why=reason, failed=True)

    def aside(self) -> list[SetAside]:
        """List what was set aside in either line."""
        return [
            SetAside(line, *row)
            for line, statement in tables.SET_ASIDE.items()
            for row in self._commits.read(lambda c, s=statement: c.execute(s).all())  # type: ignore[misc]
        ]

    # --- the outbox

    def claim(self, channel: str, most: int, now: int, until: int) -> list[Claimed]:
        """Take the first waiting message of each lane for sending, leased until a moment."""
        rows = self._claim("outbox", channel, most, now, until)
        return [
            Claimed(
                row.id, row.channel, row.lane, row.conversation, row.kind, row.body, row.attempt,
                row.failures, row.uncertain,
            )
            for row in rows
        ]  # fmt: skip

    def mark_sent(self, claimed: Claimed) -> bool:
        """Mark a message as sent and forget its words; False if somebody else has it since."""

        def work(connection: Connection) -> bool:
            known = self._hot.mark_sent(connection, claimed.id, claimed.attempt)
            if known is False:
                connection.execute(tables.FAREWELL, {"key": claimed.id})
            return known is not None

        return self._commits.run(work)

    def mark_later(
        self, claimed: Claimed, due: int, *, failed: bool = False, uncertain: bool = False
    ) -> bool:
        """Put a message back until a moment.

        failed: it counts towards giving up. uncertain: it may have arrived all the same.
        """
        return self._mark(
            "outbox", claimed, status=tables.WAITING, until=due, failed=failed, doubt=uncertain
        )

    def mark_failed(self, claimed: Claimed, reason: str) -> bool:
        """Set a message aside for good, with the reason."""
        return self._mark("outbox", claimed, status=tables.ASIDE, why=reason, failed=True)

    def next_due(self, line: str, channel: str) -> int | None:
        """Tell when the first of a line is due; None where nothing waits."""
        given = {"of": channel}
        row = self._commits.read(lambda c: c.execute(tables.NEXT_DUE[line], given).first())
        return None if row is None else int(row.due)

    # --- what was imported

    def import_mark(self) -> Mark:
        """Tell which import was the last, so that a change is seen."""
        return self._commits.read(importing.mark)

    def imported(self) -> tuple[Mark, list[Row]]:
        """Read all that was imported: kind, id, body."""
        return self._commits.read(importing.everything)

    def bring_in(self, rows: Sequence[Row], mark: Mark) -> bool:
        """Keep rows, all or none; False, with nothing kept, where another import came between."""
        return self._commits.run(lambda c: importing.bring_in(c, self.dialect, rows, mark))

    # --- classes

    def class_notes(self, code: str) -> list[str]:
        """Read what was noted of a class, in its order."""
        return self._commits.read(lambda c: classes.noted(c, code))

    # --- within

    def _claim(self, line: str, channel: str, most: int, now: int, until: int) -> list[Any]:
        statement = tables.CLAIM[line, self.dialect]
        given = {"of": channel, "most": most, "now": now, "until": until}
        given["far"] = until + (until - now)
        rows = self._commits.run(lambda connection: connection.execute(statement, given).all())
        return sorted(rows, key=lambda row: row.id)

    def _mark(self, line: str, taken: Received | Claimed, **mark: Any) -> bool:
        given = marking(taken, **mark)
        row = self._commits.run(lambda c: c.execute(tables.MARK[line], given).first())
        return row is not None

    def _turn(self, connection: Connection, update: Update, work: Work) -> Done:
        loaded, seen = self._hot.open(connection, update)
        if seen:
            return Done(duplicate=True, version=loaded.version)
        kept = cleaned(work(loaded))
        if kept.state is None:
            _run_all(connection, tables.ERASE, update.conversation)
        outcome = self._hot.close(connection, update, loaded, kept)
        if kept.state is None:
            _run_all(connection, tables.UNTRACE, update.conversation)
        if outcome == "stale":
            raise StaleVersion(update.conversation)
        if outcome == "duplicate":
            raise SeenBefore(update.update)
        if kept.keyboards:
            rows = [keyboard_row(one, update.conversation) for one in kept.keyboards]
            self._hot.keep_keyboards(connection, rows)
        if kept.notes:
            classes.note(connection, kept.notes)
        if kept.codes or kept.used or kept.joined or kept.wakes:
            self._carry(connection, update, kept)
        return Done(duplicate=False, version=0 if kept.state is None else loaded.version + 1)

    def _carry(self, connection: Connection, update: Update, kept: Kept) -> None:
        """Keep what a turn leaves for other doors of the conversation."""
        key = update.conversation
        for code in kept.codes:
            connection.execute(tables.GIVE_CODE, asdict(code) | {"conversation": key})
        _run_each(connection, tables.USED, kept.used)
        for door in kept.joined:
            former = (door.former,) if door.former != key else ()
            for statement in (*tables.ERASE, tables.UNSETTLE):
                _run_each(connection, statement, former)
            address = {"channel": door.channel, "account": door.account, "conversation": key}
            settled = {**address, "gone": False, "at": update.at}
            connection.execute(tables.SETTLE[self.dialect], settled)
        for channel, account in kept.wakes:
            why = f"{update.channel}/{update.update}/{account}".encode()
            name = f"wake:{blake2b(why, digest_size=16).hexdigest()}"
            waking = {"channel": channel, "lane": account, "update_id": name, "raw": ""}
            row = tables.FRESH | waking | {"at": update.at}
            connection.execute(tables.RECEIVE[self.dialect], row)


def _erase(connection: Connection, key: str) -> None:
    _run_all(connection, (*tables.ERASE, *tables.UNTRACE), key)


def _run_each(connection: Connection, statement: Any, keys: Sequence[str]) -> None:
    for key in keys:
        connection.execute(statement, {"key": key})


def _run_all(connection: Connection, statements: Sequence[Any], key: str) -> None:
    for statement in statements:
        connection.execute(statement, {"key": key})
