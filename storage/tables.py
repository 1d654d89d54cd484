"""The tables, and the statements that are not in the way of every turn, built once."""

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
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

# of a row in the inbox or the outbox; what is below DONE still waits for somebody
WAITING, TAKEN, DONE, ASIDE = range(4)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)
Key = BigInteger().with_variant(Integer, "sqlite")

conversation = Table(
    "conversation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("said", Text, nullable=False),  # the last turn's messages, for a page to show
    Column("brief", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
)
Index("ix_conversation_brief_at", conversation.c.brief, conversation.c.at)
event = Table(
    "event",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("version", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
)


def _waiting_line() -> list[Column[Any]]:
    """Give the columns of a line that is worked off in the order of each lane."""
    return [
        Column("id", Key, primary_key=True, autoincrement=True),
        Column("channel", String(32), nullable=False),
        Column("lane", String(96), nullable=False),
        Column("status", Integer, nullable=False),
        Column("attempt", Integer, nullable=False),  # times taken; the mark of whoever has it
        Column("failures", Integer, nullable=False),
        Column("due", BigInteger, nullable=False),
        Column("reason", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    ]


inbox = Table(
    "inbox",
    metadata,
    *_waiting_line(),
    Column("update_id", String(64), nullable=False),
    Column("raw", Text, nullable=False),
)
outbox = Table(
    "outbox",
    metadata,
    *_waiting_line(),
    Column("conversation", String(64), nullable=False, index=True),
    Column("rank", Integer, nullable=False),  # replies before reminders, reminders before the rest
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("uncertain", Boolean, nullable=False),
)
Index("uq_inbox_channel_update_id", inbox.c.channel, inbox.c.update_id, unique=True)
# By which a person's rows are found. It leaves out rows that are nobody's any more, and so cannot
# be taken for the index of what still waits: a chat has few of those and many of the others.
_of_somebody = text("lane <> ''")
Index(
    "ix_inbox_lane_channel", inbox.c.lane, inbox.c.channel,
    postgresql_where=_of_somebody, sqlite_where=_of_somebody,
)  # fmt: skip
address = Table(
    "address",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("gone", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
)
keyboard = Table(
    "keyboard",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("ask", Integer),  # the number of the question, and the message that shows it
    Column("message", String(32)),
)
code = Table(
    "code",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("conversation", String(64), nullable=False, index=True),
    Column("until", BigInteger, nullable=False, index=True),
)
imported = Table(
    "imported",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("id", String(160), primary_key=True),
    Column("body", Text, nullable=False),
    Column("revision", BigInteger, nullable=False, index=True),  # the last import that changed it
)
class_note = Table(
    "class_note",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("class_code", String(16), nullable=False, index=True),
    Column("word", String(8), nullable=False),
)
for line in (inbox, outbox):
    waiting = text(f"status < {DONE}")
    Index(
        f"ix_{line.name}_open", line.c.channel, line.c.lane, line.c.id,
        postgresql_where=waiting, sqlite_where=waiting,
    )  # fmt: skip
    first = (line.c.rank, line.c.id) if line is outbox else (line.c.id,)
    Index(
        f"ix_{line.name}_next", line.c.channel, *first,
        postgresql_where=waiting, sqlite_where=waiting,
    )  # fmt: skip
    Index(f"ix_{line.name}_settled", line.c.status, line.c.at)


def _open(line: Any) -> Any:
    """Ask for what still waits, in the words of the partial indexes: a bound value hides them."""
    return line.c.status < literal_column(str(DONE))


# --- conversations

# The conversation first: on PostgreSQL this waits for a turn that holds it, and the statements after
# it see what that turn has left.
ERASE = (
    delete(conversation).where(conversation.c.id == bindparam("key")),
    *(
        delete(table).where(table.c.conversation == bindparam("key"))
        for table in (event, outbox, keyboard, code)
    ),
)
_somebodys = inbox.c.lane != literal_column("''")  # in the words of the index
_nobodys = {"lane": "", "raw": "", "status": DONE}
UNTRACE = (
    # the updates stay known, so that they are not taken again; whose they were is gone
    update(inbox)
    .where(
        _somebodys,
        tuple_(inbox.c.channel, inbox.c.lane).in_(
            select(address.c.channel, address.c.account).where(
                address.c.conversation == bindparam("key")
            )
        ),
    )
    .values(_nobodys),
    delete(address).where(address.c.conversation == bindparam("key")),
    update(inbox).where(_somebodys, inbox.c.lane == bindparam("key")).values(_nobodys),
)
# on PostgreSQL those that a turn holds are left for the next time: somebody is there
IDLE = (
    select(conversation.c.id)
    .where(conversation.c.at < bindparam("before"), conversation.c.brief == bindparam("brief"))
    .order_by(conversation.c.at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


def _some_old(table: Table, key: Any, *old: Any) -> Any:
    """Delete some of the rows that are old."""
    some = select(key).where(*old).limit(bindparam("most"))
    return delete(table).where(key.in_(some.scalar_subquery()))


SWEEP = (
    _some_old(code, code.c.code, code.c.until < bindparam("before")),
    *(
        _some_old(line, line.c.id, line.c.status == status, line.c.at < bindparam("before"))
        for line in (inbox, outbox)
        for status in (DONE, ASIDE)
    ),
)

ADDRESSES = select(address.c.channel, address.c.account, address.c.gone).where(
    address.c.conversation == bindparam("key")
)


LEFT = (
    update(address)
    .where(address.c.channel == bindparam("of"), address.c.account == bindparam("account_of"))
    .values(gone=bindparam("left"))
)
GIVE_CODE = insert(code)
TAKE_CODE = (
    delete(code)
    .where(code.c.code == bindparam("key"), code.c.purpose == bindparam("purpose_of"))
    .returning(code.c.conversation, code.c.until)
)
USED = delete(code).where(code.c.code == bindparam("key"))
UNSETTLE = delete(address).where(address.c.conversation == bindparam("key"))

# --- what was imported

IMPORT_MARK = select(func.coalesce(func.max(imported.c.revision), 0))
IMPORTED = select(imported.c.kind, imported.c.id, imported.c.body)


def _import(dialect: str) -> Any:
    """Build an insert that overwrites what was imported before."""
    added = (sqlite if dialect == "sqlite" else postgresql).insert(imported)
    changed = {"body": added.excluded.body, "revision": added.excluded.revision}
    return added.on_conflict_do_update(index_elements=list(imported.primary_key), set_=changed)


IMPORT = {dialect: _import(dialect) for dialect in ("sqlite", "postgresql")}

# --- both lines


def _claim(line: Table, dialect: str, **values: Any) -> Any:
    """Build the statement that takes the first of each lane, with a lease."""
    older = line.alias("older")
    # as a value looked up for each row, so that no plan can turn it into a join of line with line
    first = (
        select(older.c.id)
        .where(older.c.channel == line.c.channel, older.c.lane == line.c.lane, _open(older))
        .order_by(older.c.id)
        .limit(1)
        .scalar_subquery()
    )
    free = (
        select(line.c.id)
        .where(
            line.c.channel == bindparam("of"),
            _open(line),
            # a lease that ends further off than any is given was given before the clock was set back
            (line.c.due <= bindparam("now"))
            | ((line.c.status == TAKEN) & (line.c.due > bindparam("far"))),
            line.c.id == first,
        )
        .order_by(*((line.c.rank,) if line is outbox else ()), line.c.id)
        .limit(bindparam("most"))
    )
    if dialect == "postgresql":
        free = free.with_for_update(skip_locked=True)
    return (
        update(line)
        .where(line.c.id.in_(free.scalar_subquery()))
        .values(status=TAKEN, attempt=line.c.attempt + 1, due=bindparam("until"), **values)
        .returning(line)
    )


CLAIM = {
    (line.name, dialect): _claim(
        line,
        dialect,
        **({"uncertain": line.c.uncertain | (line.c.status == TAKEN)} if line is outbox else {}),
    )
    for line in (inbox, outbox)
    for dialect in ("sqlite", "postgresql")
}
MARK = {
    line.name: update(line)
    .where(
        line.c.id == bindparam("key"),
        line.c.attempt == bindparam("taken"),
        line.c.status == TAKEN,
    )
    .values(
        status=bindparam("status"),
        due=bindparam("until"),
        reason=bindparam("why"),
        failures=line.c.failures + bindparam("failed"),
        **({"uncertain": line.c.uncertain | bindparam("doubt")} if line is outbox else {}),
    )
    .returning(line.c.id)
    for line in (inbox, outbox)
}
FAREWELL = delete(outbox).where(
    outbox.c.id == bindparam("key"),
    ~exists().where(conversation.c.id == outbox.c.conversation),
)
NEXT_DUE = {
    line.name: select(line.c.due)
    .where(line.c.channel == bindparam("of"), _open(line))
    .order_by(*((line.c.rank,) if line is outbox else ()), line.c.id)
    .limit(1)
    for line in (inbox, outbox)
}
SET_ASIDE = {
    line.name: select(line.c.id, line.c.channel, line.c.at, line.c.attempt, line.c.reason)
    .where(line.c.status == ASIDE)
    .order_by(line.c.id)
    for line in (inbox, outbox)
}
