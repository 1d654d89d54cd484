"""What the house promises about its own files."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for top in ("bot", "storage") for path in (ROOT / top).rglob("*.py"))
LONGEST = 350


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_files_are_short_and_packages_are_empty(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= (1 if path.name == "__init__.py" else LONGEST)


def test_names_say_something():
    wrong = re.compile(r"(manager|helper|util|common|misc)")
    assert [path.name for path in SOURCES if wrong.search(path.stem)] == []


def test_lock_files_name_no_address_and_every_package_has_its_hash():
    for lock in sorted(ROOT.glob("requirements*.lock")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        packages = re.findall(r"^[a-z0-9][\w.-]*(?:\[.*\])?==.*$", text, re.MULTILINE)
        assert packages
        assert all(line.rstrip().endswith("\\") for line in packages)


def test_only_the_reader_reads_yaml():
    assert [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if re.search(r"^\s*(import|from) yaml", path.read_text(encoding="utf-8"), re.MULTILINE)
    ] == ["bot/load/yaml_reader.py"]


def test_only_a_bot_loads_its_library():
    """Loading aiogram takes longer than all the rest; a command that sends nothing goes without."""
    seen = "import sys, bot.cli.main; print(sorted({'aiogram', 'telegram'} & sys.modules.keys()))"
    command = [sys.executable, "-c", seen]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_wheel_carries_the_data(tmp_path):
    """`pip install .` gives a working `celvedis`."""
    build = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target"]
    source = tmp_path / "source"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(source)], check=True)
    python = str(ROOT / ".venv/bin/python")
    subprocess.run([python, *build, str(tmp_path / "site"), str(source)], check=True)
    done = subprocess.run(
        [python, "-I", "-c", PROBE, str(tmp_path / "site")],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "all is well\n"), done.stderr


PROBE = """
import sys
sys.path.insert(0, sys.argv[1])
from bot.cli.main import main
import bot
assert bot.__file__.startswith(sys.argv[1])
sys.exit(main(["check"]))
"""
