"""Made-up items and people, calibrated on published reliabilities, means and deviations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final, Literal

from bot.core.interests.norms import DEVIATIONS, ITEMS_IN_FULL, MEANS, TYPES

Chance = Callable[[], float]

# from one answer to the next, in deviations of what is felt, for a scale whose answers deviate by 1;
# gives the published scale deviations
ANSWER_STEP: Final = 0.42
MEAN_STRETCH: Final = 1.5  # answers end at 1 and 5, so a type must lie farther out than its mean
LOADING: Final = 0.64  # alpha .84 for ten items and .73 for five: the middle of what is published
LIKING_DEVIATION: Final = 0.3  # in answers: how much items of one type differ in being liked
LOGISTIC_VARIANCE: Final = 3.29  # of logistic noise: pi squared by three
THRESHOLDS: Final = (-1.5, -0.5, 0.5, 1.5)  # between the five answers, in answer steps
LEAST_SHARE: Final = 1e-12  # logistic noise has no figure for a share of 0 or 1


@dataclass(frozen=True)
class ItemModel:
    """How items are made: each a type, ten of them the full form.

    kind: all equally telling (`load`), or a graded response with discriminations from .8 to 2.
    full: whether the full form is the first ten of a person's own order, which is what the person
    would be asked without any choosing, or one ten for everybody, of which some are never asked.
    """

    kind: Literal["ordered", "graded"] = "ordered"
    each: int = ITEMS_IN_FULL
    full: Literal["own", "one"] = "own"
    load: float = LOADING


ORDERED: Final = ItemModel()


@dataclass(frozen=True)
class SimulatedItem:
    """How an item turns a true interest into an answer.

    type_index: the place of its type in TYPES. thresholds: what is felt above so many of the four
    gives the answers 1 to 5. logistic: noise is logistic, or else normal of deviation 1.
    """

    id: str
    type_index: int
    load: float
    thresholds: tuple[float, ...]
    logistic: bool


@dataclass(frozen=True)
class SimulatedPerson:
    """What somebody would answer to every item, and the order of asking."""

    answers: dict[str, int]
    order: list[str]


def make_items(normal: Chance, uniform: Chance, kind: ItemModel) -> list[SimulatedItem]:
    """Return the items of a bank: `each` of every type, named "0.0", "0.1" and so on."""
    items = []
    for type_index, (mean, deviation) in enumerate(zip(MEANS, DEVIATIONS, strict=True)):
        for number in range(kind.each):
            liked = MEAN_STRETCH * (mean - 3 + LIKING_DEVIATION * normal())
            # load: of the true interest; noise: its deviation; felt: the deviation of both together
            if kind.kind == "ordered":
                load, noise, felt = kind.load, sqrt(1 - kind.load**2), 1.0
            else:
                load, noise = 0.8 + 1.2 * uniform(), 1.0
                felt = sqrt(load**2 + LOGISTIC_VARIANCE)
            # divided by the noise, so that every item's noise is as large
            step = felt * ANSWER_STEP / deviation / noise
            item = SimulatedItem(
                id=f"{type_index}.{number}",
                type_index=type_index,
                load=load / noise,
                thresholds=tuple(step * (place - liked) for place in THRESHOLDS),
                logistic=kind.kind == "graded",
            )
            items.append(item)
    return items


def make_person(
    bank: Sequence[SimulatedItem],
    triangle: Sequence[Sequence[float]],
    normal: Chance,
    uniform: Chance,
) -> SimulatedPerson:
    """Return a person with six true interests, an answer to every item, and an order of items.

    triangle: the Cholesky root of the correlations of the interests; times six independent figures
    it gives six that correlate so.
    """
    chance = [normal() for _ in TYPES]
    interests = [sum(a * b for a, b in zip(row, chance, strict=True)) for row in triangle]
    answers = {}
    for item in bank:
        noise = _logistic(uniform()) if item.logistic else normal()
        felt = item.load * interests[item.type_index] + noise
        answers[item.id] = 1 + sum(felt > threshold for threshold in item.thresholds)
    places = {item.id: uniform() for item in bank}
    return SimulatedPerson(answers, order=sorted(places, key=places.__getitem__))


def _logistic(share: float) -> float:
    """Return the logistic noise below which this share lies, 0 to 1."""
    share = min(max(share, LEAST_SHARE), 1 - LEAST_SHARE)
    return log(share / (1 - share))
