"""Questions nobody has written down are found: cross-validated over a sample of the askings."""

from tests.bench.knowledge import AMONG, FIRST, folds, mean


def test_an_asking_that_is_not_known_finds_its_topic(loaded):
    found = mean(list(folds(loaded.library, count=3, every=2)))
    assert found.count > 500
    assert found.first >= FIRST, found
    assert found.among >= AMONG, found


def test_what_is_answered_is_mostly_right(loaded):
    found = mean(list(folds(loaded.library, count=1, every=2)))
    assert found.right >= 0.8, found
