"""A class that looks at its interests together: what may be told of it, with nobody to be seen."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.core.base.frozen import Frozen
from bot.core.interests.profile import TYPES

BEGUN: Final = "begun"  # what is noted when somebody joins; later the letters that lead
REPORT_STEP: Final = (
    5  # a report moves on by so many at once, so that two of them never show one person
)
FEWEST_SHOWN: Final = 5  # a smaller number is not told


class ClassReport(Frozen):
    """A class in figures: how many joined, how many of the finished ones are counted, who leads.

    leading: for each type in how many profiles it leads; None stands for fewer than FEWEST.
    """

    begun: int | None
    counted: int
    leading: dict[str, int | None]


def make_report(noted: Sequence[str]) -> ClassReport:
    """Report on what was noted of a class, in the order it was noted.

    Only whole steps of STEP finished profiles are counted, the first ones, and small numbers are
    hidden: neither one report nor the difference of two says anything of one person.
    """
    finished = [word for word in noted if word != BEGUN]
    counted = finished[: len(finished) // REPORT_STEP * REPORT_STEP]
    found = Counter(letter for word in counted for letter in word)
    return ClassReport(
        begun=_told(len(noted) - len(finished)),
        counted=len(counted),
        leading={letter: _told(found[letter]) for letter in TYPES},
    )


def _told(number: int) -> int | None:
    return number if number >= FEWEST_SHOWN else None
