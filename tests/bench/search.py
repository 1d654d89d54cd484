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

import csv
import hashlib
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from math import log, sqrt
from pathlib import Path

from bot.core.nlu.normalize import normalize, spelling_variants
from bot.core.occupations.search.index import Hit, Index
from bot.core.occupations.search.names import NamedOccupation
from bot.core.occupations.search.stemming import stem
from bot.load.data_folder import find_data
from bot.load.library import load
from tests.bench.figures import show, spread

DATA = Path(__file__).parents[3] / "shared" / "data"
LIBRARY = load(find_data()).library
MOST = 500
SEED = 7
GENDERS = (
    ("nieks", "niece"), ("rgs", "rdze"), ("is", "e"), ("s", "e"), ("s", "a"), ("š", "a"),
    ("ais", "ā"), ("is", "a"),
)  # fmt: skip
CASES = (
    ("is", ("a", "im", "i")), ("s", ("a", "am", "u")), ("a", ("as", "ai", "u")),
    ("e", ("es", "ei", "i")),
)  # fmt: skip

Query = tuple[str, frozenset[str]]


@dataclass(frozen=True)
class Occupation:
    id: str
    isco: str
    label: str
    others: tuple[str, ...]
    english: str


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
    plain = _labels_only(occupations, half)
    queries = _ask(owners, (name for one in plain for name in one[1]), half)
    _set("labels only", [one for one, _ in plain], queries, groups, times=False)
    picked = _pick(occupations, half)
    queries = _ask(owners, picked, half)
    kept = _hold_out(occupations, queries, twins=True)
    _set("its other gender kept", kept, queries, groups, times=False)
    kept = _hold_out(occupations, queries, twins=False)
    _set("held out", kept, queries, groups, times=False)
    more = _with_national(kept, national, queries)
    _set("held out, national titles in", more, queries, groups, times=True)
    mapped, strange = _national(occupations, national)
    _set("national", occupations, mapped, groups, times=False)
    _set("national, other words", occupations, strange, groups, times=False)


def read() -> tuple[list[Occupation], dict[str, list[str]], dict[str, dict[str, str]]]:
    """Read ESCO's occupations, the national titles that mean the same, and the ISCO groups."""
    occupations = [
        Occupation(
            row["uri"], row["isco4"], row["label_lv"],
            tuple(filter(None, row["alt_labels_lv"].split(" | "))), row["label_en"],
        )
        for row in _rows("esco_occupations_lv_en_index.tsv")
    ]  # fmt: skip
    national = defaultdict(dict)
    for row in _rows("lv_profesiju_klasifikators_esco_map_index.tsv"):
        if row["relation_esco_to_pk"] in {"exact", "close"}:
            national[row["esco_uri"]][row["pk_title_lv"].lower()] = None
    groups = {
        row["isco_code"]: {"lv": row["label_lv_esco"], "en": row["label_en"]}
        for row in _rows("isco08_groups_lv_en.tsv")
    }
    return occupations, {one: list(names) for one, names in national.items()}, groups


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


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


def twins(one: str, other: str) -> bool:
    """Tell whether two titles are the same but for their gender."""
    pairs = [(a.casefold(), b.casefold()) for a, b in zip(one.split(), other.split(), strict=False)]
    return len(one.split()) == len(other.split()) and all(_twin(a, b) for a, b in pairs)


def _twin(one: str, other: str) -> bool:
    return one == other or any(
        a.endswith(man) and b.endswith(woman) and a.removesuffix(man) == b.removesuffix(woman)
        for man, woman in GENDERS
        for a, b in ((one, other), (other, one))
    )


def _half(one: str) -> int:
    return hashlib.md5(one.encode()).digest()[-1] % 2


def _other_titles(one: Occupation) -> list[str]:
    return [name for name in one.others if not twins(name, one.label)]


def _labels_only(occupations: list[Occupation], half: int) -> list[tuple[Occupation, list[str]]]:
    bare = [
        (replace(one, others=tuple(name for name in one.others if twins(name, one.label))),
         _other_titles(one) if _half(one.id) == half else [])
        for one in occupations
    ]  # fmt: skip
    held = {normalize(name) for one, _ in bare for name in (one.label, *one.others)}
    return [(one, [name for name in names if normalize(name) not in held]) for one, names in bare]


def _pick(occupations: list[Occupation], half: int) -> list[str]:
    """Choose one title of each of 500 occupations; no title that is a label somewhere."""
    chance = random.Random(SEED)
    labels = [one.label for one in occupations]
    folded = {normalize(name) for name in labels}
    free = {
        one.id: [name for name in _other_titles(one) if normalize(name) not in folded]
        for one in occupations
        if _half(one.id) == half
    }
    return [chance.choice(names) for names in free.values() if names]


def _ask(owners: Mapping[str, set[str]], names: Iterable[str], half: int) -> list[Query]:
    queries = [(name, frozenset(owners[normalize(name)])) for name in dict.fromkeys(names)]
    queries = [(name, ids) for name, ids in queries if _half(min(ids)) == half]
    random.Random(SEED).shuffle(queries)
    return queries[:MOST]


def _hold_out(
    occupations: list[Occupation], queries: list[Query], *, twins: bool
) -> list[Occupation]:
    held = _by_owner(queries)
    return [
        replace(one, others=tuple(n for n in one.others if not _held(n, held[one.id], twins)))
        for one in occupations
    ]


def _by_owner(queries: list[Query]) -> defaultdict[str, list[str]]:
    held = defaultdict(list)
    for name, ids in queries:
        for one in ids:
            held[one].append(name)
    return held


def _held(name: str, held: list[str], keep: bool) -> bool:
    return any(normalize(name) == normalize(one) or (not keep and twins(name, one)) for one in held)


def _with_national(
    occupations: list[Occupation], national: Mapping[str, list[str]], queries: list[Query]
) -> list[Occupation]:
    held = _by_owner(queries)
    return [
        replace(
            one,
            others=(
                *one.others,
                *(n for n in national.get(one.id, ()) if not _held(n, held[one.id], keep=False)),
            ),
        )
        for one in occupations
    ]


def _national(
    occupations: list[Occupation], national: Mapping[str, list[str]]
) -> tuple[list[Query], list[Query]]:
    known = {one.id: one for one in occupations}
    mapped = defaultdict(set)
    for one, names in national.items():
        if one in known:
            for name in names:
                mapped[name].add(one)
    queries = [(name, frozenset(ids)) for name, ids in sorted(mapped.items())]
    random.Random(SEED).shuffle(queries)
    strange = [
        (name, ids)
        for name, ids in queries
        if not any(
            twins(normalize(name), normalize(own)) or twins(name, own)
            for one in ids
            for own in (known[one].label, *known[one].others)
        )
    ]
    return queries[:MOST], strange[:MOST]


def _slip(name: str) -> str:
    """Leave a letter out, double it, swap it with the next, or write a wrong one."""
    chance = random.Random(name)
    words = name.split()
    long = [at for at, word in enumerate(words) if len(word) > 4]
    if not long:
        return name
    at = chance.choice(long)
    word = words[at]
    letter = chance.randrange(1, len(word) - 1)
    first, last = word[:letter], word[letter + 1 :]
    wrong = chance.choice("aeioustrnlkm")
    words[at] = chance.choice((
        first + last,
        first + word[letter] * 2 + last,
        first + last[0] + word[letter] + last[1:],
        first + wrong + last,
    ))  # fmt: skip
    return " ".join(words)


def _inflect(name: str) -> str:
    """Put the last word into another case, roughly."""
    for ending, others in CASES:
        if name.endswith(ending):
            return name.removesuffix(ending) + random.Random(name).choice(others)
    return name


def _set(
    what: str,
    occupations: list[Occupation],
    queries: list[Query],
    groups: Mapping[str, Mapping[str, str]],
    *,
    times: bool,
) -> None:
    begun = time.process_time()
    index = build(occupations, groups)
    took = time.process_time() - begun
    what = f"search, {what} ({len(queries)})"
    aim = "@5 .85" if "held out" in what else ""
    found, waits = _ranks(index, queries, str)
    show(f"{what}: @1 / @5 / MRR", found, aim)
    base = _Runs(occupations)
    show("… by runs of letters alone", _ranks(base, queries, str)[0])
    show("… without diacritics", _ranks(index, queries, normalize)[0], "within .01")
    show("… one typo", _ranks(index, queries, _slip)[0], "within .03")
    strange = _strange(occupations, queries)
    show(f"… no stem of the label's ({len(strange)})", _ranks(index, strange, str)[0], "@5 .55")
    if times:
        show("… inflected", _ranks(index, queries, _inflect)[0])
        english = [(one.english, frozenset({one.id})) for one in occupations[:MOST]]
        show("… English labels", _ranks(index, english, str)[0])
        show("… English labels with a typo", _ranks(index, english, _slip)[0])
        show("… own labels with a typo", _ranks(index, _own(occupations), _slip)[0])
        show("… processor time a query, ms", spread(waits), "p50 under 10, p99 25")
        show("… processor time to build the index, s", f"{took:.2g}")
        twice = _cyrillic(occupations, groups)
        show("… a query with as many Cyrillic names", spread(_ranks(twice, queries, str)[1]))
        show(
            "… one of them, in Cyrillic",
            spread(_ranks(twice, queries, lambda x: spelling_variants(x)[-2])[1]),
        )


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


def _ranks(
    index: "Index | _Runs", queries: list[Query], said: Callable[[str], str]
) -> tuple[str, list[float]]:
    ranks, waits = [], []
    for name, ids in queries:
        begun = time.process_time()
        hits = index.search(said(name), 20)
        waits.append((time.process_time() - begun) * 1e3)
        ranks.append(next((at for at, hit in enumerate(hits, 1) if hit.id in ids), 0))
    first, five = (sum(0 < rank <= top for rank in ranks) / len(ranks) for top in (1, 5))
    soon = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return f"{first:.3f} / {five:.3f} / {soon:.3f}", waits
