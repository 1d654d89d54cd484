"""Addresses of mail that a server has said there is nobody at, until a mail arrives there again.

An address is no account: it leads to nobody, and two people may have the same.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
)

from bot.ports.mail import GoneAddress
from storage.connections.base import Transactions
from storage.conversations import conversation
from storage.schema import metadata

gone_address: Final = Table(
    "gone_address",
    metadata,
    Column("conversation", String(64), primary_key=True),  # "" of the house's own mails
    Column("address", String(254), primary_key=True, index=True),
    Column("reason", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
)

# held until the end of the transaction, so that it cannot be erased meanwhile
STILL_KEPT: Final = (
    select(conversation.c.id)
    .where(conversation.c.id == bindparam("key"))
    .with_for_update(read=True)
)
OF_ONE: Final = (
    gone_address.c.conversation == bindparam("key"),
    gone_address.c.address == bindparam("of"),
)
DROP: Final = delete(gone_address).where(*OF_ONE)
ADD: Final = insert(gone_address)
BACK: Final = delete(gone_address).where(gone_address.c.address == bindparam("of"))
FIND: Final = (
    select(gone_address.c.address, gone_address.c.reason, gone_address.c.at)
    .where(gone_address.c.address == bindparam("of"))
    .order_by(gone_address.c.at.desc())
    .limit(1)
)
ALL: Final = select(gone_address.c.address, gone_address.c.reason, gone_address.c.at).order_by(
    gone_address.c.at.desc(), gone_address.c.address
)


class GoneAddresses:
    """The addresses of the store at which there is nobody."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def note(self, key: str, address: str, reason: str, at: int) -> bool:
        """Note that a conversation's address is gone; key: "" for the house's own.

        False where that conversation was erased: nothing more is kept of it.
        """

        def work(connection: Connection) -> bool:
            if key and connection.execute(STILL_KEPT, {"key": key}).first() is None:
                return False
            connection.execute(DROP, {"key": key, "of": address})
            row = {"conversation": key, "address": address, "reason": reason, "at": at}
            connection.execute(ADD, row)
            return True

        return self._transactions.run(work)

    def note_back(self, address: str) -> bool:
        """Note that something has arrived at an address; False where nobody thought it gone."""
        return self._transactions.run(lambda c: c.execute(BACK, {"of": address}).rowcount > 0)

    def find(self, address: str) -> GoneAddress | None:
        """Return since when an address is gone; None while nothing speaks against it."""
        row = self._transactions.read(lambda c: c.execute(FIND, {"of": address}).first())
        return None if row is None else GoneAddress(*row)

    def list_all(self) -> list[GoneAddress]:
        """Return all that are gone, the latest first."""
        rows = self._transactions.read(lambda c: c.execute(ALL).all())
        return [GoneAddress(*row) for row in rows]
