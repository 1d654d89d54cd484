"""Why an occupation is shown: the liked activities of the same kind of work, else the area."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.interests.kinds import Kinds
from bot.core.interests.norms import TYPES
from bot.core.interests.scoring import tie_break

LIKED_FROM: Final = 4  # the answer from 1 to 5 from which an activity is liked
MOST_REASONS: Final = 2  # of one occupation
MOST_FAMILIES: Final = (
    2  # that one activity is told as a reason for; of a third it says nothing new
)


def reasons(
    family: Sequence[Kinds],
    item_kinds: Mapping[str, Kinds],
    answers: Mapping[str, int],
    told: Mapping[str, int],
) -> list[tuple[str, ...]]:
    """Return, for each occupation of a family, the liked items that share a kind of work with it.

    family: the kinds of each occupation. answers: 1 to 5 by item. told: for how many families an
    item was told already. What is common to all of the family comes first; an occupation with items
    of its own has those alone, if they are new. () where there is nothing in common.
    """
    shared = [_shared(kinds, item_kinds, answers, told) for kinds in family]
    common = [item for item in _in_order(shared) if all(item in items for items in shared)]
    common = common[:MOST_REASONS]
    found: list[tuple[str, ...]] = []
    said: set[str] = set(common)
    for items in shared:
        own = [item for item in items if item not in said]
        chosen = tuple(own[:1] if common and own else common or (own or items)[:MOST_REASONS])
        said.update(chosen)
        found.append(chosen)
    return found


def area_of(figures: Sequence[float], leading: Sequence[str]) -> tuple[str, bool]:
    """Return the interest type that stands for an occupation, and whether it leads the person's.

    figures: how much the occupation asks of each type, in the order of TYPES. leading: the person's
    types. Of the occupation's types above their mean the strongest that leads; else its strongest.
    """
    mean = sum(figures) / len(figures)
    strongest = sorted(zip(TYPES, figures, strict=True), key=lambda pair: -pair[1])
    for letter, figure in strongest:
        if figure > mean and letter in leading:
            return letter, True
    return strongest[0][0], False


def _shared(
    kinds: Kinds,
    item_kinds: Mapping[str, Kinds],
    answers: Mapping[str, int],
    told: Mapping[str, int],
) -> list[str]:
    """Return the liked items that share a kind, those told least first, then the most liked."""
    liked = [
        item
        for item, answer in answers.items()
        if answer >= LIKED_FROM and kinds & item_kinds[item] and told.get(item, 0) < MOST_FAMILIES
    ]
    return sorted(liked, key=lambda item: (told.get(item, 0), -answers[item], tie_break([item])))


def _in_order(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return every item once, in the order of the rows."""
    return list(dict.fromkeys(item for row in rows for item in row))
