"""What is said of a step that was passed: its event, and a mark of what that says."""

from collections.abc import Mapping
from hashlib import blake2b

from bot.core.dialogue.events import (
    Compared,
    Described,
    Event,
    Judged,
    Portrayed,
    Session,
    Told,
    Value,
)
from bot.core.dialogue.path import Measured, Stop
from bot.core.flows.steps import Compare, Describe, Judge, Portray, Say
from bot.core.library import Library

OTHERS = 4  # occupations that may have been meant beside the one told about


def happened(
    library: Library, session: Session, facts: Mapping[str, Value], stop: Stop
) -> list[Event]:
    """Give what is to be said of a passed step; nothing of a question."""
    flow, step = stop.flow, stop.step
    match step:
        case Say():
            listed = stop.value if isinstance(stop.value, tuple) else ()
            return [Told(flow=flow, step=step.id, answers=listed)]
        case Judge() if stop.verdict is not None:
            return [Judged(flow=flow, step=step.id, rule=step.rule, verdict=stop.verdict)]
        case Portray() if stop.measured is not None:
            level = facts.get(step.reach) if step.reach is not None else None
            return [_portrayed(session, flow, step, stop.measured, level)]
        case Describe():
            found = library.find_occupations(str(stop.value or ""), 1 + OTHERS, session.language)
            first, others = (found[0], found[1:]) if found else ("", ())
            return [Described(flow=flow, step=step.id, occupation=first, others=others)]
        case Compare() if stop.compared is not None:
            levels, before = stop.compared.levels, stop.compared.before
            return [Compared(flow=flow, step=step.id, levels=levels, before=before)]
        case _:
            return []


def mark(stop: Stop, session: Session) -> str:
    """Give a short mark of what a stop says, so that it is said again when that changes."""
    if stop.verdict is not None:
        said = stop.verdict.model_dump_json()
    elif stop.measured is not None:
        said = f"{stop.measured.profile.model_dump_json()} {session.away}"
    elif isinstance(stop.step, Describe):
        said = str(stop.value)
    elif stop.compared is not None:
        said = str(stop.compared)
    elif isinstance(stop.step, Say) and isinstance(stop.value, tuple):
        said = str([(one.step, one.value) for one in session.answers if one.step in stop.value])
    else:
        return ""
    return blake2b(said.encode(), digest_size=6).hexdigest()


def _portrayed(
    session: Session, flow: str, step: Portray, measured: Measured, level: Value
) -> Portrayed:
    return Portrayed(
        flow=flow,
        step=step.id,
        profile=measured.profile,
        likes=tuple(measured.likes.items()),
        source=step.source,
        reach=step.levels.get(level) if isinstance(level, str) else None,
        away=session.away,
        before=measured.before,
    )
