"""Why an occupation is shown: the liked activities that pull towards it."""

from collections.abc import Container, Mapping, Sequence
from statistics import fmean
from typing import Final

from bot.core.interests.profile import TYPES
from bot.core.interests.scoring import tie_break

LIKED: Final = 4
MOST_REASONS: Final = 2


def reasons(
    figures: Sequence[float],
    types: Mapping[str, str],
    answers: Mapping[str, int],
    said: Container[str] = (),
) -> tuple[str, ...]:
    """Name a liked item of each of the occupation's two strongest types that have one.

    Only a type above the occupation's own average pulls towards it. said: items already named,
    taken again only where a type has no other.
    """
    usual = fmean(figures)
    strength = {letter: at for letter, at in zip(TYPES, figures, strict=True) if at > usual}
    found: list[str] = []
    for letter in sorted(strength, key=lambda one: -strength[one]):
        liked = [
            item for item, value in answers.items() if value >= LIKED and types[item] == letter
        ]
        if liked:
            found.append(
                min(liked, key=lambda item: (item in said, -answers[item], tie_break([item])))
            )
    return tuple(found[:MOST_REASONS])
