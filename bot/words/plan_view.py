"""A plan in words, once for all: chat, page, print and preview are laid out from this."""

from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.plan.gaps import GapState
from bot.words.messages import Card, ScoreBar
from bot.words.sheet import SheetMark


class PlanText(Frozen):
    """A text with the language it is in: own words stay in the one they were written in."""

    text: str
    language: str


class PlanLine(Frozen):
    """One item. number: by which it is called; 0 for none.

    details: what else there is to it, each a short sentence. origin: where it comes from. mark: its state by shape.
    """

    id: str
    kind: str
    number: int
    text: PlanText
    details: tuple[PlanText, ...] = ()
    origin: str = ""
    mark: SheetMark | None = None


class PlanPicture(Frozen):
    """A drawing. svg: with colours of its own; drawing: the same for a page that styles it.

    width: in millimetres on paper. says: the result, for who does not see it.

    bars: of the hexagon, the same as a table.
    """

    kind: Literal["hexagon", "map"]
    title: str
    svg: str
    drawing: str
    says: str
    width: int
    bars: tuple[ScoreBar, ...] = ()


class PlanSectionView(Frozen):
    """One section. hint: what may stand in it, where nothing does. pictures: drawn below its lines."""

    id: str
    title: str
    hint: str
    lines: tuple[PlanLine, ...]
    pictures: tuple[PlanPicture, ...] = ()


class GapLine(Frozen):
    """One row of what a goal asks. cells: what is asked, what there is, how it is shown, how it will be got."""

    id: str
    state: GapState
    mark: SheetMark
    cells: tuple[PlanText, PlanText, PlanText, PlanText]


class GapTable(Frozen):
    """What one goal asks. columns: the names of the four."""

    goal: PlanText
    caption: str
    columns: tuple[str, str, str, str]
    rows: tuple[GapLine, ...]


class PlanView(Frozen):
    """The whole of it, in one language.

    state: that it is a draft, or who has confirmed it. about: when it was made and which version it is.
    decisions: what rules have said, each as its card. closing: what it is not, and how it goes on.
    """

    title: str
    language: str
    is_draft: bool
    state: str
    about: str
    sections: tuple[PlanSectionView, ...]
    gaps: tuple[GapTable, ...] = ()
    decisions_title: str = ""
    decisions: tuple[tuple[str, Card], ...] = ()
    closing: tuple[str, ...] = ()
