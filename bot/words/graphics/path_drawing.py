"""A map of paths drawn as SVG: for a page with its own style, or to stand alone."""

from collections.abc import Iterable, Iterator
from typing import assert_never
from xml.sax.saxutils import escape

from bot.words.graphics.path_layout import (
    ALONE_WIDTH,
    EDGE,
    NODE,
    PAGE_WIDTH,
    Box,
    Columns,
    KeyPlace,
    MapLayout,
    Placed,
    PlacedStation,
    TextLine,
    lay_out,
)
from bot.words.graphics.path_map import PathMap, PathState

BEND = 8  # radius where a line turns
APART = 7  # half the way between two lines that leave one plate
SIGNPOST = 18  # radius of the round end of what leads onward
# a picture cannot take its colours from a page; these are the web chat's light ones.
# its face is narrower than any the layout reckons with, so its letters may be larger
ALONE_STYLE = """<style>
svg{font:600 16px "Libertinus Serif",serif;fill:#1a2524}
.sub{font-weight:400;font-size:14.5px;fill:#475653}
.path{fill:none;stroke:#66756f;stroke-width:3;stroke-linecap:round}
.path.shut{stroke-dasharray:1 6}.path.later{stroke-dasharray:4 4;stroke-linecap:butt}
.path.casing{stroke:#1a2524;stroke-width:9}.path.lit{stroke:#e8a51c;stroke-width:6}
.node{fill:#fff;stroke:#14594b;stroke-width:2.5}.node.full{fill:#14594b}
.node.lit{fill:#e8a51c;stroke:#1a2524}
.plate{fill:#fff;stroke:#66756f}.plate.lit{fill:#fbefcf;stroke:#1a2524;stroke-width:1.5}
.frame{fill:#e6ebe3}.frame.lit{fill:#fbefcf}
.blaze{fill:#14594b}.blaze-band{fill:#e8a51c}
</style>"""
ALONE_GROUND, ALONE_MARGIN = "#f3f5f0", 10


def draw_path_map(path_map: PathMap, *, alone: bool = False) -> str:
    """Return a map as SVG: the start, a plate for each path, and lines to what it leads to.

    alone: with colours and a ground of its own, for where no page styles it.
    """
    layout = lay_out(path_map, ALONE_WIDTH if alone else PAGE_WIDTH)
    drawn = "".join(
        [
            *(_plate(one) for one in layout.goals if one.kind == "frame"),
            *_trunk(layout),
            *_lanes(layout),
            *_own_way(path_map, layout),
            *(_plate(one) for one in layout.placed if one.kind != "frame"),
            _blaze(layout.start),
            *(_mark_at(one.box.x, one) for one in layout.placed),
            *(_line(line) for one in layout.placed for line in one.lines),
            f'<g class="signs">{"".join(map(_key_line, layout.key))}</g>' if layout.key else "",
        ]
    )
    name = f"<title>{escape(path_map.title)}</title><desc>{escape(path_map.text)}</desc>"
    margin = ALONE_MARGIN if alone else 0
    width, height = layout.width + 2 * margin, layout.height + 2 * margin
    ground = (
        f'{ALONE_STYLE}<rect x="{-margin}" y="{-margin}" width="{width:g}" height="{height:g}"'
        f' fill="{ALONE_GROUND}"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing map"'
        f' viewBox="{-margin} {-margin} {width:g} {height:g}" role="img">'
        f"{name}{ground if alone else ''}{drawn}</svg>"
    )


# --- lines


def _trunk(layout: MapLayout) -> Iterator[str]:
    """Return the line that runs down past all paths, dotted where only closed ones follow."""
    places = [one.place for one in layout.stations]
    places += [goal for goal in layout.goals if goal.state is not None]
    top = layout.start.box.bottom
    for shut in (False, True):
        ends = [place.box for place in places if (place.kind == "closed") == shut]
        if not ends:
            continue
        bottom = max(box.middle for box in ends) - BEND
        if bottom > top:
            yield _path("shut" if shut else "", f"M{layout.columns.trunk:g} {top:g}V{bottom:g}")
            top = bottom
        for box in ends:
            yield _path("shut" if shut else "", _branch(layout.columns.trunk, box))


def _branch(x: float, box: Box) -> str:
    """Return the way from a line that runs down at x into the left edge of a plate."""
    return f"M{x:g} {box.middle - BEND:g}q0 {BEND} {BEND} {BEND}H{box.x:g}"


def _lanes(layout: MapLayout) -> Iterator[str]:
    """Return the lanes to the goals, and the lines by which paths join them."""
    for number, goal in enumerate(layout.goals):
        joins = [one for one in layout.stations if number in _leads(one)]
        if not joins:
            continue
        lane = layout.columns.lanes[number]
        top = min(_leaving(one, number) for one in joins) + BEND
        yield _path("", f"M{lane:g} {top:g}{_into(goal, layout.columns)}")
        for one in joins:
            name = "" if number in one.station.goals else "later"
            yield _path(name, _join(one, number, lane))


def _leads(one: PlacedStation) -> tuple[int, ...]:
    """Return all goals that a path has a line to; one that is closed has none."""
    if one.place.kind == "closed":
        return ()
    return (*one.station.goals, *one.station.later)


def _leaving(one: PlacedStation, goal: int) -> float:
    """Return the y at which the line to a goal leaves a plate: the outer lane's above the inner one's."""
    goals = sorted(set(_leads(one)), reverse=True)
    return one.place.box.middle + APART * (2 * goals.index(goal) - len(goals) + 1)


def _join(one: PlacedStation, goal: int, lane: float) -> str:
    y = _leaving(one, goal)
    return f"M{one.place.box.right:g} {y:g}H{lane - BEND:g}q{BEND} 0 {BEND} {BEND}"


def _into(goal: Placed, columns: Columns) -> str:
    """Return the end of a way: down a lane, and into the goal's right edge; a frame's where its name is."""
    y = goal.lines[0].y - 4 if goal.kind == "frame" else goal.box.middle
    return f"V{y - BEND:g}q0 {BEND}-{BEND} {BEND}H{columns.right:g}"


def _own_way(path_map: PathMap, layout: MapLayout) -> Iterator[str]:
    """Return the person's own way, twice: in ink, and in amber on it."""
    ways = [*_ways_out(path_map, layout), *_ways_on(layout)]
    yield from (_path("casing", way) for way in ways)
    yield from (_path("lit", way) for way in ways)


def _ways_out(path_map: PathMap, layout: MapLayout) -> Iterator[str]:
    """Return the ways from the start to what is lit, past all else."""
    lit = [one.place for one in layout.stations if one.station.lit]
    lit += [place for goal, place in zip(path_map.goals, layout.goals, strict=True) if goal.lit]
    x = layout.columns.own
    for place in lit:
        y = place.box.middle
        yield (
            f"M{x:g} {layout.start.box.bottom:g}V{y - BEND:g}"
            f"q0 {BEND} {BEND} {BEND}H{place.box.x:g}"
        )


def _ways_on(layout: MapLayout) -> Iterator[str]:
    """Return the ways from what is lit to the goals it leads to."""
    for one in layout.stations:
        for number in one.station.lit_goals if one.place.kind != "closed" else ():
            lane = layout.columns.lanes[number]
            yield _join(one, number, lane) + _into(layout.goals[number], layout.columns)


def _path(name: str, way: str) -> str:
    return f'<path class="{f"path {name}".strip()}" d="{way}"/>'


# --- plates and marks


def _plate(placed: Placed) -> str:
    x, y, width, height = placed.box
    lit = " lit" if placed.lit else ""
    match placed.kind:
        case "start" | "station":
            return _rectangle(f"plate{lit}", placed.box)
        case "frame":
            return _rectangle(f"frame{lit}", placed.box)
        case "goal":
            r = min(SIGNPOST, height / 2)
            return (
                f'<path class="plate{lit}" d="M{x + 6:g} {y:g}H{x + width - r:g}'
                f"a{r:g} {r:g} 0 0 1 {r:g} {r:g}v{height - 2 * r:g}a{r:g} {r:g} 0 0 1-{r:g} {r:g}"
                f'H{x + 6:g}a6 6 0 0 1-6-6V{y + 6:g}a6 6 0 0 1 6-6z"/>'
            )
        case "closed" | "support" | "title":
            return ""
        case _:
            assert_never(placed.kind)


def _rectangle(name: str, box: Box) -> str:
    return (
        f'<rect class="{name}" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}"'
        f' height="{box.height:g}" rx="6"/>'
    )


def _blaze(start: Placed) -> str:
    """Return the mark of where somebody is."""
    x, y = EDGE + 11, start.box.middle - 13
    return (
        f'<rect class="blaze" x="{x:g}" y="{y:g}" width="16" height="26" rx="3"/>'
        f'<rect class="blaze-band" x="{x:g}" y="{y + 9:g}" width="16" height="8"/>'
    )


def _mark_at(x: float, placed: Placed) -> str:
    """Return the mark of a path's state, where its way enters; nothing for what has no state."""
    if placed.state is None:
        return ""
    return _mark(placed.state, x, placed.box.middle, lit=placed.lit)


def _mark(state: PathState, x: float, y: float, *, lit: bool) -> str:
    r = NODE
    amber = " lit" if lit else ""
    match state:
        case "open":
            return f'<circle class="node full{amber}" cx="{x:g}" cy="{y:g}" r="{r}"/>'
        case "not_judged":
            wide = r + 2
            shape = f"M{x:g} {y - wide:g}l{wide} {wide}-{wide} {wide}-{wide}-{wide}z"
        case "closed":
            shape = f"M{x - r:g} {y - r:g}h{2 * r}v{2 * r}h-{2 * r}zm0 {r}h{2 * r}"
        case _:
            assert_never(state)
    return f'<path class="node{amber}" d="{shape}"/>'


def _line(line: TextLine) -> str:
    sub = ' class="sub"' if line.is_sub else ""
    return f'<text{sub} x="{line.x:g}" y="{line.y:g}">{escape(line.text)}</text>'


def _key_line(place: KeyPlace) -> str:
    return _sign(place) + "".join(_lines(place.words))


def _lines(words: Iterable[TextLine]) -> Iterator[str]:
    return (_line(line) for line in words)


def _sign(place: KeyPlace) -> str:
    x, y = place.x, place.y
    match place.line.sign:
        case "lit":
            return _mark("open", x, y, lit=True)
        case "later":
            return _path("later", f"M{x - 10:g} {y:g}h20")
        case "none":
            return ""
        case "open" | "not_judged" | "closed":
            return _mark(place.line.sign, x, y, lit=False)
        case _:
            assert_never(place.line.sign)
