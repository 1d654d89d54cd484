"""A word for a person whose message could not be taken, before it is set aside."""

import json
from dataclasses import replace
from typing import Any

from bot.channels.telegram.protocol import Inbound, OtherContent
from bot.channels.telegram.reading import language_in, topic_of
from bot.ports.records import InboxItem

UNREAD_PREFIX = "unread:"  # how the update of such a word begins; no other does


def unread_word(received: InboxItem) -> tuple[InboxItem, Inbound] | None:
    """Return the update in whose turn the word is said, the same for the same message.

    None where no person waits for an answer: in a group, or of what nobody has sent.
    """
    said = _said(received.raw)
    if said is None or not received.lane.isdecimal():  # a group's number is below zero
        return None
    found = Inbound(
        chat=received.lane,
        content=OtherContent(what="unread"),
        language=language_in(said),
        thread=topic_of(said),
    )
    return replace(received, update=f"{UNREAD_PREFIX}{received.update}", raw=""), found


def _said(raw: str) -> dict[str, Any] | None:
    """Return the part of an update that a person has sent."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    match found:
        case (
            {"message": dict(said)}
            | {"edited_message": dict(said)}
            | {"callback_query": dict(said)}
        ):
            return said
    return None
