"""Nothing that is secret or said stands in the log of a real run, whatever goes wrong in it."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from bot.service.counsellors import invite
from storage.store import Store
from tests.telegram.server import TOKEN, Refused, Server

DESK_TOKEN = "654321:AAdesk-token_of-the-tests-own-server00"
WORDS = "NOSLEPUMS-GAMMA"


@pytest.fixture
def desk_server():
    made = Server()
    made.token = DESK_TOKEN
    yield made
    made.close()


class Run:
    """`celvedis serve` with both bots on one driver; its whole output in a file."""

    def __init__(self, driver, server, desk_server, folder):
        self.server, self.desk_server, self.log = server, desk_server, folder / "log"
        self.store = Store(f"sqlite:///{folder}/log.db")
        environment = os.environ | {
            "CELVEDIS_DB": f"sqlite:///{folder}/log.db",
            "CELVEDIS_PORT": "0",
            "CELVEDIS_PEOPLE_TOKEN": TOKEN,
            "CELVEDIS_DESK_TOKEN": DESK_TOKEN,
            "CELVEDIS_PEOPLE_DRIVER": driver,
            "CELVEDIS_DESK_DRIVER": driver,
            "CELVEDIS_TELEGRAM_API": server.base,
            "CELVEDIS_LEASE": "3",
        }
        server.others[DESK_TOKEN] = desk_server  # both bots call one address
        command = [sys.executable, "-m", "bot", "serve"]
        with self.log.open("w") as told:
            self.process = subprocess.Popen(command, env=environment, stdout=told, stderr=told)

    def until(self, true, seconds=120):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)

    def settle(self):
        """Wait until both bots have worked off what came and what goes out."""

        def idle():
            due = [
                getattr(self.store, line).next_due(channel)
                for line in ("inbox", "outbox")
                for channel in ("people", "desk")
            ]
            fresh = self.server.fresh() or self.desk_server.fresh()
            return not fresh and due == [None] * 4

        self.until(idle)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.store.close()
        return self.log.read_text()


@pytest.mark.parametrize("driver", ["aiogram", "ptb"])
def test_the_whole_log_has_no_token_code_key_or_word(driver, server, desk_server, tmp_path):
    run = Run(driver, server, desk_server, tmp_path)
    secrets = [TOKEN, DESK_TOKEN, WORDS, invite(run.store, "counsellor:anna", now(), 7)]
    try:
        server.say("/start")
        desk_server.say(f"/start {secrets[-1]}")
        run.settle()
        secrets.append(run.store.addresses.whose("people", "77"))
        server.press(next(iter(server.labels(server.chats[77][-1]))))  # the first button there is
        run.settle()
        server.say("/carry")
        desk_server.say(f"/klase {WORDS}")
        run.settle()
        secrets.append(re.search(r"/c/(\S+)", server.texts()[-1])[1])
        secrets.append(desk_server.texts()[-1].split("\n")[0][-7:])
        # what cannot be read, what is refused, what breaks off
        for what in (WORDS, {"id": WORDS}, [WORDS], {"id": 78, "type": WORDS}):
            server.update(message=server.message(WORDS) | {"chat": what})
            desk_server.update(message=desk_server.message(WORDS) | {"from": what, "date": WORDS})
        for one in (server, desk_server):
            one.fail("getUpdates", "html", "torn", "drop")
            one.fail(
                "sendMessage", Refused(400, "Bad Request: no"), Refused(500, "x"), "html", "drop"
            )
            one.say(WORDS)
            one.say(WORDS, chat=78)
        run.settle()
    finally:
        log = run.end()
    assert "is refused" in log  # it is the log of what happened
    assert "set aside" in log
    assert {secret: secret in log for secret in secrets} == dict.fromkeys(secrets, False)
    assert not re.search(r"\d:AA", log)


def now():
    return int(time.time() * 1000)


@pytest.mark.parametrize(
    "name",
    [
        "CELVEDIS_PORT",
        "CELVEDIS_PEOPLE_DRIVER",
        "CELVEDIS_DB",
        "CELVEDIS_LEASE",
        "CELVEDIS_EXAMPLES",
    ],
)
@pytest.mark.parametrize("token", [TOKEN, "not-even-of-the-form"])
def test_a_token_put_into_the_wrong_setting_is_not_shown(name, token):
    environment = os.environ | {"CELVEDIS_DESK_TOKEN": token, name: token}
    command = [sys.executable, "-m", "bot", "migrate" if name == "CELVEDIS_DB" else "serve"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert token not in done.stdout + done.stderr


PROBE = """
import logging, sys, threading
from bot.logs import set_up_logging
set_up_logging()
try:
    raise ValueError("GET https://x/bot{token}/getMe")
except ValueError as error:
    logging.getLogger("bot").exception("failed with %s", "{token}")
logging.getLogger("httpx").info("POST https://x/bot{token}/getMe")
thread = threading.Thread(target=lambda: int("{token}"))
thread.start()
thread.join()
raise RuntimeError("{token}")
"""


def test_no_exception_shows_a_token_wherever_it_ends():
    command = [sys.executable, "-c", PROBE.replace("{token}", TOKEN)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr.count("ValueError") == 2
    assert "RuntimeError" in done.stderr
    assert "ERROR bot failed with" in done.stderr
    assert "httpx" not in done.stderr
    # the probe's own source lines stand in tracebacks too, and are redacted with them
    assert TOKEN not in done.stderr
