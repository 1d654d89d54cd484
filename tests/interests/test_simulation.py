"""The simulation in small; the aims are measured in `make bench` with more people."""

import random

import pytest

from bot.core.psychometrics.simulated_people import ItemModel
from bot.core.psychometrics.simulation import simulate

PEOPLE = 300


def run(seed, bank=None):
    chance = random.Random(seed)
    return simulate(PEOPLE, lambda: chance.gauss(0, 1), chance.random, bank or ItemModel())


@pytest.fixture(scope="module", params=[ItemModel(), ItemModel(kind="graded", each=14)], ids=str)
def outcome(request):
    return run(7, request.param)


def test_the_items_are_as_reliable_as_published_ones(outcome):
    assert 0.80 <= outcome.alpha10 <= 0.87
    assert 0.67 <= outcome.alpha5 <= 0.76


def test_choosing_beats_a_fixed_form_of_equal_length(outcome):
    chosen, fixed = outcome.adaptive, outcome.fixed
    assert chosen.mean_items == pytest.approx(fixed.mean_items, abs=0.2)
    assert chosen.first >= fixed.first + 0.03
    assert chosen.profile_r >= fixed.profile_r - 0.025


def test_the_form_is_short_and_near_the_full_one(outcome):
    chosen = outcome.adaptive
    assert chosen.mean_items <= 25
    assert chosen.longest <= 30
    assert chosen.first >= 0.75
    assert chosen.first_shared >= chosen.first
    assert chosen.top2 >= 0.53
    assert chosen.profile_r >= 0.89
    assert chosen.leading >= 0.92


def test_the_words_of_certainty_mean_what_they_say(outcome):
    right, shares = outcome.adaptive.right, outcome.adaptive.shares
    assert right["clear"] >= 0.83
    assert 0.68 <= right["likely"] <= 0.9
    assert right["open"] < right["likely"] < right["clear"]
    assert sum(shares.values()) == pytest.approx(1)


def test_the_same_chance_gives_the_same_figures():
    assert run(3) == run(3)
