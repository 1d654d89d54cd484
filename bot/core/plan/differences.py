"""What is different between two states of a plan, item by item; the words tell it."""

from collections.abc import Iterator, Mapping
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.plan.items import PlanItem

UNTOLD_FIELDS = frozenset({"id", "kind", "origin", "owner"})


class ItemDifference(Frozen):
    """One item that came, went or is otherwise. fields: of the latter, what is otherwise in it.

    before, after: None where there was none, or is none.
    """

    what: Literal["added", "removed", "changed"]
    before: PlanItem | None = None
    after: PlanItem | None = None
    fields: tuple[str, ...] = ()


def differences(
    before: tuple[PlanItem, ...], after: tuple[PlanItem, ...]
) -> tuple[ItemDifference, ...]:
    """Return what is different, in the order of the later state, what went last."""
    return tuple(_differences({one.id: one for one in before}, {one.id: one for one in after}))


def _differences(
    before: Mapping[str, PlanItem], after: Mapping[str, PlanItem]
) -> Iterator[ItemDifference]:
    for id_, item in after.items():
        was = before.get(id_)
        if was is None:
            yield ItemDifference(what="added", after=item)
        elif was != item:
            fields = tuple(
                name
                for name in type(item).model_fields
                if name not in UNTOLD_FIELDS and getattr(was, name, None) != getattr(item, name)
            )
            yield ItemDifference(what="changed", before=was, after=item, fields=fields)
    for id_, item in before.items():
        if id_ not in after:
            yield ItemDifference(what="removed", before=item)
