"""The names of all occupations, cut to stems and weighed: what the search looks in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Self

from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.stemming import SCRIPTS, doer, stem
from bot.core.occupations.search.thesaurus import SynonymGroup
from bot.core.occupations.search.vocabulary import Member, Vocabulary

# Both numbers were set by trial, as those of `vocabulary.py` were.

# The last word of a name says who does it (kravas automobiļa vadītājs) but is shared by many names,
# so it weighs a little less than its rarity says.
LAST_WORD_WEIGHT = 0.9
# The name of an ISCO group is said of every occupation in it, and less of each than its own names.
GROUP_WORD_WEIGHT = 0.6

GroupNames = Mapping[str, Mapping[str, str]]  # by ISCO group and language
NO_GROUP_NAMES: Final[GroupNames] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NamedOccupation:
    """An occupation: its names by language, the first of each its label; its ISCO group."""

    id: str
    names: Mapping[str, tuple[str, ...]]
    isco: str


@dataclass(frozen=True, slots=True)
class IndexedName:
    """A name of an entry. What it weighs and means is known once all names are taken in."""

    entry: int  # its place among the entries
    lang: str
    text: str
    is_label: bool
    stems: tuple[int, ...]  # the number of each word's stem
    doer: int  # the stem that says who does it
    folded: str  # its words, folded
    spelt: str  # its words, stem by stem
    weights: Mapping[int, float] = field(default_factory=dict)  # by stem: how much it tells
    total: float = 0.0  # of the weights
    meanings: Mapping[int, Member] = field(default_factory=dict)  # and the stems that have each


def _order(entry: NamedOccupation) -> tuple[str, str, list[tuple[str, tuple[str, ...]]]]:
    """Return what entries are sorted by, so that their order never depends on the order given."""
    return entry.id, entry.isco, sorted(entry.names.items())


class NameTables:
    """All entries and their names, found by stem or meaning."""

    def __init__(self, entries: Iterable[NamedOccupation], asking: QueryWords) -> None:
        self.asking = asking
        self.entries = sorted(entries, key=_order)
        self.vocabulary = Vocabulary()
        self.names: list[IndexedName] = []
        self.names_of: list[list[int]] = [[] for _ in self.entries]  # places in `names`, by entry
        # by stem or meaning: the names that have it, as places in `names`
        self.names_with: defaultdict[int, list[int]] = defaultdict(list)
        # by entry: how much each stem or meaning is said of it, 1 in a name of its own
        self.said_of: list[Mapping[int, float]] = []
        self.doers: set[int] = set()  # stems and meanings that mostly say who does it
        # by stem or meaning: the share each ISCO group has in it
        self.group_shares: dict[int, dict[str, float]] = {}

    @classmethod
    def build(
        cls,
        entries: Iterable[NamedOccupation],
        groups: GroupNames,
        thesaurus: Iterable[SynonymGroup],
        asking: QueryWords,
    ) -> Self:
        """Return the tables of all names; whatever order the entries come in, they are the same."""
        tables = cls(entries, asking)
        tables.vocabulary.relate(thesaurus, asking)
        for place, entry in enumerate(tables.entries):
            tables._take_in(place, entry)
        group_stems = [tables._group_stems(entry.isco, groups) for entry in tables.entries]
        tables.vocabulary.finish([tables._stems_of(place) for place in range(len(tables.entries))])
        tables._weigh_names()
        tables._weigh_entries(group_stems)
        tables._share_among_groups()
        return tables

    def _take_in(self, entry_place: int, entry: NamedOccupation) -> None:
        """Take in the names of an entry; a name without a word (such as "?") is left out."""
        for lang, names in sorted(entry.names.items()):
            kind = SCRIPTS[lang]
            for rank, text in enumerate(dict.fromkeys(names)):
                words = self.asking.words_of_name(text)
                if not words:
                    continue
                stems = tuple(self.vocabulary.number(word, kind) for word in words)
                self.names_of[entry_place].append(len(self.names))
                self.names.append(
                    IndexedName(
                        entry=entry_place,
                        lang=lang,
                        text=text,
                        is_label=rank == 0,
                        stems=stems,
                        doer=stems[doer(words, kind)],
                        folded=" ".join(words),
                        spelt=" ".join(stem(word, kind) for word in words),
                    )
                )

    def _stems_of(self, entry_place: int) -> list[tuple[int, ...]]:
        return [self.names[place].stems for place in self.names_of[entry_place]]

    def _group_stems(self, isco: str, groups: GroupNames) -> list[int]:
        """Return the stems of a group's name in all languages."""
        stems: list[int] = []
        for lang, text in sorted(groups.get(isco, {}).items()):
            words = self.asking.words_of_name(text)
            stems += [self.vocabulary.number(word, SCRIPTS[lang]) for word in words]
        return stems

    def _weigh_names(self) -> None:
        """Weigh the stems of each name, find its meanings, and note who is named by what."""
        telling = self.vocabulary.telling
        times_doer: Counter[int] = Counter()
        for place, name in enumerate(self.names):
            weights = {number: telling[number] for number in name.stems}
            weights[name.stems[-1]] *= LAST_WORD_WEIGHT
            meanings = self.vocabulary.stood_for(name.stems)
            total = sum(weights.values())
            self.names[place] = replace(name, weights=weights, total=total, meanings=meanings)
            for number in (*weights, *meanings):
                self.names_with[number].append(place)
            times_doer[name.doer] += 1
            times_doer.update(
                meaning for meaning, member in meanings.items() if name.doer in member
            )
        for number, times in times_doer.items():
            if times * 2 > len(self.names_with[number]):  # in more than half of its names
                self.doers.add(number)

    def _weigh_entries(self, group_stems: Sequence[Sequence[int]]) -> None:
        """Note what is said of each entry: in its names, and more weakly in its group's."""
        for places, stems in zip(self.names_of, group_stems, strict=True):
            said = dict.fromkeys(stems, GROUP_WORD_WEIGHT)
            for place in places:
                name = self.names[place]
                said.update(dict.fromkeys((*name.stems, *name.meanings), 1.0))
            self.said_of.append(said)

    def _share_among_groups(self) -> None:
        """Work out how much each stem and meaning speaks for each ISCO group."""
        sums: defaultdict[int, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for entry, said in zip(self.entries, self.said_of, strict=True):
            for number, part in said.items():
                sums[number][entry.isco] += part
        for number, parts in sums.items():
            total = sum(parts.values()) + 1  # the 1: what was seen once is not yet sure
            self.group_shares[number] = {isco: part / total for isco, part in parts.items()}
