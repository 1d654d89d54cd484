"""Own words beside options, what an answer leads aside to, and how both are kept."""

import pytest

from bot.core.dialogue.answers import Not, Sure, read_picked, read_said
from bot.core.dialogue.events import Answer, Commanded, Picked, Said, Session, Started
from bot.core.dialogue.path import fits


@pytest.fixture(scope="module")
def question(talks):
    return talks.library.steps["about_me", "obstacles"]


@pytest.mark.parametrize(
    ("text", "ticked", "expected"),
    [
        ("bail kļūdīties", (), Sure(("afraid",))),
        ("BAIL KLUDITIES; atzīmes", (), Sure(("afraid", "learning_hard"))),
        ("nezinu", (), Sure(("not_sure",))),
        ("izlaist", (), Sure(None)),
        ("izlaist, vēl kaut kas", (), Sure(("=izlaist, vēl kaut kas",))),
        ("man nav bail", (), Sure(("=man nav bail",))),
        ("bail, un vēl suns", (), Sure(("afraid", "=un vēl suns"))),
        ("un vēl suns", ("learning_hard", "afraid"), Sure(("afraid", "learning_hard", "=un vēl suns"))),
        ("bail", ("afraid", "no_such"), Sure(("afraid",))),
        ("s" * 300, (), Sure(("=" + "s" * 300,))),
        ("s" * 301, (), Not("long")),
        (" ", ("afraid",), Not("empty")),
    ],
)  # fmt: skip
def test_options_are_heard_whole_and_the_rest_is_kept_as_said(
    talks, question, text, ticked, expected
):
    assert read_said(talks.library, question, talks.hear(question), text, ticked) == expected


def test_only_options_are_counted(talks):
    values = talks.library.steps["about_me", "values"]
    three = ("pay", "security", "growing")
    heard = talks.hear(values)
    assert read_said(talks.library, values, heard, "miers", three) == Sure((*three, "=miers"))
    assert read_said(talks.library, values, heard, "miers", (*three, "creating")) == Not("many")
    assert read_picked(values, values.options, ("pay", "=miers")) == Not("choice")


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
    answer = Answer(flow="about_me", step="obstacles", value=value)
    assert fits(question, answer) is expected


def test_where_options_are_all_there_is_own_words_do_not_fit(question):
    closed = question.model_copy(update={"own": 0})
    answer = Answer(flow="about_me", step="obstacles", value=("=suns",))
    assert fits(closed, answer) is False


def talked(talks, *given):
    session = talks.advance(Session(), Started()).session
    for one in given:
        session = talks.advance(session, one).session
    return session


PUPIL = tuple(Picked(options=(pick,)) for pick in ("pupil_5_9", "from_13", "keep", "about_me"))
SKIP = Picked(options=("@skip",))


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (Picked(options=("leaving",)), "leaving"),
        (Said(text="nāk domas skolu pamest"), "leaving"),
        (Said(text="es laikam metīšu skolu"), None),
        (Said(text="grūti, gribu pamest skolu"), None),
    ],
)
def test_leaving_school_leads_aside_and_back_to_where_the_pupil_stood(talks, given, value):
    session = talked(talks, *PUPIL, SKIP, SKIP, SKIP, given)
    assert session.open == "leaving/leaving_next"
    kept = {answer.step: answer.value for answer in session.answers}
    assert kept.get("school_now") == value
    back = talks.advance(session, Commanded(word="resume")).session
    assert back.open == ("about_me/values" if value else "about_me/school_now")


def test_an_answer_that_is_changed_says_again_only_what_it_changed(talks):
    given = (SKIP, SKIP, SKIP, SKIP, SKIP, SKIP, Picked(options=("afraid",)), SKIP, SKIP)
    session = talked(talks, *PUPIL, *given)
    assert session.open == "about_me/about_next"
    session = talks.advance(session, Commanded(word="change", about="strengths")).session
    said = talks.advance(session, Said(text="zīmēju")).messages
    assert [message.step for message in said] == ["strengths", "about_told", "about_next"]
    back = talks.advance(session, Commanded(word="back")).messages
    assert [message.step for message in back] == ["about_next"]
