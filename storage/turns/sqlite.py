"""A turn on SQLite: few statements for many turns.

The driver gives the interpreter away at each step of a statement and has to wait for it again, so
the one writer keeps all that waits with the same statements, not each turn with its own.
"""

import json
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any, Final

from bot.ports.effects import SendMessage
from bot.ports.records import ComputedTurn, OutboxItem, StoredConversation, Update
from storage.leases import TAKEN, WAITING
from storage.turns.statements import SeenBefore, StaleVersion, heard_at, lane_of, load, message_row

LOAD: Final = """
SELECT state, version, said,
  (SELECT status FROM inbox WHERE channel = :channel AND update_id = :update)
FROM conversation WHERE id = :key"""
SEE: Final = """
INSERT INTO inbox (channel, lane, status, attempt, failures, due, reason, at, update_id, raw)
VALUES {rows}
ON CONFLICT (channel, update_id) DO UPDATE SET status = 2, raw = '' WHERE inbox.status < 2
RETURNING id"""
SEE_ROW: Final = "(?, ?, 2, 0, 0, 0, '', ?, ?, '')"
# what was there and was forgotten meanwhile is not made again
SAVE: Final = """
INSERT INTO conversation (id, version, state, said, brief, at)
SELECT * FROM (VALUES {rows})
WHERE column2 = 1 OR EXISTS (SELECT 1 FROM conversation WHERE id = column1)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state,
  said = excluded.said, brief = excluded.brief, at = max(conversation.at, excluded.at)
WHERE conversation.version = excluded.version - 1
RETURNING version"""
SAVE_ROW: Final = "(?, ?, ?, ?, ?, ?)"
APPEND: Final = """
INSERT INTO event (conversation, version, kind, body)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'),
  json_extract(value, '$[2]'), json_extract(value, '$[3]')
FROM json_each(:rows) WHERE true ORDER BY json_each.key"""
BUSY: Final = """
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:rows)
WHERE EXISTS (SELECT 1 FROM outbox WHERE status < 2
  AND channel = json_extract(value, '$[0]') AND lane = json_extract(value, '$[1]'))"""
ENQUEUE: Final = """
INSERT INTO outbox (channel, lane, status, attempt, failures, due, reason, at,
  conversation, rank, kind, body, uncertain)
SELECT json_extract(value, '$.channel'), json_extract(value, '$.lane'),
  json_extract(value, '$.status'), json_extract(value, '$.status'), 0,
  json_extract(value, '$.due'), '', json_extract(value, '$.at'), json_extract(value, '$.key'),
  json_extract(value, '$.rank'), json_extract(value, '$.kind'), json_extract(value, '$.body'), 0
FROM json_each(:rows) WHERE true ORDER BY json_each.key
RETURNING id"""


@cache
def _for_rows(sql: str, row: str, count: int) -> str:
    """Write a statement for so many rows."""
    return sql.format(rows=", ".join([row] * count))


def _lane(update: Update) -> tuple[str, str]:
    return update.channel, lane_of(update)


class SqliteTurn:
    """One writer: the statements one after the other."""

    single_writer = True
    read = LOAD
    see = SEE
    write = SAVE

    def load(self, cursor: Any, update: Update) -> tuple[StoredConversation, bool]:
        """Load a conversation."""
        return load(cursor, self.read, update)

    def save(self, cursor: Any, turns: Sequence[ComputedTurn]) -> list[list[OutboxItem]]:
        """Keep turns."""
        seen: list[Any] = []
        for update, _, _ in turns:
            seen += (*_lane(update), update.at, update.update)
        found = cursor.execute(_for_rows(self.see, SEE_ROW, len(turns)), seen).fetchall()
        if len(found) < len(turns):
            raise SeenBefore
        self._save(cursor, [turn for turn in turns if turn.result.state is not None])
        return self._enqueue(cursor, turns)

    def _save(self, cursor: Any, turns: Sequence[ComputedTurn]) -> None:
        if not turns:
            return
        saved: list[Any] = []
        for update, loaded, kept in turns:
            saved += (update.conversation, loaded.version + 1)
            saved += (kept.state, kept.said, kept.brief, heard_at(update, kept))
        found = cursor.execute(_for_rows(self.write, SAVE_ROW, len(turns)), saved).fetchall()
        if len(found) < len(turns):
            raise StaleVersion
        events = [
            (update.conversation, loaded.version + 1, *event)
            for update, loaded, kept in turns
            for event in kept.events
        ]
        if events:
            cursor.execute(APPEND, {"rows": json.dumps(events)})

    def _enqueue(self, cursor: Any, turns: Sequence[ComputedTurn]) -> list[list[OutboxItem]]:
        """Enqueue messages; the first of a turn are leased where nothing waits in their lane.

        What must not be sent twice, and what follows it, is not leased: a lease that ends leaves in
        doubt whether it was sent.
        """
        busy = self._busy(cursor, turns)
        rows: list[dict[str, Any]] = []
        for update, _, kept in turns:
            leasing = bool(update.lease_until) and _lane(update) not in busy
            for message in kept.effects_of(SendMessage):
                leasing = leasing and message.lane is None and not message.at_most_once
                status, due = (TAKEN, update.lease_until) if leasing else (WAITING, 0)
                row = message_row(message, update)
                row |= {"at": update.at, "key": update.conversation, "status": status, "due": due}
                rows.append(row)
                busy.add((row["channel"], row["lane"]))
        given = {"rows": json.dumps(rows)}
        keys = sorted(key for (key,) in cursor.execute(ENQUEUE, given)) if rows else []
        queued = zip(keys, rows, strict=True)
        counts = [len(turn.result.effects_of(SendMessage)) for turn in turns]
        return [_leased(islice(queued, count)) for count in counts]

    def _busy(self, cursor: Any, turns: Sequence[ComputedTurn]) -> set[tuple[str, str]]:
        """Tell in which lanes of turns with leased messages something waits already."""
        asked = [
            _lane(turn.update)
            for turn in turns
            if turn.update.lease_until and turn.result.effects_of(SendMessage)
        ]
        if not asked:
            return set()
        return {tuple(row) for row in cursor.execute(BUSY, {"rows": json.dumps(asked)})}


def _leased(queued: Any) -> list[OutboxItem]:
    """Return those of a turn's messages, as (id, row), that are leased to whoever takes it."""
    return [
        OutboxItem(
            key, row["channel"], row["lane"], row["key"], row["kind"], row["body"],
            attempt=1, failures=0, uncertain=False, rank=row["rank"],
        )
        for key, row in queued
        if row["status"] == TAKEN
    ]  # fmt: skip
