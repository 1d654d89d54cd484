"""The whole check of a data folder: reading, soundness, words; every finding with file and line."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.base.problems import ContentError, Problem
from bot.core.base.texts import LANGUAGES
from bot.core.checks.library import find_faults
from bot.core.checks.occupations import occupation_faults
from bot.load.library import LoadedContent, read_files
from bot.load.policy_texts import number_faults, told_numbers
from bot.load.text_checks import text_faults
from bot.load.translations import (
    NO_PLACEHOLDERS,
    Translatable,
    collect_all,
    po_path,
    read_catalogue,
)
from bot.words.i18n.translations import PLACEHOLDER, SYNONYMS_CONTEXT

WARNING_CODES = ("S001",)


def check_all(root: Path, today: date, language: str | None = None) -> list[Problem]:
    """Find everything wrong below a folder on a day; with a language, of its words only."""
    try:
        loaded = read_files(root)
    except ContentError as error:
        return list(error.problems)
    found = [
        loaded.problem(fault, "warning" if fault.code in WARNING_CODES else "error")
        for fault in find_faults(loaded.library, today)
    ]
    found += _occupations(loaded, language)
    told = told_numbers(loaded.library)
    if language in (None, "lv"):
        for message in collect_all(loaded):
            found += text_faults(message.msgid, message, "lv", message.path, message.line)
            if name := told.get(message.msgid):
                found += number_faults(
                    message.msgid, name, loaded.library, message.path, message.line
                )
    for one in LANGUAGES:
        if one != "lv" and language in (None, one):
            found += _words(root, loaded, one)
    return sorted(found, key=lambda problem: (problem.path, problem.line, problem.code))


def _occupations(loaded: LoadedContent, language: str | None) -> Iterator[Problem]:
    """Find what is wrong with the catalogue of occupations, in its four languages."""
    places = {
        id_: (path, document)
        for path, document in loaded.documents.items()
        if path.startswith("content/occupations/")
        for id_ in document.value
    }
    for fault in occupation_faults(loaded.library.occupations):
        path, document = places[str(fault.keys[0])]
        line = document.line(fault.keys)
        yield Problem(code=fault.code, path=path, line=line, text=fault.text, remedy=fault.remedy)
    for id_, occupation in loaded.library.occupations.items():
        path, document = places[id_]
        for one in LANGUAGES:
            if language in (None, one):
                day = getattr(occupation.day, one)
                line = document.line((id_, "day", one))
                yield from text_faults(
                    day,
                    Translatable(day, None, path, line, "day", values=NO_PLACEHOLDERS),
                    one,
                    path,
                    line,
                )


def _words(root: Path, loaded: LoadedContent, language: str) -> Iterator[Problem]:
    path = po_path(root, language)
    path_name = path.relative_to(root).as_posix()
    catalog = read_catalogue(root, language)
    if catalog is None:
        yield Problem(code="L000", path=path_name, line=1, text="no catalogue", remedy="make words")
        return
    told = told_numbers(loaded.library)
    for message in collect_all(loaded):
        if message.context == "jus" and language == "en":
            continue
        name: Any = message.msgid if message.plural is None else (message.msgid, message.plural)
        entry = catalog.get(name, context=message.context)
        line = 1 if entry is None else (entry.lineno or 1)
        where = f'"{message.msgid[:60]}" ({message.path}:{message.line})'
        strings = _strings(entry)
        if entry is None or not all(strings):
            yield Problem(code="L001", path=path_name, line=line, text=f"no translation of {where}")
        elif entry.fuzzy:
            yield Problem(
                code="L002", path=path_name, line=line, text=f"a guessed translation: {where}"
            )
        else:
            for string in strings:
                yield from _compared(message, string, path_name, line)
                yield from text_faults(string, message, language, path_name, line)
                if told_name := told.get(message.msgid):
                    yield from number_faults(string, told_name, loaded.library, path_name, line)


def _strings(entry: Any) -> tuple[str, ...]:
    if entry is None:
        return ("",)
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def _compared(message: Translatable, string: str, path: str, line: int) -> Iterator[Problem]:
    msgid = message.msgid
    if message.context == SYNONYMS_CONTEXT:
        return
    if set(PLACEHOLDER.findall(msgid)) != set(PLACEHOLDER.findall(string)):
        text = f'placeholders differ: "{msgid[:60]}"'
        yield Problem(code="L003", path=path, line=line, text=text, remedy="use the same names")
    if "\u00a0" in string or "\u202f" in string:
        text = f'a non-breaking space in "{string[:60]}"'
        yield Problem(code="L004", path=path, line=line, text=text, remedy="type ordinary spaces")
