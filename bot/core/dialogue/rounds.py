"""Earlier rounds of a flow: the profile that was found then, and what has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.dialogue.session import EarlierRound, Value
from bot.core.flows.steps import CompareRounds, Scale
from bot.core.interests.profile import Profile
from bot.core.interests.scoring import score
from bot.core.library import Library
from bot.core.skills.levels import Level, level

FEWEST_ANSWERS = 12  # answers below which a measure says nothing


@dataclass(frozen=True, slots=True)
class RoundsComparison:
    """Where a person stands area by area, and the day of the round it is compared with."""

    levels: tuple[Level, ...]
    before: date | None


def earlier_profile(
    library: Library, earlier: Sequence[EarlierRound], flow: str
) -> tuple[date, Profile] | None:
    """Return the day and the profile of the latest earlier round of a flow.

    None where there was none, or too little was answered for a profile.
    """
    rounds = [one for one in earlier if one.flow == flow]
    if not rounds:
        return None
    letters = library.interests.letters
    answers = {answer.step: answer.value for answer in rounds[-1].answers}
    likes = numbers_of({name: answers[name] for name in answers if name in letters})
    if len(likes) < FEWEST_ANSWERS:
        return None
    return rounds[-1].on, score(letters, likes)


def compare_rounds(
    library: Library,
    earlier: Sequence[EarlierRound],
    flow: str,
    step: CompareRounds,
    facts: Mapping[str, Value],
) -> RoundsComparison:
    """Return the level of each area now, and what has changed since the first round."""
    first = next((one for one in earlier if one.flow == flow), None)
    before: dict[str, int] | None = None
    if first is not None:
        before = numbers_of({answer.step: answer.value for answer in first.answers})
    now = numbers_of(facts)
    levels: list[Level] = []
    for area in step.areas:
        scale = library.steps[flow, area.asks[0]]
        assert isinstance(scale, Scale)  # the check sees to it, and to equally long scales
        levels.append(level(area.id, area.asks, len(scale.options), now, before))
    can_compare = any(area_level.change is not None for area_level in levels)
    day = first.on if first is not None and can_compare else None
    return RoundsComparison(tuple(levels), day)


def numbers_of(values: Mapping[str, Value]) -> dict[str, int]:
    """Return the answers that are numbers."""
    return {name: value for name, value in values.items() if isinstance(value, int)}
