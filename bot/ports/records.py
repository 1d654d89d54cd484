"""What passes between the service and the store: plain, frozen and cheap.

Moments are milliseconds of UTC. A lane is what keeps its order: one chat of one channel.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

from bot.ports.effects import Effect
from bot.ports.snapshot import Snapshot

E = TypeVar("E")

BESIDE_SUFFIX = (
    "~"  # ends the name of a lane that goes to the same chat, and need not keep its order
)


def chat_of(lane: str) -> str:
    """Return the chat a lane goes to: „77~” goes to „77”."""
    return lane.removesuffix(BESIDE_SUFFIX)


@dataclass(frozen=True, slots=True)
class Update:
    """Something that came in, once; `lane` is the conversation where a channel has no other.

    lease_until: until when whoever takes the turn has its messages for sending; 0: they wait for anybody.
    """

    channel: str
    conversation: str
    update: str
    at: int
    lane: str = ""
    lease_until: int = 0


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A conversation as it is kept, with what was said last; a new one has no state.

    snapshot: what else is kept, for a turn that is computed from it; None where it was read by itself.
    """

    state: str | None
    version: int
    said: str = ""
    snapshot: Snapshot | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn leaves behind; no state means that the conversation is to be forgotten.

    said: the turn's messages, for a page to show.
    events: (kind, body) of what happened, without anybody's words in them.
    effects: what is done beside, in their order; brief: it may be kept only for a short time.
    unasked: the person did nothing, so that the time they are kept for goes on as it was.
    """

    state: str | None
    said: str = ""
    events: tuple[tuple[str, str], ...] = ()
    effects: tuple[Effect, ...] = ()
    brief: bool = False
    unasked: bool = False

    def effects_of(self, kind: type[E]) -> tuple[E, ...]:
        """Return the effects of one kind, in their order."""
        return tuple(effect for effect in self.effects if isinstance(effect, kind))


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An update taken from the inbox; `attempt` guards against marks of one who was too late."""

    id: int
    channel: str
    lane: str
    update: str
    raw: str
    attempt: int
    failures: int
    at: int


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message taken for sending; `uncertain`: it may have been sent by one who was lost."""

    id: int
    channel: str
    lane: str
    conversation: str
    kind: str
    body: str
    attempt: int
    failures: int
    uncertain: bool
    rank: int = 0


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message that no turn has left. conversation: whose it is, and erased with; "" of the house's own.

    rank: as of `SendMessage`.
    """

    channel: str
    lane: str
    kind: str
    body: str
    conversation: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """A turn is durable, or was before.

    leased: its messages that are leased for sending, until `leased_until`; all_leased: those are all
    of them.
    """

    duplicate: bool
    version: int
    leased: tuple[OutboxItem, ...] = ()
    leased_until: int = 0
    all_leased: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something in a line that could not be worked off, and why."""

    line: str
    id: int
    channel: str
    at: int
    attempt: int
    reason: str


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """What waits in a channel: how many, and since when the first of them (in ms); 0 where none does."""

    count: int
    since: int


@dataclass(frozen=True, slots=True)
class ClassNote:
    """What was done in a class, with nothing in it of who did it.

    letters: of a finished profile, the types that lead it; none while it is only begun.
    """

    kind: Literal["begun", "finished"]
    letters: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question without an answer, how often it was asked, and on which day last (YYYY-MM-DD)."""

    words: str
    language: str
    times: int
    last: str


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    """A card that was said to be wrong. card: its kind and id. version: of what was shown."""

    day: str
    language: str
    card: str
    version: str
    words: str


@dataclass(frozen=True, slots=True)
class Counsellor:
    """A counsellor, known by an id: two may have one name. created_at: milliseconds."""

    id: str
    name: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Planned:
    """Something to be done at a moment.

    key: what it is about; of a kind and a key there is one job.
    conversation: whose it is, and erased with; None of the house's own.
    """

    kind: str
    key: str
    due: int
    body: str = ""
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What was planned, taken to be done; `attempt` guards against marks of who was too late."""

    id: int
    kind: str
    key: str
    body: str
    attempt: int
    failures: int
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class KeptPlanVersion:
    """A version of a plan. at: when it was made; body: what stood in it."""

    number: int
    at: int
    body: str


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """Whose plan a link shows, and which share of it, by its id within the plan."""

    conversation: str
    share: str


@dataclass(frozen=True, slots=True)
class ShareOpened:
    """Somebody has opened the link of a share. at: when."""

    share: str
    at: int


Work = Callable[[StoredConversation], TurnResult]


class TurnRequest(NamedTuple):
    """A turn that is to be taken.

    work: reads nothing but what it is given; it may be called again where somebody was quicker.
    """

    update: Update
    work: Work


class ComputedTurn(NamedTuple):
    """A turn that was taken and is to be kept."""

    update: Update
    stored: StoredConversation
    result: TurnResult


class PreparedTurn(NamedTuple):
    """A turn of which nothing is kept yet. computed: None where that is done as it is kept.

    conflict: what it would have left when somebody was quicker; whose time that takes is held as it is computed again.
    """

    request: TurnRequest
    computed: ComputedTurn | None
    conflict: tuple[Effect, ...] = ()
