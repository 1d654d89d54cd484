"""Counsellors. A code whose subject one is joins an account; the account's address leads there.

One who was only invited has no profile, and the version 0.
"""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.ports.bookings import KeptProfile
from bot.ports.effects import GiveCode, KeepProfile
from bot.ports.records import Counsellor
from storage import addresses, codes
from storage.connections.base import Transactions
from storage.kept_rows import KeptRows
from storage.leases import DIALECTS
from storage.lookups import Lookup, ReadPart
from storage.schema import metadata

counsellor: Final = Table(
    "counsellor",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("institution", String(160), nullable=False),
    Column("place", String(64), nullable=False),
    Column("email", String(320), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False, index=True),  # the last change of any of them
)
Index("uq_counsellor_institution_id", counsellor.c.institution, counsellor.c.id, unique=True)

ADD: Final = insert(counsellor).values(
    institution="", place="", email="", active=False, example=False, body="", version=0, revision=0
)
FIND: Final = select(counsellor).where(counsellor.c.id == bindparam("key"))
PROFILES: Final = KeptRows(counsellor, KeptProfile)
REVISION: Final = Lookup("SELECT coalesce(max(revision), 0) FROM counsellor")
ALL_PROFILES: Final = Lookup(f"{PROFILES.select} WHERE version > 0 ORDER BY id")
PROFILE: Final = Lookup(f"{PROFILES.select} WHERE version > 0 AND id = :key")
_next_revision: Final = select(
    func.coalesce(func.max(counsellor.c.revision), 0) + 1
).scalar_subquery()
CHANGE_PROFILE: Final = PROFILES.update.values(revision=_next_revision)
# two changes of profiles at once would give one revision, and whoever has read the first would not see the second
LOCK_PROFILES: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('profiles', 0))")


def _add_profile(dialect: str) -> Any:
    """Build an insert that gives its first profile also to one who was only invited."""
    added = (sqlite if dialect == "sqlite" else postgresql).insert(counsellor)
    changed = {one.name: added.excluded[one.name] for one in counsellor.columns}
    kept = added.values(revision=_next_revision).on_conflict_do_update(
        index_elements=[counsellor.c.id], set_=changed, where=counsellor.c.version == 0
    )
    return kept.returning(counsellor.c.id)


ADD_PROFILE: Final = {dialect: _add_profile(dialect) for dialect in DIALECTS}


def keep_profile(connection: Connection, kept: KeepProfile) -> bool:
    """Keep a counsellor's profile; False where another version stands there by now."""
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.execute(LOCK_PROFILES)
    new, changed = ADD_PROFILE[dialect], CHANGE_PROFILE
    return PROFILES.keep(connection, kept.row, kept.expected, new=new, changed=changed)


class ProfileReads(ReadPart):
    """The counsellors who can be met."""

    def profiles_revision(self) -> int:
        """Return a number that is another one after every change of a profile."""
        return int(REVISION.rows(self._reader)[0][0])

    def profiles(self) -> list[KeptProfile]:
        """Return all profiles, by their ids."""
        return PROFILES.found(self._reader, ALL_PROFILES)

    def profile(self, counsellor: str) -> KeptProfile | None:
        """Return a counsellor's profile; None of one who has none."""
        return PROFILES.first(self._reader, PROFILE, key=counsellor)


class Counsellors(ProfileReads):
    """The counsellors of the store."""

    def __init__(self, transactions: Transactions) -> None:
        super().__init__(transactions)
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
