"""Where a person stands by own statements, area by area, in words; what changed, if it counts."""

from math import floor

from bot.core.dialogue.events import RoundsCompared
from bot.core.flows.round_steps import CompareRounds
from bot.core.flows.steps import Scale
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Message


def say_levels(localizer: Localizer, event: RoundsCompared) -> Message:
    """Return each area by the nearest step of its scale, never in points."""
    step = localizer.library.steps[event.flow, event.step]
    assert isinstance(step, CompareRounds)
    date = show_date(event.before, localizer.catalogue.language) if event.before else ""
    items: list[str] = []
    for area, level in zip(step.areas, event.levels, strict=True):
        scale = localizer.library.question(event.flow, area.asks[0])
        assert isinstance(scale, Scale)
        now = localizer.phrase("level_none")
        if level.now is not None:
            # a mean of answers, of which 1 is the first option; from a half on, the higher one
            nearest = scale.options[floor(level.now + 0.5) - 1]
            now = localizer.phrase("level_mostly", step=localizer.say(nearest.label))
        line = localizer.phrase("level_area", area=localizer.say(area.name), level=now)
        change = localizer.phrase(f"level_{level.change}", date=date) if level.change else ""
        items.append(f"{line} {change}".strip())
    return Message(
        kind="say",
        text=localizer.phrase("levels"),
        items=tuple(items),
        hint=localizer.phrase("levels_changed" if event.before else "levels_first"),
        flow=event.flow,
        step=event.step,
    )
