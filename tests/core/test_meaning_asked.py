"""What a question means is asked back, and somebody else may not know: then it is explained, and nothing is recorded."""

import pytest

from bot.core.dialogue.events import Remarked
from bot.core.dialogue.inputs import Started
from tests.core.planning import planner, said
from tests.core.talking import heard, of_kind
from tests.doubles.person import Person

ASKED_BACK = [
    "ko tas nozīmē", "ko tas nozime?", "ko tas īsti nozīmē", "nesaprotu jautājumu", "nesaprotu", "paskaidrojiet lūdzu",
    "kā to saprast", "ko man te rakstīt", "what does that mean", "what do you mean?", "I don't understand the question",
    "що це означає?", "не розумію питання", "поясніть, будь ласка", "что это значит", "что имеется в виду", "не понял вопрос",
]  # fmt: skip
# where it is asked: options, a number, a day, own words, own words of the plan, a scale
PLACES = [
    ("start", "who"), ("esf_support", "age"), ("plan_goal", "goal_day"), ("about_me", "strengths"),
    ("plan_goal", "goal_words"), ("skills", "s1"), ("paths", "standing"),
]  # fmt: skip


@pytest.mark.parametrize("words", ASKED_BACK)
@pytest.mark.parametrize(("flow", "step"), PLACES)
def test_what_a_question_means_is_asked_back(talks, flow, step, words):
    assert heard(talks, flow, step, words).get("global") == "meaning"


@pytest.mark.parametrize(
    "words",
    ["ko nozīmē LKI līmenis", "nesaprotu matemātiku", "paskaidrot klientiem", "gribu saprast sevi"],
)
def test_what_else_is_not_understood_is_no_question_back(talks, words):
    assert heard(talks, "about_me", "strengths", words).get("global") != "meaning"


def of_child(talks, flow):
    person = Person(talks).answer(who="parent", keeping="keep")
    person.give(Started(flow=flow))
    return person


OF_ANOTHER = [
    "meita nezina", "viņš pats nezina", "meita pati vel nezina", "bērns nezina, ko grib", "viņa nav izlēmusi",
    "my daughter doesn't know", "he doesn't know himself", "донька ще не знає", "він сам не знає", "сын не знает", "она сама не знает",
]  # fmt: skip


@pytest.mark.parametrize("words", OF_ANOTHER)
@pytest.mark.parametrize("flow", ["paths", "plan_goal"])
def test_that_somebody_else_does_not_know_is_no_answer(talks, flow, words):
    person = of_child(talks, flow)
    asked, before = person.asked, person.answers
    person.say(words)
    assert (person.asked, person.answers) == (asked, before)
    assert [one.what for one in of_kind(person.events, Remarked)][:1] == ["meaning"]
    assert person.session.guesses == ()


def test_nor_is_it_one_where_a_number_is_asked(talks):
    person = of_child(talks, "paths").say("9. klase", "viņš pats nezina")
    assert person.asked == "path_age"
    assert "path_age" not in person.answers


def test_who_does_not_know_it_oneself_passes_over(talks):
    person = of_child(talks, "paths").say("nezinu")
    assert person.answers["standing"] is None


def test_who_says_whose_child_does_not_know_has_said_who_they_are(talks):
    assert Person(talks).say("meita nezina, ko grib").answers["who"] == "parent"


def test_it_is_explained_with_an_answer_that_would_do_and_a_way_past(talks):
    text = said(of_child(talks, "paths").say("ko tas nozīmē"))
    assert "kuri ceļi sākas tieši šeit" in text
    assert "„5. vai 6. klasē”" in text
    assert "„Negribu teikt”" in text


def test_a_scale_is_explained_from_end_to_end(talks):
    person = planner(talks)
    person.give(Started(flow="skills"))
    assert "no „Vēl nē” līdz „Varu parādīt citam”" in said(person.say("ko tas nozīmē"))


# --- none of these


@pytest.mark.parametrize(
    ("flow", "step", "words"),
    [
        ("paths", "standing", "meita nezina"),
        ("esf_support", "education", "nu es vairs īsti nezinu kas tur bija rakstīts"),
        ("esf_support", "education", "laikam nezinu"),
        ("start", "role", "nekas no tā šī"),
        ("about_me", "school_now", "brālis nezina"),
    ],
)
def test_nobody_is_asked_whether_they_meant_none(talks, flow, step, words):
    assert not {"@skip", "none"} & set(heard(talks, flow, step, words).get("options", ()))


def test_a_doubtful_not_knowing_explains_the_question(talks):
    person = planner(talks, who="adult")
    person.give(Started(flow="esf_support"))
    person.say("38", "nu es vairs īsti nezinu kas tur bija rakstīts")
    assert (person.asked, person.session.guesses) == ("education", ())
    assert [one.what for one in of_kind(person.events, Remarked)] == ["meaning"]
