"""People who do not exist answer the full form, the chosen items and a fixed form as long.

All chance comes from the caller: `normal()` standard normal, `uniform()` from 0 to 1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt
from statistics import fmean, median
from typing import Final, Literal

from bot.core.interests.choosing import next_item, opening
from bot.core.interests.matching import correlation
from bot.core.interests.profile import TYPES, Certainty, Profile
from bot.core.interests.psychometrics import alpha
from bot.core.interests.published import CORRELATIONS, DEVIATIONS, FULL, MEANS, root
from bot.core.interests.scoring import score

Chance = Callable[[], float]

STEP: Final = 0.42  # from one answer to the next; gives the published scale deviations
APART: Final = 1.5  # answers are cut off at 1 and 5, so a type must lie farther out than its mean
LOAD: Final = 0.64  # alpha .84 for ten items and .73 for five: the middle of what is published
HARDNESS: Final = 0.3  # how much items of one type differ in how well they are liked
LOGISTIC: Final = 3.29  # the variance of logistic noise
WORDS: Final[tuple[Certainty, ...]] = ("clear", "likely", "open")


@dataclass(frozen=True)
class Bank:
    """How items are made: each a type, ten of them the full form.

    kind: all equally telling (`load`), or a graded response with discriminations from .8 to 2.
    full: whether the full form is the first ten of a person's own order, which is what the person
    would be asked without any choosing, or one ten for everybody, of which some are never asked.
    """

    kind: Literal["ordered", "graded"] = "ordered"
    each: int = FULL
    full: Literal["own", "one"] = "own"
    load: float = LOAD


MIDDLING: Final = Bank()


@dataclass(frozen=True)
class Item:
    """How an item turns a true interest into an answer; noise of deviation one, or logistic."""

    id: str
    at: int
    load: float
    steps: tuple[float, ...]
    logistic: bool


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


@dataclass(frozen=True)
class _Person:
    answers: dict[str, int]
    order: list[str]


def simulate(
    people: int,
    normal: Chance,
    uniform: Chance,
    kind: Bank = MIDDLING,
) -> Outcome:
    """Let people answer a bank by the full form, by choosing, and by as long a fixed form."""
    bank = _items(normal, uniform, kind)
    types = {item.id: TYPES[item.at] for item in bank}
    triangle = root(CORRELATIONS)
    crowd = [_person(bank, triangle, normal, uniform) for _ in range(people)]
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


def _sums(types: Mapping[str, str], one: _Person, order: Sequence[str]) -> list[int]:
    """Sum the answers to the first ten items of each type."""
    asked = opening(types, order, FULL)
    return [sum(one.answers[item] for item in asked if types[item] == letter) for letter in TYPES]


def _alpha(crowd: Sequence[_Person], items: Sequence[str]) -> float:
    return alpha([[one.answers[item] for item in items] for one in crowd])


def _items(normal: Chance, uniform: Chance, kind: Bank) -> list[Item]:
    """Make the items of a bank."""
    found = []
    for at, (mean, deviation) in enumerate(zip(MEANS, DEVIATIONS, strict=True)):
        for number in range(kind.each):
            liked = APART * (mean - 3 + HARDNESS * normal())
            if kind.kind == "ordered":
                load, scale, size = kind.load, sqrt(1 - kind.load**2), 1.0
            else:
                load, scale = 0.8 + 1.2 * uniform(), 1.0
                size = sqrt(load**2 + LOGISTIC)
            step = size * STEP / deviation / scale
            steps = tuple(step * (place - liked) for place in (-1.5, -0.5, 0.5, 1.5))
            found.append(Item(f"{at}.{number}", at, load / scale, steps, kind.kind == "graded"))
    return found


def _person(
    bank: Sequence[Item], triangle: Sequence[Sequence[float]], normal: Chance, uniform: Chance
) -> _Person:
    chance = [normal() for _ in TYPES]
    true = [sum(a * b for a, b in zip(row, chance, strict=True)) for row in triangle]
    answers = {}
    for item in bank:
        noise = _logistic(uniform()) if item.logistic else normal()
        felt = item.load * true[item.at] + noise
        answers[item.id] = 1 + sum(felt > step for step in item.steps)
    place = {item.id: uniform() for item in bank}
    return _Person(answers, sorted(place, key=place.__getitem__))


def _logistic(share: float) -> float:
    share = min(max(share, 1e-12), 1 - 1e-12)
    return log(share / (1 - share))


def _choose(types: Mapping[str, str], one: _Person) -> list[str]:
    answers = {item: one.answers[item] for item in opening(types, one.order)}
    while (item := next_item(types, answers, one.order)) is not None:
        answers[item] = one.answers[item]
    return list(answers)


def _agree(
    types: Mapping[str, str],
    crowd: Sequence[_Person],
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
        alike.append(correlation(scores, full))
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
    """Give the chance that the full form's top set is this one when its ties are drawn by lot."""
    edge = sorted(sums, reverse=True)[len(chosen) - 1]
    above = {at for at, value in enumerate(sums) if value > edge}
    level = [at for at, value in enumerate(sums) if value == edge]
    ways = [above | set(some) for some in combinations(level, len(chosen) - len(above))]
    return (chosen in ways) / len(ways)
