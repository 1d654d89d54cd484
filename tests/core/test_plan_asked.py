"""What goals ask: each has its own table, with its own rows."""

from bot.core.plan.items import GapRow, PlanStep
from tests.core.planning import a_goal, plan_of, planner, said

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
