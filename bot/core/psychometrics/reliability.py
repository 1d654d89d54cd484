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

AnswerRows = Sequence[Sequence[float | None]]
Figures = Sequence[Sequence[float]]

FEWEST_PEOPLE: Final = 3  # who answered everything
FEWEST_ITEMS: Final = 2  # for a sum to have a reliability
FEWEST_FACTOR_ITEMS: Final = 3  # with two, one factor has endlessly many solutions
MOST_ROUNDS: Final = 20000  # of an iteration that does not settle
CONVERGED_BELOW: Final = 1e-13  # change of a figure at which an iteration ends
LEAST_UNIQUENESS: Final = 1e-4  # an item without any noise (a Heywood case) is held here


class Rtor(NamedTuple):
    """The randomisation test of hypothesised order relations (Hubert and Arabie 1987).

    met: predictions that hold, of how many. correspondence_index: those met less those broken, as
    a share of all, from -1 to 1. p: the chance that labels put on at random do as well.
    """

    met: int
    of: int
    correspondence_index: float
    p: float


def complete_rows(answers: AnswerRows) -> list[list[float]]:
    """Return the rows of the persons who answered everything."""
    complete = []
    for row in answers:
        values = [float(value) for value in row if value is not None]
        if len(values) == len(row):
            complete.append(values)
    return complete


def alpha(answers: AnswerRows) -> float:
    """Return Cronbach's alpha of the sum of the items."""
    rows = complete_rows(answers)
    if len(rows) < FEWEST_PEOPLE or len(rows[0]) < FEWEST_ITEMS:
        return nan
    items = len(rows[0])
    of_sums = variance([sum(row) for row in rows])
    if of_sums == 0:
        return nan
    of_items: float = sum(variance(column) for column in zip(*rows, strict=True))
    return items / (items - 1) * (1 - of_items / of_sums)


def item_total(answers: AnswerRows) -> list[float]:
    """Return the correlation of each item with the sum of the others."""
    rows = complete_rows(answers)
    if len(rows) < FEWEST_PEOPLE:
        return [nan] * (len(answers[0]) if answers else 0)
    correlations = []
    for column in zip(*rows, strict=True):
        others = [sum(row) - value for row, value in zip(rows, column, strict=True)]
        correlations.append(pearson(column, others))
    return correlations


def omega(answers: AnswerRows) -> float:
    """Return McDonald's omega of one factor: the common share of the sum of the items.

    The factor is of maximum likelihood, so it is the same for raw and for standardised items; the
    sum is of raw items, and its variance is what the factor and the uniquenesses make of it.
    """
    rows = complete_rows(answers)
    if len(rows) < FEWEST_PEOPLE or len(rows[0]) < FEWEST_FACTOR_ITEMS:
        return nan
    columns = list(zip(*rows, strict=True))
    matrix = [[pearson(left, right) for right in columns] for left in columns]
    if any(isnan(value) for row in matrix for value in row):
        return nan
    loadings, uniquenesses = one_factor(matrix)
    # both are of standardised items: an item's own deviation brings them back to raw answers
    deviations = [sqrt(variance(column)) for column in columns]
    of_factor = zip(loadings, deviations, strict=True)
    common = sum(loading * deviation for loading, deviation in of_factor) ** 2
    of_noise = zip(uniquenesses, deviations, strict=True)
    noise = sum(uniqueness * deviation**2 for uniqueness, deviation in of_noise)
    return common / (common + noise)


def one_factor(matrix: Figures) -> tuple[list[float], list[float]]:
    """Return loadings and uniquenesses of one factor of a correlation matrix, by maximum likelihood.

    Principal axes weighted by the uniquenesses, again and again until these stand still. The sign
    of a factor is open; the loadings' sum is made positive.
    """
    items = range(len(matrix))
    uniquenesses = [0.5 for _ in items]
    vector = [1.0 for _ in items]
    loadings = vector
    for _ in range(MOST_ROUNDS):
        weights = [1 / sqrt(uniqueness) for uniqueness in uniquenesses]
        weighted = [[matrix[i][j] * weights[i] * weights[j] for j in items] for i in items]
        eigenvalue, vector = _principal(weighted, vector)
        # of a weighted item's variance 1 is noise; what is above it is the factor's
        length = sqrt(max(eigenvalue - 1, 0.0))
        loadings = [length * vector[i] / weights[i] for i in items]
        before = uniquenesses
        uniquenesses = [max(matrix[i][i] - loadings[i] ** 2, LEAST_UNIQUENESS) for i in items]
        if _largest_change(before, uniquenesses) < CONVERGED_BELOW:
            break
    sign = -1 if sum(loadings) < 0 else 1
    return [sign * loading for loading in loadings], uniquenesses


def _principal(matrix: Figures, start: Sequence[float]) -> tuple[float, list[float]]:
    """Return the largest eigenvalue and its vector of length 1, by multiplying again and again."""
    vector, length = list(start), 0.0
    for _ in range(MOST_ROUNDS):
        # the matrix times the vector turns it towards the eigenvector and stretches it by the value
        product = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]
        length = sqrt(sum(value * value for value in product))
        before = vector
        vector = [value / length for value in product]
        if _largest_change(before, vector) < CONVERGED_BELOW:
            break
    return length, vector


def _largest_change(before: Sequence[float], after: Sequence[float]) -> float:
    return max(abs(a - b) for a, b in zip(before, after, strict=True))


def rtor(matrix: Figures) -> Rtor:
    """Return how well a matrix of six types' correlations keeps Holland's circular order.

    Neighbours on the hexagon are to correlate higher than alternates, and these
    higher than opposites: 72 predictions. A tie is neither met nor broken. p of the result is the
    share of the 720 orders of the types that meet as many or more.
    """
    met, ties = _met_and_ties(matrix, (0, 1, 2, 3, 4, 5))
    orders = list(permutations(range(6)))
    as_good = sum(_met_and_ties(matrix, order)[0] >= met for order in orders)
    predictions = len(PREDICTIONS)
    broken = predictions - met - ties
    return Rtor(met, predictions, (met - broken) / predictions, as_good / len(orders))


def _met_and_ties(matrix: Figures, order: Sequence[int]) -> tuple[int, int]:
    """Return how many predictions hold, and how many are ties, with the types in this order."""
    correlations = [matrix[order[i]][order[j]] for i, j in PAIRS]
    met = sum(correlations[high] > correlations[low] for high, low in PREDICTIONS)
    ties = sum(correlations[high] == correlations[low] for high, low in PREDICTIONS)
    return met, ties


# the 15 pairs of corners of the hexagon, and how far apart they are on it: 1, 2 or 3 (opposite)
PAIRS: Final = tuple((i, j) for i in range(6) for j in range(i + 1, 6))
DISTANCES: Final = tuple(min(j - i, 6 - j + i) for i, j in PAIRS)
# places in PAIRS: the first pair, being nearer, is to correlate higher than the second
PREDICTIONS: Final = tuple(
    (high, low)
    for high, near in enumerate(DISTANCES)
    for low, far in enumerate(DISTANCES)
    if near < far
)
