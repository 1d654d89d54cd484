"""What a conversation keeps, read: its session and the last turn's messages, as they were written."""

from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bot.core.dialogue.session import Session
from bot.errors import StorageNewer
from bot.ports.records import StoredConversation
from bot.words.messages import Message

T = TypeVar("T")
SESSION = TypeAdapter(Session)
MESSAGES = TypeAdapter(tuple[Message, ...], config=ConfigDict(hide_input_in_errors=True))
# what only a newer program writes: another field, another number of the form, another kind
NEWER = {"extra_forbidden", "literal_error", "union_tag_invalid"}


def read_session(stored: StoredConversation) -> Session:
    """Return the session of a conversation, a new one where none is kept. Errors: StorageNewer."""
    return Session() if stored.state is None else _read(SESSION, stored.state)


def read_messages(stored: StoredConversation) -> tuple[Message, ...]:
    """Return what a conversation's last turn said. Errors: StorageNewer."""
    return _read(MESSAGES, stored.said)


def dump_messages(messages: tuple[Message, ...]) -> str:
    """Return messages as they are kept: without files that are sent once, and made anew when asked for."""
    kept = tuple(map(_without_bytes, messages))
    return MESSAGES.dump_json(kept, exclude_defaults=True).decode()


def _without_bytes(message: Message) -> Message:
    file = message.document
    if file is None or not file.encoded:
        return message
    return message.model_copy(update={"document": file.model_copy(update={"content": ""})})


def _read(form: TypeAdapter[T], text: str) -> T:
    try:
        return form.validate_json(text)
    except ValidationError as error:
        if NEWER.isdisjoint(fault["type"] for fault in error.errors(include_input=False)):
            raise
        message = "a conversation is kept in a form that is newer than this program's"
        raise StorageNewer(message) from None
