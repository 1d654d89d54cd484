"""Paths side by side, by the criteria people choose by: what is known of each, and what is not.

Nothing is added up and nothing is ranked: what matters to somebody changes the order of the rows only.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, Literal

from pydantic import model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.education.path_card import PathCard
from bot.core.education.skill_levels import families_of

Criterion = Literal[
    "interests",
    "abilities",
    "society",
    "labour_market",
    "earning_early",
    "near_home",
    "language",
    "university_open",
    "health",
    "years",
    "level",
]
CRITERIA: Final[tuple[Criterion, ...]] = (
    "interests", "abilities", "society", "labour_market", "earning_early", "near_home",
    "language", "university_open", "health", "years", "level",
)  # fmt: skip
NEAR_SHARE: Final = 0.5  # of the leading families of work, from which a path is near to them


class ComparedThings(Frozen):
    """What somebody wants side by side.

    cards: paths, by id. own: an option of one's own, in one's own words; criterion: a criterion likewise.
    matters: the criteria that are important to the person. said: what the person says to be good at.
    """

    cards: tuple[str, ...]
    own: str = ""
    criterion: str = ""
    matters: tuple[str, ...] = ()
    said: str = ""


class ComparedCell(Frozen):
    """What is known of one path by one criterion.

    state: "known", then text says what; "near", "partly" or "apart" to the interests that were measured, then
    families are those leading families of work that the path prepares for; "said": only the person's own
    words are known; "unknown".
    """

    state: Literal["known", "near", "partly", "apart", "said", "unknown"]
    text: Text | None = None
    families: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_says_what(self) -> "ComparedCell":
        if (self.state == "known") != (self.text is not None):
            message = "what is known has a text, and nothing else has"
            raise ValueError(message)
        return self


class ComparedRow(Frozen):
    """One criterion; "own" is the person's. weighty: it is important to the person."""

    criterion: Criterion | Literal["own"]
    cells: tuple[ComparedCell, ...]
    weighty: bool = False


class Comparison(Frozen):
    """Paths side by side: a cell for each in every row, the person's own option last."""

    things: ComparedThings
    rows: tuple[ComparedRow, ...]


UNKNOWN: Final = ComparedCell(state="unknown")


def compare_cards(
    things: ComparedThings,
    cards: Mapping[str, PathCard],
    leading: Collection[str],
    families: Collection[str],
) -> Comparison:
    """Return paths side by side; those that are no cards are left out.

    leading: the families of work nearest to the interests that were measured; none where they were not.
    families: all that there are.
    """
    chosen = tuple(name for name in dict.fromkeys(things.cards) if name in cards)
    own = (UNKNOWN,) if things.own else ()
    rows: list[ComparedRow] = []
    for name in CRITERIA:
        cells = (_cell(name, cards[id_], things.said, leading, families) for id_ in chosen)
        weighty = name in things.matters
        rows.append(ComparedRow(criterion=name, cells=(*cells, *own), weighty=weighty))
    rows.sort(key=lambda row: not row.weighty)  # stable: within both halves the order stays
    if things.criterion:
        blank = (UNKNOWN,) * (len(chosen) + len(own))
        rows.insert(0, ComparedRow(criterion="own", cells=blank, weighty=True))
    return Comparison(things=things.model_copy(update={"cards": chosen}), rows=tuple(rows))


def unknown_things(comparison: Comparison) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Return each criterion by which something is not known, with the places of the paths in question."""
    for row in comparison.rows:
        places = tuple(at for at, cell in enumerate(row.cells) if cell.state in ("unknown", "said"))
        if places:
            yield row.criterion, places


def _cell(
    name: Criterion, card: PathCard, said: str, leading: Collection[str], families: Collection[str]
) -> ComparedCell:
    match name:
        case "years":
            text: Text | None = card.years
        case "level":
            text = None if card.level is None else str(card.level)
        case _:
            text = getattr(card.criteria, name)
    if text is not None:
        return ComparedCell(state="known", text=text)
    if name == "interests":
        return _by_interests(card, leading, families)
    return ComparedCell(state="said") if name == "abilities" and said else UNKNOWN


def _by_interests(
    card: PathCard, leading: Collection[str], families: Collection[str]
) -> ComparedCell:
    """Return how near a path is to the interests measured; a path that prepares for no one work is not known."""
    prepared = families_of(card, families)
    if not leading or not prepared:
        return UNKNOWN
    shared = tuple(isco for isco in leading if isco in prepared)
    if len(shared) >= NEAR_SHARE * len(leading):
        return ComparedCell(state="near", families=shared)
    return ComparedCell(state="partly" if shared else "apart", families=shared)
