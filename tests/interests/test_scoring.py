"""A profile from answers: what it is, and what it does not depend on."""

import itertools
import random
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.interests.norms import (
    CORRELATIONS,
    DEVIATIONS,
    ITEMS_IN_FULL,
    MEANS,
    PUBLISHED,
    TYPES,
    cholesky_root,
)  # fmt: skip
from bot.core.interests.posterior import inverse, posterior
from bot.core.interests.scoring import score
from bot.errors import InputError
from tests.interests.worlds import BANK, even, relabelled, rows, shuffled

ANSWERS = st.dictionaries(st.sampled_from(sorted(BANK)), st.integers(1, 5), max_size=40)


def first(n, answer):
    """Answers to the first n items of each type."""
    return {item: answer(item) for item in BANK if int(item[1:]) <= n}


@given(ANSWERS, st.randoms())
@settings(max_examples=60, deadline=None)
def test_a_profile_is_whole_and_the_order_of_answers_is_of_no_account(answers, chance):
    profile = score(BANK, answers)
    assert list(profile.scores) == list(TYPES)
    assert all(0 <= value <= 100 for value in profile.scores.values())
    assert profile.spread == pytest.approx(pstdev(1 + v / 25 for v in profile.scores.values()))
    assert len(profile.leading) == len(set(profile.leading)) <= 3
    assert set(profile.leading) <= {BANK[item] for item in answers}
    order = list(answers)
    chance.shuffle(order)
    assert score(BANK, {item: answers[item] for item in order}) == profile


@given(ANSWERS, st.permutations(range(6)))
@settings(max_examples=60, deadline=None)
def test_letters_are_only_names(answers, new):
    """Call every type by another letter, the model's too: the result is called by that letter."""
    letters = {TYPES[at]: TYPES[new[at]] for at in range(6)}
    types = {item: letters[letter] for item, letter in BANK.items()}
    plain, other = score(BANK, answers), score(types, answers, model=relabelled(PUBLISHED, new))
    assert other.leading == tuple(letters[letter] for letter in plain.leading)
    assert (other.certainty, other.flags) == (plain.certainty, plain.flags)
    for letter in TYPES:
        assert other.scores[letters[letter]] == pytest.approx(plain.scores[letter], abs=1e-6)


def test_a_perfect_tie_follows_no_alphabet():
    """Six types answered alike, under a model that knows no difference: each leads about as often."""
    led = dict.fromkeys(TYPES, 0)
    for seed in range(120):
        order = shuffled(seed)
        chosen = [
            item for letter in TYPES for item in [i for i in order if BANK[i] == letter][:3]
        ]  # fmt: skip
        profile = score(BANK, dict.fromkeys(chosen, 4), model=even())
        led[profile.leading[0]] += 1
        assert len(profile.leading) == 3
        assert profile.certainty == "open"
        again = score(BANK, dict.fromkeys(reversed(chosen), 4), model=even())
        assert again == profile
    assert min(led.values()) >= 8


@pytest.mark.parametrize("value", [1, 3, 5])
def test_answers_all_alike_are_flat_and_uniform(value):
    profile = score(BANK, first(3, lambda _: value))
    assert profile.flags == ("flat", "uniform")
    assert profile.certainty != "clear"
    whole = score(BANK, first(ITEMS_IN_FULL, lambda _: value))
    assert set(whole.scores.values()) == {(value - 1) * 25}
    assert whole.spread == 0


def test_the_full_form_is_its_own_prediction():
    chance = random.Random(3)
    answers = first(ITEMS_IN_FULL, lambda _: chance.randint(1, 5))
    profile = score(BANK, answers)
    for letter in TYPES:
        mean = fmean(value for item, value in answers.items() if BANK[item] == letter)
        assert profile.scores[letter] == pytest.approx((mean - 1) * 25)


def test_liking_one_kind_is_clear():
    profile = score(BANK, first(5, lambda item: 5 if item[0] in "sa" else 1))
    assert set(profile.leading) == {"S", "A"}
    assert score(BANK, first(5, lambda item: 5 if item[0] == "i" else 2)).certainty == "clear"
    close = score(BANK, first(4, lambda item: 4 if item[0] in "ies" else 1))
    assert set(close.leading) == {"I", "E", "S"}


def test_correlated_types_lend_each_other_strength():
    """Realistic answers alone move Conventional, its neighbour, and leave Social almost as it was."""
    nothing = score(BANK, {})
    liked = score(BANK, dict.fromkeys(["r01", "r02", "r03"], 5))
    moved = {letter: liked.scores[letter] - nothing.scores[letter] for letter in TYPES}
    assert moved["R"] > moved["C"] > moved["E"] > moved["S"] > -1
    assert (nothing.leading, liked.leading) == ((), ("R",))
    assert nothing.certainty == "open"


@pytest.mark.parametrize(("each", "fast"), [(0.9, True), (1.0, False), (4.0, False)])
def test_fast_is_a_median_below_a_second(each, fast):
    answers = first(3, lambda item: 1 + int(item[1:]))
    seconds = dict.fromkeys(answers, each) | {"r01": 600.0}
    assert ("fast" in score(BANK, answers, seconds).flags) is fast
    assert "fast" not in score(BANK, answers, dict.fromkeys(["r01", "r02"], 0.1)).flags


def test_nine_tenths_alike_is_uniform_and_honest_chance_is_not():
    answers = first(5, lambda _: 2)
    for item, expected in (("s01", True), ("a01", True), ("i01", True), ("e01", False)):
        answers[item] = 5
        assert ("uniform" in score(BANK, answers).flags) is expected
    chance = random.Random(8)
    seen = [score(BANK, first(3, lambda _: chance.randint(1, 5))) for _ in range(200)]
    assert not any("uniform" in profile.flags for profile in seen)
    assert sum(profile.certainty == "clear" for profile in seen) < 60


@pytest.mark.parametrize("answers", [{"x99": 3}, {"r01": 0}, {"r01": 6}, {"r01": True}])
def test_what_is_not_an_answer_is_refused(answers):
    with pytest.raises(InputError):
        score(BANK, answers)


def test_the_probability_of_leading_agrees_with_drawing():
    chance = random.Random(5)
    for counts, sums in (
        ((3, 3, 3, 3, 3, 3), (9, 12, 11, 13, 8, 7)),
        ((3, 5, 4, 5, 3, 3), (8, 19, 15, 19, 11, 4)),
        ((3, 3, 3, 8, 8, 3), (6, 9, 9, 30, 31, 9)),
    ):
        found = posterior(PUBLISHED, counts, sums)
        precision = [list(row) for row in inverse(PUBLISHED.covariance)]
        for i in range(6):
            precision[i][i] += counts[i] / PUBLISHED.noise[i]
        theta = inverse(precision)
        rest = [1 - n / ITEMS_IN_FULL for n in counts]
        full = [
            [
                rest[i] * rest[j] * theta[i][j]
                + (rest[i] * PUBLISHED.noise[i] / ITEMS_IN_FULL if i == j else 0)
                for j in range(6)
            ]
            for i in range(6)
        ]
        led, below = [0] * 6, cholesky_root(full)
        for _ in range(6000):
            z = [chance.gauss(0, 1) for _ in range(6)]
            drawn = [
                mean + sum(a * b for a, b in zip(row, z, strict=True))
                for mean, row in zip(found.means, below, strict=True)
            ]
            led[drawn.index(max(drawn))] += 1
        for chance_of, times in zip(found.first_probability, led, strict=True):
            assert chance_of == pytest.approx(times / 6000, abs=0.025)


def test_the_published_figures_are_the_published_ones():
    table = [
        row
        for row in rows("riasec_published_stats.tsv")
        if row["source"] == "openpsychometrics_adults_degree_clean"
    ]
    figures = {
        (row["statistic"], row["scale"]): tuple(float(row[letter]) for letter in TYPES)
        for row in table
    }
    assert figures["mean_1to5", "all"] == MEANS
    assert figures["sd", "all"] == DEVIATIONS
    assert tuple(figures["pearson_r", letter] for letter in TYPES) == CORRELATIONS
    for i, j in itertools.combinations(range(6), 2):
        assert CORRELATIONS[i][j] == CORRELATIONS[j][i]
