"""A person who has said "stop" is told nothing that nobody asked for, until the talk goes on."""

import pytest

from bot.core.dialogue.events import Withheld
from bot.core.dialogue.inputs import Commanded, Picked, Said, Started, TimedOut, Woken
from bot.core.dialogue.session import Session

BEGUN = (Started(), Picked(options=("adult",)))
UNASKED = [TimedOut(), Woken()]  # a date that is due is tried among the dates


@pytest.fixture
def talks(sample):
    return sample


def after(talks, *given):
    session = Session()
    for one in given:
        session = talks.advance(session, one).session
    return session


@pytest.mark.parametrize("given", UNASKED, ids=lambda given: given.kind)
def test_nothing_is_said_and_nothing_changes_after_a_stop(talks, given):
    assert talks.advance(after(talks, *BEGUN), given).messages
    quiet = after(talks, *BEGUN, Said(text="apturēt"))
    advanced = talks.advance(quiet, given)
    assert advanced.messages == ()
    assert advanced.events == (Withheld(what=given.kind),)
    assert advanced.session == quiet


@pytest.mark.parametrize(
    "given",
    [
        Started(), Commanded(word="carry"), Commanded(word="menu"), Said(text="kāpēc?"),
        Picked(options=("from_18",)), Said(text="18 vai vairāk"),
    ],
)  # fmt: skip
def test_who_goes_on_is_told_again(talks, given):
    session = after(talks, *BEGUN, Commanded(word="stop"), given)
    assert talks.advance(session, TimedOut()).messages


@pytest.mark.parametrize("given", [Commanded(word="stop"), Said(text="zzz"), Said(text="ok")])
def test_a_word_that_takes_nothing_up_leaves_it_quiet(talks, given):
    session = after(talks, *BEGUN, Commanded(word="stop"), given)
    assert talks.advance(session, TimedOut()).messages == ()
