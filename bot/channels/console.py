"""A conversation in the terminal, as lines of words or of JSON."""

import json
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, TypeGuard

from bot.core.dialogue.inputs import Commanded, CommandWord, Input, Picked, Said, Started
from bot.core.dialogue.session import Session
from bot.errors import InputError
from bot.service.conversations import Dialogue, TurnOutput
from bot.words.messages import Button, Message, button_line, grouped, plain

COMMAND_WORDS = CommandWord.__args__  # type: ignore[attr-defined]


def chat_plain(
    dialogue: Dialogue, lines: Iterable[str], flow: str | None, lang: str
) -> Iterator[str]:
    """Talk in words: every line in is typed; give what is to be printed."""
    output = _opened(dialogue, flow, lang)
    yield from (_shown(message) for message in output.messages)
    for line in lines:
        output = dialogue.advance(output.session or Session(language=lang), _typed(line, output))
        yield from (_shown(message) for message in output.messages)
        if output.session is None:
            return


def chat_json(
    dialogue: Dialogue, lines: Iterable[str], flow: str | None, lang: str
) -> Iterator[str]:
    """Talk in JSON, an object a line, in and out; a wait ends every turn."""
    output = _opened(dialogue, flow, lang)
    yield from _turn(output)
    for line in lines:
        if not line.strip():
            continue
        try:
            given = read_json(line)
        except InputError as error:
            yield _dump({"kind": "error", "text": str(error)})
            yield _dump({"kind": "wait"})
            continue
        session = output.session or Session(language=lang)
        output = dialogue.advance(session, given)
        yield from _turn(output)


def read_json(line: str) -> Input:
    """Read one line in: {"text"}, {"pick"}, both together, or {"command"}.

    Errors: InputError says what the line should have been.
    """
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = "not JSON"
        raise InputError(message) from error
    match given:
        case {"text": str(text), **rest} if not rest:
            return Said(text=text)
        case {"pick": str(pick), **rest} if not rest:
            return Picked(options=(pick,))
        case {"pick": list(picks), "text": str(text), **rest} if not rest and _strings(picks):
            return Said(text=text, ticked=tuple(picks))
        case {"pick": list(picks), **rest} if not rest and _strings(picks):
            return Picked(options=tuple(picks))
        case {"command": str(word), **rest} if word in COMMAND_WORDS and set(rest) <= {"about"}:
            about = rest.get("about")
            return Commanded(word=word, about=about if isinstance(about, str) else None)
    message = 'one of {"text": "…"}, {"pick": "…"}, {"command": "' + "|".join(COMMAND_WORDS) + '"}'
    raise InputError(message)


def _strings(picks: list[object]) -> TypeGuard[list[str]]:
    return all(isinstance(pick, str) for pick in picks)


def _opened(dialogue: Dialogue, flow: str | None, lang: str) -> TurnOutput:
    return dialogue.advance(Session(language=lang), Started(flow=flow))


def _typed(line: str, last: TurnOutput) -> Input:
    """Take a bare option number of the last message as a press, anything else as words."""
    ask = next((m for m in reversed(last.messages) if m.buttons), None)
    text = line.rstrip("\n")
    if ask is not None and ask.form != "number" and text.strip().isdecimal():
        at = int(text)
        if 1 <= at <= len(ask.buttons):
            return Picked(options=(ask.buttons[at - 1].pick,))
    return Said(text=text)


def _shown(message: Message) -> str:
    if message.kind == "answer":
        return f"= {message.text} {message.value}"
    lines = [plain(message)]
    if message.document is not None:
        lines += [f"{message.document.name}:"]
        lines += [] if message.document.encoded else message.document.content.splitlines()
    number = count(1)
    for title, buttons in grouped(message):
        lines += [title] if title else []
        lines += [f"  {next(number)}. {_on_button(button)}" for button in buttons]
    return "\n".join(lines)


def _on_button(button: Button) -> str:
    return button_line(button).removeprefix("• ") if button.group else button.label


def _turn(output: TurnOutput) -> Iterator[str]:
    for message in output.messages:
        kind = "ask" if message.kind == "ask" else "say"
        options = [_option(button) for button in message.buttons]
        line: dict[str, Any] = {
            "kind": kind,
            "flow": message.flow,
            "step": message.step,
            "text": plain(message),
            "options": options,
            "what": message.kind,
        }
        if message.value:
            line["value"] = message.value
        if message.document is not None:
            line["document"] = message.document.model_dump(mode="json")
        if message.card is not None:
            line["card"] = message.card.model_dump(mode="json")
        if message.portrait is not None:
            line["portrait"] = message.portrait.model_dump(mode="json", by_alias=True)
        if message.sheet is not None:
            line["sheet"] = message.sheet.model_dump(
                mode="json", exclude={"drawing", "drawing_alone"}
            )
        yield _dump(line)
    if output.session is None:
        yield _dump({"kind": "end"})
    yield _dump({"kind": "wait"})


def _option(button: Button) -> dict[str, str]:
    more = {"group": button.group, "about": button.about, "state": button.state}
    told = {key: text for key, text in more.items() if text}
    return {"id": button.pick, "label": button.label, **told}


def _dump(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False)
