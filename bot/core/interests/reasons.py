"""Why an occupation is shown: the liked activities that pull towards it."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

from bot.core.interests.profile import TYPES
from bot.core.interests.scoring import mark

LIKED: Final = 4
MOST: Final = 3


def reasons(
    figures: Sequence[float], types: Mapping[str, str], answers: Mapping[str, int]
) -> tuple[str, ...]:
    """Name up to three liked items, those of the occupation's strongest types first.

    Only a type above the occupation's own average pulls towards it.
    """
    strength = dict(zip(TYPES, figures, strict=True))
    usual = fmean(figures)
    liked = [
        item for item, value in answers.items() if value >= LIKED and strength[types[item]] > usual
    ]
    liked.sort(key=lambda item: (-strength[types[item]], -answers[item], mark([item])))
    return tuple(liked[:MOST])
