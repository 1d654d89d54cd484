"""The Store: turns, conversations, the inbox and the outbox, over SQLite or PostgreSQL."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.ports.records import Begun, Done, Kept, Taken, Turning, Update, Work
from storage import classes, importing, tables
from storage.engines import DRIVERS, Commits, open_commits, told
from storage.hot import Hot, SeenBefore, StaleVersion
from storage.hot_postgres import PostgresTurn
from storage.hot_sqlite import SqliteTurn
from storage.importing import Mark, Row
from storage.lines import Lines
from storage.looks import Looks
from storage.rows import cleaned, keyboard_row

T = TypeVar("T")
BATCH = 16  # turns that one commit keeps; more would only make the first of them wait
TRIES = 8  # of a turn where somebody else is quicker each time
HOT: dict[str, Hot] = {"sqlite": SqliteTurn(), "postgresql": PostgresTurn()}


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest form."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


class Store(Lines, Looks):
    """All that is kept. Every call is one transaction; safe to call from any thread.

    Moments are milliseconds of UTC.
    """

    def __init__(self, url: str) -> None:
        self._commits: Commits = open_commits(url)
        self.dialect = self._commits.engine.dialect.name
        self._hot = HOT[self.dialect]
        self.batch = BATCH if self._hot.alone else 1
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
        (found,) = self.keep([self.begin(Turning(update, work))])
        if isinstance(found, Exception):
            raise found
        return found

    def begin(self, turning: Turning) -> Begun:
        """Take a turn beside the writers, where they would have to wait for it; keeps nothing yet.

        Errors: whatever its work raises; StorageError.
        """
        if not self._hot.alone:
            return Begun(turning, None)
        loaded, seen = self._commits.look(lambda cursor: self._hot.open(cursor, turning.update))
        if seen:
            return Begun(turning, None)
        return Begun(turning, Taken(turning.update, loaded, cleaned(turning.work(loaded))))

    def keep(self, begun: Sequence[Begun]) -> list[Done | Exception]:
        """Keep turns, on SQLite in one commit; each has its own outcome."""
        futures = self._commits.together(self._keep, begun)
        return [
            self._outcome(one.turning, future) for one, future in zip(begun, futures, strict=True)
        ]

    def forget(self, key: str) -> bool:
        """Erase a conversation with everything that belongs to it; False where there was none."""
        return self._commits.run(lambda connection: _erase(connection, key))

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

    def addresses(self, key: str) -> list[tuple[str, str]]:
        """List where a conversation can be reached, as (channel, account)."""
        rows = self._commits.read(lambda c: c.execute(tables.ADDRESSES, {"key": key}).all())
        return [(row.channel, row.account) for row in rows if not row.gone]

    def settle(self, channel: str, account: str, key: str, at: int) -> None:
        """Join an account to a conversation."""
        row = {"channel": channel, "account": account, "key": key, "at": at}
        self._commits.run(lambda c: self._hot.join(c.connection.cursor(), [row]))

    def left(self, channel: str, account: str, *, gone: bool) -> None:
        """Note that an account has left, or is back."""
        given = {"of": channel, "account_of": account, "left": gone}
        self._commits.run(lambda c: c.execute(tables.LEFT, given))

    def give_code(self, code: str, purpose: str, key: str, until: int) -> None:
        """Keep a code that may be taken once, until a moment."""
        row = {"code": code, "purpose": purpose, "conversation": key, "until": until}
        self._commits.run(lambda c: c.execute(tables.GIVE_CODE, row))

    def take_code(self, code: str, purpose: str, now: int) -> str | None:
        """Take a code: what it was given for, or None where it is unknown, used or too old."""
        given = {"key": code, "purpose_of": purpose}
        row = self._commits.run(lambda c: c.execute(tables.TAKE_CODE, given).first())
        return None if row is None or row.until < now else str(row.conversation)

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

    def _outcome(self, turning: Turning, future: Future[Done]) -> Done | Exception:
        """Wait for what comes of a turn, and give it also where it is an error."""
        try:
            return self._settled(turning, future)
        except DRIVERS as error:
            return told(error)
        except Exception as error:  # noqa: BLE001 - it is this turn's outcome
            return error

    def _settled(self, turning: Turning, future: Future[Done]) -> Done:
        """Wait for what comes of a turn; where somebody was quicker, take it as it is kept."""
        key = turning.update.conversation
        for _ in range(TRIES):
            try:
                return future.result()
            except SeenBefore:
                return Done(duplicate=True, version=self.load(key).version)
            except StaleVersion:
                (future,) = self._commits.together(self._keep, [Begun(turning, None)])
        raise StaleVersion(key)

    def _keep(self, connection: Connection, begun: Sequence[Begun]) -> list[Done]:
        cursor = connection.connection.cursor()
        found = [taken or self._within(cursor, *turning) for turning, taken in begun]
        kept = iter(self._keep_taken(connection, [one for one in found if isinstance(one, Taken)]))
        return [next(kept) if isinstance(one, Taken) else one for one in found]

    def _within(self, cursor: Any, update: Update, work: Work) -> Taken | Done:
        """Take a turn while its conversation is held."""
        loaded, seen = self._hot.open(cursor, update)
        if seen:
            return Done(duplicate=True, version=loaded.version)
        return Taken(update, loaded, cleaned(work(loaded)))

    def _keep_taken(self, connection: Connection, turns: Sequence[Taken]) -> list[Done]:
        if not turns:
            return []
        cursor = connection.connection.cursor()
        gone = [turn.update.conversation for turn in turns if turn.kept.state is None]
        for key in gone:
            _run_all(connection, tables.ERASE, key)
        held = self._hot.close(cursor, turns)
        for key in gone:
            _run_all(connection, tables.UNTRACE, key)
        rows = [
            keyboard_row(one, update.conversation)
            for update, _, kept in turns
            for one in kept.keyboards
        ]
        if rows:
            self._hot.keep_keyboards(cursor, rows)
        joined = [
            {
                "channel": door.channel,
                "account": door.account,
                "key": one.conversation,
                "at": one.at,
            }
            for one, _, kept in turns
            for door in kept.joined
        ]
        if joined:
            self._hot.join(cursor, joined)
        for update, _, kept in turns:
            if kept.notes:
                classes.note(connection, kept.notes)
            if kept.codes or kept.used or kept.joined or kept.wakes:
                self._carry(connection, update, kept)
        return [
            Done(
                duplicate=False,
                version=0 if turn.kept.state is None else turn.loaded.version + 1,
                held=tuple(messages),
                whole=len(messages) == len(turn.kept.messages),
            )
            for turn, messages in zip(turns, held, strict=True)
        ]

    def _carry(self, connection: Connection, update: Update, kept: Kept) -> None:
        """Keep what a turn leaves for other doors of the conversation."""
        key, cursor = update.conversation, connection.connection.cursor()
        for code in kept.codes:
            connection.execute(tables.GIVE_CODE, asdict(code) | {"conversation": key})
        _run_each(connection, tables.USED, kept.used)
        formers = [door.former for door in kept.joined if door.former != key]
        for statement in (*tables.ERASE, tables.UNSETTLE):
            _run_each(connection, statement, formers)
        for channel, account in kept.wakes:
            why = f"{update.channel}/{update.update}/{account}".encode()
            name = f"wake:{blake2b(why, digest_size=16).hexdigest()}"
            waking = {"channel": channel, "lane": account, "at": update.at}
            self._hot.receive(cursor, [waking | {"update_id": name, "raw": ""}], 0)


def _erase(connection: Connection, key: str) -> bool:
    """Erase all that belongs to a conversation; returns whether it was there."""
    given = {"key": key}
    rows = {str(erase.table): connection.execute(erase, given).rowcount for erase in tables.ERASE}
    _run_all(connection, tables.UNTRACE, key)
    return rows["conversation"] > 0


def _run_each(connection: Connection, statement: Any, keys: Sequence[str]) -> None:
    for key in keys:
        connection.execute(statement, {"key": key})


def _run_all(connection: Connection, statements: Sequence[Any], key: str) -> None:
    for statement in statements:
        connection.execute(statement, {"key": key})
