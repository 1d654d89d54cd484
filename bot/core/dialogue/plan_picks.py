"""What buttons at the plan do: an item is named, done, moved; an offer is taken; what is due is answered."""

from bot.core.dialogue.events import Answered, Asked
from bot.core.dialogue.plan_events import PlanDueTold, PlanNotChanged, PlanShown
from bot.core.dialogue.plan_offers import offers
from bot.core.dialogue.session import PlanItemNamed
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.plan_steps import ChangePlan, FindInPlan, ShowPlan
from bot.core.flows.steps import Number, Offer
from bot.core.plan.orders import PutItem, mark_of

EVERY = "all"  # of what is offered


def do_with_plan(turn: TurnBuilder, about: str) -> None:
    """Do what a button at the plan says; one of an item that is gone says so. about: the deed, and of what: "done:s3"."""
    word, _, key = about.partition(":")
    roles = turn.library.roles.plan
    match word:
        case "this":
            _name(turn, key)
        case "take":
            _take(turn, key)
        case "done" | "move" | "look" if _is_there(turn, key):
            open_for_item(
                turn, {"done": roles.done, "move": roles.move, "look": roles.look}[word], key
            )
        case "open":
            turn.enter(roles.home)
        case "proposals":
            turn.enter(roles.proposals)
        case "review":
            turn.enter(roles.review)
        case "later" | "right":
            turn.events.append(PlanNotChanged(reason="later" if word == "later" else "right"))
            turn.ask_again()
        case _:
            turn.events.append(PlanNotChanged(reason="gone"))
            turn.ask_again()


def open_for_item(turn: TurnBuilder, flow: str, item: str) -> None:
    """Open a flow about one item of the plan, so that it need not be asked which."""
    if turn.session.stack[-1:] != (flow,):
        turn.change(stack=turn.stack_with(flow), changing=None)
    turn.clear_fresh_answers(flow)
    turn.change(plan_named=PlanItemNamed(flow=flow, item=item))
    turn.advance()


def answer_by_number(turn: TurnBuilder, number: int) -> bool:
    """Answer the open question for a number of what is listed above it, before it is asked; return whether it was one.

    So "move 2" needs no second message.
    """
    step = turn.open_step()
    keys = keys_asked_for(turn)
    if not isinstance(step, Number) or not 0 < number <= len(keys):
        return False
    while turn.events and isinstance(turn.events[-1], Asked | PlanShown):
        turn.events.pop()  # the list, too, was there to choose from
    turn.events.append(Answered(flow=turn.open_flow(), step=step.id, value=number))
    turn.answer(number)
    return True


def rests(turn: TurnBuilder) -> bool:
    """Return whether a conversation waits for nothing but what to do next: else somebody is in the middle of a question."""
    return isinstance(turn.open_step(), Offer) and turn.session.quiet_step is None


def open_due(turn: TurnBuilder, told: PlanDueTold) -> None:
    """Open the flow that asks about something due."""
    roles = turn.library.roles.plan
    match told.what:
        case "step":
            open_for_item(turn, roles.due, told.items[0].id)
        case "review":
            turn.enter(roles.review)
        case "check_in":
            turn.enter(roles.check_in)
        case _:
            turn.ask_again()


def keys_asked_for(turn: TurnBuilder) -> tuple[str, ...]:
    """Return the keys, by number, of what is listed above the open question; nothing where that asks for no number of it."""
    flow, name = turn.open_flow(), turn.open_step_name()
    steps = turn.library.flows[flow].steps if flow else ()
    asks = (
        one
        for one in steps
        if (isinstance(one, FindInPlan) and one.number == name)
        or (isinstance(one, ChangePlan) and one.numbers == name)
    )
    finder = next(asks, None)
    shown = [one for one in turn.path.entries if isinstance(one.step, ShowPlan)]
    if finder is None or not shown:
        return ()
    return shown[-1].keys


# --- within


def _is_there(turn: TurnBuilder, key: str) -> bool:
    plan = turn.session.plan
    item = plan.find(key) if plan is not None else None
    return item is not None


def _name(turn: TurnBuilder, key: str) -> None:
    """Answer the open question for a number by the thing that was pressed; elsewhere open what can be done with it."""
    step = turn.open_step()
    keys = keys_asked_for(turn)
    if isinstance(step, Number) and key in keys:
        number = keys.index(key) + 1
        turn.events.append(Answered(flow=turn.open_flow(), step=step.id, value=number))
        turn.answer(number)
        return
    plan = turn.session.plan
    waits = plan is not None and any(one.id == key for one in plan.proposals)
    roles = turn.library.roles.plan
    if waits:
        open_for_item(turn, roles.proposals, key)
    elif _is_there(turn, key):
        open_for_item(turn, roles.look, key)
    else:
        turn.events.append(PlanNotChanged(reason="gone"))
        turn.ask_again()


def _take(turn: TurnBuilder, key: str) -> None:
    """Take one offer into the plan, or all that are shown."""
    shown = [entry for entry in turn.path.entries if isinstance(entry.step, ShowPlan)]
    shown_offers = {mark_of(one): one for entry in shown for one in entry.offers}
    chosen = (
        tuple(shown_offers.values())
        if key == EVERY
        else tuple(shown_offers[one] for one in (key,) if one in shown_offers)
    )
    if not chosen:
        turn.events.append(PlanNotChanged(reason="gone"))
        turn.ask_again()
        return
    turn.obey([PutItem(item=one) for one in chosen])
    nothing_left = not offers(turn.library, turn.session, turn.today)
    if (key == EVERY or nothing_left) and len(turn.session.stack) > 1:
        turn.resume()
        return
    turn.tell_list_again()
    turn.ask_again()
