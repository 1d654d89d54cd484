"""What steps of a path come to: rounds compared, dates chosen."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core.dialogue.measured import RoundsComparison
from bot.core.dialogue.session import EarlierRound, Value
from bot.core.education.dates import DateList, dates_for
from bot.core.flows.date_steps import ShowDates
from bot.core.flows.round_steps import CompareRounds
from bot.core.flows.steps import Scale
from bot.core.library import Library
from bot.core.skills.levels import Level, level


def compare_rounds(
    library: Library,
    rounds: Sequence[EarlierRound],
    flow: str,
    step: CompareRounds,
    facts: Mapping[str, Value],
) -> RoundsComparison:
    """Return the level of each area now, and what has changed since the first round of a flow."""
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


def chosen_dates(
    library: Library, step: ShowDates, facts: Mapping[str, Value], today: date
) -> DateList:
    """Return the dates for whom is asking, of what the person has chosen."""
    tag, who = facts.get(step.fact), facts.get(library.roles.audience.fact)
    return dates_for(
        library.dates,
        today,
        who=who if isinstance(who, str) else None,
        tag=tag if isinstance(tag, str) and tag != step.all else None,
    )


def numbers_of(values: Mapping[str, Value]) -> dict[str, int]:
    """Return the answers that are numbers."""
    return {name: value for name, value in values.items() if isinstance(value, int)}
