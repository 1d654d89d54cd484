"""Questions nobody has written down are found: cross-validated over one in twelve of the askings."""

from tests.bench.knowledge import AMONG, FIRST, folds, mean


def test_an_asking_that_is_not_known_finds_its_topic(loaded):
    found = mean(list(folds(loaded.library, count=1)))
    assert found.count > 400
    assert found.first >= FIRST, found
    assert found.among >= AMONG, found
    assert found.right >= 0.8, found  # of what is answered, and not only told as near
