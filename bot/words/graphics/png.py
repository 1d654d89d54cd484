"""Pictures for where no SVG can be shown: a drawing becomes PNG."""

import typst

SHARPNESS = 180  # points an inch: 820 pixels across for the hexagon
PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg")"""


def paint(drawing: str) -> bytes:
    """Turn an SVG that stands alone into PNG, with the fonts that travel with the library."""
    given = {"drawing": drawing}
    png = typst.compile(
        PAGE, format="png", ppi=SHARPNESS, sys_inputs=given, ignore_system_fonts=True
    )
    return bytes(png)
