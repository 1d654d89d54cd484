"""Where options are school grades, a grade is heard however it is said; a number alone is one, and no age."""

import pytest

from bot.core.dialogue.inputs import Started
from tests.core.planning import said
from tests.core.talking import heard
from tests.doubles.person import Person

NINTH = [
    "9", "9.", "9. klasē", "9kl", "9.b", "devītajā", "devitaja", "devītais", "mācos 9", "grade 9", "9th", "ninth grader",
    "у дев'ятому", "9-й клас", "дев'ятикласниця", "в девятом", "9 класс", "девятиклассник",
]  # fmt: skip
TWELFTH = ["12", "12.klase", "divpadsmitajā", "12. a", "year 12", "в 12 классе", "у дванадцятому"]
QUESTIONS = [
    ("paths", "standing"), ("parent", "child_stage"), ("exam_help", "exam_grade"), ("course_sets", "course_grade"),
]  # fmt: skip


@pytest.mark.parametrize("words", NINTH)
@pytest.mark.parametrize(("flow", "question"), QUESTIONS)
def test_the_ninth_grade_is_heard_where_grades_are_asked(talks, flow, question, words):
    known = heard(talks, flow, question, words)
    assert (known["heard"], known.get("value") or known.get("options")[0]) in {
        ("answer", "grade_9"),
        ("guess", "grade_9"),
    }


@pytest.mark.parametrize("words", TWELFTH)
def test_the_twelfth_grade_is_heard_too(talks, words):
    values = {
        flow: heard(talks, flow, question, words).get("value") for flow, question in QUESTIONS
    }
    assert values == {
        "paths": "grade_10_12", "parent": "grade_10_12", "exam_help": "grade_12", "course_sets": "grade_12",
    }  # fmt: skip


def at_paths(talks, who):
    person = Person(talks).answer(who=who, age_band="from_13", keeping="keep")
    person.give(Started(flow="paths"))
    return person


@pytest.mark.parametrize("words", ["9", "devītajā", "9kl", "mācos 9"])
def test_a_grade_is_no_age(talks, words):
    person = at_paths(talks, "pupil_5_9").say(words)
    assert person.answers["standing"] == "grade_9"
    assert "age" not in person.answers
    assert person.asked == "path_age"


def test_an_age_beside_a_grade_is_one(talks):
    person = at_paths(talks, "pupil_5_9").say("9. klasē, man ir 15")
    assert (person.answers["standing"], person.answers["age"]) == ("grade_9", 15)


@pytest.mark.parametrize("words", ["9", "15", "piecpadsmit"])
def test_a_number_alone_is_no_age_where_something_else_is_asked(talks, words):
    person = at_paths(talks, "pupil_5_9")
    person.give(Started(flow="dates"))
    assert "age" not in person.say(words).answers


def test_a_number_that_may_be_an_age_or_a_grade_is_asked(talks):
    person = Person(talks).say("12")
    assert person.session.guesses == ("pupil_5_9", "pupil_10_12")
    assert "age" not in person.answers


def test_an_age_told_where_something_else_was_asked_is_no_failure(talks):
    person = Person(talks).say("15")
    assert person.answers == {"age": 15}
    assert "Nesapratu" not in said(person)


@pytest.mark.parametrize(
    ("words", "kept"),
    [("1", "grade_10_12"), ("2", "vocational_learner"), ("otrais", "vocational_learner")],
)
def test_a_place_is_that_of_what_is_seen(talks, words, kept):
    assert at_paths(talks, "pupil_10_12").say(words).answers["standing"] == kept
