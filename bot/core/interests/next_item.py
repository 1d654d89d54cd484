"""Which item comes next: three of each type, then as many more as settle who leads."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.interests.norms import PUBLISHED, TYPES, AnswerModel
from bot.core.interests.scoring import posterior_of

ITEMS_EACH: Final = 3  # items of every type before any choice
SURE_ENOUGH: Final = 0.87  # the leading type's probability of being first at which asking stops
MOST_ITEMS: Final = 30  # answers after which nothing more is asked


def next_item(
    types: Mapping[str, str],
    answers: Mapping[str, int],
    order: Sequence[str],
    model: AnswerModel = PUBLISHED,
) -> str | None:
    """Return the next item of `order`, or None when enough is known or MOST_ITEMS are answered.

    types: the letter of each item. A race still open at the end is left open: the profile shows
    both.
    """
    if len(answers) >= MOST_ITEMS:
        return None
    answered = Counter(types[item] for item in answers)
    for item in opening(types, order):
        if item not in answers and answered[types[item]] < ITEMS_EACH:
            return item
    return _settling_item(types, answers, order, model)


def opening(types: Mapping[str, str], order: Sequence[str], each: int = ITEMS_EACH) -> list[str]:
    """Return the first items: rounds with one of every type, never two of one type in a row."""
    by_type: dict[str, list[str]] = {}
    for item in order:
        by_type.setdefault(types[item], []).append(item)
    places = {item: place for place, item in enumerate(order)}
    items: list[str] = []
    for round_ in range(each):
        row = [waiting[round_] for waiting in by_type.values() if len(waiting) > round_]
        row.sort(key=places.__getitem__)
        # only where two rounds meet can one type follow itself
        if items and len(row) > 1 and types[row[0]] == types[items[-1]]:
            row[0], row[1] = row[1], row[0]
        items += row
    return items


def page_of(types: Mapping[str, str], answered: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return the items of a page that asks all at once: as many of each type, MOST_ITEMS together.

    answered: items that have an answer already; they stand on the page too, as many as there are.
    """
    page = opening(types, order, each=MOST_ITEMS // len(TYPES))
    return [*page, *(item for item in answered if item not in page)]


def _settling_item(
    types: Mapping[str, str], answers: Mapping[str, int], order: Sequence[str], model: AnswerModel
) -> str | None:
    """Return an item of one of the two most probable leaders: of the one with fewer answers."""
    probabilities = posterior_of(types, answers, model).first_probability
    if max(probabilities) >= SURE_ENOUGH:
        return None
    probability = dict(zip(TYPES, probabilities, strict=True))
    answered = Counter(types[item] for item in answers)
    # the first item left of each type, with its place in the order, which settles what is equal
    nearest: dict[str, tuple[int, str]] = {}
    for place, item in enumerate(order):
        if item not in answers:
            nearest.setdefault(types[item], (place, item))
    racing = sorted(nearest, key=lambda letter: (-probability[letter], nearest[letter]))[:2]
    if not racing:
        return None
    chosen = min(
        racing, key=lambda letter: (answered[letter], -probability[letter], nearest[letter])
    )
    _, item = nearest[chosen]
    return item
