"""Files as published, but cut off, changed or of another kind: refused, and nothing comes in."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.base.problems import ContentError
from bot.errors import InputError
from bot.load.imports.importer import collect
from tests.doubles.releases import (
    LV,
    URI,
    esco,
    esco_row,
    interests,
    made,
    ratings,
    refused,
    taken,
    whole,
    written,
    zipped,
)

HEADER = b"conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n"
FILE_FAULTS = {
    "empty": (b"", ("I001", 1)),
    "the header alone": (HEADER, ("I007", 1)),
    "a header cut off": (HEADER[:30], ("I003", 1)),
    "another table": (b"a,b,c\n1,2,3\n", ("I003", 1)),
    "a table of ESCO that is not used": (b"conceptType,conceptUri,skillType\na,b,c\n", ("I003", 1)),
    "a column twice": (HEADER[:-1] + b",iscoGroup\n" + b"x,x,x,x,x,x\n", ("I003", 1)),
    "another encoding": (esco(made("lv")).decode().encode("windows-1257"), ("I002", 2)),
    "UTF-16": (esco(made("lv")).decode().encode("utf-16"), ("I002", 1)),
    "an open quote": (esco(made("lv")) + b'Occupation,"x', ("I001", 11)),
    "a quote amiss": (esco(made("lv")) + b'Occupation,"x"y,\r\n', ("I008", 11)),
    "half a letter": (esco(made("lv")) + "ā".encode()[:1], ("I001", 11)),
    "a short last row": (esco(made("lv")) + b"Occupation,x\r\n", ("I001", 11)),
    "a broken archive": (zipped(whole())[:-30], ("I001", 1)),
    "an archive without tables": (zipped({"a.png": b"x"}), ("I003", 1)),
    "a workbook": (zipped({"[Content_Types].xml": b"<x/>"}), ("I004", 1)),
    "nothing usable": (esco([esco_row("a1", "99", "ā", ())]), ("I007", 2)),
}  # fmt: skip


@pytest.mark.parametrize(("data", "told"), FILE_FAULTS.values(), ids=FILE_FAULTS)
def test_a_faulty_file_is_refused_with_all_others(tmp_path, data, told):
    others = {} if told[0] == "I007" and told[1] == 2 else whole()
    others.pop(LV, None)
    assert refused(tmp_path, others | {LV: data}) == [(told[0], LV, told[1])]


def test_every_faulty_file_is_told(tmp_path):
    files = whole() | {LV: b"", "Interests.txt": b"x"}
    assert refused(tmp_path, files) == [("I001", LV, 1), ("I003", "Interests.txt", 1)]


def test_interests_cut_between_the_rows_of_an_occupation_are_refused(tmp_path):
    rows = ratings()
    refused_at = []
    for at in range(1, len(rows)):
        try:
            taken(tmp_path, whole() | {"Interests.txt": interests(rows[:at])})
        except ContentError:
            refused_at.append(at)
    # of one or two occupations nobody can tell how many rows they have beyond the six figures
    assert refused_at == [1, 2, 3, 4, 5, 10, 11, 12, 13, 14, *range(19, 27)]


def test_two_files_for_one_thing_are_refused(tmp_path):
    assert refused(tmp_path, whole() | {"zz_lv.csv": esco(made("lv"))}) == [
        ("I006", "zz_lv.csv", 1)
    ]


def test_a_name_that_contradicts_the_letters_is_refused(tmp_path):
    assert refused(tmp_path, {LV: esco(made("uk"))}) == [("I002", LV, 1)]


def test_files_of_one_release_that_do_not_fit_together_are_refused(tmp_path):
    """Cut off at the end of a row: only another file of the release shows it."""

    def many(word, count):
        return esco([esco_row(f"n{at}", "2654", f"{word} {at}", ()) for at in range(count)])

    files = {LV: many("ēna", 150), "occupations_en.csv": many("shade", 300)}
    assert refused(tmp_path, files) == [("I005", LV, 1)]
    files |= {LV: many("ēna", 290)}
    assert [one.reason for one in taken(tmp_path, files).doubts] == [
        f"lacks 10 occupations of another language, for example {URI}n290"
    ]
    columns = ("conceptType", "conceptUri", "broaderType", "broaderUri")
    rows = [
        dict(zip(columns, ("Occupation", f"{URI}n{at}", "ISCOGroup", "C2654"), strict=True))
        for at in range(300)
    ]
    files = {LV: many("ēna", 150), "broaderRelationsOccPillar.csv": written(rows, columns).encode()}
    assert refused(tmp_path, files) == [("I005", LV, 1)]


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path):
    bomb = {"occupations_lv.csv": HEADER + b"x" * (65 * 2**20)}
    assert refused(tmp_path, {"release.zip": zipped(bomb)}) == [("I004", f"release.zip/{LV}", 1)]


def test_what_is_not_there_is_wrong_use(tmp_path):
    for path in (str(tmp_path / "none.csv"), str(tmp_path), "/dev/null", "a\0b"):
        with pytest.raises(InputError):
            collect([path])


@pytest.mark.parametrize("name", whole())
def test_a_file_cut_anywhere_changes_nothing_or_brings_whole_rows(tmp_path, name):
    """What is kept of a cut file is, row by row, what the whole file brings."""
    data = whole()[name]
    other = {} if name.startswith("occ") else {LV: whole()[LV]}
    complete = taken(tmp_path, other | {name: data}).imports
    delimiter = b"\t" if name == "Interests.txt" else b","
    for at in range(len(data)):
        try:
            found = taken(tmp_path, other | {name: data[:at]}).imports
        except ContentError:
            continue
        # it came in: the cut is at the end of a row, or within a last field that is not used
        assert delimiter not in data[at:].split(b"\n")[0] or data[at - 1 : at] == b"\n"
        for kind in ("occupations", "figures"):
            whole_ones = getattr(complete, kind)
            for id_, one in getattr(found, kind).items():
                assert one == whole_ones[id_]
        for id_, links in found.links.items():
            assert links.onet.items() <= complete.links[id_].onet.items()


@pytest.mark.parametrize("step", range(7))
def test_an_archive_cut_anywhere_is_refused(tmp_path, step):
    data = zipped(whole())
    for at in range(1 + step, len(data), 7):
        assert refused(tmp_path, {"release.zip": data[:at]})[0][0] in ("I001", "I003")


def test_an_archive_whose_list_stands_elsewhere_is_refused(tmp_path):
    """The end record says how long the list of the archive's files is, and where it begins."""
    good = zipped(whole())
    end = good.rindex(b"PK\x05\x06")
    for at in range(end + 12, end + 20):
        changed = good[:at] + bytes([good[at] ^ 0x7F]) + good[at + 1 :]
        assert refused(tmp_path, {"release.zip": changed})[0][0] == "I001"


def test_a_member_without_a_name_is_no_table(tmp_path):
    good = zipped(whole())
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        name = archive.infolist()[0].filename.encode()
    nameless = good.replace(name, b"\0" + name[1:])  # a name ends at its first zero
    assert taken(tmp_path, {"release.zip": nameless}) is not None


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_an_archive_with_a_changed_byte_is_refused_or_brings_the_same(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("changed")
    good = zipped(whole())
    at = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255))
    changed = good[:at] + bytes([byte]) + good[at + 1 :]
    complete = taken(folder, {"good.zip": good}).imports
    try:
        found = taken(folder, {"release.zip": changed}).imports
    except ContentError:
        return
    assert set(found.occupations) <= set(complete.occupations)
    assert all(complete.figures[code] == one for code, one in found.figures.items())


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300), st.sampled_from([b"", HEADER, esco(made("lv"))]))
def test_any_bytes_are_refused_or_taken(tmp_path_factory, data, before):
    folder = tmp_path_factory.mktemp("any")
    try:
        told = [1 for _ in taken(folder, {LV: before + data}).files]
    except ContentError as error:
        told = [one.line for one in error.problems]
    assert told
    assert min(told) >= 1
