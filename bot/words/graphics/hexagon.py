"""The six interests as a hexagon, drawn as SVG: for a page with its own style, or to stand alone."""

from collections.abc import Sequence
from math import cos, radians, sin
from xml.sax.saxutils import escape

from bot.words.messages import Portrait, ScoreBar

WIDTH, HEIGHT, RADIUS = 328, 304, 104
MIDDLE = (164.0, 150.0)
LABELS = ((164, 34), (278, 84), (278, 227), (164, 278), (50, 227), (50, 84))
ALONE = """<style>
svg{font:600 13.5px "Libertinus Serif",serif;fill:#1a2524}
.grid{fill:none;stroke:#c9d1cc}
.shape{fill:#14594b;fill-opacity:.16;stroke:#14594b;stroke-width:2.5;stroke-linejoin:round}
.was{fill:none;stroke:#475653;stroke-width:1.5;stroke-dasharray:4 4}
.sub{font-weight:400;font-size:12.5px;fill:#475653}
.node{fill:#fff;stroke:#14594b;stroke-width:2.5}
.lit{fill:#e8a51c;stroke:#1a2524}
</style><rect width="328" height="304" fill="#f3f5f0"/>"""


def draw_hexagon(portrait: Portrait, *, alone: bool = False) -> str:
    """Draw the bars of a portrait, the first at the top; alone: with its colours and a ground."""
    bars = portrait.bars
    scores = [bar.score for bar in bars]
    rings = "".join(_polygon("grid", [ring] * len(bars)) for ring in (25, 50, 75, 100))
    spokes = "".join(f"M{MIDDLE[0]} {MIDDLE[1]}L{_at(at, 100)}" for at in range(len(bars)))
    earlier = [bar.before for bar in bars if bar.before is not None]
    was = _polygon("was", earlier) if len(earlier) == len(bars) else ""
    nodes = "".join(_node(at, bar) for at, bar in enumerate(bars))
    labels = "".join(_label(at, bar) for at, bar in enumerate(bars))
    name = f"<title>{escape(portrait.shape_title)}</title><desc>{escape(portrait.shape)}</desc>"
    ground = ALONE if alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' role="img">{name}{ground}{rings}<path class="grid" d="{spokes}"/>{was}'
        f"{_polygon('shape', scores)}{nodes}{labels}</svg>"
    )


def _at(corner: int, score: float) -> str:
    x, y = _point(corner, score)
    return f"{x:.1f},{y:.1f}"


def _point(corner: int, score: float) -> tuple[float, float]:
    turn = radians(60 * corner - 90)
    away = RADIUS * min(max(score, 0), 100) / 100
    return MIDDLE[0] + away * cos(turn), MIDDLE[1] + away * sin(turn)


def _polygon(name: str, scores: Sequence[float]) -> str:
    points = " ".join(_at(at, score) for at, score in enumerate(scores))
    return f'<polygon class="{name}" points="{points}"/>'


def _node(corner: int, bar: ScoreBar) -> str:
    x, y = _point(corner, bar.score)
    if bar.mark == "diamond":
        return f'<path class="node" d="M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7z"/>'
    lit = f'<circle class="node lit" cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
    return lit if bar.mark in ("full", "half") else ""


def _label(corner: int, bar: ScoreBar) -> str:
    x, y = LABELS[corner]
    score = f'<tspan class="sub">{bar.score}</tspan>'
    return f'<text x="{x}" y="{y}" text-anchor="middle">{escape(bar.label)} {score}</text>'
