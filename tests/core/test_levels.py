"""Levels of own statements: the mean of what was answered, and a change only beyond chance."""

import random

import pytest

from bot.core.skills.levels import Level, change_that_counts, level

ASKS = ("a", "b", "c", "d")


def steps(*values):
    return {name: value for name, value in zip(ASKS, values, strict=True) if value is not None}


@pytest.mark.parametrize(("count", "counts"), [(2, 3.97), (3, 4.75), (4, 5.41), (16, 10.32)])
def test_the_change_that_counts_is_1_96_standard_errors_of_a_difference(count, counts):
    assert change_that_counts(count, 4) == pytest.approx(counts, abs=0.02)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (None, (1, 2, 3, 4), (2.5, None)),
        (None, (1, None, 4, None), (2.5, None)),
        (None, (1, None, None, None), (None, None)),
        ((1, 1, 1, 1), (3, 3, 2, 1), (2.25, "same")),
        ((4, 4, 4, 4), (2, 3, 3, 2), (2.5, "less")),
        ((1, 1, 1, 1), (3, 3, 2, 2), (2.5, "more")),
        ((1, None, None, 1), (4, 4, 4, 2), (3.5, "more")),  # compared by what was answered twice
        ((1, None, None, None), (4, 4, 4, 4), (4.0, None)),
        ((1, 1, None, None), (None, None, 4, 4), (4.0, None)),
    ],
)
def test_an_area_has_a_level_and_a_change_where_there_is_enough(before, now, expected):
    found = level("x", ASKS, 4, steps(*now), None if before is None else steps(*before))
    assert found == Level(area="x", now=expected[0], change=expected[1])


def test_answers_scattered_twice_seem_to_change_one_time_in_twenty():
    """People who are alike in an area by as much as the published scale says, and do not change."""
    chance = random.Random(5)
    shared, said = 0.373, 0
    for _ in range(4000):
        lasting = chance.gauss(0, shared**0.5)
        rounds = [
            steps(*(answer(lasting + chance.gauss(0, (1 - shared) ** 0.5)) for _ in ASKS))
            for _ in range(2)
        ]
        said += level("x", ASKS, 4, rounds[1], rounds[0]).change != "same"
    assert 0.01 < said / 4000 < 0.05


def answer(value):
    return 1 + (value > -0.67) + (value > 0) + (value > 0.67)
