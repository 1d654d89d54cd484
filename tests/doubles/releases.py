"""Releases of ESCO and O*NET in the shapes they are published in: made up, or from the shared data."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from bot.core.base.problems import ContentError
from bot.load.imports.importer import collect

SHARED = Path(__file__).parents[3] / "shared/data"
ESCO = (
    "conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels", "status",
    "modifiedDate", "regulatedProfessionNote", "scopeNote", "definition", "inScheme", "description",
    "code", "naceCode",
)  # fmt: skip
INTERESTS = (
    "O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value", "Date", "Domain Source",
)  # fmt: skip
CROSSWALK = (
    "O*NET Id", "O*NET Title", "O*NET Description", "ESCO or ISCO URI", "ESCO or ISCO Title",
    "ESCO or ISCO Description", "Type of Match",
)  # fmt: skip
TYPES = ("Realistic", "Investigative", "Artistic", "Social", "Enterprising", "Conventional")
URI = "http://data.europa.eu/esco/occupation/"
LV = "occupations_lv.csv"

# made up: no occupation of ESCO is called so
MADE = {
    "a1": ("2654", "zvaigžņu lietus vadītājs", ("zvaigžņu lietus vadītāja", "spuldžu pūtējs"),
           "starfall conductor", ("bulb blower",), "диригент зорепаду", ("видувач лампочок",)),
    "a2": ("8121", "ūdeņu kārtotājs", (), "water sorter", (), "сортувальник вод", ()),
    "a3": ("3112", 'tiltu "dziedātājs", vecākais', ("tiltu dziedonis",),
           'senior "singer" of bridges', (), "співець мостів", ("мостовий співак",)),
    "a4": ("5141", "ēnu griezējs", ("ēnu griezēja",), "shadow cutter", ("trimmer of shades",),
           "підстригач тіней", ()),
}  # fmt: skip
FIGURES = {
    "19-2099.09": (5.07, 7.0, 3.28, 2.71, 1.87, 4.04),
    "51-4021.09": (6.73, 2.13, 1.17, 1.03, 1.05, 4.2),
    "27-2012.09": (3.0, 2.0, 6.0, 3.0, 5.0, 4.0),
}
LINKED = (
    ("19-2099.09", "a1", "exactMatch"), ("51-4021.09", "a1", "closeMatch"),
    ("51-4021.09", "a2", "closeMatch"), ("27-2012.09", "a2", "broadMatch"),
    ("27-2012.09", "a3", "narrowMatch"),
)  # fmt: skip


def esco_row(name, isco, label, also, **other):
    """A row of occupations_xx.csv by its columns."""
    row = dict.fromkeys(ESCO, "")
    row |= {"conceptType": "Occupation", "conceptUri": URI + name, "iscoGroup": isco}
    row |= {"preferredLabel": label, "altLabels": "\n".join(also), "status": "released"}
    row |= {"modifiedDate": "2024-01-25T11:28:50.295Z", "code": f"{isco}.1"}
    row |= {"inScheme": "http://data.europa.eu/esco/concept-scheme/occupations"}
    return row | {"description": f"They do it, all day,\nwith care: {label}."} | other


def written(rows, columns, delimiter=",", before=(), end="\r\n"):
    """The text of a table."""
    out = io.StringIO()
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    writer = csv.writer(
        out,
        delimiter=delimiter,
        lineterminator=end,
        quoting=quoting,
        quotechar='"' if delimiter != "\t" else None,
    )
    writer.writerows(before)
    writer.writerow(columns)
    writer.writerows([row[name] for name in columns] for row in rows)
    return out.getvalue()


def made(language):
    """The rows of occupations_xx.csv."""
    at = {"lv": 1, "en": 3, "uk": 5}[language]
    return [esco_row(name, one[0], one[at], one[at + 1]) for name, one in MADE.items()]


def esco(rows):
    return written(rows, ESCO).encode()


def ratings(figures=FIGURES, high=True):
    """The rows of Interests.txt: six figures and three high points of each occupation."""
    rows = []
    for code, values in figures.items():
        given = [
            (f"1.B.1.{'abcdef'[at]}", TYPES[at], "OI", f"{value:.2f}")
            for at, value in enumerate(values)
        ]
        if high:
            given += [(f"1.B.1.{letter}", "High-Point", "IH", "6.00") for letter in "ghi"]
        rows += [
            dict(zip(INTERESTS, (code, *one, "11/2023", "Machine Learning"), strict=True))
            for one in given
        ]
    return rows


def interests(rows):
    return written(rows, INTERESTS, "\t").encode()


def crossed(linked=LINKED):
    return [
        dict(
            zip(
                CROSSWALK,
                (code, "Title, of it", "What it does", URI + name, "title", "does", match),
                strict=True,
            )
        )
        for code, name, match in linked
    ]


def crosswalk(rows):
    """The crosswalk begins with sixteen rows about itself."""
    about = [(f'About "row" {at}', "", "", "", "", "", "") for at in range(15)] + [("",) * 7]
    return written(rows, CROSSWALK, before=about).encode("utf-8-sig")


def whole():
    """A small release by file name."""
    return {
        "occupations_lv.csv": esco(made("lv")),
        "occupations_en.csv": esco(made("en")),
        "occupations_uk.csv": esco(made("uk")),
        "Interests.txt": interests(ratings()),
        "ONET_(Occupations)_0_updated.csv": crosswalk(crossed()),
    }


def put(folder, files):
    """Write files; gives their paths."""
    paths = []
    for name, data in files.items():
        path = folder / name
        path.write_bytes(data)
        paths.append(str(path))
    return paths


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _read(name):
    with (SHARED / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def shared():
    """The shared data in published shapes; Ukrainian names stood for by Latvian ones in Cyrillic."""
    rows = _read("esco_occupations_lv_en_index.tsv")
    files = {}
    for language, label in (("lv", "label_lv"), ("en", "label_en"), ("uk", "label_lv")):
        table = []
        for row in rows:
            also = row["alt_labels_lv"].split(" | ") if language != "en" else ()
            one = esco_row(row["uri"].rsplit("/", 1)[1], row["isco4"], row[label], also)
            if language == "uk":
                one |= {name: cyrillic(one[name]) for name in ("preferredLabel", "altLabels")}
            table.append(one)
        files[f"occupations_{language}.csv"] = esco(table)
    profiles = _read("onet_riasec_profiles.tsv")
    files["Interests.txt"] = interests(
        ratings({row["onet_soc"]: [float(row[letter]) for letter in "RIASEC"] for row in profiles})
    )
    links = _read("esco_onet_crosswalk.tsv")
    files["ONET_(Occupations)_0_updated.csv"] = crosswalk(
        [
            dict(
                zip(
                    CROSSWALK,
                    (
                        one["onet_soc"],
                        one["onet_title_en"],
                        "-",
                        one["esco_uri"],
                        one["esco_title_en"],
                        "-",
                        one["match_type"],
                    ),
                    strict=True,
                )
            )
            for one in links
        ]
    )
    return files


def cyrillic(text):
    latin = "abcdefghijklmnoprstuvzāčēģīķļņšūžyxwq"
    return text.lower().translate(
        str.maketrans(latin, "абцдефгхійклмнопрстувзачегікльншужихвк"[: len(latin)])
    )


def taken(folder, files):
    return collect(put(folder, files))


def refused(folder, files):
    """Give code and line of what is wrong, and where."""
    with pytest.raises(ContentError) as raised:
        taken(folder, files)
    return [
        (one.code, one.path.removeprefix(f"{folder}/"), one.line) for one in raised.value.problems
    ]
