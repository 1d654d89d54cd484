"""What was imported of ESCO and O*NET: the records as they are kept, and what they come to.

Occupations, figures and links are kept apart, so that their files may come in any order and at
different times; which figures an occupation has is found when they are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum
from typing import Literal, NamedTuple, TypeVar

from bot.core.base.frozen import Frozen
from bot.core.occupations.occupation import InterestFigures, Names

Match = Literal["exact", "close", "broad", "narrow", "related"]
WEIGHTS: Mapping[Match, int] = {"exact": 0, "close": 2, "broad": 1, "narrow": 1, "related": 1}
# how many sub-major groups each major group of ISCO-08 has, from 0 to 9
GROUPS = (3, 4, 6, 5, 4, 4, 3, 5, 3, 6)
FAMILIES = frozenset(f"{at}{one}" for at, most in enumerate(GROUPS) for one in range(1, most + 1))
# the last word of a Latvian name of a man's and a woman's form
ENDINGS = (
    ("nieks", "niece"), ("ais", "ā"), ("is", "e"), ("is", "ene"), ("s", "e"), ("s", "a"), ("š", "a"),
)  # fmt: skip


class EscoOccupation(Frozen):
    """An occupation of ESCO: its ISCO-08 unit group, and its names in the languages imported."""

    isco: str
    names: Mapping[str, Names]


class Links(Frozen):
    """The O*NET occupations that the crosswalk sets beside one of ESCO, by code."""

    onet: Mapping[str, Match]


Record = EscoOccupation | InterestFigures | Links
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Imports:
    """All records by id: occupations and links by ESCO address, figures by O*NET code."""

    occupations: Mapping[str, EscoOccupation] = field(default_factory=dict)
    figures: Mapping[str, InterestFigures] = field(default_factory=dict)
    links: Mapping[str, Links] = field(default_factory=dict)


class Tally(NamedTuple):
    """How many records were added, changed, as before; how many others stay that were not named."""

    added: int
    changed: int
    unchanged: int
    kept: int


def merge(kept: Imports, given: Imports) -> tuple[Imports, Mapping[str, Tally]]:
    """Return the records that are new or changed, and the tally of each kind.

    A language that is given replaces the names in it; other languages stay. Nothing is taken away.
    """
    occupations = {
        id_: one
        if id_ not in kept.occupations
        else EscoOccupation(isco=one.isco, names={**kept.occupations[id_].names, **one.names})
        for id_, one in given.occupations.items()
    }
    fresh = Imports(
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
    return {id_: one for id_, one in given.items() if kept.get(id_) != one}


def _tally(
    kept: Mapping[str, Record], given: Mapping[str, Record], fresh: Mapping[str, Record]
) -> Tally:
    added = sum(id_ not in kept for id_ in fresh)
    others = sum(id_ not in given for id_ in kept)
    return Tally(added, len(fresh) - added, len(given) - len(fresh), others)


def figures_of(id_: str, imports: Imports) -> InterestFigures | None:
    """Carry O*NET's figures over the crosswalk: the exact matches', else the mean by closeness.

    A close match weighs twice a broader, narrower or related one; the code named is the first.
    """
    links = imports.links.get(id_)
    if links is None:
        return None
    known = {code: match for code, match in links.onet.items() if code in imports.figures}
    weights = {code: 1 for code, match in known.items() if match == "exact"}
    weights = weights or {code: WEIGHTS[match] for code, match in known.items()}
    if not weights:
        return None
    total = sum(weights.values())
    rows = [(imports.figures[code].figures, weight) for code, weight in weights.items()]
    r, i, a, s, e, c = (
        round(fsum(row[at] * weight for row, weight in rows) / total, 2) for at in range(6)
    )
    return InterestFigures(onet=min(weights), figures=(r, i, a, s, e, c))


def with_other_form(name: str, also: tuple[str, ...]) -> Names:
    """Set a Latvian name and its other gender side by side, where ESCO lists it as a synonym."""
    other = next((one for one in also if _is_other_form(name.split(), one.split())), "")
    return Names(name=name, other=other, also=tuple(one for one in also if one != other))


def _is_other_form(words: list[str], others: list[str]) -> bool:
    if len(words) != len(others) or words == others:
        return False
    return all(
        one == other
        or any(
            one.endswith(his) and other.endswith(hers)
            and one.removesuffix(his) == other.removesuffix(hers)
            for his, hers in ENDINGS
        )
        for one, other in zip(words, others, strict=True)
    )  # fmt: skip
