"""What is taken of the rows of published tables, what is left out and why, and what does not agree."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.core.base.problems import Problem
from bot.core.base.texts import LANGUAGES
from bot.core.occupations.imported import EscoOccupation, Imports, Links, Match
from bot.core.occupations.occupation import InterestFigures, Names
from bot.load.imports.tables import AGAIN, Broken

MANY = 100  # occupations from which a gap between two files of a release is told from a choice
GAP = 0.1  # the share missing from which one of two files must be cut off


class Note(NamedTuple):
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


@dataclass
class CollectedRows:
    """What the files have brought until now."""

    names: dict[str, dict[str, Named]] = field(default_factory=dict)  # by language, address
    figures: dict[str, InterestFigures] = field(default_factory=dict)
    links: dict[str, dict[str, Match]] = field(default_factory=dict)
    grouped: dict[str, Note] = field(default_factory=dict)  # occupations the groups name
    left_out: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    _files: dict[str, str] = field(default_factory=dict)

    def leave(self, file: str, line: int, reason: str) -> None:
        """Leave a row out."""
        self.left_out.append(Note(file, line, reason))

    def begin(self, what: str, file: str) -> None:
        """Note which file brings something. Errors: Broken where another already does."""
        other = self._files.setdefault(what, file)
        if other != file:
            text = f"{other} brings {what} too"
            raise Broken("I006", file, 1, text, "import one release at a time")

    def disagreements(self) -> Iterator[Problem]:
        """Find files of one release that do not fit together: one of them is cut off at a row's end.

        A few missing are a doubt only.
        """
        named = {code: rows for code, rows in self.names.items() if rows}
        whole = set().union(*named.values()) if named else set()
        sets: list[tuple[str, set[str], str]] = []
        if len(named) > 1:
            sets = [
                (next(iter(rows.values())).file, whole - rows.keys(), "of another language")
                for rows in named.values()
            ]
        if named and self.grouped:
            file = next(iter(next(iter(named.values())).values())).file
            groups = next(iter(self.grouped.values())).file
            sets.append((file, self.grouped.keys() - whole, f"of {groups}"))
        # what was left out for a fault is not missing for being cut off
        faulty = Counter(note.file for note in self.left_out)
        for file, missing, of in sets:
            if len(missing) <= faulty[file]:
                continue
            text = f"lacks {len(missing)} occupations {of}, for example {min(missing)}"
            size = len(whole | missing)
            if size >= MANY and len(missing) - faulty[file] > GAP * size:
                text = f"{text}: cut off at the end of a row, or another release"
                yield Problem(code="I005", path=file, line=1, text=text, remedy=AGAIN)
            else:
                self.doubts.append(Note(file, 1, text))

    def imports(self) -> Imports:
        """Put the languages together; where two disagree on the group, ours decides in our order."""
        groups: dict[str, str] = {}
        names: dict[str, dict[str, Names]] = {}
        for code in LANGUAGES:
            for id_, one in self.names.get(code, {}).items():
                isco = groups.setdefault(id_, one.isco)
                if isco != one.isco:
                    reason = f"{id_} is in group {one.isco} here, in {isco} in another language"
                    self.leave(one.file, one.line, reason)
                    continue
                names.setdefault(id_, {})[code] = one.names
        occupations = {
            id_: EscoOccupation(isco=groups[id_], names=found) for id_, found in names.items()
        }
        links: Mapping[str, Links] = {id_: Links(onet=found) for id_, found in self.links.items()}
        return Imports(occupations, dict(self.figures), links)
