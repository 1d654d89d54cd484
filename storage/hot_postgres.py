"""A turn on PostgreSQL: one statement that reads and holds the row, one that writes everything."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.ports.records import Claimed, Received, Taken
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

SEEN = SEE.replace("{seen}", "({channel}, {lane}, 2, 0, 0, 0, '', {at}, {update}, '')")
SAVED = "({key}, {version}, {state}, {said}, {brief}, {at})"


class PostgresTurn(Opened):
    """No message is held: two processes that take turns of one lane could both find it free."""

    alone = False
    read = named(READ + "\nFOR UPDATE OF conversation", "%({})s")
    keyboard = named(
        KEYBOARD.replace(
            "{rows_of}",
            """
SELECT one->>'token', one->>'key', one->>'body', (one->>'ask')::bigint
FROM json_array_elements({rows}) AS t(one)""",
        ),
        "%({})s",
    )
    joined = named(
        JOINED.replace(
            "{rows_of}",
            """
SELECT one->>'channel', one->>'account', one->>'key', false, (one->>'at')::bigint
FROM json_array_elements({rows}) AS t(one)""",
        ),
        "%({})s",
    )
    sent = named(
        SENT.replace(
            "{taken}",
            """
SELECT (one->>0)::bigint AS id, (one->>1)::int AS attempt
FROM json_array_elements({rows}) AS t(one)""",
        ),
        "%({})s",
    )
    shown = named(
        SHOWN.replace(
            "{rows_of}",
            "SELECT one->>0 AS token, one->>1 AS message FROM json_array_elements({rows}) AS t(one)",
        ),
        "%({})s",
    )
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
WITH seen AS ({SEEN}),
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
WITH seen AS ({SEEN}),
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

    def close(self, cursor: Any, turns: Sequence[Taken]) -> list[list[Claimed]]:
        """Keep each turn in one statement."""
        for update, loaded, kept in turns:
            given = {
                "channel": update.channel,
                "lane": update.lane or update.conversation,
                "update": update.update,
                "at": update.at,
                "key": update.conversation,
                "version": loaded.version + 1,
                "state": kept.state,
                "said": kept.said,
                "brief": kept.brief,
                "events": json.dumps([{"kind": kind, "body": body} for kind, body in kept.events]),
                "messages": json.dumps([message_row(one, update) for one in kept.messages]),
            }
            sql = self.leave if kept.state is None else self.write
            seen, saved = cursor.execute(sql, given).fetchone()
            if not seen:
                raise SeenBefore(update.update)
            if not saved:
                raise StaleVersion(update.conversation)
        return [[] for _ in turns]
