"""The turns of the people's bot: what came made a turn, with its messages and its buttons."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.channels.telegram.codec import escape
from bot.channels.telegram.protocol import (
    ButtonRows,
    EditText,
    Inbound,
    Outbound,
    SendFile,
    SendText,
)
from bot.channels.telegram.rendering import MessageFormatter, RenderedTurn, continued
from bot.core.dialogue.inputs import DateDue, Input, TimedOut
from bot.ports.effects import Effect, Keyboard, LinkAccount, SendMessage
from bot.ports.protocols import Store
from bot.ports.records import (
    BESIDE_SUFFIX,
    InboxItem,
    StoredConversation,
    TurnRequest,
    TurnResult,
    Update,
)
from bot.service.conversations import ChannelOutput, DurableConversations, TurnOutput
from bot.words.i18n.phrases import PHRASES
from bot.words.i18n.translations import LANGUAGE_NAMES


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
        return language if language in LANGUAGE_NAMES else "lv"


@dataclass(frozen=True)
class PressedButton:
    """A press as the store knows it. message: what the message is called the button stands under."""

    keyboard: Keyboard
    message: str | None


class Closing(NamedTuple):
    """Buttons that are done with, the message that shows them, and what it is to show instead."""

    keyboard: Keyboard
    message: str
    html: str


Closes = Callable[[TurnOutput], Sequence[Closing]]
# what may stand in one message with the answers before it; a result or a note stands for itself
CONTINUABLE_KINDS = {"answer", "say", "ask"}


@dataclass(frozen=True)
class Replies:
    """Makes turns and their messages. channel: the bot's name in the store."""

    conversations: DurableConversations
    store: Store
    channel: str

    def turn_request(
        self,
        incoming: IncomingUpdate,
        key: str,
        given: tuple[Input, ...],
        closes: Closes = lambda _output: (),
        pressed: PressedButton | None = None,
    ) -> TurnRequest:
        """Make a turn. A new chat is joined to `key`.

        closes: tells which buttons are done with; pressed: what was pressed, if anything was.
        """

        def format_output(output: TurnOutput, stored: StoredConversation) -> ChannelOutput:
            rendered = self._formatter(output.language).format_turn(
                output.messages, key, incoming.inbound.thread
            )
            keyboards = _placed(rendered, stored.version + 1)
            closings = closes(output)
            if pressed and pressed.keyboard.version == stored.version:  # nothing stands below it
                edited = _edited(output, rendered, keyboards, closings)
                if edited is not None:
                    return edited
            closed = [_closed(one.keyboard) for one in closings]
            edits = [EditText(message=one.message, html=one.html) for one in closings]
            # the old buttons go when there is room, so that nobody waits for it
            beside = outgoing(edits, lane=f"{incoming.inbound.chat}{BESIDE_SUFFIX}", rank=2)
            # of a conversation that has just been forgotten no buttons are kept
            kept = (*closed, *keyboards) if output.session else ()
            rank = 1 if isinstance(given[-1], TimedOut | DateDue) else 0  # nobody waits for it
            return ChannelOutput((*outgoing(rendered.outbounds, rank=rank), *beside, *kept))

        new = () if incoming.key else (LinkAccount(self.channel, incoming.inbound.chat, key),)
        left = TurnResult(state=None, effects=new)
        return self.conversations.turn_request(
            self.update(incoming, key), given, format_output, left
        )

    def redraw(
        self, incoming: IncomingUpdate, keyboard: Keyboard, pressed: PressedButton
    ) -> TurnRequest:
        """Show the same question with another page or other ticks; no turn of the conversation."""

        def work(stored: StoredConversation) -> TurnResult:
            session, kept = self.conversations.unchanged(stored)
            last = keyboard.version == stored.version  # and so it stays: this is kept as a turn
            placed = replace(keyboard, version=stored.version + 1 if last else 0)
            told: list[Outbound] = []
            if pressed.message is not None:
                rows, html = self._formatter(session.language).rows(keyboard), keyboard.html
                told.append(
                    EditText(
                        message=pressed.message, html=html, rows=rows, or_send=True,
                        thread=incoming.inbound.thread,
                    )
                )  # fmt: skip
            return replace(kept, effects=(*outgoing(told), placed))

        return TurnRequest(self.update(incoming, keyboard.conversation), work)

    def say(
        self,
        incoming: IncomingUpdate,
        phrase: str,
        rows: ButtonRows = (),
        left: tuple[Effect, ...] = (),
    ) -> TurnRequest:
        """Say something beside the conversation; it stays as it is, and none is begun.

        left: what else the turn leaves.
        """
        html = escape(self.phrase(incoming, phrase))
        said = SendText(html=html, rows=rows, thread=incoming.inbound.thread)
        effects = (*outgoing((said,)), *left)

        def work(stored: StoredConversation) -> TurnResult:
            if stored.state is None:
                return TurnResult(None, effects=effects)
            return replace(self.conversations.unchanged(stored)[1], effects=effects)

        return TurnRequest(self.update(incoming, incoming.key or beside(incoming.inbound)), work)

    def phrase(self, incoming: IncomingUpdate, name: str) -> str:
        """Find words in the conversation's language, or in the one Telegram hints at."""
        known = self.conversations.read(incoming.key) if incoming.key is not None else None
        language = known[0].language if known else incoming.hint
        return self.conversations.dialogue.catalogues[language].say(PHRASES[name])

    def update(self, incoming: IncomingUpdate, key: str) -> Update:
        """Name the update for the store, as one of some conversation."""
        received = incoming.received
        return Update(self.channel, key, received.update, received.at, received.lane, incoming.hold)

    def _formatter(self, language: str) -> MessageFormatter:
        words = self.conversations.dialogue.catalogues[language]
        done, more = words.say(PHRASES["done"]), words.say(PHRASES["more"])
        return MessageFormatter(lambda: secrets.token_urlsafe(9), done, more)


def beside(inbound: Inbound) -> str:
    """Name what is said in a chat beside every conversation, for the store."""
    return f"chat{inbound.chat}"


def _closed(keyboard: Keyboard) -> Keyboard:
    """Return buttons as they are kept when they are done with: nothing of them is shown again."""
    return replace(keyboard, closed=True, html="", answered="")


def _placed(rendered: RenderedTurn, version: int) -> tuple[Keyboard, ...]:
    """Note of the buttons that end what is told that nothing stands below them yet."""
    end = rendered.outbounds[-1] if rendered.outbounds else None
    if not isinstance(end, SendText) or not end.rows:
        return rendered.keyboards
    *others, last = rendered.keyboards
    return (*others, replace(last, version=version))


def _edited(
    output: TurnOutput,
    rendered: RenderedTurn,
    keyboards: tuple[Keyboard, ...],
    closings: Sequence[Closing],
) -> ChannelOutput | None:
    """Edit the answered question into the next one; None where that would not be natural.

    One message of the chat's instead of two, and a row of questions reads as one form. It is done
    where the turn says nothing but the next question of the same flow, and the message stays short.
    """
    said = [(message.kind, message.flow) for message in output.messages]
    answered = [flow for kind, flow in said if kind == "answer"]
    asked = [flow for kind, flow in said if kind == "ask"]
    alone = (
        all(kind in CONTINUABLE_KINDS for kind, _ in said) and len(closings) == len(keyboards) == 1
    )
    if not alone or not answered or asked != answered[-1:]:
        return None
    (closing,), (keyboard,), (say, *more) = closings, keyboards, rendered.outbounds
    below = continued(closing.html, keyboard)
    if more or below is None or not isinstance(say, SendText):
        return None
    edit = EditText(
        message=closing.message,
        html=below.html,
        rows=say.rows,
        or_send=True,
        thread=say.thread,
    )
    return ChannelOutput((*outgoing((edit,)), _closed(closing.keyboard), below))


def outgoing(
    outbounds: Iterable[Outbound], lane: str | None = None, rank: int = 0
) -> tuple[SendMessage, ...]:
    """Return messages as the outbox keeps them. lane: not where the update came from."""
    return tuple(
        SendMessage(
            outbound.kind,
            outbound.model_dump_json(),
            lane=lane,
            rank=rank,
            at_most_once=isinstance(outbound, SendFile) and not outbound.picture,
        )
        for outbound in outbounds
    )
