"""What comes in from the conversation: only what the person was told or has said, in words a person would use."""

import pytest

from bot.core.dialogue.session import Answer
from bot.core.plan.items import PlanDecision
from tests.core.planning import plan_of, planner, said

STRENGTHS = Answer(flow="about_me", step="strengths", value="matemātika")


def test_a_rule_nobody_asked_about_is_not_offered(talks):
    employed = Answer(flow="esf_support", step="employed", value="no")
    person = planner(talks, who="seeking", answers=(employed,)).say("no sarunas")
    assert "pašlaik nav ko" in said(person)


def test_a_rule_that_was_asked_about_is_offered(talks):
    employed = Answer(flow="esf_support", step="employed", value="no")
    person = planner(talks, who="seeking", answers=(employed,))
    person.say("izvēlne", "atbalsts mācībām", "izvēlne", "mans plāns", "no sarunas", "jā")
    assert len(plan_of(person).of_kind(PlanDecision)) == 1


@pytest.mark.parametrize(
    ("language", "words", "taken"),
    [
        ("lv", "ja", 1),
        ("lv", "jā, ieraksti", 1),
        ("uk", "так", 1),
        ("ru", "да", 1),
        ("lv", "nē", 0),
        ("uk", "ні", 0),
    ],
)
def test_the_only_offer_is_taken_by_a_yes(talks, language, words, taken):
    person = planner(talks, answers=(STRENGTHS,)).say("no sarunas")
    person.session = person.session.model_copy(update={"language": language})
    person.say(words)
    assert len(plan_of(person).items) == taken
    assert person.asked == "plan_next"


def test_the_last_offer_that_is_pressed_leads_back_to_the_plan(talks):
    person = planner(talks, answers=(STRENGTHS,)).say("no sarunas")
    person.press(next(one.pick for one in person.messages[0].buttons))
    assert len(plan_of(person).items) == 1
    assert person.asked == "plan_next"


def test_a_verdict_and_what_it_names_are_told_plainly_and_once(talks):
    answers = [("employed", "yes"), ("age", 38), ("education", "general_secondary")]
    told = tuple(Answer(flow="esf_support", step=step, value=value) for step, value in answers)
    person = planner(talks, who="adult", answers=told).say("izvēlne", "atbalsts mācībām")
    while person.question.form != "offer":
        person.pass_over()
    person.say("izvēlne", "mans plāns", "no sarunas")
    lines = [line for part in person.messages[0].sheet.sections for line in part.lines]
    words = [line.label.partition(" ")[2] for line in lines]
    assert len(words) > 2
    assert all(one[0].isupper() for one in words)
    verdict = next(line for line in lines if "Ko saka" in line.label)
    assert verdict.text == ""
