"""ESCO's and O*NET's files as published: what comes in, what is left out, what is refused."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.imported import figures_of
from bot.core.problems import ContentError
from bot.errors import InputError
from bot.load.imports import collect
from tests.load.releases import (
    FIGURES,
    SHARED,
    URI,
    crossed,
    crosswalk,
    esco,
    esco_row,
    interests,
    made,
    put,
    ratings,
    shared,
    whole,
    written,
    zipped,
)

LV = "occupations_lv.csv"
CROSSED = "ONET_(Occupations)_0_updated.csv"


def taken(folder, files):
    return collect(put(folder, files))


def refused(folder, files):
    """Give code and line of what is wrong, and where."""
    with pytest.raises(ContentError) as raised:
        taken(folder, files)
    return [
        (one.code, one.path.removeprefix(f"{folder}/"), one.line) for one in raised.value.problems
    ]


def test_a_release_comes_in_whole(tmp_path):
    found = taken(tmp_path, whole())
    one = found.imports.occupations[URI + "a1"]
    assert (one.isco, one.names["lv"].label, one.names["lv"].also, one.names["en"].every) == (
        "2654",
        "zvaigžņu lietus vadītājs / zvaigžņu lietus vadītāja",
        ("spuldžu pūtējs",),
        ("starfall conductor", "bulb blower"),
    )
    assert found.imports.occupations[URI + "a3"].names["lv"].name == 'tiltu "dziedātājs", vecākais'
    assert [(one.kind, one.language, one.rows, one.taken) for one in found.files] == [
        ("ESCO occupations", "en", 4, 4),
        ("ESCO occupations", "lv", 4, 4),
        ("ESCO occupations", "uk", 4, 4),
        ("ESCO-O*NET crosswalk", "", 5, 5),
        ("O*NET interests", "", 27, 3),
    ]
    assert (found.left_out, found.doubts) == ((), ())


def test_figures_are_the_exact_matches_else_a_mean_by_closeness(tmp_path):
    imports = taken(tmp_path, whole()).imports
    assert figures_of(URI + "a1", imports).figures == FIGURES["19-2099.09"]
    close, broad = FIGURES["51-4021.09"], FIGURES["27-2012.09"]
    mean = tuple(round((2 * a + b) / 3, 2) for a, b in zip(close, broad, strict=True))
    assert figures_of(URI + "a2", imports).figures == mean
    assert figures_of(URI + "a3", imports).figures == broad
    assert figures_of(URI + "a4", imports) is None


def test_the_order_of_files_does_not_matter(tmp_path):
    paths = put(tmp_path, whole())
    first = collect(paths)
    assert all(
        (found.imports, found.files) == (first.imports, first.files)
        for found in map(collect, permutations(paths))
    )


def test_a_file_is_known_by_its_header_and_letters_not_by_its_name(tmp_path):
    first = taken(tmp_path, whole())
    other = taken(tmp_path, {f"{at}.dat": data for at, data in enumerate(whole().values())})
    assert other.imports == first.imports


def test_the_archives_hold_the_same(tmp_path):
    first = taken(tmp_path, whole())
    files = whole()
    onet = {"Interests.txt": files.pop("Interests.txt")}
    columns = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value")
    values = ("19-2099.09", "1.B.2.a", "Achievement", "EX", "4.00")
    row = dict(zip(columns, values, strict=True))
    others = {
        "Work Values.txt": written([row], columns, "\t").encode(),
        "Read Me.txt": b"O*NET 30.2 Database\r\n",
        "skills_lv.csv": b"conceptType,conceptUri,skillType,preferredLabel\n",
        "occupations_de.csv": esco([esco_row("a1", "2654", "Sternschauerleiter", ())]),
        "picture.png": b"\x89PNG",
    }
    archives = {
        "ESCO dataset - v1.2.0 - classification - csv.zip": zipped(files | others),
        "db_30_2_text.zip": zipped({f"db_30_2_text/{name}": data for name, data in onet.items()}),
    }
    found = taken(tmp_path, archives)
    assert found.imports == first.imports
    assert sorted(found.passed_over.values()) == [1, 3, 9]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_marks_and_line_ends_do_not_matter(tmp_path, end, encoding, delimiter):
    first = taken(tmp_path, {LV: esco(made("lv"))})
    columns = tuple(made("lv")[0])
    text = written(made("lv"), columns, delimiter, end=end)
    assert taken(tmp_path, {LV: text.encode(encoding)}).imports == first.imports


def test_a_last_line_without_an_end_is_taken_if_its_last_field_is_not_used(tmp_path):
    first = taken(tmp_path, whole())
    files = {name: data.rstrip(b"\r\n") for name, data in whole().items()}
    assert taken(tmp_path, files).imports == first.imports
    columns = ("conceptUri", "iscoGroup", "preferredLabel")
    short = written(made("lv"), columns).rstrip().encode()
    assert refused(tmp_path, {LV: short}) == [("I001", LV, 5)]


def test_onet_30_3_writes_the_same_columns_as_csv(tmp_path):
    first = taken(tmp_path, whole())
    files = whole()
    del files["Interests.txt"]
    files["career_interest_types.csv"] = written(ratings(), tuple(ratings()[0])).encode()
    assert taken(tmp_path, files).imports == first.imports


def lv(at=1, **change):
    """Rows of a Latvian file with one of them changed."""
    rows = made("lv")
    rows[at] |= change
    return {LV: esco(rows)}


def rated(at, value, column="Data Value"):
    rows = ratings()
    rows[at] = rows[at] | {column: value}
    return {"Interests.txt": interests(rows)}


def matched(at, **change):
    rows = crossed()
    rows[at] |= {name.replace("_", " "): value for name, value in change.items()}
    return {CROSSED: crosswalk(rows)}


def without(at):
    rows = ratings()
    del rows[at]
    return {"Interests.txt": interests(rows)}


ROW_FAULTS = {
    "no address": (lv(conceptUri="x"), LV, 5, "'x' is not the address of an occupation of ESCO"),
    "a skill": (lv(conceptUri="http://data.europa.eu/esco/skill/a2"), LV, 5,
                "'http://data.europa.eu/esco/skill/a2' is not the address of an occupation of ESCO"),
    "three digits": (lv(iscoGroup="265"), LV, 5, "the group '265' is not four digits"),
    "other digits": (lv(iscoGroup="２６５４"), LV, 5, "the group '２６５４' is not four digits"),
    "no such group": (lv(iscoGroup="2754"), LV, 5, "there is no group 2754 in ISCO-08"),
    "no name": (lv(preferredLabel="  "), LV, 5, "no name"),
    "a long name": (lv(preferredLabel="ā" * 201), LV, 5,
                    "the name is longer than 200 characters or holds what cannot be printed"),
    "a broken name": (lv(preferredLabel="\ufffd"), LV, 5,
                      "the name is longer than 200 characters or holds what cannot be printed"),
    "twice": (lv(conceptUri=URI + "a1"), LV, 5, f"{URI}a1 stands in line 2 already"),
    "a group": (lv(conceptType="ISCOGroup"), LV, 5, "not an occupation but ISCOGroup"),
    "old": (lv(status="deprecated"), LV, 5, "it is deprecated, not released"),
    "another name": (lv(altLabels="\x07"), LV, 5,
                     "1 of the other names; the rest of the row is taken"),
    "too high": (rated(0, "7.01"), "Interests.txt", 2,
                 "'7.01' is not a figure from 1 to 7: 19-2099.09 is left out"),
    "too low": (rated(0, "0.99"), "Interests.txt", 2,
                "'0.99' is not a figure from 1 to 7: 19-2099.09 is left out"),
    "not a number": (rated(0, "NaN"), "Interests.txt", 2,
                     "'NaN' is not a figure from 1 to 7: 19-2099.09 is left out"),
    "without end": (rated(0, "inf"), "Interests.txt", 2,
                    "'inf' is not a figure from 1 to 7: 19-2099.09 is left out"),
    "nothing": (rated(0, ""), "Interests.txt", 2,
                "'' is not a figure from 1 to 7: 19-2099.09 is left out"),
    "twice one": (rated(1, "1.B.1.a", "Element ID"), "Interests.txt", 3,
                  "19-2099.09 has 1.B.1.a twice: 19-2099.09 is left out"),
    "one of six": (without(3), "Interests.txt", 2, "19-2099.09 lacks 1.B.1.d"),
    "no code": (rated(0, "19-2099", "O*NET-SOC Code"), "Interests.txt", 2,
                "'19-2099' is not a code of O*NET"),
    "no match": (matched(0, Type_of_Match="near"), CROSSED, 18, "'near' is not a kind of match"),
    "an ISCO group": (matched(0, ESCO_or_ISCO_URI="http://data.europa.eu/esco/isco/C2654"), CROSSED, 18,
                      "http://data.europa.eu/esco/isco/C2654 is a group of ISCO, not an occupation"),
    "crossed twice": (matched(2, ESCO_or_ISCO_URI=URI + "a1"), CROSSED, 20,
                      f"51-4021.09 and {URI}a1 stand together already"),
}  # fmt: skip


@pytest.mark.parametrize(("files", "file", "line", "reason"), ROW_FAULTS.values(), ids=ROW_FAULTS)
def test_a_faulty_row_is_left_out_and_told(tmp_path, files, file, line, reason):
    found = taken(tmp_path, whole() | files)
    assert (str(tmp_path / file), line, reason) in found.left_out
    named = "the rest of the row" in reason
    whole_ones = taken(tmp_path, whole()).imports
    for kind in ("occupations", "figures", "links"):
        known = getattr(whole_ones, kind)
        kept = getattr(found.imports, kind)
        changed = [id_ for id_ in known if kept.get(id_) != known[id_]]
        assert len(changed) <= 1 + (kind == "links")
        assert named or set(kept) <= set(known)


def test_a_row_with_too_many_fields_is_left_out(tmp_path):
    data = esco(made("lv")).replace(b"Occupation,", b"Occupation,,", 1)
    found = taken(tmp_path, {LV: data})
    reason = "16 fields where the header has 15"
    assert [(one.line, one.reason) for one in found.left_out] == [(2, reason)]
    assert len(found.imports.occupations) == 3


def test_languages_that_disagree_on_the_group_are_told(tmp_path):
    rows = made("en")
    rows[0] |= {"iscoGroup": "2655"}
    found = taken(tmp_path, whole() | {"occupations_en.csv": esco(rows)})
    reason = f"{URI}a1 is in group 2655 here, in 2654 in another language"
    assert [(one.line, one.reason) for one in found.left_out] == [(2, reason)]
    assert sorted(found.imports.occupations[URI + "a1"].names) == ["lv", "uk"]


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


needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")


@needs_shared
def test_the_shared_data_comes_in(tmp_path):
    found = taken(tmp_path, shared())
    imports = found.imports
    assert (len(imports.occupations), len(imports.figures), len(imports.links)) == (2942, 923, 2609)
    assert len(found.left_out) == 43  # links to groups of ISCO
    carried = [figures_of(id_, imports) for id_ in imports.occupations]
    assert sum(one is not None for one in carried) > 2000


@needs_shared
def test_the_extracts_of_the_shared_data_come_in_as_they_are(tmp_path):
    names = (
        "esco_occupations_lv_en_index.tsv",
        "onet_riasec_profiles.tsv",
        "esco_onet_crosswalk.tsv",
    )
    found = collect([str(SHARED / name) for name in names])
    files = {name: data for name, data in shared().items() if "_uk" not in name}
    assert found.imports == taken(tmp_path, files).imports


@needs_shared
def test_the_shared_data_cut_anywhere_brings_whole_rows(tmp_path):
    files = shared()
    complete = taken(tmp_path, files).imports
    for name, data in files.items():
        for at in range(1, 12):
            cut = len(data) * at // 12 + at
            try:
                found = taken(tmp_path, {LV: files[LV]} | {name: data[:cut]}).imports
            except ContentError:
                continue
            for id_, one in found.occupations.items():
                assert all(
                    complete.occupations[id_].names[code] == names
                    for code, names in one.names.items()
                )
            assert all(complete.figures[code] == one for code, one in found.figures.items())
