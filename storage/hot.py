"""The turn's own statements: plain SQL run by the driver, since every message pays for them.

SQLAlchemy opens the connection and the transaction. Compiling, binding and result handling of its
statements cost about four times the statements themselves (tests/bench), so the turn goes without.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal, Protocol

from sqlalchemy import Connection

from bot.core.turns import Kept, Loaded, Outgoing, Update
from storage.tables import DONE

Outcome = Literal["kept", "duplicate", "stale"]

READ = """
SELECT state, version, said,
  (SELECT status FROM inbox WHERE channel = {channel} AND update_id = {update})
FROM conversation WHERE id = {key}"""
SEE = """
INSERT INTO inbox (channel, lane, status, attempt, failures, due, reason, at, update_id, raw)
VALUES ({channel}, {lane}, 2, 0, 0, 0, '', {at}, {update}, '')
ON CONFLICT (channel, update_id) DO UPDATE SET status = 2, raw = '' WHERE inbox.status < 2
RETURNING id"""
SAVE = """
INSERT INTO conversation (id, version, state, said, brief, at)
{values}
ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state,
  said = excluded.said, brief = excluded.brief, at = excluded.at
WHERE conversation.version = {before}
RETURNING version"""
SAVED = "({key}, {version}, {state}, {said}, {brief}, {at})"
EVENT = "INSERT INTO event (conversation, version, kind, body)"
MESSAGE = """
INSERT INTO outbox (channel, lane, status, attempt, failures, due, reason, at,
  conversation, rank, kind, body, uncertain)"""
SENT = """
UPDATE outbox SET status = 2, due = 0, reason = '', body = ''
WHERE id = {id} AND attempt = {attempt} AND status = 1
RETURNING EXISTS (SELECT 1 FROM conversation WHERE conversation.id = outbox.conversation)"""
KEYBOARD = """
INSERT INTO keyboard (token, conversation, body, ask) VALUES ({token}, {key}, {body}, {ask})
ON CONFLICT (token) DO UPDATE SET body = excluded.body"""
NAMES = (
    "channel", "lane", "update", "at", "key", "before", "version", "state", "said", "brief",
    "rank", "kind", "body", "events", "messages",
    "id", "attempt", "token", "ask",
)  # fmt: skip


def named(sql: str, form: str) -> str:
    """Write a statement's places in the driver's own form."""
    return sql.format_map({name: form.format(name) for name in NAMES})


class Hot(Protocol):
    """One database's way of a turn, within a transaction that is open."""

    def open(self, connection: Connection, update: Update) -> tuple[Loaded, bool]:
        """Load a conversation, holding it where others could come; True: the update was seen."""
        ...

    def close(self, connection: Connection, update: Update, loaded: Loaded, kept: Kept) -> Outcome:
        """Mark the update as seen, and save, append, enqueue; anything but `kept` is undone."""
        ...

    def keep_keyboards(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the buttons a turn has sent, as they are now."""
        ...

    def mark_sent(self, connection: Connection, key: int, attempt: int) -> bool | None:
        """Mark a message as sent, its words forgotten; None: somebody else has it since.

        False: the conversation it belonged to is forgotten.
        """
        ...


def _loaded(row: Any) -> tuple[Loaded, bool]:
    if row is None:
        return Loaded(None, 0), False
    return Loaded(row[0], row[1], row[2]), row[3] is not None and row[3] >= DONE


def _given(update: Update, loaded: Loaded, kept: Kept) -> dict[str, Any]:
    return {
        "channel": update.channel,
        "lane": update.lane or update.conversation,
        "update": update.update,
        "at": update.at,
        "key": update.conversation,
        "before": loaded.version,
        "version": loaded.version + 1,
        "state": kept.state,
        "said": kept.said,
        "brief": kept.brief,
    }


def _message(message: Outgoing, given: Mapping[str, Any]) -> dict[str, Any]:
    """Say where a message goes: to whoever the update came from, unless it says otherwise."""
    own = {name: value for name, value in asdict(message).items() if value is not None}
    return {"channel": given["channel"], "lane": given["lane"]} | own


class _Opened:
    """What both databases do alike."""

    read: str
    keyboard: str
    sent: str

    def open(self, connection: Connection, update: Update) -> tuple[Loaded, bool]:
        """Load a conversation; on PostgreSQL its row is held until the transaction ends."""
        names = {"channel": update.channel, "update": update.update, "key": update.conversation}
        return _loaded(connection.connection.cursor().execute(self.read, names).fetchone())

    def keep_keyboards(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the buttons a turn has sent, as they are now."""
        connection.connection.cursor().executemany(self.keyboard, rows)

    def mark_sent(self, connection: Connection, key: int, attempt: int) -> bool | None:
        """Mark a message as sent."""
        cursor: Any = connection.connection.cursor()
        row = cursor.execute(self.sent, {"id": key, "attempt": attempt}).fetchone()
        return None if row is None else bool(row[0])


class SqliteTurn(_Opened):
    """One writer: the statements one after the other."""

    read = named(READ, ":{}")
    keyboard = named(KEYBOARD, ":{}")
    sent = named(SENT, ":{}")
    see = named(SEE, ":{}")
    save = named(SAVE.replace("{values}", f"VALUES {SAVED}"), ":{}")
    event = named(f"{EVENT} VALUES ({{key}}, {{version}}, {{kind}}, {{body}})", ":{}")
    message = named(
        f"{MESSAGE} VALUES ({{channel}}, {{lane}}, 0, 0, 0, 0, '', {{at}}, {{key}}, {{rank}}, {{kind}},"
        " {body}, 0)",
        ":{}",
    )

    def close(self, connection: Connection, update: Update, loaded: Loaded, kept: Kept) -> Outcome:
        """Keep a turn."""
        given = _given(update, loaded, kept)
        cursor: Any = connection.connection.cursor()
        if cursor.execute(self.see, given).fetchone() is None:
            return "duplicate"
        if kept.state is not None:
            if cursor.execute(self.save, given).fetchone() is None:
                return "stale"
            if kept.events:
                rows = [given | {"kind": kind, "body": body} for kind, body in kept.events]
                cursor.executemany(self.event, rows)
        if kept.messages:
            rows = [given | _message(message, given) for message in kept.messages]
            cursor.executemany(self.message, rows)
        return "kept"


class PostgresTurn(_Opened):
    """Two statements: one that reads and holds the row, one that writes everything."""

    read = named(READ + "\nFOR UPDATE OF conversation", "%({})s")
    keyboard = named(KEYBOARD, "%({})s")
    sent = named(SENT, "%({})s")
    write = named(
        f"""
WITH seen AS ({SEE}),
saved AS ({SAVE.replace("{values}", f"SELECT * FROM (VALUES {SAVED}) v WHERE EXISTS (SELECT FROM seen)")}),
happened AS ({EVENT}
  SELECT {{key}}, {{version}}, e.one->>'kind', e.one->>'body'
  FROM saved, json_array_elements({{events}}) WITH ORDINALITY AS e(one, n) ORDER BY n),
queued AS ({MESSAGE}
  SELECT m.one->>'channel', m.one->>'lane', 0, 0, 0, 0, '', {{at}}, {{key}},
    (m.one->>'rank')::int, m.one->>'kind', m.one->>'body', false
  FROM saved, json_array_elements({{messages}}) WITH ORDINALITY AS m(one, n) ORDER BY n)
SELECT (SELECT count(*) FROM seen), (SELECT count(*) FROM saved)""",
        "%({})s",
    )
    leave = named(
        f"""
WITH seen AS ({SEE}),
queued AS ({MESSAGE}
  SELECT m.one->>'channel', m.one->>'lane', 0, 0, 0, 0, '', {{at}}, {{key}},
    (m.one->>'rank')::int, m.one->>'kind', m.one->>'body', false
  FROM seen, json_array_elements({{messages}}) WITH ORDINALITY AS m(one, n) ORDER BY n)
SELECT (SELECT count(*) FROM seen), 1""",
        "%({})s",
    )

    def close(self, connection: Connection, update: Update, loaded: Loaded, kept: Kept) -> Outcome:
        """Keep a turn in one statement."""
        given = _given(update, loaded, kept)
        given["messages"] = json.dumps([_message(message, given) for message in kept.messages])
        given["events"] = json.dumps([{"kind": k, "body": body} for k, body in kept.events])
        sql = self.leave if kept.state is None else self.write
        cursor: Any = connection.connection.cursor()
        seen, saved = cursor.execute(sql, given).fetchone()
        if not seen:
            return "duplicate"
        return "kept" if saved else "stale"
