"""A bot's line to Telegram: refused for a while, or bringing what nobody can store."""

import time

import httpx
import pytest

from bot.settings import Settings
from bot.wiring import make_parts, make_web, read_content
from storage.store import Store
from tests.channels.serving import listening
from tests.conftest import TODAY, set_aside
from tests.telegram.server import TOKEN, Refused

UNKNOWN = Refused(401, "Unauthorized")
NO_CHAT = {"type": "private", "first_name": "x"}


@pytest.fixture
def store(url):
    opened = Store(url)
    yield opened
    opened.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_token_refused_for_a_while_is_asked_about_again(start, server, caplog):
    caplog.set_level("INFO")
    service = start(token_waits=(0.2, 0.4))
    service.say("/start")
    server.fail("getUpdates", UNKNOWN, UNKNOWN, UNKNOWN)
    server.say("/menu")
    service.wait(lambda: service.running.ill == "Telegram does not know this token")
    service.wait(lambda: len(server.texts()) == 2)
    service.wait(lambda: service.running.ill == "")
    told = [one for one in caplog.records if one.name.endswith("connection")]
    assert [one.levelname for one in told if "is off" in one.message] == [
        "ERROR",
        "WARNING",
        "WARNING",
    ]
    assert "the bot people is well again" in caplog.text


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_token_refused_at_the_start_is_asked_about_again(start, server):
    server.token = "123456:AAanother-token_that-is-known-0000000"
    service = start(token_waits=(0.2,))
    service.wait(lambda: service.running.ill)
    server.token = TOKEN
    service.say("/start")
    assert len(server.texts()) == 1
    assert service.running.ill == ""


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_health_tells_of_a_bot_whose_token_is_refused(kind, server, store):
    settings = Settings(telegram=server.base, people_token=TOKEN, people_driver=kind)
    known, server.token = server.token, "123456:AAanother-token_that-is-known-0000000"
    parts = make_parts(settings, store, read_content().library, TODAY)
    web = make_web(settings, parts.conversations, parts.bots)

    def told(health, well):
        end = time.monotonic() + 30
        while (answer := httpx.get(health, timeout=30)).json()["well"] is not well:
            assert time.monotonic() < end
            time.sleep(0.05)
        return answer.status_code, answer.json()

    with listening(web, parts.beside) as address:
        ill = {"people": "Telegram does not know this token"}
        assert told(f"{address}/health", well=False) == (200, {"well": False, "ill": ill})
        server.token = known
        assert told(f"{address}/health", well=True) == (200, {"well": True})


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1, "message": {"chat": NO_CHAT | {"id": "7" * 200}}},
        {"update_id": 1, "message": {"chat": NO_CHAT | {"id": "\ud800"}}},
        {"update_id": 1, "message": {"chat": NO_CHAT | {"id": 10**30}}},
        {"update_id": 1, "callback_query": {"id": "1", "from": NO_CHAT | {"id": "\0"}}},
        {"update_id": 10**100, "message": {"chat": NO_CHAT | {"id": 77}}},
        {"update_id": True, "message": {"chat": NO_CHAT | {"id": 77}}},
    ],
)
def test_what_fits_no_column_is_set_aside_and_keeps_nobody_waiting(start, server, store, raw):
    """It comes first in its lot, as long as nobody has acknowledged it."""
    service = start()
    server.update(message=server.message("/start"))
    server.pending.insert(0, raw)
    service.wait(server.texts)
    service.wait(lambda: store.inbox.next_due("people") is None)
    assert [one.line for one in set_aside(store)] == ["inbox"]


REFUSING = {
    "sqlite": """CREATE TRIGGER refusing BEFORE INSERT ON inbox WHEN NEW.raw LIKE '%poison%'
                 BEGIN SELECT RAISE(ABORT, 'not this one'); END""",
    "postgresql": "ALTER TABLE inbox ADD CHECK (position('poison' IN raw) = 0)",
}


def test_what_the_database_refuses_is_numbered_and_keeps_nobody_waiting(
    start, server, store, caplog
):
    store._transactions.run(lambda c: c.exec_driver_sql(REFUSING[store.dialect]) and None)
    service = start()
    numbers = [server.say("poison"), server.say("/start"), server.say("poison", chat=78)]
    service.wait(server.texts)
    service.wait(lambda: server.offset > numbers[-1])
    service.settle()
    assert [one.line for one in set_aside(store)] == ["inbox", "inbox"]
    assert len(server.texts()) == 1
    assert "poison" not in caplog.text
