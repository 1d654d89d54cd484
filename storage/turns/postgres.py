"""A turn on PostgreSQL: one statement that reads and holds the row, one that writes everything."""

import json
from collections.abc import Sequence
from typing import Any, Final

from bot.ports.effects import SendMessage
from bot.ports.records import ComputedTurn, OutboxItem, StoredConversation, Update
from storage.turns.statements import (
    SeenBefore,
    StaleVersion,
    heard_at,
    lane_of,
    load,
    message_row,
)

LOAD: Final = """
SELECT state, version, said,
  (SELECT status FROM inbox WHERE channel = %(channel)s AND update_id = %(update)s)
FROM conversation WHERE id = %(key)s
FOR UPDATE OF conversation"""
SAVE: Final = """
WITH seen AS (
  INSERT INTO inbox (channel, lane, status, attempt, failures, due, reason, at, update_id, raw)
  VALUES (%(channel)s, %(lane)s, 2, 0, 0, 0, '', %(at)s, %(update)s, '')
  ON CONFLICT (channel, update_id) DO UPDATE SET status = 2, raw = '' WHERE inbox.status < 2
  RETURNING id),
saved AS (
  INSERT INTO conversation (id, version, state, said, brief, at)
  SELECT * FROM (VALUES
    (%(key)s, %(version)s, %(state)s, %(said)s, %(brief)s, %(heard_at)s)) v
  WHERE EXISTS (SELECT FROM seen)
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state,
    said = excluded.said, brief = excluded.brief, at = greatest(conversation.at, excluded.at)
  WHERE conversation.version = excluded.version - 1
  RETURNING version),
happened AS (
  INSERT INTO event (conversation, version, kind, body)
  SELECT %(key)s, %(version)s, e.one->>'kind', e.one->>'body'
  FROM saved, json_array_elements(%(events)s) WITH ORDINALITY AS e(one, n) ORDER BY n),
queued AS (
  INSERT INTO outbox (channel, lane, status, attempt, failures, due, reason, at,
    conversation, rank, kind, body, uncertain)
  SELECT m.one->>'channel', m.one->>'lane', 0, 0, 0, 0, '', %(at)s, %(key)s,
    (m.one->>'rank')::int, m.one->>'kind', m.one->>'body', false
  FROM saved, json_array_elements(%(messages)s) WITH ORDINALITY AS m(one, n) ORDER BY n)
SELECT (SELECT count(*) FROM seen), (SELECT count(*) FROM saved)"""
# the same of a turn that forgets its conversation, which leaves only its last messages
SAVE_FAREWELL: Final = """
WITH seen AS (
  INSERT INTO inbox (channel, lane, status, attempt, failures, due, reason, at, update_id, raw)
  VALUES (%(channel)s, %(lane)s, 2, 0, 0, 0, '', %(at)s, %(update)s, '')
  ON CONFLICT (channel, update_id) DO UPDATE SET status = 2, raw = '' WHERE inbox.status < 2
  RETURNING id),
queued AS (
  INSERT INTO outbox (channel, lane, status, attempt, failures, due, reason, at,
    conversation, rank, kind, body, uncertain)
  SELECT m.one->>'channel', m.one->>'lane', 0, 0, 0, 0, '', %(at)s, %(key)s,
    (m.one->>'rank')::int, m.one->>'kind', m.one->>'body', false
  FROM seen, json_array_elements(%(messages)s) WITH ORDINALITY AS m(one, n) ORDER BY n)
SELECT (SELECT count(*) FROM seen), 1"""


class PostgresTurn:
    """No message is leased: two processes that take turns of one lane could both find it free."""

    single_writer = False
    read = LOAD
    write = SAVE

    def load(self, cursor: Any, update: Update) -> tuple[StoredConversation, bool]:
        """Load a conversation, whose row is held until the transaction ends."""
        return load(cursor, self.read, update)

    def save(self, cursor: Any, turns: Sequence[ComputedTurn]) -> list[list[OutboxItem]]:
        """Keep each turn in one statement."""
        for update, loaded, kept in turns:
            given = {
                "channel": update.channel,
                "lane": lane_of(update),
                "update": update.update,
                "at": update.at,
                "heard_at": heard_at(update, kept),
                "key": update.conversation,
                "version": loaded.version + 1,
                "state": kept.state,
                "said": kept.said,
                "brief": kept.brief,
                "events": json.dumps([{"kind": kind, "body": body} for kind, body in kept.events]),
                "messages": json.dumps(
                    [message_row(one, update) for one in kept.effects_of(SendMessage)]
                ),
            }
            sql = SAVE_FAREWELL if kept.state is None else self.write
            seen, saved = cursor.execute(sql, given).fetchone()
            if not seen:
                raise SeenBefore
            if not saved:
                raise StaleVersion
        return [[] for _ in turns]
