"""ESCO's tables of occupations, one a language, and of the groups they stand in."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from bot.core.base.texts import LANGUAGES
from bot.core.occupations.imported import FAMILIES, with_other_form
from bot.core.occupations.occupation import Names
from bot.load.imports.collected import CollectedRows, Named, RowNote
from bot.load.imports.tables import CONTROL_CHARACTER, BrokenFile, PublishedTable, tidy

OCCUPATION_COLUMNS: Final = frozenset({"conceptUri", "iscoGroup", "preferredLabel"})
OCCUPATION_COLUMNS_READ: Final = OCCUPATION_COLUMNS | {"altLabels", "hiddenLabels", "status"}
INDEX_COLUMNS: Final = frozenset({"uri", "isco4", "label_lv", "alt_labels_lv", "label_en"})
BROADER_COLUMNS: Final = frozenset({"conceptUri", "broaderUri"})
OCCUPATION_ADDRESS: Final = re.compile(
    r"http://data\.europa\.eu/esco/occupation/[A-Za-z0-9._-]{1,80}"
)
UNIT_GROUP: Final = re.compile(r"[0-9]{4}")
LONGEST_OCCUPATION_NAME = 200  # characters
MOST_OTHER_NAMES = 200  # of an occupation in a language
# the languages of ESCO, as its files are called: occupations_lv.csv
LANGUAGE_IN_FILE_NAME = re.compile(
    r"[_.-](ar|bg|cs|da|de|el|en|es|et|fi|fr|ga|hr|hu|is|it|lt|lv|mt|nl|no|pl|pt|ro|ru|sk|sl|sv|uk)"
    r"\.(?:csv|txt|tsv)$",
    re.IGNORECASE,
)
CYRILLIC_LETTER = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)
UKRAINIAN_LETTER, RUSSIAN_LETTER = (
    re.compile(r"[іїєґ]", re.IGNORECASE),
    re.compile(r"[ыэё]", re.IGNORECASE),
)
LATVIAN_LETTER = re.compile(r"[āčēģīķļņšūž]", re.IGNORECASE)
# Of 20 names or more, one at least has a letter with a Latvian mark if the file is in Latvian.
NAMES_TO_TELL_LATVIAN = 20
# Where the file is not called by its language: more names than this share have a Latvian letter if
# they are Latvian …
LATVIAN_SHARE = 0.15
# … and at least this share have no letter beside A to Z if they are English.
ENGLISH_SHARE = 0.9


class EscoRow(NamedTuple):
    """What is used of a row, as it stands there."""

    id: str
    isco: str
    label: str
    also: Sequence[str]


def named_language(path: str) -> str:
    """Return the code of the language a file is called by, or nothing."""
    match = LANGUAGE_IN_FILE_NAME.search(path)
    return match[1].lower() if match else ""


def is_foreign(path: str) -> bool:
    """Return whether a file is called by a language that is not one of ours."""
    return named_language(path) not in ("", *LANGUAGES)


def find_language(path: str, names: Iterable[str]) -> str:
    """Return the language by what the file is called; where that says nothing, by its letters.

    Errors: BrokenFile where neither tells, or where they contradict one another.
    """
    known = [name for name in names if name]
    named = named_language(path)
    if named:
        if known and _contradicts(named, known):
            raise BrokenFile("I002", path, 1, f"the names in it are not in the language {named}")
        return named
    if _count(CYRILLIC_LETTER, known) * 2 > len(known):
        text = " ".join(known)
        return (
            "uk"
            if len(UKRAINIAN_LETTER.findall(text)) >= len(RUSSIAN_LETTER.findall(text))
            else "ru"
        )
    if _count(LATVIAN_LETTER, known) > LATVIAN_SHARE * len(known):
        return "lv"
    if sum(name.isascii() for name in known) >= ENGLISH_SHARE * len(known):
        return "en"
    remedy = "call it as published, for example occupations_lv.csv"
    raise BrokenFile("I003", path, 1, "it cannot be told which language this is", remedy)


def _count(letters: re.Pattern[str], names: Sequence[str]) -> int:
    """Return how many names have one of these letters."""
    return sum(letters.search(name) is not None for name in names)


def _contradicts(language: str, names: Sequence[str]) -> bool:
    """Return whether names cannot be in the language that their file is called by."""
    cyrillic = _count(CYRILLIC_LETTER, names)
    if language not in ("lv", "en"):
        return cyrillic == 0
    if cyrillic * 2 > len(names):
        return True
    enough = len(names) >= NAMES_TO_TELL_LATVIAN
    return language == "lv" and enough and _count(LATVIAN_LETTER, names) == 0


def take_occupations(table: PublishedTable, taken: CollectedRows) -> str:
    """Take a file of occupations; return its language."""
    language = find_language(table.path, (line.fields["preferredLabel"] for line in table.lines))
    taken.begin(f"names in {language}", table.path)
    for line in table.lines:
        fields = line.fields
        # ESCO parts other names by lines within the field
        also = "\n".join((fields.get("altLabels", ""), fields.get("hiddenLabels", "")))
        fault = _not_in_use(fields)
        if fault:
            taken.leave(table.path, line.line, fault)
            continue
        key = (fields["conceptUri"], fields["iscoGroup"], fields["preferredLabel"])
        _take(EscoRow(*key, also.splitlines()), RowNote(table.path, line.line, ""), language, taken)
    return language


def take_index(table: PublishedTable, taken: CollectedRows) -> str:
    """Take an extract that holds Latvian and English names side by side."""
    for code in ("lv", "en"):
        taken.begin(f"names in {code}", table.path)
    for line in table.lines:
        fields = line.fields
        also = fields["alt_labels_lv"].split(" | ") if fields["alt_labels_lv"] else []
        before = len(taken.left_out)
        row = EscoRow(fields["uri"], fields["isco4"], fields["label_lv"], also)
        place = RowNote(table.path, line.line, "")
        _take(row, place, "lv", taken)
        if len(taken.left_out) == before and fields["label_en"].strip():
            _take(row._replace(label=fields["label_en"], also=()), place, "en", taken)
            taken.rows -= 1  # it is the same row
    return "lv, en"


def take_broader(table: PublishedTable, taken: CollectedRows) -> str:
    """Take note of which occupations a release has; nothing of the groups themselves is kept."""
    for line in table.lines:
        id_ = line.fields["conceptUri"].strip()
        if OCCUPATION_ADDRESS.fullmatch(id_):
            taken.grouped.setdefault(id_, RowNote(table.path, line.line, ""))
    return ""


def _not_in_use(fields: dict[str, str]) -> str:
    """Return why a row is of no occupation in use, or nothing."""
    kind = fields.get("conceptType", "Occupation").strip()
    if kind != "Occupation":
        return f"not an occupation but {kind or 'nothing named'}"
    status = fields.get("status", "released").strip()
    return "" if status in ("released", "") else f"it is {status}, not released"


def _take(row: EscoRow, place: RowNote, language: str, taken: CollectedRows) -> None:
    """Take a row, or say why not."""
    id_, isco, label = row.id.strip(), row.isco.strip(), tidy(row.label)
    known = taken.names.setdefault(language, {})
    fault = _fault(id_, isco, label)
    if not fault and id_ in known:
        fault = f"{id_} stands in line {known[id_].line} already"
    if fault:
        taken.leave(place.file, place.line, fault)
        return
    tidied = (tidy(name) for name in row.also)
    others = dict.fromkeys(name for name in tidied if name)  # each once, in order
    readable = [name for name in others if _readable(name)]
    good = [name for name in readable if name.casefold() != label.casefold()]
    also = tuple(good[:MOST_OTHER_NAMES])
    unreadable = len(others) - len(readable)
    too_many = len(good) - len(also)
    if unreadable + too_many:
        reason = f"{unreadable + too_many} of the other names; the rest of the row is taken"
        taken.leave(place.file, place.line, reason)
    names = with_other_form(label, also) if language == "lv" else Names(name=label, also=also)
    known[id_] = Named(isco, names, place.file, place.line)
    taken.rows += 1


def _readable(name: str) -> bool:
    return len(name) <= LONGEST_OCCUPATION_NAME and not CONTROL_CHARACTER.search(name)


def _fault(id_: str, isco: str, label: str) -> str:
    """Return what is wrong with a row, or nothing."""
    if not OCCUPATION_ADDRESS.fullmatch(id_):
        return f"{id_[:90]!r} is not the address of an occupation of ESCO"
    if not UNIT_GROUP.fullmatch(isco):
        return f"the group {isco[:20]!r} is not four digits"
    if isco[:2] not in FAMILIES:
        return f"there is no group {isco} in ISCO-08"
    if not label:
        return "no name"
    if not _readable(label):
        return f"the name is longer than {LONGEST_OCCUPATION_NAME} characters or holds what cannot be printed"
    return ""
