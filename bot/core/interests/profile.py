"""What is said of a person's interests, and how sure it is."""

from typing import Final, Literal

from bot.core.base.frozen import Frozen

Certainty = Literal["clear", "likely", "open"]
Flag = Literal["flat", "uniform", "fast"]

# The probability that the leading type leads the full form too. In the simulation the first letter is
# right in .90 to .92 of profiles at or above CLEAR, .80 to .83 between the two and .45 below LIKELY
# (a tie of the full form drawn by lot; banks whose full form is the person's own first ten a type).
CLEAR_FROM: Final = 0.90
LIKELY_FROM: Final = 0.55


class Profile(Frozen):
    """The six interests as the full form would most probably show them.

    scores: 0-100 by type. spread: their standard deviation on the scale of answers, 1-5.
    leading: two or three types, the strongest first; the third only in a close race. flags: flat,
    all types are liked alike; uniform, nearly all answers are one; fast, given without reading.
    """

    scores: dict[str, float]
    spread: float
    leading: tuple[str, ...]
    certainty: Certainty
    flags: tuple[Flag, ...]

    def __hash__(self) -> int:
        """Return the same for equal profiles; a dict of scores has no hash of its own."""
        return hash((tuple(sorted(self.scores.items())), self.leading, self.flags))


def certainty(chance: float) -> Certainty:
    """Return the word for a probability that the first type is right: 0.7 is "likely"."""
    if chance >= CLEAR_FROM:
        return "clear"
    return "likely" if chance >= LIKELY_FROM else "open"
