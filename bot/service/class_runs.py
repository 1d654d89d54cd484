"""A class run: a code that a whole class types, and what is told of it."""

import re
import secrets
from typing import Final

from bot.core.dialogue.events import ClassEventRecorded
from bot.core.indicators.class_report import BEGUN, ClassReport, make_report
from bot.ports.effects import RecordClassEvent
from bot.ports.protocols import DAY_MILLIS, Store

CLASS_PURPOSE: Final = "class"  # what a code is for
CODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none is like another on a blackboard
CLASS_CODE: Final = re.compile(rf"([{CODE_LETTERS}]{{3}})[- ]?([{CODE_LETTERS}]{{3}})")
LONGEST_CLASS_NAME: Final = 60  # characters of a class's name


def begin_class(store: Store, name: str, now: int, days: int) -> str:
    """Make a code by which a class joins, as often as wanted, for some days. now: milliseconds."""
    drawn = "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
    code = f"{drawn[:3]}-{drawn[3:]}"
    store.codes.give(code, CLASS_PURPOSE, name, now + days * DAY_MILLIS)
    return code


def class_code(store: Store, text: str, now: int) -> str | None:
    """Read a code of a class as it was typed; None where it is none, or is no longer good."""
    found = CLASS_CODE.fullmatch(text.strip().upper())
    code = f"{found[1]}-{found[2]}" if found is not None else ""
    return code if code and store.codes.known(code, CLASS_PURPOSE, now) is not None else None


def report_class(store: Store, code: str, now: int) -> tuple[str, ClassReport] | None:
    """Return a class's name and its figures; None where the code is not known."""
    found = class_code(store, code, now)
    if found is None:
        return None
    words = [
        BEGUN if note.kind == "begun" else note.letters
        for note in store.class_notes.notes_of(found)
    ]
    return store.codes.known(found, CLASS_PURPOSE, now) or "", make_report(words)


def record_class_event(event: ClassEventRecorded) -> RecordClassEvent:
    """Return what is kept of an event in a class."""
    if event.word == BEGUN:
        return RecordClassEvent(event.class_code, "begun")
    return RecordClassEvent(event.class_code, "finished", event.word)
