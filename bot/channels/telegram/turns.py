"""The turns of the people's bot: what came made a turn, with its messages and its buttons."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.channels.telegram.codec import escape
from bot.channels.telegram.protocol import File, Inbound, Outbound, Replace, Rows, Say, Toast
from bot.channels.telegram.rendering import Teller
from bot.core.dialogue.events import Input, TimedOut
from bot.ports.protocols import Store
from bot.ports.records import Joined, Kept, Keyboard, Loaded, Outgoing, Received, Turning, Update
from bot.service.conversations import Advanced, Dressed, KeptTalks
from bot.words.i18n.phrases import PHRASES
from bot.words.i18n.translations import NAMES


@dataclass(frozen=True)
class Came:
    """An update as it was read. key: the conversation of its chat, None where there is none yet.

    hold: until when the messages of its turn are held for sending.
    """

    received: Received
    inbound: Inbound
    key: str | None
    hold: int = 0

    @property
    def hint(self) -> str:
        """Give the language Telegram hints at."""
        language = (self.inbound.language or "")[:2].lower()
        return language if language in NAMES else "lv"


@dataclass(frozen=True)
class Pressed:
    """A press as the store knows it."""

    keyboard: Keyboard
    query: str
    message: str | None


First = Sequence[Outbound] | Callable[[Advanced], Sequence[Outbound]]


@dataclass(frozen=True)
class Replies:
    """Makes turns and their messages. channel: the bot's name in the store."""

    talks: KeptTalks
    store: Store
    channel: str

    def turning(self, came: Came, key: str, given: tuple[Input, ...], first: First = ()) -> Turning:
        """Make a turn; `first` is sent before what the turn says. A new chat is joined to `key`."""

        def dress(advanced: Advanced) -> Dressed:
            language = advanced.session.language if advanced.session else "lv"
            told = self._teller(language).tell(advanced.messages, key, came.inbound.thread)
            before = first(advanced) if callable(first) else first
            # an answer goes before what nobody waits for
            rank = 1 if all(isinstance(one, TimedOut) for one in given) else 0
            return Dressed(outgoing([*before, *told.says], rank), told.keyboards)

        new = () if came.key else (Joined(self.channel, came.inbound.chat, key),)
        left = Kept(state=None, joined=new)
        return self.talks.turning(self.update(came, key), given, dress, left)

    def redraw(self, came: Came, keyboard: Keyboard, pressed: Pressed) -> Turning:
        """Show the same question with another page or other ticks; no turn of the conversation."""

        def work(loaded: Loaded) -> Kept:
            session, kept = self.talks.same(loaded)
            told: list[Outbound] = [Toast(query=pressed.query)]
            if pressed.message is not None:
                rows = self._teller(session.language).rows(keyboard)
                told.append(Replace(message=pressed.message, html=keyboard.html, rows=rows))
            return replace(kept, messages=outgoing(told), keyboards=(keyboard,))

        return Turning(self.update(came, keyboard.conversation), work)

    def say(self, came: Came, phrase: str, *before: Outbound, rows: Rows = ()) -> Turning:
        """Say something beside the conversation; it stays as it is, and none is begun."""
        html = escape(self.phrase(came, phrase))
        messages = outgoing((*before, Say(html=html, rows=rows, thread=came.inbound.thread)))

        def work(loaded: Loaded) -> Kept:
            if loaded.state is None:
                return Kept(None, messages=messages)
            return replace(self.talks.same(loaded)[1], messages=messages)

        return Turning(self.update(came, came.key or f"chat{came.inbound.chat}"), work)

    def phrase(self, came: Came, name: str) -> str:
        """Find words in the conversation's language, or in the one Telegram hints at."""
        known = self.talks.look(came.key) if came.key is not None else None
        language = known[0].language if known else came.hint
        return self.talks.talks.catalogues[language].say(PHRASES[name])

    def update(self, came: Came, key: str) -> Update:
        """Name the update for the store, as one of some conversation."""
        received = came.received
        return Update(self.channel, key, received.update, received.at, received.lane, came.hold)

    def _teller(self, language: str) -> Teller:
        words = self.talks.talks.catalogues[language]
        done, more = words.say(PHRASES["done"]), words.say(PHRASES["more"])
        return Teller(lambda: secrets.token_urlsafe(9), done, more)


def outgoing(outbounds: Iterable[Outbound], rank: int = 0) -> tuple[Outgoing, ...]:
    """Give messages as the outbox keeps them. rank: 0 for replies, 1 for reminders."""
    return tuple(
        Outgoing(
            outbound.kind,
            outbound.model_dump_json(),
            rank=rank,
            once=isinstance(outbound, File) and not outbound.picture,
        )
        for outbound in outbounds
    )
