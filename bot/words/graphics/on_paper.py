"""Drawings for a printed page: in the face that is printed, on white, dark enough for grey."""

from bot.words.graphics import hexagon, path_drawing
from bot.words.graphics.path_layout import NAME_SIZE, SUB_SIZE

SCREEN_FACE, PAPER_FACE = '"Libertinus Serif",serif', '"Noto Sans"'
# the layout reckons with letters as wide as Noto's, in the sizes a page has them
SIZES = {"font:600 16px": f"font:600 {NAME_SIZE}px", "font-size:14.5px": f"font-size:{SUB_SIZE}px"}
GROUND, PAPER = path_drawing.ALONE_GROUND, "#fff"
PALE_LINE, LINE = "#c9d1cc", "#8a9690"  # of the hexagon's grid, which a printer must not lose


def on_paper(drawing: str) -> str:
    """Return a drawing that stands alone, made for a screen, as it is to be printed."""
    for style in (hexagon.ALONE_STYLE, path_drawing.ALONE_STYLE):
        drawing = drawing.replace(style, _printed(style))
    return drawing.replace(f'fill="{GROUND}"', f'fill="{PAPER}"')


def _printed(style: str) -> str:
    changes = {**SIZES, SCREEN_FACE: PAPER_FACE, PALE_LINE: LINE}
    for before, after in changes.items():
        style = style.replace(before, after)
    return style
