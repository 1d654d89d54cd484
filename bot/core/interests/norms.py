"""The published figures of the six types, and the model of answers they make.

Means, deviations and correlations: RIASEC Markers answers published by openpsychometrics.org,
41,947 adults with a degree, cleaned; scale means from 1 to 5. They are another country's, so they
only steady a short test: after three answers a type they weigh about as much as two answers.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

TYPES: Final = "RIASEC"
ITEMS_IN_FULL: Final = 10  # items a type of the full form, 60 in all

# in the order of TYPES; the scale of an answer is 1 to 5
MEANS: Final = (2.104, 3.039, 2.984, 3.402, 2.536, 2.417)
DEVIATIONS: Final = (0.860, 1.010, 0.964, 0.851, 0.856, 0.964)
CORRELATIONS: Final = (
    (1.000, 0.332, 0.174, 0.037, 0.296, 0.457),
    (0.332, 1.000, 0.330, 0.126, 0.009, 0.053),
    (0.174, 0.330, 1.000, 0.281, 0.251, -0.068),
    (0.037, 0.126, 0.281, 1.000, 0.351, 0.111),
    (0.296, 0.009, 0.251, 0.351, 1.000, 0.447),
    (0.457, 0.053, -0.068, 0.111, 0.447, 1.000),
)
# O*NET Mini Interest Profiler (Rounds et al. 2016), five items a type: alpha .70 to .75, its middle
# lengthened to ten items by Spearman and Brown; the 60-item Short Form has .78 to .87.
INTEREST_ALPHA: Final = 0.84

Row = tuple[float, ...]
Matrix = tuple[Row, ...]


@dataclass(frozen=True)
class AnswerModel:
    """A normal prior over the six true means, in the order of TYPES and on the scale of answers.

    covariance: of the true means; noise: the variance of one answer around its true mean.
    """

    means: Row
    covariance: Matrix
    noise: Row


def model_of(means: Row, deviations: Row, correlations: Matrix, alpha: float) -> AnswerModel:
    """Return a model of observed figures: of a scale's variance only the share alpha is true."""
    covariance = []
    for i, row in enumerate(correlations):
        # errors do not correlate with anything, so they are in the diagonal only
        shares = [alpha if i == j else correlation for j, correlation in enumerate(row)]
        covariance.append(
            tuple(share * deviations[i] * deviations[j] for j, share in enumerate(shares))
        )
    return AnswerModel(
        means=means,
        covariance=tuple(covariance),
        # the error of the mean of FULL items, times FULL for one item
        noise=tuple(ITEMS_IN_FULL * (1 - alpha) * deviation**2 for deviation in deviations),
    )


def cholesky_root(matrix: Matrix) -> Matrix:
    """Return the lower triangle L with L Lᵀ = matrix (Cholesky)."""
    lower: list[list[float]] = []
    for i, row in enumerate(matrix):
        line: list[float] = []
        for j in range(i + 1):
            # `line` has j figures by now, and no more of the row above are needed
            above = line if i == j else lower[j]
            rest = row[j] - sum(a * b for a, b in zip(line, above, strict=False))
            line.append(sqrt(rest) if i == j else rest / above[j])
        lower.append(line)
    size = len(matrix)
    return tuple(tuple(line) + (0.0,) * (size - len(line)) for line in lower)


PUBLISHED: Final = model_of(MEANS, DEVIATIONS, CORRELATIONS, INTEREST_ALPHA)
