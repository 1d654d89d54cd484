"""What happens with paths of education in a turn."""

from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.education.comparison import Comparison
from bot.core.education.judging import CardState
from bot.core.education.saved_path import SavedPath
from bot.core.education.ways import WayState


class PathsShown(Frozen):
    """How the paths of education stand to the person.

    part: all of them, or only those that an answer has just closed. matters: what is important to the
    person, by the names of the criteria. standing: the answer that tells where they stand; "" where that
    is not known. lit: the paths that they have saved, as they are still there.
    """

    kind: Literal["paths_shown"] = "paths_shown"
    flow: str
    step: str
    states: tuple[CardState, ...]
    part: Literal["all", "closed"] = "all"
    matters: tuple[str, ...] = ()
    standing: str = ""
    lit: tuple[str, ...] = ()


class PathTold(Frozen):
    """A path of education is told about. flow, step: "" where somebody asked for it beside the script.

    saved: it is among those that the person has saved. near: the families of work that fit the person's
    interests best, the nearest first; none where these were not measured.
    """

    kind: Literal["path_told"] = "path_told"
    flow: str = ""
    step: str = ""
    card: str
    saved: bool = False
    near: tuple[str, ...] = ()


class SavedPathsShown(Frozen):
    """The paths that the person has saved are shown, with what has changed in them since."""

    kind: Literal["saved_paths_shown"] = "saved_paths_shown"
    flow: str
    step: str
    saved: tuple[SavedPath, ...]


class ComparisonShown(Frozen):
    """Paths of education are shown side by side."""

    kind: Literal["comparison_shown"] = "comparison_shown"
    flow: str
    step: str
    comparison: Comparison


class WaysShown(Frozen):
    """The ways on are told in the order of their dates, and how each stands to the person."""

    kind: Literal["ways_shown"] = "ways_shown"
    flow: str
    step: str
    ways: tuple[WayState, ...]
