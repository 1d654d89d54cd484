"""Pearson's correlation of two rows of figures: a person beside an occupation, an item beside others."""

from collections.abc import Sequence
from math import nan, sqrt
from statistics import fmean
from typing import Final

SMALLEST_SIZE: Final = 1e-9  # of both rows' differences multiplied; below it one of them is flat


def pearson(left: Sequence[float], right: Sequence[float], *, if_flat: float = nan) -> float:
    """Return the correlation of two rows of the same length, from -1 to 1.

    if_flat: what is returned where all figures of a row are equal, which leaves it undefined.
    """
    left_mean, right_mean = fmean(left), fmean(right)
    left_differences = [value - left_mean for value in left]
    right_differences = [value - right_mean for value in right]
    left_squares = sum(a * a for a in left_differences)
    right_squares = sum(b * b for b in right_differences)
    size = sqrt(left_squares * right_squares)
    if size < SMALLEST_SIZE:
        return if_flat
    pairs = zip(left_differences, right_differences, strict=True)
    return sum(a * b for a, b in pairs) / size
