"""An update read from its own JSON: what is used of it, and nothing else.

No library's model stands between: a field that is new, or lacks a part, costs nothing where nobody
asks for it. What is used and is not as Telegram gives it makes the update undecodable.
"""

import json
import re
from typing import Any, NamedTuple

from bot.channels.telegram.codec import is_number, number_of
from bot.channels.telegram.protocol import (
    Command,
    Inbound,
    InboundContent,
    Membership,
    OtherContent,
    Press,
    SentFile,
    TypedText,
    Unanswered,
    Undecodable,
)

# what a person sends instead of words
MEDIA = frozenset({
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "invoice",
    "live_photo", "location", "paid_media", "passport_data", "photo", "poll", "rich_message",
    "sticker", "story", "venue", "video", "video_note", "voice",
})  # fmt: skip
# what stands beside something sent, and never in a message of Telegram's own: so a kind of content
# that is newer than this list is still told from a service message
BESIDE_CONTENT = frozenset({"caption", "effect_id", "forward_origin", "media_group_id", "via_bot"})
JSON_END, JSON_TYPE = ".json", "application/json"
GROUPS = frozenset({"group", "supergroup"})
AWAY = frozenset({"kicked", "left", "banned"})  # of a bot's status: it cannot write any more


class Chat(NamedTuple):
    """Where something was said. kind: as Telegram calls it."""

    number: str
    kind: str


def read_update(raw: str) -> Inbound | Undecodable:
    """Read an update as it came, as far as it is used."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return Undecodable(reason="not JSON")
    if number_of(found) is None:
        return Undecodable(reason="an update without a number")
    match found:
        case {"callback_query": dict(query)}:
            return _press(query)
        case {"my_chat_member": dict(change)}:
            return _membership(change)
        case {"message": dict(message)}:
            return _message(message, edited=False)
        case {"edited_message": dict(message)}:
            return _message(message, edited=True)
    return Undecodable(reason="nothing that is read here")


def language_in(said: dict[str, Any]) -> str | None:
    """Return the language of whoever sent a message or pressed a button, where it is told."""
    match said:
        case {"from": {"language_code": str(language)}}:
            return language
    return None


def topic_of(message: dict[str, Any]) -> int | None:
    """Return the topic a message stands in; a thread of replies is none."""
    match message:
        case {"is_topic_message": True, "message_thread_id": thread} if is_number(thread):
            return thread
    return None


def _chat(part: dict[str, Any]) -> Chat | None:
    match part:
        case {"chat": {"id": number, "type": str(kind)}} if is_number(number):
            return Chat(str(number), kind)
    return None


def _message(message: dict[str, Any], *, edited: bool) -> Inbound | Undecodable:
    chat = _chat(message)
    if chat is None:
        return Undecodable(reason="a message of no chat")
    content: InboundContent | None
    if chat.kind in GROUPS:
        spoken = not edited and (_is_content(message) or "text" in message)
        content = OtherContent(what="group") if spoken else Unanswered()
    elif chat.kind == "private":
        content = _edit(message) if edited else _content(message)
    else:
        content = Unanswered() if chat.kind == "channel" else None
    if content is None:
        return Undecodable(reason="a text or a chat of another form")
    language, thread = language_in(message), topic_of(message)
    return Inbound(chat=chat.number, content=content, language=language, thread=thread)


def _content(message: dict[str, Any]) -> InboundContent | None:
    """Read what a person sent; None where it is a text that cannot be read."""
    if "text" in message:
        return _words(message["text"]) if isinstance(message["text"], str) else None
    return _plan_file(message) or (
        OtherContent(what="media") if _is_content(message) else Unanswered()
    )


def _plan_file(message: dict[str, Any]) -> SentFile | None:
    """Read a document that may be a plan's file, by its name or by what its sender says it is."""
    match message:
        case {"document": {"file_id": str(file), **about}}:
            name, size = about.get("file_name"), about.get("file_size")
            named = isinstance(name, str) and name.casefold().endswith(JSON_END)
            if named or about.get("mime_type") == JSON_TYPE:
                return SentFile(file=file, size=size if is_number(size) else 0)
    return None


def _edit(message: dict[str, Any]) -> InboundContent:
    """Read a message that was edited: words are, a place that moves on or a poll changes by itself."""
    worded = "text" in message or "caption" in message
    return OtherContent(what="edited") if worded else Unanswered()


def _is_content(message: dict[str, Any]) -> bool:
    return not message.keys().isdisjoint(MEDIA | BESIDE_CONTENT)


def _words(text: str) -> TypedText | Command:
    found = re.match(r"/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(.*))?$", text.strip(), re.DOTALL)
    if found is None:
        return TypedText(text=text)
    return Command(word=found[1].lower(), rest=(found[2] or "").strip())


def _membership(change: dict[str, Any]) -> Inbound | Undecodable:
    chat = _chat(change)
    match change:
        case {"new_chat_member": {"status": str(status)}} if chat is not None:
            away = status in AWAY
        case _:
            return Undecodable(reason="a change of no member")
    content: InboundContent
    if chat.kind == "private":
        content = Membership(blocked=away)
    else:
        content = Unanswered() if away or chat.kind not in GROUPS else OtherContent(what="group")
    return Inbound(chat=chat.number, content=content)


def _press(query: dict[str, Any]) -> Inbound | Undecodable:
    """Read a press; of the message it stands under nothing but its name and its place."""
    under, name = query.get("message"), query.get("id")
    message = under if isinstance(under, dict) else {}
    chat = _chat(message) or _chat_of_presser(query)
    if chat is None or not isinstance(name, str):
        return Undecodable(reason="a press of nobody")
    if chat.kind != "private":
        in_group = OtherContent(what="group") if chat.kind in GROUPS else Unanswered()
        return Inbound(chat=chat.number, content=in_group)
    number, data = message.get("message_id"), query.get("data")
    content = Press(
        query=name,
        data=data if isinstance(data, str) else "",
        message=str(number) if is_number(number) else None,
    )
    language, thread = language_in(query), topic_of(message)
    return Inbound(chat=chat.number, content=content, language=language, thread=thread)


def _chat_of_presser(query: dict[str, Any]) -> Chat | None:
    """Return the private chat of whoever presses a button, which has their number."""
    match query:
        case {"from": {"id": number}} if is_number(number):
            return Chat(str(number), "private")
    return None
