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
    Key,
    Membership,
    Other,
    Outbound,
    Press,
    Replace,
    Rows,
    Say,
    Text,
    Toast,
)
from bot.channels.telegram.port import Unreadable as CannotRead
from bot.channels.telegram.telling import Teller, chosen, ticked, turned
from bot.channels.telegram.wire import escape, lost
from bot.core.talk import (
    Commanded,
    Input,
    Knocked,
    Noted,
    Picked,
    Said,
    Started,
    Unread,
    Visitor,
)
from bot.core.turns import Claimed, Kept, Keyboard, Loaded, Outgoing, Received, Update
from bot.service.carrying import CARRY, SCHOOL
from bot.service.delivery import Delivery, Gone, Sent
from bot.service.intake import Unreadable
from bot.service.ports import Whole
from bot.service.talks import Advanced, Dressed, KeptTalks
from bot.words.catalogue import NAMES
from bot.words.phrases import PHRASES

WORDS = {
    "menu": "menu", "back": "back", "change": "change", "why": "why", "language": "language",
    "help": "help", "human": "human", "stop": "stop", "carry": "carry", "mydata": "show_data",
    "delete": "delete_data",
}  # fmt: skip
DATA = re.compile(r"([A-Za-z0-9_-]{8,32})\.(p?\d{1,4}|done)")
FLOW = re.compile(r"f-([a-z_]{1,40})")
CODED = re.compile(r"([cs])-([A-Za-z0-9_-]{8,60})")
LET_IN = re.compile(r"c\.([A-Za-z0-9_-]{8,60})?")


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
        if not received.raw:
            self._woken(received)
            return
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
            case Command(word="start", rest=rest) if (link := CODED.fullmatch(rest)) is not None:
                self._linked(received, inbound, key, link[1], link[2])
            case Press(data=data) if (asked := LET_IN.fullmatch(data)) is not None:
                self._carried(received, inbound, inbound.what, key, asked[1])
            case Press() if key is not None:
                self._pressed(received, inbound, inbound.what, key)
            case _:
                self._turn(received, inbound, key)

    def _woken(self, received: Received) -> None:
        """Tell how the conversation stands that was joined or moved on at another door."""
        key = self.store.whose(self.channel, received.lane)
        if key is None:
            self.store.finish(received)
            return
        self._take(received, Inbound(chat=received.lane, what=Text(text="")), key, (Started(),), ())

    def _linked(
        self, received: Received, inbound: Inbound, key: str | None, kind: str, code: str
    ) -> None:
        """Open what a deep link's code stands for: another conversation, or a school's door."""
        if kind == "s":
            school = self.store.known_code(code, SCHOOL, received.at) or ""
            self._turn(received, inbound, key, (Started(school=school),))
            return
        carried = self.store.known_code(code, CARRY, received.at)
        if carried is None or carried == key:
            self._say(received, inbound, key, "carry_old" if carried is None else "resumed")
            return
        yes = Key(label=self._phrase(inbound, key, "carry_here"), data=f"c.{code}")
        no = Key(label=self._phrase(inbound, key, "carry_not_here"), data="c.")
        self._say(received, inbound, key, "carry_ask", rows=((yes,), (no,)))

    def _carried(
        self, received: Received, inbound: Inbound, press: Press, key: str | None, code: str | None
    ) -> None:
        """Ask at the other door whether this one may join, where a person here wants it."""
        toast = Toast(query=press.query)
        carried = self.store.known_code(code, CARRY, received.at) if code else None
        if code is None or carried is None:
            self._say(received, inbound, key, "carry_old" if code else "carry_no", toast)
            return
        own = self.talks.look(key) if key else None
        visitor = Visitor(
            channel=self.channel, account=inbound.chat, former=key or "",
            answers=own[0].answers if own else (),
        )  # fmt: skip
        words = escape(self._phrase(inbound, key, "carry_confirm"))
        answer: Outbound = Say(html=words, thread=inbound.thread)
        if press.message is not None:
            answer = Replace(message=press.message, html=words)
        others = tuple(one for one in self.store.addresses(carried) if one[0] != "web")
        left = Kept(None, used=(code,), wakes=others)
        dressed = Dressed(outgoing((toast, answer)))
        update = self._update(received, carried)
        self.talks.take(update, Knocked(visitor=visitor), lambda _: dressed, left)

    def _turn(
        self,
        received: Received,
        inbound: Inbound,
        key: str | None,
        given: tuple[Input, ...] = (),
    ) -> None:
        fresh = key is None
        if key is None:
            key = secrets.token_urlsafe(24)
            self.store.settle(self.channel, inbound.chat, key, received.at)
        given = given or self._given(inbound)
        if fresh:
            given = (*self._hinted(inbound), *self._opening(given))
        query = inbound.what.query if isinstance(inbound.what, Press) else None
        if query is not None:
            self._take(received, inbound, key, given, [Toast(query=query)])
            return
        known = None if fresh else self.talks.look(key)
        shown = self.store.showing(key, known[0].ask) if known else []

        def typed(advanced: Advanced) -> list[Outbound]:
            """Show under the question what was answered in words, and take its buttons away."""
            labels = [message.value for message in advanced.messages if message.kind == "answer"]
            return [
                Replace(message=message, html=chosen(keyboard, labels[:1]))
                for keyboard, message in shown
                if labels
            ]

        self._take(received, inbound, key, given, typed)

    def _hinted(self, inbound: Inbound) -> tuple[Input, ...]:
        """Speak the language Telegram hints at, in a conversation that begins."""
        language = self._hint(inbound)
        return () if language == "lv" else (Commanded(word="language", about=language),)

    def _opening(self, given: tuple[Input, ...]) -> tuple[Input, ...]:
        """Begin a conversation, whatever comes first."""
        return given if isinstance(given[0], Started) else (Started(), *given)

    def _hint(self, inbound: Inbound) -> str:
        language = (inbound.language or "")[:2].lower()
        return language if language in NAMES else "lv"

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
        self._say(received, inbound, None, "only_private")

    def _say(
        self,
        received: Received,
        inbound: Inbound,
        key: str | None,
        phrase: str,
        *before: Outbound,
        rows: Rows = (),
    ) -> None:
        """Say something beside any conversation; it stays as it is."""
        say = Say(html=escape(self._phrase(inbound, key, phrase)), rows=rows, thread=inbound.thread)
        messages = outgoing((*before, say))

        def work(loaded: Loaded) -> Kept:
            if key is None or loaded.state is None:
                return Kept(None, messages=messages)
            return replace(self.talks.same(loaded)[1], messages=messages)

        self.store.turn(self._update(received, key or f"chat{inbound.chat}"), work)

    def _update(self, received: Received, key: str) -> Update:
        return Update(self.channel, key, received.update, received.at, received.lane)

    def _teller(self, language: str) -> Teller:
        words = self.talks.talks.catalogues[language]
        done, more = words.say(PHRASES["done"]), words.say(PHRASES["more"])
        return Teller(lambda: secrets.token_urlsafe(9), done, more)

    def _phrase(self, inbound: Inbound, key: str | None, name: str) -> str:
        """Say something in the conversation's language, or in the one Telegram hints at."""
        known = self.talks.look(key) if key is not None else None
        language = known[0].language if known else self._hint(inbound)
        return self.talks.talks.catalogues[language].say(PHRASES[name])

    # --- out

    async def send(self, claimed: Claimed) -> Delivery:
        """Deliver one message of the outbox."""
        outbound = OUTBOUND.validate_json(claimed.body)
        if claimed.uncertain and isinstance(outbound, File):
            return lost(outbound)
        return await self.driver.send(outbound, claimed.lane)

    def settled(self, claimed: Claimed, delivery: Delivery) -> None:
        """Note a person who has left, and where a question's buttons are shown."""
        if isinstance(delivery, Gone):
            self.store.left(self.channel, claimed.lane, gone=True)
        elif isinstance(delivery, Sent) and claimed.kind == "say":
            outbound = OUTBOUND.validate_json(claimed.body)
            if isinstance(outbound, Say) and outbound.rows and delivery.name:
                self.store.shown(outbound.rows[0][0].data.partition(".")[0], delivery.name)


def outgoing(outbounds: Iterable[Outbound]) -> tuple[Outgoing, ...]:
    """Give messages as the outbox keeps them."""
    return tuple(Outgoing(outbound.kind, outbound.model_dump_json()) for outbound in outbounds)
