"""The whole check of a data folder: reading, soundness, words; every finding with file and line."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.core.problems import ContentError, Problem
from bot.core.soundness import find_faults
from bot.load.library import Loaded, load
from bot.load.messages import LANGUAGES, collect_all, po_path, read_catalogue
from bot.load.reader import Document
from bot.words.catalogue import PLACEHOLDER, SYNONYMS

WARNINGS = ("S001", "L008")
LONGEST_BUTTON = 30  # characters; phones cut a button's label from here


def check_all(root: Path, today: date, language: str | None = None) -> list[Problem]:
    """Find everything wrong below a folder on a day; with a language, of its words only."""
    try:
        loaded = load(root)
    except ContentError as error:
        return list(error.problems)
    found = []
    for fault in find_faults(loaded.library, today):
        document = loaded.documents.get(fault.file, Document(None, {}))
        found.append(
            Problem(
                code=fault.code,
                path=fault.file,
                line=document.line(fault.keys),
                text=fault.text,
                remedy=fault.remedy,
                severity="warning" if fault.code in WARNINGS else "error",
            )
        )
    for one in LANGUAGES:
        if one != "lv" and language in (None, one):
            found += _words(root, loaded, one)
    return sorted(found, key=lambda problem: (problem.path, problem.line, problem.code))


def _words(root: Path, loaded: Loaded, language: str) -> Iterator[Problem]:
    path = po_path(root, language)
    name = path.relative_to(root).as_posix()
    catalog = read_catalogue(root, language)
    if catalog is None:
        yield Problem(code="L000", path=name, line=1, text="no catalogue", remedy="make words")
        return
    for message in collect_all(loaded):
        if message.context == "jus" and language == "en":
            continue
        entry = catalog.get(message.msgid, context=message.context)
        line = 1 if entry is None else (entry.lineno or 1)
        where = f'"{message.msgid[:60]}" ({message.path}:{message.line})'
        if entry is None or not entry.string:
            yield Problem(code="L001", path=name, line=line, text=f"no translation of {where}")
        elif entry.fuzzy:
            yield Problem(code="L002", path=name, line=line, text=f"a guessed translation: {where}")
        else:
            yield from _compared(message.msgid, message.context, str(entry.string), name, line)


def _compared(
    msgid: str, context: str | None, string: str, path: str, line: int
) -> Iterator[Problem]:
    if context == SYNONYMS:
        return
    if set(PLACEHOLDER.findall(msgid)) != set(PLACEHOLDER.findall(string)):
        text = f'placeholders differ: "{msgid[:60]}"'
        yield Problem(code="L003", path=path, line=line, text=text, remedy="use the same names")
    if "\u00a0" in string or "\u202f" in string:
        text = f'a non-breaking space in "{string[:60]}"'
        yield Problem(code="L004", path=path, line=line, text=text, remedy="type ordinary spaces")
