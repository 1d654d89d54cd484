"""A plan's file that is sent in a conversation: looked at, and asked about before anything of it is taken."""

from bot.core.dialogue.inputs import PlanFileSent
from bot.core.dialogue.order_words import fit_orders
from bot.core.dialogue.plan_events import PlanNotChanged
from bot.core.dialogue.session import PlanBrought
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.plan.differences import differences
from bot.core.plan.orders import ReplacePlan


def bring_file(turn: TurnBuilder, given: PlanFileSent) -> None:
    """Show what a file would change, and ask whether to take it; say what is wrong with one that cannot be read."""
    turn.talk_on()
    turn.change(quiet_step=None, guesses=())
    if given.order is None:
        turn.events.append(PlanNotChanged(reason="unread", faults=given.faults))
        turn.ask_again()
        return
    (order,), masked = fit_orders(turn.library, turn.session, (given.order,))
    assert isinstance(order, ReplacePlan)
    turn.begin_plan()
    plan = turn.session.plan
    assert plan is not None
    if not differences(plan.items, order.plan.items) and not order.history.versions:
        turn.events.append(PlanNotChanged(reason="same"))
        turn.ask_again()
        return
    turn.change(plan_brought=PlanBrought(order=order, version=plan.version, masked=masked))
    turn.enter(turn.library.roles.plan.bring)


def leave_file(turn: TurnBuilder) -> None:
    """Let a file go that nobody is asked about any more."""
    is_asked = turn.library.roles.plan.bring in turn.session.stack
    if turn.session.plan_brought is not None and not is_asked:
        turn.change_keeping_path(plan_brought=None)
