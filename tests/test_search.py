"""Occupations found by what people type, over our own catalogue, by the command and in process."""

import json
import subprocess
import sys

import pytest

from bot.commands import search_occupations

FOUND = {
    "frizieris": "hairdresser", "frizierei": "hairdresser", "programmetajs": "programmer",
    "programmētāja": "programmer", "ko dara metinātājs": "welder", "what does a welder do": "welder",
    "сварщик": "welder", "перукар": "hairdresser", "hairdreser": "hairdresser", "medmāsa": "nurse",
    "медсестра": "nurse", "software developer": "programmer", "kasiere": "cashier", "pavars": "cook",
    "elektrikis": "electrician", "veterinararsts": "veterinarian", "ugunsdzēsējs": "firefighter",
    "santehnikis": "plumber", "фельдшер": "paramedic", "lauksaimnieks": "mixed_farmer",
}  # fmt: skip


def test_each_is_the_first_found(loaded):
    found = search_occupations(loaded.library, list(FOUND), "lv", 1)
    assert {one["query"]: one["results"][0]["id"] for one in found} == FOUND


def test_each_occupation_is_found_by_each_of_its_names(loaded):
    library = loaded.library
    names = [(id_, one.lv.name) for id_, one in library.occupations.items()]
    found = search_occupations(library, [name for _, name in names], "lv", 1)
    missed = [
        name
        for (id_, name), one in zip(names, found, strict=True)
        if one["results"][0]["id"] != id_
    ]
    assert missed == []


def test_noise_finds_nothing(loaded):
    assert search_occupations(loaded.library, ["asdfgh"], "en", 5) == [
        {"query": "asdfgh", "results": []}
    ]


def run(*arguments, given=""):
    command = [sys.executable, "-m", "bot", "search", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


def test_the_command_takes_words_and_lines(tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("frizieris\n\nпекарь\n", encoding="utf-8")
    done = run("--queries", str(queries), "--lang", "en", "-k", "1")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["query"], one["results"][0]["label"]) for one in lines] == [
        ("frizieris", "hairdresser"),
        ("пекарь", "baker"),
    ]
    assert (
        run("frizieris", "-k", "1").stdout
        == "1.00  frizieris / friziere  (hairdresser, ISCO 5141)\n"
    )


@pytest.mark.parametrize("arguments", [(), ("x", "-k", "0"), ("--queries", "/nowhere.txt")])
def test_wrong_use_is_told_in_words(arguments):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("celvedis: ")
