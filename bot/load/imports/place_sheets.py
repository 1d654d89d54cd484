"""A spreadsheet as somebody saved it, CSV or XLSX: rows of cells, and all that keeps it from being read."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.core.base.problems import ContentError, Problem
from bot.errors import InputError

# bounds, so that no file, and no workbook that unpacks to much more, fills the memory
LARGEST_SHEET = 4 * 2**20  # bytes
LARGEST_UNPACKED = 64 * 2**20  # bytes of a workbook's parts together
MOST_ROWS = 5000
MOST_COLUMNS = 100
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # how .xls, and a workbook with a password, begins
SHEET_NAME = "places"
DELIMITERS = ",;\t"
REMEDY_SAVE = "save it as .xlsx, or as CSV UTF-8"
BROKEN_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, SyntaxError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class SpreadsheetRow:
    """A row with anything in it. line: where it begins, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass
class Spreadsheet:
    """What a spreadsheet holds. problems: what in it cannot be taken as it stands."""

    path: str
    header: SpreadsheetRow = field(default_factory=lambda: SpreadsheetRow(1, ()))
    rows: list[SpreadsheetRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, code: str, line: int, text: str, remedy: str = "", column: int = -1) -> None:
        """Note what is wrong. column: where, counted from 0; -1: in no one column."""
        if column >= 0:
            named = self.header.cells[column] if column < len(self.header.cells) else ""
            place = f'column {get_column_letter(column + 1)} "{named}"'
            text = f"{place}: {text}"
        problem = Problem(code=code, path=self.path, line=line, text=text, remedy=remedy)
        self.problems.append(problem)


def read_sheet(path: str) -> Spreadsheet:
    """Return what a spreadsheet holds; what it is, its bytes say and not its name.

    Errors: InputError where there is no such file; ContentError (M010) where it cannot be read at all.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST_SHEET + 1)
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise InputError(message) from error
    except ValueError as error:  # a NUL in the name
        message = f"{path!r}: not a file name"
        raise InputError(message) from error
    if len(data) > LARGEST_SHEET:
        raise _unread(path, 1, f"larger than {LARGEST_SHEET >> 20} MB")
    if not data.strip():
        raise _unread(path, 1, "the file is empty", "fill the template")
    if data.startswith(OLD_WORKBOOK):
        raise _unread(path, 1, "an old workbook (.xls), or one with a password", REMEDY_SAVE)
    sheet = Spreadsheet(path)
    rows = _workbook(sheet, data) if data.startswith(b"PK") else _table(sheet, data)
    filled = [row for row in rows if any(row.cells)]
    if not filled:
        raise _unread(path, 1, "the file is empty", "fill the template")
    sheet.header, sheet.rows = filled[0], filled[1:]
    if not sheet.rows:
        raise _unread(path, sheet.header.line, "no rows below the headings", "fill the template")
    return sheet


def _unread(path: str, line: int, text: str, remedy: str = "") -> ContentError:
    return ContentError([Problem(code="M010", path=path, line=line, text=text, remedy=remedy)])


def _table(sheet: Spreadsheet, data: bytes) -> list[SpreadsheetRow]:
    """Return the rows of a CSV file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        text = f"not UTF-8, from byte {column} of this row on"
        raise _unread(sheet.path, line, text, REMEDY_SAVE) from error
    if "\0" in text:
        raise _unread(sheet.path, 1, "not a table in text", REMEDY_SAVE)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[SpreadsheetRow] = []
    line = 1
    try:
        for fields in reader:
            rows.append(SpreadsheetRow(line, tuple(_tidy(one) for one in fields)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _unread(sheet.path, line, f"not a table: {error}", REMEDY_SAVE) from error
    _fits(sheet.path, len(rows), max((len(row.cells) for row in rows), default=0))
    return rows


def _workbook(sheet: Spreadsheet, data: bytes) -> list[SpreadsheetRow]:
    """Return the rows of a workbook: of the sheet that is called as in the template, or of the first."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
                raise _unread(sheet.path, 1, f"larger than {LARGEST_UNPACKED >> 20} MB unpacked")
        book = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except BROKEN_WORKBOOK as error:
        text = "the workbook is broken, or no workbook"
        raise _unread(sheet.path, 1, text, REMEDY_SAVE) from error
    if not book.worksheets:
        raise _unread(sheet.path, 1, "the workbook has no sheet", "fill the template")
    named = [one for one in book.worksheets if one.title == SHEET_NAME]
    page = (named or book.worksheets)[0]
    _fits(sheet.path, page.max_row, page.max_column)
    for area in page.merged_cells.ranges:
        text = f"the cells {area.coord} are merged"
        sheet.wrong("M015", area.min_row, text, "unmerge them, and fill each")
    return list(_rows_of(sheet, page))


def _fits(path: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS + 1 or columns > MOST_COLUMNS:
        text = f"{rows} rows and {columns} columns; at most {MOST_ROWS} and {MOST_COLUMNS} are read"
        raise _unread(path, 1, text, "delete empty rows and columns beside the table")


def _rows_of(sheet: Spreadsheet, page: Worksheet) -> Iterator[SpreadsheetRow]:
    for number, row in enumerate(page.iter_rows(), 1):
        cells: list[str] = []
        for place, cell in enumerate(row):
            shown = _shown(cell.value)
            if cell.data_type in {"f", "e"}:
                kind = "a formula" if cell.data_type == "f" else f"an error of the sheet: {shown}"
                place_of = f"column {get_column_letter(place + 1)}: {kind}"
                sheet.wrong("M018", number, place_of, "type the value itself")
                shown = ""
            cells.append(shown)
        yield SpreadsheetRow(number, tuple(cells))


def _shown(value: Any) -> str:
    """Return what stands in a cell, as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _tidy(str(value))


def _tidy(text: str) -> str:
    return text.replace("\u00a0", " ").strip()


def columns_of(sheet: Spreadsheet, known: Sequence[str], needed: Sequence[str]) -> dict[str, int]:
    """Return where each column stands; what is wrong with the headings is noted (M011)."""
    found: dict[str, int] = {}
    line = sheet.header.line
    for place, heading in enumerate(sheet.header.cells):
        name = heading.casefold()
        if name in found:
            sheet.wrong("M011", line, "this column stands twice", "keep one", column=place)
        elif name in known:
            found[name] = place
        elif name:
            text = "this column is not known"
            sheet.wrong("M011", line, text, f"one of: {', '.join(known)}", column=place)
    for name in needed:
        if name not in found:
            sheet.wrong("M011", line, f'the column "{name}" is missing', "add it")
    width = len(sheet.header.cells)
    for row in sheet.rows:
        for place, cell in enumerate(row.cells):
            if cell and (place >= width or not sheet.header.cells[place]):
                sheet.wrong("M011", row.line, f'"{cell[:40]}" has no heading', "", column=place)
    return found
