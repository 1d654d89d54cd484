"""Made-up items and people, calibrated on published reliabilities, means and deviations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final, Literal

from bot.core.interests.norms import DEVIATIONS, FULL, MEANS
from bot.core.interests.profile import TYPES

Chance = Callable[[], float]

STEP: Final = 0.42  # from one answer to the next; gives the published scale deviations
APART: Final = 1.5  # answers are cut off at 1 and 5, so a type must lie farther out than its mean
LOAD: Final = 0.64  # alpha .84 for ten items and .73 for five: the middle of what is published
HARDNESS: Final = 0.3  # how much items of one type differ in how well they are liked
LOGISTIC: Final = 3.29  # the variance of logistic noise


@dataclass(frozen=True)
class ItemModel:
    """How items are made: each a type, ten of them the full form.

    kind: all equally telling (`load`), or a graded response with discriminations from .8 to 2.
    full: whether the full form is the first ten of a person's own order, which is what the person
    would be asked without any choosing, or one ten for everybody, of which some are never asked.
    """

    kind: Literal["ordered", "graded"] = "ordered"
    each: int = FULL
    full: Literal["own", "one"] = "own"
    load: float = LOAD


MIDDLING: Final = ItemModel()


@dataclass(frozen=True)
class Item:
    """How an item turns a true interest into an answer; noise of deviation one, or logistic."""

    id: str
    at: int
    load: float
    steps: tuple[float, ...]
    logistic: bool


@dataclass(frozen=True)
class Person:
    """What somebody would answer to every item, and the order of asking."""

    answers: dict[str, int]
    order: list[str]


def make_items(normal: Chance, uniform: Chance, kind: ItemModel) -> list[Item]:
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


def make_person(
    bank: Sequence[Item], triangle: Sequence[Sequence[float]], normal: Chance, uniform: Chance
) -> Person:
    """Draw the six true interests, an answer to every item, and an order of items."""
    chance = [normal() for _ in TYPES]
    true = [sum(a * b for a, b in zip(row, chance, strict=True)) for row in triangle]
    answers = {}
    for item in bank:
        noise = _logistic(uniform()) if item.logistic else normal()
        felt = item.load * true[item.at] + noise
        answers[item.id] = 1 + sum(felt > step for step in item.steps)
    place = {item.id: uniform() for item in bank}
    return Person(answers, sorted(place, key=place.__getitem__))


def _logistic(share: float) -> float:
    share = min(max(share, 1e-12), 1 - 1e-12)
    return log(share / (1 - share))
