"""What steps that measure have found, as the path holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.interests.profile import Profile
from bot.core.skills.levels import Level


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """What a measure found.

    likes: the answer to each item, 1-5. before: the profile of an earlier round, and its day.
    """

    profile: Profile
    likes: Mapping[str, int]
    before: tuple[date, Profile] | None


@dataclass(frozen=True, slots=True)
class RoundsComparison:
    """Where a person stands area by area, and the day of the round it is compared with."""

    levels: tuple[Level, ...]
    before: date | None
