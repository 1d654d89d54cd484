"""Content whose names lead nowhere: the service does not start on it, and says all of it at once."""

import os
import shutil
import subprocess
import sys

import pytest

from bot.core.base.problems import ContentError
from bot.load.check import check_all
from bot.load.data_folder import DATA_FOLDERS, find_data
from bot.load.library import load
from tests.doubles.clocks import TODAY
from tests.test_check import BROKEN, HUMAN, MENU

# what would fail in the middle of a conversation; the rest of the check is about how it reads
AT_START = {
    "E001", "F001", "F002", "F003", "F004", "F005", "F006", "F007", "F008", "F011", "F012", "F013", "F014",
    "F015", "F016", "N001", "N002", "N003", "N004", "R004",
}  # fmt: skip


ONE_OF_EACH = [(MENU, "flow: paths", "flow: gone"), (HUMAN, "to: school,", "to: schooool,")]


def change(root, *changes):
    for file, old, new in changes:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def content(tmp_path):
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(
    ("code", "file", "old", "new"), [one for one in BROKEN if one[0] in AT_START]
)
def test_a_name_that_leads_nowhere_is_refused_as_the_content_is_read(content, code, file, old, new):
    change(content, (file, old, new))
    with pytest.raises(ContentError) as raised:
        load(content)
    assert code in {problem.code for problem in raised.value.problems}


def test_what_keeps_it_from_starting_is_told_by_the_check_too(content):
    change(content, *ONE_OF_EACH)
    with pytest.raises(ContentError) as raised:
        load(content)
    assert {*raised.value.problems} <= {*check_all(content, TODAY)}


def test_what_only_reads_badly_is_no_reason_not_to_start(content):
    change(content, (MENU, 'label: "Pie kā vērsties"', 'label: "Ceļi pēc skolas"'))
    assert "F009" in {problem.code for problem in check_all(content, TODAY)}
    assert load(content).library.flows


@pytest.mark.parametrize("command", ["serve", "work"])
def test_the_service_does_not_start_and_says_everything_at_once(content, command):
    for package in ("bot", "storage"):
        shutil.copytree(find_data() / package, content / package)
    change(
        content,
        (MENU, "flow: paths", "flow: pahts"),
        (HUMAN, "to: school,", "to: schooool,"),
        (HUMAN, "source: nva", "source: nvaa"),
    )
    database = content / "celvedis.db"
    done = subprocess.run(
        [sys.executable, "-m", "bot", command, "--db", f"sqlite:///{database}"],
        cwd=content,
        env=os.environ | {"CELVEDIS_PORT": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    places = [line.split(" ")[0].rsplit(":", 2)[0] for line in lines]
    assert places == sorted([HUMAN] * (len(lines) - 1) + [MENU])
    assert [code for code in ("F001", "F003", "F011") if code in done.stderr] == [
        "F001", "F003", "F011",
    ]  # fmt: skip
    assert 'no flow "pahts"' in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stdout == ""
    assert not database.exists()
