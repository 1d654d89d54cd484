"""The map of paths: what it shows, and how it is drawn as SVG, for a page or to stand alone."""

from typing import Literal

from bot.core.base.frozen import Frozen

PathState = Literal["open", "not_judged", "closed"]


class PathStation(Frozen):
    """One path on the map.

    gives: its level and how long it takes. onward: what follows it, beside the goals, in words;
    further: the same, name by name.
    goals, later: the goals it leads to, by their place in the map: at once, and by other paths.
    part_of: the goal that it is one kind of. lit: it is on the person's own way; lit_goals: where that leads.
    """

    name: str
    state: PathState
    gives: str = ""
    onward: str = ""
    further: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    later: tuple[int, ...] = ()
    part_of: int | None = None
    lit: bool = False
    lit_goals: tuple[int, ...] = ()


class PathGoal(Frozen):
    """Where paths lead to. state: where it is a path of its own, too; lit: that path is on the own way."""

    name: str
    gives: str = ""
    state: PathState | None = None
    lit: bool = False


class KeyLine(Frozen):
    """What a sign on the map means. sign: a state, the own way, or a line that leads on by other paths."""

    sign: PathState | Literal["lit", "later", "none"]
    text: str


class PathMap(Frozen):
    """All that a map shows.

    title, text: what it is and shows, for who does not see it. here, where: what stands at its start.
    support: help on the way, under a title of its own; it leads nowhere by itself.
    """

    title: str
    text: str
    here: str
    where: str
    stations: tuple[PathStation, ...]
    goals: tuple[PathGoal, ...] = ()
    support_title: str = ""
    support: tuple[PathStation, ...] = ()
    key: tuple[KeyLine, ...] = ()

    @property
    def has_own_way(self) -> bool:
        """Return whether something on it is on the person's own way."""
        return any(one.lit for one in self.stations) or any(one.lit for one in self.goals)

    def is_lit(self, goal: int) -> bool:
        """Return whether the person's own way leads to a goal."""
        return self.goals[goal].lit or any(goal in one.lit_goals for one in self.stations)
