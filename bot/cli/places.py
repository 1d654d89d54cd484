"""The command that brings in places: what a municipality fills in becomes files of the content."""

import argparse
from pathlib import Path
from typing import Any

from bot.cli.arguments import say
from bot.errors import InputError
from bot.load.data_folder import find_data
from bot.load.imports.place_files import PLACES_FOLDER, read_places, write_places
from bot.load.imports.place_template import MEANINGS_FILE, as_csv, as_workbook, read_meanings
from bot.service.conversations import RIGA
from bot.wiring import SystemClock, read_content


def add_place_import(whats: Any) -> None:
    """Add the command to those that import."""
    places = whats.add_parser("places", help="a municipality's spreadsheet, CSV or XLSX")
    places.add_argument(
        "file", nargs="?", metavar="FILE", help="CSV or XLSX, as --template writes it"
    )
    places.add_argument("--check", action="store_true", help="say what is wrong, write nothing")
    places.add_argument("--replace", action="store_true", help="overwrite places that are there")
    places.add_argument("--template", metavar="FILE", help="write the spreadsheet to be filled")
    places.add_argument("--to", type=Path, metavar="FOLDER", help="else the content's own")
    places.set_defaults(run=_import)


def _import(given: argparse.Namespace) -> int:
    if bool(given.file) == bool(given.template):
        message = "import places needs FILE, or --template FILE"
        raise InputError(message)
    try:
        return _template(Path(given.template)) if given.template else _places(given)
    except OSError as error:
        message = f"{error.filename}: {error.strerror}"
        raise InputError(message) from error


def _places(given: argparse.Namespace) -> int:
    today = SystemClock().now().astimezone(RIGA).date()
    places = read_places(given.file, read_content().library, today)
    for id_, place in places.items():
        say(f"{id_}: {place.name}, {len(place.institutions)} institutions")
    if given.check:
        say("nothing was written")
        return 0
    folder = given.to or find_data() / PLACES_FOLDER
    for path in write_places(places, folder, replacing=given.replace, source=given.file):
        say(f"written: {path}")
    return 0


def _template(file: Path) -> int:
    if file.suffix.casefold() not in {".xlsx", ".csv"}:
        message = f"{file}: a template is .xlsx or .csv"
        raise InputError(message)
    if file.exists():
        message = f"{file}: is there already"
        raise InputError(message)
    is_csv = file.suffix.casefold() == ".csv"
    meanings = read_meanings((find_data() / MEANINGS_FILE).read_bytes())
    file.write_bytes(as_csv() if is_csv else as_workbook(meanings))
    say(f"written: {file}")
    return 0
