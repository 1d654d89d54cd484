"""A class that looks at its interests together: what may be told of it, with nobody to be seen."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.core.base.frozen import Frozen
from bot.core.interests.norms import TYPES

BEGUN: Final = "begun"  # what is noted when somebody joins; later their leading letters: "SA"
# finished profiles by which a report moves on at once, so that two reports never show one person
REPORT_STEP: Final = 5
FEWEST_SHOWN: Final = 5  # people; a smaller number is hidden


class ClassReport(Frozen):
    """A class in figures: how many joined, how many of the finished ones are counted, who leads.

    leading: for each type in how many profiles it leads; None: fewer than FEWEST_SHOWN.
    """

    begun: int | None
    counted: int
    leading: dict[str, int | None]


def make_report(noted: Sequence[str]) -> ClassReport:
    """Return the report on what was noted of a class, in the order it was noted.

    Only whole steps of REPORT_STEP finished profiles are counted, the first ones, and small
    numbers are hidden: neither one report nor the difference of two says anything of one person.
    """
    finished = [word for word in noted if word != BEGUN]
    whole_steps = len(finished) // REPORT_STEP
    counted = finished[: whole_steps * REPORT_STEP]
    leading = Counter(letter for letters in counted for letter in letters)
    return ClassReport(
        begun=_unless_small(len(noted) - len(finished)),
        counted=len(counted),
        leading={letter: _unless_small(leading[letter]) for letter in TYPES},
    )


def _unless_small(number: int) -> int | None:
    return number if number >= FEWEST_SHOWN else None
