"""Which families of work a path prepares for, and which paths prepare for an occupation.

By ISCO-08's skill levels, 1 to 4, which a card names; or by the families themselves where it names these.
"""

from collections.abc import Iterable, Mapping

from bot.core.education.path_card import PathCard
from bot.core.interests.matching import skill_level_of


def families_of(card: PathCard, families: Iterable[str]) -> tuple[str, ...]:
    """Return the families of work, by ISCO-08's two digits, that a path prepares for."""
    if card.families:
        return card.families
    return tuple(isco for isco in families if skill_level_of(isco) in card.skill_levels)


def paths_to(isco: str, cards: Mapping[str, PathCard]) -> tuple[str, ...]:
    """Return the paths, by id, that prepare for an occupation of an ISCO-08 code."""
    return tuple(id_ for id_, card in cards.items() if isco[:2] in families_of(card, (isco[:2],)))
