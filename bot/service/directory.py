"""All occupations, ours and the imported, for a running service; and how imported ones are kept."""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Protocol

from pydantic import TypeAdapter

from bot.core.imported import EscoOccupation, Imports, Links, Record, Tally, merge
from bot.core.library import Library
from bot.core.listing import Found, Listed, find, index_of, list_all
from bot.core.occupations import InterestFigures
from bot.core.search.index import Index
from bot.errors import StorageBusy

Mark = int
Row = tuple[str, str, str]
TRIES = 5
OCCUPATION, FIGURES, LINKS = (
    TypeAdapter(EscoOccupation), TypeAdapter(InterestFigures), TypeAdapter(Links)
)  # fmt: skip


class Importing(Protocol):
    """Keeps what was imported; each call is one transaction."""

    def import_mark(self) -> Mark:
        """Tell which import was the last."""
        ...

    def imported(self) -> tuple[Mark, list[Row]]:
        """Read all that was imported."""
        ...

    def bring_in(self, rows: Sequence[Row], mark: Mark) -> bool:
        """Keep rows, all or none; False where another import came between."""
        ...


class Directory:
    """The list of occupations and its index, made when first asked for and after an import.

    store: None where nothing is kept.
    """

    def __init__(self, library: Library, store: Importing | None = None) -> None:
        self._library = library
        self._store = store
        self._lock = Lock()
        self._mark: Mark | None = None
        self._listed: Mapping[str, Listed] = {}
        self._index: Index | None = None

    def everything(self) -> Mapping[str, Listed]:
        """Give every occupation by id, ours first, as imported by any process until now."""
        with self._lock:
            return self._fresh()

    def find(self, words: str, most: int, language: str) -> list[Found]:
        """Find up to `most` occupations, labels in a language. The first call builds the index."""
        with self._lock:
            listed = self._fresh()
            index = self._index = self._index or index_of(listed)
        return find(listed, index, words, most, language)

    def _fresh(self) -> Mapping[str, Listed]:
        mark = 0 if self._store is None else self._store.import_mark()
        if mark != self._mark:
            self._mark, imports = (mark, Imports()) if self._store is None else read(self._store)
            self._listed, self._index = list_all(self._library, imports), None
        return self._listed


def read(store: Importing) -> tuple[Mark, Imports]:
    """Read what was imported, and the state it is in."""
    mark, rows = store.imported()
    occupations: dict[str, EscoOccupation] = {}
    figures: dict[str, InterestFigures] = {}
    links: dict[str, Links] = {}
    for kind, id_, body in rows:
        match kind:
            case "occupation":
                occupations[id_] = OCCUPATION.validate_json(body)
            case "figures":
                figures[id_] = FIGURES.validate_json(body)
            case "links":
                links[id_] = LINKS.validate_json(body)
            case _:  # kept by a newer program
                continue
    return mark, Imports(occupations, figures, links)


def bring_in(store: Importing, given: Imports) -> Mapping[str, Tally]:
    """Keep what files brought, in one transaction; tells what was added and changed.

    Errors: StorageBusy where other imports came between again and again; StorageError.
    """
    for _ in range(TRIES):
        mark, kept = read(store)
        fresh, tallies = merge(kept, given)
        kinds: tuple[tuple[str, Mapping[str, Record]], ...] = (
            ("occupation", fresh.occupations), ("figures", fresh.figures), ("links", fresh.links)
        )  # fmt: skip
        rows = [
            (kind, id_, one.model_dump_json(exclude_defaults=True))
            for kind, records in kinds
            for id_, one in records.items()
        ]
        if store.bring_in(rows, mark):
            return tallies
    message = "other imports came between; try again"
    raise StorageBusy(message)
