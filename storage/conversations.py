"""Conversations as they stand, and what has happened in them."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, Text

from bot.ports.records import StoredConversation
from storage.connections.base import Transactions
from storage.lookups import Lookup
from storage.schema import id_column, metadata

conversation: Final = Table(
    "conversation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("said", Text, nullable=False),  # the last turn's messages, for a page to show
    Column("brief", Boolean, nullable=False),  # it may be kept for a short time only
    Column("at", BigInteger, nullable=False),
)
Index("ix_conversation_brief_at", conversation.c.brief, conversation.c.at)
event: Final = Table(
    "event",
    metadata,
    id_column(),
    Column("conversation", String(64), nullable=False, index=True),
    Column("version", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
)

LOAD: Final = Lookup("SELECT state, version, said FROM conversation WHERE id = :key")


class Conversations:
    """The conversations of the store. What changes them is a turn."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def load(self, key: str) -> StoredConversation:
        """Return a conversation as it stands; one that is not kept has no state."""
        for row in LOAD.rows(self._transactions, key=key):
            return StoredConversation(*row)
        return StoredConversation(None, 0)
