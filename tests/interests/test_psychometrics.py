"""Figures of items against public packages: reliabilipy, factor-analyzer, rthor."""

import random
import warnings
from math import isnan, sqrt
from statistics import fmean, pstdev

import numpy as np
import pytest

from bot.core.interests.correlation import pearson
from bot.core.psychometrics.reliability import (
    alpha,
    item_total,
    omega,
    one_factor,
    rtor,
)  # fmt: skip
from tests.interests.worlds import rows

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import rthor
    from factor_analyzer import FactorAnalyzer
    from reliabilipy import reliability_analysis


def crowd(seed, items=6, people=300, least=0.5):
    chance = random.Random(seed)
    loads = [chance.uniform(least, 0.9) for _ in range(items)]
    found = []
    for _ in range(people):
        true = chance.gauss(0, 1)
        felt = [load * true + chance.gauss(0, 1) * sqrt(1 - load**2) for load in loads]
        found.append([min(5, max(1, round(3 + 1.3 * value))) for value in felt])
    return found


def standard(answers):
    columns = list(zip(*answers, strict=True))
    made = [[(v - fmean(c)) / pstdev(c) for v in c] for c in columns]
    return [list(row) for row in zip(*made, strict=True)]


@pytest.mark.parametrize(("seed", "items"), [(1, 6), (2, 10), (3, 5)])
def test_alpha_is_reliabilipys(seed, items):
    """reliabilipy computes it of standardised items, so they are standardised here."""
    answers = crowd(seed, items)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = reliability_analysis(raw_dataset=np.array(answers, float), is_corr_matrix=False)
        theirs.fit()
    assert alpha(standard(answers)) == pytest.approx(theirs.alpha_cronbach, abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_alpha_is_the_covariance_formula(seed):
    answers = crowd(seed)
    matrix = np.cov(np.array(answers, float).T)
    size = len(matrix)
    plain = size / (size - 1) * (1 - np.trace(matrix) / matrix.sum())
    assert alpha(answers) == pytest.approx(plain, abs=1e-12)


@pytest.mark.parametrize(("seed", "items"), [(1, 6), (2, 10), (3, 5), (4, 14)])
def test_one_factor_and_omega_are_factor_analyzers(seed, items):
    answers = np.array(crowd(seed, items), float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = FactorAnalyzer(
            n_factors=1, rotation=None, method="ml", bounds=(1e-4, 1),
        )  # fmt: skip
        theirs.fit(answers)
    loads = np.abs(theirs.loadings_[:, 0])
    ours, unique = one_factor(np.corrcoef(answers.T).tolist())
    assert ours == pytest.approx(loads.tolist(), abs=1e-4)
    assert unique == pytest.approx((1 - loads**2).tolist(), abs=1e-4)
    own = answers.std(axis=0, ddof=1)
    common = (loads * own).sum() ** 2
    expected = common / (common + ((1 - loads**2) * own**2).sum())
    assert omega(answers.tolist()) == pytest.approx(expected, abs=1e-6)


def test_omega_of_equal_items_is_alpha():
    """Where every item is as telling as every other, both are Spearman and Brown's formula."""
    same = [[1.0 if i == j else 0.4 for j in range(5)] for i in range(5)]
    loads, unique = one_factor(same)
    assert loads == pytest.approx([sqrt(0.4)] * 5, abs=1e-9)
    assert unique == pytest.approx([0.6] * 5, abs=1e-9)
    common = sum(loads) ** 2
    assert common / (common + sum(unique)) == pytest.approx(5 * 0.4 / (1 + 4 * 0.4), abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_item_total_leaves_the_item_out(seed):
    answers = np.array(crowd(seed), float)
    total = answers.sum(axis=1)
    expected = [np.corrcoef(one, total - one)[0, 1] for one in answers.T]
    assert item_total(answers.tolist()) == pytest.approx(expected, abs=1e-9)


def test_persons_with_a_missing_answer_are_left_out():
    answers = crowd(5)
    holes = [[*row[:3], None, *row[4:]] for row in crowd(6, people=40)]
    mixed = answers[:100] + holes + answers[100:]
    assert alpha(mixed) == alpha(answers)
    assert omega(mixed) == omega(answers)
    assert item_total(mixed) == item_total(answers)


def test_what_has_no_figure_is_nan():
    assert isnan(alpha([]))
    assert isnan(alpha([[1, 2], [None, 3], [2, 2]]))
    assert isnan(alpha([[3, 3]] * 9))
    assert isnan(omega([[3, 3, 3]] * 9))
    assert isnan(omega([[1, 2], [2, 3], [3, 5]]))
    assert all(isnan(value) for value in item_total([[3, 3, 3]] * 9))
    assert isnan(pearson([1, 1], [1, 2]))


def published():
    return [
        [float(row[letter]) for letter in "RIASEC"]
        for row in rows("riasec_published_stats.tsv")
        if (row["source"], row["statistic"]) == ("openpsychometrics_degree_or_higher", "pearson_r")
    ]


def test_the_order_of_types_in_the_published_matrix():
    found = rtor(published())
    assert found[:2] == (71, 72)
    assert found.correspondence_index == pytest.approx(0.9722, abs=5e-5)
    assert found.p == pytest.approx(12 / 720)


def random_matrix(seed, ties):
    chance = random.Random(seed)
    made = [[1.0] * 6 for _ in range(6)]
    for i in range(6):
        for j in range(i):
            value = 0.5 - 0.15 * min(i - j, 6 - i + j) + chance.uniform(-0.2, 0.2)
            made[i][j] = made[j][i] = round(value, 1 if ties else 6)
    return made


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("ties", [False, True])
def test_the_order_of_types_is_rthors(seed, ties):
    matrix = random_matrix(seed, ties)
    theirs = rthor.test(np.array(matrix), order="circular6").iloc[0]
    ours = rtor(matrix)
    assert (ours.met, ours.of) == (theirs["agreements"], theirs["predictions"])
    assert ours.correspondence_index == pytest.approx(theirs["ci"], abs=1e-6)
    assert ours.p == pytest.approx(theirs["p_value"], abs=1e-6)
