"""Families of work (ISCO, two digits) that look like a person's interests, each with examples."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final, NamedTuple

from bot.core.base.frozen import Frozen
from bot.core.flows.preparation import Preparation
from bot.core.interests.correlation import pearson
from bot.core.interests.kinds import Kinds, Liking, unknown_liking
from bot.core.interests.norms import TYPES
from bot.core.interests.profile import Profile
from bot.core.interests.scoring import tie_break

FAMILIES_SHOWN: Final = 5  # families
EXAMPLES_SHOWN: Final = 3  # occupations in each, and how many of the best make a family's fit
FEWEST_EXAMPLES: Final = 2  # occupations below which a family is not shown: it is one occupation
# The part of a fit that the kinds of work have; the rest is the six interests'. With a third, who likes
# motors is led to motors among all that R leads to, and no liked kind outweighs opposite interests.
KIND_SHARE: Final = 1 / 3
GOOD_FIT: Final = 0.2  # the fit from which a less typical family is worth showing
ELEMENTARY: Final = "9"  # ISCO-08's major group of elementary work
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
    us; of two that fit equally it comes second. kinds: of work.
    """

    id: str
    isco: str
    figures: tuple[float, float, float, float, float, float]
    imported: bool = False
    kinds: Kinds = frozenset()


class ExampleOccupation(Frozen):
    """An occupation of a family; fit: from -1 to 1; place: from 1, equal fits share one."""

    id: str
    isco: str
    fit: float
    place: int


class FamilyFit(Frozen):
    """A family of work; fit: the mean of its best occupations, from -1 to 1.

    liking: how their kinds of work are liked, the mean, from -1 to 1.
    less_typical: it starts from other interests than the families shown before it.
    """

    isco2: str
    fit: float
    place: int
    occupations: tuple[ExampleOccupation, ...]
    liking: float = 0.0
    less_typical: bool = False


class Families(Frozen):
    """The families shown, and how many occupations were left out.

    beyond: as they take longer to learn. elementary: as they are elementary work.
    """

    families: tuple[FamilyFit, ...]
    beyond: int
    elementary: int = 0


def skill_level_of(isco: str) -> int:
    """Return the skill level of an ISCO code, 1 to 4: "7231" (mechanics) has 2, "1411" has 3."""
    sub_major, major = isco[:2], isco[:1]
    return SKILL_LEVELS[sub_major] if sub_major in SKILL_LEVELS else SKILL_LEVELS[major]


def is_within(preparation: Preparation, isco: str) -> bool:
    """Return whether an ISCO code needs no more preparation than this."""
    if skill_level_of(isco) <= preparation.level:
        return True
    return isco.startswith(preparation.also) and not isco.startswith(preparation.without)


def families(
    profile: Profile,
    occupations: Iterable[MatchedOccupation],
    preparation: Preparation | None = None,
    hidden: frozenset[str] = frozenset(),
    liking: Liking = unknown_liking,
) -> Families:
    """Return the families that fit best, the best first, and a less typical one after them.

    preparation: the most that is shown, None for any; hidden: ISCO codes of families the person
    put aside; liking: how kinds of work are liked. Elementary work is left out unless `preparation`
    has it. A flat profile gets families without examples: the order of its occupations would be chance.
    """
    known = list(occupations)
    shown_elementary = preparation is not None and preparation.elementary
    skilled = [one for one in known if shown_elementary or one.isco[:1] != ELEMENTARY]
    within_reach = [
        one for one in skilled if preparation is None or is_within(preparation, one.isco)
    ]
    wanted = [occupation for occupation in within_reach if occupation.isco[:2] not in hidden]
    best = _best_matches(profile, wanted, liking)
    fits = {code: _mean_fit(matches) for code, matches in best.items()}
    order = sorted(fits, key=lambda code: (-fits[code], tie_break([code])))
    likings = {code: fmean(match.liking for match in matches) for code, matches in best.items()}
    highest = max(profile.scores.values())
    firsts = {at for at, letter in enumerate(TYPES) if profile.scores[letter] == highest}
    less_typical = _less_typical(order, best, fits, likings, firsts)
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
                liking=likings[code],
                less_typical=code == less_typical,
            )
            for code in shown
        ),
        beyond=len(skilled) - len(within_reach),
        elementary=len(known) - len(skilled),
    )


class _Match(NamedTuple):
    """An occupation, how it fits the person, and how its kinds of work are liked."""

    fit: float
    occupation: MatchedOccupation
    liking: float


def _best_matches(
    profile: Profile, occupations: Iterable[MatchedOccupation], liking: Liking
) -> dict[str, list[_Match]]:
    """Return the best matches of each family by its ISCO code, the best first."""
    scores = [profile.scores[letter] for letter in TYPES]
    matches: dict[str, list[_Match]] = {}
    for occupation in occupations:
        correlation = pearson(scores, occupation.figures, if_flat=0.0)
        liked = liking(occupation.kinds)
        fit = round((1 - KIND_SHARE) * correlation + KIND_SHARE * liked, FIT_DECIMALS)
        matches.setdefault(occupation.isco[:2], []).append(_Match(fit, occupation, liked))
    return {
        code: sorted(family, key=_best_first)[:EXAMPLES_SHOWN]
        for code, family in matches.items()
        if len(family) >= FEWEST_EXAMPLES
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
    order: Sequence[str],
    best: Mapping[str, Sequence[_Match]],
    fits: Mapping[str, float],
    likings: Mapping[str, float],
    firsts: set[int],
) -> str | None:
    """Return the best family below the shown ones that starts from other interests than they do.

    That is, from two other leading types than any of them, and not from the person's first (`firsts`,
    as places in TYPES); where no such family fits, the second of these is given up, then the first. None
    whose kinds of work are disliked: it is to compare with, not to be told what was turned down.
    """
    shown, rest = order[:FAMILIES_SHOWN], order[FAMILIES_SHOWN:]
    usual = {_leading_types(best[code]) for code in shown}
    welcome = [code for code in rest if likings[code] >= 0]
    unlike = [code for code in welcome if _leading_types(best[code]) not in usual]
    elsewhere = [code for code in unlike if not firsts & _leading_types(best[code])]
    for candidates in (elsewhere, unlike):
        good = [code for code in candidates if fits[code] >= GOOD_FIT]
        if good:
            return good[0]
    return next(iter(welcome), None)


def _leading_types(matches: Sequence[_Match]) -> frozenset[int]:
    """Return the two highest types, as places in TYPES, of a family's best occupations.

    A tie at the second place keeps all of the tied types.
    """
    # one column of figures for each of the six types, over the occupations
    columns = zip(*(match.occupation.figures for match in matches), strict=True)
    means = [fmean(column) for column in columns]
    second = sorted(means)[-2]
    return frozenset(type_ for type_, mean in enumerate(means) if mean >= second)
