"""How good a list of items is: reliability, corrected item-total correlations, Holland's order.

A person with any answer missing (None) is left out of that scale as a whole: what is left is what
the packages compute, and nothing is made up. Fewer than three whole persons, or items without any
differences, have no figure: NaN.
"""

from collections.abc import Sequence
from itertools import permutations
from math import isnan, nan, sqrt
from statistics import variance
from typing import Final, NamedTuple

from bot.core.interests.correlation import pearson

Answers = Sequence[Sequence[float | None]]
Figures = Sequence[Sequence[float]]

FEWEST_PEOPLE: Final = 3  # persons, and items for one factor
ROUNDS: Final = 20000
STILL: Final = 1e-13  # change of a uniqueness at which the iteration ends
LEAST: Final = 1e-4  # of a uniqueness: an item without any noise is a Heywood case


class Rtor(NamedTuple):
    """The randomisation test of hypothesised order relations (Hubert and Arabie 1987)."""

    met: int
    of: int
    correspondence_index: float
    p: float


def whole(answers: Answers) -> list[list[float]]:
    """Keep the persons who answered everything."""
    return [
        [float(value) for value in row if value is not None]
        for row in answers
        if all(value is not None for value in row)
    ]


def alpha(answers: Answers) -> float:
    """Cronbach's alpha of the sum of the items."""
    rows = whole(answers)
    if len(rows) < FEWEST_PEOPLE or len(rows[0]) < 2:  # noqa: PLR2004 - one item has no alpha
        return nan
    size = len(rows[0])
    total = variance([sum(row) for row in rows])
    if total == 0:
        return nan
    parts: float = sum(variance(item) for item in zip(*rows, strict=True))
    return size / (size - 1) * (1 - parts / total)


def item_total(answers: Answers) -> list[float]:
    """Correlate each item with the sum of the others."""
    rows = whole(answers)
    if len(rows) < FEWEST_PEOPLE:
        return [nan] * (len(answers[0]) if answers else 0)
    return [
        pearson([row[at] for row in rows], [sum(row) - row[at] for row in rows])
        for at in range(len(rows[0]))
    ]


def omega(answers: Answers) -> float:
    """McDonald's omega of one factor: the common share of the sum of the items.

    The factor is of maximum likelihood, so it is the same for raw and for standardised items; the
    sum is of raw items, and its variance is what the factor and the uniquenesses make of it.
    """
    rows = whole(answers)
    if len(rows) < FEWEST_PEOPLE or len(rows[0]) < FEWEST_PEOPLE:
        return nan
    columns = [list(column) for column in zip(*rows, strict=True)]
    deviations = [sqrt(variance(column)) for column in columns]
    matrix = [[pearson(one, other) for other in columns] for one in columns]
    if any(isnan(value) for row in matrix for value in row):
        return nan
    loads, unique = one_factor(matrix)
    common = sum(load * own for load, own in zip(loads, deviations, strict=True)) ** 2
    return common / (common + sum(u * own**2 for u, own in zip(unique, deviations, strict=True)))


def one_factor(matrix: Figures) -> tuple[list[float], list[float]]:
    """Return loadings and uniquenesses of one factor: principal axes, weighted until they stand."""
    size = range(len(matrix))
    unique = [0.5 for _ in size]
    vector = [1.0 for _ in size]
    loads = vector
    for _ in range(ROUNDS):
        weight = [1 / sqrt(u) for u in unique]
        scaled = [[matrix[i][j] * weight[i] * weight[j] for j in size] for i in size]
        root, vector = _principal(scaled, vector)
        loads = [sqrt(max(root - 1, 0.0)) * vector[i] / weight[i] for i in size]
        before = unique
        unique = [max(matrix[i][i] - loads[i] ** 2, LEAST) for i in size]
        if max(abs(a - b) for a, b in zip(before, unique, strict=True)) < STILL:
            break
    turn = -1 if sum(loads) < 0 else 1
    return [turn * load for load in loads], unique


def _principal(matrix: Figures, start: Sequence[float]) -> tuple[float, list[float]]:
    """Return the largest root and its vector by multiplying."""
    vector, length = list(start), 0.0
    for _ in range(ROUNDS):
        product = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]
        length = sqrt(sum(value * value for value in product))
        after = [value / length for value in product]
        moved = max(abs(a - b) for a, b in zip(after, vector, strict=True))
        vector = after
        if moved < STILL:
            break
    return length, vector


def rtor(matrix: Figures) -> Rtor:
    """Test the circular order of six types: neighbours > alternates > opposites, 72 predictions.

    A tie is neither met nor broken. p: the share of the 720 orders that meet as many or more.
    """
    met, ties = _compare(matrix, (0, 1, 2, 3, 4, 5))
    orders = list(permutations(range(6)))
    as_good = sum(_compare(matrix, order)[0] >= met for order in orders)
    of = len(PREDICTIONS)
    return Rtor(met, of, (met - (of - met - ties)) / of, as_good / len(orders))


def _compare(matrix: Figures, order: Sequence[int]) -> tuple[int, int]:
    value = [matrix[order[i]][order[j]] for i, j in PAIRS]
    met = sum(value[high] > value[low] for high, low in PREDICTIONS)
    ties = sum(value[high] == value[low] for high, low in PREDICTIONS)
    return met, ties


PAIRS: Final = tuple((i, j) for i in range(6) for j in range(i + 1, 6))
DISTANCES: Final = tuple(min(j - i, 6 - j + i) for i, j in PAIRS)
PREDICTIONS: Final = tuple(
    (high, low)
    for high, near in enumerate(DISTANCES)
    for low, far in enumerate(DISTANCES)
    if near < far
)
