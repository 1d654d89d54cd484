"""What goals ask: each has its own table, with its own rows."""

import pytest

from bot.core.dialogue.goal_occupation import occupation_named
from bot.core.plan.items import GapRow, PlanGoal, PlanStep
from tests.core.planning import plan_of, planner, said
from tests.doubles.plan_items import goal as a_goal

COOK, ELECTRICIAN = (
    a_goal("Pavārs", occupation="cook"),
    a_goal("Elektriķis", occupation="electrician"),
)


def shown(person):
    """Return what the sheet that was told last shows: the titles of its parts, and its lines."""
    sheet = next(one.sheet for one in reversed(person.messages) if one.sheet is not None)
    lines = [line.label for section in sheet.sections for line in section.lines]
    return [section.title for section in sheet.sections], lines


def test_the_table_of_a_goal_is_of_that_goal_alone(talks):
    person = planner(talks, COOK, ELECTRICIAN, a_goal("Cits"))
    person.say("ko prasa mērķis", "1", "neko", "ko prasa mērķis", "2")
    titles, lines = shown(person)
    assert titles == ["Ko prasa mērķis „Elektriķis”"]
    assert lines[0].startswith("1. ")
    person.say("neko", "ko prasa mērķis", "3")
    assert shown(person) == ([], [])
    assert "[Rindu par soli]" not in said(person)


def test_a_row_is_named_by_its_number_in_the_table_of_its_goal(talks):
    person = planner(talks, COOK, ELECTRICIAN)
    person.say("ko prasa mērķis", "1", "neko", "ko prasa mērķis", "2")
    person.say("rindu par soli", "1", "Iet pulciņā", "izlaist")
    (step,) = plan_of(person).of_kind(PlanStep)
    assert plan_of(person).find(step.goal).wording.text == "Elektriķis"


def test_who_goes_back_to_another_goal_sees_its_table(talks):
    person = planner(talks, COOK, ELECTRICIAN)
    person.say("ko prasa mērķis", "1", "atpakaļ", "2")
    assert shown(person)[0] == ["Ko prasa mērķis „Elektriķis”"]
    assert {row.goal for row in plan_of(person).of_kind(GapRow)} == {"g1", "g2"}


def test_what_is_added_is_asked_by_the_goal_that_was_named(talks):
    person = planner(talks, COOK, a_goal("Cits"))
    person.say("ko prasa mērķis", "2", "pielikt rindu", "B kategorija")
    (row,) = plan_of(person).of_kind(GapRow)
    assert row.goal == "g2"


# --- which occupation a goal names


@pytest.mark.parametrize(
    ("language", "words", "occupation"),
    [
        ("lv", "pavārs", "cook"),
        ("lv", "Kļūt par pavāru", "cook"),
        ("lv", "iestaties tehnikuma par pavaru", "cook"),
        ("lv", "iestāties tehnikumā par elektriķi", "electrician"),
        ("lv", "Iestāties tehnikumā par elektriķi līdz rudenim", "electrician"),
        ("lv", "iegūt elektriķa kvalifikāciju", "electrician"),
        ("lv", "kļūt par labu sociālo darbinieku", "social_worker"),
        ("ru", "хочу выучиться на сварщика", "welder"),
        ("ru", "стать хорошим поваром", "cook"),
        ("uk", "підтвердити диплом медсестри", "nurse"),
        ("uk", "закінчити курси кухаря", "cook"),
        ("en", "get into college to become an electrician", "electrician"),
    ],
)
def test_a_goal_names_its_occupation_within_a_sentence(talks, language, words, occupation):
    assert occupation_named(talks.library, words, language) == occupation


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lv", "Iegūt B2 angļu valodā"),
        ("lv", "Parunāt ar skolotāju"),
        ("lv", "aiziet pie ārsta"),
        ("lv", "uzzināt vairāk par sevi"),
        ("lv", "mācīties par pavāru vai elektriķi, vai par frizieri"),
        ("lv", "pabeigt kursus par naudu"),
        ("lv", "pabeigt 9. klasi"),
        ("ru", "найти работу на полставки"),
        ("ru", "пойти на курсы"),
        ("uk", "вступити на навчання"),
        ("en", "be happy as I am"),
        ("lv", "par " * 400),
    ],
)
def test_a_goal_that_names_none_surely_names_none(talks, language, words):
    assert occupation_named(talks.library, words, language) == ""


def test_the_table_is_filled_by_the_occupation_of_a_sentence(talks):
    person = planner(talks)
    person.say("jauns mērķis", "iestaties tehnikuma par pavaru", "izlaist", "izlaist")
    person.say("ko prasa mērķis")
    assert plan_of(person).of_kind(PlanGoal)[0].occupation == "cook"
    assert len(plan_of(person).of_kind(GapRow)) > 1


def test_a_goal_written_otherwise_names_its_occupation_then(talks):
    person = planner(talks, a_goal("Mācīties")).say("labot plānu", "uzrakstīt citādi")
    person.say("Mācīties par pavāru")
    assert plan_of(person).of_kind(PlanGoal)[0].occupation == "cook"
