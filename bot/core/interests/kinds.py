"""What activities and occupations have in common: kinds of work, and how they are liked."""

from collections.abc import Callable, Mapping
from typing import Final

Kinds = frozenset[str]
Liking = Callable[[Kinds], float]

# What an answer from 1 to 5 says of the kinds of work of its item. "Ne visai" is nearly a no: what
# somebody would not do tells more of an occupation that consists of it than a mild yes.
WORTH: Final = {1: -1.0, 2: -0.75, 3: 0.0, 4: 0.5, 5: 1.0}
NEUTRAL_ANSWERS: Final = 1  # added to those given, so that one answer alone does not settle a kind


def liking_of(item_kinds: Mapping[str, Kinds], answers: Mapping[str, int]) -> Liking:
    """Return a function that tells how some kinds of work are liked, from -1 to 1.

    answers: 1 to 5 by item. 0 where no item that was answered has one of the kinds.
    """
    known: dict[Kinds, float] = {}

    def liking(kinds: Kinds) -> float:
        if kinds not in known:
            worths = [WORTH[answer] for item, answer in answers.items() if kinds & item_kinds[item]]
            known[kinds] = sum(worths) / (len(worths) + NEUTRAL_ANSWERS)
        return known[kinds]

    return liking


def unknown_liking(_kinds: Kinds) -> float:
    """Return 0: nothing was answered."""
    return 0.0
