"""What can come of a delivery, whichever channel tried it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived.

    name: what the channel calls it, to change it later. buttons: the token of those it shows.
    """

    name: str = ""
    buttons: str = ""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not now. seconds: as the channel asked, None where it did not say.

    counted: a failure that counts towards giving up; waiting because of a limit does not.
    uncertain: it may have arrived all the same.
    reason: what an operator should know, said once.
    """

    seconds: float | None = None
    counted: bool = True
    uncertain: bool = False
    reason: str = ""

    @property
    def limited(self) -> bool:
        """Return whether the channel refuses it for nothing but that too much was sent."""
        return not self.counted and not self.reason


@dataclass(frozen=True, slots=True)
class Gone:
    """The person has blocked the bot, or the account is no more. reason: how the channel said so."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """It says that already."""


@dataclass(frozen=True, slots=True)
class Expired:
    """Too late to answer; nothing is lost by it."""


@dataclass(frozen=True, slots=True)
class Missed:
    """It waited for so long that its moment has passed; it is set aside, where it can be counted."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """The channel does not take so much."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another number now."""

    to: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The channel will never take it."""

    reason: str


Delivery = Sent | RetryLater | Gone | Unchanged | Expired | Missed | TooLarge | Moved | Rejected
