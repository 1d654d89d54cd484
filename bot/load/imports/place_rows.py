"""Rows of a spreadsheet into places, with every fault of every cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from bot.core.base.texts import LANGUAGES
from bot.core.checks.places import PERSONAL_EMAIL
from bot.core.nlu.normalize import normalize
from bot.core.places.place import (
    PLACE,
    CounsellorRole,
    InstitutionKind,
    Place,
    ServiceOffer,
    TalkForm,
    email,
    line,
    page,
    phone,
)
from bot.load.imports.place_cells import ID_FORM, day, free_id, listed, parts_of, slug
from bot.load.imports.place_sheets import Spreadsheet, SpreadsheetRow, columns_of

OF_PLACE = ("also", "neighbours", "local_work", "checked", "review")  # once for a whole place
CONTACTS: Mapping[str, Callable[[str], str]] = {
    "address": line, "phone": phone, "email": email, "page": page,
}  # fmt: skip
COUNSELLOR_CONTACTS = ("phone", "email", "page")
KINDS = (*get_args(InstitutionKind), "nva", "remote")
CHOICES: Mapping[str, Sequence[str]] = {
    "languages": LANGUAGES, "meetings": get_args(TalkForm), "offers": get_args(ServiceOffer),
}  # fmt: skip
COLUMNS = (
    "place", "kind", "name", "address", "phone", "email", "page", "offers",
    "role", "languages", "meetings", "counsellor_phone", "counsellor_email", "counsellor_page",
    "serves", *OF_PLACE,
)  # fmt: skip
NEEDED_COLUMNS = ("place", "kind", "name", "checked", "review")


@dataclass
class PlaceDraft:
    """A place as far as its rows are read. first: the row it begins on. told: what holds for all of it.

    serves: for a counsellor, by its row and institution, the names of institutions it serves.
    """

    id: str
    name: str
    first: int
    told: dict[str, str] = field(default_factory=dict)
    institutions: dict[str, dict[str, Any]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    serves: list[tuple[int, dict[str, Any], list[str]]] = field(default_factory=list)


class RowReader:
    """Reads the rows of one sheet. ids: of places that are known already, by their normalized names."""

    def __init__(self, sheet: Spreadsheet, ids: Mapping[str, str]) -> None:
        self.sheet = sheet
        self._ids = dict(ids)
        self._columns = columns_of(sheet, COLUMNS, NEEDED_COLUMNS)
        self._seen: dict[tuple[str, ...], int] = {}
        self.drafts: dict[str, PlaceDraft] = {}

    def read(self) -> dict[str, Place]:
        """Return the places of the sheet; where its `problems` are not empty, they are not whole."""
        if not set(NEEDED_COLUMNS) <= self._columns.keys():
            return {}
        for row in self.sheet.rows:
            self._row(row)
        places = {draft.id: self._place(draft) for draft in self.drafts.values()}
        return {id_: place for id_, place in places.items() if place is not None}

    def wrong(self, code: str, row: int, column: str, text: str, remedy: str = "") -> None:
        """Note what is wrong in a cell."""
        self.sheet.wrong(code, row, text, remedy, column=self._columns.get(column, -1))

    def _row(self, row: SpreadsheetRow) -> None:
        cells = {
            name: row.cells[place] if place < len(row.cells) else ""
            for name, place in self._columns.items()
        }
        whole = tuple(cells.get(name, "") for name in COLUMNS)
        before = self._seen.setdefault(whole, row.line)
        if before != row.line:
            self.sheet.wrong("M014", row.line, f"the same as row {before}", "leave one out")
            return
        kind = cells["kind"].casefold()
        needed = ("place", "kind") if kind == "remote" else ("place", "kind", "name")
        missing = [name for name in needed if not cells[name]]
        for name in missing:
            self.wrong("M012", row.line, name, "is empty", "fill it")
        if kind and kind not in KINDS:
            self.wrong("M013", row.line, "kind", f'"{kind}" is no kind', f"one of: {listed(KINDS)}")
        draft = self._draft(row.line, cells["place"]) if cells["place"] else None
        contact = self._contact(row.line, cells, tuple(CONTACTS))
        counsellor = self._counsellor(row.line, cells, kind)
        offers = self._choices(row.line, "offers", cells)
        if cells["name"]:
            self._valid(row.line, "name", cells["name"], line)
        if draft is None:
            return
        self._of_place(row.line, draft, cells)
        if missing or kind not in KINDS:
            return
        if kind in {"nva", "remote"}:
            self._part(row.line, draft, kind, cells, contact)
        else:
            self._institution(row.line, draft, cells, {"kind": kind, **contact, "offers": offers})
            if counsellor:
                self._add_counsellor(row.line, draft, cells, counsellor)

    def _draft(self, row: int, name: str) -> PlaceDraft | None:
        self._valid(row, "place", name, line)
        wanted = normalize(name)
        if wanted not in self.drafts:
            id_ = self._ids.get(wanted) or slug(name)
            if not ID_FORM.fullmatch(id_):
                self.wrong("M013", row, "place", f'"{name}" has no Latin letters', "write it so")
                return None
            self.drafts[wanted] = PlaceDraft(id_, name, row)
            self._ids[wanted] = id_
        return self.drafts[wanted]

    def _of_place(self, row: int, draft: PlaceDraft, cells: Mapping[str, str]) -> None:
        for name in OF_PLACE:
            value = cells.get(name, "")
            if value and draft.told.setdefault(name, value) != value:
                text = f'"{value[:40]}", and before for this place "{draft.told[name][:40]}"'
                self.wrong("M016", row, name, text, "once for a place is enough")
        for name in ("checked", "review"):
            if cells[name]:
                self._valid(row, name, cells[name], day)
        if cells.get("local_work"):
            self._valid(row, "local_work", cells["local_work"], page)
        for name in parts_of(cells.get("also", "")):
            self._valid(row, "also", name, line)

    def _contact(
        self, row: int, cells: Mapping[str, str], names: Sequence[str], prefix: str = ""
    ) -> dict[str, str]:
        contact: dict[str, str] = {}
        for name in names:
            value = cells.get(f"{prefix}{name}", "")
            if not value:
                continue
            self._valid(row, f"{prefix}{name}", value, CONTACTS[name])
            if name == "email" and PERSONAL_EMAIL.fullmatch(value):
                text = f'"{value}" looks like the address of one person'
                self.wrong("M004", row, f"{prefix}{name}", text, "give the office's address")
            contact[name] = value
        return contact

    def _counsellor(self, row: int, cells: Mapping[str, str], kind: str) -> dict[str, Any]:
        """Return the counsellor of a row; empty where it has none. Of a talk from afar only how and in what."""
        languages = self._choices(row, "languages", cells)
        meetings = self._choices(row, "meetings", cells)
        role = cells.get("role", "").casefold()
        names = [name for name in COLUMNS if name.startswith("counsellor_") or name == "serves"]
        beside = [name for name in ("languages", "meetings", *names) if cells.get(name)]
        if kind == "remote" or role:
            for name, told in (("languages", languages), ("meetings", meetings)):
                if not told and not cells.get(name):
                    self.wrong("M012", row, name, "is empty", "fill it")
        elif beside:
            self.wrong("M012", row, "role", f"is empty, and {listed(beside)} is not", "fill it")
        if not role:
            return {}
        if role not in get_args(CounsellorRole):
            remedy = f"one of: {listed(get_args(CounsellorRole))}; no names of people"
            self.wrong("M013", row, "role", f'"{role}" is no role', remedy)
        contact = self._contact(row, cells, COUNSELLOR_CONTACTS, "counsellor_")
        return {"role": role, "languages": languages, "meetings": meetings, **contact}

    def _institution(
        self, row: int, draft: PlaceDraft, cells: Mapping[str, str], told: dict[str, Any]
    ) -> None:
        wanted = normalize(cells["name"])
        if wanted not in draft.ids:
            draft.ids[wanted] = free_id(slug(cells["name"]), draft.institutions)
            draft.institutions[draft.ids[wanted]] = {"name": cells["name"], "counsellors": []}
        known = draft.institutions[draft.ids[wanted]]
        for name, value in told.items():
            if value and known.setdefault(name, value) != value:
                text = f'is told otherwise in another row of "{cells["name"]}"'
                self.wrong("M016", row, name, text, "write it the same, or leave it empty")

    def _add_counsellor(
        self, row: int, draft: PlaceDraft, cells: Mapping[str, str], counsellor: dict[str, Any]
    ) -> None:
        institution = draft.institutions[draft.ids[normalize(cells["name"])]]
        if any(other["role"] == counsellor["role"] for other in institution["counsellors"]):
            text = f'"{cells["name"]}" has this role in another row'
            self.wrong("M014", row, "role", text, "leave one out")
            return
        institution["counsellors"].append(counsellor)
        draft.serves.append((row, counsellor, parts_of(cells.get("serves", ""))))

    def _part(
        self, row: int, draft: PlaceDraft, kind: str, cells: Mapping[str, str], told: dict[str, str]
    ) -> None:
        """Keep the branch of the agency, or the talk from afar; each once."""
        if kind in draft.parts:
            self.wrong("M014", row, "kind", f"a second {kind} for this place", "leave one out")
            return
        part: dict[str, Any] = dict(told)
        if kind == "nva":
            part["name"] = cells["name"]
        else:
            part["languages"] = [one.casefold() for one in parts_of(cells.get("languages", ""))]
            part["meetings"] = [one.casefold() for one in parts_of(cells.get("meetings", ""))]
        draft.parts[kind] = part

    def _choices(self, row: int, column: str, cells: Mapping[str, str]) -> list[str]:
        """Return what is listed in a cell, of what there is."""
        typed = [one.casefold() for one in parts_of(cells.get(column, ""))]
        unknown = [one for one in typed if one not in CHOICES[column]]
        if unknown:
            remedy = f"with ; between: {listed(CHOICES[column])}"
            self.wrong("M013", row, column, f'"{unknown[0]}" is not known', remedy)
        return list(dict.fromkeys(typed))

    def _valid(self, row: int, column: str, value: str, check: Callable[[str], object]) -> None:
        try:
            check(value)
        except ValueError as error:
            self.wrong("M013", row, column, str(error))

    def _place(self, draft: PlaceDraft) -> Place | None:
        """Return a place of its rows, once nothing in them is wrong."""
        for name in ("checked", "review"):
            if name not in draft.told:
                text = f'is empty in every row of "{draft.name}"'
                self.wrong("M012", draft.first, name, text, "fill it once")
        for row, counsellor, names in draft.serves:
            served = [draft.ids.get(normalize(name), "") for name in names]
            for name, id_ in zip(names, served, strict=True):
                if not id_:
                    text = f'no institution "{name}" in this place'
                    self.wrong("M013", row, "serves", text, "write its name as in its own row")
            counsellor["serves"] = [id_ for id_ in served if id_]
        neighbours = self._neighbours(draft)
        if self.sheet.problems:
            return None
        made = {
            "name": draft.name,
            "also": parts_of(draft.told.get("also", "")),
            "checked": draft.told["checked"],
            "review": draft.told["review"],
            "neighbours": neighbours,
            "institutions": draft.institutions,
            "local_work": draft.told.get("local_work"),
            **draft.parts,
        }
        return PLACE.validate_python(made)

    def _neighbours(self, draft: PlaceDraft) -> list[str]:
        found: list[str] = []
        for name in parts_of(draft.told.get("neighbours", "")):
            id_ = self._ids.get(normalize(name), "")
            if not id_ or id_ == draft.id:
                text = f'"{name}" is no other place that is known'
                self.wrong("M013", draft.first, "neighbours", text, "write its whole name")
            found.append(id_)
        return found
