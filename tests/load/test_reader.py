"""YAML is read safely, and every fault has its code and line."""

import pytest

from bot.core.base.problems import ContentError
from bot.load.yaml_reader import LARGEST_FILE, read_yaml
from tests.doubles.timing import processor_time


def test_plain_values_are_read_by_the_core_rules():
    text = "a: no\nb: 12:30\nc: 2024-01-01\non: yes\nd: 1\ne: 1.5\nf: true\ng: ~\nh: '1'\n"
    assert read_yaml(text, "x.yaml").value == {
        "a": "no", "b": "12:30", "c": "2024-01-01", "on": "yes", "d": 1, "e": 1.5, "f": True,
        "g": None, "h": "1",
    }  # fmt: skip


def test_lines_are_known():
    document = read_yaml("a:\n  - b: 1\n  - c:\n      d: 2\n", "x.yaml")
    assert document.line(("a", 1, "c", "d")) == 4
    assert document.line(("a", 0, "unknown")) == 2


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: b: c", "Y001", 1),
        ("a: 1\nx: \0", "Y001", 2),
        ("a: 1\nb: 2\na: 3", "Y002", 3),
        ("a: &x 1\nb: *x", "Y003", 1),
        ("a:\n  <<: {b: 1}", "Y004", 2),
        ("a: !!python/object:os.system 1", "Y005", 1),
        ("a: " + "x" * LARGEST_FILE, "Y006", 1),
        ("[" * 200_000, "Y007", 1),
        ("- " * 200_000, "Y007", 1),
        (b"a: 1\nb: \xff", "Y008", 2),
        ("1: 2", "Y009", 1),
        ("? [a]\n: b", "Y009", 1),
        ("a: 1\n---\nb: 2", "Y010", 2),
    ],
)
def test_hostile_files_are_refused_at_once(text, code, line):
    def refused():
        with pytest.raises(ContentError) as caught:
            read_yaml(text, "x.yaml")
        return caught.value.problems[0]

    first = refused()
    assert (first.code, first.path, first.line) == (code, "x.yaml", line)
    honest = "".join(f"key_{number}: [some, values, {number}]\n" for number in range(2_000))
    assert processor_time(refused) < 2 * processor_time(lambda: read_yaml(honest, "x.yaml"))
