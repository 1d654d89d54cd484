"""What is said of a person's interests, and how sure it is."""

from typing import Final, Literal

from bot.core.data import Data
from bot.core.interests.published import TYPES as _TYPES

TYPES: Final = _TYPES
Certainty = Literal["clear", "likely", "open"]
Flag = Literal["flat", "uniform", "fast"]

# The probability that the leading type leads the full form too. Over all people at or above CLEAR the
# simulation finds it right more than nine times of ten, between the two about three times of four.
CLEAR: Final = 0.90
LIKELY: Final = 0.55


class Profile(Data):
    """The six interests as the full form would most probably show them.

    scores: 0-100 by type. spread: their standard deviation on the scale of answers, 1-5.
    leading: two or three types, the strongest first; the third only in a close race.
    """

    scores: dict[str, float]
    spread: float
    leading: tuple[str, ...]
    certainty: Certainty
    flags: tuple[Flag, ...]


def certainty(chance: float) -> Certainty:
    """Put the probability that the first type is right into a word."""
    if chance >= CLEAR:
        return "clear"
    return "likely" if chance >= LIKELY else "open"
