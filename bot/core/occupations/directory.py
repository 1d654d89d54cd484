"""Our occupations and the imported ones in one list, and the search over all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from bot.core.base.texts import LANGUAGES
from bot.core.interests.instrument import ItemBank
from bot.core.interests.matching import MatchedOccupation
from bot.core.occupations.imported import ImportedRecords, figures_of
from bot.core.occupations.occupation import InterestFigures, Names, Occupation
from bot.core.occupations.search.index import Hit, Index
from bot.core.occupations.search.names import NamedOccupation
from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.thesaurus import SynonymGroup

SCORE_DECIMALS = 3  # shown of a score; scores that are shown alike are a tie
# What looks the same is shown once, so more is looked for than is shown: twice as much, and ten.
LONGEST_QUERY = 200  # characters of a question about an occupation that are searched for
FOUND_FROM = 0.5  # a likeness of names below which nothing is said to be found
ALSO_FROM = 0.7  # the part of the best likeness from which another may have been meant
SPARE_FACTOR, SPARE_HITS = 2, 10


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """An occupation: its id, ISCO-08 group, names and, where known, figures.

    own: what we say of it ourselves; of an imported one nothing.
    """

    id: str
    isco: str
    names: Mapping[str, Names]
    interests: InterestFigures | None
    own: Occupation | None = None

    @property
    def imported(self) -> bool:
        """Return whether all we know of it was imported."""
        return self.own is None

    def named(self, language: str) -> Names:
        """Return the names to show: in the language asked for, else in Latvian, English, any."""
        return next(self.names[code] for code in (language, *LANGUAGES) if code in self.names)

    def shown_as(self, language: str) -> tuple[str, str]:
        """Return the group and the label: occupations with the same of both look the same."""
        return self.isco, self.named(language).name.casefold()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An occupation found, and how well it fits, from 0 to 1.

    same: the ids of others found that would look the same.
    """

    entry: DirectoryEntry
    score: float
    same: tuple[str, ...] = ()


class _Candidate(NamedTuple):
    """A hit of the search; the fields stand in the order in which candidates are sorted."""

    minus_score: float  # rounded; below zero, so that the best sorts first
    imported: bool  # ours first
    place: int  # among the hits
    id: str


def all_occupations(
    occupations: Mapping[str, Occupation], imports: ImportedRecords
) -> dict[str, DirectoryEntry]:
    """Return every occupation by id, ours first."""
    listed = {}
    for id_, own in occupations.items():
        names = {language: own.names(language) for language in LANGUAGES}
        listed[id_] = DirectoryEntry(id_, own.isco, names, own.interests, own)
    for id_, esco in imports.occupations.items():
        listed[id_] = DirectoryEntry(id_, esco.isco, esco.names, figures_of(id_, imports))
    return listed


def index_of(
    listed: Mapping[str, DirectoryEntry], thesaurus: Iterable[SynonymGroup], asking: QueryWords
) -> Index:
    """Return the index that finds a listed occupation by any of its names."""
    entries = []
    for id_, occupation in listed.items():
        names = {language: names.every for language, names in occupation.names.items()}
        entries.append(NamedOccupation(id_, names, occupation.isco))
    return Index.build(entries, thesaurus=thesaurus, asking=asking)


def find(
    listed: Mapping[str, DirectoryEntry], index: Index, words: str, most: int, language: str
) -> list[SearchResult]:
    """Return up to `most` occupations, the best first and ours first on a tie.

    What has the same group and label is shown once, as ours where one of them is.
    """
    shown: list[tuple[_Candidate, tuple[str, ...]]] = []
    for alike in _group_by_look(
        listed, index.search(words, SPARE_FACTOR * most + SPARE_HITS), language
    ):
        chosen = min(alike, key=attrgetter("imported", "place"))
        others = tuple(candidate.id for candidate in sorted(alike) if candidate.id != chosen.id)
        # ours is shown, at the place of the best that looks like it
        shown.append((chosen._replace(minus_score=min(alike).minus_score), others))
    return [
        SearchResult(listed[candidate.id], -candidate.minus_score, others)
        for candidate, others in sorted(shown)[: max(most, 0)]
    ]


def find_ids(
    listed: Mapping[str, DirectoryEntry], index: Index, words: str, most: int, language: str
) -> tuple[str, ...]:
    """Return the ids of what words may mean, the likeliest first; an id means itself."""
    if words in listed:
        return (words,)
    found = find(listed, index, words[:LONGEST_QUERY], most, language)
    best = found[0].score if found else 0.0
    return tuple(one.entry.id for one in found if one.score >= max(FOUND_FROM, best * ALSO_FROM))


def _group_by_look(
    listed: Mapping[str, DirectoryEntry], hits: Iterable[Hit], language: str
) -> Iterable[list[_Candidate]]:
    """Return the hits in groups that would look the same; two of ours are never in one."""
    groups: dict[object, list[_Candidate]] = {}
    keys_of_ours: set[object] = set()
    for place, hit in enumerate(hits):
        entry = listed[hit.id]
        key: object = entry.shown_as(language)
        if not entry.imported:
            key = entry.id if key in keys_of_ours else key  # the second of ours stands alone
            keys_of_ours.add(key)
        minus_score = -round(hit.score, SCORE_DECIMALS)
        candidate = _Candidate(minus_score, entry.imported, place, entry.id)
        groups.setdefault(key, []).append(candidate)
    return groups.values()


def matchable(
    listed: Mapping[str, DirectoryEntry], bank: ItemBank | None = None
) -> list[MatchedOccupation]:
    """Return all that have figures; an imported one that looks like one of ours is left out.

    bank: knows the kinds of work of each; without it they have none.
    """
    ours = {entry.shown_as("lv") for entry in listed.values() if not entry.imported}
    matched = []
    for entry in listed.values():
        if entry.interests is None or (entry.imported and entry.shown_as("lv") in ours):
            continue
        matched.append(
            MatchedOccupation(
                id=entry.id,
                isco=entry.isco,
                figures=entry.interests.figures,
                imported=entry.imported,
                kinds=bank.kinds_of(entry.isco) if bank is not None else frozenset(),
            )
        )
    return matched
