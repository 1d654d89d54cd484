"""Where a conversation can be reached: the accounts of channels that lead to it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, String, Table, bindparam, delete, select, update

from storage.connections.base import Transactions
from storage.lookups import Lookup
from storage.schema import metadata

address: Final = Table(
    "address",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("gone", Boolean, nullable=False),  # the account has left; it may come back
    Column("at", BigInteger, nullable=False),
)

WHOSE: Final = Lookup(
    "SELECT conversation FROM address WHERE channel = :channel AND account = :account"
)
REACHED: Final = select(address.c.channel, address.c.account).where(
    address.c.conversation == bindparam("key"), address.c.gone.is_(False)
)
MARK_GONE: Final = (
    update(address)
    .where(address.c.channel == bindparam("of"), address.c.account == bindparam("account_of"))
    .values(gone=bindparam("left"))
)
UNLINK: Final = delete(address).where(address.c.conversation == bindparam("key"))
LINK: Final = {
    "sqlite": """
INSERT INTO address (channel, account, conversation, gone, at)
SELECT json_extract(value, '$.channel'), json_extract(value, '$.account'),
  json_extract(value, '$.key'), false, json_extract(value, '$.at')
FROM json_each(:rows) WHERE true
ON CONFLICT (channel, account) DO UPDATE SET conversation = excluded.conversation, gone = false""",
    "postgresql": """
INSERT INTO address (channel, account, conversation, gone, at)
SELECT one->>'channel', one->>'account', one->>'key', false, (one->>'at')::bigint
FROM json_array_elements(%(rows)s) AS t(one)
ON CONFLICT (channel, account) DO UPDATE SET conversation = excluded.conversation, gone = false""",
}
# links only where an account leads nowhere, where it is expected to, or there already
EXPECTED: Final = {
    "sqlite": """
WHERE address.conversation = excluded.conversation OR address.conversation IN (
  SELECT json_extract(value, '$.former') FROM json_each(:rows)
  WHERE json_extract(value, '$.channel') = excluded.channel
    AND json_extract(value, '$.account') = excluded.account)
RETURNING channel, account""",
    "postgresql": """
WHERE address.conversation = excluded.conversation OR address.conversation IN (
  SELECT one->>'former' FROM json_array_elements(%(rows)s) AS t(one)
  WHERE one->>'channel' = excluded.channel AND one->>'account' = excluded.account)
RETURNING channel, account""",
}
LINK_FROM: Final = {dialect: LINK[dialect] + EXPECTED[dialect] for dialect in LINK}


def link(cursor: Any, dialect: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Lead accounts to conversations, wherever they led before.

    rows: with channel, account, key (the conversation's) and at.
    """
    cursor.execute(LINK[dialect], {"rows": json.dumps(list(rows))})


def link_from(cursor: Any, dialect: str, rows: Sequence[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Lead accounts to conversations, unless they lead elsewhere by now than they are expected to.

    rows: as of `link`, with former, the conversation that an account is expected to lead to.
    Return which accounts were led there, as (channel, account).
    """
    found = cursor.execute(LINK_FROM[dialect], {"rows": json.dumps(list(rows))})
    return {tuple(row) for row in found.fetchall()}


class Addresses:
    """The addresses of the store."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._dialect = transactions.engine.dialect.name

    def whose(self, channel: str, account: str) -> str | None:
        """Return whose conversation an account leads to."""
        return WHOSE.first(self._transactions, channel=channel, account=account)

    def accounts_of(self, key: str) -> list[tuple[str, str]]:
        """Return where a conversation can be reached, as (channel, account)."""
        rows = self._transactions.read(lambda c: c.execute(REACHED, {"key": key}).all())
        return [(row.channel, row.account) for row in rows]

    def link(self, channel: str, account: str, key: str, at: int) -> None:
        """Lead an account to a conversation."""
        row = {"channel": channel, "account": account, "key": key, "at": at}
        self._transactions.run(lambda c: link(c.connection.cursor(), self._dialect, [row]))

    def mark_gone(self, channel: str, account: str, *, gone: bool) -> None:
        """Note that an account has left, or is back."""
        given = {"of": channel, "account_of": account, "left": gone}
        self._transactions.run(lambda c: c.execute(MARK_GONE, given))
