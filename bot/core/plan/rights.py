"""Who may do what to an item of a plan, by whose it is: a table, so that it can be read and tried whole.

It is the person's plan: nobody but them changes what is theirs, and whatever stands in it they may take out.
"""

from typing import Final, Literal

from bot.core.plan.items import Owner, PlanItemBase, Role

Deed = Literal["read", "edit", "propose", "remove"]
PERSON_ALL: Final = frozenset[Deed]({"read", "edit", "remove"})
MAY: Final[dict[tuple[Role, Owner], frozenset[Deed]]] = {
    ("person", "person"): PERSON_ALL,
    ("person", "imported"): PERSON_ALL,
    ("person", "counsellor"): frozenset({"read", "remove"}),
    ("person", "school"): frozenset({"read", "remove"}),
    ("counsellor", "person"): frozenset({"read", "propose"}),
    ("counsellor", "imported"): frozenset({"read", "propose"}),
    ("counsellor", "counsellor"): frozenset({"read", "edit", "propose", "remove"}),
    ("counsellor", "school"): frozenset({"read", "propose"}),
    ("school", "person"): frozenset({"propose"}),
    ("school", "imported"): frozenset({"propose"}),
    ("school", "counsellor"): frozenset({"propose"}),
    ("school", "school"): frozenset({"read", "edit", "propose", "remove"}),
}
# what a human at the other side is for: only a counsellor says that it is no draft any more
CONFIRMING_ROLE: Final[Role] = "counsellor"


def may(role: Role, deed: Deed, item: PlanItemBase) -> bool:
    """Return whether somebody in a role may do something to an item.

    What is sensitive or shared nobody else reads by this table, but by a share alone.
    """
    if deed == "read" and role != "person" and item.sensitive:
        return False
    return deed in MAY[role, item.owner]
