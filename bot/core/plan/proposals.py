"""What a plan would be with a proposal taken: what is the person's stays theirs, what is new is the proposer's."""

from bot.core.plan.item_changes import without
from bot.core.plan.items import ID_LETTERS, PlanItem
from bot.core.plan.plan import Plan, Proposal


def proposed(plan: Plan, proposal: Proposal) -> tuple[Plan, tuple[PlanItem, ...]]:
    """Return a plan that counts the item a proposal adds, and its items with the proposal taken.

    What was to be changed and is gone meanwhile stays gone.
    """
    if proposal.item is None:
        return plan, without(plan.shown, proposal.target)
    if proposal.target:
        return plan, tuple(
            proposal.item.model_copy(update={"id": one.id, "owner": one.owner})
            if one.id == proposal.target
            else one
            for one in plan.shown
        )
    id_ = f"{ID_LETTERS[proposal.item.kind]}{plan.following}"
    new = proposal.item.model_copy(update={"id": id_, "owner": proposal.by.role})
    counted = plan.model_copy(update={"following": plan.following + 1})
    return counted, (*plan.shown, new)
