"""Orders that come from a page: their words are looked at as typed words are, before they are obeyed."""

from collections.abc import Callable, Iterator, Sequence

from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.plan_events import PlanNotChanged
from bot.core.dialogue.session import QuietStep
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.nlu.frame_reading import heed
from bot.core.nlu.personal_data import mask_personal_data
from bot.core.plan.items import PlanItem, PlanStep, Trial
from bot.core.plan.orders import AgreeTo, PlanOrder, PutItem, ReplacePlan, SetReview, SharePlan
from bot.core.plan.plan import Plan, own_words_of
from bot.core.plan.wording import OwnWords

SHORT_FIELDS = ("document", "years")  # of items, in which something is typed too


def take_orders(turn: TurnBuilder, given: Sequence[PlanOrder]) -> None:
    """Obey orders of the person, with codes and numbers in them masked.

    Where new words in them tell of distress, they are answered first, and the orders wait for the person to go on.
    """
    orders = tuple(map(_masked, given))
    if not may_be_kept(turn.library, turn.session):
        orders = tuple(map(_without_days, orders))
    reminded = _reminded(turn.session.plan)
    if any(_is_promise(order, reminded) for order in orders) and not may_be_kept(
        turn.library, turn.session
    ):
        turn.events.append(PlanNotChanged(reason="unkept"))
        turn.ask_again()
        return
    library, said = turn.library, turn.session.language
    known = set() if turn.session.plan is None else set(own_words_of(turn.session.plan.shown))
    perhaps = None
    for text in _new_words(orders, known):
        heard = heed(library.distress, text, library.vocabulary)
        if heard is not None and heard.tier == "sure":
            written_in = library.read(text).written_in(said)
            held = QuietStep(language=written_in, orders=orders)
            turn.change(quiet_step=held, guesses=())
            turn.remark("distress", heard.kind, language=written_in)
            return
        perhaps = perhaps or heard
    turn.change(quiet_step=None)
    turn.talk_on()
    turn.obey(orders)
    if orders != tuple(given):
        turn.remark("masked")
    if perhaps is not None:
        turn.remark("quiet_word", perhaps.kind)
    turn.tell_list_again()
    turn.advance()


def _without_days(order: PlanOrder) -> PlanOrder:
    """Return an order that puts a plan of a file in place without what would be brought at its time."""
    if not isinstance(order, ReplacePlan):
        return order
    items = tuple(
        item.model_copy(update={"remind": False}) if isinstance(item, PlanStep) else item
        for item in order.plan.items
    )
    plan = order.plan.model_copy(update={"items": items, "review": None})
    return order.model_copy(update={"plan": plan})


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


def _new_words(orders: Sequence[PlanOrder], known: set[str]) -> Iterator[str]:
    for order in orders:
        match order:
            case PutItem():
                items: tuple[PlanItem, ...] = (order.item,)
            case ReplacePlan():
                items = order.plan.items
            case SharePlan():
                yield from (order.share.for_whom, order.share.why)
                continue
            case _:
                continue
        yield from (text for text in own_words_of(items) if text not in known)
        for item in items:
            yield from (str(getattr(item, name, "")) for name in SHORT_FIELDS)


def _masked(order: PlanOrder) -> PlanOrder:
    """Return an order in whose words nothing names a person by a number or an address."""
    match order:
        case PutItem():
            return order.model_copy(update={"item": with_words(order.item, _mask)})
        case ReplacePlan():
            items = tuple(with_words(item, _mask) for item in order.plan.items)
            plan = order.plan.model_copy(update={"items": items})
            return order.model_copy(update={"plan": plan})
        case SharePlan():
            said = {name: _mask(getattr(order.share, name)) for name in ("for_whom", "why")}
            return order.model_copy(update={"share": order.share.model_copy(update=said)})
        case _:
            return order


def _mask(text: str) -> str:
    return mask_personal_data(text)[0]


def with_words(item: PlanItem, change: Callable[[str], str]) -> PlanItem:
    """Return an item with every text of a person in it changed."""
    update = {
        name: change(getattr(item, name))
        if name in SHORT_FIELDS
        else _changed(getattr(item, name), change)
        for name in type(item).model_fields
    }
    return item.model_copy(update=update)


def _changed(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, OwnWords):
        text = change(value.text)
        return value if text == value.text else value.model_copy(update={"text": text})
    if isinstance(value, Trial):
        return value.model_copy(update={"surprise": _changed(value.surprise, change)})
    return value
