"""The people's bot: an update from the inbox becomes a turn, its messages go to the outbox."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.channels.telegram.codec import deliver, lost
from bot.channels.telegram.device_links import CARRY_CALLBACK_DATA, ask_here, ask_there
from bot.channels.telegram.groups import is_told, mark_told
from bot.channels.telegram.protocol import (
    OUTBOUND,
    Command,
    Driver,
    EditText,
    Inbound,
    Membership,
    OtherContent,
    Press,
    SendFile,
    SendText,
    SentFile,
    TypedText,
    Unanswered,
    Undecodable,
)
from bot.channels.telegram.reading import read_update
from bot.channels.telegram.rendering import chosen, ticked, turned
from bot.channels.telegram.sent_files import SentFiles
from bot.channels.telegram.turns import Closing, IncomingUpdate, PressedButton, Replies, beside
from bot.channels.telegram.unread import unread_word
from bot.core.dialogue.events import Remarked
from bot.core.dialogue.inputs import Commanded, Input, Picked, Said, Started, Unasked, Unread
from bot.core.plan.exchange import LARGEST_FILE
from bot.errors import StorageNewer
from bot.ports.protocols import Store
from bot.ports.records import InboxItem, OutboxItem, TurnRequest, chat_of
from bot.service.class_runs import class_code
from bot.service.conversation_keys import new_key
from bot.service.conversations import DurableConversations, TurnOutput
from bot.service.device_links import SCHOOL_PURPOSE, LinkKind
from bot.service.plan_files import kept_versions, sent_file
from bot.service.queues.delivery import Delivery, Expired, Gone, Rejected, Sent, TooLarge, Unchanged
from bot.service.queues.inbox_worker import Unreadable
from bot.service.unasked import read_unasked

WORD_OF_COMMAND = {
    "menu": "menu", "back": "back", "change": "change", "why": "why", "language": "language",
    "help": "help", "human": "human", "stop": "stop", "carry": "carry", "mydata": "show_data",
    "delete": "delete_data",
}  # fmt: skip
CALLBACK_DATA = re.compile(r"([A-Za-z0-9_-]{8,32})\.(p?\d{1,4}|done)")
DEEP_LINK = re.compile(
    rf"(?:{LinkKind.FLOW}-(?P<flow>[a-z_]{{1,40}})"
    rf"|(?P<kind>[{LinkKind.CARRY}{LinkKind.SCHOOL}{LinkKind.CLASS}])-(?P<code>[A-Za-z0-9_-]{{7,60}}))"
)


@dataclass(frozen=True)
class PeopleBot:
    """Takes turns for people in Telegram. channel: the bot's name in the store."""

    driver: Driver
    conversations: DurableConversations
    store: Store
    channel: str = "people"
    files: SentFiles = field(init=False)
    _replies: Replies = field(init=False)

    def __post_init__(self) -> None:
        replies = Replies(self.conversations, self.store, self.channel)
        object.__setattr__(self, "_replies", replies)
        object.__setattr__(self, "files", SentFiles(self.driver))

    def start(self) -> None:
        """Fetch files on the running loop from now on."""
        self.files.start()

    # --- in

    def handle(self, received: InboxItem, hold: int = 0) -> TurnRequest | None:
        """Return which turn an update asks for. Errors: Unreadable."""
        if (unasked := read_unasked(received)) is not None:
            return self._unasked(received, unasked, hold)
        inbound = read_update(received.raw)
        if isinstance(inbound, Undecodable):
            raise Unreadable(inbound.reason)
        incoming = IncomingUpdate(
            received, inbound, self.store.addresses.whose(self.channel, inbound.chat), hold
        )
        match inbound.content:
            case Membership(blocked=blocked):
                self.store.addresses.mark_gone(self.channel, inbound.chat, gone=blocked)
                self.store.inbox.finish(received)
                return None
            case Unanswered():
                self.store.inbox.finish(received)
                return None
            case OtherContent(what="group"):
                return self._group(incoming)
            case _ if received.attempt > 1 and self._is_newer(incoming):
                return self._replies.say(replace(incoming, key=None), "kept_newer")
            case Command(word="start", rest=rest):
                return self._start(incoming, rest)
            case Press(data=data) as press if (
                asked := CARRY_CALLBACK_DATA.fullmatch(data)
            ) is not None:
                return ask_there(self._replies, incoming, press, asked[1])
            case Press() as press:
                return self._press(incoming, press)
            case SentFile() as sent:
                return self._brought(incoming, sent)
            case _:
                return self._typed(incoming)

    def unread(self, received: InboxItem) -> TurnRequest | None:
        """Return the turn that tells a person that what they sent could not be taken."""
        word = unread_word(received)
        if word is None:
            return None
        here = IncomingUpdate(*word, self.store.addresses.whose(self.channel, word[1].chat))
        try:
            return self._replies.say(here, "unread")
        except (StorageNewer, ValueError):  # nor can the conversation be read
            return self._replies.say(replace(here, key=None), "unread")

    def _group(self, incoming: IncomingUpdate) -> TurnRequest | None:
        """Tell a group once where conversations are had."""
        chat = incoming.inbound.chat
        if is_told(self.store, self.channel, chat):
            self.store.inbox.finish(incoming.received)
            return None
        told = mark_told(self.channel, chat, beside(incoming.inbound))
        return self._replies.say(replace(incoming, key=None), "only_private", left=(told,))

    def _is_newer(self, incoming: IncomingUpdate) -> bool:
        """Return whether the chat's conversation was kept by a newer program.

        Asked only of an update that was tried before: it has failed then, and a newer process beside
        this one has had its chance to take it.
        """
        try:
            if incoming.key is not None:
                self.conversations.read(incoming.key)
        except StorageNewer:
            return True
        return False

    def _unasked(self, received: InboxItem, given: Unasked, hold: int) -> TurnRequest | None:
        """Take what nobody has written, for the conversation that the chat leads to now."""
        key = self.store.addresses.whose(self.channel, received.lane)
        if key is None:
            self.store.inbox.finish(received)
            return None
        here = Inbound(chat=received.lane, content=TypedText(text=""))
        return self._replies.turn_request(IncomingUpdate(received, here, key, hold), key, (given,))

    def _start(self, incoming: IncomingUpdate, rest: str) -> TurnRequest:
        """Begin or go on, perhaps by a deep link: a flow, a school, a class, a conversation to carry."""
        link = DEEP_LINK.fullmatch(rest)
        kind, code = (link["kind"], link["code"]) if link else (None, "")
        if kind == LinkKind.CARRY:
            return ask_here(self._replies, incoming, code)
        school = (
            self.store.codes.known(code, SCHOOL_PURPOSE, incoming.received.at)
            if kind == LinkKind.SCHOOL
            else None
        )
        joined = (
            class_code(self.store, code, incoming.received.at) if kind == LinkKind.CLASS else None
        )
        flow = link["flow"] if link else None
        started = Started(flow=flow, school=school or "", class_code=joined or "")
        key, before = self._opened(incoming)
        return self._replies.turn_request(incoming, key, (*before, started))

    def _opened(self, incoming: IncomingUpdate) -> tuple[str, tuple[Input, ...]]:
        """Find the conversation of a chat; a new one begins in the language Telegram hints at."""
        if incoming.key is not None:
            return incoming.key, ()
        key = new_key()
        hinted = Commanded(word="language", about=incoming.hint)
        return key, () if incoming.hint == "lv" else (hinted,)

    def _typed(self, incoming: IncomingUpdate) -> TurnRequest:
        given = _given(incoming.inbound)
        if incoming.key is None:
            key, before = self._opened(incoming)
            return self._replies.turn_request(incoming, key, (*before, Started(), given))
        known = self.conversations.read(incoming.key)
        shown = self.store.keyboards.showing(incoming.key, known[0].ask) if known else []
        if isinstance(given, Said):
            ticked = (board.picks[at] for board, _ in shown for at in board.ticked)
            given = Said(text=given.text, ticked=tuple(ticked))

        def closes(output: TurnOutput) -> list[Closing]:
            """Show under the question what was answered in words, and take its buttons away."""
            labels = [message.value for message in output.messages if message.kind == "answer"]
            return [
                Closing(keyboard, message, chosen(keyboard, labels[:1]))
                for keyboard, message in shown
                if labels and not keyboard.closed
            ]

        return self._replies.turn_request(incoming, incoming.key, (given,), closes)

    def _brought(self, incoming: IncomingUpdate, sent: SentFile) -> TurnRequest:
        """Show what a plan's file would change that was sent. Errors: TelegramError where it is not to be had."""
        key, before = self._opened(incoming)
        opening = () if incoming.key is not None else (Started(),)
        fits = sent.size <= LARGEST_FILE
        data = self.files.fetch(sent.file, LARGEST_FILE) if fits else None
        given = sent_file(data, kept_versions(self.store.plans, key))
        return self._replies.turn_request(incoming, key, (*before, *opening, given))

    def _press(self, incoming: IncomingUpdate, press: Press) -> TurnRequest:
        found = CALLBACK_DATA.fullmatch(press.data)
        keyboard = self.store.keyboards.find(found[1]) if found and incoming.key else None
        if found is None or keyboard is None or keyboard.conversation != incoming.key:
            return self._stale(incoming)
        pressed = PressedButton(keyboard, press.message)
        at = found[2]
        several = keyboard.several and not keyboard.closed
        if at.startswith("p"):
            if keyboard.closed:  # its message shows something else by now
                return self._stale(incoming)
            return self._replies.redraw(incoming, turned(keyboard, int(at[1:])), pressed)
        if at == "done":
            picks = [keyboard.picks[one] for one in keyboard.ticked]
            return self._answer(incoming, pressed, picks, keyboard.ticked)
        if int(at) >= len(keyboard.picks):
            return self._stale(incoming)
        if several and not keyboard.picks[int(at)].startswith("@"):
            return self._replies.redraw(incoming, ticked(keyboard, int(at)), pressed)
        return self._answer(incoming, pressed, [keyboard.picks[int(at)]], (int(at),))

    def _stale(self, incoming: IncomingUpdate) -> TurnRequest:
        key, before = self._opened(incoming)
        given = (*before, Started()) if incoming.key is None else (Picked(options=("@stale",)),)
        return self._replies.turn_request(incoming, key, given)

    def _answer(
        self, incoming: IncomingUpdate, pressed: PressedButton, picks: list[str], ats: Iterable[int]
    ) -> TurnRequest:
        keyboard = pressed.keyboard
        labels = [keyboard.labels[at] for at in ats]
        given = Picked(options=tuple(picks), ask=keyboard.ask)
        aside = bool(picks) and picks[0].startswith("@") and picks[0] != "@skip"

        def closes(output: TurnOutput) -> list[Closing]:
            refused = any(event.kind == "refused" for event in output.events)
            noted = {event.what for event in output.events if isinstance(event, Remarked)}
            done = keyboard.closed or "already" in noted
            if pressed.message is None or aside or refused or done:
                return []
            html = keyboard.html if "stale" in noted else chosen(keyboard, labels)
            return [Closing(keyboard, pressed.message, html)]

        return self._replies.turn_request(
            incoming, keyboard.conversation, (given,), closes, pressed
        )

    # --- out

    async def send(self, claimed: OutboxItem) -> Delivery:
        """Deliver one message of the outbox."""
        outbound, chat = OUTBOUND.validate_json(claimed.body), chat_of(claimed.lane)
        if claimed.uncertain and isinstance(outbound, SendFile) and not outbound.picture:
            return lost(outbound)
        delivery = await deliver(self.driver, outbound, chat)
        if isinstance(outbound, EditText):
            delivery = await self._replaced(outbound, delivery, chat)
        if (
            isinstance(delivery, Sent)
            and isinstance(outbound, SendText | EditText)
            and outbound.rows
        ):
            return replace(delivery, buttons=outbound.rows[0][0].data.partition(".")[0])
        return delivery

    async def _replaced(self, outbound: EditText, delivery: Delivery, chat: str) -> Delivery:
        """See to it that what was to be shown is shown, where the message could not be changed."""
        match delivery:
            case Sent() | Unchanged() if outbound.rows:  # unchanged: only the answer was lost
                return Sent(outbound.message)
            case Expired() | Rejected() | TooLarge() if outbound.or_send:
                say = SendText(html=outbound.html, rows=outbound.rows, thread=outbound.thread)
                return await deliver(self.driver, say, chat)
            case _:
                return delivery

    def failed(self, claimed: OutboxItem, delivery: Delivery) -> None:
        """Note a person who has left."""
        if isinstance(delivery, Gone):
            self.store.addresses.mark_gone(self.channel, chat_of(claimed.lane), gone=True)


def _given(inbound: Inbound) -> Input:
    """Read what was typed, or sent instead of words."""
    match inbound.content:
        case Command(word=word, rest=rest) if word in WORD_OF_COMMAND:
            return Commanded.model_validate({"word": WORD_OF_COMMAND[word], "about": rest or None})
        case Command(word=word, rest=rest):
            return Said(text=f"{word} {rest}".strip())
        case TypedText(text=text):
            return Said(text=text)
        case OtherContent(what="edited"):
            return Unread(what="edited")
        case _:
            return Unread(what="media")
