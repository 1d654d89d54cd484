"""What the answers of a person say for paths side by side."""

from collections.abc import Mapping

from bot.core.dialogue.measured import MeasureResult
from bot.core.dialogue.session import Session, Value
from bot.core.education.comparison import ComparedThings
from bot.core.flows.path_steps import ShowComparison
from bot.core.flows.steps import ShowProfile
from bot.core.interests.kinds import liking_of
from bot.core.interests.matching import families
from bot.core.library import Library


def compared_things(step: ShowComparison, facts: Mapping[str, Value]) -> ComparedThings:
    """Return what somebody wants side by side, by the facts that a step names."""
    return ComparedThings(
        cards=_names(facts.get(step.cards)),
        own=str(facts.get(step.own) or ""),
        criterion=str(facts.get(step.criterion) or ""),
        matters=_names(facts.get(step.matters)),
        said=str(facts.get(step.abilities) or ""),
    )


def leading_families(
    library: Library,
    session: Session,
    facts: Mapping[str, Value],
    step: ShowComparison,
    measured: MeasureResult | None,
) -> tuple[str, ...]:
    """Return the families of work that the portrait of a person shows, the nearest first.

    measured: the interests; None where they were not, and then nothing is near.
    """
    if measured is None:
        return ()
    steps = library.flows[step.interests].steps
    shown = next((one for one in steps if isinstance(one, ShowProfile)), None)
    if shown is None or "flat" in measured.profile.flags:
        return ()
    answer = facts.get(shown.preparation) if shown.preparation is not None else None
    ranked = families(
        measured.profile,
        library.matchable,
        shown.levels.get(answer) if isinstance(answer, str) else None,
        frozenset(session.hidden_families),
        liking_of(library.interests.item_kinds, measured.likes),
    )
    return tuple(family.isco2 for family in ranked.families if not family.less_typical)


def _names(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
