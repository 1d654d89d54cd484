"""Pictures for where no SVG can be shown: a drawing becomes PNG."""

import typst

PIXELS_PER_INCH = 180  # makes the hexagon 820 pixels across
# a Typst document: a page as large as the drawing on it
TYPST_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg")"""


def paint(drawing: str) -> bytes:
    """Return an SVG that stands alone as PNG, with the fonts that travel with the library.

    No fonts of the system, so that the picture is the same on every machine.
    """
    png = typst.compile(
        TYPST_PAGE,
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"drawing": drawing},
        ignore_system_fonts=True,
    )
    return bytes(png)
