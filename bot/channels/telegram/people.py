"""The people's bot: an update from the inbox becomes a turn, its messages go to the outbox."""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.channels.telegram.port import (
    OUTBOUND,
    Command,
    Driver,
    File,
    Inbound,
    Membership,
    Other,
    Outbound,
    Press,
    Replace,
    Say,
    Text,
    Toast,
)
from bot.channels.telegram.port import Unreadable as CannotRead
from bot.channels.telegram.telling import Teller, chosen, ticked, turned
from bot.channels.telegram.wire import escape, lost
from bot.core.talk import Commanded, Input, Noted, Picked, Said, Started, Unread
from bot.core.turns import Claimed, Kept, Keyboard, Loaded, Outgoing, Received, Update
from bot.service.delivery import Delivery, Gone
from bot.service.intake import Unreadable
from bot.service.ports import Whole
from bot.service.talks import Advanced, Dressed, KeptTalks
from bot.words.catalogue import NAMES
from bot.words.phrases import PHRASES

WORDS = {
    "menu": "menu", "back": "back", "change": "change", "why": "why", "language": "language",
    "help": "help", "human": "human", "stop": "stop", "mydata": "show_data", "delete": "delete_data",
}  # fmt: skip
DATA = re.compile(r"([A-Za-z0-9_-]{8,32})\.(p?\d{1,4}|done)")
FLOW = re.compile(r"f-([a-z_]{1,40})")


@dataclass(frozen=True)
class Pressed:
    """A press as the store knows it."""

    keyboard: Keyboard
    query: str
    message: str | None


@dataclass(frozen=True)
class PeopleBot:
    """Takes turns for people in Telegram. channel: the bot's name in the store."""

    driver: Driver
    talks: KeptTalks
    store: Whole
    channel: str = "people"

    # --- in

    def handle(self, received: Received) -> None:
        """Work off one update. Errors: Unreadable; whatever a turn raises."""
        inbound = self.driver.decode(received.raw)
        if isinstance(inbound, CannotRead):
            raise Unreadable(inbound.reason)
        key = self.store.whose(self.channel, inbound.chat)
        match inbound.what:
            case Membership(blocked=blocked):
                self.store.left(self.channel, inbound.chat, gone=blocked)
                self.store.finish(received)
            case Other(what="group"):
                self._decline(received, inbound)
            case Press() if key is not None:
                self._pressed(received, inbound, inbound.what, key)
            case _:
                self._turn(received, inbound, key)

    def _turn(self, received: Received, inbound: Inbound, key: str | None) -> None:
        fresh = key is None
        if key is None:
            key = secrets.token_urlsafe(24)
            self.store.settle(self.channel, inbound.chat, key, received.at)
        given = self._given(inbound)
        if fresh:
            given = (*self._first(inbound), *(() if isinstance(given[0], Started) else given))
        query = inbound.what.query if isinstance(inbound.what, Press) else None
        self._take(received, inbound, key, given, [Toast(query=query)] if query else [])

    def _first(self, inbound: Inbound) -> tuple[Input, ...]:
        """Open a conversation in the language Telegram hints at."""
        language = (inbound.language or "")[:2].lower()
        payload = inbound.what.rest if isinstance(inbound.what, Command) else ""
        flow = FLOW.fullmatch(payload)
        opened: tuple[Input, ...] = (Started(flow=flow[1] if flow else None),)
        if language in NAMES and language != "lv":
            return (Commanded(word="language", about=language), *opened)
        return opened

    def _given(self, inbound: Inbound) -> tuple[Input, ...]:
        match inbound.what:
            case Command(word="start", rest=rest):
                flow = FLOW.fullmatch(rest)
                return (Started(flow=flow[1] if flow else None),)
            case Command(word=word, rest=rest) if word in WORDS:
                return (Commanded.model_validate({"word": WORDS[word], "about": rest or None}),)
            case Command(word=word, rest=rest):
                return (Said(text=f"{word} {rest}".strip()),)
            case Text(text=text):
                return (Said(text=text),)
            case Other(what="edited"):
                return (Unread(what="edited"),)
            case Other():
                return (Unread(what="media"),)
            case _:
                return (Picked(options=("@stale",)),)

    def _pressed(self, received: Received, inbound: Inbound, press: Press, key: str) -> None:
        found = DATA.fullmatch(press.data)
        keyboard = self.store.keyboard(found[1]) if found else None
        toast = Toast(query=press.query)
        if found is None or keyboard is None or keyboard.conversation != key:
            self._take(received, inbound, key, (Picked(options=("@stale",)),), [toast])
            return
        pressed = Pressed(keyboard, press.query, press.message)
        at = found[2]
        if at.startswith("p"):
            self._redraw(received, turned(keyboard, int(at[1:])), pressed)
        elif at == "done":
            picks = [keyboard.picks[one] for one in keyboard.ticked]
            self._answer(received, inbound, pressed, picks, keyboard.ticked)
        elif int(at) >= len(keyboard.picks):
            self._take(received, inbound, key, (Picked(options=("@stale",)),), [toast])
        elif keyboard.several and not keyboard.picks[int(at)].startswith("@"):
            self._redraw(received, ticked(keyboard, int(at)), pressed)
        else:
            self._answer(received, inbound, pressed, [keyboard.picks[int(at)]], (int(at),))

    def _answer(
        self,
        received: Received,
        inbound: Inbound,
        pressed: Pressed,
        picks: list[str],
        ats: Iterable[int],
    ) -> None:
        keyboard = pressed.keyboard
        labels = [keyboard.labels[at] for at in ats]
        given = Picked(options=tuple(picks), ask=keyboard.ask)
        key = keyboard.conversation
        aside = bool(picks) and picks[0].startswith("@") and picks[0] != "@skip"

        def first(advanced: Advanced) -> list[Outbound]:
            told: list[Outbound] = [Toast(query=pressed.query)]
            if pressed.message is None or aside:
                return told
            noted = {event.what for event in advanced.events if isinstance(event, Noted)}
            refused = any(event.kind == "refused" for event in advanced.events)
            if refused:
                return told
            html = keyboard.html if noted & {"stale", "already"} else chosen(keyboard, labels)
            if "already" not in noted:
                told.append(Replace(message=pressed.message, html=html))
            return told

        self._take(received, inbound, key, (given,), first)

    def _take(
        self,
        received: Received,
        inbound: Inbound,
        key: str,
        given: tuple[Input, ...],
        first: Sequence[Outbound] | Callable[[Advanced], Sequence[Outbound]],
    ) -> None:
        def dress(advanced: Advanced) -> Dressed:
            language = advanced.session.language if advanced.session else "lv"
            told = self._teller(language).tell(advanced.messages, key, inbound.thread)
            before = first(advanced) if callable(first) else first
            return Dressed(outgoing([*before, *told.says]), told.keyboards)

        self.talks.take(self._update(received, key), given, dress)

    def _redraw(self, received: Received, keyboard: Keyboard, pressed: Pressed) -> None:
        """Show the same question with another page or other ticks; no turn of the conversation."""

        def work(loaded: Loaded) -> Kept:
            session, kept = self.talks.same(loaded)
            told: list[Outbound] = [Toast(query=pressed.query)]
            if pressed.message is not None:
                rows = self._teller(session.language).rows(keyboard)
                told.append(Replace(message=pressed.message, html=keyboard.html, rows=rows))
            return replace(kept, messages=outgoing(told), keyboards=(keyboard,))

        self.store.turn(self._update(received, keyboard.conversation), work)

    def _decline(self, received: Received, inbound: Inbound) -> None:
        """Say once that groups are no place for this; nothing of it is kept."""
        say = Say(html=escape(self._phrase("lv", "only_private")), thread=inbound.thread)
        kept = Kept(None, messages=outgoing([say]))
        nobody = f"group{inbound.chat}"
        self.store.turn(self._update(received, nobody), lambda _: kept)

    def _update(self, received: Received, key: str) -> Update:
        return Update(self.channel, key, received.update, received.at, received.lane)

    def _teller(self, language: str) -> Teller:
        done, more = self._phrase(language, "done"), self._phrase(language, "more")
        return Teller(lambda: secrets.token_urlsafe(9), done, more)

    def _phrase(self, language: str, name: str) -> str:
        return self.talks.talks.catalogues[language].say(PHRASES[name])

    # --- out

    async def send(self, claimed: Claimed) -> Delivery:
        """Deliver one message of the outbox."""
        outbound = OUTBOUND.validate_json(claimed.body)
        if claimed.uncertain and isinstance(outbound, File):
            return lost(outbound)
        return await self.driver.send(outbound, claimed.lane)

    def settled(self, claimed: Claimed, delivery: Delivery) -> None:
        """Note a person who has left."""
        if isinstance(delivery, Gone):
            self.store.left(self.channel, claimed.lane, gone=True)


def outgoing(outbounds: Iterable[Outbound]) -> tuple[Outgoing, ...]:
    """Give messages as the outbox keeps them."""
    return tuple(Outgoing(outbound.kind, outbound.model_dump_json()) for outbound in outbounds)
