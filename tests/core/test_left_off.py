"""Who leaves off is told what stays and how to come back, wherever they are; and comes back by a word."""

import pytest

from bot.core.dialogue.inputs import Started
from bot.core.plan.items import PlanGoal
from tests.core.planning import planner, said, texts
from tests.core.talking import heard
from tests.doubles.person import Person
from tests.doubles.plan_items import goal as a_goal
from tests.doubles.plan_items import step as a_step

LEAVING_OFF = [
    "šodien pietiks", "sodien pietiks", "pietiek šodienai", "turpināsim rīt", "turpinasim rit", "rīt turpināšu", "gana",
    "lai paliek", "nu lai paliek", "beigsim šodien", "хватит на сегодня", "на сегодня хватит", "продолжим завтра", "хватит",
    "на сьогодні досить", "досить на сьогодні", "продовжимо завтра", "that's enough for today", "enough for now", "let's continue tomorrow",
]  # fmt: skip
PLACES = [
    ("menu", "what_next"), ("plan", "plan_next"), ("plan_goal", "goal_words"), ("plan_goal", "goal_day"),
    ("plan_goal", "goal_sure"), ("plan_step", "step_activity"), ("plan_step_done", "done_number"), ("plan_look_back", "back_done"),
    ("interests", "likes"), ("paths", "standing"), ("about_me", "strengths"), ("esf_support", "education"),
]  # fmt: skip


@pytest.mark.parametrize("words", LEAVING_OFF)
@pytest.mark.parametrize(("flow", "step"), PLACES)
def test_leaving_off_is_heard_everywhere(talks, flow, step, words):
    assert heard(talks, flow, step, words).get("global") == "pause"


@pytest.mark.parametrize(
    "words",
    [
        "gana labi protu matemātiku", "lai paliek par pavāru", "rīt", "pabeigt skolu līdz jūnijam", "turpināt mācības rīta maiņā",
        "continue my studies", "закончить школу", "продолжить учёбу",
    ],
)  # fmt: skip
def test_a_goal_is_none(talks, words):
    assert heard(talks, "plan_goal", "goal_words", words)["heard"] == "answer"


def test_where_it_is_an_option_it_is_that(talks):
    assert heard(talks, "start", "keeping", "lai paliek")["value"] == "keep"
    assert heard(talks, "plan_goal_asks", "gap_what", "lai paliek")["value"] == "enough"


def test_what_was_begun_waits_and_is_gone_on_with(talks):
    person = planner(talks).say("jauns mērķis", "Kļūt par pavāru", "šodien pietiks")
    assert person.kinds == ["note"]
    assert [one.pick for one in person.messages[0].buttons] == ["@continue", "@menu"]
    assert "ierakstītais paliek" in said(person)
    assert person.say("turpināt").asked == "goal_day"
    person.say("vēl nezinu", "izlaist")
    assert texts(person, PlanGoal) == ["Kļūt par pavāru"]


def test_going_on_is_nobodys_own_words(talks):
    person = planner(talks).say("jauns mērķis", "gana", "turpināt")
    assert person.asked == "goal_words"
    assert "goal_words" not in person.answers


def test_the_plan_is_found_again_from_its_own_words(talks):
    person = planner(talks, a_goal("Viens")).say("jauns mērķis", "gana", "mans plāns")
    assert "goal_words" not in person.answers
    assert [one.pick for one in person.messages[0].buttons] == ["@wish:career_plan"]


def test_what_is_kept_two_hours_is_not_said_to_stay(talks):
    person = planner(talks, keeping="brief").say("gana")
    assert "divām stundām" in said(person)
    assert "paliek." not in said(person)


def test_reminders_are_not_stopped(talks):
    person = planner(talks, a_step("Piezvanīt")).say("gana")
    assert not person.session.quiet


# --- back


@pytest.mark.parametrize("word", ["atpakaļ", "вернуться", "назад", "повернутися", "back"])
def test_back_goes_one_step_back_in_the_plan(talks, word):
    person = planner(talks).say("jauns mērķis", "Kļūt par pavāru", word)
    assert person.asked == "goal_words"
    assert person.say(word).asked == "plan_next"
    assert person.say(word).asked == "what_next"


@pytest.mark.parametrize("word", ["вернуться", "повернутися"])
def test_back_is_heard_among_own_words(talks, word):
    person = Person(talks).answer(who="adult", age_band="from_18", keeping="keep")
    person.give(Started(flow="about_me"))
    assert "strengths" not in person.say(word).answers
