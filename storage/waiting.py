"""Who waits for a time, who was invited to one on paper, and how often none was found."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Column, Connection, Integer, String, Table, Text, insert, text

from bot.ports.bookings import Demand, KeptInvitation, KeptWaiting
from bot.ports.effects import CountNoTime, KeepInvitation, KeepWaiting
from storage.kept_rows import KeptRows, kept_table, number, word
from storage.leases import partial_index
from storage.lookups import Lookup, ReadPart
from storage.schema import id_column, metadata

waiting: Final = kept_table(
    "waiting",
    Column("conversation", String(64), nullable=False, index=True),
    word("state", 16),
    word("kind", 64),
    Column("also", Text, nullable=False),
    word("place", 64),
    Column("group", Integer, nullable=False),
    number("made"),
    word("booking", 64),
)
_order: Final = (waiting.c.group, waiting.c.made, waiting.c.id)
partial_index("ix_waiting_place", waiting.c.place, *_order, where="state = 'waiting'")
partial_index("ix_waiting_offered", waiting.c.booking, where="state = 'offered'")
invitation: Final = kept_table(
    "invitation", word("place", 64), word("kind", 64), word("state", 16), number("made"),
    number("until"),
)  # fmt: skip
no_time: Final = Table(
    "no_time",
    metadata,
    id_column(),
    Column("day", String(10), nullable=False, index=True),
    word("place", 64),
    word("kind", 64),
)
# who was counted; the figure itself leads to nobody
no_time_mark: Final = Table(
    "no_time_mark",
    metadata,
    Column("conversation", String(64), primary_key=True),
    Column("place", String(64), primary_key=True),
    Column("kind", String(64), primary_key=True),
    number("until", index=True),
)

ENTRIES: Final = KeptRows(waiting, KeptWaiting, lists=("also",))
INVITATIONS: Final = KeptRows(invitation, KeptInvitation)
WAITING_OF: Final = Lookup(f"{ENTRIES.select} WHERE conversation = :key ORDER BY made, id")
WAITING_FOR: Final = Lookup(f"""{ENTRIES.select}
WHERE state = 'waiting' AND place IN [:places] AND (kind = :kind OR also LIKE :also ESCAPE '!')
ORDER BY "group", made, id LIMIT :most""")
RUN_OUT_OFFERS: Final = Lookup(f"""{ENTRIES.select}
LEFT JOIN booking ON booking.id = waiting.booking
WHERE waiting.state = 'offered' AND (booking.id IS NULL OR NOT booking.takes
  OR booking.hold_until IS NOT NULL AND booking.hold_until <= :now)
ORDER BY waiting.made, waiting.id LIMIT :most""")
COUNT_WAITING: Final = Lookup("""
SELECT place, kind, count(*) FROM waiting WHERE state IN ('waiting', 'offered') AND NOT example
GROUP BY place, kind ORDER BY place, kind""")
COUNT_INVITED: Final = Lookup("""
SELECT place, kind, count(*) FROM invitation WHERE state = 'open' AND until > :now AND NOT example
GROUP BY place, kind ORDER BY place, kind""")
COUNT_NO_TIME: Final = Lookup("""
SELECT place, kind, count(*) FROM no_time WHERE day >= :since
GROUP BY place, kind ORDER BY place, kind""")
# a person is counted once in a while for a place and a kind
MARK_NO_TIME: Final = text("""
INSERT INTO no_time_mark (conversation, place, kind, until) VALUES (:whose, :place, :kind, :until)
ON CONFLICT (conversation, place, kind) DO UPDATE SET until = excluded.until
WHERE no_time_mark.until <= :at
RETURNING until""")
ADD_NO_TIME: Final = insert(no_time)


def keep_waiting(connection: Connection, kept: KeepWaiting) -> bool:
    """Keep who waits; False where another version stands there by now."""
    return ENTRIES.keep(connection, kept.row, kept.expected)


def keep_invitation(connection: Connection, kept: KeepInvitation) -> bool:
    """Keep an invitation on paper; False where another version stands there by now."""
    return INVITATIONS.keep(connection, kept.row, kept.expected)


def count_no_time(connection: Connection, counted: CountNoTime, whose: str, at: int) -> None:
    """Count that a conversation has found no time, unless it was counted of late. at: now."""
    about = {"place": counted.place, "kind": counted.kind}
    marked = about | {"whose": whose, "until": counted.until, "at": at}
    if connection.execute(MARK_NO_TIME, marked).first() is not None:
        connection.execute(ADD_NO_TIME, about | {"day": counted.day})


class WaitingReads(ReadPart):
    """Who waits, and what codes on paper open."""

    def waiting_of(self, conversation: str) -> list[KeptWaiting]:
        """Return a conversation's places in waiting lists, the first first."""
        return ENTRIES.found(self._reader, WAITING_OF, key=conversation)

    def waiting_for(self, kind: str, places: Sequence[str], most: int) -> list[KeptWaiting]:
        """Return who waits for a kind of meeting in some places, in the order in which they are served."""
        also = f'%"{kind.replace("_", "!_")}"%'
        given = {"kind": kind, "also": also, "places": [*places], "most": most}
        return ENTRIES.found(self._reader, WAITING_FOR, **given)

    def invitation(self, digest: str) -> KeptInvitation | None:
        """Return what a code on paper opens, whatever its state."""
        return INVITATIONS.find(self._reader, digest)


class Waiting(WaitingReads):
    """Who waits, and the figures of it."""

    def waiting(self, key: str) -> KeptWaiting | None:
        """Return one place in a waiting list by its id."""
        return ENTRIES.find(self._reader, key)

    def run_out_offers(self, now: int, most: int) -> list[KeptWaiting]:
        """Return those whose offer is none any more by the clock."""
        return ENTRIES.found(self._reader, RUN_OUT_OFFERS, now=now, most=most)

    def count_waiting(self) -> list[Demand]:
        """Return how many wait, or have an offer, by place and kind of meeting."""
        return [Demand(*row) for row in COUNT_WAITING.rows(self._reader)]

    def count_invited(self, now: int) -> list[Demand]:
        """Return how many invitations on paper are open, by place and kind of meeting."""
        return [Demand(*row) for row in COUNT_INVITED.rows(self._reader, now=now)]

    def count_no_time(self, since: str) -> list[Demand]:
        """Return how often no time was found since a day (YYYY-MM-DD), by place and kind of meeting."""
        return [Demand(*row) for row in COUNT_NO_TIME.rows(self._reader, since=since)]
