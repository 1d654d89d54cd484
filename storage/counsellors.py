"""Counsellors. A code whose subject one is joins an account; the account's address leads there."""

from typing import Final

from sqlalchemy import BigInteger, Column, Connection, String, Table, bindparam, insert, select

from bot.ports.effects import GiveCode
from bot.ports.records import Counsellor
from storage import addresses, codes
from storage.connections.base import Transactions
from storage.schema import metadata

counsellor: Final = Table(
    "counsellor",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

ADD: Final = insert(counsellor)
FIND: Final = select(counsellor).where(counsellor.c.id == bindparam("key"))


class Counsellors:
    """The counsellors of the store."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def invite(self, invited: Counsellor, code: GiveCode) -> None:
        """Keep a counsellor, and the code that joins an account to them."""
        self._transactions.run(lambda connection: _invite(connection, invited, code))

    def join(self, code: str, purpose: str, channel: str, account: str, now: int) -> bool:
        """Take a code and lead an account to its counsellor, both or neither; False: no such code."""

        def work(connection: Connection) -> bool:
            counsellor = codes.redeem(connection, code, purpose, now)
            if counsellor is None:
                return False
            row = {"channel": channel, "account": account, "key": counsellor, "at": now}
            addresses.link(connection.connection.cursor(), connection.dialect.name, [row])
            return True

        return self._transactions.run(work)

    def find(self, key: str) -> Counsellor | None:
        """Return a counsellor by their id."""
        row = self._transactions.read(lambda c: c.execute(FIND, {"key": key}).first())
        return None if row is None else Counsellor(row.id, row.name, row.created_at)


def _invite(connection: Connection, invited: Counsellor, code: GiveCode) -> None:
    row = {"id": invited.id, "name": invited.name, "created_at": invited.created_at}
    connection.execute(ADD, row)
    codes.give(connection, code, invited.id)
