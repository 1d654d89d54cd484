"""What some answers say of the full form: expectation, covariance, and who leads how probably.

The covariance depends on how many answers each type has and not on what they are, so it is worked
out once for each set of counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import erfc, exp, sqrt
from typing import Final

from bot.core.interests.norms import ITEMS_IN_FULL, AnswerModel, Matrix, Row

# the integral over a standard normal cause as a sum: from 4 deviations below to 4 above, by halves
NODES: Final = tuple(step / 2 for step in range(-8, 9))
_DENSITIES = tuple(exp(-(z**2) / 2) for z in NODES)
WEIGHTS: Final = tuple(density / sum(_DENSITIES) for density in _DENSITIES)  # sum up to 1
SMALLEST_DIVISOR: Final = 1e-9  # for a deviation or a sum of correlations that is 0
FARTHEST_DEVIATION: Final = 5.0  # deviations behind the leader from which a type cannot lead
FIRST_LOADING: Final = 0.7  # where the search for the loadings starts
LOADING_ROUNDS: Final = 20  # after which the loadings have settled
LARGEST_LOADING: Final = 0.98  # with 1 nothing would be left of a difference's own
PROBABILITY_DECIMALS: Final = (
    9  # decimals of a mean and of a probability; beyond them two figures are equal
)


@dataclass(frozen=True)
class Posterior:
    """What answers say of the full form, by type in the order of TYPES.

    means: the expected mean answer of the full form's items, 1-5. differences: the standard
    deviation of the difference of two of these means. first_probability: of having the highest.
    """

    means: Row
    differences: Matrix
    first_probability: Row

    def beats(self, type_: int, rival: int) -> float:
        """Return the probability that a type is above a rival in the full form."""
        distance = self.means[type_] - self.means[rival]
        return normal_share(distance / self.differences[type_][rival])


@dataclass(frozen=True)
class _Uncertainty:
    """What follows from how many answers each type has.

    theta: covariance of the true means. differences: as in Posterior. loadings: row i has what
    the differences between type i and each other one have in common, from 0 to LARGEST_LOADING.
    """

    theta: Matrix
    differences: Matrix
    loadings: Matrix


def posterior(model: AnswerModel, counts: Sequence[int], sums: Sequence[int]) -> Posterior:
    """Return what the full form would most probably show, from the answers' counts and sums by type."""
    uncertainty = _uncertainty(model, tuple(counts))
    types = range(len(counts))
    # how far the answers pull each true mean away from the published one, by the noise of an answer
    pulls = [(sums[i] - counts[i] * model.means[i]) / model.noise[i] for i in types]
    means = []
    for i in types:
        true_mean = model.means[i] + sum(uncertainty.theta[i][j] * pulls[j] for j in types)
        # the part of the full form that is answered is known, the rest is the true mean's
        asked = min(counts[i] / ITEMS_IN_FULL, 1.0)
        seen = sums[i] / counts[i] if counts[i] else 0.0
        mean = asked * seen + (1 - asked) * true_mean
        means.append(round(min(5.0, max(1.0, mean)), PROBABILITY_DECIMALS))
    return Posterior(
        means=tuple(means),
        differences=uncertainty.differences,
        first_probability=_first_probability(means, uncertainty),
    )


def normal_share(value: float) -> float:
    """Return the share of the standard normal distribution below a value: 0.5 for 0."""
    return erfc(-value / sqrt(2)) / 2


@lru_cache(maxsize=65536)  # an entry takes 4.4 kB; a person adds one at most with each answer
def _uncertainty(model: AnswerModel, counts: tuple[int, ...]) -> _Uncertainty:
    precision = [list(row) for row in inverse(model.covariance)]
    for i, count in enumerate(counts):
        precision[i][i] += count / model.noise[i]
    theta = inverse(precision)
    covariance = _covariance_of_means(model, counts, theta)
    differences = tuple(
        _deviations_of_differences(covariance, type_) for type_ in range(len(counts))
    )
    loadings = tuple(_loadings(covariance, differences, type_) for type_ in range(len(counts)))
    return _Uncertainty(theta, differences, loadings)


def _covariance_of_means(model: AnswerModel, counts: Sequence[int], theta: Matrix) -> Matrix:
    """Return the covariance of the full form's means: only what is not asked yet is unsure."""
    unasked = [1 - min(count / ITEMS_IN_FULL, 1.0) for count in counts]
    rows = []
    for i, row in enumerate(theta):
        covariances = [unasked[i] * unasked[j] * true for j, true in enumerate(row)]
        covariances[i] += unasked[i] * model.noise[i] / ITEMS_IN_FULL
        rows.append(tuple(covariances))
    return tuple(rows)


def _deviations_of_differences(covariance: Matrix, type_: int) -> Row:
    """Return the standard deviations of the differences between one type's mean and each mean."""
    own = covariance[type_][type_]
    variances = [
        own + covariance[other][other] - 2 * shared
        for other, shared in enumerate(covariance[type_])
    ]
    return tuple(sqrt(max(variance, SMALLEST_DIVISOR**2)) for variance in variances)


def _loadings(covariance: Matrix, differences: Matrix, type_: int) -> Row:
    """Put the five differences from one type down to one common cause: a loading for each.

    They correlate, since that type's mean is in all of them. It is a factor analysis by centroids:
    each loading is its row's sum of correlations by the root of the whole sum, again and again,
    with the square of the last loading on the diagonal. The type itself has 0.
    """
    others = [j for j in range(len(covariance)) if j != type_]
    correlation = {
        (j, k): _difference_covariance(covariance, type_, j, k)
        / (differences[type_][j] * differences[type_][k])
        for j in others
        for k in others
    }
    loadings = dict.fromkeys(others, FIRST_LOADING)
    for _ in range(LOADING_ROUNDS):
        row_sums = {}
        for j in others:
            with_others = sum(correlation[j, k] for k in others if k != j)
            row_sums[j] = with_others + loadings[j] ** 2
        root = sqrt(max(sum(row_sums.values()), SMALLEST_DIVISOR))
        loadings = {j: min(max(row_sums[j] / root, 0.0), LARGEST_LOADING) for j in others}
    return tuple(loadings.get(j, 0.0) for j in range(len(covariance)))


def _difference_covariance(covariance: Matrix, type_: int, j: int, k: int) -> float:
    """Return the covariance of two differences, of one type from j and of the same from k."""
    own = covariance[type_]
    return own[type_] - own[j] - own[k] + covariance[j][k]


def _first_probability(means: Sequence[float], uncertainty: _Uncertainty) -> Row:
    """Return each type's probability of being first; together they are 1."""
    types = range(len(means))
    leader = max(types, key=lambda i: means[i])
    chances = []
    for i in types:
        behind = (means[leader] - means[i]) / uncertainty.differences[i][leader]
        hopeless = i != leader and behind > FARTHEST_DEVIATION
        chances.append(0.0 if hopeless else _chance_of_first(means, uncertainty, i))
    total = sum(chances)
    return tuple(round(chance / total, PROBABILITY_DECIMALS) for chance in chances)


def _chance_of_first(means: Sequence[float], uncertainty: _Uncertainty, type_: int) -> float:
    """Return the chance that one type is above all others: an integral over the common cause.

    Given the common cause the differences do not depend on each other, so their chances multiply.
    """
    rivals = []
    for other, deviation in enumerate(uncertainty.differences[type_]):
        distance = (means[type_] - means[other]) / deviation
        # who is far behind is beaten in any case
        if other != type_ and distance < FARTHEST_DEVIATION:
            loading = uncertainty.loadings[type_][other]
            rivals.append((distance, loading, sqrt(1 - loading**2)))
    chance = 0.0
    for z, weight in zip(NODES, WEIGHTS, strict=True):
        product = weight
        for distance, loading, own in rivals:
            product *= normal_share((distance + loading * z) / own)
        chance += product
    return chance


def inverse(matrix: Sequence[Sequence[float]]) -> Matrix:
    """Return the inverse of a positive definite matrix (Gauss and Jordan, no pivot is needed)."""
    size = len(matrix)
    # the matrix with the unit matrix to its right: what makes the left one a unit matrix makes the
    # right one the inverse
    rows = []
    for i, row in enumerate(matrix):
        unit = [float(i == j) for j in range(size)]
        rows.append([*row, *unit])
    for i in range(size):
        pivot = rows[i][i]
        rows[i] = [value / pivot for value in rows[i]]
        for j in range(size):
            if j != i:
                times = rows[j][i]
                rows[j] = [b - times * a for a, b in zip(rows[i], rows[j], strict=True)]
    return tuple(tuple(row[size:]) for row in rows)
