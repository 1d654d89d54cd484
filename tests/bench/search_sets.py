"""Occupations, and the titles of theirs that are held out to be looked for: see `search`."""

import csv
import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.nlu.normalize import normalize

DATA = Path(__file__).parents[3] / "shared" / "data"
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


def labels_only(occupations: list[Occupation], half: int) -> list[tuple[Occupation, list[str]]]:
    """Return each with its label and other gender only, and the other titles of one half."""
    bare = [
        (replace(one, others=tuple(name for name in one.others if twins(name, one.label))),
         _other_titles(one) if _half(one.id) == half else [])
        for one in occupations
    ]  # fmt: skip
    held = {normalize(name) for one, _ in bare for name in (one.label, *one.others)}
    return [(one, [name for name in names if normalize(name) not in held]) for one, names in bare]


def pick(occupations: list[Occupation], half: int) -> list[str]:
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


def ask(owners: Mapping[str, set[str]], names: Iterable[str], half: int) -> list[Query]:
    """Return up to 500 queries of one half, and whose they are."""
    queries = [(name, frozenset(owners[normalize(name)])) for name in dict.fromkeys(names)]
    queries = [(name, ids) for name, ids in queries if _half(min(ids)) == half]
    random.Random(SEED).shuffle(queries)
    return queries[:MOST]


def hold_out(
    occupations: list[Occupation], queries: list[Query], *, twins: bool
) -> list[Occupation]:
    """Leave the queries out of the names; twins: their other genders may stay."""
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


def with_national(
    occupations: list[Occupation], national: Mapping[str, list[str]], queries: list[Query]
) -> list[Occupation]:
    """Add the national titles that mean the same, but for what is held out."""
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


def national_titles(
    occupations: list[Occupation], national: Mapping[str, list[str]]
) -> tuple[list[Query], list[Query]]:
    """Return the national titles mapped to an occupation, and those that are no name of it."""
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


def slip(name: str) -> str:
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


def inflect(name: str) -> str:
    """Put the last word into another case, roughly."""
    for ending, others in CASES:
        if name.endswith(ending):
            return name.removesuffix(ending) + random.Random(name).choice(others)
    return name
