"""Families of work (ISCO, two digits) that look like a person's interests, each with examples."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final, NamedTuple

from bot.core.base.frozen import Frozen
from bot.core.interests.correlation import pearson
from bot.core.interests.norms import TYPES
from bot.core.interests.profile import Profile
from bot.core.interests.scoring import tie_break

FAMILIES_SHOWN: Final = 5  # families
EXAMPLES_SHOWN: Final = 3  # occupations in each, and how many of the best make a family's fit
GOOD_FIT: Final = 0.3  # the correlation from which a less typical family is worth showing
FIT_DECIMALS: Final = 9  # decimals that are kept of a fit, so that equal fits are equal
# ISCO-08, volume 1, table 1: the skill level of each major group (one digit), and of the sub-major
# groups (two digits) that differ from theirs
SKILL_LEVELS: Final = {
    "1": 4, "14": 3, "2": 4, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 1,
    "01": 4, "02": 2, "03": 1,
}  # fmt: skip


@dataclass(frozen=True)
class MatchedOccupation:
    """An occupation as matching sees it.

    figures: how much it asks of each interest, in the order of TYPES. imported: not written by
    us; of two that fit equally it comes second.
    """

    id: str
    isco: str
    figures: tuple[float, float, float, float, float, float]
    imported: bool = False


class ExampleOccupation(Frozen):
    """An occupation of a family; fit: from -1 to 1; place: from 1, equal fits share one."""

    id: str
    isco: str
    fit: float
    place: int


class FamilyFit(Frozen):
    """A family of work; fit: the mean of its best occupations, from -1 to 1.

    less_typical: it starts from other interests than the families shown before it.
    """

    isco2: str
    fit: float
    place: int
    occupations: tuple[ExampleOccupation, ...]
    less_typical: bool = False


class Families(Frozen):
    """The families shown; beyond: how many occupations were left out as they take longer to learn."""

    families: tuple[FamilyFit, ...]
    beyond: int


def skill_level_of(isco: str) -> int:
    """Return the skill level of an ISCO code, 1 to 4: "7231" (mechanics) has 2, "1411" has 3."""
    sub_major, major = isco[:2], isco[:1]
    return SKILL_LEVELS[sub_major] if sub_major in SKILL_LEVELS else SKILL_LEVELS[major]


def families(
    profile: Profile,
    occupations: Iterable[MatchedOccupation],
    skill_level: int | None = None,
    hidden: frozenset[str] = frozenset(),
) -> Families:
    """Return the families that fit best, the best first, and a less typical one after them.

    skill_level: the highest that is shown, None for any; hidden: ISCO codes of families the person
    put aside. A flat profile gets families without examples: the order of its occupations
    would be chance.
    """
    known = list(occupations)
    within_reach = [
        occupation
        for occupation in known
        if skill_level is None or skill_level_of(occupation.isco) <= skill_level
    ]
    wanted = [occupation for occupation in within_reach if occupation.isco[:2] not in hidden]
    best = _best_matches(profile, wanted)
    fits = {code: _mean_fit(matches) for code, matches in best.items()}
    order = sorted(fits, key=lambda code: (-fits[code], tie_break([code])))
    less_typical = _less_typical(order, best, fits)
    shown = order[:FAMILIES_SHOWN]
    if less_typical is not None:
        shown.append(less_typical)
    is_flat = "flat" in profile.flags
    return Families(
        families=tuple(
            FamilyFit(
                isco2=code,
                fit=fits[code],
                place=_place(fits[code], fits.values()),
                occupations=() if is_flat else _examples(best[code]),
                less_typical=code == less_typical,
            )
            for code in shown
        ),
        beyond=len(known) - len(within_reach),
    )


class _Match(NamedTuple):
    """An occupation, and how its figures correlate with the person's scores."""

    fit: float
    occupation: MatchedOccupation


def _best_matches(
    profile: Profile, occupations: Iterable[MatchedOccupation]
) -> dict[str, list[_Match]]:
    """Return the best matches of each family by its ISCO code, the best first."""
    scores = [profile.scores[letter] for letter in TYPES]
    matches: dict[str, list[_Match]] = {}
    for occupation in occupations:
        fit = round(pearson(scores, occupation.figures, if_flat=0.0), FIT_DECIMALS)
        matches.setdefault(occupation.isco[:2], []).append(_Match(fit, occupation))
    return {
        code: sorted(family, key=_best_first)[:EXAMPLES_SHOWN] for code, family in matches.items()
    }


def _best_first(match: _Match) -> tuple[float, bool, str]:
    return -match.fit, match.occupation.imported, tie_break([match.occupation.id])


def _mean_fit(matches: Sequence[_Match]) -> float:
    return round(fmean(match.fit for match in matches), FIT_DECIMALS)


def _place(fit: float, fits: Iterable[float]) -> int:
    """Return the place of a fit among all, from 1; equal fits share a place."""
    return 1 + sum(other > fit for other in fits)


def _examples(matches: Sequence[_Match]) -> tuple[ExampleOccupation, ...]:
    fits = [match.fit for match in matches]
    return tuple(
        ExampleOccupation(
            id=match.occupation.id,
            isco=match.occupation.isco,
            fit=match.fit,
            place=_place(match.fit, fits),
        )
        for match in matches
    )


def _less_typical(
    order: Sequence[str], best: Mapping[str, Sequence[_Match]], fits: Mapping[str, float]
) -> str | None:
    """Return the best family below the shown ones whose two leading types none of them has.

    Where all such fit badly it is the best of the others: something unlike the first is shown.
    """
    shown, rest = order[:FAMILIES_SHOWN], order[FAMILIES_SHOWN:]
    usual = {_leading_types(best[code]) for code in shown}
    unlike = [code for code in rest if _leading_types(best[code]) not in usual]
    good = [code for code in unlike if fits[code] >= GOOD_FIT]
    return next(iter(good or rest), None)


def _leading_types(matches: Sequence[_Match]) -> frozenset[int]:
    """Return the two highest types, as places in TYPES, of a family's best occupations.

    A tie at the second place keeps all of the tied types.
    """
    # one column of figures for each of the six types, over the occupations
    columns = zip(*(match.occupation.figures for match in matches), strict=True)
    means = [fmean(column) for column in columns]
    second = sorted(means)[-2]
    return frozenset(type_ for type_, mean in enumerate(means) if mean >= second)
