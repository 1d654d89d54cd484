"""What the mail channel and the store say to each other beside the outbox."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class GoneAddress:
    """An address that a server has said there is nobody at. reason: the codes it said so by; at: when, in ms."""

    address: str
    reason: str
    at: int


class GoneAddresses(Protocol):
    """The addresses of mail at which there is nobody."""

    def note(self, key: str, address: str, reason: str, at: int) -> bool:
        """Note that a conversation's address is gone."""
        ...

    def note_back(self, address: str) -> bool:
        """Note that something has arrived at an address."""
        ...

    def find(self, address: str) -> GoneAddress | None:
        """Return since when an address is gone; None while nothing speaks against it."""
        ...

    def list_all(self) -> list[GoneAddress]:
        """Return all that are gone, the latest first."""
        ...
