"""An index over the names of occupations, and the search in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from math import fsum, sqrt
from operator import itemgetter, mul
from types import MappingProxyType
from typing import Final, Self

from rapidfuzz.fuzz import token_sort_ratio

from bot.core.nlu.normalize import LONGEST_COMMAND, spelling_variants
from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.stemming import CUTS, KINDS, Kind, doer, stem
from bot.core.occupations.search.thesaurus import SynonymGroup
from bot.core.occupations.search.vocabulary import SYNONYM, Vocabulary

FLOOR = 0.33  # if the best score is below this, nothing fits
LEAST = 0.2  # … and any other score
CLEAR = 0.48  # a score from which other spellings of the query are not tried
OTHER_FLOOR = 0.6  # … and the score from which what they find counts
OTHER = 0.9  # what another spelling's score is worth
FOREIGN = 0.98  # what a name in another language than the one spoken is worth
AS_NAME, AS_LABEL = 1.5, 2.0  # more than alike letter by letter: typed as it stands
# what an entry scores at least if a name of it was typed: in other cases or order, as it stands
SAME = {1.0: 0.96, AS_NAME: 0.99, AS_LABEL: 1.0}
HALF = 0.5  # likeness from which a word speaks for a group
WORDS = 12  # of a query that are looked at
NAMES = 120  # looked at
ENTRIES = 50  # of them, weighed in full
WEAK = 0.6  # what a word of the group's name is worth
HEAD = 0.9  # what the last word of a name weighs
SURE = 0.9  # likeness from which somebody is named by a word
# what is found is worth if nobody is named, and somebody talks or a word is like none of any name
IN_PASSING, STRANGE = 0.35, 0.6
KNOWN = 0.6  # likeness from which a word is known
# parts of a score: one name, all names together, the letters, the group
NAME, ALL, LETTERS, GROUP = 1.0, 0.6, 0.5, 0.5
PLAIN: Final = QueryWords()
NO_GROUPS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """An occupation: its names by language, the first of each its label; its ISCO group."""

    id: str
    names: Mapping[str, tuple[str, ...]]
    isco: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An occupation found, how well it fits from 0 to 1, and the name that fits best."""

    id: str
    score: float
    name: str


@dataclass(frozen=True, slots=True)
class _Name:
    entry: int
    lang: str
    text: str
    label: bool
    words: Mapping[int, float]  # what each weighs
    total: float
    last: int  # who does it
    means: Mapping[int, tuple[int, ...]]  # what its words and phrases stand for
    spelt: str  # stem by stem
    folded: str


@dataclass(frozen=True, slots=True)
class _Query:
    """What each word of a query may mean, and what it weighs."""

    means: tuple[Mapping[int, float], ...]
    weights: tuple[float, ...]
    spelt: Mapping[Kind, str]
    worth: float  # of what it finds

    def covered(self, found: Iterable[float]) -> float:
        """Share of the query's weight that was found, word by word."""
        return fsum(map(mul, found, self.weights)) / fsum(self.weights)


def _order(entry: Entry) -> tuple[str, str, list[tuple[str, tuple[str, ...]]]]:
    return entry.id, entry.isco, sorted(entry.names.items())


class Index:
    """Finds entries by what people type."""

    def __init__(self, asking: QueryWords) -> None:
        self._asking = asking
        self._entries: list[Entry] = []
        self._vocabulary = Vocabulary()
        self._names: list[_Name] = []
        self._named: list[list[int]] = []  # the names of an entry
        self._holds: defaultdict[int, list[int]] = defaultdict(list)  # the names that hold a stem
        self._worth: list[dict[int, float]] = []  # of a stem for an entry
        self._who: set[int] = set()  # stems and meanings that mostly say who does it
        self._groups: dict[int, dict[str, float]] = {}  # how much a stem speaks for each group

    @classmethod
    def build(
        cls,
        entries: Iterable[Entry],
        groups: Mapping[str, Mapping[str, str]] = NO_GROUPS,
        thesaurus: Iterable[SynonymGroup] = (),
        asking: QueryWords = PLAIN,
    ) -> Self:
        """Take in all names; whatever order the entries come in, the index is the same."""
        index = cls(asking)
        index._vocabulary.relate(thesaurus, asking)
        index._entries = sorted(entries, key=_order)
        words = [index._take_in(at) for at in range(len(index._entries))]
        weak = [index._group_words(entry.isco, groups) for entry in index._entries]
        index._vocabulary.finish(words)
        index._weigh(words, weak)
        return index

    def _take_in(self, at: int) -> list[list[int]]:
        """Return a number to each word of an entry's names."""
        found = []
        for lang, names in sorted(self._entries[at].names.items()):
            kind = KINDS[lang]
            for place, text in enumerate(dict.fromkeys(names)):
                said = self._asking.spoken(text)
                numbers = [self._vocabulary.number(word, kind) for word in said]
                if numbers:
                    found.append(numbers)
                    spelt = " ".join(stem(word, kind) for word in said)
                    weights = dict.fromkeys(numbers, 1.0)
                    self._names.append(
                        _Name(
                            at, lang, text, place == 0, weights, 1.0, numbers[doer(said, kind)], {},
                            spelt, " ".join(said),
                        )
                    )  # fmt: skip
        return found

    def _group_words(self, isco: str, groups: Mapping[str, Mapping[str, str]]) -> list[int]:
        return [
            self._vocabulary.number(word, KINDS[lang])
            for lang, text in sorted(groups.get(isco, {}).items())
            for word in self._asking.spoken(text)
        ]

    def _weigh(self, words: Sequence[Sequence[Sequence[int]]], weak: Sequence[list[int]]) -> None:
        telling = self._vocabulary.telling
        self._named = [[] for _ in self._entries]
        flat = [numbers for names in words for numbers in names]
        who: Counter[int] = Counter()
        meant: list[dict[int, object]] = [{} for _ in self._entries]
        for at, (name, numbers) in enumerate(zip(self._names, flat, strict=True)):
            weights = {number: telling[number] for number in numbers}
            weights[numbers[-1]] *= HEAD
            means = self._vocabulary.stood_for(numbers)
            total = sum(weights.values())
            self._names[at] = replace(name, words=weights, total=total, means=means)
            self._named[name.entry].append(at)
            meant[name.entry].update(means)
            for number in (*weights, *means):
                self._holds[number].append(at)
            who.update([name.last, *(one for one in means if name.last in means[one])])
        self._who = {number for number in who if who[number] * 2 > len(self._holds[number])}
        shares: defaultdict[int, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for entry, names, group, also in zip(self._entries, words, weak, meant, strict=True):
            own = dict.fromkeys(number for numbers in names for number in numbers) | also
            worth = dict.fromkeys(group, WEAK) | dict.fromkeys(own, 1.0)
            self._worth.append(worth)
            for number, part in worth.items():
                shares[number][entry.isco] += part
        for number, parts in shares.items():
            total = sum(parts.values()) + 1
            self._groups[number] = {isco: part / total for isco, part in parts.items()}

    def search(self, words: str, k: int = 5, lang: str | None = None) -> list[Hit]:
        """Find up to `k` entries, the best first; none if nothing fits."""
        best: list[tuple[float, int]] = []
        meant: list[str] = []
        typed = "".join(
            one for one in words[:LONGEST_COMMAND] if one.isprintable() or one.isspace()
        )
        for place, spelling in enumerate(spelling_variants(typed)):
            said = self._asking.asked(spelling)[:WORDS]
            if not said:
                break
            found = self._find(spelling, said, OTHER if place else 1.0, lang)
            if (
                found
                and found[0][0] <= -(OTHER_FLOOR if place else FLOOR)
                and (not best or found[0] > best[0])
            ):
                best, meant = found, said
            if best and best[0][0] <= -CLEAR:
                break
        return [self._hit(-score, entry, meant, lang) for score, entry in best[: max(k, 0)]]

    def _hit(self, score: float, entry: int, said: Sequence[str], lang: str | None) -> Hit:
        """Name the name most like what was said; among equals one in the language spoken."""
        text = " ".join(said)
        names = [self._names[at] for at in self._named[entry]]
        likeness = [
            (token_sort_ratio(text, name.folded) + (name.lang == lang), -place)
            for place, name in enumerate(names)
        ]
        place = -max(likeness)[1]
        return Hit(self._entries[entry].id, score, names[place].text)

    def _find(
        self, spelling: str, said: Sequence[str], worth: float, lang: str | None
    ) -> list[tuple[float, int]]:
        """Return minus the score, and the entry, in order."""
        query = self._understand(said, talking=self._asking.is_small_talk(spelling))
        typed = frozenset((" ".join(said), " ".join(self._asking.spoken(spelling))))
        likely = self._likely(query, lang)
        groups = self._speak_for(query)
        found: dict[str, tuple[float, int]] = {}
        for entry, fits in nlargest(ENTRIES, likely.items(), key=itemgetter(1)):
            letters = self._letters(query, typed, entry)
            score = (
                NAME * fits
                + ALL * self._all_names(query, entry)
                + LETTERS * min(letters, 1.0)
                + GROUP * groups.get(self._entries[entry].isco, 0.0)
            ) / (NAME + ALL + LETTERS + GROUP)
            score = worth * max(score * query.worth, SAME.get(letters, 0.0))
            one = self._entries[entry].id
            if score >= LEAST:
                found[one] = min(found.get(one, (0.0, 0)), (-score, entry))
        return sorted(found.values())

    def _understand(self, said: Sequence[str], *, talking: bool) -> _Query:
        said = [part for word in said for part in self._vocabulary.apart(word)]
        near = [self._vocabulary.near(word) for word in said]
        meanings = self._vocabulary.meanings(near)
        weights = [self._vocabulary.weigh(one) for one in near]
        weights[-1] *= HEAD
        worth = 1.0
        if not any(map(self._names_somebody, near, meanings)):
            strange = any(max(words.values(), default=0.0) < KNOWN for words in near)
            worth = IN_PASSING if talking else STRANGE if strange else 1.0
        return _Query(
            tuple(
                self._vocabulary.meant(words) | also
                for words, also in zip(near, meanings, strict=True)
            ),
            tuple(weights),
            {kind: " ".join(stem(word, kind) for word in said) for kind in CUTS},
            worth,
        )

    def _names_somebody(self, words: Mapping[int, float], meanings: Mapping[int, float]) -> bool:
        """Return whether a word of a query says who does a work, and not only with what."""
        return any(
            number in self._who and like >= sure
            for found, sure in ((words, SURE), (meanings, SURE * SYNONYM))
            for number, like in found.items()
        )

    def _likely(self, query: _Query, lang: str | None) -> dict[int, float]:
        """Tell for each entry how well its best name covers the query, and is covered by it."""
        covers: defaultdict[int, float] = defaultdict(float)
        total = sum(query.weights)
        any_word: dict[int, float] = {}
        for means, weight in zip(query.means, query.weights, strict=True):
            best: dict[int, float] = {}
            for number, like in sorted(means.items(), key=itemgetter(1)):
                any_word[number] = 1 - (1 - any_word.get(number, 0.0)) * (1 - like)
                best.update(dict.fromkeys(self._holds.get(number, ()), like))
            part = weight / total if total else 0.0  # there are no names
            for at, like in best.items():
                covers[at] += like * part
        found: dict[int, float] = {}
        for at, part in nlargest(NAMES, covers.items(), key=itemgetter(1)):
            name = self._names[at]
            if found.get(name.entry, 0.0) >= sqrt(part):
                continue  # another name fits better, whatever this one has besides
            said = self._said(name, any_word, len(query.weights))
            fits = sqrt(part * said / name.total)
            if lang is not None and name.lang != lang:
                fits *= FOREIGN
            found[name.entry] = max(found.get(name.entry, 0.0), fits)
        return found

    def _said(self, name: _Name, any_word: Mapping[int, float], words: int) -> float:
        """Weigh the words of a name that a query says.

        A word of the query counts but once, unless it stands for several.
        """
        like = {number: any_word[number] for number in name.words if number in any_word}
        for meaning in name.means.keys() & any_word:
            member, worth = name.means[meaning], any_word[meaning]
            words += len(member) - 1
            for number in member:
                like[number] = max(worth, like.get(number, 0.0))
        own = sorted(part * name.words[number] for number, part in like.items())
        return sum(own[-words:])

    def _all_names(self, query: _Query, entry: int) -> float:
        worth = self._worth[entry]
        return query.covered(
            max(
                (means[number] * worth[number] for number in means.keys() & worth.keys()), default=0
            )
            for means in query.means
        )

    def _letters(self, query: _Query, typed: frozenset[str], entry: int) -> float:
        """Compare letter by letter, words in any order: above 1 is a name as it stands."""
        best = 0.0
        for at in self._named[entry]:
            name = self._names[at]
            if name.folded in typed:
                return AS_LABEL if name.label else AS_NAME
            best = max(best, token_sort_ratio(query.spelt[KINDS[name.lang]], name.spelt))
        return best / 100

    def _speak_for(self, query: _Query) -> dict[str, float]:
        """Tell how much a query speaks for each group."""
        total = sum(query.weights)
        found: defaultdict[str, float] = defaultdict(float)
        for means, weight in zip(query.means, query.weights, strict=True):
            best: dict[str, float] = {}
            for number, like in means.items():
                if like >= HALF:
                    for isco, part in self._groups.get(number, {}).items():
                        best[isco] = max(best.get(isco, 0.0), like * part)
            for isco, part in best.items():
                found[isco] += part * weight / total
        return found
