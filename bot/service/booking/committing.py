"""What is decided about meetings outside of a person's turn, committed at once."""

from collections.abc import Callable
from typing import Final, TypeVar

from bot.ports.effects import GiveCode
from bot.ports.protocols import Store, millis
from bot.service.booking.desk import BookingDesk
from bot.service.booking.mailing import BookingMails
from bot.service.booking.office import OfficeReads
from bot.service.conversations import DurableConversations

Result = TypeVar("Result")
MOST_TRIES: Final = 20


class StillChanging(Exception):
    """Something was changed by others each time it was to be kept."""


class BookingCommits:
    """Decides and commits; where others were quicker, decides again on what they have left."""

    def __init__(self, conversations: DurableConversations) -> None:
        self.conversations = conversations
        self.store: Store = conversations.store
        self.office = conversations.office

    def desk(self) -> BookingDesk:
        """Return a look at how things stand now."""
        now = self.conversations.dialogue.world().now
        return BookingDesk(self.office, OfficeReads.of_store(self.store), now)

    def decide(self, work: Callable[[BookingDesk, BookingMails], Result]) -> Result:
        """Return what was decided, once it is kept. work: decides on one look; whatever it raises, nothing is kept.

        Errors: StillChanging.
        """
        for _ in range(MOST_TRIES):
            desk = self.desk()
            result = work(desk, BookingMails(desk, self._give))
            effects, messages, planned = desk.decided.outside()
            if not (effects or messages or planned):
                return result
            at = millis(desk.now)
            if self.store.bookings.commit(effects, at, messages=messages, planned=planned):
                return result
        raise StillChanging

    def _give(self, code: GiveCode, conversation: str) -> None:
        """Keep a code; where what it belongs to is not kept, it opens what its person has anyway."""
        self.store.codes.give(code.code, code.purpose, conversation, code.until)
