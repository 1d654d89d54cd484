"""A scene rewritten by `--update`, unless a line that was accepted is refused now."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.service.conversations import Talks
from tests.scenes.playing import play
from tests.scenes.reading import Line, SceneError, read_scene

ANSWERED = re.compile(r"= ([a-z0-9_]+): ")
REFUSED = re.compile(r"! ([a-z0-9_]+): ")
LATE = ("~ stale", "~ already")  # a button that was not for the open question


@dataclass(frozen=True)
class Outcome:
    """What came of a line: the questions it answered, those that refused it, and being late."""

    answered: frozenset[str]
    refused: frozenset[str]
    late: bool


def update_scene(path: Path, name: str, talks: Talks) -> None:
    """Write what comes of the person's lines today into a scene's file.

    name: the file, as faults name it.
    Errors: SceneError with every line that was accepted and is refused now, and of what cannot be
    played; the file is left as it was.
    """
    text = path.read_text(encoding="utf-8")
    played = play(talks, read_scene(text, name))
    faults = tuple(broken_lines(text, played, name, talks.library.rules))
    if faults:
        raise SceneError(*faults)
    path.write_text(played, encoding="utf-8")


def broken_lines(text: str, played: str, name: str, rules: Collection[str]) -> Iterator[str]:
    """Name every line that was accepted when the scene was last written, and is refused now.

    A line with nothing below it has never been written, so all is right that comes of it. rules:
    their judgements look like answers and are none.
    """
    before, now = read_scene(text, name).lines, read_scene(played, name).lines
    for old, new in zip(before, now, strict=True):
        if old.recorded:
            yield from _broken(old, _outcome(old, rules), _outcome(new, rules))


def _broken(line: Line, was: Outcome, now: Outcome) -> Iterator[str]:
    lost = sorted(was.answered - now.answered)
    refused = sorted(now.refused - was.refused)
    late = now.late and not was.late
    if not (lost or refused or late):
        return
    before = f"answered {', '.join(lost)}" if lost else "was understood"
    after = "does not now"
    if refused:
        after = f"is refused now by {', '.join(refused)}"
    elif late:
        after = "comes too late now"
    elif lost and now.answered:
        after = f"answers {', '.join(sorted(now.answered))} now"
    yield (
        f"{line.where}: `> {line.said}` {before} and {after}; the file is left as it was. "
        "Mend the line, or delete what stands below it if that is meant"
    )


def _outcome(line: Line, rules: Collection[str]) -> Outcome:
    answered = {found[1] for row in line.recorded if (found := ANSWERED.match(row))}
    refused = {found[1] for row in line.recorded if (found := REFUSED.match(row))}
    late = any(row in LATE for row in line.recorded)
    return Outcome(frozenset(answered - set(rules)), frozenset(refused), late)
