"""ESCO's and O*NET's files as published: what comes in, what is left out, what is refused."""

from itertools import permutations

import pytest

from bot.core.base.problems import ContentError
from bot.core.occupations.imported import figures_of
from bot.load.imports.importer import collect
from tests.doubles.releases import (
    FIGURES,
    LV,
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
    refused,
    shared,
    taken,
    whole,
    written,
    zipped,
)

CROSSED = "ONET_(Occupations)_0_updated.csv"


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


def test_a_last_line_without_an_end_is_taken_if_its_last_field_is_unused(tmp_path):
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
