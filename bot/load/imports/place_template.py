"""The spreadsheet that a municipality fills: its columns, a made-up row, and what each column means."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bot.core.base.problems import ContentError, Problem
from bot.load.imports.place_rows import COLUMNS, KINDS, NEEDED_COLUMNS
from bot.load.imports.place_sheets import SHEET_NAME
from bot.load.yaml_reader import read_yaml

MEANINGS_FILE = "content/spreadsheets/places.yaml"
MEANINGS_SHEET = "columns"
LAST_ROW_WITH_CHOICES = 500
# the row of a made-up place, so that its form is seen; the importer refuses it by its name
EXAMPLE = {
    "place": "Paraugpils novads", "kind": "school", "name": "Paraugpils vidusskola",
    "address": "Skolas iela 2, Paraugpils", "page": "https://vidusskola.paraugpils.example",
    "offers": "single_talks; group_talks", "role": "school_counsellor", "languages": "lv; en",
    "meetings": "in_person; writing", "also": "Paraugpils; Paraugmuiža", "checked": "2026-11-29", "review": "2027-11-29",
}  # fmt: skip


def read_meanings(raw: bytes) -> dict[str, str]:
    """Return what each column means, for who fills it. Errors: ContentError where one is not told."""
    told = read_yaml(raw, MEANINGS_FILE).value
    lacking = [name for name in COLUMNS if not isinstance(told.get(name), str)]
    if lacking:
        text = f"nothing is said of: {', '.join(lacking)}"
        raise ContentError([Problem(code="C002", path=MEANINGS_FILE, line=1, text=text)])
    return {name: told[name] for name in COLUMNS}


def as_csv() -> bytes:
    """Return the template as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerow([EXAMPLE.get(name, "") for name in COLUMNS])
    return stream.getvalue().encode("utf-8-sig")  # by its mark Excel knows that it is UTF-8


def as_workbook(meanings: dict[str, str]) -> bytes:
    """Return the template as a workbook, with a second sheet that says what each column means."""
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    page = book.create_sheet(SHEET_NAME)
    page.append(COLUMNS)
    page.append([EXAMPLE.get(name, "") for name in COLUMNS])
    for place, name in enumerate(COLUMNS, 1):
        page.cell(1, place).font = Font(bold=True)
        page.column_dimensions[get_column_letter(place)].width = max(14, len(name) + 4)
    page.freeze_panes = "A2"
    choice = DataValidation(type="list", formula1=f'"{",".join(KINDS)}"', allow_blank=True)
    kind = get_column_letter(COLUMNS.index("kind") + 1)
    choice.add(f"{kind}2:{kind}{LAST_ROW_WITH_CHOICES}")
    page.add_data_validation(choice)
    told = book.create_sheet(MEANINGS_SHEET)
    for row, name in enumerate(COLUMNS, 1):
        told.cell(row, 1, name).font = Font(bold=name in NEEDED_COLUMNS)
        told.cell(row, 2, meanings[name]).alignment = Alignment(wrap_text=True, vertical="top")
    told.column_dimensions["A"].width = 22
    told.column_dimensions["B"].width = 100
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
