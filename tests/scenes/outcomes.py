"""Tells of a line that was accepted when its scene was last written, and is refused now."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tests.scenes.reading import Line

ANSWERED = re.compile(r"= ([a-z0-9_]+): ")
REFUSED = re.compile(r"! ([a-z0-9_]+): ")
LATE = ("~ stale", "~ already")  # a button that was not for the open question


@dataclass(frozen=True)
class Outcome:
    """What came of a line: the questions it answered, those that refused it, and being late."""

    answered: frozenset[str]
    refused: frozenset[str]
    late: bool


def fault_of(line: Line, played: Iterable[str], rules: Collection[str]) -> str:
    """Return what is wrong with a line by what comes of it now; "" where it is accepted as before.

    A line with nothing below it has never been written: whatever comes of it is right. rules: their
    judgements look like answers and are none.
    """
    was, now = _outcome(line.recorded, rules), _outcome(played, rules)
    lost = sorted(was.answered - now.answered)
    refused = sorted(now.refused - was.refused)
    late = now.late and not was.late
    if not line.recorded or not (lost or refused or late):
        return ""
    before = f"answered {', '.join(lost)}" if lost else "was understood"
    after = "does not now"
    if refused:
        after = f"is refused now by {', '.join(refused)}"
    elif late:
        after = "comes too late now"
    elif now.answered:
        after = f"answers {', '.join(sorted(now.answered))} now"
    remedy = "mend the line, or delete what stands below it if that is meant"
    return f"{line.where}: `> {line.said}` {before} and {after}; {remedy}"


def _outcome(rows: Iterable[str], rules: Collection[str]) -> Outcome:
    rows = list(rows)
    answered = {found[1] for row in rows if (found := ANSWERED.match(row))}
    refused = {found[1] for row in rows if (found := REFUSED.match(row))}
    late = any(row in LATE for row in rows)
    return Outcome(frozenset(answered - set(rules)), frozenset(refused), late)
