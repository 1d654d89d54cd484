"""`celvedis work`: all that runs beside the pages, as a process of its own, without a web."""

import socket
from collections import Counter

import pytest

from bot.ports.records import TurnResult, Update
from storage.store import Store
from tests.channels.processes import Process, Web
from tests.telegram.server import TOKEN

PEOPLE = range(800, 812)


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


def test_it_answers_in_telegram_and_ends_when_it_is_told_to(begin, server, url):
    work = begin(Process, "work", "--db", url, **environment(server))
    assert "people" in work.said
    server.say("/start")
    work.wait_for(server.texts)
    assert "Strādāju" in server.labels(server.chats[77][-1])
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


def test_beside_a_web_that_has_the_same_bot_everything_is_done_once(begin, server, postgres):
    from tests.conftest import new_database

    url = new_database(postgres)
    Store(url).close()
    web = begin(Web, url, **environment(server))
    work = begin(Process, "work", "--db", url, **environment(server))
    for chat in PEOPLE:
        server.say("/start", chat)
    work.wait_for(lambda: all(server.labels((server.chats.get(c) or [{}])[-1]) for c in PEOPLE))
    for chat in PEOPLE:
        server.press("Strādāju", chat)
    work.wait_for(lambda: all("Cik gadu?" in server.texts(chat)[-1] for chat in PEOPLE))
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
