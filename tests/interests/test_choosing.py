"""Which item comes next."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.interests.next_item import ITEMS_EACH, MOST_ITEMS, SURE_ENOUGH, next_item, opening
from bot.core.interests.norms import PUBLISHED, TYPES
from bot.core.interests.scoring import posterior_of, score
from tests.interests.worlds import BANK, asked, relabelled, shuffled


def by_letter(**likes):
    return lambda item: likes.get(BANK[item], 2)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_every_type_is_asked_and_asking_ends(seed, answers_seed):
    chance = random.Random(answers_seed)
    answers = asked(lambda _: chance.randint(1, 5), shuffled(seed), next_item)
    had = Counter(BANK[item] for item in answers)
    assert set(had) == set(TYPES)
    assert min(had.values()) >= ITEMS_EACH
    assert 6 * ITEMS_EACH <= len(answers) <= MOST_ITEMS
    start = [BANK[item] for item in list(answers)[: 6 * ITEMS_EACH]]
    assert all(one != other for one, other in pairwise(start))
    assert Counter(start) == dict.fromkeys(TYPES, ITEMS_EACH)
    if len(answers) < MOST_ITEMS:
        assert max(posterior_of(BANK, answers).first_probability) >= SURE_ENOUGH


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_what_comes_next_does_not_depend_on_how_the_answers_stand(seed):
    chance = random.Random(seed)
    answers, order = {}, shuffled(seed)
    while (item := next_item(BANK, answers, order)) is not None:
        mixed = list(answers)
        chance.shuffle(mixed)
        assert next_item(BANK, {name: answers[name] for name in mixed}, order) == item
        answers[item] = chance.randint(1, 5)


@given(st.integers(0, 10**6), st.permutations(range(6)))
@settings(max_examples=20, deadline=None)
def test_letters_do_not_choose(seed, new):
    types = {item: TYPES[new[TYPES.index(letter)]] for item, letter in BANK.items()}
    model, order = relabelled(PUBLISHED, new), shuffled(seed)
    chance = random.Random(seed)
    given_answers = {item: chance.randint(1, 5) for item in order}
    plain = asked(given_answers.get, order, next_item)
    other = asked(given_answers.get, order, lambda t, a, o: next_item(t, a, o, model), types)
    assert list(other) == list(plain)


def test_a_clear_case_ends_after_the_opening():
    answers = asked(by_letter(S=5, R=1, I=1, A=1, E=1, C=1), shuffled(1), next_item)
    assert len(answers) == 6 * ITEMS_EACH


def test_a_close_race_asks_the_racing_types_and_ends_open():
    answers = asked(by_letter(R=5, E=5, S=1, I=1, A=1, C=1), shuffled(2), next_item)
    had = Counter(BANK[item] for item in answers)
    assert len(answers) == MOST_ITEMS
    assert had == {"R": 9, "E": 9, "S": 3, "I": 3, "A": 3, "C": 3}
    assert set(score(BANK, answers).leading[:2]) == {"R", "E"}
    assert score(BANK, answers).certainty != "clear"


def test_answers_that_were_there_before_count():
    order = shuffled(4)
    late = [item for item in reversed(order) if BANK[item] == "R"][:3]
    answers = dict.fromkeys(late, 2)
    rest = asked(by_letter(S=5), order, lambda t, a, o: next_item(t, answers | a, o))
    assert rest
    assert "R" not in {BANK[item] for item in rest}


def test_a_small_bank_gives_what_it_has():
    small = {"r1": "R", "r2": "R", "i1": "I"}
    assert asked(lambda _: 3, ["r1", "r2", "i1"], next_item, small).keys() == small.keys()
    assert next_item({}, {}, []) is None


@pytest.mark.parametrize("seed", range(5))
def test_the_opening_follows_the_order_within_a_type(seed):
    order = shuffled(seed)
    found = opening(BANK, order)
    for letter in TYPES:
        own = [item for item in order if BANK[item] == letter]
        assert [item for item in found if BANK[item] == letter] == own[:ITEMS_EACH]
