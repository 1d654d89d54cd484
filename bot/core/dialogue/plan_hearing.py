"""How words are heard at the plan: what is said there is of its items, and not of who writes."""

from bot.core.dialogue.answers import HearOptions, read_said
from bot.core.dialogue.heard import Heard
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.plan_events import PlanShown
from bot.core.dialogue.readings import Ambiguous, Understood
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.plan_steps import ChangePlan, CountPlan, FindInPlan, ShowPlan
from bot.core.flows.steps import Choice, Day, Offer, Scale, Words, YesNo
from bot.core.library import Library

OF_PLAN = (ChangePlan, CountPlan, FindInPlan, ShowPlan)


def works_on_plan(library: Library, flow: str) -> bool:
    """Return whether a flow shows the plan, or does something to it."""
    steps = library.flows[flow].steps if flow in library.flows else ()
    return any(isinstance(step, OF_PLAN) for step in steps)


def is_said_of_plan(turn: TurnBuilder, heard: Heard) -> bool:
    """Return whether a message is understood as something to do with the plan.

    Then a number in it is that of an item ("labot 3") or of a day, and neither an age nor a class.
    """
    is_day = isinstance(turn.open_step(), Day) and isinstance(heard.reading, Ambiguous)
    is_answer = heard.kind == "reading" and (is_day or isinstance(heard.reading, Understood))
    return (is_answer or bool(heard.words_for)) and works_on_plan(turn.library, turn.open_flow())


def does_at_plan(turn: TurnBuilder, heard: Heard, said: Said, hear: HearOptions) -> bool:
    """Do what can be done at the plan, where its name is typed at a question of one of its flows; return whether it was one.

    It counts where it is no answer: "jauns mērķis" below the table of another. Where a day or a number is asked,
    the plan can only be shown, and the question stays.
    """
    step, flow = turn.open_step(), turn.open_flow()
    home = turn.library.roles.plan.home
    if isinstance(step, Words) or flow == home or not works_on_plan(turn.library, flow):
        return False
    if said.text.strip(" .)").isdecimal():
        return False  # a number is of what is listed here, not of the options there
    if heard.kind in {"command", "leaving"} or isinstance(heard.reading, Understood):
        return False
    offer = turn.library.flows[home].steps[-1]
    if not isinstance(offer, Offer):
        return False
    named = read_said(turn.library, offer, hear(offer), said, turn.today)
    if not isinstance(named, Understood) or named.said_back:
        return False
    to = next((one.flow for one in offer.options if one.id == named.value), None)
    if to is None or not (to == home or isinstance(step, Choice | YesNo | Scale)):
        return False
    turn.talk_on()
    turn.change(guesses=())
    if to == home:
        turn.events.append(PlanShown(flow=flow, step="", part="whole", plan=turn.session.plan))
        turn.ask_again()
    else:
        turn.enter(to)
    return True
