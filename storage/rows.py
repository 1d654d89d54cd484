"""Texts made harmless for every database."""

from dataclasses import replace

from bot.ports.effects import Effect, KeepPlanVersion, SendMessage
from bot.ports.records import TurnResult


def clean(text: str) -> str:
    """Make text that every database takes: no NUL, no lone surrogates."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def cleaned(kept: TurnResult) -> TurnResult:
    """Make the texts of what a turn leaves harmless."""
    return replace(
        kept,
        state=None if kept.state is None else clean(kept.state),
        said=clean(kept.said),
        events=tuple((kind, clean(body)) for kind, body in kept.events),
        effects=tuple(_cleaned_effect(effect) for effect in kept.effects),
    )


def _cleaned_effect(effect: Effect) -> Effect:
    """Only messages and plans hold words of people; the rest is made by the program."""
    if isinstance(effect, SendMessage | KeepPlanVersion):
        return replace(effect, body=clean(effect.body))
    return effect
