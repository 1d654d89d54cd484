"""The turn's own statements: plain SQL run by the driver, since every message pays for them.

SQLAlchemy opens the connection and the transaction. Compiling, binding and result handling of its
statements cost about four times the statements themselves (tests/bench), so the turn goes without.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from bot.errors import StorageError
from bot.ports.effects import Effect, SendMessage
from bot.ports.records import ComputedTurn, OutboxItem, StoredConversation, TurnResult, Update
from storage.leases import DONE


class StaleVersion(StorageError):
    """Somebody else kept a newer state of this conversation; the turn is computed again."""

    def __init__(self) -> None:
        super().__init__("its conversation has a newer state by now")


class EffectConflict(StorageError):
    """What a turn leaves to be done is impossible by now; the turn is computed again.

    The message names the kinds only: an effect may hold a code or an account. left: all that its turn would leave.
    """

    def __init__(self, *impossible: Effect, left: tuple[Effect, ...] = ()) -> None:
        kinds = ", ".join(dict.fromkeys(type(one).__name__ for one in impossible))
        super().__init__(f"{kinds} is impossible by now")
        self.left = left


class SeenBefore(StorageError):
    """The update was taken by somebody else meanwhile; nothing of this turn is kept."""


class TurnStatements(Protocol):
    """One database's way of a turn, on a cursor of the driver's within a transaction."""

    single_writer: bool  # a step need not wait within the transaction: it is computed beside it

    def load(self, cursor: Any, update: Update) -> tuple[StoredConversation, bool]:
        """Load a conversation, holding it where others could come; True: the update was seen."""
        ...

    def save(self, cursor: Any, turns: Sequence[ComputedTurn]) -> list[list[OutboxItem]]:
        """Mark updates as seen, and save, append, enqueue what their turns leave.

        Return for each the messages that are leased to whoever takes the turn.
        Errors: SeenBefore, StaleVersion, if only of one of them; then all is to be undone.
        """
        ...


def load(cursor: Any, sql: str, update: Update) -> tuple[StoredConversation, bool]:
    """Load a conversation with a database's own statement; True: the update was seen."""
    names = {"channel": update.channel, "update": update.update, "key": update.conversation}
    row = cursor.execute(sql, names).fetchone()
    if row is None:
        return StoredConversation(None, 0), False
    return StoredConversation(row[0], row[1], row[2]), row[3] is not None and row[3] >= DONE


def heard_at(update: Update, result: TurnResult) -> int:
    """Return when the person was heard; 0 leaves the time they are kept for as it was."""
    return 0 if result.unasked else update.at


def message_row(message: SendMessage, update: Update) -> dict[str, Any]:
    """Return where a message goes: to whoever the update came from, unless it says otherwise."""
    return {
        "channel": message.channel or update.channel,
        "lane": message.lane or lane_of(update),
        "kind": message.kind,
        "body": message.body,
        "rank": message.rank,
    }


def lane_of(update: Update) -> str:
    """Return an update's lane: its conversation, where the channel has no other."""
    return update.lane or update.conversation
