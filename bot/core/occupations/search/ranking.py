"""Ranks occupations by how well they fit the words of a query.

A score is a weighted mean of four parts, each from 0 to 1: how well the entry's best name fits, how
well all its names together cover the query, how like its best name is letter by letter, and how
much the query speaks for its ISCO group. Then comes what the query is worth as a whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import fsum, sqrt
from operator import itemgetter, mul
from typing import NamedTuple

from rapidfuzz.fuzz import token_sort_ratio

from bot.core.occupations.search.names import LAST_WORD_WEIGHT, IndexedName, NameTables
from bot.core.occupations.search.stemming import CUTS, SCRIPTS, Script, stem
from bot.core.occupations.search.vocabulary import SYNONYM_WORTH

# The numbers, and why each is there. All were set by trial on the even half of ESCO's occupations
# and are measured on the other half by `tests/bench/search.py`; none follows from a theory.

# The parts of a score. The best name leads; the three others decide between names that fit alike.
BEST_NAME_WEIGHT = 1.0
ALL_NAMES_WEIGHT = 0.6
LETTERS_WEIGHT = 0.5
GROUP_WEIGHT = 0.5
ALL_WEIGHTS = BEST_NAME_WEIGHT + ALL_NAMES_WEIGHT + LETTERS_WEIGHT + GROUP_WEIGHT
# An entry that scores less is not listed at all.
LEAST_SCORE = 0.2
# "Letters" above 1 say that a name was typed as it stands: any name, or the label itself.
NAME_AS_TYPED, LABEL_AS_TYPED = 1.5, 2.0
# What an entry scores at least when a name of it was typed, by its letters: as it stands, or
# (letters 1.0) in other cases or another order. A label goes before another's synonym.
LEAST_SCORE_IF_TYPED = {1.0: 0.96, NAME_AS_TYPED: 0.99, LABEL_AS_TYPED: 1.0}
# A name in another language than the one spoken loses a tie, and no more than that.
FOREIGN_NAME_WORTH = 0.98
# Below this likeness a word does not speak for a group: groups are broad, and guesses add up.
LIKENESS_FOR_GROUP = 0.5
# Names that are looked at, and entries that are weighed in full: this bounds the time of a query.
MOST_NAMES = 120
MOST_ENTRIES = 50
# Somebody is named only by a word that is nearly sure: a word that is merely like one may be of
# anything.
LIKENESS_TO_NAME_SOMEBODY = 0.9
# Below this likeness a word of the query is like none of any name.
LIKENESS_OF_KNOWN_WORD = 0.6
# What a find is worth if the query names nobody, and somebody is only talking …
SMALL_TALK_WORTH = 0.35
# … or a word of it stands in no name: both times a work is likely touched on by chance.
UNKNOWN_WORD_WORTH = 0.6


class ScoredEntry(NamedTuple):
    """The place of an entry, and how well it fits from 0 to 1."""

    score: float
    entry: int


@dataclass(frozen=True, slots=True)
class Query:
    """What each word of a query may mean, and what it weighs."""

    means: tuple[Mapping[int, float], ...]  # by word: the stems and meanings, and how surely
    weights: tuple[float, ...]  # by word
    spelt: Mapping[Script, str]  # the stems of its words, cut as each kind of word is
    worth: float  # what a find is worth, 1 where the query names somebody

    def covered(self, shares: Iterable[float]) -> float:
        """Return the share of the query's weight that was found, given the share of each word."""
        return fsum(map(mul, shares, self.weights)) / fsum(self.weights)


def rank(
    tables: NameTables, spelling: str, said: Sequence[str], lang: str | None, worth: float
) -> list[ScoredEntry]:
    """Return the entries that fit, the best first.

    spelling: the whole text; said: the words of it that ask for an occupation, at least one;
    lang: the language spoken; worth: what a find is worth in this spelling, 1 as it was typed.
    """
    query = understand(tables, said, talking=tables.asking.is_small_talk(spelling))
    typed = frozenset((" ".join(said), " ".join(tables.asking.words_of_name(spelling))))
    fits = _fit_best_names(tables, query, lang)
    groups = _speak_for_groups(tables, query)
    by_id: dict[str, ScoredEntry] = {}
    for entry, fit in nlargest(MOST_ENTRIES, fits.items(), key=itemgetter(1)):
        letters = _likeness_by_letter(tables, query, typed, entry)
        mean = (
            BEST_NAME_WEIGHT * fit
            + ALL_NAMES_WEIGHT * _cover_by_all_names(tables, query, entry)
            + LETTERS_WEIGHT * min(letters, 1.0)
            + GROUP_WEIGHT * groups.get(tables.entries[entry].isco, 0.0)
        ) / ALL_WEIGHTS
        score = worth * max(mean * query.worth, LEAST_SCORE_IF_TYPED.get(letters, 0.0))
        if score < LEAST_SCORE:
            continue
        scored = ScoredEntry(score, entry)
        # an id may stand at two entries; the better one is kept
        id_ = tables.entries[entry].id
        if id_ not in by_id or _order(scored) < _order(by_id[id_]):
            by_id[id_] = scored
    return sorted(by_id.values(), key=_order)


def _order(scored: ScoredEntry) -> tuple[float, int]:
    return -scored.score, scored.entry


def understand(tables: NameTables, said: Sequence[str], *, talking: bool) -> Query:
    """Return what the words of a query may mean. talking: it sounds like small talk."""
    vocabulary = tables.vocabulary
    words: list[str] = []
    for word in said:
        words += vocabulary.apart(word)
    near = [vocabulary.near(word) for word in words]
    meanings = vocabulary.meanings(near)
    weights = [vocabulary.weigh(stems) for stems in near]
    weights[-1] *= LAST_WORD_WEIGHT  # as in a name
    means = [
        vocabulary.meant(stems) | by_synonym
        for stems, by_synonym in zip(near, meanings, strict=True)
    ]
    spelt = {kind: " ".join([stem(word, kind) for word in words]) for kind in CUTS}
    worth = _worth(tables, near, meanings, talking=talking)
    return Query(tuple(means), tuple(weights), spelt, worth)


def _worth(
    tables: NameTables,
    near: Sequence[Mapping[int, float]],
    meanings: Sequence[Mapping[int, float]],
    *,
    talking: bool,
) -> float:
    """Return what a find is worth: less if nobody is named and the words may be of other things."""
    for stems, by_synonym in zip(near, meanings, strict=True):
        if _names_somebody(tables, stems, by_synonym):
            return 1.0
    if talking:
        return SMALL_TALK_WORTH
    for stems in near:
        if max(stems.values(), default=0.0) < LIKENESS_OF_KNOWN_WORD:
            return UNKNOWN_WORD_WORTH
    return 1.0


def _names_somebody(
    tables: NameTables, stems: Mapping[int, float], meanings: Mapping[int, float]
) -> bool:
    """Return whether a word of a query says who does a work, and not only with what."""
    for number, likeness in stems.items():
        if number in tables.doers and likeness >= LIKENESS_TO_NAME_SOMEBODY:
            return True
    for meaning, likeness in meanings.items():
        # a synonym is never more like than what it is worth
        if meaning in tables.doers and likeness >= LIKENESS_TO_NAME_SOMEBODY * SYNONYM_WORTH:
            return True
    return False


def _fit_best_names(tables: NameTables, query: Query, lang: str | None) -> dict[int, float]:
    """Return for each entry how well its best name covers the query, and is covered by it.

    The fit is the geometric mean of the two shares: both must be large.
    """
    coverage = _cover_by_name(tables, query)
    likeness = _likeness_to_any_word(query)
    fits: dict[int, float] = {}
    for place, share_of_query in nlargest(MOST_NAMES, coverage.items(), key=itemgetter(1)):
        name = tables.names[place]
        if fits.get(name.entry, 0.0) >= sqrt(share_of_query):
            continue  # another name fits better, whatever this one has besides
        said = _weight_said(name, likeness, len(query.weights))
        fit = sqrt(share_of_query * said / name.total)
        if lang is not None and name.lang != lang:
            fit *= FOREIGN_NAME_WORTH
        fits[name.entry] = max(fits.get(name.entry, 0.0), fit)
    return fits


def _cover_by_name(tables: NameTables, query: Query) -> Mapping[int, float]:
    """Return for each name, by its place, the share of the query's weight that it has."""
    coverage: defaultdict[int, float] = defaultdict(float)
    total = sum(query.weights)
    for means, weight in zip(query.means, query.weights, strict=True):
        part = weight / total if total else 0.0  # no weight: there are no names
        # the likest last, so that each name keeps the best of what it has of this word
        best: dict[int, float] = {}
        for number, likeness in sorted(means.items(), key=itemgetter(1)):
            best.update(dict.fromkeys(tables.names_with.get(number, ()), likeness))
        for place, likeness in best.items():
            coverage[place] += likeness * part
    return coverage


def _likeness_to_any_word(query: Query) -> dict[int, float]:
    """Return for each stem and meaning the chance that some word of the query means it."""
    chances: dict[int, float] = {}
    for means in query.means:
        for number, likeness in means.items():
            # as if each word were an independent try: it is meant unless every word fails
            chances[number] = 1 - (1 - chances.get(number, 0.0)) * (1 - likeness)
    return chances


def _weight_said(name: IndexedName, likeness: Mapping[int, float], words: int) -> float:
    """Return the weight of the words of a name that a query of so many words says.

    A word of the query counts but once, unless it stands for several.
    """
    said = {number: likeness[number] for number in name.weights if number in likeness}
    for meaning in name.meanings.keys() & likeness:
        member = name.meanings[meaning]
        words += len(member) - 1  # a word for a phrase says all words of the phrase
        for number in member:
            said[number] = max(likeness[meaning], said.get(number, 0.0))
    weights = sorted(like * name.weights[number] for number, like in said.items())
    return sum(weights[-words:])


def _cover_by_all_names(tables: NameTables, query: Query, entry: int) -> float:
    """Return the share of the query's weight that the names of an entry have together."""
    said_of = tables.said_of[entry]
    shares = []
    for means in query.means:
        common = means.keys() & said_of.keys()
        shares.append(max([means[number] * said_of[number] for number in common], default=0))
    return query.covered(shares)


def _likeness_by_letter(
    tables: NameTables, query: Query, typed: frozenset[str], entry: int
) -> float:
    """Return how like the best name is letter by letter, words in any order.

    It is 0 to 1, and above 1 where a name was typed as it stands.
    """
    best = 0.0  # of 100
    for place in tables.names_of[entry]:
        name = tables.names[place]
        if name.folded in typed:
            return LABEL_AS_TYPED if name.is_label else NAME_AS_TYPED
        best = max(best, token_sort_ratio(query.spelt[SCRIPTS[name.lang]], name.spelt))
    return best / 100


def _speak_for_groups(tables: NameTables, query: Query) -> Mapping[str, float]:
    """Return how much a query speaks for each ISCO group, word by word."""
    total = sum(query.weights)
    groups: defaultdict[str, float] = defaultdict(float)
    for means, weight in zip(query.means, query.weights, strict=True):
        best: dict[str, float] = {}
        for number, likeness in means.items():
            if likeness >= LIKENESS_FOR_GROUP:
                for isco, share in tables.group_shares.get(number, {}).items():
                    best[isco] = max(best.get(isco, 0.0), likeness * share)
        for isco, share in best.items():
            groups[isco] += share * weight / total
    return groups
