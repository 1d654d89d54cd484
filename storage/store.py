"""The Store: turns, conversations, the inbox and the outbox, over SQLite or PostgreSQL."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from hashlib import blake2b
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError
from bot.ports.records import Begun, Done, Kept, Taken, Turning, Update, Work
from storage import classes, importing, tables
from storage.connections.base import DRIVER_ERRORS, Transactions, note_erasure, translate_error
from storage.connections.opening import open_transactions
from storage.hot import Hot, SeenBefore, StaleVersion
from storage.hot_postgres import PostgresTurn
from storage.hot_sqlite import SqliteTurn
from storage.importing import Mark, Row
from storage.lines import Lines
from storage.looks import Looks
from storage.migrations.upgrade import upgrade
from storage.rows import cleaned, keyboard_row

T = TypeVar("T")
BATCH = 16  # turns that one commit keeps; more would only make the first of them wait
PORTION = 30  # conversations forgotten in one commit, a few milliseconds of the writer
COMPACTED_BESIDE = 32_000_000  # bytes of a database that is written anew beside turns
SWEPT = 500  # settled rows swept in one commit
MOST_PAUSE = 0.2  # seconds between two portions; otherwise as long as the portion took
TRIES = 8  # of a turn where somebody else is quicker each time
HOT: dict[str, Hot] = {"sqlite": SqliteTurn(), "postgresql": PostgresTurn()}


class Store(Lines, Looks):
    """All that is kept. Every call is one transaction; safe to call from any thread.

    Moments are milliseconds of UTC.
    """

    def __init__(self, url: str) -> None:
        self._commits: Transactions = open_transactions(url)
        self.dialect = self._commits.engine.dialect.name
        self._hot = HOT[self.dialect]
        self.batch = BATCH if self._hot.alone else 1
        try:
            upgrade(self._commits.engine)
        except DBAPIError as error:
            self.close()
            raise translate_error(error) from None
        except StorageError:
            self.close()
            raise

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
        loaded, seen = self._commits.fast_read(
            lambda cursor: self._hot.open(cursor, turning.update)
        )
        if seen:
            return Begun(turning, None)
        return Begun(turning, Taken(turning.update, loaded, cleaned(turning.work(loaded))))

    def keep(self, begun: Sequence[Begun]) -> list[Done | Exception]:
        """Keep turns, on SQLite in one commit; each has its own outcome."""
        futures = self._commits.submit_batch(
            self._keep, begun, [one.turning.update.conversation for one in begun]
        )
        return [
            self._outcome(one.turning, future) for one, future in zip(begun, futures, strict=True)
        ]

    def forget(self, key: str) -> bool:
        """Erase a conversation with everything that belongs to it; False where there was none."""
        return self._commits.run(lambda connection: _erase(connection, key), key)

    def purge(self, before: int, brief_before: int, settled_before: int) -> int:
        """Forget conversations idle since before a moment, and settled lines; gives how many.

        In portions with a commit each, so that nobody's turn waits for more than one of them.
        """
        forgotten = 0
        for brief, moment in ((False, before), (True, brief_before)):
            idle = {"before": moment, "brief": brief, "most": PORTION}
            forgotten += self._in_portions(partial(_forget_idle, idle=idle), PORTION)
        for statement in tables.SWEEP:
            old = {"before": settled_before, "most": SWEPT}
            self._in_portions(partial(_sweep, statement=statement, old=old), SWEPT)
        with suppress(StorageError):  # no room, or somebody writes; the next purge tries again
            self._commits.compact(COMPACTED_BESIDE)
        return forgotten

    def compact(self) -> None:
        """Write a database anew from which people were erased, however long others have to wait.

        To be called at night; a purge does so where the database is small.
        """
        self._commits.compact()

    def _in_portions(self, work: Callable[[Connection], int], portion: int) -> int:
        """Do a work, each time in a commit of its own, until it finds less than a portion."""
        done = portion
        total = 0
        while done == portion:
            begun = time.monotonic()
            done = self._commits.run(work)
            total += done
            if done == portion:  # what has come meanwhile goes first
                time.sleep(min(MOST_PAUSE, time.monotonic() - begun))
        return total

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
        except DRIVER_ERRORS as error:
            return translate_error(error)
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
                again = [Begun(turning, None)]
                (future,) = self._commits.submit_batch(self._keep, again, [key])
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
            _erase_rows(connection, key)
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
        for former in formers:
            _erase_rows(connection, former)
        _run_each(connection, tables.UNSETTLE, formers)
        for channel, account in kept.wakes:
            why = f"{update.channel}/{update.update}/{account}".encode()
            name = f"wake:{blake2b(why, digest_size=16).hexdigest()}"
            waking = {"channel": channel, "lane": account, "at": update.at}
            self._hot.receive(cursor, [waking | {"update_id": name, "raw": ""}], 0)


def _erase(connection: Connection, key: str) -> bool:
    """Erase all that belongs to a conversation, and its traces; returns whether it was there."""
    was_there = _erase_rows(connection, key)
    _run_all(connection, tables.UNTRACE, key)
    return was_there


def _erase_rows(connection: Connection, key: str) -> bool:
    own, *others = tables.ERASE
    was_there = connection.execute(own, {"key": key}).rowcount > 0
    if was_there:
        note_erasure(connection)
    _run_all(connection, others, key)
    return was_there


def _forget_idle(connection: Connection, idle: Mapping[str, Any]) -> int:
    """Forget some of the idle conversations; gives how many."""
    keys = [row.id for row in connection.execute(tables.IDLE, idle)]
    for key in keys:
        _erase(connection, key)
    return len(keys)


def _sweep(connection: Connection, statement: Any, old: Mapping[str, Any]) -> int:
    return connection.execute(statement, old).rowcount


def _run_each(connection: Connection, statement: Any, keys: Sequence[str]) -> None:
    for key in keys:
        connection.execute(statement, {"key": key})


def _run_all(connection: Connection, statements: Sequence[Any], key: str) -> None:
    for statement in statements:
        connection.execute(statement, {"key": key})
