"""Both drivers against telemelya: a Bot API over HTTP that nobody here wrote, with a webhook.

Its faults, worked around here and nowhere else: it sends no secret header, so `Relay` adds what
Telegram would; an edited message keeps its old buttons in its answers, so these are not looked at;
it has no getUpdates, no sendDocument, no commands and no names of a bot (404), and no files
over attach://. It gives no language of a person.
"""

import asyncio
import base64
import os
import socket
import subprocess
import threading
import time
import uuid
from pathlib import Path

import httpx
import pytest
import uvicorn

from bot.channels.telegram.protocol import SendFile
from bot.channels.telegram.webhook import hook_route
from bot.channels.web.app import build_app
from bot.core.dialogue.inputs import Commanded, Started
from bot.service.conversations import DurableConversations
from bot.service.queues.delivery import Sent
from bot.service.queues.outbox_worker import RateLimiter
from bot.settings import Settings
from bot.wiring import make_bots, make_driver
from tests.conftest import REQUIRED, set_aside
from tests.doubles.journeys import RESULT, support, talk
from tests.telegram.screens import expected, lines
from tests.telegram.server import TOKEN

PEERS = Path(__file__).parents[2] / ".venv/peers"
SECRET = "a-secret-of-the-tests"
CHAT = 77


@pytest.fixture(scope="module")
def telemelya(tmp_path_factory):
    """The address of a running telemelya."""
    if not (PEERS / "made").exists():
        missing = "telemelya is not here: `make peers` sets it up"
        pytest.fail(missing) if REQUIRED else pytest.skip(missing)
    log = tmp_path_factory.mktemp("telemelya") / "log"
    command = [PEERS / "bin/python", "-I", Path(__file__).with_name("telemelya_peer.py")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with log.open("w") as told, subprocess.Popen(
        command, cwd=log.parent, env={"PATH": os.environ["PATH"]}, stderr=told, **pipes
    ) as process:  # fmt: skip
        try:
            address = process.stdout.readline().strip()
            assert address, log.read_text()
            httpx.get(address, timeout=30)
            yield address
            process.stdin.close()
            assert process.wait(30) == 0, log.read_text()
        finally:
            process.kill()


class Relay:
    """Stands between telemelya and the bot, adding the secret header that Telegram sends."""

    def __init__(self, app):
        self.app = app
        self.secret = SECRET

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and self.secret:
            header = (b"x-telegram-bot-api-secret-token", self.secret.encode())
            scope = scope | {"headers": [*scope["headers"], header]}
        await self.app(scope, receive, send)


class Guest:
    """A person at telemelya; every call ends when both lines are worked off."""

    def __init__(self, address, store, relay):
        self.store, self.relay = store, relay
        self.session = str(uuid.uuid4())
        headers = {"Authorization": "Bearer any", "X-Test-Session": self.session}
        self.http = httpx.Client(base_url=f"{address}/api/v1/test", headers=headers, timeout=30)

    def say(self, text):
        assert self.bring(text=text) == 200

    def press(self, label):
        at, data = next(
            (call["message_id"], key["callback_data"])
            for call in reversed(self.calls())
            for row in (call.get("reply_markup") or {}).get("inline_keyboard", [])
            for key in row
            if key["text"] == label
        )
        assert self.bring(callback_data=data, callback_message_id=at) == 200

    def bring(self, **given):
        """Let telemelya bring an update; gives the status of the webhook."""
        answer = self.http.post(
            "/send_update", params={"bot_token": TOKEN}, json={"chat_id": CHAT, **given}
        )
        assert answer.status_code == 200, answer.text
        end = time.monotonic() + 30
        while any(
            getattr(self.store, line).next_due("people") is not None for line in ("inbox", "outbox")
        ):
            assert time.monotonic() < end, self.screen()
            time.sleep(0.01)
        return answer.json()["delivery"]["status_code"]

    def calls(self, method=""):
        found = self.http.get("/responses").json()["responses"]
        return [call for call in found if method in ("", call["method"])]

    def screen(self):
        chat = {}
        for call in self.calls():
            if "message_id" in call:
                chat[call["message_id"]] = lines(call["text"])
        return list(chat.values())


@pytest.fixture
def guest(telemelya, kind, store, talks):
    """A person, and the whole service that telemelya's webhook brings their words to."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings = Settings(
        telegram=telemelya, people_token=TOKEN, people_driver=kind, secret=SECRET,
        public=f"http://127.0.0.1:{listening.getsockname()[1]}",
    )  # fmt: skip
    kept = DurableConversations(talks, store)
    (bot,) = make_bots(settings, store, kept)
    bot.pace = RateLimiter(rate=200, rest=0)
    relay = Relay(build_app(kept, secure=False, routes=[hook_route(bot)]))
    service = uvicorn.Server(uvicorn.Config(relay, log_level="error", ws="none"))

    async def run():
        bot.start()
        await service.serve([listening])
        await bot.stop()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    hooked(telemelya, f"{settings.public}/telegram/people")
    found = Guest(telemelya, store, relay)
    yield found
    found.http.close()
    service.should_exit = True
    thread.join()
    listening.close()


def hooked(telemelya, url):
    """Wait until the bot has set its webhook."""
    end = time.monotonic() + 30
    while (
        httpx.post(f"{telemelya}/bot{TOKEN}/getWebhookInfo", timeout=30).json()["result"]["url"]
        != url
    ):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_whole_support_flow_reads_as_it_should_in_latvian(guest, talks):
    words = support(talks, "lv").done
    guest.say("/start")
    talk(guest, words)
    assert guest.screen() == expected(talks, [(Started(),)], words)
    assert guest.screen()[-2][0] == RESULT["lv"]
    presses = [word for word in words if word.startswith("[")]
    assert len(guest.calls("answerCallbackQuery")) == len(presses)
    assert set_aside(guest.store) == []


def test_the_whole_support_flow_reads_as_it_should_in_english(guest, talks):
    guest.say("/start")
    guest.say("/language en")
    words = support(talks, "en").done
    talk(guest, words)
    opening = [(Started(),), (Commanded(word="language", about="en"),)]
    assert guest.screen() == expected(talks, opening, words)
    assert guest.screen()[-2][0] == RESULT["en"]
    assert set_aside(guest.store) == []


def test_without_the_secret_it_is_turned_away(guest):
    guest.relay.secret = ""
    assert guest.bring(text="/start") == 401
    assert guest.screen() == []
    assert guest.store.addresses.whose("people", str(CHAT)) is None


def test_a_picture_is_taken(telemelya, kind):
    content = bytes(range(256)) * 40
    picture = SendFile(name="a.png", content=base64.b64encode(content).decode(), picture=True)

    async def send():
        driver = make_driver(kind, TOKEN, telemelya)
        try:
            return await driver.send(picture, "78")
        finally:
            await driver.close()

    given = {"headers": {"Authorization": "Bearer any"}, "params": {"session_id": "default"}}
    with httpx.Client(base_url=f"{telemelya}/api/v1/test", **given, timeout=30) as http:
        http.post("/reset")
        sent = asyncio.run(send())
        (call,) = http.get("/responses").json()["responses"]
        assert sent == Sent(str(call["message_id"]))
        if kind == "ptb":
            assert http.get(f"/media/{call['file_id']}").content == content
        else:  # aiogram sends attach://, as the Bot API allows; telemelya takes it for a file's name
            assert call["file_id"].startswith("attach://")
