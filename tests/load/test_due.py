"""What is to be looked at again by a day: everything with a review day, most used first, at its line."""

import json
import subprocess
import sys
from datetime import date

import pytest

from bot.core.checks.due import due_by, source_uses
from bot.load.data_folder import find_data

BY = date(2027, 1, 15)


@pytest.fixture(scope="module")
def due(loaded):
    return due_by(loaded.library, BY)


def test_everything_that_bears_a_review_day_is_looked_through(loaded):
    everything = due_by(loaded.library, date(2099, 1, 1))
    assert {one.kind for one in everything} == {"source", "path", "knowledge", "date"}
    count = {kind: sum(one.kind == kind for one in everything) for kind in ("source", "date")}
    assert count == {"source": len(loaded.library.sources), "date": len(loaded.library.dates)}


def test_what_is_due_is_due_by_the_day_and_the_most_used_comes_first(due):
    assert due
    assert all(one.review <= BY for one in due)
    assert [one.used for one in due] == sorted((one.used for one in due), reverse=True)


def test_a_source_counts_for_each_card_that_rests_on_it_once(loaded):
    library, uses = loaded.library, source_uses(loaded.library)
    dates = sum(entry.source == "school_year" for entry in library.dates.values())
    assert uses["school_year"] >= dates > 1
    assert uses["nobody"] == 0


def test_what_is_not_told_comes_last(due):
    untold = [one for one in due if one.id == "year_end_2026_12"]
    assert [one.used for one in untold] == [0]


def test_the_command_names_the_line_of_each_review_day():
    command = [sys.executable, "-m", "bot", "sources", "--due", "--on", BY.isoformat(), "--json"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for one in json.loads(printed):
        line = (find_data() / one["file"]).read_text(encoding="utf-8").splitlines()[one["line"] - 1]
        assert one["review"] in line
