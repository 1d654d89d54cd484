"""The notices of these days: each is told once in a conversation, before what is asked."""

from bot.core.dialogue.date_events import NoticeTold
from bot.core.dialogue.events import Asked, Event, Remarked
from bot.core.dialogue.inputs import Input, Unasked
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.education.notices import notices_for


def tell_notices(turn: TurnBuilder, given: Input) -> None:
    """Tell the notices that are on today and for whom is talking, if they were not told yet.

    Not where distress was met, and not to somebody who has done nothing.
    """
    session = turn.session
    who = next(
        (one.value for one in session.answers if one.step == turn.library.roles.audience.fact), None
    )
    if isinstance(given, Unasked) or not isinstance(who, str) or _is_quiet(turn):
        return
    new = [
        id_
        for id_ in notices_for(turn.library.notices, turn.today, who)
        if id_ not in session.notices
    ]
    if not new:
        return
    turn.change_keeping_path(notices=(*session.notices, *new))
    told: list[Event] = [NoticeTold(notice=id_) for id_ in new]
    asked = [at for at, event in enumerate(turn.events) if isinstance(event, Asked)]
    at = asked[-1] if asked else len(turn.events)
    turn.events[at:at] = told


def _is_quiet(turn: TurnBuilder) -> bool:
    """Return whether distress was met, or the person wants to hear nothing more."""
    remarked = any(isinstance(one, Remarked) and one.what == "distress" for one in turn.events)
    return remarked or turn.session.quiet or turn.session.quiet_step is not None
