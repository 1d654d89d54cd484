"""The tables, and every statement on them, built once."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

WAITING, SENDING, SENT, FAILED, PULLED = range(5)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)
Key = BigInteger().with_variant(Integer, "sqlite")

seen = Table(
    "seen_update",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("conversation", String(64), primary_key=True),
    Column("update_id", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
)
conversation = Table(
    "conversation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("brief", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
)
event = Table(
    "event",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("version", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
)
outbox = Table(
    "outbox",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("channel", String(32), nullable=False),
    Column("conversation", String(64), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("uncertain", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
)
Index("ix_outbox_conversation_id", outbox.c.conversation, outbox.c.id)
Index(
    "ix_outbox_open",
    outbox.c.due,
    outbox.c.id,
    postgresql_where=text("status < 2"),
    sqlite_where=text("status < 2"),
)

SEE = {
    "sqlite": sqlite.insert(seen).on_conflict_do_nothing().returning(seen.c.at),
    "postgresql": postgresql.insert(seen).on_conflict_do_nothing().returning(seen.c.at),
}
LOAD = select(conversation.c.state, conversation.c.version).where(
    conversation.c.id == bindparam("key")
)
ADD = insert(conversation)
SAVE = (
    update(conversation)
    .where(conversation.c.id == bindparam("key"), conversation.c.version == bindparam("before"))
    .values(
        version=bindparam("version"),
        state=bindparam("state"),
        brief=bindparam("brief"),
        at=bindparam("at"),
    )
    .returning(conversation.c.version)
)
APPEND = insert(event)
ENQUEUE = insert(outbox)
UNPULL = delete(outbox).where(outbox.c.conversation == bindparam("key"), outbox.c.status == PULLED)
PULL = (
    select(outbox.c.kind, outbox.c.body)
    .where(outbox.c.conversation == bindparam("key"), outbox.c.status == PULLED)
    .order_by(outbox.c.id)
)
ERASE = tuple(
    delete(table).where(column == bindparam("key"))
    for table, column in (
        (event, event.c.conversation),
        (outbox, outbox.c.conversation),
        (seen, seen.c.conversation),
        (conversation, conversation.c.id),
    )
)
IDLE = select(conversation.c.id).where(
    conversation.c.at < bindparam("before"), conversation.c.brief == bindparam("brief")
)

_older = outbox.alias("older")
_head = (
    select(_older.c.id)
    .where(
        _older.c.conversation == outbox.c.conversation,
        _older.c.id < outbox.c.id,
        _older.c.status < SENT,
    )
    .exists()
)
CLAIMABLE = (
    select(outbox.c.id)
    .where(outbox.c.status < SENT, outbox.c.due <= bindparam("now"), ~_head)
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)
FREE = {
    "sqlite": CLAIMABLE,
    "postgresql": CLAIMABLE.with_for_update(skip_locked=True),
}


def claim(dialect: str) -> Any:
    """Build the statement that takes messages for sending, each with a lease."""
    return (
        update(outbox)
        .where(outbox.c.id.in_(FREE[dialect].scalar_subquery()))
        .values(
            uncertain=(outbox.c.uncertain | (outbox.c.status == SENDING)),
            status=SENDING,
            attempt=outbox.c.attempt + 1,
            due=bindparam("until"),
        )
        .returning(
            outbox.c.id,
            outbox.c.channel,
            outbox.c.conversation,
            outbox.c.kind,
            outbox.c.body,
            outbox.c.attempt,
            outbox.c.uncertain,
        )
    )


CLAIM = {dialect: claim(dialect) for dialect in FREE}
MARK = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("key"),
        outbox.c.attempt == bindparam("taken"),
        outbox.c.status == SENDING,
    )
    .values(status=bindparam("status"), due=bindparam("due"), reason=bindparam("reason"))
    .returning(outbox.c.id)
)
LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("key"), 0)))
