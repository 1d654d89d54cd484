"""`celvedis work`: all that runs beside the pages, as a process of its own, without a web."""

import socket
import sqlite3
import time
from collections import Counter
from contextlib import closing

import pytest

from bot.core.dialogue.inputs import TimedOut
from bot.ports.records import TurnResult, Update
from bot.service.jobs.unasked_input import plan_input
from storage.store import Store
from tests.channels.processes import Process, Web
from tests.conftest import new_database
from tests.doubles.person import Person
from tests.telegram.server import TOKEN

PEOPLE = range(800, 812)


@pytest.fixture
def first(talks):
    """The first button of the first question."""
    return Person(talks).question.buttons[0].label


def environment(server, **more):
    return {
        "CELVEDIS_PEOPLE_TOKEN": TOKEN, "CELVEDIS_TELEGRAM_API": server.base, "CELVEDIS_LEASE": "3",
    } | more  # fmt: skip


@pytest.fixture
def begin(tmp_path):
    begun = []

    def run(kind, *arguments, **more):
        begun.append(kind(tmp_path, *arguments, **more))
        return begun[-1]

    yield run
    for process in begun:
        process.close()


def test_it_answers_in_telegram_and_ends_when_it_is_told_to(begin, server, url, first):
    work = begin(Process, "work", "--db", url, **environment(server))
    assert "people" in work.said
    server.say("/start")
    work.wait_for(server.texts)
    assert first in server.labels(server.chats[77][-1])
    status, seconds = work.end()
    assert status == 0, work.log
    assert seconds < 20
    assert "Traceback" not in work.log


def test_it_forgets_what_is_idle_and_serves_no_pages(begin, url):
    with socket.create_server(("127.0.0.1", 0)) as taken:  # it could not listen here
        port = taken.getsockname()[1]
        store = Store(url)
        store.turns.run(Update("web", "idle", "1", 1), lambda _: TurnResult("{}", brief=True))
        work = begin(Process, "work", "--db", url, CELVEDIS_PORT=str(port))
        work.wait_for(lambda: store.conversations.load("idle").state is None)
        store.close()
        assert work.end()[0] == 0, work.log


def test_beside_a_web_that_has_the_same_bot_everything_is_done_once(
    begin, server, postgres, talks, first
):
    url = new_database(postgres)
    Store(url).close()
    web = begin(Web, url, **environment(server))
    work = begin(Process, "work", "--db", url, **environment(server))
    for chat in PEOPLE:
        server.say("/start", chat)
    work.wait_for(lambda: all(server.labels((server.chats.get(c) or [{}])[-1]) for c in PEOPLE))
    for chat in PEOPLE:
        server.press(first, chat)
    person = Person(talks)
    person.press_button(person.question.buttons[0])
    second = person.question.text
    work.wait_for(lambda: all(second in server.texts(chat)[-1] for chat in PEOPLE))
    for process in (web, work):
        assert process.end()[0] == 0, process.log
    store = Store(url)
    keys = [store.addresses.whose("people", str(chat)) for chat in PEOPLE]
    versions = [store.conversations.load(key).version for key in keys]
    store.close()
    assert versions == [2] * len(PEOPLE)
    for chat in PEOPLE:
        told = Counter(text.partition("\n✓ ")[0] for text in server.texts(chat))
        assert max(told.values()) == 1, told


def test_a_job_of_two_processes_is_done_once(begin, server, postgres):
    url = new_database(postgres)
    store = Store(url)
    work = begin(Process, "work", "--db", url, **environment(server))
    for chat in PEOPLE:
        server.say("/start", chat)
    work.wait_for(lambda: all(store.addresses.whose("people", str(chat)) for chat in PEOPLE))
    web = begin(Web, url)  # without a token it does the jobs all the same
    now = int(time.time() * 1000)
    for chat in PEOPLE:
        key = store.addresses.whose("people", str(chat))
        store.jobs.schedule(plan_input(key, f"{chat}", now + 2000, TimedOut()), now)
    work.wait_for(lambda: all("Steigas nav." in "".join(server.texts(chat)) for chat in PEOPLE))
    for process in (web, work):
        assert process.end()[0] == 0, process.log
    store.close()
    for chat in PEOPLE:
        assert sum("Steigas nav." in said for said in server.texts(chat)) == 1


def said_by_two_at_work(begin, server, url, module="bot"):
    """Two processes without pages on one database, and one job that is due; gives how often it was said."""
    works = [
        begin(Process, "work", "--db", url, module=module, **environment(server, **token))
        for token in ({}, {"CELVEDIS_PEOPLE_TOKEN": ""})  # one answers in Telegram, both do jobs
    ]
    with closing(Store(url)) as store:
        server.say("/start")
        works[0].wait_for(lambda: store.addresses.whose("people", "77"))
        key, now = store.addresses.whose("people", "77"), int(time.time() * 1000)
        store.jobs.schedule(plan_input(key, "booking 1", now + 1000, TimedOut()), now)
        works[0].wait_for(lambda: "Steigas nav." in "".join(server.texts()))
        time.sleep(4)  # longer than the lease: whoever would do it again has done so
    for process in works:
        assert process.end()[0] == 0, process.log
        assert "failed" not in process.log
    return sum("Steigas nav." in said for said in server.texts())


def test_of_two_at_work_one_does_the_job_that_is_due(begin, server, postgres):
    assert said_by_two_at_work(begin, server, new_database(postgres)) == 1


def test_without_lease_and_name_of_the_job_it_is_said_again(begin, server, postgres):
    """The negative control: what one process has taken the other takes too."""
    url = new_database(postgres)
    assert said_by_two_at_work(begin, server, url, "tests.telegram.loose_work") > 1


def test_it_ends_though_it_is_forgetting_many(begin, tmp_path):
    url = f"sqlite:///{tmp_path}/many.db"
    Store(url).close()
    with closing(sqlite3.connect(tmp_path / "many.db")) as database, database:
        idle = "INSERT INTO conversation (id, version, state, said, brief, at)"
        rows = [(f"idle {n}",) for n in range(30_000)]
        database.executemany(f"{idle} VALUES (?, 1, '{{}}', '', 1, 1)", rows)

    def left():
        with closing(sqlite3.connect(tmp_path / "many.db")) as database:
            return database.execute("SELECT count(*) FROM conversation").fetchone()[0]

    work = begin(Process, "work", "--db", url)
    work.wait_for(lambda: left() < 30_000)
    status, seconds = work.end()
    assert status == 0, work.log
    assert seconds < 15
    assert left() > 0
    assert "Traceback" not in work.log
