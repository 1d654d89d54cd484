"""Imported occupations beside ours: kept on both databases, searched, matched, told on the command line."""

import asyncio
import io
import json
import sys
import threading

import pytest

from bot.cli.interests import score_answers
from bot.cli.main import main
from bot.cli.occupations import search_occupations
from bot.core.occupations.directory import all_occupations, matchable
from bot.core.occupations.imported import EscoOccupation, ImportedRecords, Tally
from bot.core.occupations.occupation import Names
from bot.errors import StorageError
from bot.load.data_folder import find_data
from bot.load.imports.importer import collect
from bot.load.translations import load_words
from bot.service.background import Repeated
from bot.service.occupation_imports import ImportWatcher, read_imports, save_imports, with_imports
from storage.store import Store
from tests.doubles.releases import (
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
)

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")


def imported(folder, files):
    return collect(put(folder, files)).imports


def known(loaded, store):
    return with_imports(loaded.library, store.imports)[1]


def named(**names):
    return {code: Names(name=name) for code, name in names.items()}


def test_an_import_is_kept_and_the_same_again_changes_nothing(store, tmp_path):
    given = imported(tmp_path, whole())
    assert save_imports(store.imports, given) == {
        "occupations": Tally(4, 0, 0, 0), "figures": Tally(3, 0, 0, 0), "links": Tally(3, 0, 0, 0)
    }  # fmt: skip
    mark = store.imports.revision()
    assert read_imports(store.imports) == (mark, given)
    assert save_imports(store.imports, given) == {
        "occupations": Tally(0, 0, 4, 0), "figures": Tally(0, 0, 3, 0), "links": Tally(0, 0, 3, 0)
    }  # fmt: skip
    assert store.imports.revision() == mark


def test_files_may_come_one_after_another(store, tmp_path):
    for name, data in reversed(whole().items()):
        save_imports(store.imports, imported(tmp_path, {name: data}))
    assert read_imports(store.imports)[1] == imported(tmp_path, whole())


def test_a_newer_file_replaces_its_language_and_takes_nothing_away(store, tmp_path):
    save_imports(store.imports, imported(tmp_path, whole()))
    rows = [
        esco_row("a1", "2655", "lietus vadītājs", ()),
        esco_row("a9", "2655", "jauns ūdens", ()),
    ]
    told = save_imports(store.imports, imported(tmp_path, {"occupations_lv.csv": esco(rows)}))
    assert told["occupations"] == Tally(added=1, changed=1, unchanged=0, kept=3)
    one = read_imports(store.imports)[1].occupations[URI + "a1"]
    assert (one.isco, one.names["lv"].every, one.names["en"].name) == (
        "2655", ("lietus vadītājs",), "starfall conductor"
    )  # fmt: skip


def test_two_imports_at_once_both_come_in(store, url, tmp_path):
    other = Store(url)
    barrier = threading.Barrier(2)
    lots = [
        ImportedRecords({URI + f"{word}{at}": EscoOccupation(isco="2654", names=named(lv=word)) for at in range(50)})
        for word in ("viens", "divi")
    ]  # fmt: skip

    def run(one, given):
        barrier.wait()
        save_imports(one.imports, given)

    threads = [
        threading.Thread(target=run, args=pair) for pair in zip((store, other), lots, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert read_imports(store.imports)[1].occupations == lots[0].occupations | lots[1].occupations


def test_who_saw_an_older_state_keeps_nothing(store):
    rows = [("occupation", "a", "{}")]
    mark = store.imports.revision()
    assert [store.imports.save(rows, mark), store.imports.save([("links", "b", "{}")], mark)] == [
        True,
        False,
    ]
    assert store.imports.read() == (mark + 1, rows)


def test_a_write_that_fails_keeps_nothing(store):
    rows = [("occupation", "a", "{}"), ("occupation", "b", None)]
    with pytest.raises(StorageError):
        store.imports.save(rows, store.imports.revision())
    assert store.imports.read() == (0, [])


def test_a_running_service_sees_what_another_imports(loaded, store, url, tmp_path):
    known = []
    directory = ImportWatcher(loaded.library, store.imports, known.append)
    directory.renew()
    ours = len(loaded.library.occupations)
    assert [len(library.directory) for library in known] == [ours]
    other = Store(url)
    save_imports(other.imports, imported(tmp_path, whole()))
    other.close()
    directory.renew()
    directory.renew()  # nothing new came
    assert [len(library.directory) for library in known] == [ours, ours + 4]
    assert known[1].find("spuldžu pūtējs", 1, "lv")[0].entry.id == URI + "a1"


def test_it_looks_while_the_service_runs(loaded, store, tmp_path):
    async def look():
        came, loop = asyncio.Queue(), asyncio.get_running_loop()
        directory = ImportWatcher(
            loaded.library,
            store.imports,
            lambda one: loop.call_soon_threadsafe(came.put_nowait, one),
        )
        watch = Repeated("imported occupations", directory.renew, 0.05)
        watch.start()
        first = await asyncio.wait_for(came.get(), 20)
        await asyncio.to_thread(save_imports, store.imports, imported(tmp_path, whole()))
        second = await asyncio.wait_for(came.get(), 20)
        await watch.stop()
        return len(second.directory) - len(first.directory)

    assert asyncio.run(look()) == 4


QUERIES = {
    "zvaigznu lietus vaditajs": "a1", "spuldžu pūtējs": "a1", "bulb blower": "a1",
    "диригент зорепаду": "a1", "видувач лампочок": "a1", "water sorter": "a2",
    "ūdeņu kārtotāja": "a2", "мостовий співак": "a3", "shadow cuter": "a4",
}  # fmt: skip
LABELS = {
    "lv": "zvaigžņu lietus vadītājs / zvaigžņu lietus vadītāja", "en": "starfall conductor",
    "uk": "диригент зорепаду", "ru": "zvaigžņu lietus vadītājs / zvaigžņu lietus vadītāja",
}  # fmt: skip


def test_imported_names_are_found_in_every_language(loaded, store, tmp_path):
    save_imports(store.imports, imported(tmp_path, whole()))
    library = known(loaded, store)
    found = search_occupations(library, list(QUERIES), "lv", 1)
    assert {one["query"]: one["results"][0]["id"] for one in found} == {
        query: URI + name for query, name in QUERIES.items()
    }
    for language, label in LABELS.items():
        one = search_occupations(library, ["bulb blower"], language, 1)[0]
        assert one["results"][0]["label"] == label


def test_the_same_group_and_label_is_shown_once_as_ours(loaded, store):
    ours = loaded.library.occupations["hairdresser"]
    twin = EscoOccupation(isco=ours.isco, names=named(lv=ours.lv.name))
    other = EscoOccupation(isco="5142", names=named(lv=ours.lv.name))
    save_imports(store.imports, ImportedRecords({URI + "twin": twin, URI + "other": other}))
    found = known(loaded, store).find(ours.lv.name, 5, "lv")
    assert [(one.entry.id, one.same) for one in found[:2]] == [
        ("hairdresser", (URI + "twin",)),
        (URI + "other", ()),
    ]
    assert URI + "twin" not in [one.entry.id for one in found]


def test_an_occupation_with_figures_is_an_example_of_its_family(loaded, store, tmp_path):
    wanted = {"R": 7.0, "I": 1.0, "A": 7.0, "S": 1.0, "E": 7.0, "C": 1.0}
    figures = {"99-9999.99": tuple(wanted.values())}
    files = {
        "occupations_lv.csv": esco(made("lv")),
        "Interests.txt": interests(ratings(figures)),
        "crosswalk.csv": crosswalk(crossed([("99-9999.99", "a1", "exactMatch")])),
    }
    save_imports(store.imports, imported(tmp_path, files))
    library = known(loaded, store)
    answers = {
        item: 5 if letter in "RAE" else 1
        for item, letter in loaded.library.interests.letters.items()
    }
    words = load_words(find_data())["lv"]
    scored = score_answers(library, words, answers)
    shown = {
        one["id"]: one["label"] for family in scored["families"] for one in family["occupations"]
    }
    assert shown[URI + "a1"] == LABELS["lv"]
    alone = score_answers(loaded.library, words, answers)
    assert URI + "a1" not in json.dumps(alone)


def test_an_imported_twin_of_ours_is_no_second_example(loaded):
    ours = loaded.library.occupations["hairdresser"]
    twin = EscoOccupation(isco=ours.isco, names=named(lv=ours.lv.name))
    imports = ImportedRecords({URI + "twin": twin}, {}, {})
    listed = all_occupations(loaded.library.occupations, imports)
    assert len(matchable(listed)) == len(loaded.library.occupations)
    assert listed[URI + "twin"].named("uk").label == ours.lv.name


def celvedis(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    try:
        status = main(arguments)
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_command_tells_what_came_of_it(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CELVEDIS_DB", f"sqlite:///{tmp_path}/a.db")
    rows = made("lv")
    rows[3] |= {"iscoGroup": "51"}
    paths = put(tmp_path, whole() | {"occupations_lv.csv": esco(rows)})
    status, out, err = celvedis(monkeypatch, capsys, "import", "occupations", *paths)
    assert (status, err) == (
        0, f"{tmp_path}/occupations_lv.csv:9: left out: the group '51' is not four digits\n"
    )  # fmt: skip
    assert out.splitlines()[-3:] == [
        "occupations: 4 added, 0 changed, 0 unchanged, 0 others stay",
        "figures: 3 added, 0 changed, 0 unchanged, 0 others stay",
        "links: 3 added, 0 changed, 0 unchanged, 0 others stay",
    ]
    status, out, _ = celvedis(monkeypatch, capsys, "import", "occupations", *paths, "--json")
    told = json.loads(out)
    assert (status, told["occupations"]["unchanged"], len(told["left_out"])) == (0, 4, 1)
    status, out, _ = celvedis(monkeypatch, capsys, "search", "bulb", "blower", "-k", "1", "--json")
    assert (status, json.loads(out)["results"][0]["id"]) == (0, URI + "a1")


def test_a_broken_file_changes_nothing_and_makes_no_database(monkeypatch, capsys, tmp_path):
    base = tmp_path / "a.db"
    monkeypatch.setenv("CELVEDIS_DB", f"sqlite:///{base}")
    paths = put(tmp_path, whole())
    cut = tmp_path / "cut.csv"
    cut.write_bytes(whole()["occupations_lv.csv"][:-40])
    status, out, err = celvedis(monkeypatch, capsys, "import", "occupations", str(cut), *paths[1:])
    assert (status, out, base.exists()) == (1, "", False)
    assert err.startswith(f"{cut}:9: I001 the file is cut off: ")
    assert celvedis(monkeypatch, capsys, "import", "occupations", *paths)[0] == 0
    before = Store(f"sqlite:///{base}")
    kept = before.imports.read()
    assert celvedis(monkeypatch, capsys, "import", "occupations", str(cut))[0] == 1
    assert before.imports.read() == kept
    before.close()


def test_wrong_use(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CELVEDIS_DB", f"sqlite:///{tmp_path}/a.db")
    for arguments in (("occupations",), ("occupations", "none.csv"), ("people", "x"), ()):
        assert celvedis(monkeypatch, capsys, "import", *arguments)[0] == 2
    assert not (tmp_path / "a.db").exists()


def test_a_search_makes_no_database(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CELVEDIS_DB", f"sqlite:///{tmp_path}/a.db")
    assert celvedis(monkeypatch, capsys, "search", "frizieris", "-k", "1")[0] == 0
    assert not (tmp_path / "a.db").exists()


@needs_shared
def test_every_imported_name_is_among_the_first_five(loaded, store, tmp_path):
    """By its own name, in each language; one shown as another of the same group and label counts."""
    given = imported(tmp_path, shared())
    save_imports(store.imports, given)
    library = known(loaded, store)
    for language in ("lv", "en", "uk"):
        missed = []
        for id_, one in list(given.occupations.items())[::23]:
            name = one.names[language].name
            found = library.find(name, 5, language)
            if id_ not in [other for hit in found for other in (hit.entry.id, *hit.same)]:
                missed.append(name)
        assert missed == []
