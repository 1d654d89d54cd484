"""What the service needs from outside, as protocols."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.ports.booking_reads import ProfileReads
from bot.ports.booking_store import Bookings, Handoffs, Waiting
from bot.ports.effects import GiveCode, Keyboard
from bot.ports.mail import GoneAddresses
from bot.ports.queues import Inbox, Jobs, Outbox
from bot.ports.records import (
    AskedQuestion,
    ClassNote,
    Counsellor,
    KeptCorrection,
    KeptPlanVersion,
    PreparedTurn,
    SharedPlan,
    ShareOpened,
    StoredConversation,
    TurnOutcome,
    TurnRequest,
    Update,
    Work,
)


class Turns(Protocol):
    """Takes updates, each once, in one transaction with all that its turn leaves."""

    @property
    def computes_inside_commit(self) -> bool:
        """Return whether a turn is computed only as it is committed, so that nothing is prepared."""
        ...

    @property
    def best_batch(self) -> int:
        """Return how many turns are best kept in one commit."""
        ...

    def run(self, update: Update, work: Work) -> TurnOutcome:
        """Take one update once."""
        ...

    def prepare(self, request: TurnRequest) -> PreparedTurn:
        """Compute a turn where that can be done beside the commit; keeps nothing yet."""
        ...

    def commit(self, prepared: Sequence[PreparedTurn]) -> list[TurnOutcome | Exception]:
        """Keep turns, each with its own outcome."""
        ...


class Conversations(Protocol):
    """The conversations as they stand."""

    def load(self, key: str) -> StoredConversation:
        """Return a conversation; one that is not kept has no state."""
        ...


class People(Protocol):
    """The right to be forgotten, and to what is kept of oneself."""

    def forget(self, key: str, at: int) -> bool:
        """Erase a conversation with everything that belongs to it; False where there was none.

        at: now; what it has booked after that is freed.
        """
        ...

    def export(self, key: str) -> dict[str, list[dict[str, Any]]]:
        """Return what belongs to a person, by the name of the table."""
        ...

    def purge(
        self,
        before: int,
        brief_before: int,
        settled_before: int,
        going_on: Callable[[], bool] = lambda: True,
    ) -> int:
        """Forget idle conversations and settled rows, a portion at a time; return how many.

        going_on: asked before each portion; what is left when it says no is left.
        """
        ...

    def compact(self) -> None:
        """Write a database anew from which people were erased, at night."""
        ...


class Addresses(Protocol):
    """Which accounts of channels lead to which conversation."""

    def whose(self, channel: str, account: str) -> str | None:
        """Return whose conversation an account leads to."""
        ...

    def accounts_of(self, key: str) -> list[tuple[str, str]]:
        """Return where a conversation can be reached, as (channel, account)."""
        ...

    def link(self, channel: str, account: str, key: str, at: int) -> None:
        """Lead an account to a conversation."""
        ...

    def mark_gone(self, channel: str, account: str, *, gone: bool) -> None:
        """Note that an account has left, or is back."""
        ...


class Keyboards(Protocol):
    """The buttons that were sent."""

    def find(self, token: str) -> Keyboard | None:
        """Return the buttons a token stands for."""
        ...

    def showing(self, key: str, ask: int) -> list[tuple[Keyboard, str]]:
        """Return the messages that show a question's buttons, each with them."""
        ...


class Codes(Protocol):
    """Codes that open something, each for one purpose and until a moment.

    subject: a conversation's key, or what else the purpose opens.
    """

    def give(self, code: str, purpose: str, subject: str, until: int) -> None:
        """Keep a code."""
        ...

    def known(self, code: str, purpose: str, now: int) -> str | None:
        """Return what a code opens, without taking it."""
        ...


class ClassNotes(Protocol):
    """What is noted of classes, without anybody's name."""

    def notes_of(self, code: str) -> list[ClassNote]:
        """Return what was noted of a class, in its order."""
        ...


class Feedback(Protocol):
    """What people asked without an answer and said is wrong, with nobody's name."""

    def questions(self, since: str) -> list[AskedQuestion]:
        """Return the questions noted since a day (YYYY-MM-DD), the most frequent first."""
        ...

    def corrections(self) -> list[KeptCorrection]:
        """Return what was said to be wrong, the newest first."""
        ...


class Counsellors(ProfileReads, Protocol):
    """The counsellors."""

    def invite(self, invited: Counsellor, code: GiveCode) -> None:
        """Keep a counsellor, and the code that joins an account to them."""
        ...

    def join(self, code: str, purpose: str, channel: str, account: str, now: int) -> bool:
        """Take a code and lead an account to its counsellor, both or neither; False: no such code."""
        ...

    def find(self, key: str) -> Counsellor | None:
        """Return a counsellor by their id."""
        ...


class ImportedRows(Protocol):
    """What was imported, as (kind, id, body); a mark tells one state from another."""

    def revision(self) -> int:
        """Return which import was the last."""
        ...

    def read(self) -> tuple[int, list[tuple[str, str, str]]]:
        """Return all that was imported, and the state it is in."""
        ...

    def save(self, rows: Sequence[tuple[str, str, str]], mark: int) -> bool:
        """Keep rows, all or none; False where another import came between."""
        ...


class Plans(Protocol):
    """What is kept of plans beside their conversations; turns add to it."""

    def versions(self, conversation: str) -> list[KeptPlanVersion]:
        """Return the versions of a plan that are kept, the first first."""
        ...

    def shared(self, token: str) -> SharedPlan | None:
        """Return whose plan a link shows; None where it shows nothing any more."""
        ...

    def note_open(self, token: str, at: int) -> None:
        """Note that somebody has opened a link."""
        ...

    def opens(self, conversation: str) -> list[ShareOpened]:
        """Return when a conversation's links were opened, the latest first."""
        ...

    def to_look_at(self, looked: str, after: str, most: int) -> list[str]:
        """Return conversations whose watched plans were not looked at yet."""
        ...

    def note_looked(self, conversations: list[str], looked: str) -> None:
        """Note by which content and on which day plans were looked at."""
        ...


class Store(Protocol):
    """All that is kept, a part for each subject; each call is one transaction."""

    @property
    def turns(self) -> Turns:
        """Return the turns."""
        ...

    @property
    def conversations(self) -> Conversations:
        """Return the conversations."""
        ...

    @property
    def people(self) -> People:
        """Return the people."""
        ...

    @property
    def addresses(self) -> Addresses:
        """Return the addresses."""
        ...

    @property
    def gone_addresses(self) -> GoneAddresses:
        """Return the addresses of mail at which there is nobody."""
        ...

    @property
    def keyboards(self) -> Keyboards:
        """Return the keyboards."""
        ...

    @property
    def codes(self) -> Codes:
        """Return the codes."""
        ...

    @property
    def class_notes(self) -> ClassNotes:
        """Return the notes of classes."""
        ...

    @property
    def feedback(self) -> Feedback:
        """Return what people asked without an answer, and said is wrong."""
        ...

    @property
    def counsellors(self) -> Counsellors:
        """Return the counsellors."""
        ...

    @property
    def bookings(self) -> Bookings:
        """Return the meetings and bookings."""
        ...

    @property
    def waiting(self) -> Waiting:
        """Return who waits for a time."""
        ...

    @property
    def handoffs(self) -> Handoffs:
        """Return what was handed on."""
        ...

    @property
    def jobs(self) -> Jobs:
        """Return the jobs."""
        ...

    @property
    def plans(self) -> Plans:
        """Return what is kept of plans beside their conversations."""
        ...

    @property
    def imports(self) -> ImportedRows:
        """Return what was imported."""
        ...

    @property
    def inbox(self) -> Inbox:
        """Return the inbox."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Return the outbox."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the moment, with its zone."""
        ...


DAY_MILLIS = 86_400_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def millis(moment: datetime) -> int:
    """Return a moment as the store keeps it: milliseconds of UTC."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def moment_of(at: int) -> datetime:
    """Return a moment as it was before the store kept it, in UTC."""
    return EPOCH + timedelta(milliseconds=at)
