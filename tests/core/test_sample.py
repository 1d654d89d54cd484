"""The sample is content like any other: whole, sound, and with every kind of step."""

from typing import get_args

from bot.core.flows.steps import Step
from bot.load.check import check_all
from tests.doubles.clocks import TODAY
from tests.doubles.sample import ROOT, load_sample

UNTRANSLATED = {"L000", "L001"}  # it speaks Latvian, and elsewhere only what a test needs


def test_nothing_is_wrong_with_the_sample():
    found = [problem for problem in check_all(ROOT, TODAY) if problem.code not in UNTRANSLATED]
    assert found == []


def test_every_kind_of_step_is_in_the_sample():
    union, _ = get_args(Step)
    kinds = {get_args(model.model_fields["kind"].annotation)[0] for model in get_args(union)}
    assert kinds == {step.kind for step in load_sample().library.steps.values()}
