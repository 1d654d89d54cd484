"""Families of work, and why an occupation is shown."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.interests.correlation import pearson
from bot.core.interests.matching import (
    EXAMPLES_SHOWN,
    FAMILIES_SHOWN,
    MatchedOccupation,
    families,
    skill_level_of,
)  # fmt: skip
from bot.core.interests.norms import TYPES
from bot.core.interests.profile import Profile
from bot.core.interests.reasons import reasons
from bot.core.interests.scoring import score
from tests.interests.worlds import BANK, rows


def profile(*scores, flags=()):
    return Profile(
        scores=dict(zip(TYPES, scores, strict=True)), spread=1, leading=("S", "A"),
        certainty="clear", flags=flags,
    )  # fmt: skip


SOCIAL = profile(10, 40, 60, 90, 40, 20)
CODES = ("11", "14", "21", "23", "26", "34", "41", "51", "53", "62", "72", "81", "93")
CHANCE = random.Random(4)
WORLD = [
    MatchedOccupation(f"o{code}{n}", f"{code}1{n}", tuple(CHANCE.uniform(1, 7) for _ in TYPES))
    for code in CODES
    for n in range(6)
]


def test_families_stand_by_the_mean_of_their_best():
    found = families(SOCIAL, WORLD).families
    assert len(found) == FAMILIES_SHOWN + 1
    usual = found[:FAMILIES_SHOWN]
    assert [family.fit for family in usual] == sorted((f.fit for f in usual), reverse=True)
    assert [family.place for family in usual] == [1, 2, 3, 4, 5]
    scores = list(SOCIAL.scores.values())
    for family in found:
        fits = sorted(
            (pearson(scores, one.figures) for one in WORLD if one.isco[:2] == family.isco2),
            reverse=True,
        )[:EXAMPLES_SHOWN]
        assert family.fit == pytest.approx(sum(fits) / EXAMPLES_SHOWN)
        assert [one.fit for one in family.occupations] == pytest.approx(fits)
        assert all(one.isco.startswith(family.isco2) for one in family.occupations)
        assert family.less_typical is (family not in usual)


@given(st.randoms())
@settings(max_examples=20, deadline=None)
def test_the_order_of_occupations_is_of_no_account(chance):
    mixed = list(WORLD)
    chance.shuffle(mixed)
    assert families(SOCIAL, mixed) == families(SOCIAL, WORLD)


@given(st.permutations(range(6)))
@settings(max_examples=30, deadline=None)
def test_letters_are_only_names(new):
    """Move every type's score and figures to another letter: the same families in the same order."""
    move = lambda row: tuple(row[at] for at in new)  # noqa: E731
    moved = [MatchedOccupation(one.id, one.isco, move(one.figures)) for one in WORLD]
    assert families(profile(*move(list(SOCIAL.scores.values()))), moved) == families(SOCIAL, WORLD)


def test_equal_fits_have_one_place_and_no_alphabet():
    same = (2.0, 3.0, 4.0, 5.0, 3.0, 2.0)
    alike = [MatchedOccupation(f"{code}{n}", f"{code}11", same) for code in CODES for n in "abcdef"]
    found = families(SOCIAL, alike).families
    assert {family.place for family in found} == {1}
    assert {one.place for family in found for one in family.occupations} == {1}
    assert [family.isco2 for family in found] != sorted(CODES)[: len(found)]
    assert {one.id[2:] for family in found for one in family.occupations} > set("abc")


def test_reach_leaves_out_and_counts():
    found = families(SOCIAL, WORLD, skill_level=2)
    assert found.beyond == sum(skill_level_of(one.isco) > 2 for one in WORLD) == 36
    assert {family.isco2 for family in found.families} <= {"41", "51", "53", "62", "72", "81", "93"}
    assert families(SOCIAL, WORLD, skill_level=4).beyond == families(SOCIAL, WORLD).beyond == 0


@pytest.mark.parametrize(
    ("isco", "skill"),
    [("0110", 4), ("0210", 2), ("0310", 1), ("1120", 4), ("1411", 3), ("2341", 4), ("3112", 3),
     ("4110", 2), ("7231", 2), ("8332", 2), ("9111", 1)],
)  # fmt: skip
def test_skill_levels_are_those_of_isco(isco, skill):
    assert skill_level_of(isco) == skill


def test_not_for_me_brings_others_up():
    before = families(SOCIAL, WORLD).families
    gone = frozenset(family.isco2 for family in before[:2])
    after = families(SOCIAL, WORLD, hidden=gone).families
    assert gone.isdisjoint(family.isco2 for family in after)
    assert after[0].isco2 == before[2].isco2
    assert len(after) == FAMILIES_SHOWN + 1
    assert families(SOCIAL, WORLD, hidden=frozenset(CODES)).families == ()


def test_the_less_typical_family_starts_from_other_interests():
    def pair(family):
        ids = {one.id for one in family.occupations}
        figures = [one.figures for one in WORLD if one.id in ids]
        means = [sum(column) for column in zip(*figures, strict=True)]
        return frozenset(sorted(range(6), key=lambda at: -means[at])[:2])

    *usual, other = families(SOCIAL, WORLD).families
    assert other.less_typical
    assert pair(other) not in {pair(family) for family in usual}


def test_a_flat_profile_gets_families_without_occupations():
    found = families(profile(50, 51, 52, 53, 50, 50, flags=("flat",)), WORLD)
    assert found.families
    assert all(family.occupations == () for family in found.families)


def test_correlation():
    assert pearson((1, 2, 3), (2, 4, 6)) == pytest.approx(1)
    assert pearson((1, 2, 3), (3, 2, 1)) == pytest.approx(-1)
    assert pearson((1, 1, 1), (3, 2, 1), if_flat=0) == 0


def test_reasons_are_liked_items_of_the_occupations_strongest_types():
    answers = {"s01": 4, "s02": 5, "s03": 3, "a01": 5, "r01": 5, "c01": 5, "e01": 1}
    teacher = (1.5, 3.5, 4.5, 7.0, 2.5, 2.0)
    assert reasons(teacher, BANK, answers) == ("s02", "a01")
    assert reasons(teacher, BANK, answers, said=("s02", "a01")) == ("s01", "a01")
    assert reasons(teacher, BANK, {"r01": 5, "s01": 3}) == ()
    assert len(reasons(teacher, BANK, dict.fromkeys(BANK, 5))) == 2
    assert reasons(teacher, BANK, dict(reversed(answers.items()))) == ("s02", "a01")


def test_real_occupations_give_sensible_families():
    known = [
        MatchedOccupation(
            row["esco_uri"], row["isco4"], tuple(float(row[letter]) for letter in TYPES)
        )
        for row in rows("esco_riasec_derived.tsv")
        if row["R"]
    ]
    for liked, expected in (("r", "678"), ("s", "235"), ("i", "2")):
        answers = {
            item: 5 if item[0] == liked else 2 for item in BANK if int(item[1:]) <= 3
        }  # fmt: skip
        found = families(score(BANK, answers), known)
        assert len({family.isco2 for family in found.families}) == FAMILIES_SHOWN + 1
        assert found.families[0].isco2[0] in expected
        assert found.families[-1].less_typical
