"""Families of work, and why an occupation is shown."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.flows.preparation import Preparation
from bot.core.interests.correlation import pearson
from bot.core.interests.kinds import liking_of
from bot.core.interests.matching import (
    EXAMPLES_SHOWN,
    FAMILIES_SHOWN,
    KIND_SHARE,
    MatchedOccupation,
    families,
    is_within,
    skill_level_of,
)  # fmt: skip
from bot.core.interests.norms import TYPES
from bot.core.interests.profile import Profile
from bot.core.interests.reasons import area_of, reasons
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
        interests_alone = [(1 - KIND_SHARE) * fit for fit in fits]
        assert family.fit == pytest.approx(sum(interests_alone) / EXAMPLES_SHOWN)
        assert [one.fit for one in family.occupations] == pytest.approx(interests_alone)
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


SKILLED = Preparation(level=2, also=("3",), without=("32", "335"))


def test_preparation_leaves_out_and_counts():
    found = families(SOCIAL, WORLD, Preparation(level=2))
    skilled = [one for one in WORLD if not one.isco.startswith("9")]
    assert found.beyond == sum(skill_level_of(one.isco) > 2 for one in skilled) == 36
    assert {family.isco2 for family in found.families} <= {"41", "51", "53", "62", "72", "81"}
    everything = families(SOCIAL, WORLD, Preparation(level=4))
    assert everything.beyond == families(SOCIAL, WORLD).beyond == 0


def test_elementary_work_is_shown_only_to_who_asks_and_is_counted():
    cleaner = MatchedOccupation("cleaner", "9112", (1.0, 4.0, 6.0, 9.0, 4.0, 2.0))
    known = [*WORLD, cleaner]
    found = families(SOCIAL, known)
    assert "91" not in {family.isco2 for family in found.families}
    assert found.elementary == 7
    asked = families(SOCIAL, known, Preparation(level=4, elementary=True))
    assert asked.elementary == asked.beyond == 0


@pytest.mark.parametrize(
    ("isco", "within"),
    [("3113", True), ("3512", True), ("7231", True), ("3258", False), ("3355", False), ("2341", False)],
)  # fmt: skip
def test_vocational_secondary_keeps_technicians_of_group_three(isco, within):
    assert is_within(SKILLED, isco) is within


def test_a_family_of_one_occupation_is_not_shown():
    alone = MatchedOccupation("alone", "0110", tuple(SOCIAL.scores.values()))
    assert "01" not in {family.isco2 for family in families(SOCIAL, [*WORLD, alone]).families}


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


ITEM_KINDS = {
    "bicycle": frozenset({"machines"}),
    "motor": frozenset({"machines"}),
    "weld": frozenset({"metal"}),
    "aid": frozenset({"healing", "rescue"}),
    "teach": frozenset({"teaching"}),
}
MECHANIC, SMITH, NURSE, ARMOURER = (
    frozenset({"machines"}), frozenset({"metal"}), frozenset({"healing"}),
    frozenset({"machines", "metal"}),
)  # fmt: skip


def test_liking_counts_only_items_of_the_same_kind():
    liking = liking_of(ITEM_KINDS, {"bicycle": 5, "motor": 4, "aid": 1, "weld": 3})
    assert liking(MECHANIC) == pytest.approx((1 + 0.5) / 3)
    assert liking(SMITH) == 0
    assert liking(NURSE) == pytest.approx(-1 / 2)
    assert liking(ARMOURER) == pytest.approx((1 + 0.5 + 0) / 4)
    assert liking(frozenset({"teaching"})) == liking(frozenset()) == 0


@given(st.dictionaries(st.sampled_from(sorted(ITEM_KINDS)), st.integers(1, 5)))
def test_liking_stays_within_one_and_grows_with_an_answer(answers):
    every = frozenset().union(*ITEM_KINDS.values())
    liked = liking_of(ITEM_KINDS, answers)(every)
    assert -1 < liked < 1
    for item, answer in answers.items():
        if answer < 5:
            assert liking_of(ITEM_KINDS, answers | {item: answer + 1})(every) > liked


def test_a_liked_kind_leads_among_equal_interests_and_a_disliked_falls():
    figures = (6.0, 3.0, 2.0, 2.0, 2.0, 3.0)
    known = [
        MatchedOccupation(f"{code}{n}", f"{code}1{n}", figures, kinds=kinds)
        for code, kinds in (("62", SMITH), ("72", MECHANIC), ("83", NURSE), ("71", frozenset()))
        for n in range(3)
    ]
    practical = profile(90, 40, 20, 20, 20, 40)
    liking = liking_of(ITEM_KINDS, {"motor": 5, "aid": 2})
    found = families(practical, known, liking=liking).families
    assert found[0].isco2 == "72"
    assert found[-1].isco2 == "83"
    assert found[-1].liking < 0 == found[1].liking


def test_a_reason_is_a_liked_item_of_the_same_kind_or_there_is_none():
    answers = {"bicycle": 4, "weld": 5, "aid": 2, "teach": 5}
    assert reasons([MECHANIC, SMITH, NURSE], ITEM_KINDS, answers, {}) == [
        ("bicycle",),
        ("weld",),
        (),
    ]
    assert reasons([MECHANIC, MECHANIC], ITEM_KINDS, answers, {}) == [("bicycle",), ("bicycle",)]


def test_what_a_family_shares_is_its_reason_the_rest_its_occupations():
    answers = {"bicycle": 5, "motor": 5, "weld": 4}
    mechanic, armourer = reasons([MECHANIC, ARMOURER], ITEM_KINDS, answers, {})
    assert set(mechanic) == {"bicycle", "motor"}
    assert armourer == ("weld",)


def test_one_item_is_the_reason_of_two_families_at_most():
    answers = {"bicycle": 5}
    assert reasons([MECHANIC], ITEM_KINDS, answers, {"bicycle": 1}) == [("bicycle",)]
    assert reasons([MECHANIC], ITEM_KINDS, answers, {"bicycle": 2}) == [()]
    both = {"bicycle": 5, "motor": 4}
    assert reasons([MECHANIC], ITEM_KINDS, both, {"bicycle": 1})[0][0] == "motor"


def test_the_area_of_an_occupation_is_one_that_leads_if_it_has_such():
    teacher = (1.5, 3.5, 4.5, 7.0, 2.5, 2.0)
    assert area_of(teacher, ("S", "I")) == ("S", True)
    assert area_of(teacher, ("A", "C")) == ("A", True)
    assert area_of(teacher, ("R", "C")) == ("S", False)


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
