"""Occupations found by what people type, over our own catalogue, by the command and in process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.occupations import search_occupations
from bot.core.base.texts import LANGUAGES

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


def lines(name):
    text = (Path(__file__).parent / "searches" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_what_people_type_finds_what_they_mean(loaded):
    """What is not among the first five is named, so that better and worse are both seen."""
    typed = [line.rsplit(" | ", 1) for line in lines("queries.txt")]
    found = search_occupations(loaded.library, [query for query, _ in typed], "lv", 5)
    first, missed = 0, []
    for (query, right), one in zip(typed, found, strict=True):
        hits = [hit["id"] for hit in one["results"]]
        first += hits[:1] != [] and hits[0] in right.split(", ")
        if not set(hits) & set(right.split(", ")):
            missed.append(query)
    assert missed == ["riepu montētājs", "acu ārsts", "veļas mazgātāja"]
    assert (first, len(typed)) == (420, 425)


def test_chatter_finds_nothing(loaded):
    said = lines("chatter.txt")
    found = search_occupations(loaded.library, said, "lv", 1)
    assert [one["query"] for one in found if one["results"]] == MISHEARD
    assert len(said) == 152


MISHEARD = [
    "man sāp galva", "ceļojums uz Spāniju", "как дела", "у меня болит голова", "котра година",
    "blah blah blah", "cikos atiet autobuss", "pazaudēju telefonu", "skaties televizoru",
    "turn on the music", "включи музыку",
]  # fmt: skip


def test_a_name_is_not_taken_for_chatter(loaded):
    """Only what is said of any work, or of one's brother, may be missing from a name asked for."""
    asking = loaded.library.query_words
    said = {
        name: set(asking.words_of_name(name)) - set(asking.words_of_query(name))
        for one in loaded.library.occupations.values()
        for language in LANGUAGES
        for name in one.names(language).every
    }
    gone = {word for words in said.values() for word in words}
    assert gone == {"profesiju", "work", "роботи", "работы", "bralis", "брат"}


@pytest.mark.parametrize(
    "said", ["", "   ", "🐝", "???", "ž" * 10_000, "a", "\x00\x1b[31m", "' OR 1=1", "\ud83d"]
)
def test_whatever_comes_in_is_answered(loaded, said):
    assert search_occupations(loaded.library, [said], "lv", 5) == [{"query": said, "results": []}]


@pytest.mark.parametrize(
    "said", ["zob\u00adārsts", "zobā\u200brsts", "zobārsts\u0007", "\ufeffzobārsts", "zobārsts 😀"]
)
def test_what_cannot_be_seen_does_not_matter(loaded, said):
    found = search_occupations(loaded.library, [said], "lv", 1)
    assert (found[0]["results"][0]["id"], found[0]["results"][0]["score"]) == ("dentist", 1.0)


def test_noise_finds_nothing(loaded):
    assert search_occupations(loaded.library, ["asdfgh"], "en", 5) == [
        {"query": "asdfgh", "results": []}
    ]


def run(*arguments, given=""):
    command = [sys.executable, "-m", "bot", "search", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


def test_the_command_takes_words_and_lines(tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("frizieris\n\nпекарь\x0b\n", encoding="utf-8")
    done = run("--queries", str(queries), "--lang", "en", "-k", "1")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["query"], [hit["label"] for hit in one["results"]]) for one in told] == [
        ("frizieris", ["hairdresser"]),
        ("", []),
        ("пекарь\x0b", ["baker"]),
    ]
    assert (
        run("frizieris", "-k", "1").stdout
        == "1.00  frizieris / friziere  (hairdresser, ISCO 5141)\n"
    )


@pytest.mark.parametrize("arguments", [(), ("x", "-k", "0"), ("--queries", "/nowhere.txt")])
def test_wrong_use_is_told_in_words(arguments):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("celvedis")
