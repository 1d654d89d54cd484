"""The people's bot: an update from the inbox becomes a turn, its messages go to the outbox."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.channels.telegram.codec import lost
from bot.channels.telegram.device_links import ASKED, ask_here, ask_there
from bot.channels.telegram.protocol import (
    OUTBOUND,
    Command,
    Driver,
    File,
    Inbound,
    Membership,
    Other,
    Press,
    Replace,
    Say,
    Text,
)
from bot.channels.telegram.protocol import Unreadable as CannotRead
from bot.channels.telegram.rendering import chosen, ticked, turned
from bot.channels.telegram.turns import Closing, IncomingUpdate, Pressed, Replies
from bot.core.dialogue.events import Remarked
from bot.core.dialogue.inputs import Commanded, Input, Picked, Said, Started, Unasked, Unread
from bot.errors import StorageNewer
from bot.ports.protocols import Store
from bot.ports.records import InboxItem, OutboxItem, TurnRequest, chat_of
from bot.service.class_runs import class_code
from bot.service.conversation_keys import new_key
from bot.service.conversations import DurableConversations, TurnOutput
from bot.service.device_links import SCHOOL
from bot.service.queues.delivery import Delivery, Expired, Gone, Rejected, Sent, TooLarge, Unchanged
from bot.service.queues.inbox_worker import Unreadable
from bot.service.unasked import read_unasked

WORDS = {
    "menu": "menu", "back": "back", "change": "change", "why": "why", "language": "language",
    "help": "help", "human": "human", "stop": "stop", "carry": "carry", "mydata": "show_data",
    "delete": "delete_data",
}  # fmt: skip
DATA = re.compile(r"([A-Za-z0-9_-]{8,32})\.(p?\d{1,4}|done)")
DEEP_LINK = re.compile(
    r"(?:f-(?P<flow>[a-z_]{1,40})|(?P<kind>[csk])-(?P<code>[A-Za-z0-9_-]{7,60}))"
)


@dataclass(frozen=True)
class PeopleBot:
    """Takes turns for people in Telegram. channel: the bot's name in the store."""

    driver: Driver
    talks: DurableConversations
    store: Store
    channel: str = "people"
    _replies: Replies = field(init=False)

    def __post_init__(self) -> None:
        replies = Replies(self.talks, self.store, self.channel)
        object.__setattr__(self, "_replies", replies)

    # --- in

    def handle(self, received: InboxItem, hold: int = 0) -> TurnRequest | None:
        """Return which turn an update asks for. Errors: Unreadable."""
        if (unasked := read_unasked(received)) is not None:
            return self._unasked(received, unasked, hold)
        inbound = self.driver.decode(received.raw)
        if isinstance(inbound, CannotRead):
            raise Unreadable(inbound.reason)
        came = IncomingUpdate(
            received, inbound, self.store.addresses.whose(self.channel, inbound.chat), hold
        )
        match inbound.what:
            case Membership(blocked=blocked):
                self.store.addresses.mark_gone(self.channel, inbound.chat, gone=blocked)
                self.store.inbox.finish(received)
                return None
            case Other(what="group"):
                return self._replies.say(came, "only_private")
            case _ if received.attempt > 1 and self._is_newer(came):
                return self._replies.say(replace(came, key=None), "kept_newer")
            case Command(word="start", rest=rest):
                return self._start(came, rest)
            case Press(data=data) as press if (asked := ASKED.fullmatch(data)) is not None:
                return ask_there(self._replies, came, press, asked[1])
            case Press() as press:
                return self._press(came, press)
            case _:
                return self._typed(came)

    def _is_newer(self, came: IncomingUpdate) -> bool:
        """Return whether the chat's conversation was kept by a newer program.

        Asked only of an update that was tried before: it has failed then, and a newer process beside
        this one has had its chance to take it.
        """
        try:
            if came.key is not None:
                self.talks.read(came.key)
        except StorageNewer:
            return True
        return False

    def _unasked(self, received: InboxItem, given: Unasked, hold: int) -> TurnRequest | None:
        """Take what nobody has written, for the conversation that the chat leads to now."""
        key = self.store.addresses.whose(self.channel, received.lane)
        if key is None:
            self.store.inbox.finish(received)
            return None
        here = Inbound(chat=received.lane, what=Text(text=""))
        return self._replies.turning(IncomingUpdate(received, here, key, hold), key, (given,))

    def _start(self, came: IncomingUpdate, rest: str) -> TurnRequest:
        """Begin or go on, perhaps by a deep link: a flow, a school, a class, a conversation to carry."""
        link = DEEP_LINK.fullmatch(rest)
        kind, code = (link["kind"], link["code"]) if link else (None, "")
        if kind == "c":
            return ask_here(self._replies, came, code)
        school = self.store.codes.known(code, SCHOOL, came.received.at) if kind == "s" else None
        together = class_code(self.store, code, came.received.at) if kind == "k" else None
        flow = link["flow"] if link else None
        started = Started(flow=flow, school=school or "", class_code=together or "")
        key, before = self._opened(came)
        return self._replies.turning(came, key, (*before, started))

    def _opened(self, came: IncomingUpdate) -> tuple[str, tuple[Input, ...]]:
        """Find the conversation of a chat; a new one begins in the language Telegram hints at."""
        if came.key is not None:
            return came.key, ()
        key = new_key()
        hinted = Commanded(word="language", about=came.hint)
        return key, () if came.hint == "lv" else (hinted,)

    def _typed(self, came: IncomingUpdate) -> TurnRequest:
        given = _given(came.inbound)
        if came.key is None:
            key, before = self._opened(came)
            return self._replies.turning(came, key, (*before, Started(), given))
        known = self.talks.read(came.key)
        shown = self.store.keyboards.showing(came.key, known[0].ask) if known else []
        if isinstance(given, Said):
            ticked = (board.picks[at] for board, _ in shown for at in board.ticked)
            given = Said(text=given.text, ticked=tuple(ticked))

        def closes(advanced: TurnOutput) -> list[Closing]:
            """Show under the question what was answered in words, and take its buttons away."""
            labels = [message.value for message in advanced.messages if message.kind == "answer"]
            return [
                Closing(keyboard, message, chosen(keyboard, labels[:1]))
                for keyboard, message in shown
                if labels and not keyboard.closed
            ]

        return self._replies.turning(came, came.key, (given,), closes)

    def _press(self, came: IncomingUpdate, press: Press) -> TurnRequest:
        found = DATA.fullmatch(press.data)
        keyboard = self.store.keyboards.find(found[1]) if found and came.key else None
        if found is None or keyboard is None or keyboard.conversation != came.key:
            return self._stale(came)
        pressed = Pressed(keyboard, press.message)
        at = found[2]
        several = keyboard.several and not keyboard.closed
        if at.startswith("p"):
            if keyboard.closed:  # its message shows something else by now
                return self._stale(came)
            return self._replies.redraw(came, turned(keyboard, int(at[1:])), pressed)
        if at == "done":
            picks = [keyboard.picks[one] for one in keyboard.ticked]
            return self._answer(came, pressed, picks, keyboard.ticked)
        if int(at) >= len(keyboard.picks):
            return self._stale(came)
        if several and not keyboard.picks[int(at)].startswith("@"):
            return self._replies.redraw(came, ticked(keyboard, int(at)), pressed)
        return self._answer(came, pressed, [keyboard.picks[int(at)]], (int(at),))

    def _stale(self, came: IncomingUpdate) -> TurnRequest:
        key, before = self._opened(came)
        given = (*before, Started()) if came.key is None else (Picked(options=("@stale",)),)
        return self._replies.turning(came, key, given)

    def _answer(
        self, came: IncomingUpdate, pressed: Pressed, picks: list[str], ats: Iterable[int]
    ) -> TurnRequest:
        keyboard = pressed.keyboard
        labels = [keyboard.labels[at] for at in ats]
        given = Picked(options=tuple(picks), ask=keyboard.ask)
        aside = bool(picks) and picks[0].startswith("@") and picks[0] != "@skip"

        def closes(advanced: TurnOutput) -> list[Closing]:
            refused = any(event.kind == "refused" for event in advanced.events)
            noted = {event.what for event in advanced.events if isinstance(event, Remarked)}
            done = keyboard.closed or "already" in noted
            if pressed.message is None or aside or refused or done:
                return []
            html = keyboard.html if "stale" in noted else chosen(keyboard, labels)
            return [Closing(keyboard, pressed.message, html)]

        return self._replies.turning(came, keyboard.conversation, (given,), closes, pressed)

    # --- out

    async def send(self, claimed: OutboxItem) -> Delivery:
        """Deliver one message of the outbox."""
        outbound, chat = OUTBOUND.validate_json(claimed.body), chat_of(claimed.lane)
        if claimed.uncertain and isinstance(outbound, File) and not outbound.picture:
            return lost(outbound)
        delivery = await self.driver.send(outbound, chat)
        if isinstance(outbound, Replace):
            delivery = await self._replaced(outbound, delivery, chat)
        if isinstance(delivery, Sent) and isinstance(outbound, Say | Replace) and outbound.rows:
            return replace(delivery, buttons=outbound.rows[0][0].data.partition(".")[0])
        return delivery

    async def _replaced(self, outbound: Replace, delivery: Delivery, chat: str) -> Delivery:
        """See to it that what was to be shown is shown, where the message could not be changed."""
        match delivery:
            case Sent() | Unchanged() if outbound.rows:  # unchanged: only the answer was lost
                return Sent(outbound.message)
            case Expired() | Rejected() | TooLarge() if outbound.or_send:
                say = Say(html=outbound.html, rows=outbound.rows, thread=outbound.thread)
                return await self.driver.send(say, chat)
            case _:
                return delivery

    def failed(self, claimed: OutboxItem, delivery: Delivery) -> None:
        """Note a person who has left."""
        if isinstance(delivery, Gone):
            self.store.addresses.mark_gone(self.channel, chat_of(claimed.lane), gone=True)


def _given(inbound: Inbound) -> Input:
    """Read what was typed, or sent instead of words."""
    match inbound.what:
        case Command(word=word, rest=rest) if word in WORDS:
            return Commanded.model_validate({"word": WORDS[word], "about": rest or None})
        case Command(word=word, rest=rest):
            return Said(text=f"{word} {rest}".strip())
        case Text(text=text):
            return Said(text=text)
        case Other(what="edited"):
            return Unread(what="edited")
        case _:
            return Unread(what="media")
