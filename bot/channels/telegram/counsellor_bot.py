"""The counsellors' bot: greets, joins a counsellor by a one-time code, and will bring handoffs."""

import re
from dataclasses import dataclass

from bot.channels.telegram.codec import deliver, escape
from bot.channels.telegram.groups import is_told, mark_told
from bot.channels.telegram.protocol import (
    OUTBOUND,
    Command,
    Driver,
    Inbound,
    Membership,
    OtherContent,
    Press,
    SendText,
    TypedText,
    Unanswered,
    Undecodable,
)
from bot.channels.telegram.reading import read_update
from bot.channels.telegram.turns import outgoing
from bot.channels.telegram.unread import unread_word
from bot.ports.effects import Effect
from bot.ports.protocols import Store
from bot.ports.records import InboxItem, OutboxItem, TurnRequest, TurnResult, Update
from bot.service.class_runs import CLASS_CODE, LONGEST_CLASS_NAME, begin_class, report_class
from bot.service.conversations import Dialogue
from bot.service.counsellors import join
from bot.service.device_links import ChannelLinks, LinkKind
from bot.service.queues.delivery import Delivery, Gone
from bot.service.queues.inbox_worker import Unreadable
from bot.words.class_report import say_class
from bot.words.i18n.localizer import Localizer

INVITATION_CODE = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True)
class CounsellorBot:
    """Answers counsellors in Telegram."""

    driver: Driver
    store: Store
    dialogue: Dialogue
    links: ChannelLinks
    channel: str = "desk"

    def start(self) -> None:
        """Hear that the loop runs; nothing here waits for it."""

    def handle(self, received: InboxItem, _hold: int = 0) -> TurnRequest | None:
        """Return which turn an update asks for; nothing is held. Errors: Unreadable."""
        inbound = read_update(received.raw)
        if isinstance(inbound, Undecodable):
            raise Unreadable(inbound.reason)
        match inbound.content:
            case Membership(blocked=blocked):
                self.store.addresses.mark_gone(self.channel, inbound.chat, gone=blocked)
                self.store.inbox.finish(received)
                return None
            case Unanswered():
                self.store.inbox.finish(received)
                return None
            case OtherContent(what="group"):
                return self._group(received, inbound)
            case Press():
                return self._reply(received, inbound, self._greeting(inbound))
            case Command(word="start", rest=code) if INVITATION_CODE.fullmatch(code):
                return self._reply(received, inbound, self._join(received, inbound, code))
            case Command(word="klase" | "class", rest=name) if self._joined(inbound):
                return self._reply_lines(
                    received, inbound, self._begin_class(received, inbound, name.strip())
                )
            case TypedText(text=code) if self._joined(inbound) and CLASS_CODE.fullmatch(
                code.strip().upper()
            ):
                return self._reply_lines(
                    received, inbound, self._class_lines(received, inbound, code)
                )
            case TypedText(text=code) if INVITATION_CODE.fullmatch(code.strip()):
                return self._reply(received, inbound, self._join(received, inbound, code.strip()))
            case _:
                return self._reply(received, inbound, self._greeting(inbound))

    def unread(self, received: InboxItem) -> TurnRequest | None:
        """Return the turn that tells a counsellor that what they sent could not be taken."""
        word = unread_word(received)
        return None if word is None else self._reply(*word, "unread")

    def _group(self, received: InboxItem, inbound: Inbound) -> TurnRequest | None:
        """Tell a group once where conversations are had."""
        if is_told(self.store, self.channel, inbound.chat):
            self.store.inbox.finish(received)
            return None
        told = mark_told(self.channel, inbound.chat, _beside(inbound))
        words = self._localizer(inbound).phrase("only_private")
        return self._reply_lines(received, inbound, (words,), left=(told,))

    def _joined(self, inbound: Inbound) -> bool:
        return self.store.addresses.whose(self.channel, inbound.chat) is not None

    def _greeting(self, inbound: Inbound) -> str:
        return "desk_linked" if self._joined(inbound) else "desk_hello"

    def _begin_class(self, received: InboxItem, inbound: Inbound, name: str) -> tuple[str, ...]:
        """Begin a class run; return its code and the links that open it."""
        localizer = self._localizer(inbound)
        if not 0 < len(name) <= LONGEST_CLASS_NAME:
            return (localizer.phrase("class_bad_name"),)
        code = begin_class(self.store, name, received.at, self.dialogue.library.policy.class_days)
        links = [self.links.link(channel, LinkKind.CLASS, code) for channel in ("web", "people")]
        return (localizer.phrase("class_code", code=code), *(link for link in links if link))

    def _class_lines(self, received: InboxItem, inbound: Inbound, code: str) -> tuple[str, ...]:
        """Tell a class's figures, or that its code is not known."""
        localizer = self._localizer(inbound)
        found = report_class(self.store, code, received.at)
        return say_class(localizer, *found) if found else (localizer.phrase("class_unknown"),)

    def _join(self, received: InboxItem, inbound: Inbound, code: str) -> str:
        """Join a counsellor by a code; one who has joined already is told so."""
        joined = join(self.store, code, self.channel, inbound.chat, received.at)
        return "desk_linked" if joined or self._joined(inbound) else "desk_bad_code"

    def _localizer(self, inbound: Inbound) -> Localizer:
        hint = (inbound.language or "")[:2]
        catalogue = self.dialogue.catalogues[hint if hint in self.dialogue.catalogues else "lv"]
        return Localizer(self.dialogue.library, catalogue, "jus", self.dialogue.world().today)

    def _reply(self, received: InboxItem, inbound: Inbound, phrase: str) -> TurnRequest:
        return self._reply_lines(received, inbound, (self._localizer(inbound).phrase(phrase),))

    def _reply_lines(
        self,
        received: InboxItem,
        inbound: Inbound,
        lines: tuple[str, ...],
        left: tuple[Effect, ...] = (),
    ) -> TurnRequest:
        said = SendText(html=escape("\n".join(lines)), thread=inbound.thread)
        effects = (*outgoing((said,)), *left)
        update = Update(self.channel, _beside(inbound), received.update, received.at, received.lane)
        return TurnRequest(update, lambda _: TurnResult(None, effects=effects))

    async def send(self, claimed: OutboxItem) -> Delivery:
        """Deliver one message of the outbox."""
        return await deliver(self.driver, OUTBOUND.validate_json(claimed.body), claimed.lane)

    def failed(self, claimed: OutboxItem, delivery: Delivery) -> None:
        """Note a counsellor who has left."""
        if isinstance(delivery, Gone):
            self.store.addresses.mark_gone(self.channel, claimed.lane, gone=True)


def _beside(inbound: Inbound) -> str:
    """Name what is said to a counsellor's chat, for the store."""
    return f"desk{inbound.chat}"
