"""What can be done to a plan: each order a value, obeyed by one pure function, whoever gives it."""

from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Annotated, Literal, NamedTuple, assert_never

from pydantic import Field

from bot.core.base.tagged import Tagged
from bot.core.plan.bringing import brought, with_head
from bot.core.plan.history import FiledHistory
from bot.core.plan.item_changes import (
    as_promised,
    move_step,
    with_known_references,
    with_own_day,
    without,
)
from bot.core.plan.items import ID_LETTERS, ItemId, PlanDay, PlanItem, PlanStep
from bot.core.plan.plan import (
    LAST_NUMBER,
    MOST_CHARACTERS,
    MOST_ITEMS,
    MOST_PROPOSALS,
    MOST_SHARES,
    Actor,
    Confirmation,
    LastChange,
    Plan,
    Proposal,
    Share,
    ShortWords,
    own_words_of,
)
from bot.core.plan.proposals import proposed
from bot.core.plan.rights import CONFIRMING_ROLE, may
from bot.core.plan.sharing import share_of, shares_after, without_share

LONGEST_SHARE = timedelta(days=365)


class PutItem(Tagged):
    """Add an item, or change the one that has its id. seen: the mark of that one as it was looked at."""

    kind: Literal["put"] = "put"
    item: PlanItem
    seen: str = ""


class RemoveItem(Tagged):
    """Take an item out, with what refers to it."""

    kind: Literal["remove"] = "remove"
    id: ItemId


class MoveStep(Tagged):
    """Plan a step for another day; where it was before stays known. on: None: some day."""

    kind: Literal["move"] = "move"
    id: ItemId
    on: PlanDay | None


class Propose(Tagged):
    """Leave a change for the person to take or not. item: as it would be, with the id it has or none."""

    kind: Literal["propose"] = "propose"
    item: PlanItem | None = None
    remove: ItemId = ""
    note: ShortWords = ""


class AnswerProposal(Tagged):
    """Take what somebody else proposes, or not."""

    kind: Literal["answer_proposal"] = "answer_proposal"
    id: ItemId
    taken: bool


class TryOut(Tagged):
    """Begin a copy to try something out in, take it in place of the plan, or drop it."""

    kind: Literal["try_out"] = "try_out"
    what: Literal["begin", "take", "drop"]


class ConfirmPlan(Tagged):
    """Say that it is no draft any more, having gone through it with the person."""

    kind: Literal["confirm"] = "confirm"


class SetReview(Tagged):
    """Come back to it on a day; None: never by itself."""

    kind: Literal["review"] = "review"
    on: PlanDay | None


class AgreeTo(Tagged):
    """Agree, or not any more, to be asked whether it still fits, or told what has changed behind it."""

    kind: Literal["agree"] = "agree"
    what: Literal["check_in", "watch"]
    agreed: bool


class SharePlan(Tagged):
    """Let somebody see some of it, or other things of it than before: by its id."""

    kind: Literal["share"] = "share"
    share: Share


class EndShare(Tagged):
    """Let a link show nothing any more."""

    kind: Literal["end_share"] = "end_share"
    id: ItemId


class RestoreVersion(Tagged):
    """Make the plan as an earlier version of it was. items: of that version, as they were kept."""

    kind: Literal["restore"] = "restore"
    number: int
    items: tuple[PlanItem, ...]


class ReplacePlan(Tagged):
    """Put a plan from a file in place of this one. What only others can say of it is not taken over.

    history: its earlier versions, that come in beside those there are.
    """

    kind: Literal["replace"] = "replace"
    plan: Plan
    history: FiledHistory = FiledHistory()


PlanOrder = Annotated[
    PutItem | RemoveItem | MoveStep | Propose | AnswerProposal | TryOut | ConfirmPlan | SetReview | AgreeTo | SharePlan | EndShare
    | RestoreVersion | ReplacePlan,
    Field(discriminator="kind"),
]  # fmt: skip
ADDING_ORDERS = PutItem | Propose | AnswerProposal | SharePlan  # they may need a number
Refusal = Literal["gone", "stale", "not_yours", "full", "long", "no_try", "until", "past", "unkept"]


class OrderRefused(Exception):
    """An order that cannot be obeyed. reason: why not."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason: Refusal = reason


class Moment(NamedTuple):
    """When an order is given. today: the day in Riga."""

    now: datetime
    today: date


def mark_of(item: PlanItem) -> str:
    """Return a mark that changes with an item, by which a form knows whether it was changed meanwhile."""
    return blake2b(item.model_dump_json().encode(), digest_size=6).hexdigest()


def obey(plan: Plan, order: PlanOrder, actor: Actor, moment: Moment) -> Plan:
    """Return the plan as an order leaves it. Errors: OrderRefused, and then nothing is changed."""
    if plan.following > LAST_NUMBER and isinstance(order, ADDING_ORDERS):
        raise OrderRefused("full")
    match order:
        case PutItem():
            return _put(plan, order, actor, moment)
        case RemoveItem():
            item = _existing(plan, order.id)
            _allow(may(actor.role, "remove", item))
            return _with_items(plan, without(plan.shown, order.id), order.kind, actor, moment)
        case MoveStep():
            step = _existing(plan, order.id)
            if not isinstance(step, PlanStep):
                raise OrderRefused("gone")
            moved = move_step(step, order.on)
            return _put(plan, PutItem(item=moved), actor, moment)
        case Propose():
            return _propose(plan, order, actor, moment)
        case AnswerProposal():
            return _answer_proposal(plan, order, actor, moment)
        case TryOut():
            return _try_out(plan, order.what, actor, moment)
        case ConfirmPlan():
            _allow(actor.role == CONFIRMING_ROLE)
            done = Confirmation(version=plan.version, name=actor.name, on=moment.today)
            return plan.model_copy(update={"confirmed": done})
        case SetReview():
            _allow(actor.role == "person")
            if order.on is not None and order.on <= moment.today:
                raise OrderRefused("past")
            return plan.model_copy(update={"review": order.on})
        case AgreeTo():
            _allow(actor.role == "person")
            if order.what == "watch":
                return plan.model_copy(update={"watch": order.agreed})
            return plan.model_copy(update={"check_in": moment.today if order.agreed else None})
        case SharePlan():
            return _share(plan, order.share, actor, moment)
        case EndShare():
            _allow(actor.role == "person")
            return without_share(plan, order.id, moment.today)
        case RestoreVersion():
            _allow(actor.role == "person")
            real = plan.model_copy(update={"what_if": None})
            return _with_items(real, order.items, order.kind, actor, moment)
        case ReplacePlan():
            _allow(actor.role == "person")
            return _replace(plan, order, actor, moment)
        case _:
            assert_never(order)


def _put(plan: Plan, order: PutItem, actor: Actor, moment: Moment) -> Plan:
    item = as_promised(order.item, moment.now)
    if not item.id:
        if actor.role != "person":
            item = item.model_copy(update={"owner": actor.role})
        elif item.owner not in {"person", "imported"}:
            raise OrderRefused("not_yours")
        item = item.model_copy(update={"id": f"{ID_LETTERS[item.kind]}{plan.following}"})
        plan = plan.model_copy(update={"following": plan.following + 1})
        return _with_items(plan, (*plan.shown, item), order.kind, actor, moment)
    before = _existing(plan, item.id)
    _allow(may(actor.role, "edit", before) and item.owner == before.owner)
    if before.kind != item.kind:
        raise OrderRefused("gone")
    if order.seen and order.seen != mark_of(before):
        raise OrderRefused("stale")
    item = with_own_day(before, item)
    items = tuple(item if one.id == item.id else one for one in plan.shown)
    return _with_items(plan, items, order.kind, actor, moment)


def _existing(plan: Plan, id_: str) -> PlanItem:
    item = plan.find(id_)
    if item is None:
        raise OrderRefused("gone")
    return item


def _allow(allowed: bool) -> None:  # noqa: FBT001 - a plain question
    if not allowed:
        raise OrderRefused("not_yours")


def _with_items(
    plan: Plan, items: tuple[PlanItem, ...], what: str, actor: Actor, moment: Moment
) -> Plan:
    """Return the plan with other items: a version more, or the copy that is tried out as it is now."""
    if len(items) > MOST_ITEMS:
        raise OrderRefused("full")
    if sum(map(len, own_words_of(items))) > MOST_CHARACTERS:
        raise OrderRefused("long")
    items = with_known_references(items)
    if items == plan.shown:
        return plan
    if plan.what_if is not None:
        return plan.model_copy(update={"what_if": items})
    return _next_version(plan, items, what, actor, moment)


def _next_version(
    plan: Plan, items: tuple[PlanItem, ...], what: str, actor: Actor, moment: Moment
) -> Plan:
    last = LastChange(by=actor, at=moment.now, what=what)
    changed = {"items": items, "version": plan.version + 1, "last": last}
    return plan.model_copy(update=changed | {"shares": shares_after(plan, items)})


def _propose(plan: Plan, order: Propose, actor: Actor, moment: Moment) -> Plan:
    target = order.remove or (order.item.id if order.item is not None else "")
    if target:
        _allow(may(actor.role, "propose", _existing(plan, target)))
    if order.item is None and not order.remove:
        raise OrderRefused("gone")
    if len(plan.proposals) >= MOST_PROPOSALS:
        raise OrderRefused("full")
    made = Proposal(
        id=f"w{plan.following}",
        by=actor,
        on=moment.today,
        target=target,
        item=order.item,
        note=order.note,
    )
    update = {"proposals": (*plan.proposals, made), "following": plan.following + 1}
    return plan.model_copy(update=update)


def _answer_proposal(plan: Plan, order: AnswerProposal, actor: Actor, moment: Moment) -> Plan:
    """Take a proposal as the person's own change, in whatever is theirs to decide, or let it go."""
    _allow(actor.role == "person")
    found = [one for one in plan.proposals if one.id == order.id]
    if not found:
        raise OrderRefused("gone")
    left = tuple(one for one in plan.proposals if one.id != order.id)
    answered = plan.model_copy(update={"proposals": left})
    if not order.taken:
        return answered
    answered, items = proposed(answered, found[0])
    return _with_items(answered, items, order.kind, actor, moment)


def _try_out(plan: Plan, what: str, actor: Actor, moment: Moment) -> Plan:
    _allow(actor.role == "person")
    if what == "begin":
        return plan if plan.what_if is not None else plan.model_copy(update={"what_if": plan.items})
    if plan.what_if is None:
        raise OrderRefused("no_try")
    tried, plan = plan.what_if, plan.model_copy(update={"what_if": None})
    return _with_items(plan, tried, "try_out", actor, moment) if what == "take" else plan


def _share(plan: Plan, share: Share, actor: Actor, moment: Moment) -> Plan:
    _allow(actor.role == "person")
    if not moment.today <= share.until <= moment.today + LONGEST_SHARE:
        raise OrderRefused("until")
    items = tuple(item.id for item in plan.items if item.id in share.items)
    share = share.model_copy(update={"items": items})
    if share_of(plan, share.id) is not None:
        shares = tuple(share if one.id == share.id else one for one in plan.shares)
        return plan.model_copy(update={"shares": shares})
    if share.id:
        raise OrderRefused("gone")
    if sum(one.ended is None for one in plan.shares) >= MOST_SHARES:
        raise OrderRefused("full")
    share = share.model_copy(update={"id": f"k{plan.following}"})
    update = {"shares": (*plan.shares, share), "following": plan.following + 1}
    return plan.model_copy(update=update)


def _replace(plan: Plan, order: ReplacePlan, actor: Actor, moment: Moment) -> Plan:
    """Return the plan of a file: a draft without links, in which nobody else is said to own anything."""
    came = brought(plan, order.plan, order.history)
    items = tuple(as_promised(item, moment.now) for item in came.items)
    taken = with_head(plan, order.plan, came, moment.today)
    now = _with_items(taken, items, order.kind, actor, moment)
    return _next_version(taken, items, order.kind, actor, moment) if came.versions else now
