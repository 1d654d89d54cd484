"""Plans beside their conversations: earlier versions, links that show some of one, and which are watched."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.ports.effects import CloseShare, KeepPlanVersion, OpenShare, WatchPlan
from bot.ports.records import KeptPlanVersion, SharedPlan, ShareOpened
from storage.connections.base import Transactions
from storage.lookups import Lookup
from storage.schema import id_column, metadata

MOST_VERSIONS: Final = 100  # kept of a plan, the latest
MOST_OPENS: Final = 500  # of a conversation's links, that are kept, the latest

plan_version: Final = Table(
    "plan_version",
    metadata,
    id_column(),
    Column("conversation", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
Index("uq_plan_version_number", plan_version.c.conversation, plan_version.c.number, unique=True)
plan_share: Final = Table(
    "plan_share",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("share", String(8), nullable=False),  # its id within the plan, which says all else
)
share_opened: Final = Table(
    "share_opened",
    metadata,
    id_column(),
    Column("conversation", String(64), nullable=False, index=True),
    Column("share", String(8), nullable=False),
    Column("at", BigInteger, nullable=False),
)
plan_watch: Final = Table(
    "plan_watch",
    metadata,
    Column("conversation", String(64), primary_key=True),
    Column("looked", String(32), nullable=False, index=True),  # by which content, on which day
)

_of_conversation: Final[BindParameter[str]] = bindparam("key")
DROP_VERSIONS: Final = delete(plan_version).where(
    plan_version.c.conversation == _of_conversation,
    (plan_version.c.number >= bindparam("from_number"))
    | (plan_version.c.number <= bindparam("to_number")),
)
ADD_VERSION: Final = insert(plan_version)
VERSIONS: Final = (
    select(plan_version.c.number, plan_version.c.at, plan_version.c.body)
    .where(plan_version.c.conversation == _of_conversation)
    .order_by(plan_version.c.number)
)
LATEST_VERSIONS: Final = Lookup(
    "SELECT at, body FROM plan_version WHERE conversation = :conversation AND number <= :last"
    " ORDER BY number DESC LIMIT :most"
)
DROP_SHARE: Final = delete(plan_share).where(plan_share.c.token == bindparam("of_token"))
ADD_SHARE: Final = insert(plan_share)
SHARED: Final = Lookup("SELECT conversation, share FROM plan_share WHERE token = :token")
NOTE_OPENED: Final = insert(share_opened)
OPENED: Final = (
    select(share_opened.c.share, share_opened.c.at)
    .where(share_opened.c.conversation == _of_conversation)
    .order_by(share_opened.c.id.desc())
)
WHOSE_SHARE: Final = select(plan_share.c.conversation, plan_share.c.share).where(
    plan_share.c.token == bindparam("of_token")
)
_older: Final = (
    select(share_opened.c.id)
    .where(share_opened.c.conversation == _of_conversation)
    .order_by(share_opened.c.id.desc())
    .offset(MOST_OPENS)
)
DROP_OLD_OPENS: Final = delete(share_opened).where(share_opened.c.id.in_(_older.limit(MOST_OPENS)))
UNWATCH: Final = delete(plan_watch).where(plan_watch.c.conversation == _of_conversation)
WATCH: Final = insert(plan_watch)
TO_LOOK_AT: Final = (
    select(plan_watch.c.conversation)
    .where(
        plan_watch.c.looked != bindparam("looked"), plan_watch.c.conversation > bindparam("after")
    )
    .order_by(plan_watch.c.conversation)
    .limit(bindparam("most"))
)
LOOKED: Final = (
    update(plan_watch)
    .where(plan_watch.c.conversation == _of_conversation)
    .values(looked=bindparam("by"))
)


def keep_version(connection: Connection, kept: KeepPlanVersion, conversation: str, at: int) -> None:
    """Keep a version of a plan, in place of what was called by its number; of many the latest are kept."""
    made = at if kept.at is None else kept.at
    row = {"conversation": conversation, "number": kept.number, "at": made, "body": kept.body}
    numbers = {"from_number": kept.number, "to_number": kept.number - MOST_VERSIONS}
    connection.execute(DROP_VERSIONS, {"key": conversation} | numbers)
    connection.execute(ADD_VERSION, row)


def open_share(connection: Connection, opened: OpenShare, conversation: str) -> None:
    """Let a link show some of a conversation's plan."""
    connection.execute(DROP_SHARE, {"of_token": opened.token})
    row = {"token": opened.token, "conversation": conversation, "share": opened.share}
    connection.execute(ADD_SHARE, row)


def close_share(connection: Connection, closed: CloseShare) -> None:
    """Let a link show nothing any more."""
    connection.execute(DROP_SHARE, {"of_token": closed.token})


def watch(connection: Connection, watched: WatchPlan, conversation: str) -> None:
    """Look at a plan when the content changes, or not any more."""
    connection.execute(UNWATCH, {"key": conversation})
    if watched.on:
        connection.execute(WATCH, {"conversation": conversation, "looked": ""})


class Plans:
    """What is kept of plans beside their conversations; turns add to it."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def versions(self, conversation: str) -> list[KeptPlanVersion]:
        """Return the versions of a plan that are kept, the first first."""
        rows = self._transactions.read(lambda c: c.execute(VERSIONS, {"key": conversation}).all())
        return [KeptPlanVersion(row.number, row.at, row.body) for row in rows]

    def shared(self, token: str) -> SharedPlan | None:
        """Return whose plan a link shows, and which share of it; None where it shows nothing any more."""
        rows = SHARED.rows(self._transactions, token=token)
        return SharedPlan(*rows[0]) if rows else None

    def note_open(self, token: str, at: int) -> None:
        """Note that somebody has opened a link, for the person to see; nothing of who it was."""

        def note(connection: Connection) -> None:
            found = connection.execute(WHOSE_SHARE, {"of_token": token}).first()
            if found is not None:
                row = {"conversation": found.conversation, "share": found.share, "at": at}
                connection.execute(NOTE_OPENED, row)
                connection.execute(DROP_OLD_OPENS, {"key": found.conversation})

        self._transactions.run(note)

    def opens(self, conversation: str) -> list[ShareOpened]:
        """Return when a conversation's links were opened, the latest first."""
        rows = self._transactions.read(lambda c: c.execute(OPENED, {"key": conversation}).all())
        return [ShareOpened(row.share, row.at) for row in rows]

    def to_look_at(self, looked: str, after: str, most: int) -> list[str]:
        """Return conversations whose watched plans were not looked at yet, in the order of their keys.

        looked: by which content and on which day. after: the last one of the portion before.
        """
        given = {"looked": looked, "after": after, "most": most}
        rows = self._transactions.read(lambda c: c.execute(TO_LOOK_AT, given).all())
        return [row.conversation for row in rows]

    def note_looked(self, conversations: list[str], looked: str) -> None:
        """Note by which content and on which day plans were looked at."""
        rows = [{"key": key, "by": looked} for key in conversations]
        if rows:
            self._transactions.run(lambda connection: connection.execute(LOOKED, rows) and None)
