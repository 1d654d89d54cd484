"""What the house promises about its own files."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for top in ("bot", "storage") for path in (ROOT / top).rglob("*.py"))
LONGEST = 350
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_files_are_short_and_packages_are_empty(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= (1 if path.name == "__init__.py" else LONGEST)


def test_names_say_something():
    wrong = re.compile(r"(manager|helper|util|common|misc)")
    assert [path.name for path in SOURCES if wrong.search(path.stem)] == []


def test_a_constant_says_of_what():
    """`LONGEST` was eleven different things, and `TRIES` four."""
    alone = re.compile(
        r"^(LONGEST|SHORTEST|LARGEST|SMALLEST|DEEPEST|FEWEST|MOST|LEAST|TRIES|SURE|WORDS|DAYS?|FILE|CODE)\b",
        re.MULTILINE,
    )
    assert [path for path in SOURCES if alone.search(path.read_text(encoding="utf-8"))] == []


def test_a_tests_name_is_under_seventy_characters():
    tests = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    names = re.findall(r"^ *(?:async )?def (test_\w+)", "\n".join(tests), re.MULTILINE)
    assert len(names) > 500
    assert [name for name in names if len(name) >= 70] == []


def test_lock_files_name_no_address_and_every_package_has_its_hash():
    for lock in sorted(ROOT.glob("requirements*.lock")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        packages = re.findall(r"^[a-z0-9][\w.-]*(?:\[.*\])?==.*$", text, re.MULTILINE)
        assert packages
        assert all(line.rstrip().endswith("\\") for line in packages)


def test_the_glossary_names_what_exists():
    text = (ROOT / "bot/README.md").read_text(encoding="utf-8")
    glossary = text.partition("## Glossary")[2].partition("## Decisions")[0]
    named = re.findall(r"\| `(\w+)` \|$", glossary, re.MULTILINE)
    everything = [*SOURCES, *sorted((ROOT / "tests/doubles").glob("*.py"))]
    code = "\n".join(path.read_text(encoding="utf-8") for path in everything)
    assert len(named) >= 20
    assert [
        name for name in named if not re.search(rf"^(class )?{name}( =|\(|:)", code, re.MULTILINE)
    ] == []


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_docstring_tells_of_fields_and_arguments_that_exist(path):
    """What was renamed is renamed where it is explained, too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explaining = [node for node in ast.walk(tree) if isinstance(node, (ast.ClassDef, *FUNCTIONS))]
    told = {(node.name, name) for node in explaining for name in explained(node) - named(node)}
    assert told == set()


def explained(node):
    """What a docstring explains below its first line, as `name: …`, one after another by `;`."""
    _, _, below = (ast.get_docstring(node) or "").partition("\n")
    return set(re.findall(r"(?:^|; )([a-z_]+): ", below, re.MULTILINE))


def named(node):
    """The arguments of a function; the fields of a class, and the arguments of its methods."""
    if not isinstance(node, ast.ClassDef):
        return {part.arg for part in ast.walk(node.args) if isinstance(part, ast.arg)}
    fields = {part.target.id for part in node.body if isinstance(part, ast.AnnAssign)}
    methods = [part for part in node.body if isinstance(part, FUNCTIONS)]
    return fields.union(*map(named, methods))


def test_a_class_name_stands_for_one_thing():
    """A protocol and what satisfies it in the storage are one thing, and share the name."""
    places = {}
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(path.relative_to(ROOT).parts[:2])
    shared = {name: found for name, found in places.items() if len(found) > 1}
    assert shared
    for name, found in shared.items():
        assert len(found) == 2, name
        assert ("bot", "ports") in found, name
        assert "storage" in {top for top, _ in found}, name


def test_the_map_names_every_room():
    text = (ROOT / "bot/README.md").read_text(encoding="utf-8")
    rooms = {path.name for top in ("bot", "bot/core") for path in (ROOT / top).iterdir()}
    rooms -= {"__init__.py", "__main__.py", "__pycache__", "README.md", "data"}
    assert [room for room in sorted(rooms) if f"`{room}" not in text] == []


@pytest.mark.parametrize(
    "imported",
    [
        "from bot.channels.web.pages import Pages", "from bot.load.yaml_reader import read_yaml",
        "from storage.store import Store", "",
    ],
)  # fmt: skip
def test_a_room_that_stands_in_no_layer_is_refused(tmp_path, imported):
    """What the desk will be: nobody has to remember to forbid it anything."""
    for name in ("bot", "storage", "pyproject.toml"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    desk = tmp_path / "bot/desk"
    desk.mkdir()
    (desk / "__init__.py").write_text('"""The counsellors\' pages."""\n')
    (desk / "inbox.py").write_text(f"{imported}\n")
    done = linted(tmp_path)
    assert done.returncode == 1
    assert "desk" in done.stdout


def test_the_house_as_it_is_is_not_refused(tmp_path):
    """The negative control of the test above."""
    for name in ("bot", "storage", "pyproject.toml"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    assert linted(tmp_path).returncode == 0


def linted(folder):
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_the_packages_of_the_wheel_are_those_that_exist():
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name for name in stated["tool"]["setuptools"]["packages"] if ".data." not in name}
    found = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in SOURCES if path.stem == "__init__"
    }
    assert packages == found


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
