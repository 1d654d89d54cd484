"""A spreadsheet of places becomes files of the content: all of them, or none where anything is wrong."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.core.base.problems import ContentError, Keys, Problem
from bot.core.checks.places import file_of, place_faults
from bot.core.library import Library
from bot.core.nlu.normalize import normalize
from bot.core.places.place import Place
from bot.load.imports.place_rows import RowReader
from bot.load.imports.place_sheets import read_sheet
from bot.load.yaml_reader import write_yaml

PLACES_FOLDER = "content/places"


def read_places(path: str, library: Library, today: date) -> dict[str, Place]:
    """Return the places of a spreadsheet by id, sound beside the content there is.

    Errors: InputError where there is no such file; ContentError with everything wrong in it, by row
    and column.
    """
    ids = {
        normalize(name): id_ for id_, names in library.known_places.names.items() for name in names
    }
    ids |= {normalize(place.name): id_ for id_, place in library.places.items()}
    sheet = read_sheet(path)
    reader = RowReader(sheet, ids)
    places = reader.read()
    if not sheet.problems:
        _compare(reader, places, library, today)
    if sheet.problems:
        raise ContentError(sorted(sheet.problems, key=lambda one: (one.line, one.code, one.text)))
    return places


def write_places(
    places: Mapping[str, Place], folder: Path, *, replacing: bool, source: str
) -> list[Path]:
    """Write a file for each place, and return them; none where one would be overwritten unasked.

    folder: of the places. replacing: files that are there may be overwritten. source: named in problems.
    Errors: ContentError (M017); OSError where the folder cannot be written.
    """
    files = {folder / f"{id_}.yaml": place for id_, place in places.items()}
    there = [path for path in files if path.exists()]
    if there and not replacing:
        raise ContentError([_in_the_way(path, source) for path in there])
    folder.mkdir(parents=True, exist_ok=True)
    ready: list[tuple[Path, Path]] = []
    try:
        for path, place in files.items():
            with NamedTemporaryFile("w", encoding="utf-8", dir=folder, delete=False) as file:
                ready.append((Path(file.name), path))
                file.write(as_yaml(place))
    except OSError:
        for made, _ in ready:
            made.unlink(missing_ok=True)
        raise
    for made, path in ready:
        made.chmod(0o666 & ~_umask())
        made.replace(path)
    return list(files)


def as_yaml(place: Place) -> str:
    """Return a place as a file of the content holds it."""
    told = place.model_dump(mode="json", exclude_defaults=True)
    return write_yaml(told)


def _in_the_way(path: Path, source: str) -> Problem:
    text = f"{path.name} is there already, and stays as it is"
    return Problem(code="M017", path=source, line=1, text=text, remedy="--replace overwrites it")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _compare(reader: RowReader, places: Mapping[str, Place], library: Library, today: date) -> None:
    """Note what is wrong with places beside the others: names that clash, neighbours, old days."""
    for draft in reader.drafts.values():
        known = library.places.get(draft.id)
        if known is not None and known.example:
            text = f'"{draft.name}" is a made-up place of ours'
            reader.wrong("M019", draft.first, "place", text, "delete its rows")
    drafts = {file_of(draft.id): draft for draft in reader.drafts.values()}
    others = {id_: place for id_, place in library.places.items() if id_ not in places}
    # the others first, so that a name that clashes is found at the place that comes now
    together = replace(library, places={**others, **places})
    for found in place_faults(together, today):
        if found.file in drafts:
            first, column = drafts[found.file].first, _column(found.keys)
            reader.wrong(found.code, first, column, found.text, found.remedy)


def _column(keys: Keys) -> str:
    first = str(keys[0])
    return "place" if first == "name" else first
