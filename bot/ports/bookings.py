"""What is kept of counsellors, meetings, bookings and of who waits: what a row is found by, and its body.

body: JSON text, "" where its person was erased. Where it says the same as a column, the column counts: the store raises
versions, ends what has run out and frees time by itself. version: of a row that was read; the store gives the next one.
institution: "place/institution", whose it is. example: made up, and in no figures. Moments are milliseconds of UTC.
"""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """A counsellor as people may meet them, with their hours. place: the municipality's id; email: "" where there is none."""

    id: str
    version: int
    institution: str
    place: str
    name: str
    email: str
    active: bool
    example: bool
    created_at: int
    body: str


@dataclass(frozen=True, slots=True)
class KeptMeeting:
    """Time of counsellors, with its places. Nothing in its body tells who comes.

    counsellors: their ids, who answers for it first. blocked_from, blocked_to: the time with what is kept free around it.
    seats: 1, or the places of a group. open: it takes the counsellors' time; not where it was cancelled or freed.
    """

    id: str
    version: int
    institution: str
    kind: str
    counsellors: tuple[str, ...]
    start: int
    end: int
    blocked_from: int
    blocked_to: int
    seats: int
    open: bool
    example: bool
    body: str


@dataclass(frozen=True, slots=True)
class KeptBooking:
    """One person's part in a meeting. state: a word of the service's; "lapsed" and "gone" (erased) are the store's, too.

    conversation: whose it is; None of somebody without one. whom: of the conversation, who it is for.
    seat: the number of the place, from 0; takes: nobody else may have that place, until `hold_until` if that is set.
    sole: somebody may have one such booking of a kind, as long as its meeting is not over; further places of a party and
    offers do not count. code: a digest it can be found by, "" where it cannot.
    """

    id: str
    version: int
    institution: str
    meeting: str
    conversation: str | None
    whom: str
    kind: str
    seat: int
    takes: bool
    sole: bool
    state: str
    hold_until: int | None
    code: str
    example: bool
    body: str


@dataclass(frozen=True, slots=True)
class KeptWaiting:
    """Somebody who waits for a time. state: "waiting", "offered" or what the service says of one who waits no longer.

    kind: of meeting; also: further ones that would do. place: "" where it is unknown. group: 0 is served first.
    made: since when. booking: the offer that is open, a booking's id; "" where none is.
    """

    id: str
    version: int
    institution: str
    conversation: str
    state: str
    kind: str
    also: tuple[str, ...]
    place: str
    group: int
    made: int
    booking: str
    example: bool
    body: str


@dataclass(frozen=True, slots=True)
class KeptHandoff:
    """What a person has handed to counsellors, and who has it in hand.

    booking: which it belongs to, counsellor: who it is for; "" where there is none. made: when.
    due: by when somebody is to have answered; None where nobody has to.
    """

    id: str
    version: int
    institution: str
    conversation: str
    booking: str
    counsellor: str
    state: str
    made: int
    due: int | None
    example: bool
    body: str


@dataclass(frozen=True, slots=True)
class KeptReferral:
    """What a person has agreed to be handed to another institution, by a link. institution: that refers them.

    digest: of the link's token, "" where there is no link; until: when it ends by itself.
    """

    id: str
    version: int
    institution: str
    conversation: str
    digest: str
    state: str
    made: int
    until: int
    example: bool
    body: str


@dataclass(frozen=True, slots=True)
class KeptInvitation:
    """A code on paper that opens one kind of meeting; it names nobody. id: a digest of the code.

    state: "open", or what the service says of one that was used or withdrawn. until: when it ends by itself.
    """

    id: str
    version: int
    institution: str
    place: str
    kind: str
    state: str
    made: int
    until: int
    example: bool
    body: str


class BookedPart(NamedTuple):
    """A booking with its meeting."""

    booking: KeptBooking
    meeting: KeptMeeting


class BookedMeeting(NamedTuple):
    """A meeting with every booking there ever was of it, by their places."""

    meeting: KeptMeeting
    bookings: tuple[KeptBooking, ...]


class BusyTime(NamedTuple):
    """Time of a counsellor that is taken. institution: where the meeting is held; start, end: the meeting's own."""

    counsellor: str
    meeting: str
    institution: str
    kind: str
    start: int
    end: int
    blocked_from: int
    blocked_to: int


class BookingCount(NamedTuple):
    """How many bookings of an institution and a kind of meeting are in a state."""

    institution: str
    kind: str
    state: str
    number: int


class Demand(NamedTuple):
    """How many ask for a kind of meeting in a place."""

    place: str
    kind: str
    number: int
