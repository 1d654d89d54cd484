"""Carrying a conversation from one door to another: one-time codes, and who is let in."""

import secrets
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.core.dialogue.events import Session, Visitor
from bot.ports.protocols import Store
from bot.ports.records import Code, Joined, Kept

CARRY, SCHOOL = "carry", "school"  # what a code is for


@dataclass
class Doors:
    """Where a conversation can be taken up: the beginning of a link, "" where that door is shut.

    telegram: known once Telegram has said what the bot is called.
    """

    web: str = ""
    telegram: str = ""

    def opened(self, bot: str) -> None:
        """Learn what the people's bot is called in Telegram."""
        self.telegram = f"https://t.me/{bot}"

    def link(self, channel: str, purpose: Literal["c", "s", "k"], code: str) -> str:
        """Give the link that opens a door, or "" where it is shut."""
        if channel == "web":
            return f"{self.web}/{purpose}/{code}" if self.web else ""
        return f"{self.telegram}?start={purpose}-{code}" if self.telegram else ""


@dataclass
class Errands:
    """What the service does for one turn beside the messages: links given, visitors let in.

    at: the turn's moment in milliseconds; minutes: how long a link to another device is good for.
    """

    doors: Doors
    channel: str
    at: int
    minutes: int
    codes: list[Code] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)

    def find(self, want: str, session: Session) -> str:
        """Do what a turn wants; gives what is to be shown of it."""
        visitor = session.visitor
        if want == "join" and visitor is not None:
            self.joined.append(_joined(visitor))
        if want != "carry":
            return ""
        code = secrets.token_urlsafe(18)
        link = self.doors.link("people" if self.channel == "web" else "web", "c", code)
        if link:
            self.codes.append(Code(code, CARRY, self.at + self.minutes * 60_000))
        return link

    def done(self, kept: Kept) -> Kept:
        """Add to what a turn leaves behind."""
        wakes = tuple((one.channel, one.account) for one in self.joined if one.channel != "web")
        return replace(
            kept,
            codes=tuple(self.codes),
            joined=(*kept.joined, *self.joined),
            wakes=(*kept.wakes, *wakes),
        )


def welcome(store: Store, school: str, now: int, days: int) -> str:
    """Make a code that opens the conversation for one school, as often as wanted, for some days."""
    code = secrets.token_urlsafe(9)
    store.codes.give(code, SCHOOL, school, now + days * 86_400_000)
    return code


def _joined(visitor: Visitor) -> Joined:
    return Joined(visitor.channel, visitor.account, visitor.former)
