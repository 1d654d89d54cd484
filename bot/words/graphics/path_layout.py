"""Where everything on a map of paths stands: computed from what the map shows, by hand nothing.

A trunk runs down the left side, past one plate for each path. Lanes on the right run down to the goals.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from bot.words.graphics.lettering import width_of, wrap
from bot.words.graphics.path_map import KeyLine, PathMap, PathState, PathStation

# in SVG's units, x to the right and y down
PAGE_WIDTH, ALONE_WIDTH = 320, 440  # on a telephone's page; as a picture, which shows more at once
NAME_SIZE, SUB_SIZE = 13.5, 12.5  # of letters, as the page's style has them
NAME_LEADING, SUB_LEADING = 17, 15.5
PAD, GAP, EDGE = 8, 10, 2  # within a plate, between plates, at the drawing's edge
MOST_SUB_LINES = 8  # of what stands under a name
NODE = 7  # radius of a mark
TRUNK_STEP, LANE_STEP = 14, 17  # between lines that run down beside each other
NODE_ROOM = 14  # from a plate's left edge, where its mark sits, to its words
JOIN_ROOM = 20  # from a plate's right edge to the nearest lane
BLAZE_ROOM = 39  # from the left edge to the words of the start, past the blaze


class Box(NamedTuple):
    """A rectangle: its upper left corner, and how large it is."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Return the y halfway down."""
        return self.y + self.height / 2


class TextLine(NamedTuple):
    """A line of words. x, y: where its baseline begins; is_sub: it is of the smaller letters."""

    x: float
    y: float
    text: str
    is_sub: bool = False


class Placed(NamedTuple):
    """Something with words at its place. state: the mark it has; lit: it is on the own way."""

    kind: Literal["start", "station", "closed", "goal", "frame", "support", "title"]
    box: Box
    lines: tuple[TextLine, ...]
    state: PathState | None = None
    lit: bool = False


class KeyPlace(NamedTuple):
    """A sign of the key. x, y: the middle of the sign."""

    x: float
    y: float
    line: KeyLine
    words: tuple[TextLine, ...]


class Columns(NamedTuple):
    """The x of what runs down: the own way, the trunk, plates from left to right, a lane for each goal."""

    own: float
    trunk: float
    left: float
    right: float
    lanes: tuple[float, ...]


class PlacedStation(NamedTuple):
    """A path at its place, with what it leads to."""

    station: PathStation
    place: Placed


class MapLayout(NamedTuple):
    """A map laid out. goals: in the order of the map's; plain: titles and support; key: its signs."""

    width: float
    height: float
    columns: Columns
    start: Placed
    stations: tuple[PlacedStation, ...]
    goals: tuple[Placed, ...]
    plain: tuple[Placed, ...]
    key: tuple[KeyPlace, ...]

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Return everything that has words, from top to bottom."""
        found = [self.start, *(one.place for one in self.stations), *self.goals, *self.plain]
        return tuple(sorted(found, key=lambda one: one.box.y))


def lay_out(path_map: PathMap, width: float = PAGE_WIDTH) -> MapLayout:
    """Return where everything stands in a drawing of a width; its height follows.

    The own way goes first, then what is open, what is not judged, what is closed, the goals, support.
    """
    columns = _columns(path_map, width)
    start = _start(path_map, columns)
    stations, y = _apart(path_map, columns, start.box.bottom + GAP + PAD)
    goals = []
    for number in range(len(path_map.goals)):
        place, within = _goal(path_map, number, columns, y + GAP)
        goals.append(place)
        stations += within
        y = place.box.bottom + GAP / 2
    plain = tuple(_support(path_map, columns, y + GAP))
    y = max([y, *(one.box.bottom for one in plain)]) + GAP
    key = tuple(_key(path_map.key, width, y))
    height = max([y, *(line.y + 6 for place in key for line in place.words)])
    return MapLayout(width, height, columns, start, tuple(stations), tuple(goals), plain, key)


def _apart(path_map: PathMap, columns: Columns, y: float) -> tuple[list[PlacedStation], float]:
    """Return the paths that stand in no goal's frame, from a y down, and where they end."""
    apart = [one for one in path_map.stations if one.part_of is None or _is_shut(one)]
    stations = []
    for station in _sorted(apart):
        place = _station(station, columns, y)
        stations.append(PlacedStation(station, place))
        y = place.box.bottom + (GAP if place.kind == "station" else 0)
    return stations, y


def _columns(path_map: PathMap, width: float) -> Columns:
    own = EDGE + 6.0
    trunk = own + TRUNK_STEP if path_map.has_own_way else own
    lanes = len(path_map.goals)
    outer = width - EDGE - 5
    places = tuple(outer - LANE_STEP * (lanes - 1 - at) for at in range(lanes))
    right = places[0] - JOIN_ROOM if places else width - EDGE
    return Columns(own, trunk, trunk + 24, right, places)


def _is_shut(station: PathStation) -> bool:
    return station.state == "closed"


def _sorted(stations: Iterable[PathStation]) -> list[PathStation]:
    states: Sequence[PathState] = ("open", "not_judged", "closed")
    return sorted(stations, key=lambda one: (_is_shut(one), not one.lit, states.index(one.state)))


def _start(path_map: PathMap, columns: Columns) -> Placed:
    lines = _words(path_map.here, path_map.where, EDGE + BLAZE_ROOM, EDGE, columns.right)
    height = max(lines[-1].y - EDGE + PAD, 42)
    box = Box(EDGE, EDGE, columns.right - EDGE, height)
    return Placed("start", box, lines, lit=True)


def _station(station: PathStation, columns: Columns, y: float, inset: float = 0) -> Placed:
    """Return a path's plate, or of a closed one only its words. inset: from the plates' usual edges."""
    left, right = columns.left + inset, columns.right - inset
    if _is_shut(station):
        return _row("closed", station, Columns(*columns[:2], left, right, ()), y)
    below = " · ".join(part for part in (station.gives, station.onward) if part)
    lines = _words(station.name, below, left + NODE_ROOM, y, right)
    box = Box(left, y, right - left, lines[-1].y - y + PAD)
    return Placed("station", box, lines, station.state, station.lit)


def _row(
    kind: Literal["closed", "support"], station: PathStation, columns: Columns, y: float
) -> Placed:
    """Return a path as a mark and a name, without a plate."""
    x = columns.left + NODE_ROOM
    wrapped = wrap(station.name, columns.right - x, SUB_SIZE)
    lines = tuple(
        TextLine(x, y + SUB_LEADING * at + 14, text, is_sub=True) for at, text in enumerate(wrapped)
    )
    box = Box(columns.left, y, columns.right - columns.left, SUB_LEADING * len(lines) + 7)
    return Placed(kind, box, lines, station.state, station.lit)


def _goal(
    path_map: PathMap, number: int, columns: Columns, y: float
) -> tuple[Placed, list[PlacedStation]]:
    """Return a goal's plate; where paths are kinds of it, a frame around them, and them."""
    goal, lit = path_map.goals[number], path_map.is_lit(number)
    kinds = [one for one in path_map.stations if one.part_of == number and not _is_shut(one)]
    lines = _words(goal.name, goal.gives, columns.left + NODE_ROOM, y, columns.right - PAD)
    bottom = lines[-1].y + PAD
    within: list[PlacedStation] = []
    for station in _sorted(kinds):
        place = _station(station, columns, bottom, inset=PAD)
        within.append(PlacedStation(station, place))
        bottom = place.box.bottom + PAD
    box = Box(columns.left, y, columns.right - columns.left, bottom - y)
    return Placed("frame" if kinds else "goal", box, lines, goal.state, lit), within


def _support(path_map: PathMap, columns: Columns, y: float) -> Iterator[Placed]:
    if not path_map.support:
        return
    beside = Columns(columns.own, columns.trunk, EDGE + NODE + 2, _full_right(columns), ())
    lines = _words(path_map.support_title, "", EDGE, y - PAD, beside.right)
    yield Placed("title", Box(EDGE, y, beside.right - EDGE, lines[-1].y - y + 6), lines)
    y = lines[-1].y + 6
    for station in path_map.support:
        place = _row("support", station, beside, y)
        yield place
        y = place.box.bottom


def _full_right(columns: Columns) -> float:
    """Return the right edge of what stands below the lanes, and may be as wide as the drawing."""
    return columns.lanes[-1] + 5 if columns.lanes else columns.right


def _words(name: str, below: str, x: float, y: float, right: float) -> tuple[TextLine, ...]:
    """Return a name and what stands under it in smaller letters, from the upper edge of a plate."""
    room = right - x - PAD
    lines = []
    baseline = y + PAD - 4
    for text in wrap(name, room, NAME_SIZE, bold=True):
        baseline += NAME_LEADING
        lines.append(TextLine(x, baseline, text))
    for text in wrap(below, room, SUB_SIZE, most=MOST_SUB_LINES) if below else ():
        baseline += SUB_LEADING
        lines.append(TextLine(x, baseline, text, is_sub=True))
    return tuple(lines)


def _key(key: Sequence[KeyLine], width: float, y: float) -> Iterator[KeyPlace]:
    """Return the signs and what they mean, beside each other as long as there is room."""
    x = float(EDGE)
    for line in key:
        sign = {"none": 0, "later": 30}.get(line.sign, 20)
        wrapped = wrap(line.text, width - EDGE - EDGE - sign, SUB_SIZE)
        needed = sign + max(width_of(text, SUB_SIZE) for text in wrapped)
        if x > EDGE and x + needed > width - EDGE:
            x, y = float(EDGE), y + SUB_LEADING + 5
        words = tuple(
            TextLine(x + sign, y + 14 + SUB_LEADING * at, text, is_sub=True)
            for at, text in enumerate(wrapped)
        )
        yield KeyPlace(x + (sign - 6) / 2, y + 9.5, line, words)
        y += SUB_LEADING * (len(wrapped) - 1)
        x += needed + 12
