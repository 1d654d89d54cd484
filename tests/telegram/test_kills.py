"""The whole service, as a process with a bot, killed and stopped while people talk."""

import itertools
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from bot.core.dialogue.session import Session
from storage.store import Store
from tests.conftest import set_aside
from tests.doubles.person import Person
from tests.telegram.server import TOKEN

CHATS = range(700, 712)


class Process:
    """`celvedis serve` with the people's bot, polling the strict server."""

    def __init__(self, server, database, driver):
        self.environment = os.environ | {
            "CELVEDIS_PEOPLE_TOKEN": TOKEN,
            "CELVEDIS_PEOPLE_DRIVER": driver,
            "CELVEDIS_TELEGRAM_API": server.base,
            "CELVEDIS_DB": database,
            "CELVEDIS_PORT": "0",
            "CELVEDIS_LEASE": "3",
        }

    def __enter__(self):
        command = [sys.executable, "-m", "bot", "serve"]
        quiet = subprocess.DEVNULL
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env=self.environment, stdout=pipe, stderr=quiet)
        self.process.stdout.readline()  # it says its address once it is about to serve
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def terminate(self):
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(20)
        return status, time.monotonic() - begun

    def __exit__(self, *_):
        self.kill()


@pytest.fixture(scope="module")
def person(talks):
    """Somebody who has answered what each chat is to answer."""
    named = {"who": "adult", "age_band": "from_18", "keeping": "keep", "what_next": "esf"}
    return Person(talks).answer(named, employed="yes", age=52)


@pytest.fixture(scope="module")
def script(person):
    return ("/start", *person.words)


def said(chats, server):
    """Give what each chat was told, without ticks; what came twice in a row counts once."""
    return {
        chat: [
            text
            for text, _ in itertools.groupby(
                text.partition("\n✓ ")[0] for text in server.texts(chat)
            )
        ]
        for chat in chats
    }


def settled(store, server, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        lines = [getattr(store, line).next_due("people") for line in ("inbox", "outbox")]
        if not server.fresh() and lines == [None, None]:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("driver", ["aiogram", "ptb"])
def test_killed_at_any_point_nothing_is_lost_and_order_is_kept(
    server, tmp_path, driver, person, script
):
    url = f"sqlite:///{tmp_path}/kills.db"
    store = Store(url)
    chance = random.Random(7)
    process = Process(server, url, driver)
    with process:  # a chat that nobody disturbs, to know what is said
        for text in script:
            server.say(text, 77)
            time.sleep(0.05)
        assert settled(store, server)
    expected = said([77], server)[77]
    for texts in (script[:2], script[2:4], script[4:5], script[5:]):
        for text, chat in itertools.product(texts, CHATS):
            server.say(text, chat)
        with process:
            time.sleep(chance.uniform(0.1, 1.2))
    with process:
        assert settled(store, server)
        status, seconds = process.terminate()
    assert (status, seconds < 10) == (0, True)
    for chat in CHATS:
        key = store.addresses.whose("people", str(chat))
        session = Session.model_validate_json(store.conversations.load(key).state)
        assert {answer.step: answer.value for answer in session.answers} == person.answers
    assert said(CHATS, server) == dict.fromkeys(CHATS, expected)
    assert set_aside(store) == []
    store.close()


def test_stopped_in_the_middle_it_ends_well_and_goes_on_later(server, tmp_path, script):
    url = f"sqlite:///{tmp_path}/stops.db"
    store = Store(url)
    process = Process(server, url, "aiogram")
    for chat in CHATS:
        for text in script:
            server.say(text, chat)
    ended = []
    for _ in range(2):
        with process:
            time.sleep(0.5)
            ended.append(process.terminate())
    assert [status for status, _ in ended] == [0, 0]
    assert max(seconds for _, seconds in ended) < 10
    with process:
        assert settled(store, server)
    assert {len(server.texts(chat)) for chat in CHATS} == {len(server.texts(CHATS[0]))}
    for chat in CHATS:
        assert store.conversations.load(store.addresses.whose("people", str(chat))).version == len(
            script
        )
    store.close()
