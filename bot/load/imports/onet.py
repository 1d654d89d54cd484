"""O*NET's interest figures, and the crosswalk from ESCO's occupations to O*NET's."""

import re
from collections import defaultdict
from math import isfinite
from typing import Final

from bot.core.interests.norms import TYPES
from bot.core.occupations.imported import MatchKind
from bot.core.occupations.occupation import InterestFigures
from bot.load.imports.collected import CollectedRows
from bot.load.imports.esco import OCCUPATION_ADDRESS
from bot.load.imports.tables import HEAD_BYTES, PublishedTable, cut_off

RATINGS_COLUMNS: Final = frozenset({"O*NET-SOC Code", "Element ID", "Scale ID", "Data Value"})
CROSSWALK_COLUMNS: Final = frozenset({"O*NET Id", "ESCO or ISCO URI", "Type of Match"})
LINKS_COLUMNS: Final = frozenset({"onet_soc", "esco_uri", "match_type"})
PROFILES_COLUMNS: Final = frozenset({"onet_soc", *TYPES})
ONET_CODE: Final = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")
ISCO_GROUP_ADDRESS: Final = re.compile(r"http://data\.europa\.eu/esco/isco/C[0-9]{1,4}")
INTEREST_ELEMENTS: Final = tuple(f"1.B.1.{letter}" for letter in "abcdef")  # R, I, A, S, E, C
INTEREST_CELL: Final = re.compile(rb"[\t,;]\"?1\.B\.1\.[a-i]\"?[\t,;]")
INTEREST_SCALE = "OI"
LOWEST_FIGURE, HIGHEST_FIGURE = 1.0, 7.0
MATCH_KINDS: Final[dict[str, MatchKind]] = {
    "exactmatch": "exact", "closematch": "close", "broadmatch": "broad", "narrowmatch": "narrow",
    "relatedmatch": "related",
}  # fmt: skip
FIGURES_FILE, CROSSWALK_FILE = "interest figures", "a crosswalk"


def are_interests(data: bytes) -> bool:
    """Return whether a table is of interests; others of O*NET have the same columns."""
    return INTEREST_CELL.search(data[:HEAD_BYTES]) is not None


def _figure(text: str) -> float | None:
    """Return a figure from 1 to 7; None for anything else."""
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,4})?", text.strip()):
        return None
    value = float(text)
    return value if isfinite(value) and LOWEST_FIGURE <= value <= HIGHEST_FIGURE else None


def take_ratings(table: PublishedTable, taken: CollectedRows) -> str:
    """Take the six figures of each occupation; one that lacks any is left out.

    Errors: BrokenFile where the last occupation ends before its last figures.
    """
    taken.begin(FIGURES_FILE, table.path)
    # all by the code of an occupation: its figures by element, the line of its first row, its rows
    figures: defaultdict[str, dict[str, float]] = defaultdict(dict)
    begins: dict[str, int] = {}
    sizes: defaultdict[str, int] = defaultdict(int)
    faulty: set[str] = set()
    for line in table.lines:
        fields = {name: line.fields[name].strip() for name in RATINGS_COLUMNS}
        code, element = fields["O*NET-SOC Code"], fields["Element ID"]
        if not ONET_CODE.fullmatch(code):
            taken.leave(table.path, line.line, f"{code[:30]!r} is not a code of O*NET")
            continue
        begins.setdefault(code, line.line)
        sizes[code] += 1
        if fields["Scale ID"] != INTEREST_SCALE or element not in INTEREST_ELEMENTS:
            taken.passed_over["rows of other scales than OI"] += 1
            continue
        value = _figure(fields["Data Value"])
        fault = ""
        if value is None:
            fault = f"{fields['Data Value'][:20]!r} is not a figure from 1 to 7"
        elif element in figures[code]:
            fault = f"{code} has {element} twice"
        if fault or value is None:
            taken.leave(table.path, line.line, f"{fault}: {code} is left out")
            faulty.add(code)
        else:
            figures[code][element] = value
    _ends_whole(table, sizes, figures, faulty)
    for code, values in figures.items():
        if code in faulty:
            continue
        missing = [element for element in INTEREST_ELEMENTS if element not in values]
        if missing:
            taken.leave(table.path, begins[code], f"{code} lacks {', '.join(missing)}")
        else:
            _add_figures(taken, code, [values[element] for element in INTEREST_ELEMENTS])
    return ""


def _ends_whole(
    table: PublishedTable,
    sizes: dict[str, int],
    figures: dict[str, dict[str, float]],
    faulty: set[str],
) -> None:
    """See whether the file ends in the middle of an occupation. Errors: BrokenFile where it does."""
    last = next(reversed(sizes), None)
    if last is None or last in faulty:
        return
    values = figures.get(last, {})
    # it has the first figures and no later one: the rows stand in the order of the elements
    is_begun = set(values) == set(INTEREST_ELEMENTS[: len(values)])
    breaks_off = is_begun and 0 < len(values) < len(INTEREST_ELEMENTS)
    # all other occupations, of which there are two at least, have equally many rows, and it has fewer
    other_sizes = {size for code, size in sizes.items() if code != last}
    has_fewer = len(other_sizes) == 1 and len(sizes) > 2 and sizes[last] < min(other_sizes)  # noqa: PLR2004
    if breaks_off or has_fewer:
        text = f"it ends in the middle of {last}, after {sizes[last]} of its rows"
        raise cut_off(table.path, table.lines[-1].line, text)


def _add_figures(taken: CollectedRows, code: str, values: list[float]) -> None:
    r, i, a, s, e, c = values
    taken.figures[code] = InterestFigures(onet=code, figures=(r, i, a, s, e, c))
    taken.rows += 1


def take_profiles(table: PublishedTable, taken: CollectedRows) -> str:
    """Take an extract that holds the six figures side by side."""
    taken.begin(FIGURES_FILE, table.path)
    for line in table.lines:
        code = line.fields["onet_soc"].strip()
        values = [_figure(line.fields[letter]) for letter in TYPES]
        good = [value for value in values if value is not None]
        fault = ""
        if not ONET_CODE.fullmatch(code):
            fault = f"{code[:30]!r} is not a code of O*NET"
        elif code in taken.figures:
            fault = f"{code} stands twice"
        elif len(good) < len(TYPES):
            fault = f"{code} has not six figures from 1 to 7"
        if fault:
            taken.leave(table.path, line.line, fault)
        else:
            _add_figures(taken, code, good)
    return ""


def take_crosswalk(table: PublishedTable, taken: CollectedRows) -> str:
    """Take the crosswalk as the European Commission publishes it."""
    return _cross(table, taken, ("O*NET Id", "ESCO or ISCO URI", "Type of Match"))


def take_links(table: PublishedTable, taken: CollectedRows) -> str:
    """Take an extract of the crosswalk."""
    return _cross(table, taken, ("onet_soc", "esco_uri", "match_type"))


def _cross(table: PublishedTable, taken: CollectedRows, columns: tuple[str, str, str]) -> str:
    """Take rows that link two occupations. columns: O*NET's code, ESCO's address, the kind of match."""
    taken.begin(CROSSWALK_FILE, table.path)
    for line in table.lines:
        code, id_, said = (line.fields[name].strip() for name in columns)
        # "skos:exactMatch" and "Exact match" are one kind
        match = MATCH_KINDS.get(said.replace(" ", "").replace("skos:", "").casefold())
        fault = ""
        if not ONET_CODE.fullmatch(code):
            fault = f"{code[:30]!r} is not a code of O*NET"
        elif ISCO_GROUP_ADDRESS.fullmatch(id_):
            fault = f"{id_} is a group of ISCO, not an occupation"
        elif not OCCUPATION_ADDRESS.fullmatch(id_):
            fault = f"{id_[:90]!r} is not the address of an occupation of ESCO"
        elif match is None:
            if table.unended and line is table.lines[-1]:
                raise cut_off(table.path, line.line, f"the last row ends in {said[:30]!r}")
            fault = f"{said[:30]!r} is not a kind of match"
        elif code in taken.links.get(id_, {}):
            fault = f"{code} and {id_} stand together already"
        if fault or match is None:
            taken.leave(table.path, line.line, fault)
            continue
        taken.links.setdefault(id_, {})[code] = match
        taken.rows += 1
    return ""
