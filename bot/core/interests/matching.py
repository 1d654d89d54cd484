"""Families of work (ISCO, two digits) that look like a person's interests, each with examples."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean
from typing import Final

from bot.core.base.frozen import Frozen
from bot.core.interests.profile import TYPES, Profile
from bot.core.interests.scoring import tie_break

FAMILIES_SHOWN: Final = 5  # families
EXAMPLES_SHOWN: Final = 3  # occupations in each, and how many of the best make a family's fit
GOOD: Final = 0.3  # the fit from which a less typical family is worth showing
DIGITS: Final = 9
# ISCO-08, volume 1, table 1: the skill level of each major group, and where a sub-major differs
LEVELS: Final = {
    "1": 4, "14": 3, "2": 4, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 1,
    "01": 4, "02": 2, "03": 1,
}  # fmt: skip


@dataclass(frozen=True)
class MatchedOccupation:
    """An occupation as matching sees it: six figures in the order of TYPES.

    imported: on a tie it comes after one of ours.
    """

    id: str
    isco: str
    figures: tuple[float, float, float, float, float, float]
    imported: bool = False


class ExampleOccupation(Frozen):
    """An occupation of a family; those that fit equally have one place."""

    id: str
    isco: str
    fit: float
    place: int


class FamilyFit(Frozen):
    """A family of work; less_typical: it fits well and starts from other interests than the rest."""

    isco2: str
    fit: float
    place: int
    occupations: tuple[ExampleOccupation, ...]
    less_typical: bool = False


class Families(Frozen):
    """What is shown, and how many occupations were left out as above the reach."""

    families: tuple[FamilyFit, ...]
    beyond: int


def pearson(scores: Sequence[float], figures: Sequence[float]) -> float:
    """Correlate two profiles; one without any differences correlates with nothing."""
    here, there = fmean(scores), fmean(figures)
    ours = [value - here for value in scores]
    theirs = [value - there for value in figures]
    size = sqrt(sum(a * a for a in ours) * sum(b * b for b in theirs))
    if size < 10**-DIGITS:
        return 0.0
    return sum(a * b for a, b in zip(ours, theirs, strict=True)) / size


def skill_level_of(isco: str) -> int:
    """Return the skill level of an ISCO code, 1 to 4."""
    return LEVELS[isco[:2]] if isco[:2] in LEVELS else LEVELS[isco[:1]]


def families(
    profile: Profile,
    occupations: Iterable[MatchedOccupation],
    reach: int | None = None,
    away: frozenset[str] = frozenset(),
) -> Families:
    """Rank the families that are in reach and not sent away, and add a less typical one.

    A flat profile names families without examples: its order of occupations would be chance.
    """
    known = list(occupations)
    near = [one for one in known if reach is None or skill_level_of(one.isco) <= reach]
    scores = [profile.scores[letter] for letter in TYPES]
    groups: dict[str, list[tuple[float, MatchedOccupation]]] = {}
    for one in near:
        if one.isco[:2] not in away:
            fit = round(pearson(scores, one.figures), DIGITS)
            groups.setdefault(one.isco[:2], []).append((fit, one))
    best = {
        code: sorted(group, key=lambda pair: (-pair[0], pair[1].imported, tie_break([pair[1].id])))[
            :EXAMPLES_SHOWN
        ]
        for code, group in groups.items()
    }
    fits = {code: round(fmean(fit for fit, _ in group), DIGITS) for code, group in best.items()}
    order = sorted(best, key=lambda code: (-fits[code], tie_break([code])))
    shown, other = order[:FAMILIES_SHOWN], _less_typical(order, best, fits)
    return Families(
        families=tuple(
            FamilyFit(
                isco2=code,
                fit=fits[code],
                place=1 + sum(fit > fits[code] for fit in fits.values()),
                occupations=() if "flat" in profile.flags else _examples(best[code]),
                less_typical=code == other,
            )
            for code in [*shown, *([other] if other else [])]
        ),
        beyond=len(known) - len(near),
    )


def _examples(group: list[tuple[float, MatchedOccupation]]) -> tuple[ExampleOccupation, ...]:
    return tuple(
        ExampleOccupation(
            id=one.id, isco=one.isco, fit=fit, place=1 + sum(f > fit for f, _ in group)
        )
        for fit, one in group
    )


def _less_typical(
    order: Sequence[str],
    best: Mapping[str, Sequence[tuple[float, MatchedOccupation]]],
    fits: Mapping[str, float],
) -> str | None:
    """Find the best family below the shown ones whose two leading types none of them has.

    Where all such fit badly the best of the others is taken: something unlike the first is shown.
    """
    usual = {_pair(best[code]) for code in order[:FAMILIES_SHOWN]}
    rest = order[FAMILIES_SHOWN:]
    unlike = [code for code in rest if _pair(best[code]) not in usual and fits[code] >= GOOD]
    return next(iter(unlike or rest), None)


def _pair(group: Sequence[tuple[float, MatchedOccupation]]) -> frozenset[int]:
    """Return the two highest types of a family's best occupations; a tie keeps all of them."""
    means = [fmean(one.figures[at] for _, one in group) for at in range(len(TYPES))]
    second = sorted(means)[-2]
    return frozenset(at for at, mean in enumerate(means) if mean >= second)
