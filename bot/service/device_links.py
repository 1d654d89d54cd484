"""Carrying a conversation from one door to another: one-time codes, and who is let in."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from bot.core.dialogue.requests import CarryLinkResponse, LinkDeviceResponse
from bot.core.dialogue.session import LinkingDevice
from bot.ports.effects import Effect, GiveCode, LinkAccount, WakeChat
from bot.ports.protocols import DAY_MILLIS, Store
from bot.ports.snapshot import Snapshot

CARRY_PURPOSE, SCHOOL_PURPOSE = "carry", "school"  # what a code is for


# the channel whose pages ask by themselves how a conversation stands; nothing is sent there
PULLED_CHANNEL = "web"


class LinkKind(StrEnum):
    """What a short link opens, as its letter: `/c/CODE` on the web, `?start=c-CODE` in Telegram."""

    CARRY = "c"  # the conversation of another device
    SCHOOL = "s"
    CLASS = "k"
    FLOW = "f"  # Telegram alone: a flow by its name, without a code


@dataclass
class ChannelLinks:
    """Where a conversation can be taken up: the beginning of a link, "" where that door is shut.

    telegram: known once Telegram has said what the bot is called.
    """

    web: str = ""
    telegram: str = ""

    def open_telegram(self, bot: str) -> None:
        """Learn what the people's bot is called in Telegram."""
        self.telegram = f"https://t.me/{bot}"

    def link(self, channel: str, kind: LinkKind, code: str) -> str:
        """Return the link that opens a door, or "" where it is shut."""
        if channel == PULLED_CHANNEL:
            return f"{self.web}/{kind}/{code}" if self.web else ""
        return f"{self.telegram}?start={kind}-{code}" if self.telegram else ""


def give_link(
    links: ChannelLinks, channel: str, until: int
) -> tuple[CarryLinkResponse, tuple[Effect, ...]]:
    """Return a one-time link from this channel to the other, good until a moment, and its code."""
    code = secrets.token_urlsafe(18)
    link = links.link(
        "people" if channel == PULLED_CHANNEL else PULLED_CHANNEL, LinkKind.CARRY, code
    )
    if not link:
        return CarryLinkResponse(), ()
    return CarryLinkResponse(link=link), (GiveCode(code, CARRY_PURPOSE, until),)


def link_device(
    device: LinkingDevice | None, conversation: str, snapshot: Snapshot
) -> tuple[LinkDeviceResponse, tuple[Effect, ...]]:
    """Let the device that asked go on with a conversation; its chat is told how it stands.

    It is not let in where it has gone on with another conversation since it asked.
    """
    if device is None:
        return LinkDeviceResponse(), ()
    if snapshot.whose(device.channel, device.account) not in (None, device.former, conversation):
        return LinkDeviceResponse(linked=False), ()
    linked = LinkAccount(device.channel, device.account, device.former)
    if device.channel == PULLED_CHANNEL:
        return LinkDeviceResponse(), (linked,)
    return LinkDeviceResponse(), (linked, WakeChat(device.channel, device.account))


def create_school_link(store: Store, school: str, now: int, days: int) -> str:
    """Make a code that opens the conversation for one school, as often as wanted, for some days."""
    code = secrets.token_urlsafe(9)
    store.codes.give(code, SCHOOL_PURPOSE, school, now + days * DAY_MILLIS)
    return code
