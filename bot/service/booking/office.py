"""What stays from one turn to another: the content, the words, and the counsellors who can be met."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.core.base.texts import Language
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.kinds import MeetingMode
from bot.core.booking.offices import NVA
from bot.core.booking.routing import reaching
from bot.core.booking.waitlist import Reaches
from bot.core.education.dates import RIGA
from bot.core.library import Library
from bot.core.places.place import OfficeContact
from bot.ports.booking_reads import BookingReads, HandoffReads, ProfileReads, WaitingReads
from bot.ports.protocols import Store
from bot.ports.snapshot import Snapshot
from bot.service.booking.rows import read_profile
from bot.service.device_links import ChannelLinks
from bot.words.i18n.localizer import Localizer
from bot.words.render import Catalogues

LONGEST_WHERE = 300


class OfficeReads(NamedTuple):
    """Where it is read: the snapshot of a turn, or the parts of the store."""

    bookings: BookingReads
    handoffs: HandoffReads
    profiles: ProfileReads
    waiting: WaitingReads

    @classmethod
    def of_turn(cls, snapshot: Snapshot) -> "OfficeReads":
        """Return what a turn reads."""
        return cls(snapshot, snapshot, snapshot, snapshot)

    @classmethod
    def of_store(cls, store: Store) -> "OfficeReads":
        """Return what is read outside of a turn."""
        return cls(store.bookings, store.handoffs, store.counsellors, store.waiting)


@dataclass(frozen=True)
class KnownCounsellors:
    """Counsellors at one state of the store.

    offered: who can be met, by id; named: beside them all who were, so that a meeting with them can be told. kept: the
    versions of those that have a row.
    """

    offered: Mapping[str, CounsellorProfile]
    named: Mapping[str, CounsellorProfile]
    kept: Mapping[str, int]


class BookingOffice:
    """Answers what depends on the content and the counsellors alone.

    library: the present one, as imports may replace it. examples: whether made-up counsellors are offered as long as
    there is no real one.
    """

    def __init__(
        self,
        library: Callable[[], Library],
        catalogues: Catalogues,
        links: ChannelLinks,
        *,
        examples: bool = True,
    ) -> None:
        self._library = library
        self.catalogues = catalogues
        self.links = links
        self._examples = examples
        self._known: tuple[int, KnownCounsellors] | None = None

    @property
    def library(self) -> Library:
        """The content."""
        return self._library()

    def counsellors(self, reads: ProfileReads) -> KnownCounsellors:
        """Return the counsellors, read anew only where a profile has changed."""
        revision = reads.profiles_revision()
        remembered = self._known
        if remembered is None or remembered[0] != revision:
            remembered = self._known = (revision, self._read(reads))
        return remembered[1]

    def reaches(self, known: KnownCounsellors, now: datetime) -> Reaches:
        """Return what tells whether somebody is led to a counsellor."""
        library = self.library
        offered = tuple(known.offered.values())
        return reaching(offered, library.place_finder, library.meetings, now)

    def words(self, language: Language, now: datetime, register: str = "jus") -> Localizer:
        """Return what says things in a language on the day of a moment."""
        today = now.astimezone(RIGA).date()
        return Localizer(self.library, self.catalogues[language], register, today)

    def contact(self, office: str) -> OfficeContact | None:
        """Return how an office is reached, by "place/institution"; None where the content does not know it."""
        place_id, _, name = office.partition("/")
        place = self.library.places.get(place_id)
        if place is None:
            return None
        return place.nva if name == NVA else place.institutions.get(name)

    def office_name(self, office: str) -> str:
        """Return what an office is called; "" where the content does not know it."""
        return str(getattr(self.contact(office), "name", ""))

    def where(self, office: str, room: str, mode: MeetingMode) -> str:
        """Return where to come; "" where one does not come anywhere."""
        if mode != "in_person":
            return ""
        contact = self.contact(office)
        address = (contact.address if contact is not None else None) or ""
        return ", ".join(one for one in (room, address) if one)[:LONGEST_WHERE]

    def _read(self, reads: ProfileReads) -> KnownCounsellors:
        rows = reads.profiles()
        found = {row.id: read_profile(row) for row in rows}
        kept = {id_: one for id_, one in found.items() if one is not None}
        named = {**self.library.example_counsellors, **kept}
        real = {id_: one for id_, one in named.items() if not one.example}
        is_real = any(one.may_take_bookings for one in real.values())
        offered = real if is_real or not self._examples else named
        return KnownCounsellors(offered, named, {row.id: row.version for row in rows})
