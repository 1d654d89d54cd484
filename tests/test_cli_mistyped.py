"""Two hundred commands as somebody mistypes them: one clear answer each, never a traceback, nothing made."""

import io
import itertools

import pytest

from bot.cli.commands import HELP
from bot.cli.main import main

BAD_DAYS = ["yesterday", "01.02.2027", "2027-13-01", "2027-02-30", "", "20270201x", "٢٠٢٧-01-01"]
BAD_PORTS = ["99999", "-1", "abc", "", "8080.5", "٨٠", "0x50", "9" * 400]
BAD_DATABASES = [
    "",
    " ",
    "nonsense://x",
    "sqlite://",
    "postgresql://u:p@:port/x",
    "mysql://a/b",
    "http://[",
]
BAD_FILES = [
    "/no/such/file.json",
    "",
    ".",
    "/dev/null",
    "{tmp}/broken.json",
    "{tmp}/binary.json",
    "{tmp}/list.json",
]
BAD_NUMBERS = ["0", "-3", "many", "", "1e3", "9" * 60]
BAD_LANGUAGES = ["de", "LV", "", "latviešu"]

MISTYPED = [
    ["nosuch"], [""], ["--nosuch"], ["-x"], ["help", "me"], ["serv"], ["chek"], ["CHECK"], ["check", "extra"], ["plan"], ["plan", "rendr"],
    ["class"], ["class", "knew", "x"], ["import"], ["import", "everything"], ["interests"], ["interests", "sing"], ["show"], ["show", "nosuch"],
    ["show", "start", "--format", "png"], ["decide"], ["decide", "nosuch", "--facts", "{tmp}/empty.json"], ["decide", "esf_4_2_4_2"],
    ["chat", "--flow", "nosuch"], ["chat", "--flow", ""], ["hear", "--queries"], ["search"], ["search", "--queries"], ["search", "x", "--queries", "{tmp}/list.json"],
    ["sources"], ["questions", "--since"], ["invite"], ["school"], ["pack"], ["pack", "--school", "X"], ["pack", "--school", "", "-o", "{tmp}/x.pdf"],
    ["pack", "--school", "X", "-o", "/no/such/folder/x.pdf"], ["pack", "--school", "X", "-o", "{tmp}/x.pdf", "--place", "nosuch", "--db", "{tmp}/a.db"],
    ["verify"], ["plan", "form"], ["plan", "form", "--for", "teacher", "-o", "{tmp}/x.pdf"], ["plan", "form", "--for", "pupil", "-o", "/no/such/x.pdf"],
    ["plan", "render", "{tmp}/list.json", "-o", "{tmp}/x.doc"], ["class", "report", "nosuch", "--db", "{tmp}/a.db"], ["school", "", "--db", "{tmp}/a.db"],
    ["school", "a\nb", "--db", "{tmp}/a.db"], ["invite", "a\x00b", "--db", "{tmp}/a.db"], ["settings", "all"], ["words", "lv"], ["mail", "--db"],
    ["import", "places"], ["import", "places", "{tmp}/binary.json"], ["import", "places", "{tmp}/empty.json", "--to", "/no/such/folder"],
    *([name, "--nosuch"] for name in HELP),
    *([*command, "--on", day] for command in (["check"], ["chat"], ["sources", "--due"], ["decide", "esf_4_2_4_2", "--facts", "{tmp}/empty.json"]) for day in BAD_DAYS),
    *(["questions", "--since", day, "--db", "{tmp}/a.db"] for day in BAD_DAYS),
    *(["serve", "--port", port, "--db", "{tmp}/a.db"] for port in BAD_PORTS),
    *([command, "--db", one] for command in ("migrate", "mail", "questions", "corrections", "serve", "work") for one in BAD_DATABASES),
    *(["decide", "esf_4_2_4_2", "--facts", one] for one in BAD_FILES),
    *(["interests", "score", "--answers", one] for one in BAD_FILES),
    *(["interests", "reliability", one] for one in BAD_FILES),
    *(["verify", one] for one in BAD_FILES),
    *(["plan", "render", one, "-o", "{tmp}/x.pdf"] for one in BAD_FILES),
    *(["import", "occupations", one, "--db", "{tmp}/a.db"] for one in BAD_FILES),
    *(["search", "x", "-k", number] for number in BAD_NUMBERS),
    *(["school", "X", "--days", number, "--db", "{tmp}/a.db"] for number in BAD_NUMBERS),
    *([command, *more, "--lang", one] for (command, *more), one in itertools.product((["check"], ["chat"], ["search", "x"]), BAD_LANGUAGES)),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "broken.json").write_text('{"a": [1, }', encoding="utf-8")
    (tmp_path / "binary.json").write_bytes(b"\x00\xff\xfe\x80PK\x03\x04")
    (tmp_path / "list.json").write_text('[[1], null, "x", {"a": {}}]', encoding="utf-8")
    (tmp_path / "empty.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_two_hundred_are_tried():
    assert len(MISTYPED) >= 200


@pytest.mark.parametrize("typed", MISTYPED, ids=lambda typed: " ".join(typed)[:60])
def test_a_mistyped_command_is_answered(typed, folder, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b""), encoding="utf-8"))
    arguments = [one.replace("{tmp}", str(folder)) for one in typed]
    try:
        status = main(arguments)
    except SystemExit as ended:  # argparse's way
        status = ended.code
    said = capsys.readouterr()
    assert status in {1, 2}
    assert said.err.strip() or said.out.strip()
    assert "Traceback" not in said.err
    assert not (folder / "x.pdf").exists()
