"""What buttons at the plan do: an item is named, done, moved; an offer is taken; what is due is answered."""

from bot.core.dialogue.events import Answered
from bot.core.dialogue.plan_events import PlanDueTold, PlanNotChanged
from bot.core.dialogue.session import PlanItemNamed
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.plan_steps import FindInPlan, ShowPlan
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


# --- within


def _is_there(turn: TurnBuilder, key: str) -> bool:
    plan = turn.session.plan
    item = plan.find(key) if plan is not None else None
    return item is not None


def _name(turn: TurnBuilder, key: str) -> None:
    """Answer the open question for a number by the thing that was pressed; elsewhere open what can be done with it."""
    step = turn.open_step()
    number = _number_of(turn, key)
    if isinstance(step, Number) and number:
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


def _number_of(turn: TurnBuilder, key: str) -> int:
    """Return the number by which a thing is called at the open question; 0 where that asks for no number of it."""
    flow, name = turn.open_flow(), turn.open_step_name()
    steps = turn.library.flows[flow].steps if flow else ()
    asks = (one for one in steps if isinstance(one, FindInPlan) and one.number == name)
    finder = next(asks, None)
    if finder is None:
        return 0
    keys: tuple[str, ...] = ()
    for entry in turn.path.entries:
        if isinstance(entry.step, ShowPlan) and entry.step.part == finder.part:
            keys = entry.keys
    return keys.index(key) + 1 if key in keys else 0


def _take(turn: TurnBuilder, key: str) -> None:
    """Take one offer into the plan, or all that are shown."""
    shown = [entry for entry in turn.path.entries if isinstance(entry.step, ShowPlan)]
    offers = {mark_of(one): one for entry in shown for one in entry.offers}
    chosen = (
        tuple(offers.values())
        if key == EVERY
        else tuple(offers[one] for one in (key,) if one in offers)
    )
    if not chosen:
        turn.events.append(PlanNotChanged(reason="gone"))
        turn.ask_again()
        return
    turn.obey([PutItem(item=one) for one in chosen])
    if key == EVERY and len(turn.session.stack) > 1:
        turn.resume()
        return
    turn.tell_list_again()
    turn.ask_again()
