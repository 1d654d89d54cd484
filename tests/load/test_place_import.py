"""A spreadsheet of places: taken whole, or refused with the row and the column of every fault."""

import csv
import io
import re
import sys
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from bot.cli.main import main
from bot.core.base.problems import ContentError
from bot.core.places.place import PLACE
from bot.load.imports.place_files import read_places, write_places
from bot.load.imports.place_rows import COLUMNS
from bot.load.yaml_reader import read_yaml
from tests.doubles.sample import load_sample

TODAY = date(2026, 12, 1)
BOARD = {
    "place": "Cēsu novads", "kind": "education_board", "name": "Izglītības pārvalde", "phone": "0000 0000",
    "email": "izglitiba@cesis.example", "page": "https://cesis.example", "offers": "single_talks; local_work",
    "also": "Līgatne", "neighbours": "Rīga", "local_work": "https://cesis.example/darbs",
    "checked": "2026-11-29", "review": "2027-11-29",
}  # fmt: skip
SCHOOL = {
    "place": "Cēsu novads", "kind": "school", "name": "Cēsu 1. skola", "address": "Skolas iela 1",
    "role": "school_counsellor", "languages": "lv; EN", "meetings": "in_person",
    "counsellor_email": "karjera@skola.example", "serves": "Cēsu 2. skola",
}  # fmt: skip
SECOND = {"place": "Cēsu novads", "kind": "school", "name": "Cēsu 2. skola"}
BRANCH = {"place": "Cēsu novads", "kind": "nva", "name": "NVA Cēsu filiāle", "phone": "0000 0000"}
REMOTE = {"place": "Cēsu novads", "kind": "remote", "languages": "lv", "meetings": "video; phone"}
WHOLE = [BOARD, SCHOOL, SECOND, BRANCH, REMOTE]


@pytest.fixture(autouse=True)
def typed(monkeypatch):
    """Standard input as a command has it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))


def as_csv(rows, columns=COLUMNS, delimiter=";"):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return stream.getvalue().encode()


def as_workbook(rows, change=None):
    book = Workbook()
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append([row.get(name, "") for name in COLUMNS])
    if change is not None:
        change(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(folder, data, name="places.csv"):
    path = folder / name
    path.write_bytes(data)
    return read_places(str(path), load_sample().library, TODAY)


def refused(folder, data, name="places.csv"):
    """Return what is refused, as (code, row, column or "")."""
    with pytest.raises(ContentError) as caught:
        read(folder, data, name)
    found = []
    for one in caught.value.problems:
        named = re.match(r'column [A-Z]+ "(.*?)": ', one.text)
        found.append((one.code, one.line, named[1] if named else ""))
    return found


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_whole_table_becomes_a_place(tmp_path, delimiter):
    place = read(tmp_path, as_csv(WHOLE, delimiter=delimiter))["cesis"]
    assert place.name == "Cēsu novads"
    assert place.neighbours == ("riga",)
    school = place.institutions["cesu_1_skola"]
    assert school.counsellors[0].languages == ("lv", "en")
    assert school.counsellors[0].serves == ("cesu_2_skola",)
    assert place.nva.name == "NVA Cēsu filiāle"
    assert place.remote.meetings == ("video", "phone")


def test_a_workbook_says_the_same_as_the_table(tmp_path):
    of_table = read(tmp_path, as_csv(WHOLE))
    assert read(tmp_path, as_workbook(WHOLE), "places.xlsx") == of_table


def test_a_place_is_written_so_that_it_reads_the_same(tmp_path):
    places = read(tmp_path, as_csv(WHOLE))
    (path,) = write_places(places, tmp_path / "out", replacing=False, source="places.csv")
    assert path.name == "cesis.yaml"
    again = read_yaml(path.read_bytes(), path.name).value
    assert PLACE.validate_python(again) == places["cesis"]


def test_every_fault_is_told_at_once_by_row_and_column(tmp_path):
    rows = [
        {**BOARD, "phone": "12", "page": "cesis.lv", "neighbours": "Atlantīda"},
        {**SCHOOL, "languages": "lv; de", "role": "Anna", "serves": "Nav tāda"},
        {**SECOND, "name": ""},
        {**BRANCH, "kind": "shop"},
        {**REMOTE, "meetings": ""},
    ]
    assert refused(tmp_path, as_csv(rows)) == [
        ("M013", 2, "phone"),
        ("M013", 2, "page"),
        ("M013", 2, "neighbours"),
        ("M013", 3, "role"),
        ("M013", 3, "languages"),
        ("M013", 3, "serves"),
        ("M012", 4, "name"),
        ("M013", 5, "kind"),
        ("M012", 6, "meetings"),
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"email": "Anna.Paraudziņa"}, ("M013", 2, "email")),
        ({"email": "anna.paraudzina@cesis.example"}, ("M004", 2, "email")),
        ({"checked": "29.11.2026"}, ("M013", 2, "checked")),
        ({"checked": ""}, ("M012", 2, "checked")),
        ({"review": "2026-11-30"}, ("S001", 2, "review")),
        ({"also": "Rīga"}, ("M003", 2, "also")),
        ({"role": "", "languages": "lv"}, ("M012", 2, "role")),
        ({"phone": "=1+1"}, ("M013", 2, "phone")),
        ({"offers": "money"}, ("M013", 2, "offers")),
        ({"place": "Цесис город"}, ("M013", 2, "place")),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, change, fault):
    found = refused(tmp_path, as_csv([{**BOARD, **change}]))
    assert fault in found


def test_rows_that_stand_twice_are_named(tmp_path):
    assert refused(tmp_path, as_csv([*WHOLE, SECOND])) == [("M014", 7, "")]
    again = {**SCHOOL, "languages": "ru"}
    assert refused(tmp_path, as_csv([*WHOLE, again])) == [("M014", 7, "role")]
    other = {**BRANCH, "name": "Cita filiāle"}
    assert refused(tmp_path, as_csv([*WHOLE, other])) == [("M014", 7, "kind")]


def test_rows_that_contradict_each_other_are_named(tmp_path):
    rows = [*WHOLE, {**SECOND, "review": "2028-01-01", "address": "Cita iela 9"}]
    assert refused(tmp_path, as_csv(rows)) == [("M016", 7, "review")]
    rows = [*WHOLE, {**SCHOOL, "role": "youth_worker", "address": "Cita iela 9"}]
    assert refused(tmp_path, as_csv(rows)) == [("M016", 7, "address")]


def test_headings_are_looked_at(tmp_path):
    columns = [name if name != "phone" else "telephone" for name in COLUMNS]
    assert refused(tmp_path, as_csv([BOARD], columns)) == [("M011", 1, "telephone")]
    twice = (*COLUMNS, "kind")
    assert refused(tmp_path, as_csv([BOARD], twice)) == [("M011", 1, "kind")]
    without = [name for name in COLUMNS if name not in {"kind", "review"}]
    assert refused(tmp_path, as_csv([BOARD], without)) == [("M011", 1, ""), ("M011", 1, "")]
    beyond = as_csv([BOARD]).rstrip(b"\r\n") + b";more\r\n"
    assert refused(tmp_path, beyond) == [("M011", 2, "")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n \r\n", "empty"),
        (";".join(COLUMNS).encode(), "no rows"),
        (as_csv(WHOLE).decode().encode("cp1257"), "not UTF-8"),
        (as_csv(WHOLE).decode().encode("utf-16"), "not UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old workbook"),
        (b"PK\x03\x04 broken", "broken"),
        (as_workbook(WHOLE)[:3000], "broken"),
        (as_csv(WHOLE) + b'"never closed', "not a table"),
        (as_csv([SECOND]) * 3000, "rows"),
        (b"a" * (5 * 2**20), "larger"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, data, says):
    with pytest.raises(ContentError, match=says) as caught:
        read(tmp_path, data)
    assert {one.code for one in caught.value.problems} == {"M010"}


def test_a_wrong_encoding_is_told_with_its_row(tmp_path):
    data = as_csv([BOARD]) + "Cēsu novads;school".encode("cp1257")
    assert refused(tmp_path, data) == [("M010", 3, "")]


def test_merged_cells_and_formulas_of_a_workbook_are_refused(tmp_path):
    def change(page):
        page.merge_cells("C4:C5")
        page["E2"] = "=20000000+1"

    found = refused(tmp_path, as_workbook(WHOLE, change), "places.xlsx")
    assert found == [("M018", 2, ""), ("M015", 4, ""), ("M012", 5, "name")]


def test_numbers_and_days_of_a_workbook_are_read_as_typed(tmp_path):
    rows = [{**BOARD, "phone": 20000000, "checked": date(2026, 11, 29)}]
    place = read(tmp_path, as_workbook(rows), "places.xlsx")["cesis"]
    assert place.institutions["izglitibas_parvalde"].phone == "20000000"
    assert place.checked == date(2026, 11, 29)


def test_a_made_up_place_of_ours_is_never_replaced(tmp_path):
    rows = [{**BOARD, "place": "Paraugpils novads"}]
    assert refused(tmp_path, as_csv(rows))[0] == ("M019", 2, "place")


def test_the_command_writes_all_or_nothing(tmp_path, capsys):
    file, folder = tmp_path / "places.csv", tmp_path / "out"
    order = ["import", "places", str(file), "--to", str(folder)]
    file.write_bytes(as_csv([BOARD, {**SECOND, "place": "Valkas novads"}]))
    assert main(order) == 1  # Valka has no day
    assert not folder.exists()
    assert f"{file}:3: M012" in capsys.readouterr().err
    file.write_bytes(as_csv(WHOLE))
    assert main([*order, "--check"]) == 0
    assert not folder.exists()
    assert main(order) == 0
    written = (folder / "cesis.yaml").read_bytes()
    file.write_bytes(as_csv([BOARD]))
    assert main(order) == 1
    assert "M017" in capsys.readouterr().err
    assert (folder / "cesis.yaml").read_bytes() == written
    assert main([*order, "--replace"]) == 0
    assert (folder / "cesis.yaml").read_bytes() != written
    assert [path.name for path in folder.iterdir()] == ["cesis.yaml"]


def test_the_template_is_what_the_importer_reads(tmp_path, capsys):
    for name in ("template.xlsx", "template.csv"):
        file = tmp_path / name
        assert main(["import", "places", "--template", str(file)]) == 0
        assert main(["import", "places", str(file)]) == 1  # its made-up row is not taken
        told = capsys.readouterr().err.strip().splitlines()
        assert len(told) == 1
        assert "M019" in told[0]
    book = load_workbook(tmp_path / "template.xlsx")
    assert [cell.value for cell in book["places"][1]] == list(COLUMNS)
    assert all(row[1].value for row in book["columns"].iter_rows())


def test_no_file_is_wrong_use(tmp_path):
    assert main(["import", "places", str(tmp_path / "none.csv")]) == 2
    assert main(["import", "places"]) == 2
