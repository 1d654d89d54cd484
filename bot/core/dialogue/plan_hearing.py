"""How words are heard at the plan: what is said there is of its items, and not of who writes."""

from bot.core.dialogue.readings import Understood
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.dialogue.understanding import Heard
from bot.core.flows.plan_steps import ChangePlan, CountPlan, FindInPlan, ShowPlan
from bot.core.library import Library

OF_PLAN = (ChangePlan, CountPlan, FindInPlan, ShowPlan)


def works_on_plan(library: Library, flow: str) -> bool:
    """Return whether a flow shows the plan, or does something to it."""
    steps = library.flows[flow].steps if flow in library.flows else ()
    return any(isinstance(step, OF_PLAN) for step in steps)


def is_said_of_plan(turn: TurnBuilder, heard: Heard) -> bool:
    """Return whether a message is understood as something to do with the plan.

    Then a number in it is that of an item ("labot 3"), and neither an age nor a class.
    """
    understood = heard.kind == "reading" and isinstance(heard.reading, Understood)
    return (understood or bool(heard.words_for)) and works_on_plan(turn.library, turn.open_flow())
