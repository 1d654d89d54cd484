"""The right door for everybody: what a menu shows first, and where words and buttons lead."""

import pytest

from bot.core.dialogue.events import Asked
from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.dialogue.session import Answer, Session
from tests.core.talking import facts, of_kind, talk


def at_menu(talks, **known):
    """Return a conversation that rests at the menu, with answers of the first flow."""
    answers = tuple(Answer(flow="start", step=step, value=value) for step, value in known.items())
    session = Session(stack=("menu",), answers=answers)
    output = talks.advance(session, Started())
    return output.session, of_kind(output.events, Asked)[-1]


def pressed(talks, session, *options):
    """Return the session after some buttons, one after another."""
    for option in options:
        session = talks.advance(session, Picked(options=(option,), ask=session.ask)).session
    return session


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ({"who": "pupil_5_9"}, "paths"), ({"who": "pupil_10_12"}, "paths"), ({"who": "adult"}, "esf"),
        ({"who": "seeking"}, "no_work"), ({"who": "parent"}, "parent"),
        ({"who": "other", "role": "teacher"}, "teacher"),
        ({"who": "other", "role": "employer"}, "employer"),
        ({"who": "other", "role": "student"}, "own_door"),
        ({"who": "other", "role": "none"}, "own_door"),
    ],
)  # fmt: skip
def test_everybody_sees_first_what_they_come_for(talks, known, first):
    _, asked = at_menu(talks, **known)
    assert asked.options[0] == first


def test_no_door_of_another_stands_in_a_menu(talks):
    _, asked = at_menu(talks, who="pupil_5_9")
    assert not {"parent", "teacher", "employer", "no_work", "youth", "esf"} & set(asked.options)


def test_a_button_answers_the_first_question_of_its_door(talks):
    session, _ = at_menu(talks, who="seeking")
    session = pressed(talks, session, "no_work")
    assert session.open == "doors/door_next"
    assert facts(session)["door"] == "job"


@pytest.mark.parametrize("status", ["refugee", "protection", "special", "prison"])
def test_a_status_is_kept_nowhere_once_it_is_answered(talks, status):
    session, _ = at_menu(talks, who="other", role="none")
    session = pressed(talks, session, "own_door", status)
    assert session.open == "menu/what_next"
    assert status not in facts(session).values()


def test_a_door_that_is_left_by_the_menu_is_forgotten(talks):
    session, _ = at_menu(talks, who="other", role="none")
    session = pressed(talks, session, "own_door", "pension")
    session = talks.advance(session, Said(text="izvēlne")).session
    session = pressed(talks, session, "occupation")
    assert "door" not in facts(session)


@pytest.mark.parametrize("text", ["mans dēls grib pamest skolu", "my son wants to drop out"])
def test_whose_child_would_leave_school_is_met_as_a_parent(talks, text):
    session, _ = at_menu(talks, who="other", role="none")
    session = talks.advance(session, Said(text=text)).session
    assert session.open == "parent/parent_next"


def test_who_would_leave_school_is_met_as_before(talks):
    session, _ = at_menu(talks, who="pupil_10_12")
    session = talks.advance(session, Said(text="gribu pamest skolu")).session
    assert session.open == "leaving/leaving_next"


@pytest.mark.parametrize("stage", ["grade_5_6", "grade_7_8", "grade_9", "grade_10_12", "@skip"])
@pytest.mark.parametrize("topic", ["help", "talk", "dates"])
def test_a_parent_is_answered_at_every_stage(talks, topic, stage):
    session, _ = at_menu(talks, who="parent")
    session = pressed(talks, session, "parent", topic, stage)
    assert session.open == "parent/parent_next"


def test_a_teacher_and_an_employer_are_asked_no_age(talks):
    for said, first in (("esmu skolotāja", "teacher"), ("esmu darba devējs", "employer")):
        session, _ = talk(talks, said, Picked(options=("brief",)))
        assert session.open == "menu/what_next"
        assert facts(session)["role"] == first
