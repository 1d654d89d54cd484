"""The ESF+ rule against an independent reading of the leaflet, over every combination."""

from datetime import date
from itertools import product

import pytest

from bot.core.checks.rules import example_value, rule_faults
from bot.core.rules.claims import next_step
from bot.core.rules.facts import read_facts
from bot.core.rules.what_if import what_would_change
from bot.errors import InputError
from tests.conftest import TODAY

LOW = ("basic_unfinished", "basic_completed", "general_secondary")
VOCATIONAL = ("vocational_arod", "vocational_secondary")
EMPLOYED = (None, "yes", "no", "self_employed")
AGES = (None, 17, 18, 49, 50)
EDUCATION = (
    None, *LOW, *VOCATIONAL, "vocational_basic", "higher", "foreign", "other",
)  # fmt: skip
BELOW = (None, "yes", "no")
HOUSEHOLD = (None, "none", "low_income", "needy")
STATUS = (None, "none", "refugee", "alternative", "temporary")


@pytest.fixture(scope="session")
def judge(loaded):
    return loaded.library.judges["esf_4_2_4_2"]


@pytest.fixture(scope="session")
def rule(judge):
    return judge.rule


def leaflet(employed, age, education, below, household, status):
    """The leaflet read again, straight down, by somebody who has not seen the rule."""
    if employed == "no" or (age is not None and age < 18):
        return "closed", "none", (), "no"
    gate = "unknown" if employed is None or age is None else "open"
    if education in LOW:
        group = "A"
    elif education in VOCATIONAL:
        group = "B"
    elif education == "higher":
        if below == "yes" or household in ("low_income", "needy"):
            group = "A"
        elif below == "no" and household == "none":
            group = "B"
        else:
            group = "A_or_B"
    else:
        group = "unknown"
    offers = {
        "A": ("pti", "mod", "nov"),
        "B": ("mod", "stud", "ppi", "nef"),
        "A_or_B": ("pti", "mod", "nov", "stud", "ppi", "nef"),
        "unknown": (),
    }[group]
    if education in LOW or (age or 0) >= 50 or status in ("refugee", "alternative"):
        priority = "yes"
    else:
        priority = "unknown" if None in (education, age, status) else "no"
    return gate, group, offers, priority


def test_every_combination_is_as_the_leaflet_says(judge):
    names = ("employed", "age", "education", "works_below_education", "household")
    wrong = []
    for values in product(EMPLOYED, AGES, EDUCATION, BELOW, HOUSEHOLD, STATUS):
        facts = {
            name: value
            for name, value in zip((*names, "protection_status"), values, strict=True)
            if value is not None
        }
        verdict = judge.verdict(facts, TODAY)
        came = (
            verdict.gate,
            verdict.outcome,
            tuple(offer.id for offer in verdict.offers),
            verdict.priority,
        )
        if came != leaflet(*values):
            wrong.append((values, came, leaflet(*values)))
    assert wrong == []


def test_all_twenty_examples_hold_and_are_twenty(judge, rule):
    assert len(rule.examples) == 20
    for example in rule.examples:
        verdict = judge.verdict(read_facts(rule.facts, example.given), example.on)
        came = {name: example_value(rule, verdict, name) for name in example.then}
        assert came == example.then


def test_all_ambiguities_are_in_the_rule(rule):
    # "AMB-11-leave" is one of several that the ambiguity 11 comes to
    numbers = dict.fromkeys(notice.id[:6] for notice in rule.notices)
    assert list(numbers) == [f"AMB-{n:02}" for n in range(1, 26)]


def test_the_rule_has_no_faults(rule):
    assert list(rule_faults(rule, "rule.yaml")) == []


def test_a_gap_is_found(rule):
    nobody = rule.undecided.model_copy(update={"when": ()})
    broken = rule.model_copy(update={"undecided": nobody})
    assert [fault.code for fault in rule_faults(broken, "rule.yaml")] == ["R002"]


def test_a_contradiction_is_found(rule):
    first, second = rule.outcomes
    broken = second.model_copy(update={"reasons": (*second.reasons, first.reasons[0])})
    changed = rule.model_copy(update={"outcomes": (first, broken)})
    assert {fault.code for fault in rule_faults(changed, "rule.yaml")} == {"R005"}


def test_what_is_missing_can_change_the_outcome_and_nothing_else_can(judge):
    known = {"employed": "yes", "age": 35, "education": "higher"}
    missing = judge.verdict(known, TODAY).missing
    assert missing == ("works_below_education", "household", "protection_status")
    settled = {"employed": "yes", "age": 52, "education": "general_secondary"}
    assert judge.verdict(settled, TODAY).missing == ()
    outcomes = {
        (one.gate, one.outcome, one.priority)
        for full in judge.completions(settled)
        if (one := judge.verdict(full, TODAY))
    }
    assert outcomes == {("open", "A", "yes")}


def test_a_closed_gate_asks_nothing_more(judge):
    assert judge.next_fact({"employed": "no"}, (), TODAY) is None
    assert judge.next_fact({}, (), TODAY) == "employed"


@pytest.mark.parametrize("employed", ["leave", "abroad", "pension"])
def test_work_the_leaflet_does_not_name_is_left_open_and_not_asked_again(judge, employed):
    facts = {"employed": employed, "age": 35, "education": "vocational_secondary"}
    verdict = judge.verdict(facts, TODAY)
    assert (verdict.gate, verdict.outcome) == ("unknown", "B")
    assert verdict.missing == ("protection_status",)
    assert f"AMB-11-{employed}" in verdict.notices
    assert judge.verdict({"employed": employed, "age": 17}, TODAY).gate == "closed"


def test_what_others_say_is_not_named_as_the_leaflets_source(judge):
    verdict = judge.verdict({"employed": "no"}, TODAY)
    step = next_step(judge.rule, verdict)
    assert (verdict.sources, step.source) == (("leaflet_4_2_4_2",), "nva")


def test_what_would_open_a_closed_gate(judge):
    assert what_would_change(judge, {"employed": "yes", "age": 17}, TODAY) == ((("age", 18),),)
    assert what_would_change(judge, {"employed": "no", "age": 30}, TODAY) == (
        (("employed", "yes"),),
        (("employed", "self_employed"),),
    )
    assert what_would_change(judge, {"employed": "yes", "age": 30}, TODAY) == ()


def test_availability_is_dated(judge):
    facts = {"employed": "yes", "age": 30, "education": "higher"}
    kinds = {
        day.year: {offer.id: offer.available for offer in judge.verdict(facts, day).offers}
        for day in (date(2024, 12, 31), date(2025, 1, 1))
    }
    assert kinds[2024] == {
        "pti": "yes", "mod": "yes", "stud": "yes", "nov": "planned", "ppi": "planned",
        "nef": "planned",
    }  # fmt: skip
    assert {kinds[2025][name] for name in ("nov", "ppi", "nef")} == {"verify"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"agee": 3}, '"agee" is not a fact of this rule'),
        ({"age": "three"}, "age: 'three' is not one of: a whole number from 0 to 120"),
        ({"age": True}, "age: True is not one of"),
        ({"age": 121}, "age: 121 is not one of"),
        ({"education": "high"}, "education: 'high' is not one of"),
    ],
)
def test_facts_that_cannot_be_are_refused(rule, given, said):
    with pytest.raises(InputError) as caught:
        read_facts(rule.facts, given)
    assert said in str(caught.value)
