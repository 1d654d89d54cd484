"""Codes that open something, each for one purpose and until a moment."""

from typing import Final

from sqlalchemy import BigInteger, Column, Connection, String, Table, bindparam, delete, insert

from bot.ports.effects import GiveCode
from storage.connections.base import Transactions
from storage.lookups import Lookup
from storage.schema import metadata

code: Final = Table(
    "code",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    # a conversation, or what else its purpose opens: a school, a class, a counsellor
    Column("subject", String(64), nullable=False, index=True),
    Column("until", BigInteger, nullable=False, index=True),
)

GIVE: Final = insert(code)
REDEEM: Final = (
    delete(code)
    .where(code.c.code == bindparam("key"), code.c.purpose == bindparam("purpose_of"))
    .returning(code.c.subject, code.c.until)
)
DROP: Final = delete(code).where(code.c.code == bindparam("key"))
KNOWN: Final = Lookup("""
SELECT subject FROM code WHERE code = :key AND purpose = :purpose AND until >= :now""")


def give(connection: Connection, given: GiveCode, subject: str) -> None:
    """Keep a code that opens something. subject: a conversation's key, or what else it opens."""
    row = {"code": given.code, "purpose": given.purpose, "until": given.until, "subject": subject}
    connection.execute(GIVE, row)


def drop(connection: Connection, code: str) -> bool:
    """Let a code open nothing more; False where it did so already."""
    return connection.execute(DROP, {"key": code}).rowcount > 0


def redeem(connection: Connection, code: str, purpose: str, now: int) -> str | None:
    """Take a code and return what it opens; None where it is unknown, used or too old."""
    row = connection.execute(REDEEM, {"key": code, "purpose_of": purpose}).first()
    if row is None or row.until < now:  # one that is too old is taken away all the same
        return None
    return str(row.subject)


class Codes:
    """The codes of the store."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def give(self, code: str, purpose: str, subject: str, until: int) -> None:
        """Keep a code that may be taken once, until a moment."""
        given = GiveCode(code, purpose, until)
        self._transactions.run(lambda c: give(c, given, subject))

    def known(self, code: str, purpose: str, now: int) -> str | None:
        """Return what a code opens without taking it; None where it is unknown, used or too old."""
        return KNOWN.first(self._transactions, key=code, purpose=purpose, now=now)
