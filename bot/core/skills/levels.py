"""Own statements answered in steps: where a person stands in an area, and what counts as a change."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Final, Literal

from bot.core.base.frozen import Frozen

STANDARD_ERRORS_THAT_COUNT: Final = (
    1.96  # standard errors: what chance alone goes beyond once in twenty times
)
# Youth Career Development Competency Scale, IJERPH 2021: 17 items, alpha .89 to .93, its middle
SCALE_ALPHA: Final = 0.91
SCALE_ITEMS: Final = 17
ANSWERED_AT_LEAST_ONE_OF: Final = (
    2  # one in so many statements answered is enough to speak of an area
)


class Level(Frozen):
    """Where a person stands in one area: the mean of the steps answered, the first being 1.

    now: None where too few are answered. change: beyond chance since the earlier round; None
    where the rounds cannot be compared.
    """

    area: str
    now: float | None
    change: Literal["more", "less", "same"] | None = None


def change_that_counts(count: int, steps: int) -> float:
    """Return what the sum of some answers must change by before it is more than chance.

    count: answers in the sum; steps: of each answer. It is the reliable change of Jacobson and
    Truax (1991): 1.96 standard errors of the difference of two rounds. There are no figures of our
    own statements yet. So their reliability is taken to be that of as many items of a published scale
    (Spearman-Brown), and their spread that of answers scattered evenly over the steps, which is
    wider than a group is likely to show: in doubt no change is said.
    """
    # the mean correlation of two items, which the scale's alpha comes of
    correlation = SCALE_ALPHA / (SCALE_ITEMS - (SCALE_ITEMS - 1) * SCALE_ALPHA)
    reliability = count * correlation / (1 + (count - 1) * correlation)
    answer_variance = (steps**2 - 1) / 12  # of the whole numbers from 1 to `steps`
    sum_deviation = sqrt(answer_variance * count * (1 + (count - 1) * correlation))
    # a sum is a whole number, which stands for all up to half above and below it
    return STANDARD_ERRORS_THAT_COUNT * sum_deviation * sqrt(2 * (1 - reliability)) + 0.5


def level(
    area: str,
    asks: Sequence[str],
    steps: int,
    now: Mapping[str, int],
    before: Mapping[str, int] | None,
) -> Level:
    """Return where a person stands in an area, and whether it has changed since an earlier round.

    asks: the area's statements; now, before: the step answered to each. The statements answered
    both times are compared, where they are at least half of all.
    """
    answers = [now[name] for name in asks if name in now]
    mean = sum(answers) / len(answers) if _enough(len(answers), asks) else None
    if before is None:
        return Level(area=area, now=mean)
    both = [name for name in asks if name in now and name in before]
    if not _enough(len(both), asks):
        return Level(area=area, now=mean)
    moved = sum(now[name] - before[name] for name in both)
    if abs(moved) <= change_that_counts(len(both), steps):
        return Level(area=area, now=mean, change="same")
    return Level(area=area, now=mean, change="more" if moved > 0 else "less")


def _enough(answered: int, asks: Sequence[str]) -> bool:
    return answered * ANSWERED_AT_LEAST_ONE_OF >= len(asks)
