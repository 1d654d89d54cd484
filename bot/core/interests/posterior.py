"""What some answers say of the full form: expectation, covariance, and who leads how probably.

The covariance depends on how many answers a type has and not on what they are, so it is worked out
once for each set of counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import erfc, exp, sqrt
from typing import Final

from bot.core.interests.norms import FULL, Matrix, Model, Row

NODES: Final = tuple(step / 2 for step in range(-8, 9))
WEIGHTS: Final = tuple(exp(-(z**2) / 2) / sum(exp(-(x**2) / 2) for x in NODES) for z in NODES)
LEAST: Final = 1e-9  # a deviation below this is none
FARTHEST: Final = 5.0  # deviations behind the leader from which a type cannot lead
MOST_SHARED: Final = 0.98
DIGITS: Final = 9  # beyond these two figures are equal


@dataclass(frozen=True)
class Posterior:
    """The expected means of the full form (1-5), how unsure each difference is, who leads."""

    means: Row
    differences: Matrix
    first_probability: Row

    def beats(self, one: int, other: int) -> float:
        """Return the probability that one type is above another in the full form."""
        apart = self.means[one] - self.means[other]
        return normal_share(apart / self.differences[one][other])


@dataclass(frozen=True)
class _Known:
    """What follows from the counts alone."""

    theta: Matrix
    differences: Matrix
    shared: Matrix


def posterior(model: Model, counts: Sequence[int], sums: Sequence[int]) -> Posterior:
    """Predict the full form's means from the answers' counts and sums by type."""
    known = _known(model, tuple(counts))
    size = range(len(counts))
    pulls = [(sums[i] - counts[i] * model.means[i]) / model.noise[i] for i in size]
    means = []
    for i in size:
        true = model.means[i] + sum(known.theta[i][j] * pulls[j] for j in size)
        asked = min(counts[i] / FULL, 1.0)
        seen = sums[i] / counts[i] if counts[i] else 0.0
        means.append(round(min(5.0, max(1.0, asked * seen + (1 - asked) * true)), DIGITS))
    return Posterior(tuple(means), known.differences, _first_probability(means, known))


def normal_share(value: float) -> float:
    """Return the share of the standard normal distribution below a value."""
    return erfc(-value / sqrt(2)) / 2


@lru_cache(maxsize=65536)
def _known(model: Model, counts: tuple[int, ...]) -> _Known:
    size = range(len(counts))
    precision = [list(row) for row in inverse(model.covariance)]
    for i in size:
        precision[i][i] += counts[i] / model.noise[i]
    theta = inverse(precision)
    rest = [1 - min(count / FULL, 1.0) for count in counts]
    full = [
        [
            rest[i] * rest[j] * theta[i][j] + (rest[i] * model.noise[i] / FULL if i == j else 0.0)
            for j in size
        ]
        for i in size
    ]
    apart = tuple(
        tuple(sqrt(max(full[i][i] + full[j][j] - 2 * full[i][j], LEAST**2)) for j in size)
        for i in size
    )
    return _Known(theta, apart, tuple(_shared(full, apart, i) for i in size))


def _shared(full: list[list[float]], apart: Matrix, at: int) -> Row:
    """Put the five differences from one type down to one common cause: a loading for each."""
    others = [j for j in range(len(full)) if j != at]
    correlation = {
        (j, k): (full[at][at] - full[at][j] - full[at][k] + full[j][k])
        / (apart[at][j] * apart[at][k])
        for j in others
        for k in others
    }
    loads = dict.fromkeys(others, 0.7)
    for _ in range(20):
        table = {
            j: sum(correlation[j, k] for k in others if k != j) + loads[j] ** 2 for j in others
        }
        whole = sqrt(max(sum(table.values()), LEAST))
        loads = {j: min(max(table[j] / whole, 0.0), MOST_SHARED) for j in others}
    return tuple(loads.get(j, 0.0) for j in range(len(full)))


def _first_probability(means: Sequence[float], known: _Known) -> Row:
    """Return each type's probability of being first, by one integral over the common cause."""
    size = range(len(means))
    top = max(size, key=lambda i: means[i])
    found = []
    for i in size:
        apart = known.differences[i]
        terms = [
            ((means[i] - means[j]) / apart[j], load, sqrt(1 - load**2))
            for j in size
            if j != i
            for load in (known.shared[i][j],)
            if (means[i] - means[j]) / apart[j] < FARTHEST
        ]
        if (means[i] - means[top]) / apart[top] < -FARTHEST and i != top:
            found.append(0.0)
            continue
        chance = 0.0
        for z, weight in zip(NODES, WEIGHTS, strict=True):
            product = weight
            for distance, load, own in terms:
                product *= normal_share((distance + load * z) / own)
            chance += product
        found.append(chance)
    whole = sum(found)
    return tuple(round(chance / whole, DIGITS) for chance in found)


def inverse(matrix: Sequence[Sequence[float]]) -> Matrix:
    """Invert a positive definite matrix (Gauss and Jordan, no pivot is needed)."""
    size = len(matrix)
    rows = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for i in range(size):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(size):
            if j != i:
                times = rows[j][i]
                rows[j] = [b - times * a for a, b in zip(rows[i], rows[j], strict=True)]
    return tuple(tuple(row[size:]) for row in rows)
