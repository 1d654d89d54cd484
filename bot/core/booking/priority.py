"""Who is offered a freed time before others, and by which public reason; nobody is turned away for having none."""

from collections.abc import Mapping

from bot.core.base.frozen import Frozen
from bot.core.booking.meeting_rules import MeetingRules
from bot.core.booking.need import MeetingNeed, Priority
from bot.core.booking.waitlist import group_of
from bot.core.flows.conditions import KnownValue, holds


class GivenPriority(Frozen):
    """A place in the order. group: 0 is first. reasons: those that lead to this group; their words stand in the content."""

    group: int
    reasons: tuple[Priority, ...]


def priorities_of(facts: Mapping[str, KnownValue], rules: MeetingRules) -> tuple[Priority, ...]:
    """Return the reasons that follow from answers; what is not known gives none, and takes none away."""
    return tuple(
        name
        for name, rule in rules.priorities.items()
        if rule.when is not None and holds(rule.when, facts)
    )


def priority_group(need: MeetingNeed, rules: MeetingRules) -> GivenPriority:
    """Return the best group that the reasons of a need lead to; without any, that of everybody."""
    groups = {name: rule.group for name, rule in rules.priorities.items()}
    group = group_of(need.priority, groups)
    names = need.priority or ("none",)
    return GivenPriority(
        group=group, reasons=tuple(name for name in names if groups[name] == group)
    )
