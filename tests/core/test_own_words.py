"""Own words beside options, what an answer leads aside to, and how both are kept."""

import pytest

from bot.core.dialogue.answers import read_picked, read_said
from bot.core.dialogue.inputs import Commanded, Picked, Said
from bot.core.dialogue.kept_answers import still_valid
from bot.core.dialogue.readings import NotUnderstood, Understood
from bot.core.dialogue.session import Answer
from tests.doubles.clocks import TODAY
from tests.doubles.person import Person


@pytest.fixture(scope="module")
def question(sample):
    return sample.library.steps["about", "obstacles"]


@pytest.mark.parametrize(
    ("text", "ticked", "expected"),
    [
        ("bail kļūdīties", (), Understood(("afraid",))),
        ("BAIL KLUDITIES; atzīmes", (), Understood(("afraid", "learning_hard"))),
        ("nezinu", (), Understood(("not_sure",))),
        ("izlaist", (), Understood(None)),
        ("izlaist, vēl kaut kas", (), Understood(("=izlaist, vēl kaut kas",))),
        ("man nav bail", (), Understood(("=man nav bail",))),
        ("bail, un vēl suns", (), Understood(("afraid", "=un vēl suns"))),
        ("un vēl suns", ("learning_hard", "afraid"), Understood(("afraid", "learning_hard", "=un vēl suns"))),
        ("bail", ("afraid", "no_such"), Understood(("afraid",))),
        ("s" * 300, (), Understood(("=" + "s" * 300,))),
        ("s" * 301, (), NotUnderstood("long")),
        (" ", ("afraid",), NotUnderstood("empty")),
    ],
)  # fmt: skip
def test_options_are_heard_whole_and_the_rest_is_kept_as_said(
    sample, question, text, ticked, expected
):
    said = Said(text=text, ticked=ticked)
    assert read_said(sample.library, question, sample.hear(question), said, TODAY) == expected


def test_only_options_are_counted(sample):
    values = sample.library.steps["about", "values"]
    three = ("pay", "security", "growing")
    heard = sample.hear(values)
    said = Said(text="miers", ticked=three)
    taken = read_said(sample.library, values, heard, said, TODAY)
    assert taken == Understood((*three, "=miers"))
    said = Said(text="miers", ticked=(*three, "creating"))
    assert read_said(sample.library, values, heard, said, TODAY) == NotUnderstood("many")
    assert read_picked(values, values.options, ("pay", "=miers"), TODAY) == NotUnderstood("choice")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (("afraid", "=suns"), True),
        (("=suns",), True),
        (("afraid", "gone"), False),
        (("=" + "s" * 301,), False),
        ("afraid", False),
    ],
)
def test_an_answer_with_own_words_still_fits(question, value, expected):
    answer = Answer(flow="about", step="obstacles", value=value)
    assert still_valid(question, answer) is expected


def test_where_options_are_all_there_is_own_words_do_not_fit(question):
    closed = question.model_copy(update={"free_text": 0})
    answer = Answer(flow="about", step="obstacles", value=("=suns",))
    assert still_valid(closed, answer) is False


def pupil(sample):
    return Person(sample).answer(who="pupil_5_9", age_band="from_13", what_next="about")


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (Picked(options=("leaving",)), "leaving"),
        (Said(text="nāk domas skolu pamest"), "leaving"),
        (Said(text="es laikam metīšu skolu"), None),
        (Said(text="grūti, gribu pamest skolu"), None),
    ],
)
def test_leaving_school_leads_aside_and_back_to_where_the_pupil_stood(sample, given, value):
    person = pupil(sample).answer(strengths=None)
    person.give(given)
    assert person.session.open == "leaving/leaving_next"
    assert person.answers.get("school_now") == value
    person.give(Commanded(word="resume"))
    assert person.session.open == ("about/values" if value else "about/school_now")


def test_an_answer_that_is_changed_says_again_only_what_it_changed(sample):
    person = pupil(sample).answer(obstacles=("afraid",))
    assert person.session.open == "about/about_next"
    person.give(Commanded(word="change", about="strengths"))
    opened = person.session
    person.say("zīmēju")
    assert [message.step for message in person.messages] == [
        "strengths",
        "about_told",
        "about_next",
    ]
    person.session = opened
    person.give(Commanded(word="back"))
    assert [message.step for message in person.messages] == ["about_next"]
