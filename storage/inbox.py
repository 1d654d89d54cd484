"""What came in: each update once, kept as it came until its turn is taken."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Index, String, Table, Text

from bot.ports.records import InboxItem
from storage.lanes import (
    CHANNEL_PARAMETER,
    LaneQueue,
    LaneStatements,
    add_indexes,
    first_of_lane,
    lane_columns,
    lease,
    next_due_statement,
    set_aside_statement,
)
from storage.leases import (
    ASIDE,
    DIALECTS,
    DONE,
    TAKEN,
    WAITING,
    claim_statement,
    mark,
    mark_statement,
    partial_index,
)
from storage.rows import clean
from storage.schema import metadata

inbox: Final = Table(
    "inbox",
    metadata,
    *lane_columns(),
    Column("update_id", String(64), nullable=False),
    Column("raw", Text, nullable=False),
)
SOMEBODYS: Final = "lane <> ''"  # of a row whose person was not erased
add_indexes(inbox, inbox.c.id)
Index("uq_inbox_channel_update_id", inbox.c.channel, inbox.c.update_id, unique=True)
# By which a person's rows are found. It leaves out rows that are nobody's any more, and so cannot
# be taken for the index of what still waits: a chat has few of those and many of the others.
partial_index("ix_inbox_lane_channel", inbox.c.lane, inbox.c.channel, where=SOMEBODYS)

CLAIM: Final = {
    dialect: claim_statement(inbox, dialect, first_of_lane(inbox), [inbox.c.id])
    for dialect in DIALECTS
}
# On SQLite what is first in its lane is leased at once to whoever brings it (`first`, `until`).
# On PostgreSQL two could find the lane free, so everything waits.
RECEIVE: Final = {
    "sqlite": """
INSERT INTO inbox (channel, lane, status, attempt, failures, due, reason, at, update_id, raw)
SELECT channel, lane, free, free, 0, free * :until, '', at, update_id, raw
FROM (
  SELECT *, first AND NOT EXISTS (
    SELECT 1 FROM inbox
    WHERE inbox.channel = came.channel AND inbox.lane = came.lane AND status < 2) AS free
  FROM (
    SELECT key, json_extract(value, '$.channel') AS channel,
      json_extract(value, '$.lane') AS lane, json_extract(value, '$.at') AS at,
      json_extract(value, '$.update_id') AS update_id, json_extract(value, '$.raw') AS raw,
      json_extract(value, '$.first') AS first
    FROM json_each(:rows)) AS came)
WHERE true ORDER BY key
ON CONFLICT (channel, update_id) DO NOTHING
RETURNING id, update_id, status""",
    "postgresql": """
INSERT INTO inbox (channel, lane, status, attempt, failures, due, reason, at, update_id, raw)
SELECT one->>'channel', one->>'lane', 0, 0, 0, 0, '', (one->>'at')::bigint,
  one->>'update_id', one->>'raw'
FROM json_array_elements(%(rows)s) WITH ORDINALITY AS t(one, n) ORDER BY n
ON CONFLICT (channel, update_id) DO NOTHING""",
}


def receive(
    cursor: Any, dialect: str, rows: Sequence[Mapping[str, Any]], until: int
) -> list[InboxItem]:
    """Keep updates; return those, leased until a moment, that are the first of their lane.

    rows: with channel, lane, at, update_id and raw.
    """
    if dialect == "postgresql":
        cursor.execute(RECEIVE[dialect], {"rows": json.dumps(list(rows))})
        return []
    lanes: set[str] = set()
    marked = []
    for row in rows:
        marked.append({**row, "first": until > 0 and row["lane"] not in lanes})
        lanes.add(row["lane"])
    given = {"rows": json.dumps(marked), "until": until}
    kept = {name: (key, status) for key, name, status in cursor.execute(RECEIVE[dialect], given)}
    leased = []
    for row in rows:
        key, status = kept.pop(row["update_id"], (0, 0))
        if status == TAKEN:
            came = (row["channel"], row["lane"], row["update_id"], row["raw"])
            leased.append(InboxItem(key, *came, attempt=1, failures=0, at=row["at"]))
    return leased


class Inbox(LaneQueue):
    """The updates of the store."""

    queue = inbox
    statements = LaneStatements(
        mark=mark_statement(inbox),
        next_due=next_due_statement(inbox, inbox.c.id),
        set_aside=set_aside_statement(inbox),
    )

    def receive(
        self, channel: str, updates: Sequence[tuple[str, str, str]], at: int, until: int = 0
    ) -> list[InboxItem]:
        """Keep updates as they came, as (update id, lane, raw); those known already stay as is.

        until: whoever brings them has those that are first in their lane, leased until then.
        Return what was leased; on PostgreSQL nothing is, since two could find a lane free at once.
        """
        rows = [
            {"channel": channel, "lane": clean(lane), "at": at}
            | {"update_id": clean(name), "raw": clean(raw)}
            for name, lane, raw in updates
        ]
        if not rows:
            return []
        return self._transactions.run(
            lambda c: receive(c.connection.cursor(), self._dialect, rows, until)
        )

    def claim(self, channel: str, most: int, now: int, until: int) -> list[InboxItem]:
        """Take the first waiting update of each lane, leased until a moment."""
        given = {CHANNEL_PARAMETER: channel} | lease(most, now, until)
        statement = CLAIM[self._dialect]
        rows = self._transactions.run(lambda c: c.execute(statement, given).all())
        return [
            InboxItem(
                row.id, row.channel, row.lane, row.update_id, row.raw, row.attempt, row.failures,
                row.at,
            )
            for row in sorted(rows, key=lambda row: row.id)
        ]  # fmt: skip

    def put_back(self, received: InboxItem, due: int, *, failed: bool) -> bool:
        """Let an update wait until a moment; False if somebody else has taken it since."""
        return self._mark(mark(received, WAITING, until=due, failed=failed))

    def finish(self, received: InboxItem) -> bool:
        """Mark an update as done that asks for no turn."""
        return self._mark(mark(received, DONE))

    def set_aside(self, received: InboxItem, reason: str) -> bool:
        """Take an update out of its lane for good, visibly."""
        return self._mark(mark(received, ASIDE, why=reason, failed=True))
