"""What stands in the cells of a spreadsheet of places: names, days, lists; and ids made of names."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.core.nlu.normalize import normalize

SEPARATOR = ";"
LONGEST_ID = 40  # characters of an id
ID_FORM = re.compile(r"[a-z][a-z0-9_]*")


def slug(name: str) -> str:
    """Return an id made of a name: its letters without marks, "_" between words."""
    return re.sub(r"[^a-z0-9]+", "_", normalize(name)).strip("_")[:LONGEST_ID].strip("_")


def free_id(wanted: str, taken: Mapping[str, object]) -> str:
    """Return an id that is not taken, as near to the wanted one as can be."""
    stem = wanted if ID_FORM.fullmatch(wanted) else f"i_{wanted}".strip("_")
    stem = stem[: LONGEST_ID - 3]
    number, id_ = 1, stem
    while id_ in taken:
        number += 1
        id_ = f"{stem}_{number}"
    return id_


def day(value: str) -> date:
    """Return the day a cell names. Errors: ValueError."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        message = f'"{value}" is not a day as 2026-11-29'
        raise ValueError(message) from error


def parts_of(cell: str) -> list[str]:
    """Return what is listed in a cell, with ";" between."""
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]


def listed(names: Sequence[str]) -> str:
    """Return names as a list."""
    return ", ".join(names)
