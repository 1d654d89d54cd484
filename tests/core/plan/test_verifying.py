"""Decisions of a plan judged again: the same, or where not."""

import pytest

from bot.core.plan.items import Origin
from bot.core.plan.plan import Proposal
from bot.core.plan.verifying import FiledDecision, decisions_of, verify
from tests.core.plan.test_files import kept, written
from tests.doubles.plan_items import DAY, entry
from tests.doubles.plan_people import RULE, decision
from tests.doubles.plans import COUNSELLOR, plan_of


def verified(library, one):
    return verify(FiledDecision("plan.items.0", one), library.judges)


def where(found):
    return [one.place for one in found.fields]


def with_verdict(one, **changes):
    return one.model_copy(update={"verdict": one.verdict.model_copy(update=changes)})


def test_a_decision_run_again_is_the_same(loaded):
    found = verified(loaded.library, decision(loaded.library))
    assert (found.result, found.rule_changed, found.fields) == ("same", False, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("outcome", "B"), ("gate", "closed"), ("period", None), ("priority", "no"), ("missing", ("age",)),
        ("offers", ()), ("sources", ()), ("notices", ("x",)), ("gate_reasons", ("x",)), ("outcome_reasons", ("x",)),
        ("priority_reasons", ()),
    ],
)  # fmt: skip
def test_what_was_changed_in_a_decision_is_named(loaded, name, value):
    one = decision(loaded.library)
    assert getattr(one.verdict, name) != value
    found = verified(loaded.library, with_verdict(one, **{name: value}))
    assert (found.result, where(found)) == ("different", [f"verdict.{name}"])


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ((("age", "52"),), "verdict.facts.age"), ((("age", 500),), "verdict.facts.age"), ((("employed", 1),), "verdict.facts.employed"),
        ((("employed", "perhaps"),), "verdict.facts.employed"), ((("shoe_size", 42),), "verdict.facts.shoe_size"),
    ],
)  # fmt: skip
def test_facts_that_the_rule_cannot_take_are_told_by_place(loaded, facts, place):
    found = verified(loaded.library, with_verdict(decision(loaded.library), facts=facts))
    assert (found.result, where(found)) == ("unreadable", [place])


def test_a_doubled_fact_is_told(loaded):
    one = decision(loaded.library)
    doubled = with_verdict(one, facts=(("age", 45), *one.verdict.facts))
    found = verified(loaded.library, doubled)
    assert (found.result, where(found)) == ("unreadable", ["verdict.facts.age"] * 2)


def test_another_mark_is_not_the_same(loaded):
    found = verified(loaded.library, decision(loaded.library).model_copy(update={"mark": "0" * 16}))
    assert (found.result, found.rule_changed, where(found)) == ("different", True, ["mark"])


def test_a_decision_that_says_it_is_of_another_rule_is_not_the_same(loaded):
    origin = Origin(kind="rule", ref="jtc_youth", on=DAY)
    found = verified(loaded.library, decision(loaded.library).model_copy(update={"origin": origin}))
    assert (found.result, where(found)) == ("different", ["origin.ref"])
    gone = decision(loaded.library).model_copy(update={"rule": "gone"})
    assert verified(loaded.library, gone).result == "unknown_rule"


def test_decisions_are_found_wherever_they_stand_in_a_file(loaded):
    one = decision(loaded.library).model_copy(update={"id": "d1"})
    plan = plan_of(entry("skills", "prasme"), one.model_copy(update={"id": ""}))
    proposed = Proposal(id="w9", by=COUNSELLOR, on=DAY, target="", item=one)
    plan = plan.model_copy(update={"what_if": (one,), "proposals": (proposed,)})
    file = written(plan, kept(2, (entry("skills", "sen", id="e1"), one)))
    assert [filed.place for filed in decisions_of(file)] == [
        "plan.items.1", "plan.what_if.0", "plan.proposals.0.item", "history.states.1",
    ]  # fmt: skip
    assert {filed.decision.rule for filed in decisions_of(file)} == {RULE}
