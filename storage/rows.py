"""What the store writes and reads, as rows: texts made harmless, buttons, marks."""

import json
from dataclasses import fields, replace
from typing import Any

from bot.ports.records import InboxItem, Keyboard, OutboxItem, TurnResult

BUTTONS = tuple(field.name for field in fields(Keyboard))


def clean(text: str) -> str:
    """Make text that every database takes: no NUL, no lone surrogates."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def cleaned(kept: TurnResult) -> TurnResult:
    """Make a turn's texts harmless for the database."""
    return replace(
        kept,
        state=None if kept.state is None else clean(kept.state),
        said=clean(kept.said),
        events=tuple((kind, clean(body)) for kind, body in kept.events),
        messages=tuple(replace(message, body=clean(message.body)) for message in kept.messages),
    )


def keyboard_row(keyboard: Keyboard, key: str) -> dict[str, Any]:
    """Return the row of some buttons."""
    body = clean(
        json.dumps({name: getattr(keyboard, name) for name in BUTTONS}, ensure_ascii=False)
    )
    return {"token": keyboard.token, "key": key, "body": body, "ask": keyboard.ask}


def keyboard_of(text: str) -> Keyboard:
    """Read buttons from the body of their row."""
    body: dict[str, Any] = json.loads(text)
    lists = {name: tuple(value) for name, value in body.items() if isinstance(value, list)}
    return Keyboard(**(body | lists))


def marking(taken: InboxItem | OutboxItem, status: int, **more: Any) -> dict[str, Any]:
    """Bind the mark of one who has taken something; `attempt` tells whether he still has it."""
    given: dict[str, Any] = {"until": 0, "why": "", "failed": False} | more
    given |= {"key": taken.id, "taken": taken.attempt, "status": status}
    given |= {"failed": int(given["failed"]), "why": clean(given["why"])}
    return given | ({"doubt": more.get("doubt", False)} if isinstance(taken, OutboxItem) else {})
