"""Our occupations and the imported ones in one list, and the search over all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from bot.core.base.texts import LANGUAGES
from bot.core.interests.matching import MatchedOccupation as Matched
from bot.core.occupations.imported import Imports, figures_of
from bot.core.occupations.occupation import InterestFigures, Names, Occupation
from bot.core.occupations.search.index import Index
from bot.core.occupations.search.names import Entry
from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.thesaurus import SynonymGroup

TOLD = 3  # decimals of a score; scores that are told alike are a tie


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
        """Tell what makes two occupations look the same."""
        return self.isco, self.named(language).name.casefold()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An occupation found, how well it fits, and those that would look the same."""

    entry: DirectoryEntry
    score: float
    same: tuple[str, ...] = ()


def all_occupations(
    occupations: Mapping[str, Occupation], imports: Imports
) -> dict[str, DirectoryEntry]:
    """List every occupation by id, ours first."""
    listed = {
        id_: DirectoryEntry(
            id_, one.isco, {code: one.names(code) for code in LANGUAGES}, one.interests, one
        )
        for id_, one in occupations.items()
    }
    for id_, one in imports.occupations.items():
        listed[id_] = DirectoryEntry(id_, one.isco, one.names, figures_of(id_, imports))
    return listed


def index_of(
    listed: Mapping[str, DirectoryEntry], thesaurus: Iterable[SynonymGroup], asking: QueryWords
) -> Index:
    """Build the index over a list."""
    entries = (
        Entry(id_, {code: names.every for code, names in one.names.items()}, one.isco)
        for id_, one in listed.items()
    )
    return Index.build(entries, thesaurus=thesaurus, asking=asking)


def find(
    listed: Mapping[str, DirectoryEntry], index: Index, words: str, most: int, language: str
) -> list[SearchResult]:
    """Find up to `most` occupations, the best first and ours first on a tie.

    What has the same group and label is shown once, as ours where one of them is.
    """
    groups: dict[object, list[tuple[float, bool, int, str]]] = {}
    mine: set[object] = set()
    for place, hit in enumerate(index.search(words, 2 * most + 10)):
        one = listed[hit.id]
        key: object = one.shown_as(language)
        if not one.imported:
            key = one.id if key in mine else key  # two of ours are never one
            mine.add(key)
        groups.setdefault(key, []).append((-round(hit.score, TOLD), one.imported, place, one.id))
    found = []
    for group in groups.values():
        shown = min(group, key=itemgetter(1, 2))
        others = tuple(id_ for *_, id_ in sorted(group) if id_ != shown[3])
        found.append(((min(group)[0], *shown[1:]), others))
    return [
        SearchResult(listed[id_], -score, others)
        for (score, _, _, id_), others in sorted(found)[: max(most, 0)]
    ]


def matchable(listed: Mapping[str, DirectoryEntry]) -> list[Matched]:
    """Return all that have figures; an imported one that looks like one of ours is left out."""
    ours = {one.shown_as("lv") for one in listed.values() if not one.imported}
    return [
        Matched(one.id, one.isco, one.interests.figures, imported=one.imported)
        for one in listed.values()
        if one.interests is not None and not (one.imported and one.shown_as("lv") in ours)
    ]
