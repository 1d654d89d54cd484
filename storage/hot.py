"""The turn's own statements: plain SQL run by the driver, since every message pays for them.

SQLAlchemy opens the connection and the transaction. Compiling, binding and result handling of its
statements cost about four times the statements themselves (tests/bench), so the turn goes without.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from bot.core.turns import Claimed, Kept, Loaded, Outgoing, Received, Update
from storage.tables import DONE, TAKEN, WAITING

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
# many rows come as one JSON list: a statement for each would give the interpreter away each time
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
WHERE conversation.version = {before}
RETURNING version"""
SAVED = "({key}, {version}, {state}, {said}, {brief}, {at})"
EVENT = "INSERT INTO event (conversation, version, kind, body)"
MESSAGE = """
INSERT INTO outbox (channel, lane, status, attempt, failures, due, reason, at,
  conversation, rank, kind, body, uncertain)"""
SENT = """
UPDATE outbox SET status = 2, due = 0, reason = '', body = ''
WHERE (id, attempt) IN ({taken}) AND status = 1
RETURNING id, EXISTS (SELECT 1 FROM conversation WHERE conversation.id = outbox.conversation)"""
KEYBOARD = """
INSERT INTO keyboard (token, conversation, body, ask) VALUES ({token}, {key}, {body}, {ask})
ON CONFLICT (token) DO UPDATE SET body = excluded.body"""
SHOWN = "UPDATE keyboard SET message = {message} WHERE token = {token}"
FREE = f"SELECT 1 FROM outbox WHERE channel = {{channel}} AND lane = {{lane}} AND status < {DONE}"
NAMES = (
    "channel", "lane", "update", "at", "key", "before", "version", "state", "said", "brief",
    "rank", "kind", "body", "events", "messages",
    "id", "attempt", "token", "ask", "account", "message", "status", "until", "purpose", "now", "rows",
)  # fmt: skip


def named(sql: str, form: str) -> str:
    """Write a statement's places in the driver's own form."""
    return sql.format_map({name: form.format(name) for name in NAMES})


class Hot(Protocol):
    """One database's way of a turn, on a cursor of the driver's within a transaction."""

    alone: bool  # one writer: a step need not wait within the transaction

    def open(self, cursor: Any, update: Update) -> tuple[Loaded, bool]:
        """Load a conversation, holding it where others could come; True: the update was seen."""
        ...

    def close(
        self, cursor: Any, update: Update, loaded: Loaded, kept: Kept
    ) -> tuple[Outcome, list[Claimed]]:
        """Mark the update as seen, and save, append, enqueue; anything but `kept` is undone.

        Gives the messages held for whoever takes the turn.
        """
        ...

    def keep_keyboards(self, cursor: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the buttons a turn has sent, as they are now."""
        ...

    def receive(self, cursor: Any, rows: Sequence[Mapping[str, Any]], until: int) -> list[Received]:
        """Keep updates; gives those, leased until a moment, that are the first of their lane."""
        ...

    def mark_sent(self, cursor: Any, taken: Sequence[tuple[int, int]]) -> dict[int, bool]:
        """Mark messages as sent, as (id, attempt), their words forgotten.

        Gives for each that is not somebody else's since whether its conversation is still known.
        """
        ...

    def mark_shown(self, cursor: Any, token: str, message: str) -> None:
        """Note which message shows the buttons of a token."""
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
        "until": update.hold,
    }


def _message(message: Outgoing, given: Mapping[str, Any]) -> dict[str, Any]:
    """Say where a message goes: to whoever the update came from, unless it says otherwise."""
    return {
        "channel": message.channel or given["channel"],
        "lane": message.lane or given["lane"],
        "kind": message.kind,
        "body": message.body,
        "rank": message.rank,
    }


class _Opened:
    """What both databases do alike."""

    read: str
    keyboard: str
    sent: str
    shown: str

    def open(self, cursor: Any, update: Update) -> tuple[Loaded, bool]:
        """Load a conversation; on PostgreSQL its row is held until the transaction ends."""
        names = {"channel": update.channel, "update": update.update, "key": update.conversation}
        return _loaded(cursor.execute(self.read, names).fetchone())

    def keep_keyboards(self, cursor: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the buttons a turn has sent, as they are now."""
        cursor.executemany(self.keyboard, rows)

    def mark_sent(self, cursor: Any, taken: Sequence[tuple[int, int]]) -> dict[int, bool]:
        """Mark messages as sent."""
        rows = cursor.execute(self.sent, {"rows": json.dumps(taken)}).fetchall()
        return {key: bool(known) for key, known in rows}

    def mark_shown(self, cursor: Any, token: str, message: str) -> None:
        """Note which message shows the buttons of a token."""
        cursor.execute(self.shown, {"token": token, "message": message})


class SqliteTurn(_Opened):
    """One writer: the statements one after the other."""

    alone = True
    read = named(READ, ":{}")
    keyboard = named(KEYBOARD, ":{}")
    sent = named(
        SENT.replace(
            "{taken}",
            "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each({rows})",
        ),
        ":{}",
    )
    shown = named(SHOWN, ":{}")
    see = named(SEE, ":{}")
    save = named(SAVE.replace("{values}", f"VALUES {SAVED}"), ":{}")
    event = named(
        f"""{EVENT} SELECT {{key}}, {{version}}, json_extract(value, '$[0]'), json_extract(value, '$[1]')
  FROM json_each({{events}}) WHERE true ORDER BY json_each.key""",
        ":{}",
    )
    free = named(FREE, ":{}")
    received = named(
        RECEIVE.replace(
            "{rows_of}",
            """
SELECT channel, lane, free, free, 0, free * {until}, '', at, update_id, raw
FROM (SELECT *, first AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.channel = came.channel
    AND inbox.lane = came.lane AND status < 2) AS free
  FROM (SELECT key, json_extract(value, '$.channel') AS channel,
      json_extract(value, '$.lane') AS lane, json_extract(value, '$.at') AS at,
      json_extract(value, '$.update_id') AS update_id, json_extract(value, '$.raw') AS raw,
      json_extract(value, '$.first') AS first
    FROM json_each({rows})) AS came)
WHERE true ORDER BY key""",
        ),
        ":{}",
    )
    message = named(
        f"""{MESSAGE}
  SELECT json_extract(value, '$.channel'), json_extract(value, '$.lane'), json_extract(value, '$.status'), json_extract(value, '$.status'), 0, json_extract(value, '$.due'), '',
    {{at}}, {{key}}, json_extract(value, '$.rank'), json_extract(value, '$.kind'), json_extract(value, '$.body'), 0
  FROM json_each({{messages}}) WHERE true ORDER BY json_each.key
  RETURNING id""",
        ":{}",
    )

    def close(
        self, cursor: Any, update: Update, loaded: Loaded, kept: Kept
    ) -> tuple[Outcome, list[Claimed]]:
        """Keep a turn."""
        given = _given(update, loaded, kept)
        if cursor.execute(self.see, given).fetchone() is None:
            return "duplicate", []
        if kept.state is not None:
            if cursor.execute(self.save, given).fetchone() is None:
                return "stale", []
            if kept.events:
                cursor.execute(self.event, given | {"events": json.dumps(kept.events)})
        return "kept", self._enqueue(cursor, kept.messages, given)

    def receive(self, cursor: Any, rows: Sequence[Mapping[str, Any]], until: int) -> list[Received]:
        """Keep updates."""
        lanes: set[str] = set()
        told = []
        for row in rows:
            told.append({**row, "first": until > 0 and row["lane"] not in lanes})
            lanes.add(row["lane"])
        given = {"rows": json.dumps(told), "until": until}
        kept = {name: (key, status) for key, name, status in cursor.execute(self.received, given)}
        found = []
        for row in rows:
            key, status = kept.pop(row["update_id"], (0, 0))
            if status == TAKEN:
                whole = (row["channel"], row["lane"], row["update_id"], row["raw"])
                found.append(Received(key, *whole, attempt=1, failures=0, at=row["at"]))
        return found

    def _enqueue(
        self, cursor: Any, messages: Sequence[Outgoing], given: dict[str, Any]
    ) -> list[Claimed]:
        """Enqueue messages; the first of them are held where nothing waits in their lane.

        What must not be sent twice, and what follows it, is not held: a lease that ends leaves in
        doubt whether it was sent.
        """
        if not messages:
            return []
        holding = bool(given["until"]) and not cursor.execute(self.free, given).fetchone()
        rows = []
        for message in messages:
            holding = holding and message.lane is None and not message.once
            lease = (TAKEN, given["until"]) if holding else (WAITING, 0)
            rows.append(_message(message, given) | dict(zip(("status", "due"), lease, strict=True)))
        named_ids = cursor.execute(self.message, given | {"messages": json.dumps(rows)}).fetchall()
        return [
            Claimed(
                key, row["channel"], row["lane"], given["key"], row["kind"], row["body"],
                attempt=1, failures=0, uncertain=False,
            )
            for (key,), row in zip(sorted(named_ids), rows, strict=True)
            if row["status"] == TAKEN
        ]  # fmt: skip


class PostgresTurn(_Opened):
    """Two statements: one that reads and holds the row, one that writes everything.

    Nothing is held: two processes that take turns of one lane could both find it free.
    """

    alone = False
    read = named(READ + "\nFOR UPDATE OF conversation", "%({})s")
    keyboard = named(KEYBOARD, "%({})s")
    sent = named(
        SENT.replace(
            "{taken}",
            "SELECT (one->>0)::bigint, (one->>1)::int FROM json_array_elements({rows}) AS t(one)",
        ),
        "%({})s",
    )
    shown = named(SHOWN, "%({})s")
    received = named(
        RECEIVE.replace(
            "{rows_of}",
            """
SELECT one->>'channel', one->>'lane', 0, 0, 0, 0, '', (one->>'at')::bigint, one->>'update_id', one->>'raw'
FROM json_array_elements({rows}) WITH ORDINALITY AS t(one, n) ORDER BY n""",
        ),
        "%({})s",
    )
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

    def receive(
        self, cursor: Any, rows: Sequence[Mapping[str, Any]], _until: int
    ) -> list[Received]:
        """Keep updates; all of them wait."""
        cursor.execute(self.received, {"rows": json.dumps(list(rows))})
        return []

    def close(
        self, cursor: Any, update: Update, loaded: Loaded, kept: Kept
    ) -> tuple[Outcome, list[Claimed]]:
        """Keep a turn in one statement."""
        given = _given(update, loaded, kept)
        given["messages"] = json.dumps([_message(message, given) for message in kept.messages])
        given["events"] = json.dumps([{"kind": k, "body": body} for k, body in kept.events])
        sql = self.leave if kept.state is None else self.write
        seen, saved = cursor.execute(sql, given).fetchone()
        if not seen:
            return "duplicate", []
        return ("kept" if saved else "stale"), []
