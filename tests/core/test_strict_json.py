"""JSON from outside: read as it stands, or where it is wrong."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.base.strict_json import FileFault, read_strict_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(TEXT, parts, max_size=4),
)  # fmt: skip


def read(data, most=100):
    return read_strict_json(data, lambda _place: most)


@given(value=VALUES, escaped=st.booleans(), marked=st.booleans())
def test_what_is_json_is_read_as_it_stands(value, escaped, marked):
    text = ("\ufeff" if marked else "") + json.dumps(value, ensure_ascii=escaped)
    assert read(text) == value
    assert read(text.encode()) == value


@given(data=st.binary(max_size=60) | TEXT.map(str.encode))
def test_nothing_that_comes_makes_it_fail(data):
    read(data)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": 1, "a": 1}', "a"), ('{"b": [{"x": 1}, {"x": 1, "y": 2, "x": 3}]}', "b.1.x"),
        ('[[{"": 1, "": 2}]]', "0.0."), ('{"a": {"a": 1}, "b": {"a": 1}}', None),
    ],
)  # fmt: skip
def test_a_doubled_key_is_told_by_its_place(text, place):
    found = read(text)
    assert isinstance(found, FileFault) is (place is not None)
    assert place is None or found.place == place


def test_a_list_is_read_to_the_length_that_its_place_may_have():
    found = read_strict_json('{"a": [1, 2, 3], "b": [1, 2, 3]}', {"a": 3, "b": 2}.__getitem__)
    assert (found.place, found.what) == ("b", "there is too much: at most 2")
    keys = {f"k{number}": number for number in range(101)}
    assert read(json.dumps([keys])).place == "0"
