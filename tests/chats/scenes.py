"""Scenes: what a person does, line by line, and what comes of it. `flows/README.md` has the form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.core.dialogue.events import (
    Answered,
    Asked,
    Commanded,
    Event,
    Judged,
    Knocked,
    Noted,
    Picked,
    Refused,
    Reviewed,
    Said,
    Session,
    Started,
    Told,
    Updated,
    Visitor,
)
from bot.service.conversations import Advanced, Talks
from bot.words.messages import Message, plain

KEYS = ("language", "flow", "words", "pace")


@dataclass(frozen=True)
class Scene:
    """A scene's head and the person's half."""

    head: tuple[str, ...]
    said: tuple[str, ...]
    language: str = "lv"
    flow: str | None = None
    words: bool = True
    hurried: bool = False


def read_scene(text: str) -> Scene:
    """Read the head (up to the first empty line) and the lines of the person."""
    head, _, body = text.partition("\n\n")
    keys = {}
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name in KEYS:
            keys[name] = value.strip()
    said = [line[1:].strip() for line in body.splitlines() if line.startswith(">")]
    return Scene(
        head=tuple(head.splitlines()),
        said=tuple(said),
        language=keys.get("language", "lv"),
        flow=keys.get("flow"),
        words=keys.get("words") != "off",
        hurried=keys.get("pace") == "hurried",
    )


def play(talks: Talks, scene: Scene) -> str:
    """Play a scene; gives it as it should stand in its file.

    The session is written out and read again between any two turns.
    """
    session = Session(language=scene.language)
    advanced = talks.advance(session, Started(flow=scene.flow))
    parts = ["\n".join(scene.head), _shown(advanced, words=scene.words)]
    for line in scene.said:
        assert advanced.session is not None, f"the conversation was over before: {line}"
        session = Session.model_validate_json(advanced.session.model_dump_json())
        advanced = talks.advance(session, _given(line, advanced), _found)
        parts.append(f"> {line}\n{_shown(advanced, words=scene.words)}")
    return "\n\n".join(parts) + "\n"


def _found(want: str, _session: Session) -> str:
    """Find what a scene's service finds."""
    return "https://guide.example/c/CODE" if want == "carry" else ""


def _given(line: str, last: Advanced) -> Picked | Said | Commanded | Knocked:
    if line == "/knock":
        return Knocked(visitor=Visitor(channel="people", account="1"))
    if line.startswith("/"):
        word, _, about = line[1:].partition(" ")
        return Commanded.model_validate({"word": word, "about": about or None})
    if line.startswith("["):
        pressed, _, text = line[1:].partition("]")
        names = tuple(name.strip() for name in pressed.split("|"))
        picks = {b.label: b.pick for m in last.messages for b in m.buttons}
        options = tuple(picks.get(name, name) for name in names)
        return Said(text=text, ticked=options) if text else Picked(options=options)
    return Said(text=line)


def _shown(advanced: Advanced, *, words: bool) -> str:
    lines = [line for event in advanced.events for line in _happened(event, words=words)]
    if words:
        lines += [line for message in advanced.messages for line in _said(message)]
    if advanced.session is None:
        lines.append("= forgotten")
    return "\n".join(lines)


def _said(message: Message) -> Iterator[str]:
    if message.kind == "answer":
        return
    yield from plain(message).splitlines()
    if message.buttons:
        yield "  " + " ".join(f"[{button.label}]" for button in message.buttons)


def _happened(event: Event, *, words: bool) -> Iterable[str]:
    match event:
        case Answered():
            yield f"= {event.step}: {_value(event.value)}"
        case Refused():
            yield f"! {event.step}: {event.reason}"
        case Judged():
            verdict = event.verdict
            reasons = ", ".join((*verdict.gate_reasons, *verdict.priority_reasons))
            yield f"= {event.rule}: gate {verdict.gate}, group {verdict.group} ({reasons})"
        case Noted():
            yield f"~ {event.what}"
        case Updated():
            yield f"~ updated: {', '.join(step for _, step in event.questions)}"
        case Reviewed():
            yield f"~ can be changed: {', '.join(step for _, step, _ in event.answers)}"
        case Told() if not words:
            yield f"{event.flow}/{event.step}"
        case Asked() if not words:
            options = "|".join(event.guesses or event.options)
            again = " again" if event.again else ""
            yield f"{event.flow}/{event.step}?{again}" + (f" [{options}]" if options else "")
        case _:
            return


def _value(value: object) -> str:
    return "skipped" if value is None else str(value)


def find_scenes(root: Path) -> list[Path]:
    """Find every scene."""
    return sorted(root.glob("flows/*/chats/*.chat"))
