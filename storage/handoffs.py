"""What people have handed to counsellors, and to other institutions."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Column, Connection, Index, String

from bot.ports.bookings import KeptHandoff, KeptReferral
from bot.ports.effects import KeepHandoff, KeepReferral
from storage.kept_rows import KeptRows, kept_table, number, word
from storage.leases import partial_index
from storage.lookups import Lookup, ReadPart

handoff: Final = kept_table(
    "handoff",
    Column("conversation", String(64), nullable=False, index=True),
    word("booking", 64),
    word("counsellor", 32),
    word("state", 16),
    number("made"),
    number("due", nullable=True),
)
Index("ix_handoff_counsellor_state", handoff.c.counsellor, handoff.c.state)
Index("ix_handoff_institution_state", handoff.c.institution, handoff.c.state)
partial_index("ix_handoff_due", handoff.c.due, where="due IS NOT NULL")
referral: Final = kept_table(
    "referral",
    Column("conversation", String(64), nullable=False, index=True),
    word("digest", 64),
    word("state", 16),
    number("made"),
    number("until"),
)

partial_index("uq_referral_digest", referral.c.digest, where="digest <> ''", unique=True)

HANDOFFS: Final = KeptRows(handoff, KeptHandoff)
REFERRALS: Final = KeptRows(referral, KeptReferral)
HANDOFFS_OF: Final = Lookup(f"{HANDOFFS.select} WHERE conversation = :key ORDER BY made, id")
HANDOFFS_TO: Final = Lookup(
    f"{HANDOFFS.select} WHERE counsellor = :key AND state IN [:states] ORDER BY made, id"
)
HANDOFFS_IN: Final = Lookup(
    f"{HANDOFFS.select} WHERE institution = :key AND state IN [:states] ORDER BY made, id"
)
OVERDUE: Final = Lookup(
    f"{HANDOFFS.select} WHERE due IS NOT NULL AND due <= :now ORDER BY due, id LIMIT :most"
)
REFERRALS_OF: Final = Lookup(f"{REFERRALS.select} WHERE conversation = :key ORDER BY made, id")
REFERRAL: Final = Lookup(f"{REFERRALS.select} WHERE digest = :key AND digest <> ''")


def keep_handoff(connection: Connection, kept: KeepHandoff) -> bool:
    """Keep what was handed to counsellors; False where another version stands there by now."""
    return HANDOFFS.keep(connection, kept.row, kept.expected)


def keep_referral(connection: Connection, kept: KeepReferral) -> bool:
    """Keep what is handed to another institution; False where another version stands there by now."""
    return REFERRALS.keep(connection, kept.row, kept.expected)


class HandoffReads(ReadPart):
    """What a person has handed on."""

    def handoffs_of(self, conversation: str) -> list[KeptHandoff]:
        """Return what a conversation has handed to counsellors, the first first."""
        return HANDOFFS.found(self._reader, HANDOFFS_OF, key=conversation)

    def referrals_of(self, conversation: str) -> list[KeptReferral]:
        """Return what a conversation has handed to other institutions, the first first."""
        return REFERRALS.found(self._reader, REFERRALS_OF, key=conversation)


class Handoffs(HandoffReads):
    """What was handed on, as staff look at it."""

    def handoff(self, key: str) -> KeptHandoff | None:
        """Return one by its id."""
        return HANDOFFS.find(self._reader, key)

    def handoffs_to(self, counsellor: str, states: Sequence[str]) -> list[KeptHandoff]:
        """Return what a counsellor has in some states, the first first."""
        return HANDOFFS.found(self._reader, HANDOFFS_TO, key=counsellor, states=[*states])

    def handoffs_in(self, institution: str, states: Sequence[str]) -> list[KeptHandoff]:
        """Return what an institution has in some states, the first first."""
        return HANDOFFS.found(self._reader, HANDOFFS_IN, key=institution, states=[*states])

    def overdue(self, now: int, most: int) -> list[KeptHandoff]:
        """Return what somebody was to have answered by now, the longest due first."""
        return HANDOFFS.found(self._reader, OVERDUE, now=now, most=most)

    def referral(self, digest: str) -> KeptReferral | None:
        """Return what a link leads to, whatever its state."""
        return REFERRALS.first(self._reader, REFERRAL, key=digest)
