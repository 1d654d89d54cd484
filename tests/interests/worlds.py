"""Items and people for the tests of interests."""

import csv
import random
from pathlib import Path

import pytest

from bot.core.interests.norms import PUBLISHED, TYPES, AnswerModel

SHARED_DATA = Path(__file__).parents[3] / "shared/data"
EACH = 14
BANK = {f"{letter.lower()}{n:02}": letter for letter in TYPES for n in range(1, EACH + 1)}


def shuffled(seed, items=BANK):
    order = sorted(items)
    random.Random(seed).shuffle(order)
    return order


def asked(answer, order, next_item, types=BANK):
    """Ask until nothing is asked any more; give the answers in the order of asking."""
    answers = {}
    while (item := next_item(types, answers, order)) is not None:
        assert item not in answers
        answers[item] = answer(item)
    return answers


def relabelled(model, new):
    """The model in which the letter at i is called by the letter at new[i]."""
    old = [new.index(at) for at in range(6)]
    return AnswerModel(
        means=tuple(model.means[i] for i in old),
        covariance=tuple(tuple(model.covariance[i][j] for j in old) for i in old),
        noise=tuple(model.noise[i] for i in old),
    )


def even():
    """A model that knows no difference between the types."""
    size = range(6)
    own = PUBLISHED.covariance[0][0]
    return AnswerModel(
        means=(2.75,) * 6,
        covariance=tuple(tuple(own if i == j else own / 5 for j in size) for i in size),
        noise=(PUBLISHED.noise[0],) * 6,
    )


def rows(name):
    """Rows of the shared data, or skip where they are not."""
    path = SHARED_DATA / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))
