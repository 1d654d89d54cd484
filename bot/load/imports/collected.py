"""What is taken of the rows of published tables, what is left out and why, and what does not agree."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.core.base.problems import Problem
from bot.core.base.texts import LANGUAGES
from bot.core.occupations.imported import CrosswalkLinks, EscoOccupation, ImportedRecords, MatchKind
from bot.core.occupations.occupation import InterestFigures, Names
from bot.load.imports.tables import REMEDY_DOWNLOAD, BrokenFile

# Of a release of fewer occupations a gap between two files may be what somebody chose to leave out.
OCCUPATIONS_OF_WHOLE_RELEASE = 100
# If more than a tenth is missing, one of two files is cut off; less may be a language that lacks some.
LARGEST_GAP = 0.1


class RowNote(NamedTuple):
    """A row, and what is to be said of it."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class Named(NamedTuple):
    """An occupation in one language, and the row it stands in."""

    isco: str
    names: Names
    file: str
    line: int


class _Gap(NamedTuple):
    """A file, the occupations it lacks, and where they stand, in words."""

    file: str
    missing: set[str]
    of: str


def _file_of(rows: Mapping[str, Named]) -> str:
    """Return the file that some rows stand in; there is at least one row."""
    return next(iter(rows.values())).file


@dataclass
class CollectedRows:
    """What the files have brought until now."""

    names: dict[str, dict[str, Named]] = field(default_factory=dict)  # by language, address
    figures: dict[str, InterestFigures] = field(default_factory=dict)
    links: dict[str, dict[str, MatchKind]] = field(default_factory=dict)
    grouped: dict[str, RowNote] = field(default_factory=dict)  # occupations the groups name
    left_out: list[RowNote] = field(default_factory=list)
    doubts: list[RowNote] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    _files: dict[str, str] = field(default_factory=dict)

    def leave(self, file: str, line: int, reason: str) -> None:
        """Note that a row is left out, and why."""
        self.left_out.append(RowNote(file, line, reason))

    def begin(self, what: str, file: str) -> None:
        """Note which file brings something. Errors: BrokenFile where another already does."""
        other = self._files.setdefault(what, file)
        if other != file:
            text = f"{other} brings {what} too"
            raise BrokenFile("I006", file, 1, text, "import one release at a time")

    def disagreements(self) -> Iterator[Problem]:
        """Return faults of files of one release of which one is cut off at a row's end.

        If a few rows only are missing, that is no fault but a doubt.
        """
        named = [rows for rows in self.names.values() if rows]
        all_named: set[str] = set().union(*named)
        # what was left out for a fault is not missing for being cut off
        faulty = Counter(note.file for note in self.left_out)
        for file, missing, of in self._gaps(named, all_named):
            if len(missing) <= faulty[file]:
                continue
            text = f"lacks {len(missing)} occupations {of}, for example {min(missing)}"
            size = len(all_named | missing)
            is_whole_release = size >= OCCUPATIONS_OF_WHOLE_RELEASE
            if is_whole_release and len(missing) - faulty[file] > LARGEST_GAP * size:
                text = f"{text}: cut off at the end of a row, or another release"
                yield Problem(code="I005", path=file, line=1, text=text, remedy=REMEDY_DOWNLOAD)
            else:
                self.doubts.append(RowNote(file, 1, text))

    def _gaps(self, named: Sequence[Mapping[str, Named]], all_named: set[str]) -> Iterator[_Gap]:
        """Return what each file of names lacks that another file of the release has.

        named: the occupations of each language that has any; all_named: those of all languages.
        """
        if len(named) > 1:
            for rows in named:
                yield _Gap(_file_of(rows), all_named - rows.keys(), "of another language")
        if named and self.grouped:
            groups = next(iter(self.grouped.values())).file
            yield _Gap(_file_of(named[0]), self.grouped.keys() - all_named, f"of {groups}")

    def imports(self) -> ImportedRecords:
        """Return the records of all that was collected, the languages of an occupation together.

        Where two languages disagree on the group, the first of `LANGUAGES` decides, and the row of
        the other is left out.
        """
        groups: dict[str, str] = {}
        names: dict[str, dict[str, Names]] = {}
        for code in LANGUAGES:
            for id_, named in self.names.get(code, {}).items():
                isco = groups.setdefault(id_, named.isco)
                if isco != named.isco:
                    reason = f"{id_} is in group {named.isco} here, in {isco} in another language"
                    self.leave(named.file, named.line, reason)
                    continue
                names.setdefault(id_, {})[code] = named.names
        occupations = {
            id_: EscoOccupation(isco=groups[id_], names=by_language)
            for id_, by_language in names.items()
        }
        links = {id_: CrosswalkLinks(onet=matches) for id_, matches in self.links.items()}
        return ImportedRecords(occupations, dict(self.figures), links)
