"""A reminder through the database: planned with its turn, brought once, cancelled, erased."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.core.dialogue.inputs import Picked
from bot.ports.records import Job, TurnResult, Update
from bot.service.conversations import RIGA, Dialogue, DurableConversations
from bot.service.jobs.moved_dates import moved_dates
from bot.service.jobs.scheduler import Scheduler
from bot.service.jobs.unasked_input import unasked_input
from bot.words.messages import plain
from tests.doubles.clocks import NOON, SetClock
from tests.doubles.person import Person
from tests.doubles.sample import load_sample, sample_words

DUE = datetime(2027, 1, 14, 10, tzinfo=RIGA)


class Chat:
    """A kept conversation of the sample whose answers may be kept."""

    def __init__(self, store):
        self.clock, self.store, self.numbers = SetClock(NOON), store, 0
        talks = Dialogue(load_sample().library, sample_words(), self.clock)
        self.kept = DurableConversations(talks, store)
        self.scheduler = Scheduler(store.jobs, self.clock, [unasked_input(self.kept)])
        person = Person(talks).answer(who="pupil_10_12", age_band="from_13", keeping="keep")
        kept = TurnResult(person.session.model_dump_json(exclude_defaults=True))
        store.turns.run(self.update(), lambda _stored: kept)

    def update(self):
        self.numbers += 1
        return Update("web", "somebody", f"u{self.numbers}", self.kept.at())

    def pick(self, pick):
        return self.kept.take_turn(self.update(), Picked(options=(pick,)))[1]

    def said(self):
        known = self.kept.read("somebody")
        return "\n".join(plain(message) for message in known[2])


@pytest.fixture
def chat(store):
    return Chat(store)


def test_a_reminder_is_planned_brought_once_and_gone(chat):
    chat.pick("@remind:sign_up")
    assert chat.store.jobs.next_due() == DUE.timestamp() * 1000
    chat.clock.moment = DUE - timedelta(seconds=1)
    assert chat.scheduler.do_next() is False
    chat.clock.moment = DUE
    assert chat.scheduler.do_next() is True
    assert "Atgādinu: 15.01.2027." in chat.said().replace("\u00a0", " ")
    assert chat.scheduler.do_next() is False
    assert chat.store.jobs.next_due() is None


@pytest.mark.parametrize("word", ["@unremind:sign_up", "@stop"])
def test_a_withdrawn_reminder_leaves_no_job(chat, word):
    chat.pick("@remind:sign_up")
    chat.pick(word)
    assert chat.store.jobs.next_due() is None


def test_a_reminder_withdrawn_and_asked_for_again_is_planned_again(chat):
    for pick in ("@remind:sign_up", "@unremind:sign_up", "@remind:sign_up", "@remind:sign_up"):
        chat.pick(pick)
    assert len(chat.store.people.export("somebody")["job"]) == 1


def test_a_reminder_is_erased_with_its_conversation(chat):
    chat.pick("@remind:sign_up")
    chat.store.people.forget("somebody", 9000)
    assert chat.store.jobs.next_due() is None


def test_a_reminder_keeps_nobody_longer(chat):
    chat.pick("@remind:sign_up")
    before = chat.store.people.export("somebody")["conversation"][0]["at"]
    chat.clock.moment = DUE
    assert chat.scheduler.do_next()
    assert chat.store.people.export("somebody")["conversation"][0]["at"] == before


def test_a_date_moved_to_an_earlier_day_is_told_before_that_day(chat):
    chat.pick("@remind:sign_up")
    library = chat.kept.dialogue.library
    moved = library.dates["sign_up"].model_copy(update={"on": date(2026, 12, 11)})
    chat.kept.dialogue.library = replace(library, dates={**library.dates, "sign_up": moved})
    brought = moved_dates(chat.kept)
    assert brought.run(Job(1, "moved_dates", "", "", 1, 0), lambda: True)
    chat.clock.moment = datetime(2026, 12, 10, 10, tzinfo=RIGA)
    assert chat.scheduler.do_next()
    assert "Bija 15.01.2027., tagad 11.12.2026." in chat.said().replace("\u00a0", " ")


def test_a_job_says_which_date_and_nothing_of_the_person(chat):
    chat.pick("@remind:sign_up")
    (job,) = chat.store.people.export("somebody")["job"]
    assert job["body"] == f'{{"kind":"date_due","entry":"sign_up","on":"{date(2027, 1, 15)}"}}'
