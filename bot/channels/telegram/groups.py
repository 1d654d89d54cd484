"""Groups: told once that conversations are had in private, then met with silence.

That a group was told is an address of the group's, which leads to no conversation. Nothing else is
kept of it.
"""

from bot.ports.effects import LinkAccount
from bot.ports.protocols import Store


def is_told(store: Store, channel: str, chat: str) -> bool:
    """Return whether a group was told before."""
    return store.addresses.whose(channel, _account(chat)) is not None


def mark_told(channel: str, chat: str, key: str) -> LinkAccount:
    """Return what is kept of telling a group, by the turn of `key`."""
    return LinkAccount(channel, _account(chat), key)


def _account(chat: str) -> str:
    return f"group{chat}"
