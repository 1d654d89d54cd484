"""ESCO's and O*NET's files as published: each is known by its header, all become one set of records.

A faulty row is left out and told; a faulty file, and nothing is taken.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core.base.frozen import Frozen
from bot.core.base.problems import ContentError, Problem
from bot.core.occupations.imported import ImportedRecords
from bot.load.imports import esco, onet
from bot.load.imports.collected import CollectedRows, RowNote
from bot.load.imports.tables import (
    BrokenFile,
    PublishedFile,
    PublishedTable,
    TableHeader,
    cut_off,
    find_header,
    open_published,
    read_table,
)


class FileReport(Frozen):
    """What became of a file: what it is, its language, rows read and rows taken."""

    file: str
    kind: str
    language: str = ""
    rows: int
    taken: int


@dataclass(frozen=True)
class ImportReport:
    """All that files brought: the records, what became of each file, what was left out, doubts."""

    imports: ImportedRecords
    files: tuple[FileReport, ...]
    left_out: tuple[RowNote, ...]
    passed_over: Mapping[str, int]
    doubts: tuple[RowNote, ...]


@dataclass(frozen=True)
class FileKind:
    """A kind of file: the columns that tell it, what reads it, columns whose end must be seen."""

    name: str
    needed: frozenset[str]
    take: Callable[[PublishedTable, CollectedRows], str]
    read: frozenset[str]


FILE_KINDS: Final = (
    FileKind(
        "ESCO occupations",
        esco.OCCUPATION_COLUMNS,
        esco.take_occupations,
        esco.OCCUPATION_COLUMNS_READ,
    ),
    FileKind("ESCO occupations (index)", esco.INDEX_COLUMNS, esco.take_index, esco.INDEX_COLUMNS),
    FileKind("ESCO groups", esco.BROADER_COLUMNS, esco.take_broader, esco.BROADER_COLUMNS),
    FileKind("ESCO-O*NET crosswalk", onet.CROSSWALK_COLUMNS, onet.take_crosswalk, frozenset()),
    FileKind(
        "ESCO-O*NET crosswalk (index)",
        onet.LINKS_COLUMNS,
        onet.take_links,
        frozenset({"match_type"}),
    ),
    FileKind("O*NET interests", onet.RATINGS_COLUMNS, onet.take_ratings, onet.RATINGS_COLUMNS),
    FileKind(
        "O*NET interests (index)", onet.PROFILES_COLUMNS, onet.take_profiles, onet.PROFILES_COLUMNS
    ),
)
# a column of the tables that ESCO and O*NET publish beside those
COLUMNS_OF_OTHER_TABLES = ("conceptUri", "conceptType", "occupationUri", "originalSkillUri", "conceptSchemeUri",
          "O*NET-SOC Code", "Element ID", "Scale ID", "Task ID", "IWA ID", "DWA ID", "Job Zone")  # fmt: skip
OTHER_TABLE = "another table of the release"
EXPECTED_COLUMNS = "; ".join(
    f"{kind.name}: {', '.join(sorted(kind.needed))}" for kind in FILE_KINDS[:1]
)


@dataclass
class _Collector:
    taken: CollectedRows = field(default_factory=CollectedRows)
    files: list[FileReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def collect(paths: Sequence[str]) -> ImportReport:
    """Read files in any order.

    Errors: InputError where one is missing; ContentError with all that makes any of them unusable.
    """
    found = _Collector()
    tables: list[tuple[FileKind, PublishedTable]] = []
    for path in dict.fromkeys(paths):
        try:
            before = len(tables)
            for published in open_published(path, _is_wanted):
                tables += _tables(published, found)
            if len(tables) == before and not esco.is_foreign(path):
                text = "nothing in it that occupations need, or in no language spoken here"
                raise BrokenFile("I003", path, 1, text)
        except ContentError as error:
            found.problems += error.problems
    for kind, table in sorted(tables, key=lambda pair: (FILE_KINDS.index(pair[0]), pair[1].path)):
        try:
            _take(kind, table, found)
        except ContentError as error:
            found.problems += error.problems
    if not found.problems:
        found.problems += found.taken.disagreements()
    if found.problems:
        raise ContentError(found.problems)
    if not any(file.taken for file in found.files):
        notes = found.taken.left_out[:20]
        raise ContentError(
            [Problem(code="I007", path=one.file, line=one.line, text=one.reason) for one in notes]
            or [Problem(code="I007", path=paths[0], line=1, text="nothing in it can be used")]
        )
    imports = found.taken.imports()
    left_out = tuple(sorted(found.taken.left_out))
    passed_over = found.passed_over + found.taken.passed_over
    return ImportReport(
        imports, tuple(found.files), left_out, passed_over, tuple(found.taken.doubts)
    )


def _recognise(published: PublishedFile) -> tuple[FileKind, TableHeader] | str:
    """Tell what a file is by its beginning, or why it is passed over."""
    header = find_header(published.data, [kind.needed for kind in FILE_KINDS])
    if header is None:
        return OTHER_TABLE
    kind = next(kind for kind in FILE_KINDS if kind.needed <= set(header.columns))
    if kind.take is onet.take_ratings and not onet.are_interests(published.data):
        return OTHER_TABLE
    if kind.take is esco.take_occupations and esco.is_foreign(published.path):
        return f"{published.path}: a language that is not spoken here"
    return kind, header


def _is_wanted(published: PublishedFile) -> bool:
    return not isinstance(_recognise(published), str)


def _tables(
    published: PublishedFile, found: _Collector
) -> Iterator[tuple[FileKind, PublishedTable]]:
    """Read a file that one of the kinds knows; pass over the others of an archive."""
    known = _recognise(published)
    if known == OTHER_TABLE and not published.packed:
        raise _unknown(published)
    if isinstance(known, str):
        found.passed_over[known] += 1
        return
    kind, header = known
    table = read_table(published, header)
    if table.unended and header.columns[-1] in kind.read:
        line = table.lines[-1].line
        raise cut_off(table.path, line, "the last line has no end, so its last field may be short")
    yield kind, table


def _unknown(published: PublishedFile) -> BrokenFile:
    if b"\0" in published.data[:200]:
        return BrokenFile("I002", published.path, 1, "not a text in UTF-8")
    other = find_header(published.data, [frozenset({name}) for name in COLUMNS_OF_OTHER_TABLES])
    if other is None:
        text = f"a header that is not known (for example {EXPECTED_COLUMNS})"
        return BrokenFile("I003", published.path, 1, text, "take the file as published")
    near = max(FILE_KINDS, key=lambda kind: len(kind.needed & set(other.columns)))
    missing = ", ".join(sorted(near.needed - set(other.columns)))
    if not missing:
        text = "a table of O*NET that is not about interests"
        return BrokenFile("I003", published.path, other.line, text, "the file is called Interests")
    text = f"not a table that is used; for {near.name} it lacks {missing}"
    return BrokenFile("I003", published.path, other.line, text, "take the file as published")


def _take(kind: FileKind, table: PublishedTable, found: _Collector) -> None:
    before = found.taken.rows
    for one in table.short:
        count = len(table.header.columns)
        reason = f"{one.has} fields where the header has {count}"
        found.taken.leave(table.path, one.line, reason)
    language = kind.take(table, found.taken)
    found.files.append(
        FileReport(
            file=table.path,
            kind=kind.name,
            language=language,
            rows=len(table.lines) + len(table.short),
            taken=found.taken.rows - before,
        )
    )
