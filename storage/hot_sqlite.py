"""A turn on SQLite: few statements for many turns.

The driver gives the interpreter away at each step of a statement and has to wait for it again, so
the one writer keeps all that waits with the same statements, not each turn with its own.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from bot.ports.records import Claimed, Received, Taken, Update
from storage.hot import (
    EVENT,
    JOINED,
    KEYBOARD,
    MESSAGE,
    READ,
    RECEIVE,
    SAVE,
    SEE,
    SENT,
    SHOWN,
    Opened,
    SeenBefore,
    StaleVersion,
    message_row,
    named,
)
from storage.tables import DONE, TAKEN, WAITING

SEEN = "(?, ?, 2, 0, 0, 0, '', ?, ?, '')"
SAVED = "(?, ?, ?, ?, ?, ?)"


@cache
def _of(sql: str, row: str, count: int) -> str:
    """Write a statement for so many rows."""
    return sql.format(rows=", ".join([row] * count))


def _listed(*fields: str | int) -> str:
    """Write what is read from each of the rows that come as one JSON list."""
    return ", ".join(
        f"json_extract(value, '$[{name}]')"
        if isinstance(name, int)
        else f"json_extract(value, '$.{name}')"
        for name in fields
    )


def _lane(update: Update) -> tuple[str, str]:
    return update.channel, update.lane or update.conversation


class SqliteTurn(Opened):
    """One writer: the statements one after the other."""

    alone = True
    read = named(READ, ":{}")
    see = SEE.replace("{seen}", "{rows}")
    # what was there and was forgotten meanwhile is not made again
    save = SAVE.replace(
        "{values}",
        """
SELECT * FROM (VALUES {rows})
WHERE column2 = 1 OR EXISTS (SELECT 1 FROM conversation WHERE id = column1)""",
    )
    event = named(
        f"{EVENT} SELECT {_listed(0, 1, 2, 3)} FROM json_each({{rows}}) WHERE true ORDER BY json_each.key",
        ":{}",
    )
    busy = named(
        f"""
SELECT {_listed(0, 1)} FROM json_each({{rows}})
WHERE EXISTS (SELECT 1 FROM outbox WHERE status < {DONE}
  AND channel = json_extract(value, '$[0]') AND lane = json_extract(value, '$[1]'))""",
        ":{}",
    )
    message = named(
        f"""{MESSAGE}
SELECT {_listed("channel", "lane", "status", "status")}, 0, {_listed("due")}, '',
  {_listed("at", "key", "rank", "kind", "body")}, 0
FROM json_each({{rows}}) WHERE true ORDER BY json_each.key
RETURNING id""",
        ":{}",
    )
    keyboard = named(
        KEYBOARD.replace(
            "{rows_of}",
            f"SELECT {_listed('token', 'key', 'body', 'ask')} FROM json_each({{rows}}) WHERE true",
        ),
        ":{}",
    )
    joined = named(
        JOINED.replace(
            "{rows_of}",
            f"""
SELECT {_listed("channel", "account", "key")}, false, {_listed("at")}
FROM json_each({{rows}}) WHERE true""",
        ),
        ":{}",
    )
    sent = named(
        SENT.replace(
            "{taken}",
            f"SELECT {_listed(0, 1)} FROM json_each({{rows}})",
        ),
        ":{}",
    )
    shown = named(
        SHOWN.replace(
            "{rows_of}",
            """
SELECT json_extract(value, '$[0]') AS token, json_extract(value, '$[1]') AS message
FROM json_each({rows})""",
        ),
        ":{}",
    )
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

    def close(self, cursor: Any, turns: Sequence[Taken]) -> list[list[Claimed]]:
        """Keep turns."""
        seen: list[Any] = []
        for update, _, _ in turns:
            seen += (*_lane(update), update.at, update.update)
        if len(cursor.execute(_of(self.see, SEEN, len(turns)), seen).fetchall()) < len(turns):
            raise SeenBefore(turns[0].update.update)
        self._save(cursor, [turn for turn in turns if turn.kept.state is not None])
        return self._enqueue(cursor, turns)

    def _save(self, cursor: Any, turns: Sequence[Taken]) -> None:
        if not turns:
            return
        saved: list[Any] = []
        for update, loaded, kept in turns:
            saved += (update.conversation, loaded.version + 1)
            saved += (kept.state, kept.said, kept.brief, update.at)
        if len(cursor.execute(_of(self.save, SAVED, len(turns)), saved).fetchall()) < len(turns):
            raise StaleVersion(turns[0].update.conversation)
        events = [
            (update.conversation, loaded.version + 1, *event)
            for update, loaded, kept in turns
            for event in kept.events
        ]
        if events:
            cursor.execute(self.event, {"rows": json.dumps(events)})

    def _enqueue(self, cursor: Any, turns: Sequence[Taken]) -> list[list[Claimed]]:
        """Enqueue messages; the first of a turn are held where nothing waits in their lane.

        What must not be sent twice, and what follows it, is not held: a lease that ends leaves in
        doubt whether it was sent.
        """
        busy = self._busy(cursor, turns)
        rows: list[dict[str, Any]] = []
        for update, _, kept in turns:
            holding = bool(update.hold) and _lane(update) not in busy
            for message in kept.messages:
                holding = holding and message.lane is None and not message.once
                lease = (TAKEN, update.hold) if holding else (WAITING, 0)
                row = message_row(message, update)
                row |= {"at": update.at, "key": update.conversation}
                rows.append(row | dict(zip(("status", "due"), lease, strict=True)))
                busy.add((row["channel"], row["lane"]))
        given = {"rows": json.dumps(rows)}
        keys = sorted(key for (key,) in cursor.execute(self.message, given)) if rows else []
        queued = zip(keys, rows, strict=True)
        return [
            [
                Claimed(
                    key, row["channel"], row["lane"], row["key"], row["kind"], row["body"],
                    attempt=1, failures=0, uncertain=False, rank=row["rank"],
                )
                for key, row in islice(queued, len(turn.kept.messages))
                if row["status"] == TAKEN
            ]
            for turn in turns
        ]  # fmt: skip

    def _busy(self, cursor: Any, turns: Sequence[Taken]) -> set[tuple[str, str]]:
        """Tell in which lanes of turns with held messages something waits already."""
        asked = [_lane(turn.update) for turn in turns if turn.update.hold and turn.kept.messages]
        if not asked:
            return set()
        return {tuple(row) for row in cursor.execute(self.busy, {"rows": json.dumps(asked)})}

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
