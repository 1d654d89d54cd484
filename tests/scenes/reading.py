"""A scene as it stands in its file. `flows/README.md` has the form."""

import re
from dataclasses import dataclass, field
from pathlib import Path

SETTINGS = ("language", "flow", "words", "pace", "known")
RESPONSE = re.compile(r"\? ([a-z_]+)(?: (?:→|->) (.*))?")


class SceneError(Exception):
    """A scene cannot be played as it is written; the words begin with `file:line`."""


@dataclass(frozen=True)
class Response:
    """What the service answers to one request of a turn."""

    where: str
    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """What the person does, and what came of it when the scene was last written.

    where: `file:line`.
    said: as it is written after `>`; "" for the opening, which nobody says.
    recorded: the lines below it, without the service's responses.
    """

    where: str
    said: str
    responses: tuple[Response, ...] = ()
    recorded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """A scene's head, its opening and the person's lines.

    known: answers given before the scene, by question.
    """

    head: tuple[str, ...]
    opening: Line
    lines: tuple[Line, ...]
    language: str = "lv"
    flow: str | None = None
    words: bool = True
    hurried: bool = False
    known: dict[str, str] = field(default_factory=dict)


def read_scene(text: str, name: str) -> Scene:
    """Read a scene: the head up to the first empty line, then lines of the person with theirs below.

    name: the file, as faults name it.
    Errors: SceneError where a setting is not known.
    """
    rows = list(enumerate(text.splitlines(), 1))
    length = next((at for at, (_, row) in enumerate(rows) if not row), len(rows))
    head = tuple(row for _, row in rows[:length])
    settings = _settings(head, name)
    groups: list[list[tuple[int, str]]] = [[]]
    for number, row in rows[length:]:
        if row.startswith(">"):
            groups.append([])
        groups[-1].append((number, row))
    opening, *lines = groups
    return Scene(
        head=head,
        opening=_line(name, length, "", opening),
        lines=tuple(_line(name, number, row[1:].strip(), below) for (number, row), *below in lines),
        language=settings.get("language", "lv"),
        flow=settings.get("flow"),
        words=settings.get("words") != "off",
        hurried=settings.get("pace") == "hurried",
        known=_known(settings.get("known", "")),
    )


def _settings(head: tuple[str, ...], name: str) -> dict[str, str]:
    """Read `name: value` below the sentence that says what happens."""
    settings = {}
    for number, row in enumerate(head[1:], 2):
        key, _, value = row.partition(":")
        if key not in SETTINGS:
            raise SceneError(f"{name}:{number}: no such setting: {row}")
        settings[key] = value.strip()
    return settings


def _known(text: str) -> dict[str, str]:
    """Read `who=adult, age_band=from_18`."""
    pairs = (part.partition("=") for part in text.split(",") if part.strip())
    return {question.strip(): option.strip() for question, _, option in pairs}


def _line(name: str, number: int, said: str, below: list[tuple[int, str]]) -> Line:
    responses = []
    recorded = []
    for at, row in below:
        found = RESPONSE.fullmatch(row)
        if found is not None:
            responses.append(Response(f"{name}:{at}", found[1], found[2] or ""))
        elif row.startswith("?"):
            raise SceneError(f"{name}:{at}: not `? request → response`: {row}")
        elif row:
            recorded.append(row)
    return Line(f"{name}:{number}", said, tuple(responses), tuple(recorded))


def find_scenes(root: Path) -> list[Path]:
    """Find every scene."""
    return sorted(root.glob("flows/*/chats/*.chat"))
