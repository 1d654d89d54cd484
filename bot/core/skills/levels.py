"""Own statements answered in steps: where a person stands in an area, and what counts as a change."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Final, Literal

from bot.core.base.frozen import Frozen

SURE: Final = 1.96  # standard errors: one in twenty by chance
# Youth Career Development Competency Scale, IJERPH 2021: 17 items, alpha .89 to .93, its middle
ALPHA, ITEMS = 0.91, 17
HALF: Final = 2  # one of so many statements answered is enough to speak of an area


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

    count: answers in the sum; steps: of each answer. The reliable change of Jacobson and Truax
    (1991): 1.96 standard errors of the difference of two rounds. There are no figures of these
    statements yet. So their reliability is taken to be that of as many items of a published scale
    (Spearman-Brown), and their spread that of answers scattered evenly over the steps, which is
    wider than a group is likely to show: in doubt no change is said.
    """
    shared = ALPHA / (ITEMS - (ITEMS - 1) * ALPHA)
    reliability = count * shared / (1 + (count - 1) * shared)
    spread = sqrt((steps**2 - 1) / 12 * count * (1 + (count - 1) * shared))
    return SURE * spread * sqrt(2 * (1 - reliability)) + 0.5  # a whole number reaches half below it


def level(
    area: str,
    asks: Sequence[str],
    steps: int,
    now: Mapping[str, int],
    before: Mapping[str, int] | None,
) -> Level:
    """Tell where a person stands in an area, and whether it has changed since an earlier round.

    asks: its statements; now, before: the steps answered. Compared are the statements answered
    both times, where they are at least half of them.
    """
    given = [now[name] for name in asks if name in now]
    here = sum(given) / len(given) if len(given) * HALF >= len(asks) else None
    both = [name for name in asks if name in now and name in (before or {})]
    if before is None or len(both) * HALF < len(asks):
        return Level(area=area, now=here)
    moved = sum(now[name] - before[name] for name in both)
    if abs(moved) <= change_that_counts(len(both), steps):
        return Level(area=area, now=here, change="same")
    return Level(area=area, now=here, change="more" if moved > 0 else "less")
