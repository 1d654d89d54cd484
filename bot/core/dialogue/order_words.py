"""The words in orders: looked at as typed words are, and masked like them, before anything is kept."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.session import Session
from bot.core.library import Library
from bot.core.nlu.distress import DistressKind
from bot.core.nlu.frame_reading import heed
from bot.core.nlu.frames import Heeded
from bot.core.nlu.personal_data import mask_personal_data
from bot.core.plan.items import PlanItem, PlanStep, Trial
from bot.core.plan.orders import PlanOrder, PutItem, ReplacePlan, SharePlan
from bot.core.plan.plan import own_words_of
from bot.core.plan.wording import OwnWords

SHORT_FIELDS = ("document", "years")  # of items, in which something is typed too


class FittedOrders(NamedTuple):
    """Orders as they may be kept. masked: something in them named a person."""

    orders: tuple[PlanOrder, ...]
    masked: bool


class OrdersHeard(NamedTuple):
    """What the words of orders tell of distress, None where they do not, and the language they were written in."""

    heard: Heeded[DistressKind] | None
    language: str

    @property
    def is_sure(self) -> bool:
        """Return whether it is to be answered before anything else."""
        return self.heard is not None and self.heard.tier == "sure"


def fit_orders(library: Library, session: Session, given: Sequence[PlanOrder]) -> FittedOrders:
    """Return orders with codes and numbers masked, and without days where a conversation may not be kept so long."""
    orders = tuple(map(_masked, given))
    masked = orders != tuple(given)
    if not may_be_kept(library, session):
        orders = tuple(map(_without_days, orders))
    return FittedOrders(orders, masked)


def hear_orders(library: Library, session: Session, orders: Sequence[PlanOrder]) -> OrdersHeard:
    """Return what new words in orders tell of distress: what is sure before what may be."""
    said = session.language
    known = set() if session.plan is None else set(own_words_of(session.plan.shown))
    perhaps = None
    for text in _new_words(orders, known):
        heard = heed(library.distress, text, library.vocabulary)
        if heard is not None and heard.tier == "sure":
            return OrdersHeard(heard, library.read(text).written_in(said))
        perhaps = perhaps or heard
    return OrdersHeard(perhaps, said)


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
            return order.model_copy(update={"item": _masked_item(order.item)})
        case ReplacePlan():
            return _with_items(order, _masked_item)
        case SharePlan():
            said = {name: _mask(getattr(order.share, name)) for name in ("for_whom", "why")}
            return order.model_copy(update={"share": order.share.model_copy(update=said)})
        case _:
            return order


def _masked_item(item: PlanItem) -> PlanItem:
    return with_words(item, _mask)


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


def _without_days(order: PlanOrder) -> PlanOrder:
    """Return an order that puts a plan of a file in place without what would be brought at its time."""
    if not isinstance(order, ReplacePlan):
        return order
    plan = order.plan.model_copy(update={"review": None})
    return _with_items(order.model_copy(update={"plan": plan}), _unreminded)


def _unreminded(item: PlanItem) -> PlanItem:
    return item.model_copy(update={"remind": False}) if isinstance(item, PlanStep) else item


def _with_items(order: ReplacePlan, change: Callable[[PlanItem], PlanItem]) -> ReplacePlan:
    """Return an order with every item that its file brings changed, in its earlier versions too."""
    plan = order.plan.model_copy(update={"items": tuple(map(change, order.plan.items))})
    states = tuple(map(change, order.history.states))
    history = order.history.model_copy(update={"states": states})
    return order.model_copy(update={"plan": plan, "history": history})
