"""Updates brought by webhook: the secret, the size, what is stored is acknowledged."""

import json
import time

import httpx
import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings
from bot.wiring import make_parts, make_web, open_store, read_content
from tests.channels.serving import listening
from tests.conftest import TODAY
from tests.telegram.server import TOKEN

SECRET = "a-secret-of-the-tests"


@pytest.fixture
def hooked(tmp_path, server, kind):
    """The whole service with a webhook, on a port of its own."""
    settings = Settings(
        database=f"sqlite:///{tmp_path}/hook.db", telegram=server.base, people_token=TOKEN,
        people_driver=kind, public="https://celvedis.example", secret=SECRET,
    )  # fmt: skip
    store = open_store(settings)
    parts = make_parts(settings, store, read_content().library, TODAY)
    with listening(make_web(settings, parts.conversations, parts.bots), parts.beside) as address:
        yield f"{address}/telegram/people", store
    store.close()


def bring(address, raw, secret=SECRET, **headers):
    content = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    given = {b"x-telegram-bot-api-secret-token": secret.encode()} | {
        name.encode(): value.encode() for name, value in headers.items()
    }
    return httpx.post(address, content=content, headers=given, timeout=30).status_code


def until(true, seconds=30):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_an_update_that_is_brought_is_stored_acknowledged_and_answered(hooked, server):
    address, store = hooked
    raw = {"update_id": 1, "message": server.message("/start")}
    until(lambda: server.hook)
    assert server.hook["url"] == "https://celvedis.example/telegram/people"
    assert server.hook["secret_token"] == SECRET
    for _ in range(3):
        assert bring(address, raw, **{"content-type": "application/json; charset=utf-8"}) == 200
    until(server.texts)
    time.sleep(0.3)
    assert store.conversations.load(store.addresses.whose("people", "77")).version == 1
    assert len(server.texts()) == 1


def test_a_wrong_secret_a_wrong_body_and_too_much_are_refused_once(hooked, server):
    address, store = hooked
    raw = {"update_id": 2, "message": server.message("/start")}
    assert bring(address, raw, secret="wrong") == 401
    assert bring(address, raw, secret="") == 401
    assert bring(address, raw, secret="āāāāāāāā") == 401
    assert bring(address, b"{") == 400
    assert bring(address, b"[" * 100_000) == 400
    assert bring(address, {"no": "update"}) == 400
    for number in (True, 10**100, -1, "1", None):
        assert bring(address, {"update_id": number}) == 400
    assert bring(address, b" " * 2_000_000) == 413
    time.sleep(0.2)
    assert store.addresses.whose("people", "77") is None


def test_what_could_not_be_stored_is_not_acknowledged(hooked, server):
    address, store = hooked
    raw = {"update_id": 3, "message": server.message("/start")}
    pages = store._transactions.run(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar())
    store._transactions.run(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count={pages}"))
    big = raw | {"padding": "x" * 500_000}
    assert bring(address, big) == 503
    store._transactions.run(lambda c: c.exec_driver_sql("PRAGMA max_page_count=1000000"))
    assert bring(address, big) == 200
    until(server.texts)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"CELVEDIS_PEOPLE_DRIVER": "telebot"}, "aiogram or ptb"),
        ({"CELVEDIS_PEOPLE_TOKEN": "1:x", "CELVEDIS_DESK_TOKEN": "1:x"}, "a token each"),
        ({"CELVEDIS_TELEGRAM_SECRET": "a" * 20}, "needs CELVEDIS_PUBLIC_URL"),
        ({"CELVEDIS_PUBLIC_URL": "https://x.example", "CELVEDIS_TELEGRAM_SECRET": "ā" * 20}, "16 to 256"),
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_said(given, said):
    with pytest.raises(SettingsError, match=said):
        read_settings(given)
