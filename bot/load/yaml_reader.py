"""Reads YAML safely, with line numbers; the only importer of yaml.

A YAML 1.2 core reading of plain values: `no`, `on`, `12:30` and dates stay text. Anchors, aliases,
merge keys, tags, keys given twice and several documents are refused; size and depth are capped.
The document is built from the parser's events, never by its recursive composer, which a file of
nested brackets can crash.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.core.base.problems import ContentError, Keys, Problem

LARGEST_FILE = 1_048_576  # bytes
DEEPEST_NESTING = 32  # levels of lists and mappings in one another
MOST_NODES = 200_000  # values in a file
INTEGER = re.compile(r"[-+]?[0-9]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?")
NUMBERS_BEGIN = frozenset("-+.0123456789")
PLAIN_VALUES = {"null": None, "~": None, "": None, "true": True, "false": False}


@dataclass(frozen=True)
class Document:
    """What a file says, and on which line each part of it stands."""

    value: Any
    lines: dict[Keys, int]

    def line(self, path: Keys) -> int:
        """Return the line of a part, or of the nearest part around it."""
        for size in range(len(path), -1, -1):
            if path[:size] in self.lines:
                return self.lines[path[:size]]
        return 1


@dataclass
class _Open:
    """A list or mapping that is still being read.

    line: on which its path stands. key: of a mapping, the one that waits for its value.
    """

    value: Any
    path: Keys
    line: int
    key: str | None = None


@dataclass
class _Build:
    """What has been read so far. stack: the open lists and mappings, the innermost last."""

    path: str
    lines: dict[Keys, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Any = None
    documents: int = 0
    nodes: int = 0

    def wrong(self, code: str, line: int, text: str, remedy: str = "") -> None:
        self.problems.append(
            Problem(code=code, path=self.path, line=line, text=text, remedy=remedy)
        )


def read_yaml(raw: str | bytes, path: str) -> Document:
    """Return the one document of a file. path: how problems name the file.

    Errors: ContentError with every problem found (Y001-Y010).
    """
    build = _Build(path)
    text = _decoded(raw, build)
    if text is not None:
        _read(text, build)
    if build.problems:
        raise ContentError(build.problems)
    return Document(build.root, build.lines)


def _decoded(raw: str | bytes, build: _Build) -> str | None:
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    if size > LARGEST_FILE:
        build.wrong("Y006", 1, f"the file has {size} bytes", f"at most {LARGEST_FILE}: split it")
        return None
    if isinstance(raw, str):
        return raw
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        build.wrong("Y008", line, "this is not UTF-8", "save the file as UTF-8")
        return None


def _read(text: str, build: _Build) -> None:
    try:
        for event in _events(text):
            if not _take(event, build):
                return
    except yaml.MarkedYAMLError as error:
        marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
        line = marks[0].line + 1 if marks else 1
        build.wrong("Y001", line, str(error.problem or error.context))
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)  # in characters, where the reader tells
        line = text[:position].count("\n") + 1 if isinstance(position, int) else 1
        build.wrong("Y001", line, "a character that YAML does not allow", "remove it")
    except UnicodeEncodeError as error:
        line = text[: error.start].count("\n") + 1
        build.wrong("Y001", line, "a character that YAML does not allow", "remove it")


def _events(text: str) -> Iterator[Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[Event] = yaml.parse(text, Loader=loader)
    return events


def _take(event: Event, build: _Build) -> bool:
    """Add one event to what is built; False where reading on would not be safe."""
    line = event.start_mark.line + 1 if event.start_mark is not None else 1
    if getattr(event, "anchor", None) is not None:
        kind = "alias" if isinstance(event, AliasEvent) else "anchor"
        build.wrong("Y003", line, f"an {kind}", "write the part out where it is needed")
        return False
    tag = getattr(event, "tag", None)
    if tag not in (None, "!"):
        build.wrong("Y005", line, f"a tag: {tag}", "remove it")
    match event:
        case DocumentStartEvent():
            build.documents += 1
            if build.documents > 1:
                build.wrong("Y010", line, "a second document in the file", "keep one")
                return False
        case ScalarEvent():
            return _scalar(event, line, build)
        case MappingStartEvent() | SequenceStartEvent():
            return _start({} if isinstance(event, MappingStartEvent) else [], line, build)
        case MappingEndEvent() | SequenceEndEvent():
            build.stack.pop()
    return True


def _scalar(event: ScalarEvent, line: int, build: _Build) -> bool:
    top = build.stack[-1] if build.stack else None
    if top is not None and isinstance(top.value, dict) and top.key is None:
        _key(event, line, top, build)
        return True
    is_plain = event.implicit[0]  # without quotes, so it may be a number
    return _place(plain_value(event.value) if is_plain else event.value, line, build)


def _key(event: ScalarEvent, line: int, top: _Open, build: _Build) -> None:
    key, is_plain = event.value, event.implicit[0]
    if key == "<<" and is_plain:
        build.wrong("Y004", line, "a merge key", "write the keys out")
    if is_plain and not isinstance(plain_value(key), str):
        build.wrong("Y009", line, f"the key {key} is not text", "put it in quotes")
    if key in top.value:
        build.wrong("Y002", line, f'the key "{key}" stands here twice', "keep one of them")
    top.key = key
    build.lines[(*top.path, key)] = line


def _start(value: Any, line: int, build: _Build) -> bool:
    """Open a list or a mapping; False where one cannot stand here."""
    top = build.stack[-1] if build.stack else None
    if top is not None and isinstance(top.value, dict) and top.key is None:
        build.wrong("Y009", line, "a key that is a list or a mapping", "use text")
        return False
    if len(build.stack) >= DEEPEST_NESTING:
        build.wrong("Y007", line, f"more than {DEEPEST_NESTING} levels deep", "make it flatter")
        return False
    path = _key_path(build)
    if not _place(value, line, build):
        return False
    build.stack.append(_Open(value, path, build.lines.get(path, line)))
    return True


def _key_path(build: _Build) -> Keys:
    """Return the keys that lead to the value that comes next."""
    if not build.stack:
        return ()
    top = build.stack[-1]
    if isinstance(top.value, dict):
        return (*top.path, str(top.key))
    return (*top.path, len(top.value))


def _place(value: Any, line: int, build: _Build) -> bool:
    """Put a value where it belongs; False where there are too many."""
    build.nodes += 1
    if build.nodes > MOST_NODES:
        build.wrong("Y006", line, f"more than {MOST_NODES} values", "split the file")
        return False
    if not build.stack:
        build.lines[()] = line
        build.root = value
        return True
    top = build.stack[-1]
    if isinstance(top.value, dict):
        top.value[str(top.key)] = value  # its line is that of its key
        top.key = None
        return True
    if line != top.line:  # on the line of its list `Document.line` finds it
        build.lines[(*top.path, len(top.value))] = line
    top.value.append(value)
    return True


def write_yaml(value: Any) -> str:
    """Return a value as YAML that `read_yaml` reads the same, its keys in the order they have."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=140)


def plain_value(text: str) -> str | int | float | bool | None:
    """Return an unquoted value by the YAML 1.2 core rules, without octals and infinities."""
    if text in PLAIN_VALUES:
        return PLAIN_VALUES[text]
    if text[0] not in NUMBERS_BEGIN:
        return text
    if INTEGER.fullmatch(text) and len(text) < 20:  # noqa: PLR2004 - as many digits as 64 bits have
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    return text
