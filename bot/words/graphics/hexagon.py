"""The six interests as a hexagon, drawn as SVG: for a page with its own style, or to stand alone."""

from collections.abc import Sequence
from math import cos, radians, sin
from typing import assert_never
from xml.sax.saxutils import escape

from bot.words.graphics.lettering import width_of
from bot.words.messages import Portrait, ScoreBar

# in SVG's units, x to the right and y down; RADIUS: from the middle to a score of 100
WIDTH, HEIGHT, RADIUS = 328, 304, 104
MIDDLE_POINT = (164.0, 150.0)
# the middle of each label's line, clockwise from the top corner, as the scores
LABEL_POINTS = ((164, 34), (278, 84), (278, 227), (164, 278), (50, 227), (50, 84))
RING_SCORES = (25, 50, 75, 100)  # scores that a line of the grid goes through
NODE_SIZE = 7  # radius of a leading type's mark
LABEL_SIZE, LONG_SIZE, SCORE_SIZE = 13.5, 11.5, 12.5  # of the letters; `look.css` has them too
SCORE_LINE = 15  # from a name to the score below it
LIFT = 18  # how much farther from the hexagon's middle both then reach
# a picture cannot take its colours from a page; these are the web chat's light ones
ALONE_STYLE = """<style>
svg{font:600 13.5px "Libertinus Serif",serif;fill:#1a2524}
.grid{fill:none;stroke:#c9d1cc}
.shape{fill:#14594b;fill-opacity:.16;stroke:#14594b;stroke-width:2.5;stroke-linejoin:round}
.was{fill:none;stroke:#475653;stroke-width:1.5;stroke-dasharray:4 4}
.long{font-size:11.5px}
.sub{font-weight:400;font-size:12.5px;fill:#475653}
.node{fill:#fff;stroke:#14594b;stroke-width:2.5}
.lit{fill:#e8a51c;stroke:#1a2524}
</style><rect width="328" height="304" fill="#f3f5f0"/>"""


def draw_hexagon(portrait: Portrait, *, alone: bool = False) -> str:
    """Return a portrait's bars as an SVG hexagon, the first at the top, the others clockwise.

    alone: with colours and a ground of its own, for where no page styles it.
    """
    bars = portrait.bars
    rings = "".join(_polygon("grid", [ring] * len(bars)) for ring in RING_SCORES)
    spokes = "".join(_spoke(corner) for corner in range(len(bars)))
    earlier_scores = [bar.before for bar in bars if bar.before is not None]
    was = _polygon("was", earlier_scores) if len(earlier_scores) == len(bars) else ""
    shape = _polygon("shape", [bar.score for bar in bars])
    nodes = "".join(_node(corner, bar) for corner, bar in enumerate(bars))
    labels = "".join(_label(corner, bar) for corner, bar in enumerate(bars))
    # what a screen reader says
    name = f"<title>{escape(portrait.shape_title)}</title><desc>{escape(portrait.shape)}</desc>"
    style = ALONE_STYLE if alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' role="img">{name}{style}{rings}<path class="grid" d="{spokes}"/>{was}'
        f"{shape}{nodes}{labels}</svg>"
    )


def _point(corner: int, score: float) -> tuple[float, float]:
    """Return where a score stands on its spoke; corner 0 is the top one, score is 0-100."""
    # SVG's angles go clockwise from the right, so the top is at -90 degrees
    angle = radians(60 * corner - 90)
    distance = RADIUS * min(max(score, 0), 100) / 100
    return MIDDLE_POINT[0] + distance * cos(angle), MIDDLE_POINT[1] + distance * sin(angle)


def _coordinates(corner: int, score: float) -> str:
    x, y = _point(corner, score)
    return f"{x:.1f},{y:.1f}"


def _spoke(corner: int) -> str:
    x, y = MIDDLE_POINT
    return f"M{x} {y}L{_coordinates(corner, 100)}"


def _polygon(name: str, scores: Sequence[float]) -> str:
    points = " ".join(_coordinates(corner, score) for corner, score in enumerate(scores))
    return f'<polygon class="{name}" points="{points}"/>'


def _node(corner: int, bar: ScoreBar) -> str:
    """Return the mark of a leading type at its corner; the other types have none."""
    x, y = _point(corner, bar.score)
    r = NODE_SIZE
    match bar.mark:
        case "diamond":
            # from its top clockwise: to the right corner, the bottom, the left one, and back
            return f'<path class="node" d="M{x:.1f} {y - r:.1f}l{r} {r}-{r} {r}-{r}-{r}z"/>'
        case "full" | "half":
            return f'<circle class="node lit" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'
        case "empty":
            return ""
        case _:
            assert_never(bar.mark)


def _label(corner: int, bar: ScoreBar) -> str:
    """Return the name of a type with its score, below it where both are wider than the side they stand at."""
    x, y = LABEL_POINTS[corner]
    name, room = escape(bar.label), 2 * min(x, WIDTH - x)
    width = width_of(bar.label, LABEL_SIZE, bold=True)
    if width + width_of(f" {bar.score}", SCORE_SIZE) <= room:
        score = f'<tspan class="sub">{bar.score}</tspan>'
        return f'<text x="{x}" y="{y}" text-anchor="middle">{name} {score}</text>'
    is_long = width > room
    half = width * LONG_SIZE / LABEL_SIZE / 2 if is_long else 0.0
    middle = min(max(x, half), WIDTH - half)
    line = y - LIFT if y < MIDDLE_POINT[1] else y + LIFT - SCORE_LINE
    look = ' class="long"' if is_long else ""
    score = f'<tspan class="sub" x="{middle:.1f}" dy="{SCORE_LINE}">{bar.score}</tspan>'
    return f'<text x="{middle:.1f}" y="{line}" text-anchor="middle"{look}>{name} {score}</text>'
