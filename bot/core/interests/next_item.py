"""Which item comes next: three of each type, then as many more as settle who leads."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.interests.norms import PUBLISHED, Model
from bot.core.interests.profile import TYPES
from bot.core.interests.scoring import posterior_of

ITEMS_EACH: Final = 3  # items of every type before any choice
SURE_ENOUGH: Final = 0.87  # the chance of the leading type at which asking stops
MOST_ITEMS: Final = 30  # answers after which nothing more is asked


def next_item(
    types: Mapping[str, str],
    answers: Mapping[str, int],
    order: Sequence[str],
    model: Model = PUBLISHED,
) -> str | None:
    """Name the next item of `order`, or None when enough is known or LONGEST is reached.

    A race still open at the end is left open: the profile shows both.
    """
    if len(answers) >= MOST_ITEMS:
        return None
    had = Counter(types[item] for item in answers)
    for item in opening(types, order):
        if item not in answers and had[types[item]] < ITEMS_EACH:
            return item
    return _settling(types, answers, order, model)


def opening(types: Mapping[str, str], order: Sequence[str], each: int = ITEMS_EACH) -> list[str]:
    """Return the first items: rounds with one of every type, never two of one type in a row."""
    waiting: dict[str, list[str]] = {}
    for item in order:
        waiting.setdefault(types[item], []).append(item)
    place = {item: at for at, item in enumerate(order)}
    found: list[str] = []
    for turn in range(each):
        items = sorted((row[turn] for row in waiting.values() if len(row) > turn), key=place.get)  # type: ignore[arg-type]
        if found and len(items) > 1 and types[items[0]] == types[found[-1]]:
            items[0], items[1] = items[1], items[0]
        found += items
    return found


def _settling(
    types: Mapping[str, str], answers: Mapping[str, int], order: Sequence[str], model: Model
) -> str | None:
    """Choose between the two most probable leaders: the one that has had fewer items."""
    firsts = posterior_of(types, answers, model).first_probability
    if max(firsts) >= SURE_ENOUGH:
        return None
    had = Counter(types[item] for item in answers)
    nearest: dict[str, tuple[int, str]] = {}
    for at, item in enumerate(order):
        if item not in answers:
            nearest.setdefault(types[item], (at, item))
    racing = sorted(
        (at for at, letter in enumerate(TYPES) if letter in nearest),
        key=lambda at: (-firsts[at], nearest[TYPES[at]]),
    )[:2]
    if not racing:
        return None
    chosen = min(racing, key=lambda at: (had[TYPES[at]], -firsts[at], nearest[TYPES[at]]))
    return nearest[TYPES[chosen]][1]
