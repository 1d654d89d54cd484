"""What passes between the service and the store: plain, frozen and cheap.

Moments are milliseconds of UTC. A lane is what keeps its order: one chat of one channel.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

BESIDE = "~"  # ends the name of a lane that goes to the same chat, and need not keep its order


def chat_of(lane: str) -> str:
    """Return the chat a lane goes to: „77~” goes to „77”."""
    return lane.removesuffix(BESIDE)


@dataclass(frozen=True, slots=True)
class Update:
    """Something that came in, once; `lane` is the conversation where a channel has no other.

    hold: until when whoever takes the turn has its messages for sending; 0: they wait for anybody.
    """

    channel: str
    conversation: str
    update: str
    at: int
    lane: str = ""
    hold: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A conversation as it is kept, with what was said last; a new one has no state."""

    state: str | None
    version: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send: to where the update came from, or to a channel and lane of its own.

    rank: 0 for replies, 1 for reminders, 2 for what can wait; within a lane the order is kept.
    once: it must never be sent twice.
    """

    kind: str
    body: str
    channel: str | None = None
    lane: str | None = None
    rank: int = 0
    once: bool = False


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Buttons as they were sent: what each stands for, resolved by a short opaque token.

    html: the message they stand under; answered: what is left of it once the question is answered,
    to show it with what was chosen. Its message may show the next question by then: closed.
    version: of the conversation, where its message was the last one of the chat.
    ask: the number of the question they belong to; several: they are ticked, then sent together.
    """

    token: str
    conversation: str
    html: str
    picks: tuple[str, ...]
    labels: tuple[str, ...]
    ask: int | None
    several: bool = False
    ticked: tuple[int, ...] = ()
    page: int = 0
    answered: str = ""
    version: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code that opens this conversation, for one purpose, until a moment."""

    code: str
    purpose: str
    until: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A door that leads to this conversation from now on; what it led to before is forgotten."""

    channel: str
    account: str
    former: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a turn leaves behind; no state means that the conversation is to be forgotten.

    said: the turn's messages, for a page to show.
    brief: it may be kept only for a short time.
    events: (kind, body) of what happened, without anybody's words in them.
    codes: given out; used: codes that open nothing more; joined: doors let in.
    wakes: (channel, account) of doors at which the conversation is to be told how it stands.
    notes: (code, word) of classes, with nothing in them of whose they are.
    """

    state: str | None
    said: str = ""
    events: tuple[tuple[str, str], ...] = ()
    messages: tuple[Outgoing, ...] = ()
    brief: bool = False
    keyboards: tuple[Keyboard, ...] = ()
    codes: tuple[Code, ...] = ()
    used: tuple[str, ...] = ()
    joined: tuple[Joined, ...] = ()
    wakes: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
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
class Claimed:
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
class Done:
    """A turn is durable, or was before.

    held: its messages that are held for sending; whole: those are all of them.
    """

    duplicate: bool
    version: int
    held: tuple[Claimed, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something in a line that could not be worked off, and why."""

    line: str
    id: int
    channel: str
    at: int
    attempt: int
    reason: str


Work = Callable[[Loaded], Kept]


class Turning(NamedTuple):
    """A turn that is to be taken. work: pure; it may be called again where somebody was quicker."""

    update: Update
    work: Work


class Taken(NamedTuple):
    """A turn that was taken and is to be kept."""

    update: Update
    loaded: Loaded
    kept: Kept


class Begun(NamedTuple):
    """A turn of which nothing is kept yet. taken: None where it is taken as it is kept."""

    turning: Turning
    taken: Taken | None
