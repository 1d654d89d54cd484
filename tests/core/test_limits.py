"""Limits: flows that would run for ever, conversations a year old, content that changed meanwhile."""

import shutil
from datetime import date

import pytest

from bot.core.dialogue.engine import step
from bot.core.dialogue.events import Commanded, Picked, Said, Session, Started, TimedOut, Updated
from bot.load.data_folder import FOLDERS, find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.service.conversations import Talks
from tests.conftest import TODAY, FixedClock

LOOP = '{id: loop, kind: say, text: "Pa apli.", next: [{to: loop}]}'
PATH = ("adult", "from_18", "keep", "esf", "yes")


def copied(folder, **changes):
    """Copy the content with some files changed, and make talks over it."""
    for name in FOLDERS:
        shutil.copytree(find_data() / name, folder / name)
    for flow, (old, new) in changes.items():
        path = folder / "flows" / flow / "flow.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return Talks(load(folder).library, load_words(folder), FixedClock(), TODAY)


def travel(talks, session, *picks):
    for pick in picks:
        given = Started() if pick is None else Picked(options=(pick,))
        session = talks.advance(session, given).session
    return session


def test_a_flow_that_would_run_for_ever_is_stopped(tmp_path):
    talks = copied(tmp_path, young=("steps:\n", f"steps:\n  - {LOOP}\n"))
    session = travel(talks, Session(), None)
    with pytest.raises(AssertionError, match="young goes round in a circle"):
        talks.advance(session, Started(flow="young"))


def test_digressions_do_not_pile_up(talks):
    session = travel(talks, Session(), None, *PATH)
    for _ in range(30):
        for flow in ("human", "my_data", "sources", "menu", "esf_support", "forget", "young"):
            session = talks.advance(session, Started(flow=flow)).session
            assert len(session.stack) <= 6


def test_after_a_year_the_conversation_goes_on_where_it_was(talks):
    session = travel(talks, Session(), None, *PATH)
    world = talks.world().model_copy(update={"today": date(2027, 11, 24)})
    turn = step(talks.library, session, Started(), world, talks.hear)
    assert [event.kind for event in turn.events] == ["noted", "asked"]
    assert turn.session == session
    later = step(talks.library, turn.session, Said(text="52"), world, talks.hear)
    assert later.session.open == "esf_support/education"


def test_silence_asks_again_and_changes_nothing(talks):
    session = travel(talks, Session(), None, *PATH)
    advanced = talks.advance(session, TimedOut())
    assert [message.kind for message in advanced.messages] == ["note", "ask"]
    assert advanced.session == session


def test_a_new_release_with_the_same_questions_asks_nothing_again(talks, tmp_path):
    session = travel(talks, Session(), None, *PATH)
    newer = copied(tmp_path, esf_support=("Cik jums ir gadu?", "Cik gadu jums ir?"))
    advanced = newer.advance(session, Said(text="52"))
    assert [event.kind for event in advanced.events] == ["answered", "asked"]
    kept = {answer.step: answer.value for answer in advanced.session.answers}
    assert kept == {answer.step: answer.value for answer in session.answers} | {"age": 52}


def test_a_question_whose_meaning_changed_is_asked_again_and_said(talks, tmp_path):
    session = travel(talks, Session(), None, *PATH)
    newer = copied(
        tmp_path,
        esf_support=("      - id: employed\n", "      - id: employed\n        meaning: 2\n"),
    )
    advanced = newer.advance(session, Started())
    updated = [event for event in advanced.events if isinstance(event, Updated)]
    assert [event.questions for event in updated] == [(("esf_support", "employed"),)]
    assert advanced.session.open == "esf_support/employed"
    assert [answer.step for answer in advanced.session.answers] == ["who", "age_band", "keeping"]


def test_a_flow_that_is_gone_leads_to_the_menu(talks, tmp_path):
    session = talks.advance(Session(), Started(flow="young")).session
    session = session.model_copy(update={"stack": ("gone",), "release": "older"})
    advanced = talks.advance(session, Started())
    assert advanced.session.stack == ("menu",)


def test_half_written_content_is_refused_whole_with_file_and_line(tmp_path, talks):
    from bot.core.base.problems import ContentError

    for name in FOLDERS:
        shutil.copytree(find_data() / name, tmp_path / name)
    path = tmp_path / "flows/esf_support/flow.yaml"
    raw = path.read_bytes()
    for share in (0.3, 0.6, 0.9):
        path.write_bytes(raw[: int(len(raw) * share)])
        with pytest.raises(ContentError) as failed:
            load(tmp_path)
        assert {problem.path for problem in failed.value.problems} == {
            "flows/esf_support/flow.yaml"
        }
        assert all(problem.line > 0 for problem in failed.value.problems)
    assert travel(talks, Session(), None, *PATH).open == "esf_support/age"


def test_whatever_comes_to_a_forgotten_conversation_begins_it_anew(talks):
    inputs = (
        Said(text="hm"), Said(text="izvēlne"), Picked(options=("adult",)), Picked(options=("@why",)),
        Commanded(word="back"), Commanded(word="menu"), TimedOut(),
    )  # fmt: skip
    for given in inputs:
        advanced = talks.advance(Session(), given)
        assert talks.trail(advanced.session)[-1].kind == "ask"
        assert advanced.session.stack
