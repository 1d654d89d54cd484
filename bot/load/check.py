"""The whole check of a data folder: reading, soundness, words; every finding with file and line."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog

from bot.core.base.problems import ContentError, Problem, Severity
from bot.core.base.texts import LANGUAGES
from bot.core.checks.finding import Finding
from bot.core.checks.library import quick_faults, understanding_faults
from bot.core.checks.occupations import occupation_faults
from bot.load.heard_examples import example_faults
from bot.load.library import LoadedContent, read_files
from bot.load.option_synonyms import synonym_faults
from bot.load.policy_texts import number_faults, told_numbers
from bot.load.text_checks import text_faults
from bot.load.translations import (
    NO_PLACEHOLDERS,
    Translatable,
    collect_all,
    is_translated,
    load_words,
    po_path,
    read_catalogue,
)
from bot.load.yaml_reader import Document
from bot.words.i18n.translations import PLACEHOLDER, SYNONYM_MARK, SYNONYMS_CONTEXT

# codes that do not fail the check: a source or an answer only waits to be looked at, a wish for more ways to say it
WARNING_CODES = ("S001", "K007", "W005")
QUOTED = 60  # characters of a text that a finding shows


def check_all(root: Path, today: date, language: str | None = None) -> list[Problem]:
    """Return everything wrong below a folder on a day, in the order of files and lines.

    language: the one whose words are checked; None: all of them.
    """
    problems = find_problems(root, today, language)
    return sorted(problems, key=lambda problem: (problem.path, problem.line, problem.code))


def find_problems(root: Path, today: date, language: str | None = None) -> Iterator[Problem]:
    """Find everything wrong below a folder on a day; what takes seconds comes last."""
    try:
        loaded = read_files(root)
    except ContentError as error:
        yield from error.problems
        return
    yield from _as_problems(loaded, quick_faults(loaded.library, today))
    yield from _occupations(loaded, language)
    for code in LANGUAGES:
        if language in (None, code):
            yield from _source_texts(loaded) if code == "lv" else _translations(root, loaded, code)
    yield from _as_problems(loaded, understanding_faults(loaded.library, today))
    if language is None:
        catalogues = load_words(root)
        yield from _as_problems(loaded, example_faults(loaded.library, catalogues, today))
        yield from _as_problems(loaded, synonym_faults(loaded.library, catalogues))


def _as_problems(loaded: LoadedContent, faults: Iterable[Finding]) -> Iterator[Problem]:
    for fault in faults:
        severity: Severity = "warning" if fault.code in WARNING_CODES else "error"
        yield loaded.problem(fault, severity)


def _occupations(loaded: LoadedContent, language: str | None) -> Iterator[Problem]:
    """Find what is wrong with the catalogue of occupations, which holds its four languages itself."""
    files: dict[str, tuple[str, Document]] = {}  # by the occupations that stand in them
    for path, document in loaded.documents.items():
        if path.startswith("content/occupations/"):
            files |= dict.fromkeys(document.value, (path, document))
    for fault in occupation_faults(loaded.library.occupations):
        path, document = files[str(fault.keys[0])]
        line = document.line(fault.keys)
        yield Problem(code=fault.code, path=path, line=line, text=fault.text, remedy=fault.remedy)
    for id_, occupation in loaded.library.occupations.items():
        path, document = files[id_]
        for code in LANGUAGES:
            if language in (None, code):
                day = getattr(occupation.day, code)
                line = document.line((id_, "day", code))
                text = Translatable(day, None, path, line, "day", values=NO_PLACEHOLDERS)
                yield from text_faults(day, text, code, path, line)


def _source_texts(loaded: LoadedContent) -> Iterator[Problem]:
    """Find what is wrong with the Latvian texts, from which all others are translated."""
    told = told_numbers(loaded.library)
    for message in collect_all(loaded):
        yield from text_faults(message.msgid, message, "lv", message.path, message.line)
        number = told.get(message.msgid)
        if number is not None:
            yield from number_faults(
                message.msgid, number, loaded.library, message.path, message.line
            )


def _translations(root: Path, loaded: LoadedContent, language: str) -> Iterator[Problem]:
    """Find what is missing in a language's catalogue, or wrong with its texts."""
    path = po_path(root, language)
    path_name = path.relative_to(root).as_posix()
    catalog = read_catalogue(root, language)
    if catalog is None:
        yield Problem(code="L000", path=path_name, line=1, text="no catalogue", remedy="make words")
        return
    told = told_numbers(loaded.library)
    for message in collect_all(loaded):
        if not is_translated(message, language):
            continue
        # gettext finds a text about a number of things by its singular and its plural
        name: Any = message.msgid if message.plural is None else (message.msgid, message.plural)
        entry = catalog.get(name, context=message.context)
        line = 1 if entry is None else (entry.lineno or 1)
        where = f'"{message.msgid[:QUOTED]}" ({message.path}:{message.line})'
        strings = _strings(entry)
        if entry is None or not all(strings):
            text = f"no translation of {where}"
            yield Problem(code="L001", path=path_name, line=line, text=text)
            continue
        if entry.fuzzy:
            text = f"a guessed translation: {where}"
            yield Problem(code="L002", path=path_name, line=line, text=text)
            continue
        number = told.get(message.msgid)
        yield from _named_as_translated(catalog, message, strings[0], path_name, line)
        for string in strings:
            yield from _compared(message, string, path_name, line)
            yield from text_faults(string, message, language, path_name, line)
            if number is not None:
                yield from number_faults(string, number, loaded.library, path_name, line)


def _named_as_translated(
    catalog: Catalog, message: Translatable, string: str, path: str, line: int
) -> Iterator[Problem]:
    """Find a text that begins with a name, and whose translation calls it otherwise."""
    name, _, rest = message.msgid.partition(". ")
    entry = catalog.get(name) if rest and " " in name else None
    if entry is not None and entry.string and not string.startswith(str(entry.string)):
        text = f'"{name[:QUOTED]}" is "{entry.string[:QUOTED]}" elsewhere: "{string[:QUOTED]}"'
        yield Problem(code="L017", path=path, line=line, text=text, remedy="call it the same")


def _strings(entry: Any) -> tuple[str, ...]:
    """Return the forms of a translation: one, or as many as the language has plurals."""
    if entry is None:
        return ("",)
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def _compared(message: Translatable, string: str, path: str, line: int) -> Iterator[Problem]:
    """Find what a translation has in another way than its source."""
    msgid = message.msgid
    if message.context == SYNONYMS_CONTEXT:
        many, left = len(msgid.split(SYNONYM_MARK)), len(string.split(SYNONYM_MARK))
        if msgid.count(SYNONYM_MARK) > 1 and left == 1:
            text = f'of the words "{msgid[:QUOTED]}" one is left: "{string[:QUOTED]}"'
            remedy = "write what people type; look whether it is the text beside it"
            yield Problem(code="L015", path=path, line=line, text=text, remedy=remedy)
        elif left < many:
            text = f'of {many} words people type {left} are left: "{string[:QUOTED]}"'
            remedy = "write as many as the Latvian has, in forms of this language"
            yield Problem(code="L016", path=path, line=line, text=text, remedy=remedy)
        return
    if set(PLACEHOLDER.findall(msgid)) != set(PLACEHOLDER.findall(string)):
        text = f'placeholders differ: "{msgid[:QUOTED]}"'
        yield Problem(code="L003", path=path, line=line, text=text, remedy="use the same names")
    if "\u00a0" in string or "\u202f" in string:
        # they are put in when the text is said
        text = f'a non-breaking space in "{string[:QUOTED]}"'
        yield Problem(code="L004", path=path, line=line, text=text, remedy="type ordinary spaces")
