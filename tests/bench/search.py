"""How well the search finds occupations by words that its index does not hold.

The names are the 2,942 Latvian ones of ESCO, the queries real titles held out of the index:

* labels only: of Latvian names the index holds each occupation's label and its other gender;
  the queries are other titles of it;
* held out: 500 titles, one an occupation, and their other genders are out; the rest is in;
* its other gender kept: the same, but the other gender of the title is in;
* national: the titles of the Latvian classification mapped to one as exact or close, none of
  them in the index; and of those only the ones that are no ESCO name of it in either gender.

The constants of the search were set, and its thesaurus written, on the half of the occupations
whose id hashes to an even number; all sets but the national ones ask for the other half only. A
title that stands at several occupations is out of all, and any of them is right.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from heapq import nlargest
from math import log, sqrt
from typing import NamedTuple

from bot.core.nlu.normalize import normalize, spelling_variants
from bot.core.occupations.search.index import Hit, Index
from bot.core.occupations.search.names import NamedOccupation
from bot.core.occupations.search.stemming import stem
from bot.load.data_folder import find_data
from bot.load.library import load
from tests.bench.figures import Aim, at_least, at_most, p99, show, spread
from tests.bench.search_sets import (
    DATA,
    MOST,
    Occupation,
    Query,
    ask,
    hold_out,
    inflect,
    labels_only,
    national_titles,
    pick,
    read,
    slip,
    with_national,
)

LIBRARY = load(find_data()).library


def measure(half: int = 1) -> None:
    """Print how many of each set are first, among the first five, and how soon.

    Half 0 is the one to set constants by.
    """
    if not DATA.is_dir():
        show("occupation search", f"skipped: no {DATA}")
        return
    occupations, national, groups = read()
    owners = defaultdict(set)
    for one in occupations:
        for name in (one.label, *one.others):
            owners[normalize(name)].add(one.id)
    plain = labels_only(occupations, half)
    queries = ask(owners, (name for one in plain for name in one[1]), half)
    _set("labels only", [one for one, _ in plain], queries, groups)
    picked = pick(occupations, half)
    queries = ask(owners, picked, half)
    kept = hold_out(occupations, queries, twins=True)
    _set("its other gender kept", kept, queries, groups, judged=True)
    kept = hold_out(occupations, queries, twins=False)
    _set("held out", kept, queries, groups)
    more = with_national(kept, national, queries)
    _set("held out, national titles in", more, queries, groups, judged=True, times=True)
    mapped, strange = national_titles(occupations, national)
    _set("national", occupations, mapped, groups)
    _set("national, other words", occupations, strange, groups)


def build(occupations: Iterable[Occupation], groups: Mapping[str, Mapping[str, str]]) -> Index:
    """Make the index of what is left of the names."""
    return Index.build(
        [
            NamedOccupation(
                one.id, {"lv": (one.label, *one.others), "en": (one.english,)}, one.isco
            )
            for one in occupations
        ],
        groups,
        LIBRARY.thesaurus,
        LIBRARY.query_words,
    )


def _set(
    what: str,
    occupations: list[Occupation],
    queries: list[Query],
    groups: Mapping[str, Mapping[str, str]],
    *,
    judged: bool = False,
    times: bool = False,
) -> None:
    """Print what is found of one set. judged: by the aims; times: and how soon, and more."""
    begun = time.process_time()
    index = build(occupations, groups)
    took = time.process_time() - begun
    found, waits = _ranks(index, queries, str)

    def tell(name: str, other: Found, aim: Aim, loss: float | None = None) -> None:
        value = other.five if loss is None else loss
        show(name, str(other), *(((value, aim),) if judged else ()))

    tell(f"search, {what} ({len(queries)}): @1 / @5 / MRR", found, at_least(0.85))
    show("… by runs of letters alone", str(_ranks(_Runs(occupations), queries, str)[0]))
    for name, said, most in (("without diacritics", normalize, 0.01), ("one typo", slip, 0.03)):
        other = _ranks(index, queries, said)[0]
        tell(f"… {name}; @5 lost", other, at_most(most), found.five - other.five)
    strange = _strange(occupations, queries)
    name = f"… no stem of the label's ({len(strange)})"
    tell(name, _ranks(index, strange, str)[0], at_least(0.55))
    if times:
        _more(index, occupations, queries)
        show("… processor time a query, ms", spread(waits), (p99(waits), at_most(10)))
        show("… processor time to build the index, s", f"{took:.2g}")
        _in_cyrillic(occupations, queries, groups)


def _more(index: Index, occupations: list[Occupation], queries: list[Query]) -> None:
    """Print what is found by other names and forms."""
    show("… inflected", str(_ranks(index, queries, inflect)[0]))
    english = [(one.english, frozenset({one.id})) for one in occupations[:MOST]]
    show("… English labels", str(_ranks(index, english, str)[0]))
    show("… English labels with a typo", str(_ranks(index, english, slip)[0]))
    show("… own labels with a typo", str(_ranks(index, _own(occupations), slip)[0]))


def _in_cyrillic(
    occupations: list[Occupation],
    queries: list[Query],
    groups: Mapping[str, Mapping[str, str]],
) -> None:
    """Print how soon it finds among twice as many names."""
    twice = _cyrillic(occupations, groups)
    show("… a query with as many Cyrillic names, ms", spread(_ranks(twice, queries, str)[1]))
    _, waits = _ranks(twice, queries, lambda name: spelling_variants(name)[-2])
    show("… one of them, in Cyrillic, ms", spread(waits))


class _Runs:
    """The plain way to compare with: cosine of 2-4-letter runs, folded, weighed by rarity."""

    def __init__(self, occupations: Iterable[Occupation]) -> None:
        self.names = [
            (one.id, _runs(name)) for one in occupations for name in (one.label, *one.others)
        ]
        within = Counter(run for _, runs in self.names for run in runs)
        self.weights = {run: log((1 + len(self.names)) / (1 + n)) + 1 for run, n in within.items()}
        self.posts = defaultdict(list)
        for at, (_, runs) in enumerate(self.names):
            size = sqrt(sum((n * self.weights[run]) ** 2 for run, n in runs.items())) or 1
            for run, count in runs.items():
                self.posts[run].append((at, count * self.weights[run] / size))

    def search(self, words: str, k: int) -> list[Hit]:
        sums = defaultdict(float)
        for run, count in _runs(words).items():
            for at, part in self.posts.get(run, ()):
                sums[at] += count * self.weights[run] * part
        best = {}
        for at, total in sums.items():
            one = self.names[at][0]
            best[one] = max(best.get(one, 0), total)
        return [Hit(one, 0, "") for one in nlargest(k, best, key=best.__getitem__)]


def _runs(name: str) -> Counter[str]:
    words = [f" {word} " for word in normalize(name).split()]
    return Counter(
        word[at : at + size]
        for word in words
        for size in (2, 3, 4)
        for at in range(len(word) - size + 1)
    )


def _cyrillic(occupations: list[Occupation], groups: Mapping[str, Mapping[str, str]]) -> Index:
    """Add as many names again in other letters, for the time it takes."""
    entries = []
    for one in occupations:
        names = (one.label, *one.others)
        other = tuple(spelling_variants(name)[-2] for name in names)
        entries.append(
            NamedOccupation(
                one.id, {"lv": names, "en": (one.english,), "ru": other, "uk": other[:1]}, one.isco
            )
        )
    return Index.build(entries, groups, LIBRARY.thesaurus, LIBRARY.query_words)


def _strange(occupations: list[Occupation], queries: list[Query]) -> list[Query]:
    """Keep the queries that share no stem with the label of any occupation they name."""
    labels = {one.id: _stems(one.label) for one in occupations}
    return [(name, ids) for name, ids in queries if not any(_stems(name) & labels[i] for i in ids)]


def _stems(name: str) -> set[str]:
    return {stem(word, "lv") for word in LIBRARY.query_words.words_of_name(name)}


def _own(occupations: list[Occupation]) -> list[Query]:
    return [(one.label, frozenset({one.id})) for one in occupations[:MOST]]


class Found(NamedTuple):
    """How many are first, among the first five, and the mean of their reciprocal ranks."""

    first: float
    five: float
    soon: float

    def __str__(self) -> str:
        """Return the three in words."""
        return f"{self.first:.3f} / {self.five:.3f} / {self.soon:.3f}"


def _ranks(
    index: "Index | _Runs", queries: list[Query], said: Callable[[str], str]
) -> tuple[Found, list[float]]:
    """Return how well a set is found, and the milliseconds of each query."""
    ranks, waits = [], []
    for name, ids in queries:
        begun = time.process_time()
        hits = index.search(said(name), 20)
        waits.append((time.process_time() - begun) * 1e3)
        ranks.append(next((at for at, hit in enumerate(hits, 1) if hit.id in ids), 0))
    first, five = (sum(0 < rank <= top for rank in ranks) / len(ranks) for top in (1, 5))
    return Found(first, five, sum(1 / rank for rank in ranks if rank) / len(ranks)), waits
