"""What is known is not asked again, and any earlier answer can be changed."""

import pytest

from bot.core.dialogue.events import Answered, Asked, FactsTold, Remarked
from bot.core.dialogue.inputs import Picked, Said, Started
from tests.core.talking import facts, of_kind, talk


def test_what_was_told_beside_is_kept_and_not_asked_again(talks):
    session, events = talk(talks, "esmu 38, strādāju veikalā, pabeidzu tehnikumu")
    (told,) = of_kind(events, FactsTold)
    steps = [step for _, step, _ in told.answers]
    assert sorted(steps) == ["age", "age_band", "education", "employed", "who"]
    assert steps[0] == "who", "the answer to what was asked stands first in the same line"
    assert not any(event.said_back for event in of_kind(events, Answered))
    assert facts(session)["age"] == 38
    assert session.open == "start/keeping"


def test_what_the_start_knows_is_told_and_not_asked(talks):
    session, _ = talk(talks, "Strādāju", "40", Picked(options=("brief",)), "atbalsts mācībām")
    assert facts(session)["employed"] == "yes"
    assert facts(session)["age"] == 40
    assert session.open == "esf_support/education"


def test_what_follows_is_changed_with_what_it_followed_from(talks):
    session, events = talk(talks, "Strādāju", "40", Picked(options=("brief",)), "atbalsts mācībām")
    (told,) = [event for event in of_kind(events, FactsTold) if event.follow]
    assert told.answers == (("esf_support", "employed", "yes"),)
    session = talks.advance(session, Picked(options=("@change:who",))).session
    session = talks.advance(session, Picked(options=("seeking",))).session
    assert facts(session)["employed"] == "no"


def test_what_follows_may_be_changed_alone(talks):
    session, _ = talk(talks, "Strādāju", "40", Picked(options=("brief",)), "atbalsts mācībām")
    session = talks.advance(session, Picked(options=("@change:employed",))).session
    assert session.open == "esf_support/employed"
    session = talks.advance(session, Picked(options=("self_employed",))).session
    assert facts(session)["employed"] == "self_employed"


def test_a_minor_is_told_at_once_that_the_project_is_for_adults(talks):
    session, _ = talk(talks, "Strādāju", "16", Picked(options=("brief",)))
    output = talks.advance(session, Started(flow="esf_support"))
    assert not [event for event in of_kind(output.events, Asked) if event.step != "what_next"]
    assert "18" in "".join(message.text for message in output.messages)


@pytest.mark.parametrize(
    "words", ["nē, man ir 17", "mainīt vecumu uz 17", "es kļūdījos, man ir 17"]
)
def test_an_earlier_answer_is_changed_wherever_the_person_stands(talks, words):
    session, _ = talk(talks, "Strādāju", "45")
    assert session.open == "start/keeping"
    output = talks.advance(session, Said(text=words))
    assert facts(output.session)["age_band"] == "from_13"
    (told,) = of_kind(output.events, FactsTold)
    assert {step for _, step, _ in told.answers} == {"age_band", "age"}
    assert output.session.open == "start/keeping"


def test_the_no_of_a_correction_is_no_answer_to_another_question(talks):
    session, _ = talk(talks, "esmu 38, strādāju veikalā, pabeidzu tehnikumu")
    output = talks.advance(session, Said(text="nē, man ir 17"))
    assert facts(output.session)["employed"] == "yes"
    assert facts(output.session)["age"] == 17


@pytest.mark.parametrize("words", ["mainīt vecumu", "gribu labot vecumu", "change my age"])
def test_a_question_is_reopened_by_what_it_is_about(talks, words):
    session, _ = talk(talks, "Strādāju", "45", words)
    assert session.open == "start/age_band"
    assert session.changing == "age_band"


def test_after_the_list_of_answers_one_is_named(talks):
    session, _ = talk(talks, "Strādāju", "45", "mainīt")
    assert session.reviewing
    session = talks.advance(session, Said(text="vecums")).session
    assert session.open == "start/age_band"
    session, _ = talk(talks, "Strādāju", "45", "mainīt", Picked(options=("brief",)), "vecums")
    assert session.stack[-1] != "start", "the list is over once something else was said"


@pytest.mark.parametrize(
    ("given", "age", "band"),
    [
        (Said(text="17"), 17, "from_13"),
        (Picked(options=("from_13",)), None, "from_13"),
        (Picked(options=("from_18",)), 45, "from_18"),
    ],
)
def test_what_tells_the_age_agrees_after_a_change(talks, given, age, band):
    session, _ = talk(talks, "Strādāju", "45", "mainīt vecumu")
    session = talks.advance(session, given).session
    assert (facts(session).get("age"), facts(session)["age_band"]) == (age, band)


def test_a_changed_age_changes_its_band(talks):
    session, _ = talk(talks, "Strādāju", "45", Picked(options=("brief",)), "atbalsts mācībām")
    session = talks.advance(session, Picked(options=("@change:age",))).session
    session = talks.advance(session, Said(text="16")).session
    assert facts(session)["age_band"] == "from_13"


def test_what_was_told_before_it_was_asked_can_be_taken_back(talks):
    session, _ = talk(talks, "Meklēju darbu, man ir 38, pabeidzu tehnikumu")
    assert facts(session)["education"] == "vocational_secondary"
    output = talks.advance(session, Picked(options=("@change:education",)))
    assert output.session.open == session.open
    assert "taken_back" in [event.what for event in of_kind(output.events, Remarked)]
    assert "education" not in facts(output.session)


def test_a_flow_opened_to_change_an_answer_is_left_with_it(talks):
    session, _ = talk(talks, "esmu 38, strādāju veikalā, pabeidzu tehnikumu")
    stack = session.stack
    session = talks.advance(session, Picked(options=("@change:employed",))).session
    assert session.open == "esf_support/employed"
    session = talks.advance(session, Picked(options=("leave",))).session
    assert facts(session)["employed"] == "leave"
    assert (session.stack, session.open) == (stack, "start/keeping")


def test_after_the_list_a_new_answer_corrects_the_old_one(talks):
    session, _ = talk(talks, "Strādāju", "45", "mainīt", "man ir 31")
    assert (facts(session)["age"], facts(session)["age_band"]) == (31, "from_18")
    assert session.open == "start/keeping"


def test_an_answer_is_taken_back_at_the_menu_too(talks):
    session, _ = talk(
        talks, "esmu 38, strādāju veikalā, pabeidzu tehnikumu", Picked(options=("brief",))
    )
    assert session.open == "menu/what_next"
    session = talks.advance(session, Said(text="nē, nestrādāju")).session
    assert (facts(session)["who"], facts(session)["employed"]) == ("seeking", "no")
    assert session.open == "menu/what_next"


def test_an_age_that_was_told_is_not_asked_by_another_flow(talks):
    brief = Picked(options=("brief",))
    session, events = talk(talks, "nemācos un nestrādāju, man ir 17 gadi", brief)
    assert session.open == "youth_support/studying"  # the door of what was told
    (told,) = [one for one in of_kind(events, FactsTold) if one.follow]
    assert told.answers == (("youth_support", "join_age", 17),)
    session = talks.advance(session, Picked(options=("@change:join_age",))).session
    assert session.open == "youth_support/join_age"


def test_the_age_of_a_child_is_not_the_parents(talks):
    session, _ = talk(talks, "Palīdzu savam bērnam", Picked(options=("brief",)))
    for given in (Started(flow="paths"), Said(text="9. klasē"), Said(text="15")):
        session = talks.advance(session, given).session
    assert facts(session)["path_age"] == 15
    assert "age" not in facts(session)
    for given in (Started(flow="esf_support"), Said(text="jā"), Said(text="41")):
        session = talks.advance(session, given).session
    assert (facts(session)["age"], facts(session)["path_age"]) == (41, 15)
    output = talks.advance(session, Started(flow="exam_help"))
    for option in ("grade_12", "mathematics", "certain", "no"):
        output = talks.advance(output.session, Picked(options=(option,)))
    assert output.session.open == "exam_help/exam_age"
