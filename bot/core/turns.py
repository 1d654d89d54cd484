"""What passes between the service and the store: plain, frozen and cheap."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Update:
    """Something that came in, once; `at` is milliseconds of UTC."""

    channel: str
    conversation: str
    update: str
    at: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """A conversation as it is kept; a new one has no state."""

    state: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send; `pull` ones wait on a page instead of being sent."""

    kind: str
    body: str
    pull: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What a turn leaves behind; no state means that the conversation is to be forgotten.

    brief: it may be kept only for a short time.
    events: (kind, body) of what happened, without anybody's words in them.
    """

    state: str | None
    events: tuple[tuple[str, str], ...] = ()
    messages: tuple[Outgoing, ...] = ()
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A turn is durable, or was before."""

    duplicate: bool
    version: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message taken for sending; `attempt` guards against marks of a worker that was too late."""

    id: int
    channel: str
    conversation: str
    kind: str
    body: str
    attempt: int
    uncertain: bool


Work = Callable[[Loaded], Kept]
