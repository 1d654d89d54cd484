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
MOST_NOTES = 20  # rows of which it is told why they cannot be used, if none can
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
    """Return what all files bring together; their order does not matter.

    Errors: InputError where one is missing; ContentError with all that makes any of them unusable.
    """
    collector = _Collector()
    tables: list[tuple[FileKind, PublishedTable]] = []
    for path in dict.fromkeys(paths):  # one named twice is read once
        try:
            # those before a fault in an archive are looked at too, so that all faults are told at once
            tables += _tables_of_file(path, collector)
        except ContentError as error:
            collector.problems += error.problems
    # in the order of the kinds, so that the order of the files makes no difference
    for kind, table in sorted(tables, key=lambda pair: (FILE_KINDS.index(pair[0]), pair[1].path)):
        try:
            _take(kind, table, collector)
        except ContentError as error:
            collector.problems += error.problems
    if not collector.problems:
        collector.problems += collector.taken.disagreements()
    if not collector.problems and not any(file.taken for file in collector.files):
        collector.problems += _nothing_taken(paths, collector)
    if collector.problems:
        raise ContentError(collector.problems)
    imports = collector.taken.imports()  # may leave out more rows
    return ImportReport(
        imports=imports,
        files=tuple(collector.files),
        left_out=tuple(sorted(collector.taken.left_out)),
        passed_over=collector.passed_over + collector.taken.passed_over,
        doubts=tuple(collector.taken.doubts),
    )


def _nothing_taken(paths: Sequence[str], collector: _Collector) -> list[Problem]:
    """Return why no row could be used, by the first rows that were left out."""
    notes = collector.taken.left_out[:MOST_NOTES]
    if not notes:
        return [Problem(code="I007", path=paths[0], line=1, text="nothing in it can be used")]
    return [
        Problem(code="I007", path=note.file, line=note.line, text=note.reason) for note in notes
    ]


def _tables_of_file(path: str, collector: _Collector) -> Iterator[tuple[FileKind, PublishedTable]]:
    """Return the tables of a file or archive. Errors: BrokenFile where it has none that is used."""
    any_used = False
    for published in open_published(path, _is_wanted):
        for kind, table in _tables(published, collector):
            any_used = True
            yield kind, table
    if not any_used and not esco.is_foreign(path):
        text = "nothing in it that occupations need, or in no language spoken here"
        raise BrokenFile("I003", path, 1, text)


def _recognise(published: PublishedFile) -> tuple[FileKind, TableHeader] | str:
    """Return what a file is by its beginning, or in words why it is passed over."""
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
    published: PublishedFile, collector: _Collector
) -> Iterator[tuple[FileKind, PublishedTable]]:
    """Return the table of a file that one of the kinds knows; pass over the others of an archive."""
    known = _recognise(published)
    if known == OTHER_TABLE and not published.packed:
        raise _unknown(published)
    if isinstance(known, str):
        collector.passed_over[known] += 1
        return
    kind, header = known
    table = read_table(published, header)
    if table.unended and header.columns[-1] in kind.read:
        line = table.lines[-1].line
        raise cut_off(table.path, line, "the last line has no end, so its last field may be short")
    yield kind, table


def _unknown(published: PublishedFile) -> BrokenFile:
    """Return what a file is instead of one of the kinds, as far as can be seen."""
    if b"\0" in published.data[:200]:
        return BrokenFile("I002", published.path, 1, "not a text in UTF-8")
    other = find_header(published.data, [frozenset({name}) for name in COLUMNS_OF_OTHER_TABLES])
    if other is None:
        text = f"a header that is not known (for example {EXPECTED_COLUMNS})"
        return BrokenFile("I003", published.path, 1, text, "take the file as published")
    columns = set(other.columns)
    near = max(FILE_KINDS, key=lambda kind: len(kind.needed & columns))
    missing = ", ".join(sorted(near.needed - columns))
    if not missing:
        text = "a table of O*NET that is not about interests"
        return BrokenFile("I003", published.path, other.line, text, "the file is called Interests")
    text = f"not a table that is used; for {near.name} it lacks {missing}"
    return BrokenFile("I003", published.path, other.line, text, "take the file as published")


def _take(kind: FileKind, table: PublishedTable, collector: _Collector) -> None:
    """Take the rows of a table, and note how many of them could be used."""
    taken = collector.taken
    rows_before = taken.rows
    columns = len(table.header.columns)
    for short in table.short:
        reason = f"{short.has} fields where the header has {columns}"
        taken.leave(table.path, short.line, reason)
    language = kind.take(table, taken)
    collector.files.append(
        FileReport(
            file=table.path,
            kind=kind.name,
            language=language,
            rows=len(table.lines) + len(table.short),
            taken=taken.rows - rows_before,
        )
    )
