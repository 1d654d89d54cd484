"""People who do not exist answer the full form, the chosen items and a fixed form as long.

All chance comes from the caller: `normal()` standard normal, `uniform()` from 0 to 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, median
from typing import Final, NamedTuple

from bot.core.interests.correlation import pearson
from bot.core.interests.next_item import next_item, opening
from bot.core.interests.norms import CORRELATIONS, ITEMS_IN_FULL, TYPES, cholesky_root
from bot.core.interests.profile import Certainty, Profile
from bot.core.interests.scoring import score
from bot.core.psychometrics.reliability import alpha
from bot.core.psychometrics.simulated_people import (
    ORDERED,
    Chance,
    ItemModel,
    SimulatedItem,
    SimulatedPerson,
    make_items,
    make_person,
)

CERTAINTIES: Final[tuple[Certainty, ...]] = ("clear", "likely", "open")


@dataclass(frozen=True)
class FormAgreement:
    """How well a form agrees with the sum scores of the full form, over all people.

    first: how often its first type is the full form's, a tie of which is drawn by lot;
    first_shared: either of the tied is right. top2: the same as `first` of the first two types.
    profile_r: the median correlation of the six scores. mean_items, longest: items asked.
    shares and right: how often each word of certainty is said, and how often `first` holds then.
    leading: how often a leading type is a first one of the full form. flat: the share told so.
    """

    first: float
    first_shared: float
    top2: float
    profile_r: float
    mean_items: float
    longest: int
    shares: dict[Certainty, float]
    right: dict[Certainty, float]
    leading: float
    flat: float


@dataclass(frozen=True)
class SimulationResult:
    """What a simulation finds: both forms, and the bank's reliability with ten and five items."""

    adaptive: FormAgreement
    fixed: FormAgreement
    alpha10: float
    alpha5: float


def simulate(
    people: int,
    normal: Chance,
    uniform: Chance,
    kind: ItemModel = ORDERED,
) -> SimulationResult:
    """Return what comes of a bank asked as the full form, by choosing, and as a fixed form as long."""
    bank = make_items(normal, uniform, kind)
    types = {item.id: TYPES[item.type_index] for item in bank}
    triangle = cholesky_root(CORRELATIONS)
    crowd = [make_person(bank, triangle, normal, uniform) for _ in range(people)]
    full_sums = []
    for person in crowd:
        order = person.order if kind.full == "own" else list(types)
        full_sums.append(_full_sums(types, person, order))
    chosen_forms = [_chosen_form(types, person) for person in crowd]
    mean_items = fmean(len(form) for form in chosen_forms)
    fixed_forms = []
    for person in crowd:
        # a mean of 22.4 items is 23 for four in ten and 22 for the others
        items = int(mean_items) + (uniform() < mean_items - int(mean_items))
        fixed_forms.append(opening(types, person.order, ITEMS_IN_FULL)[:items])
    return SimulationResult(
        adaptive=_agreement(types, crowd, full_sums, chosen_forms),
        fixed=_agreement(types, crowd, full_sums, fixed_forms),
        alpha10=_mean_alpha(bank, crowd, ITEMS_IN_FULL),
        alpha5=_mean_alpha(bank, crowd, ITEMS_IN_FULL // 2),
    )


def _full_sums(
    types: Mapping[str, str], person: SimulatedPerson, order: Sequence[str]
) -> list[int]:
    """Return for each type the sum of the answers to its first ten items."""
    sums = dict.fromkeys(TYPES, 0)
    for item in opening(types, order, ITEMS_IN_FULL):
        sums[types[item]] += person.answers[item]
    return list(sums.values())


def _chosen_form(types: Mapping[str, str], person: SimulatedPerson) -> list[str]:
    """Return the items a person is asked until nothing more is chosen."""
    answers = {item: person.answers[item] for item in opening(types, person.order)}
    while (item := next_item(types, answers, person.order)) is not None:
        answers[item] = person.answers[item]
    return list(answers)


def _mean_alpha(
    bank: Sequence[SimulatedItem], crowd: Sequence[SimulatedPerson], items: int
) -> float:
    """Return Cronbach's alpha of the first so many items of a type, the mean of the six types."""
    alphas = []
    for type_index in range(len(TYPES)):
        scale = [item.id for item in bank if item.type_index == type_index][:items]
        alphas.append(alpha([[person.answers[item] for item in scale] for person in crowd]))
    return fmean(alphas)


class _Comparison(NamedTuple):
    """One person's form beside their full form; the names are those of Agreement."""

    profile: Profile
    items: int
    first: float
    top2: float
    profile_r: float
    leading: bool


def _agreement(
    types: Mapping[str, str],
    crowd: Sequence[SimulatedPerson],
    full_sums: Sequence[Sequence[int]],
    forms: Sequence[Sequence[str]],
) -> FormAgreement:
    comparisons = [
        _compare(types, person, sums, form)
        for person, sums, form in zip(crowd, full_sums, forms, strict=True)
    ]
    # the chances of being right, for each word of certainty
    rights: dict[Certainty, list[float]] = {word: [] for word in CERTAINTIES}
    for comparison in comparisons:
        rights[comparison.profile.certainty].append(comparison.first)
    return FormAgreement(
        first=fmean(comparison.first for comparison in comparisons),
        first_shared=fmean(comparison.first > 0 for comparison in comparisons),
        top2=fmean(comparison.top2 for comparison in comparisons),
        profile_r=median(comparison.profile_r for comparison in comparisons),
        mean_items=fmean(comparison.items for comparison in comparisons),
        longest=max(comparison.items for comparison in comparisons),
        shares={word: len(chances) / len(crowd) for word, chances in rights.items()},
        right={word: fmean(chances) if chances else 0.0 for word, chances in rights.items()},
        leading=fmean(comparison.leading for comparison in comparisons),
        flat=fmean("flat" in comparison.profile.flags for comparison in comparisons),
    )


def _compare(
    types: Mapping[str, str], person: SimulatedPerson, full_sums: Sequence[int], form: Sequence[str]
) -> _Comparison:
    profile = score(types, {item: person.answers[item] for item in form})
    scores = [profile.scores[letter] for letter in TYPES]
    ranked = sorted(range(len(TYPES)), key=lambda type_index: -scores[type_index])
    highest = max(full_sums)
    return _Comparison(
        profile=profile,
        items=len(form),
        first=_chance_of_top(full_sums, set(ranked[:1])),
        top2=_chance_of_top(full_sums, set(ranked[:2])),
        profile_r=pearson(scores, full_sums, if_flat=0.0),
        leading=any(full_sums[TYPES.index(letter)] == highest for letter in profile.leading),
    )


def _chance_of_top(sums: Sequence[int], top: set[int]) -> float:
    """Return the chance that these are the full form's highest types when its ties are drawn by lot.

    Sums of 40, 38, 38, 20, 20, 20 have {0} for certain, and {0, 1} with a chance of one half.
    """
    edge = sorted(sums, reverse=True)[len(top) - 1]
    above = {type_index for type_index, value in enumerate(sums) if value > edge}
    tied = [type_index for type_index, value in enumerate(sums) if value == edge]
    draws = [above | set(drawn) for drawn in combinations(tied, len(top) - len(above))]
    return (top in draws) / len(draws)
