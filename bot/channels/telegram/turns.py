"""The turns of the people's bot: what came made a turn, with its messages and its buttons."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.channels.telegram.codec import escape
from bot.channels.telegram.protocol import File, Inbound, Outbound, Replace, Rows, Say
from bot.channels.telegram.rendering import Teller, Told, continued
from bot.core.dialogue.events import Input, TimedOut
from bot.ports.protocols import Store
from bot.ports.records import (
    BESIDE,
    Joined,
    Kept,
    Keyboard,
    Loaded,
    Outgoing,
    Received,
    Turning,
    Update,
)
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
    """A press as the store knows it. message: what the message is called the button stands under."""

    keyboard: Keyboard
    message: str | None


class Closing(NamedTuple):
    """Buttons that are done with, the message that shows them, and what it is to show instead."""

    keyboard: Keyboard
    message: str
    html: str


Closes = Callable[[Advanced], Sequence[Closing]]
# what may stand in one message with the answers before it; a result or a note stands for itself
CONTINUED = {"answer", "say", "ask"}


@dataclass(frozen=True)
class Replies:
    """Makes turns and their messages. channel: the bot's name in the store."""

    talks: KeptTalks
    store: Store
    channel: str

    def turning(
        self,
        came: Came,
        key: str,
        given: tuple[Input, ...],
        closes: Closes = lambda _advanced: (),
        pressed: Pressed | None = None,
    ) -> Turning:
        """Make a turn. A new chat is joined to `key`.

        closes: tells which buttons are done with; pressed: what was pressed, if anything was.
        """

        def dress(advanced: Advanced, loaded: Loaded) -> Dressed:
            language = advanced.session.language if advanced.session else "lv"
            told = self._teller(language).tell(advanced.messages, key, came.inbound.thread)
            keyboards = _placed(told, loaded.version + 1)
            closings = closes(advanced)
            if pressed and pressed.keyboard.version == loaded.version:  # nothing stands below it
                edited = _edited(advanced, told, keyboards, closings)
                if edited is not None:
                    return edited
            closed = tuple(replace(one.keyboard, closed=True) for one in closings)
            edits = [Replace(message=one.message, html=one.html) for one in closings]
            # the old buttons go when there is room, so that nobody waits for it
            beside = outgoing(edits, lane=f"{came.inbound.chat}{BESIDE}", rank=2)
            rank = 1 if isinstance(given[-1], TimedOut) else 0  # nobody waits for it
            return Dressed((*outgoing(told.says, rank=rank), *beside), (*closed, *keyboards))

        new = () if came.key else (Joined(self.channel, came.inbound.chat, key),)
        left = Kept(state=None, joined=new)
        return self.talks.turning(self.update(came, key), given, dress, left)

    def redraw(self, came: Came, keyboard: Keyboard, pressed: Pressed) -> Turning:
        """Show the same question with another page or other ticks; no turn of the conversation."""

        def work(loaded: Loaded) -> Kept:
            session, kept = self.talks.same(loaded)
            last = keyboard.version == loaded.version  # and so it stays: this is kept as a turn
            placed = replace(keyboard, version=loaded.version + 1 if last else 0)
            told: list[Outbound] = []
            if pressed.message is not None:
                rows, html = self._teller(session.language).rows(keyboard), keyboard.html
                told.append(
                    Replace(
                        message=pressed.message, html=html, rows=rows, or_send=True,
                        thread=came.inbound.thread,
                    )
                )  # fmt: skip
            return replace(kept, messages=outgoing(told), keyboards=(placed,))

        return Turning(self.update(came, keyboard.conversation), work)

    def say(self, came: Came, phrase: str, rows: Rows = ()) -> Turning:
        """Say something beside the conversation; it stays as it is, and none is begun."""
        html = escape(self.phrase(came, phrase))
        messages = outgoing((Say(html=html, rows=rows, thread=came.inbound.thread),))

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


def _placed(told: Told, version: int) -> tuple[Keyboard, ...]:
    """Note of the buttons that end what is told that nothing stands below them yet."""
    end = told.says[-1] if told.says else None
    if not isinstance(end, Say) or not end.rows:
        return told.keyboards
    *others, last = told.keyboards
    return (*others, replace(last, version=version))


def _edited(
    advanced: Advanced, told: Told, keyboards: tuple[Keyboard, ...], closings: Sequence[Closing]
) -> Dressed | None:
    """Edit the answered question into the next one; None where that would not be natural.

    One message of the chat's instead of two, and a row of questions reads as one form. It is done
    where the turn says nothing but the next question of the same flow, and the message stays short.
    """
    said = [(message.kind, message.flow) for message in advanced.messages]
    answered = [flow for kind, flow in said if kind == "answer"]
    asked = [flow for kind, flow in said if kind == "ask"]
    alone = all(kind in CONTINUED for kind, _ in said) and len(closings) == len(keyboards) == 1
    if not alone or not answered or asked != answered[-1:]:
        return None
    (closing,), (keyboard,), (say, *more) = closings, keyboards, told.says
    below = continued(closing.html, keyboard)
    if more or below is None or not isinstance(say, Say):
        return None
    edit = Replace(
        message=closing.message,
        html=below.html,
        rows=say.rows,
        or_send=True,
        thread=say.thread,
    )
    return Dressed(outgoing((edit,)), (replace(closing.keyboard, closed=True), below))


def outgoing(
    outbounds: Iterable[Outbound], lane: str | None = None, rank: int = 0
) -> tuple[Outgoing, ...]:
    """Give messages as the outbox keeps them. lane: not where the update came from."""
    return tuple(
        Outgoing(
            outbound.kind,
            outbound.model_dump_json(),
            lane=lane,
            rank=rank,
            once=isinstance(outbound, File) and not outbound.picture,
        )
        for outbound in outbounds
    )
