"""How imported occupations are kept, and known to a running service."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from bot.core.library import Library
from bot.core.occupations.imported import (
    CrosswalkLinks,
    EscoOccupation,
    ImportedRecord,
    ImportedRecords,
    Tally,
    merge,
)
from bot.core.occupations.occupation import InterestFigures
from bot.errors import StorageBusy
from bot.ports.protocols import ImportedRows

Revision = int

SAVE_TRIES = 5
LOOK_EVERY = 5  # seconds between two looks for imports of another process
OCCUPATION_ROW, FIGURES_ROW, LINKS_ROW = (
    TypeAdapter(EscoOccupation), TypeAdapter(InterestFigures), TypeAdapter(CrosswalkLinks)
)  # fmt: skip


class ImportWatcher:
    """A library with all that was imported, by this process or another; renewed beside the turns.

    renewed: told of each new library, its index made.
    """

    def __init__(
        self, library: Library, imports: ImportedRows, renewed: Callable[[Library], None]
    ) -> None:
        self._library = library
        self._kept = imports
        self._renewed = renewed
        self._mark: Revision | None = None

    def renew(self) -> None:
        """Read anew what was imported, if anything was. Errors: StorageError."""
        if self._kept.revision() == self._mark:
            return
        mark, library = with_imports(self._library, self._kept)
        assert library.occupation_index  # made here, where nobody waits for it
        self._renewed(library)
        self._mark = mark


def with_imports(library: Library, kept: ImportedRows) -> tuple[Revision, Library]:
    """Add what was imported to a library; tells the state it is in. Errors: StorageError."""
    mark, imports = read_imports(kept)
    return mark, replace(library, imports=imports)


def read_imports(kept: ImportedRows) -> tuple[Revision, ImportedRecords]:
    """Read what was imported, and the state it is in."""
    mark, rows = kept.read()
    occupations: dict[str, EscoOccupation] = {}
    figures: dict[str, InterestFigures] = {}
    links: dict[str, CrosswalkLinks] = {}
    for kind, id_, body in rows:
        match kind:
            case "occupation":
                occupations[id_] = OCCUPATION_ROW.validate_json(body)
            case "figures":
                figures[id_] = FIGURES_ROW.validate_json(body)
            case "links":
                links[id_] = LINKS_ROW.validate_json(body)
            case _:  # kept by a newer program
                continue
    return mark, ImportedRecords(occupations, figures, links)


def save_imports(kept: ImportedRows, given: ImportedRecords) -> Mapping[str, Tally]:
    """Keep what files brought, in one transaction; tells what was added and changed.

    Errors: StorageBusy where other imports came between again and again; StorageError.
    """
    for _ in range(SAVE_TRIES):
        mark, former = read_imports(kept)
        fresh, tallies = merge(former, given)
        kinds: tuple[tuple[str, Mapping[str, ImportedRecord]], ...] = (
            ("occupation", fresh.occupations), ("figures", fresh.figures), ("links", fresh.links)
        )  # fmt: skip
        rows = [
            (kind, id_, one.model_dump_json(exclude_defaults=True))
            for kind, records in kinds
            for id_, one in records.items()
        ]
        if kept.save(rows, mark):
            return tallies
    message = "other imports came between; try again"
    raise StorageBusy(message)
