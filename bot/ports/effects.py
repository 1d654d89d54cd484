"""What a turn leaves to be done beside its session, kept with it in one transaction."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GiveCode:
    """A one-time code that opens this conversation, for one purpose, until a moment."""

    code: str
    purpose: str
    until: int


@dataclass(frozen=True, slots=True)
class LinkAccount:
    """A door that leads to this conversation from now on; what it led to before is forgotten."""

    channel: str
    account: str
    former: str


@dataclass(frozen=True, slots=True)
class WakeChat:
    """Tell an account's chat how the conversation stands, in a turn of its own."""

    channel: str
    account: str


Effect = GiveCode | LinkAccount | WakeChat
