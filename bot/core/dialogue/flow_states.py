"""How far a person is in each flow that an offer opens."""

from collections.abc import Iterator
from datetime import date

from bot.core.dialogue.events import FlowState
from bot.core.dialogue.path import PathFinder
from bot.core.dialogue.session import Session
from bot.core.flows.steps import QUESTIONS, Offer
from bot.core.library import Library


def flow_states(
    library: Library, session: Session, offer: Offer, today: date
) -> Iterator[tuple[str, FlowState]]:
    """Return the state of the flow behind each option, by the option's id.

    What a flow without questions, or with passing ones only, has shown leaves nothing to tell of.
    """
    begun = {answer.flow for answer in session.answers}
    for option in offer.options:
        if option.flow is None or option.flow not in library.flows_with_answers:
            continue
        if option.flow not in begun:
            yield option.id, "new"
            continue
        waits = PathFinder(library, session, today).find(option.flow).open
        is_asked = waits is not None and isinstance(waits[1], QUESTIONS)
        yield option.id, "begun" if is_asked else "done"
