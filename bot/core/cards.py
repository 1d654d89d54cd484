"""The cards and answers that people are shown, by kind and id, each with a mark of what it says."""

from collections.abc import Mapping
from hashlib import blake2b

from bot.core.base.frozen import Frozen
from bot.core.library import Library

VERSION_BYTES = 4


def shown_cards(library: Library) -> Mapping[str, Mapping[str, Frozen]]:
    """Return what can be said to be wrong, by kind: a new kind of card is a line here."""
    return {
        "knowledge": library.knowledge,
        "paths": library.paths,
        "support": library.rules,
        "occupations": library.occupations,
        "dates": library.dates,
        "places": library.places,
    }


def card_version(library: Library, card: str) -> str:
    """Return a mark that changes with what a card says; "" where there is no such card.

    card: its kind and id, "knowledge/grade10_criteria".
    """
    kind, _, id_ = card.partition("/")
    found = shown_cards(library).get(kind, {}).get(id_)
    if found is None:
        return ""
    return blake2b(found.model_dump_json().encode(), digest_size=VERSION_BYTES).hexdigest()
