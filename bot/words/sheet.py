"""A sheet: titled lists of lines with marks and sources, for what is more than a message and no result card."""

from collections.abc import Iterator
from typing import Literal

from bot.core.base.frozen import Frozen

SheetMark = Literal["full", "half", "empty", "diamond", "barred"]
SHEET_SIGNS: dict[SheetMark, str] = {
    "full": "●",
    "half": "◐",
    "empty": "○",
    "diamond": "◇",
    "barred": "⊟",
}


class SheetLine(Frozen):
    """One line. pick: the command of the button that its label is; "" where it is none.

    change: of what is closed, what would have to be otherwise.
    """

    label: str
    text: str = ""
    change: str = ""
    mark: SheetMark | None = None
    pick: str = ""


class SheetSection(Frozen):
    """Lines under a title. folded: opened by who wants to see them, where a page can fold."""

    title: str
    lines: tuple[SheetLine, ...]
    folded: bool = False


class SheetCell(Frozen):
    """What a comparison says of one thing. mark: full where it is known, a diamond where it is not."""

    text: str
    mark: SheetMark


class SheetRow(Frozen):
    """One thing that is compared. weighty: it is important to the person."""

    label: str
    cells: tuple[SheetCell, ...]
    weighty: bool = False


class SheetTable(Frozen):
    """Things side by side: what they are called, and rows with a cell for each.

    of_all: what stands before a text that is the same for all of them.
    """

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    of_all: str = ""


class Sheet(Frozen):
    """What is told as a sheet.

    drawing: an SVG for a page, drawing_alone: the same with colours of its own, for a messenger;
    drawing_title, drawing_text: what it shows, for who does not see it. sources: numbered from 1, as texts name them.
    page: where on the web chat there is more; page_label: what leads there.
    """

    title: str
    lead: tuple[str, ...] = ()
    drawing: str = ""
    drawing_alone: str = ""
    drawing_title: str = ""
    drawing_text: str = ""
    table: SheetTable | None = None
    sections: tuple[SheetSection, ...] = ()
    notes: tuple[str, ...] = ()
    sources_title: str = ""
    sources: tuple[str, ...] = ()
    page: str = ""
    page_label: str = ""

    @property
    def picks(self) -> frozenset[str]:
        """Return the commands that its lines are buttons of."""
        return frozenset(line.pick for section in self.sections for line in section.lines)


def sheet_lines(sheet: Sheet) -> list[str]:
    """Return a sheet as lines of text, for a terminal or a messenger."""
    lines = [sheet.title, *sheet.lead]
    if sheet.drawing_text:
        lines += ["", sheet.drawing_text]
    if sheet.table is not None:
        lines += ["", *_table_lines(sheet.table)]
    for section in sheet.sections:
        if section.folded:  # what a page folds away is only named in a chat
            lines += ["", f"{section.title}: {', '.join(line.label for line in section.lines)}."]
        else:
            head = [section.title] if section.title else []
            lines += ["", *head, *(_line(line) for line in section.lines)]
    if sheet.notes:
        lines += ["", *sheet.notes]
    if sheet.sources:
        lines += ["", sheet.sources_title]
        lines += [f"[{number}] {source}" for number, source in enumerate(sheet.sources, 1)]
    return lines


def _line(line: SheetLine) -> str:
    sign = f"{SHEET_SIGNS[line.mark]} " if line.mark is not None else "• "
    said = " ".join(part for part in (line.text, line.change) if part)
    return f"{sign}{line.label}: {said}" if said else f"{sign}{line.label}"


def _table_lines(table: SheetTable) -> Iterator[str]:
    """Return a comparison thing by thing, since a messenger has no columns."""
    for row in table.rows:
        yield f"{row.label} {'★' if row.weighty else ''}".strip()
        if len(row.cells) > 1 and len(set(row.cells)) == 1:  # the same of each is said once
            yield f"{SHEET_SIGNS[row.cells[0].mark]} {table.of_all}: {row.cells[0].text}"
            continue
        for column, cell in zip(table.columns, row.cells, strict=True):
            yield f"{SHEET_SIGNS[cell.mark]} {column}: {cell.text}"
