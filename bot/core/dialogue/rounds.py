"""Where a person stands by own statements, area by area, now and in the first round of a flow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.dialogue.session import EarlierRound, Value
from bot.core.flows.steps import CompareRounds, Scale
from bot.core.library import Library
from bot.core.skills.levels import Level, level


@dataclass(frozen=True, slots=True)
class RoundsComparison:
    """Where a person stands area by area, and the day of the round it is compared with."""

    levels: tuple[Level, ...]
    before: date | None


def compare_rounds(
    library: Library,
    flow: str,
    step: CompareRounds,
    facts: Mapping[str, Value],
    rounds: Sequence[EarlierRound],
) -> RoundsComparison:
    """Return the level of each area now, and what has changed since the first round."""
    first = next((earlier for earlier in rounds if earlier.flow == flow), None)
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
