"""Why an occupation is shown: the liked activities that pull towards it."""

from collections.abc import Container, Mapping, Sequence
from statistics import fmean
from typing import Final

from bot.core.interests.norms import TYPES
from bot.core.interests.scoring import tie_break

LIKED_FROM: Final = 4  # the answer from 1 to 5 from which an activity is liked
MOST_REASONS: Final = 2


def reasons(
    figures: Sequence[float],
    types: Mapping[str, str],
    answers: Mapping[str, int],
    said: Container[str] = (),
) -> tuple[str, ...]:
    """Return a liked item of each of the occupation's two strongest types that have one.

    figures: how much the occupation asks of each type; only what is above their mean pulls towards
    it. said: items already named, taken again only where a type has no other.
    """
    mean = fmean(figures)
    pulling = {
        letter: figure for letter, figure in zip(TYPES, figures, strict=True) if figure > mean
    }
    named: list[str] = []
    for letter in sorted(pulling, key=lambda letter: -pulling[letter]):
        liked = [
            item
            for item, answer in answers.items()
            if answer >= LIKED_FROM and types[item] == letter
        ]
        if liked:
            # a new one first, then the most liked
            named.append(
                min(liked, key=lambda item: (item in said, -answers[item], tie_break([item])))
            )
    return tuple(named[:MOST_REASONS])
