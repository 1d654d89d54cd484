"""Limits: flows that would run for ever, conversations a year old, content that changed meanwhile."""

from datetime import date

import pytest

from bot.core.base.problems import ContentError
from bot.core.dialogue.engine import step
from bot.core.dialogue.events import Updated
from bot.core.dialogue.inputs import Commanded, Picked, Said, Started, TimedOut
from bot.core.dialogue.session import Session
from bot.load.library import load, read_files
from bot.service.conversations import Dialogue
from tests.doubles.clocks import SetClock
from tests.doubles.sample import changed_sample, sample_talks, sample_words

LOOP = '{id: loop, kind: say, text: "Pa apli.", next: [{to: loop}]}'
PATH = ("adult", "from_18", "keep", "support", "yes")


def travel(talks, session, *picks):
    for pick in picks:
        given = Started() if pick is None else Picked(options=(pick,))
        session = talks.advance(session, given).session
    return session


def test_a_flow_that_would_run_for_ever_is_stopped(tmp_path):
    """Content like that is refused as it is loaded; were it not, a turn would come to an end."""
    root = changed_sample(tmp_path, human=("steps:\n", f"steps:\n  - {LOOP}\n"))
    with pytest.raises(ContentError, match="F013"):
        load(root)
    talks = Dialogue(read_files(root).library, sample_words(root), SetClock())
    session = travel(talks, Session(), None)
    with pytest.raises(AssertionError, match="human goes round in a circle"):
        talks.advance(session, Started(flow="human"))


def test_digressions_do_not_pile_up(sample):
    session = travel(sample, Session(), None, *PATH)
    for _ in range(30):
        for flow in ("human", "my_data", "about", "menu", "support", "forget", "kinds"):
            session = sample.advance(session, Started(flow=flow)).session
            assert len(session.stack) <= 6


def test_after_a_year_the_conversation_goes_on_where_it_was(sample):
    session = travel(sample, Session(), None, *PATH)
    world = sample.world().model_copy(update={"today": date(2027, 11, 24)})
    turn = step(sample.library, session, Started(), world, sample.hear)
    assert [event.kind for event in turn.events] == ["remarked", "asked"]
    assert turn.session == session
    later = step(sample.library, turn.session, Said(text="52"), world, sample.hear)
    assert later.session.open == "support/education"


def test_silence_asks_again_and_changes_nothing(sample):
    session = travel(sample, Session(), None, *PATH)
    advanced = sample.advance(session, TimedOut())
    assert [message.kind for message in advanced.messages] == ["note", "ask"]
    assert advanced.session == session


def test_a_new_release_with_the_same_questions_asks_nothing_again(sample, tmp_path):
    session = travel(sample, Session(), None, *PATH)
    root = changed_sample(tmp_path, support=("Cik jums ir gadu?", "Cik gadu jums ir?"))
    newer = sample_talks(root=root)
    advanced = newer.advance(session, Said(text="52"))
    assert [event.kind for event in advanced.events] == ["answered", "asked"]
    kept = {answer.step: answer.value for answer in advanced.session.answers}
    assert kept == {answer.step: answer.value for answer in session.answers} | {"age": 52}


def test_a_question_whose_meaning_changed_is_asked_again_and_said(sample, tmp_path):
    session = travel(sample, Session(), None, *PATH)
    asked = "      - id: employed\n"
    root = changed_sample(tmp_path, support=(asked, f"{asked}        meaning: 2\n"))
    newer = sample_talks(root=root)
    advanced = newer.advance(session, Started())
    updated = [event for event in advanced.events if isinstance(event, Updated)]
    assert [event.questions for event in updated] == [(("support", "employed"),)]
    assert advanced.session.open == "support/employed"
    assert [answer.step for answer in advanced.session.answers] == ["who", "age_band", "keeping"]


def test_a_flow_that_is_gone_leads_to_the_menu(sample, tmp_path):
    session = sample.advance(Session(), Started(flow="human")).session
    session = session.model_copy(update={"stack": ("gone",), "release": "older"})
    advanced = sample.advance(session, Started())
    assert advanced.session.stack == ("menu",)


def test_half_written_content_is_refused_whole_with_file_and_line(sample, tmp_path):
    path = changed_sample(tmp_path) / "flows/support/flow.yaml"
    raw = path.read_bytes()
    for share in (0.3, 0.6, 0.9):
        within = raw.index(b': "', int(len(raw) * share)) + 4  # in the middle of a text
        path.write_bytes(raw[:within])
        with pytest.raises(ContentError) as failed:
            load(tmp_path)
        assert {problem.path for problem in failed.value.problems} == {"flows/support/flow.yaml"}
        assert all(problem.line > 0 for problem in failed.value.problems)
    assert travel(sample, Session(), None, *PATH).open == "support/age"


def test_whatever_comes_to_a_forgotten_conversation_begins_it_anew(sample):
    inputs = (
        Said(text="hm"), Said(text="izvēlne"), Picked(options=("adult",)), Picked(options=("@why",)),
        Commanded(word="back"), Commanded(word="menu"), TimedOut(),
    )  # fmt: skip
    for given in inputs:
        advanced = sample.advance(Session(), given)
        assert sample.transcript(advanced.session)[-1].kind == "ask"
        assert advanced.session.stack
