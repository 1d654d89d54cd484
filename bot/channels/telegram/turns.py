"""The turns of the people's bot: what came made a turn, with its messages and its buttons."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.channels.telegram.codec import escape
from bot.channels.telegram.protocol import File, Inbound, Outbound, Replace, Rows, Say, Toast
from bot.channels.telegram.rendering import MessageFormatter
from bot.core.dialogue.inputs import Input
from bot.ports.effects import Keyboard, LinkAccount, SendMessage
from bot.ports.protocols import Store
from bot.ports.records import InboxItem, StoredConversation, TurnRequest, TurnResult, Update
from bot.service.conversations import ChannelOutput, DurableConversations, TurnOutput
from bot.words.i18n.phrases import PHRASES
from bot.words.i18n.translations import NAMES


@dataclass(frozen=True)
class IncomingUpdate:
    """An update as it was read. key: the conversation of its chat, None where there is none yet.

    hold: until when the messages of its turn are held for sending.
    """

    received: InboxItem
    inbound: Inbound
    key: str | None
    hold: int = 0

    @property
    def hint(self) -> str:
        """Return the language Telegram hints at."""
        language = (self.inbound.language or "")[:2].lower()
        return language if language in NAMES else "lv"


@dataclass(frozen=True)
class Pressed:
    """A press as the store knows it."""

    keyboard: Keyboard
    query: str
    message: str | None


First = Sequence[Outbound] | Callable[[TurnOutput], Sequence[Outbound]]


@dataclass(frozen=True)
class Replies:
    """Makes turns and their messages. channel: the bot's name in the store."""

    talks: DurableConversations
    store: Store
    channel: str

    def turning(
        self, came: IncomingUpdate, key: str, given: tuple[Input, ...], first: First = ()
    ) -> TurnRequest:
        """Make a turn; `first` is sent before what the turn says. A new chat is joined to `key`."""

        def dress(advanced: TurnOutput) -> ChannelOutput:
            language = advanced.session.language if advanced.session else "lv"
            told = self._teller(language).tell(advanced.messages, key, came.inbound.thread)
            before = first(advanced) if callable(first) else first
            return ChannelOutput((*outgoing([*before, *told.says]), *told.keyboards))

        new = () if came.key else (LinkAccount(self.channel, came.inbound.chat, key),)
        left = TurnResult(state=None, effects=new)
        return self.talks.turn_request(self.update(came, key), given, dress, left)

    def redraw(self, came: IncomingUpdate, keyboard: Keyboard, pressed: Pressed) -> TurnRequest:
        """Show the same question with another page or other ticks; no turn of the conversation."""

        def work(loaded: StoredConversation) -> TurnResult:
            session, kept = self.talks.unchanged(loaded)
            told: list[Outbound] = [Toast(query=pressed.query)]
            if pressed.message is not None:
                rows = self._teller(session.language).rows(keyboard)
                told.append(Replace(message=pressed.message, html=keyboard.html, rows=rows))
            return replace(kept, effects=(*outgoing(told), keyboard))

        return TurnRequest(self.update(came, keyboard.conversation), work)

    def say(
        self, came: IncomingUpdate, phrase: str, *before: Outbound, rows: Rows = ()
    ) -> TurnRequest:
        """Say something beside the conversation; it stays as it is, and none is begun."""
        html = escape(self.phrase(came, phrase))
        messages = outgoing((*before, Say(html=html, rows=rows, thread=came.inbound.thread)))

        def work(loaded: StoredConversation) -> TurnResult:
            if loaded.state is None:
                return TurnResult(None, effects=messages)
            return replace(self.talks.unchanged(loaded)[1], effects=messages)

        return TurnRequest(self.update(came, came.key or f"chat{came.inbound.chat}"), work)

    def phrase(self, came: IncomingUpdate, name: str) -> str:
        """Find words in the conversation's language, or in the one Telegram hints at."""
        known = self.talks.read(came.key) if came.key is not None else None
        language = known[0].language if known else came.hint
        return self.talks.conversations.catalogues[language].say(PHRASES[name])

    def update(self, came: IncomingUpdate, key: str) -> Update:
        """Name the update for the store, as one of some conversation."""
        received = came.received
        return Update(self.channel, key, received.update, received.at, received.lane, came.hold)

    def _teller(self, language: str) -> MessageFormatter:
        words = self.talks.conversations.catalogues[language]
        done, more = words.say(PHRASES["done"]), words.say(PHRASES["more"])
        return MessageFormatter(lambda: secrets.token_urlsafe(9), done, more)


def outgoing(outbounds: Iterable[Outbound]) -> tuple[SendMessage, ...]:
    """Return messages as the outbox keeps them."""
    return tuple(
        SendMessage(
            outbound.kind,
            outbound.model_dump_json(),
            at_most_once=isinstance(outbound, File) and not outbound.picture,
        )
        for outbound in outbounds
    )
