"""Texts made harmless for every database."""

from dataclasses import replace

from bot.ports.records import Kept


def clean(text: str) -> str:
    """Make text that every database takes: no NUL, no lone surrogates."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def cleaned(kept: Kept) -> Kept:
    """Make the texts of what a turn leaves harmless."""
    return replace(
        kept,
        state=None if kept.state is None else clean(kept.state),
        said=clean(kept.said),
        events=tuple((kind, clean(body)) for kind, body in kept.events),
        messages=tuple(replace(message, body=clean(message.body)) for message in kept.messages),
    )
