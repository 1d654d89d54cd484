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
from bot.core.interests.published import CORRELATIONS, FULL, MEANS, root
from bot.core.interests.scoring import score

Chance = Callable[[], float]
Kind = Literal["ordered", "graded"]

STEP: Final = 0.84  # from one answer to the next, where an item's answers have deviation 1
LOAD: Final = 0.63  # gives the published reliabilities, alpha .82 to .86 for ten items
HARDNESS: Final = 0.3  # how much items of one type differ in how well they are liked
WORDS: Final[tuple[Certainty, ...]] = ("clear", "likely", "open")


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
    """A form against the sum score of the full form; a tie of the full form counts by its share.

    profile_r is a median. shares and right: how often each word of certainty is said, and how
    often the first letter is right then. flat: the share told to be flat.
    """

    first: float
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
    sums: list[int]


def simulate(
    people: int, normal: Chance, uniform: Chance, kind: Kind = "ordered", each: int = FULL
) -> Outcome:
    """Let people answer a bank of `each` items a type, of which the first ten are the full form."""
    bank = _bank(normal, uniform, kind, each)
    types = {item.id: TYPES[item.at] for item in bank}
    triangle = root(CORRELATIONS)
    crowd = [_person(bank, triangle, normal, uniform) for _ in range(people)]
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
    return Outcome(_agree(types, crowd, chosen), _agree(types, crowd, fixed), *reliable)


def _alpha(crowd: Sequence[_Person], items: Sequence[str]) -> float:
    return alpha([[one.answers[item] for item in items] for one in crowd])


def _bank(normal: Chance, uniform: Chance, kind: Kind, each: int) -> list[Item]:
    """Make items: all equally telling, or a graded response with discriminations from .8 to 2."""
    found = []
    for at, mean in enumerate(MEANS):
        for number in range(each):
            liked = (mean - 3) + HARDNESS * normal()
            load, scale = LOAD, sqrt(1 - LOAD**2)
            if kind == "graded":
                load, scale = 0.8 + 1.2 * uniform(), 1.0
            size = 1.0 if kind == "ordered" else sqrt(load**2 + 3.29)  # the logistic's variance
            steps = tuple(size * STEP * (place - liked) for place in (-1.5, -0.5, 0.5, 1.5))
            item = Item(f"{at}.{number}", at, load / scale, tuple(s / scale for s in steps), kind == "graded")
            found.append(item)
    return found


def _person(
    bank: Sequence[Item], triangle: Sequence[Sequence[float]], normal: Chance, uniform: Chance
) -> _Person:
    chance = [normal() for _ in TYPES]
    true = [sum(a * b for a, b in zip(row, chance, strict=True)) for row in triangle]
    answers, sums, seen = {}, [0] * len(TYPES), [0] * len(TYPES)
    for item in bank:
        noise = _logistic(uniform()) if item.logistic else normal()
        felt = item.load * true[item.at] + noise
        answers[item.id] = value = 1 + sum(felt > step for step in item.steps)
        if seen[item.at] < FULL:
            sums[item.at] += value
            seen[item.at] += 1
    place = {item.id: uniform() for item in bank}
    return _Person(answers, sorted(place, key=place.__getitem__), sums)


def _logistic(share: float) -> float:
    share = min(max(share, 1e-12), 1 - 1e-12)
    return log(share / (1 - share))


def _choose(types: Mapping[str, str], one: _Person) -> list[str]:
    answers = {item: one.answers[item] for item in opening(types, one.order)}
    while (item := next_item(types, answers, one.order)) is not None:
        answers[item] = one.answers[item]
    return list(answers)


def _agree(
    types: Mapping[str, str], crowd: Sequence[_Person], forms: Sequence[Sequence[str]]
) -> Agreement:
    firsts, pairs, alike, profiles, held = [], [], [], [], []
    for one, items in zip(crowd, forms, strict=True):
        profile = score(types, {item: one.answers[item] for item in items})
        scores = [profile.scores[letter] for letter in TYPES]
        order = sorted(range(len(TYPES)), key=lambda at: -scores[at])
        firsts.append(_share(one.sums, {order[0]}))
        pairs.append(_share(one.sums, set(order[:2])))
        alike.append(correlation(scores, one.sums))
        profiles.append(profile)
        best = max(one.sums)
        held.append(any(one.sums[TYPES.index(t)] == best for t in profile.leading))
    said = {word: _where(profiles, firsts, word) for word in WORDS}
    return Agreement(
        first=fmean(firsts),
        top2=fmean(pairs),
        profile_r=median(alike),
        mean_items=fmean(len(items) for items in forms),
        longest=max(len(items) for items in forms),
        shares={word: len(found) / len(crowd) for word, found in said.items()},
        right={word: fmean(found) if found else 0.0 for word, found in said.items()},
        leading=fmean(held),
        flat=fmean("flat" in profile.flags for profile in profiles),
    )


def _where(
    profiles: Sequence[Profile], firsts: Sequence[float], word: Certainty
) -> list[float]:
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
