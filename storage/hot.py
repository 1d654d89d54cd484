"""The turn's own statements: plain SQL run by the driver, since every message pays for them.

SQLAlchemy opens the connection and the transaction. Compiling, binding and result handling of its
statements cost about four times the statements themselves (tests/bench), so the turn goes without.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.errors import StorageError
from bot.ports.records import Claimed, Loaded, Outgoing, Received, Taken, Update
from storage.tables import DONE

READ = """
SELECT state, version, said,
  (SELECT status FROM inbox WHERE channel = {channel} AND update_id = {update})
FROM conversation WHERE id = {key}"""
SEE = """
INSERT INTO inbox (channel, lane, status, attempt, failures, due, reason, at, update_id, raw)
VALUES {seen}
ON CONFLICT (channel, update_id) DO UPDATE SET status = 2, raw = '' WHERE inbox.status < 2
RETURNING id"""
RECEIVE = """
INSERT INTO inbox (channel, lane, status, attempt, failures, due, reason, at, update_id, raw)
{rows_of}
ON CONFLICT (channel, update_id) DO NOTHING
RETURNING id, update_id, status"""
SAVE = """
INSERT INTO conversation (id, version, state, said, brief, at)
{values}
ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state,
  said = excluded.said, brief = excluded.brief, at = excluded.at
WHERE conversation.version = excluded.version - 1
RETURNING version"""
EVENT = "INSERT INTO event (conversation, version, kind, body)"
MESSAGE = """
INSERT INTO outbox (channel, lane, status, attempt, failures, due, reason, at,
  conversation, rank, kind, body, uncertain)"""
# +status: with the index of what is settled SQLite would look at all that is on its way.
# CAST: without it SQLite looks through all conversations, in RETURNING alone.
SENT = """
UPDATE outbox SET status = 2, due = 0, reason = '', body = ''
FROM ({taken}) AS taken
WHERE outbox.id = taken.id AND outbox.attempt = taken.attempt AND +outbox.status = 1
RETURNING outbox.id, EXISTS (
  SELECT 1 FROM conversation WHERE conversation.id = CAST(outbox.conversation AS TEXT))"""
KEYBOARD = """
INSERT INTO keyboard (token, conversation, body, ask) {rows_of}
ON CONFLICT (token) DO UPDATE SET body = excluded.body"""
SHOWN = """
UPDATE keyboard SET message = shown.message FROM ({rows_of}) AS shown
WHERE keyboard.token = shown.token"""
JOINED = """
INSERT INTO address (channel, account, conversation, gone, at) {rows_of}
ON CONFLICT (channel, account) DO UPDATE SET conversation = excluded.conversation, gone = false"""
NAMES = (
    "channel", "lane", "update", "at", "key", "version", "state", "said", "brief",
    "rank", "kind", "body", "events", "messages",
    "token", "ask", "account", "until", "purpose", "now", "rows",
)  # fmt: skip


def named(sql: str, form: str) -> str:
    """Write a statement's places in the driver's own form."""
    return sql.format_map({name: form.format(name) for name in NAMES})


class StaleVersion(StorageError):
    """Somebody else kept a newer state of this conversation; the turn is tried again."""


class SeenBefore(StorageError):
    """The update was taken by somebody else meanwhile; nothing of this turn is kept."""


class Hot(Protocol):
    """One database's way of a turn, on a cursor of the driver's within a transaction."""

    alone: bool  # one writer: a step need not wait within the transaction

    def open(self, cursor: Any, update: Update) -> tuple[Loaded, bool]:
        """Load a conversation, holding it where others could come; True: the update was seen."""
        ...

    def close(self, cursor: Any, turns: Sequence[Taken]) -> list[list[Claimed]]:
        """Mark updates as seen, and save, append, enqueue what their turns leave.

        Gives for each the messages held for whoever takes it.
        Errors: SeenBefore, StaleVersion, if only of one of them; then all is to be undone.
        """
        ...

    def keep_keyboards(self, cursor: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the buttons a turn has sent, as they are now."""
        ...

    def join(self, cursor: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Lead accounts to a conversation, wherever they led before."""
        ...

    def receive(self, cursor: Any, rows: Sequence[Mapping[str, Any]], until: int) -> list[Received]:
        """Keep updates; gives those, leased until a moment, that are the first of their lane."""
        ...

    def mark_sent(self, cursor: Any, taken: Sequence[tuple[int, int]]) -> dict[int, bool]:
        """Mark messages as sent, as (id, attempt), their words forgotten.

        Gives for each that is not somebody else's since whether its conversation is still known.
        """
        ...

    def mark_shown(self, cursor: Any, shown: Mapping[str, str]) -> None:
        """Note by the token of some buttons which message shows them."""
        ...


def message_row(message: Outgoing, update: Update) -> dict[str, Any]:
    """Say where a message goes: to whoever the update came from, unless it says otherwise."""
    return {
        "channel": message.channel or update.channel,
        "lane": message.lane or update.lane or update.conversation,
        "kind": message.kind,
        "body": message.body,
        "rank": message.rank,
    }


class Opened:
    """What both databases do alike; many rows come as one JSON list."""

    read: str
    keyboard: str
    joined: str
    sent: str
    shown: str

    def open(self, cursor: Any, update: Update) -> tuple[Loaded, bool]:
        """Load a conversation; on PostgreSQL its row is held until the transaction ends."""
        names = {"channel": update.channel, "update": update.update, "key": update.conversation}
        row = cursor.execute(self.read, names).fetchone()
        if row is None:
            return Loaded(None, 0), False
        return Loaded(row[0], row[1], row[2]), row[3] is not None and row[3] >= DONE

    def keep_keyboards(self, cursor: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the buttons a turn has sent, as they are now."""
        cursor.execute(self.keyboard, {"rows": json.dumps(rows)})

    def join(self, cursor: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Lead accounts to a conversation."""
        cursor.execute(self.joined, {"rows": json.dumps(rows)})

    def mark_sent(self, cursor: Any, taken: Sequence[tuple[int, int]]) -> dict[int, bool]:
        """Mark messages as sent."""
        rows = cursor.execute(self.sent, {"rows": json.dumps(taken)}).fetchall()
        return {key: bool(known) for key, known in rows}

    def mark_shown(self, cursor: Any, shown: Mapping[str, str]) -> None:
        """Note which messages show which buttons."""
        cursor.execute(self.shown, {"rows": json.dumps(list(shown.items()))})
