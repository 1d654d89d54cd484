"""People who do not exist answer the full form, the chosen items and a fixed form as long.

All chance comes from the caller: `normal()` standard normal, `uniform()` from 0 to 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, median
from typing import Final

from bot.core.interests.correlation import pearson
from bot.core.interests.next_item import next_item, opening
from bot.core.interests.norms import CORRELATIONS, FULL, root
from bot.core.interests.profile import TYPES, Certainty, Profile
from bot.core.interests.scoring import score
from bot.core.psychometrics.reliability import alpha
from bot.core.psychometrics.simulated_people import (
    MIDDLING,
    Chance,
    ItemModel,
    Person,
    make_items,
    make_person,
)

WORDS: Final[tuple[Certainty, ...]] = ("clear", "likely", "open")


@dataclass(frozen=True)
class Agreement:
    """A form against the sum score of the full form.

    first, top2: a tie of the full form is drawn by lot; first_shared: either of the tied is right.
    profile_r is a median. shares and right: how often each word of certainty is said, and how
    often `first` holds then. leading: how often the leading types hold a first letter of the full
    form. flat: the share told to be flat.
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
class Outcome:
    """What a simulation finds: both forms, and the bank's reliability with ten and five items."""

    adaptive: Agreement
    fixed: Agreement
    alpha10: float
    alpha5: float


def simulate(
    people: int,
    normal: Chance,
    uniform: Chance,
    kind: ItemModel = MIDDLING,
) -> Outcome:
    """Let people answer a bank by the full form, by choosing, and by as long a fixed form."""
    bank = make_items(normal, uniform, kind)
    types = {item.id: TYPES[item.at] for item in bank}
    triangle = root(CORRELATIONS)
    crowd = [make_person(bank, triangle, normal, uniform) for _ in range(people)]
    sums = [_sums(types, one, one.order if kind.full == "own" else list(types)) for one in crowd]
    chosen = [_choose(types, one) for one in crowd]
    mean = fmean(len(items) for items in chosen)
    fixed = [
        opening(types, one.order, FULL)[: int(mean) + (uniform() < mean - int(mean))]
        for one in crowd
    ]
    reliable = [
        fmean(_alpha(crowd, [item.id for item in bank if item.at == at][:size]) for at in range(6))
        for size in (FULL, FULL // 2)
    ]
    return Outcome(_agree(types, crowd, sums, chosen), _agree(types, crowd, sums, fixed), *reliable)


def _sums(types: Mapping[str, str], one: Person, order: Sequence[str]) -> list[int]:
    """Sum the answers to the first ten items of each type."""
    asked = opening(types, order, FULL)
    return [sum(one.answers[item] for item in asked if types[item] == letter) for letter in TYPES]


def _alpha(crowd: Sequence[Person], items: Sequence[str]) -> float:
    return alpha([[one.answers[item] for item in items] for one in crowd])


def _choose(types: Mapping[str, str], one: Person) -> list[str]:
    answers = {item: one.answers[item] for item in opening(types, one.order)}
    while (item := next_item(types, answers, one.order)) is not None:
        answers[item] = one.answers[item]
    return list(answers)


def _agree(
    types: Mapping[str, str],
    crowd: Sequence[Person],
    sums: Sequence[Sequence[int]],
    forms: Sequence[Sequence[str]],
) -> Agreement:
    firsts, pairs, alike, profiles, held = [], [], [], [], []
    for one, full, items in zip(crowd, sums, forms, strict=True):
        profile = score(types, {item: one.answers[item] for item in items})
        scores = [profile.scores[letter] for letter in TYPES]
        order = sorted(range(len(TYPES)), key=lambda at: -scores[at])
        firsts.append(_share(full, {order[0]}))
        pairs.append(_share(full, set(order[:2])))
        alike.append(pearson(scores, full, if_flat=0.0))
        profiles.append(profile)
        held.append(any(full[TYPES.index(letter)] == max(full) for letter in profile.leading))
    said = {word: _where(profiles, firsts, word) for word in WORDS}
    return Agreement(
        first=fmean(firsts),
        first_shared=fmean(right > 0 for right in firsts),
        top2=fmean(pairs),
        profile_r=median(alike),
        mean_items=fmean(len(items) for items in forms),
        longest=max(len(items) for items in forms),
        shares={word: len(found) / len(crowd) for word, found in said.items()},
        right={word: fmean(found) if found else 0.0 for word, found in said.items()},
        leading=fmean(held),
        flat=fmean("flat" in profile.flags for profile in profiles),
    )


def _where(profiles: Sequence[Profile], firsts: Sequence[float], word: Certainty) -> list[float]:
    return [
        right for profile, right in zip(profiles, firsts, strict=True) if profile.certainty == word
    ]


def _share(sums: Sequence[int], chosen: set[int]) -> float:
    """Return the chance that the full form's top set is this one when its ties are drawn by lot."""
    edge = sorted(sums, reverse=True)[len(chosen) - 1]
    above = {at for at, value in enumerate(sums) if value > edge}
    level = [at for at, value in enumerate(sums) if value == edge]
    ways = [above | set(some) for some in combinations(level, len(chosen) - len(above))]
    return (chosen in ways) / len(ways)
