"""The port every Telegram driver fills: messages out, failures as values; and what came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol

from pydantic import ConfigDict, Field, TypeAdapter

from bot.core.base.frozen import Frozen
from bot.core.base.whole_text import WholeText
from bot.errors import CelvedisError
from bot.service.queues.delivery import (
    Delivery,
    Rejected,
)

LONGEST_TEXT = 4096  # UTF-16 units of one message
LONGEST_CAPTION = 1024  # UTF-16 units under a picture
UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


MORE_THAN_TOLD = "the file is larger than it was told to be"


class TelegramError(CelvedisError):
    """The Bot API did not do what was asked of the bot itself; tokens never stand in the text."""


class BadToken(TelegramError):
    """The token is wrong or was revoked."""


class OtherPoller(TelegramError):
    """Somebody else polls with this token, or a webhook is set."""


# --- in


class TypedText(Frozen):
    """Something was typed."""

    kind: Literal["text"] = "text"
    text: WholeText


class Command(Frozen):
    """A command, with what follows it."""

    kind: Literal["command"] = "command"
    word: str
    rest: WholeText = ""


class Press(Frozen):
    """A button was pressed; `message` is the name of the message it stands under."""

    kind: Literal["press"] = "press"
    query: WholeText
    data: WholeText
    message: str | None = None


class SentFile(Frozen):
    """A file was sent that may hold a plan. file: its name at Telegram; size: bytes, 0 where it is not told."""

    kind: Literal["file"] = "file"
    file: WholeText
    size: int = 0


class OtherContent(Frozen):
    """Something we do not read: a picture, a voice, a sticker, an edited message, a group.

    What is unread should have been read, and could not be.
    """

    kind: Literal["other"] = "other"
    what: Literal["media", "edited", "group", "unread"]


class Membership(Frozen):
    """The person blocked the bot, or took it back."""

    kind: Literal["membership"] = "membership"
    blocked: bool


class Unanswered(Frozen):
    """Something nobody said to the bot: a message of Telegram's own, or whatever is in a channel."""

    kind: Literal["unanswered"] = "unanswered"


InboundContent = Annotated[
    TypedText | Command | Press | SentFile | OtherContent | Membership | Unanswered,
    Field(discriminator="kind"),
]


class Inbound(Frozen):
    """An update as it was read. thread: of a topic, to answer in it."""

    chat: str
    content: InboundContent
    language: str | None = None
    thread: int | None = None


class Undecodable(Frozen):
    """An update that cannot be read."""

    reason: str


# --- out


class InlineButton(Frozen):
    """A button: its words and its data (at most 64 bytes)."""

    label: str
    data: str


ButtonRows = tuple[tuple[InlineButton, ...], ...]


class SendText(Frozen):
    """Send a message; `html` is Telegram's markup, every value in it escaped."""

    kind: Literal["say"] = "say"
    html: str
    rows: ButtonRows = ()
    thread: int | None = None


class EditText(Frozen):
    """Change a message that was sent; without rows its buttons go.

    or_send: where that one cannot be changed any more, send it as a message of its own.
    """

    kind: Literal["replace"] = "replace"
    message: str
    html: str
    rows: ButtonRows = ()
    or_send: bool = False
    thread: int | None = None


class AnswerPress(Frozen):
    """Answer the press of a button."""

    kind: Literal["toast"] = "toast"
    query: str
    text: str = ""


class SendFile(Frozen):
    """Send a document or a picture; a picture may come twice. content: base64; caption: markup."""

    kind: Literal["file"] = "file"
    name: str
    content: str
    caption: str = ""
    picture: bool = False
    thread: int | None = None


Outbound = Annotated[SendText | EditText | AnswerPress | SendFile, Field(discriminator="kind")]
OUTBOUND: TypeAdapter[Outbound] = TypeAdapter(
    Outbound, config=ConfigDict(hide_input_in_errors=True)
)


@dataclass(frozen=True, slots=True)
class TopicGone(Rejected):
    """The topic was deleted or closed meanwhile; the chat may take it all the same."""


class Driver(Protocol):
    """One library behind the port. Nothing of a library leaves it."""

    async def send(self, outbound: Outbound, chat: str) -> Delivery:
        """Deliver; every failure is a value."""
        ...

    async def call(self, method: str, values: Mapping[str, Any], wait: int = 20) -> Any:
        """Call a method by its name and give its plain result, waiting some seconds for it.

        Errors: BadToken, OtherPoller, TelegramError.
        """
        ...

    async def download(self, file: str, most: int) -> bytes:
        """Fetch a file that was sent, by its name at Telegram. Errors: TelegramError, also where it has more than `most` bytes."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
