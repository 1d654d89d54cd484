"""What is to be sent: each message once, in the order of its lane."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    text,
)

from bot.ports.records import OutboxItem, OutgoingMessage, WaitingCount
from storage import keyboards
from storage.connections.base import note_erasure
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
    TAKEN,
    WAITING,
    claim_statement,
    is_open,
    mark,
    mark_statement,
)
from storage.rows import clean
from storage.schema import metadata

NO_BUTTONS: Mapping[str, str] = {}

outbox: Final = Table(
    "outbox",
    metadata,
    *lane_columns(),
    Column("conversation", String(64), nullable=False, index=True),
    Column("rank", Integer, nullable=False),  # replies before reminders, reminders before the rest
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("uncertain", Boolean, nullable=False),  # it may have been sent by one who was lost
)
add_indexes(outbox, outbox.c.rank, outbox.c.id)

CLAIM: Final = {
    dialect: claim_statement(
        outbox,
        dialect,
        first_of_lane(outbox),
        [outbox.c.rank, outbox.c.id],
        uncertain=outbox.c.uncertain | (outbox.c.status == TAKEN),
    )
    for dialect in DIALECTS
}
WAITING_IN: Final = select(
    func.count(outbox.c.id).label("many"), func.min(outbox.c.at).label("since")
).where(outbox.c.channel == bindparam(CHANNEL_PARAMETER), is_open(outbox))
# Of each message that is not somebody else's since: its id, and whether its conversation is kept, or it is the house's own.
# +status: with the index of what is settled SQLite would look at all that is on its way.
# CAST: without it SQLite looks through all conversations, in RETURNING alone.
MARK_SENT: Final = {
    "sqlite": """
UPDATE outbox SET status = 2, due = 0, reason = '', body = ''
FROM (SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS attempt
  FROM json_each(:rows)) AS taken
WHERE outbox.id = taken.id AND outbox.attempt = taken.attempt AND +outbox.status = 1
RETURNING outbox.id, outbox.conversation = '' OR EXISTS (
  SELECT 1 FROM conversation WHERE conversation.id = CAST(outbox.conversation AS TEXT))""",
    "postgresql": """
UPDATE outbox SET status = 2, due = 0, reason = '', body = ''
FROM (SELECT (one->>0)::bigint AS id, (one->>1)::int AS attempt
  FROM json_array_elements(%(rows)s) AS t(one)) AS taken
WHERE outbox.id = taken.id AND outbox.attempt = taken.attempt AND outbox.status = 1
RETURNING outbox.id, outbox.conversation = '' OR EXISTS (
  SELECT 1 FROM conversation WHERE conversation.id = outbox.conversation)""",
}
ENQUEUE: Final = insert(outbox)
# the last message to who was erased: even where it went is not kept
DROP_FAREWELL: Final = text("""
DELETE FROM outbox WHERE id = :key AND NOT EXISTS (
  SELECT 1 FROM conversation WHERE conversation.id = outbox.conversation)""")


def mark_sent(connection: Connection, sent: Sequence[OutboxItem], shown: Mapping[str, str]) -> bool:
    """Mark messages as sent and forget their words; False if somebody else has one since."""
    cursor, dialect = connection.connection.cursor(), connection.dialect.name
    taken = json.dumps([(message.id, message.attempt) for message in sent])
    marked = cursor.execute(MARK_SENT[dialect], {"rows": taken}).fetchall()
    farewells = [{"key": key} for key, known in marked if not known]
    if farewells:
        connection.execute(DROP_FAREWELL, farewells)
        note_erasure(connection)
    keyboards.mark_shown(cursor, dialect, shown)
    return len(marked) == len(sent)


def enqueue(connection: Connection, messages: Sequence[OutgoingMessage], at: int) -> None:
    """Enqueue messages that no turn has left, in their order. at: now."""
    waits = {"status": WAITING, "attempt": 0, "failures": 0, "due": 0, "reason": "", "at": at}
    for one in messages:
        row = asdict(one) | waits | {"uncertain": False, "body": clean(one.body)}
        connection.execute(ENQUEUE, row)


class Outbox(LaneQueue):
    """The messages of the store. They are enqueued by a turn."""

    queue = outbox
    statements = LaneStatements(
        mark=mark_statement(outbox, uncertain=outbox.c.uncertain | bindparam("doubt")),
        next_due=next_due_statement(outbox, outbox.c.rank, outbox.c.id),
        set_aside=set_aside_statement(outbox),
    )

    def claim(self, channel: str, most: int, now: int, until: int) -> list[OutboxItem]:
        """Take the first waiting message of each lane for sending, leased until a moment."""
        given = {CHANNEL_PARAMETER: channel} | lease(most, now, until)
        statement = CLAIM[self._dialect]
        rows = self._transactions.run(lambda c: c.execute(statement, given).all())
        return [
            OutboxItem(
                row.id, row.channel, row.lane, row.conversation, row.kind, row.body, row.attempt,
                row.failures, row.uncertain, row.rank,
            )
            for row in sorted(rows, key=lambda row: row.id)
        ]  # fmt: skip

    def mark_sent(self, *sent: OutboxItem, shown: Mapping[str, str] = NO_BUTTONS) -> bool:
        """Mark messages as sent and forget their words; False if somebody else has one since.

        shown: by the token of some buttons, what the message that shows them is called.
        """
        return self._transactions.run(lambda connection: mark_sent(connection, sent, shown))

    def mark_later(
        self, claimed: OutboxItem, due: int, *, failed: bool = False, uncertain: bool = False
    ) -> bool:
        """Put a message back until a moment.

        failed: it counts towards giving up. uncertain: it may have arrived all the same.
        """
        given = mark(claimed, WAITING, until=due, failed=failed)
        return self._mark(given | {"doubt": uncertain})

    def mark_failed(self, claimed: OutboxItem, reason: str) -> bool:
        """Set a message aside for good, with the reason."""
        return self._mark(mark(claimed, ASIDE, why=reason, failed=True) | {"doubt": False})

    def waiting(self, channel: str) -> WaitingCount:
        """Return how many messages of a channel are not sent yet, and since when."""
        given = {CHANNEL_PARAMETER: channel}
        row = self._transactions.read(lambda c: c.execute(WAITING_IN, given).one())
        return WaitingCount(row.many, row.since or 0)
