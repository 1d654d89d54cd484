"""Orders that come from a page: their words are looked at as typed words are, before they are obeyed."""

from collections.abc import Sequence

from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.order_words import fit_orders, hear_orders
from bot.core.dialogue.plan_events import PlanNotChanged
from bot.core.dialogue.session import QuietStep
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.plan.items import PlanStep
from bot.core.plan.orders import AgreeTo, PlanOrder, PutItem, SetReview
from bot.core.plan.plan import Plan


def take_orders(turn: TurnBuilder, given: Sequence[PlanOrder]) -> None:
    """Obey orders of the person, with codes and numbers in them masked.

    Where new words in them tell of distress, they are answered first, and the orders wait for the person to go on.
    """
    orders, masked = fit_orders(turn.library, turn.session, given)
    reminded = _reminded(turn.session.plan)
    if any(_is_promise(order, reminded) for order in orders) and not may_be_kept(
        turn.library, turn.session
    ):
        turn.events.append(PlanNotChanged(reason="unkept"))
        turn.ask_again()
        return
    heard, written_in = found = hear_orders(turn.library, turn.session, orders)
    if heard is not None and found.is_sure:
        turn.change(quiet_step=QuietStep(language=written_in, orders=orders), guesses=())
        turn.remark("distress", heard.kind, language=written_in)
        return
    turn.change(quiet_step=None)
    turn.talk_on()
    turn.obey(orders)
    if masked:
        turn.remark("masked")
    if heard is not None:
        turn.remark("quiet_word", heard.kind)
    turn.tell_list_again()
    turn.advance()


def _reminded(plan: Plan | None) -> frozenset[str]:
    """Return the steps that were to be reminded of before."""
    steps = plan.of_kind(PlanStep) if plan is not None else ()
    return frozenset(one.id for one in steps if one.remind)


def _is_promise(order: PlanOrder, reminded: frozenset[str]) -> bool:
    """Return whether something new is to be brought at its time, for which the conversation must be kept."""
    match order:
        case SetReview():
            return order.on is not None
        case AgreeTo():
            return order.agreed
        case PutItem(item=PlanStep(remind=True, id=id_)):
            return id_ not in reminded
        case _:
            return False
