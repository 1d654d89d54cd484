"""What is said of a step that was passed: its event, and a mark of what that says."""

from collections.abc import Mapping
from hashlib import blake2b

from bot.core.dialogue.events import (
    Event,
    Judged,
    OccupationShown,
    ProfileShown,
    RoundsCompared,
    Told,
)
from bot.core.dialogue.path import MeasureResult, PathEntry
from bot.core.dialogue.session import Session, Value
from bot.core.flows.steps import CompareRounds, Judge, Say, ShowOccupation, ShowProfile
from bot.core.library import Library

MOST_OTHERS = 4  # occupations that may have been meant beside the one told about


def events_for(
    library: Library, session: Session, facts: Mapping[str, Value], entry: PathEntry
) -> list[Event]:
    """Return what is to be said of a passed step; nothing of a question."""
    flow, step = entry.flow, entry.step
    match step:
        case Say():
            listed = entry.value if isinstance(entry.value, tuple) else ()
            return [Told(flow=flow, step=step.id, answers=listed)]
        case Judge() if entry.verdict is not None:
            return [Judged(flow=flow, step=step.id, rule=step.rule, verdict=entry.verdict)]
        case ShowProfile() if entry.measured is not None:
            level = facts.get(step.preparation) if step.preparation is not None else None
            return [_profile_shown(session, flow, step, entry.measured, level)]
        case ShowOccupation():
            found = library.find_occupations(
                str(entry.value or ""), 1 + MOST_OTHERS, session.language
            )
            first, others = (found[0], found[1:]) if found else ("", ())
            return [OccupationShown(flow=flow, step=step.id, occupation=first, others=others)]
        case CompareRounds() if entry.compared is not None:
            levels, before = entry.compared.levels, entry.compared.before
            return [RoundsCompared(flow=flow, step=step.id, levels=levels, before=before)]
        case _:
            return []


def fingerprint(entry: PathEntry, session: Session) -> str:
    """Return a short mark of what an entry says, so that it is said again when that changes."""
    if entry.verdict is not None:
        said = entry.verdict.model_dump_json()
    elif entry.measured is not None:
        said = f"{entry.measured.profile.model_dump_json()} {session.hidden_families}"
    elif isinstance(entry.step, ShowOccupation):
        said = str(entry.value)
    elif entry.compared is not None:
        said = str(entry.compared)
    elif isinstance(entry.step, Say) and isinstance(entry.value, tuple):
        said = str([(one.step, one.value) for one in session.answers if one.step in entry.value])
    else:
        return ""
    return blake2b(said.encode(), digest_size=6).hexdigest()


def _profile_shown(
    session: Session, flow: str, step: ShowProfile, measured: MeasureResult, level: Value
) -> ProfileShown:
    return ProfileShown(
        flow=flow,
        step=step.id,
        profile=measured.profile,
        likes=tuple(measured.likes.items()),
        source=step.source,
        skill_level=step.levels.get(level) if isinstance(level, str) else None,
        hidden_families=session.hidden_families,
        before=measured.before,
    )
