"""What both drivers do alike: name what came, say what is sent, judge what came back."""

import html
import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, TypeGuard

from bot.channels.telegram.protocol import (
    UPDATE_KINDS,
    AnswerPress,
    ButtonRows,
    Driver,
    EditText,
    InlineButton,
    Outbound,
    SendFile,
    SendText,
    TelegramError,
    TopicGone,
)
from bot.core.base.whole_text import whole
from bot.logs import redact
from bot.service.queues.delivery import (
    Delivery,
    Expired,
    Gone,
    Moved,
    Rejected,
    RetryLater,
    TooLarge,
    Unchanged,
)

NO_SUCH_TOPIC = ("message thread not found", "topic closed", "topic deleted", "topic id invalid")
REVOKED_TOKEN_WAIT = 60.0  # seconds before a message is tried again with a token that is not known


def escape(text: str) -> str:
    """Make words that are no markup, and that Telegram takes."""
    return html.escape(text.replace("\0", ""), quote=False)


def units(text: str) -> int:
    """Count as the strictest reading of the limits does: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def number_of(raw: Any) -> int | None:
    """Return an update's number; None where it has none that Telegram would give."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if is_number(number) and number >= 0 else None


def is_number(value: Any) -> TypeGuard[int]:
    """Return whether a value is a number as Telegram gives them: a whole one of 64 bits."""
    return type(value) is int and abs(value) < 2**63  # True is an int too


def inbox_row(raw: Any) -> tuple[str, str, str]:
    """Return an update as the inbox keeps it: its name, its lane (the chat) and all of it as text.

    An update comes from outside: what would not fit a column has no place in one.
    """
    text = json.dumps(raw, ensure_ascii=True)
    number = number_of(raw)
    name = blake2b(text.encode(), digest_size=12).hexdigest() if number is None else str(number)
    return name, lane_of(raw), text


def lane_of(raw: Any) -> str:
    """Find the chat of an update before anybody reads it; "" where it has none."""
    if not isinstance(raw, dict):
        return ""
    query = raw.get("callback_query")
    within = [raw.get(name) for name in ("message", "edited_message", "my_chat_member")]
    if isinstance(query, dict):
        within.append(query.get("message"))
    chats = [part.get("chat") for part in within if isinstance(part, dict)]
    if isinstance(query, dict):
        chats.append(query.get("from"))  # who presses a button in a private chat has its number
    numbers = [chat.get("id") for chat in chats if isinstance(chat, dict)]
    return next((str(number) for number in numbers if is_number(number)), "")


def query_of(raw: Any) -> str:
    """Return the name of the press an update tells of; "" where it tells of none."""
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    name = query.get("id") if isinstance(query, dict) else None
    return whole(name) if isinstance(name, str) else ""


def delivered(
    code: int, description: str, retry_after: float | None = None, moved: str | None = None
) -> Delivery:
    """Say what an answer of the Bot API means for the message."""
    text = description.lower().replace("_", " ")  # some are said as MESSAGE_TOO_LONG
    if moved is not None:
        return Moved(moved)
    # of a limit that names no seconds aiogram leaves only the words
    if retry_after is not None or code == 429 or "too many requests" in text:  # noqa: PLR2004 - HTTP's own numbers
        return RetryLater(retry_after, counted=False)
    if code in (401, 404):  # the token was revoked: what waits is sent with a new one
        return RetryLater(
            REVOKED_TOKEN_WAIT, counted=False, reason="Telegram does not know this token"
        )
    if code >= 500:  # noqa: PLR2004
        return RetryLater()
    if code == 403 or "chat not found" in text or "user is deactivated" in text:  # noqa: PLR2004
        return Gone()
    if "not modified" in text:
        return Unchanged()
    if "query is too old" in text or "query id is invalid" in text:
        return Expired()
    if any(sign in text for sign in ("message to edit not found", "message can't be edited")):
        return Expired()
    if any(sign in text for sign in NO_SUCH_TOPIC):
        return TopicGone(redact(description))
    if code == 413 or "too long" in text or "too large" in text:  # noqa: PLR2004
        return TooLarge(redact(description))
    return Rejected(redact(description))


def lost(outbound: Outbound) -> Delivery:
    """Say what to do when the answer was lost: a file is never sent twice, words rather than not."""
    if isinstance(outbound, SendFile) and not outbound.picture:
        return Rejected("the answer was lost; a file is not sent again")
    return RetryLater(uncertain=True)


async def deliver(driver: Driver, outbound: Outbound, chat: str) -> Delivery:
    """Send to the topic it is an answer in, or where that is no more, to the chat."""
    delivery = await driver.send(outbound, chat)
    match delivery, outbound:
        case TopicGone(), SendText(thread=int()) | SendFile(thread=int()):
            return await driver.send(outbound.model_copy(update={"thread": None}), chat)
    return delivery


def markup(rows: ButtonRows) -> dict[str, Any] | None:
    """Return the keyboard as the Bot API takes it."""
    if not rows:
        return None
    keys = [[{"text": key.label, "callback_data": key.data} for key in row] for row in rows]
    return {"inline_keyboard": keys}


def fields(outbound: Outbound, chat: str) -> tuple[str, dict[str, Any]]:
    """Return the method and its plain fields; a file's content is the driver's to add."""
    match outbound:
        case SendText():
            given: dict[str, Any] = {
                "chat_id": int(chat),
                "text": outbound.html,
                "parse_mode": "HTML",
            }
            given["link_preview_options"] = {"is_disabled": True}
            if outbound.thread is not None:
                given["message_thread_id"] = outbound.thread
            if outbound.rows:
                given["reply_markup"] = markup(outbound.rows)
            return "sendMessage", given
        case EditText():
            given = {"chat_id": int(chat), "message_id": int(outbound.message)}
            given |= {"text": outbound.html, "parse_mode": "HTML"}
            given["link_preview_options"] = {"is_disabled": True}
            if outbound.rows:
                given["reply_markup"] = markup(outbound.rows)
            return "editMessageText", given
        case AnswerPress():
            return "answerCallbackQuery", {
                "callback_query_id": outbound.query,
                "text": outbound.text,
            }
        case SendFile():
            method = "sendPhoto" if outbound.picture else "sendDocument"
            given = {"chat_id": int(chat), "caption": outbound.caption, "parse_mode": "HTML"}
            if outbound.thread is not None:
                given["message_thread_id"] = outbound.thread
            return method, given


def rows_of(keys: Sequence[InlineButton], longest: int = 28) -> ButtonRows:
    """Lay buttons out: two short ones beside each other, a long one alone."""
    rows: list[tuple[InlineButton, ...]] = []
    for key in keys:
        last = rows[-1] if rows else ()
        if len(last) == 1 and len(last[0].label) + len(key.label) <= longest:
            rows[-1] = (*last, key)
        else:
            rows.append((key,))
    return tuple(rows)


async def path_of(driver: Driver, file: str) -> str:
    """Ask where a file that was sent is to be fetched. Errors: TelegramError."""
    found = await driver.call("getFile", {"file_id": file})
    path = found.get("file_path") if isinstance(found, dict) else None
    if not isinstance(path, str):
        message = "Telegram does not tell where the file is"
        raise TelegramError(message)
    return path


async def name_of(driver: Driver) -> str:
    """Ask who the bot is; return its user name. Errors: BadToken, TelegramError."""
    found = await driver.call("getMe", {})
    return str(found.get("username", ""))


async def fetch(driver: Driver, offset: int, seconds: int) -> list[Any]:
    """Fetch updates, unread, waiting for some seconds. Errors: TelegramError."""
    given = {"offset": offset, "timeout": seconds, "allowed_updates": list(UPDATE_KINDS)}
    found = await driver.call("getUpdates", given, seconds + 10)
    return found if isinstance(found, list) else []
