"""What was imported of ESCO and O*NET: the records as they are kept, and what they come to.

Occupations, figures and links are kept apart, so that their files may come in any order and at
different times; which figures an occupation has is found when they are read.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum
from operator import mul
from typing import Literal, NamedTuple, TypeVar

from bot.core.base.frozen import Frozen
from bot.core.occupations.occupation import InterestFigures, Names

MatchKind = Literal["exact", "close", "broad", "narrow", "related"]
# what a match weighs in a mean; an exact one is in none, for then it alone counts
MATCH_WEIGHTS: Mapping[MatchKind, int] = {
    "exact": 0, "close": 2, "broad": 1, "narrow": 1, "related": 1,
}  # fmt: skip
# how many sub-major groups each major group of ISCO-08 has, from 0 to 9
SUB_MAJOR_GROUPS = (3, 4, 6, 5, 4, 4, 3, 5, 3, 6)
# the sub-major groups by their two digits: "01", "02", "03", "11" … "96"
FAMILIES = frozenset(
    f"{major}{minor}"
    for major, count in enumerate(SUB_MAJOR_GROUPS)
    for minor in range(1, count + 1)
)
# how a word of a Latvian name ends in a man's form and in a woman's: pavārs, pavāre
GENDER_ENDINGS = (
    ("nieks", "niece"), ("ais", "ā"), ("is", "e"), ("is", "ene"), ("s", "e"), ("s", "a"), ("š", "a"),
)  # fmt: skip


class EscoOccupation(Frozen):
    """An occupation of ESCO: its ISCO-08 unit group, and its names in the languages imported."""

    isco: str
    names: Mapping[str, Names]


class CrosswalkLinks(Frozen):
    """The O*NET occupations that the crosswalk sets beside one of ESCO, by code."""

    onet: Mapping[str, MatchKind]


ImportedRecord = EscoOccupation | InterestFigures | CrosswalkLinks
R = TypeVar("R", bound=ImportedRecord)


@dataclass(frozen=True)
class ImportedRecords:
    """All records by id: occupations and links by ESCO address, figures by O*NET code."""

    occupations: Mapping[str, EscoOccupation] = field(default_factory=dict)
    figures: Mapping[str, InterestFigures] = field(default_factory=dict)
    links: Mapping[str, CrosswalkLinks] = field(default_factory=dict)


class Tally(NamedTuple):
    """What an import did to the records of one kind."""

    added: int
    changed: int
    unchanged: int  # given again as they were
    kept: int  # not given, and not taken away


def merge(
    kept: ImportedRecords, given: ImportedRecords
) -> tuple[ImportedRecords, Mapping[str, Tally]]:
    """Return the records that are new or changed, and the tally of each kind.

    A language that is given replaces the names in it; other languages stay. Nothing is taken away.
    """
    occupations = {}
    for id_, occupation in given.occupations.items():
        names = dict(occupation.names)
        if id_ in kept.occupations:
            names = {**kept.occupations[id_].names, **names}
        occupations[id_] = EscoOccupation(isco=occupation.isco, names=names)
    fresh = ImportedRecords(
        _changed(kept.occupations, occupations),
        _changed(kept.figures, given.figures),
        _changed(kept.links, given.links),
    )
    tallies = {
        "occupations": _tally(kept.occupations, occupations, fresh.occupations),
        "figures": _tally(kept.figures, given.figures, fresh.figures),
        "links": _tally(kept.links, given.links, fresh.links),
    }
    return fresh, tallies


def _changed(kept: Mapping[str, R], given: Mapping[str, R]) -> dict[str, R]:
    """Return the records given that are new, or not as they were kept."""
    return {id_: record for id_, record in given.items() if kept.get(id_) != record}


def _tally(
    kept: Mapping[str, ImportedRecord],
    given: Mapping[str, ImportedRecord],
    fresh: Mapping[str, ImportedRecord],
) -> Tally:
    added = sum(id_ not in kept for id_ in fresh)
    others = sum(id_ not in given for id_ in kept)
    return Tally(added, len(fresh) - added, len(given) - len(fresh), others)


def figures_of(id_: str, imports: ImportedRecords) -> InterestFigures | None:
    """Return the figures of an ESCO occupation, carried over the crosswalk from O*NET.

    They are the mean of the exact matches, else of all by how close they are: a close match weighs
    twice a broader, narrower or related one. `onet` of the result names the first code of them.
    """
    links = imports.links.get(id_)
    if links is None:
        return None
    matches = {code: match for code, match in links.onet.items() if code in imports.figures}
    weights = {code: 1 for code, match in matches.items() if match == "exact"}
    weights = weights or {code: MATCH_WEIGHTS[match] for code, match in matches.items()}
    if not weights:
        return None
    rows = [imports.figures[code].figures for code in weights]
    # one column for each of the six types
    columns = zip(*rows, strict=True)
    r, i, a, s, e, c = (_weighted_mean(column, weights.values()) for column in columns)
    return InterestFigures(onet=min(weights), figures=(r, i, a, s, e, c))


def _weighted_mean(figures: Iterable[float], weights: Collection[int]) -> float:
    """Return the mean of some figures, rounded as O*NET's are, to hundredths."""
    return round(fsum(map(mul, figures, weights)) / sum(weights), 2)


def with_other_form(name: str, also: tuple[str, ...]) -> Names:
    """Return a Latvian name with its woman's form beside it, where ESCO lists that as a synonym."""
    words = name.split()
    other = next((synonym for synonym in also if _is_womans_form(words, synonym.split())), "")
    return Names(
        name=name, other=other, also=tuple(synonym for synonym in also if synonym != other)
    )


def _is_womans_form(words: list[str], others: list[str]) -> bool:
    """Return whether a name is another's woman's form, word by word; some words may be the same.

    For example sociālais darbinieks, sociālā darbiniece.
    """
    if len(words) != len(others) or words == others:
        return False
    pairs = zip(words, others, strict=True)
    return all(his == hers or _differ_by_gender(his, hers) for his, hers in pairs)


def _differ_by_gender(his: str, hers: str) -> bool:
    """Return whether two words are the same but for a man's and a woman's ending."""
    return any(
        his.endswith(man) and hers.endswith(woman)
        and his.removesuffix(man) == hers.removesuffix(woman)
        for man, woman in GENDER_ENDINGS
    )  # fmt: skip
