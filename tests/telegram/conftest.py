"""A bot at work against the strict server, on either driver."""

import asyncio
import threading
import time

import pytest

from bot.channels.telegram.counsellor_bot import CounsellorBot
from bot.channels.telegram.people_bot import PeopleBot
from bot.channels.telegram.runner import BotRunner
from bot.service.conversations import DurableConversations
from bot.service.queues.outbox_worker import RateLimiter
from bot.wiring import SystemClock, make_driver
from storage.store import Store
from tests.telegram.server import TOKEN, Server

PATIENCE = 25.0  # seconds; less than any lease, so that what was left behind is not seen as done


@pytest.fixture(params=["aiogram", "ptb"])
def kind(request):
    return request.param


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


class Service:
    """One bot in a loop and a thread of its own, until stopped."""

    def __init__(self, kind, server, store, talks, desk=False, **more):
        self.store, self.server = store, server
        self._ready, self._end = threading.Event(), None
        self._make = lambda: self._built(kind, talks, desk, more)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        self._ready.wait()

    def _built(self, kind, talks, desk, more):
        driver = make_driver(kind, more.pop("token", TOKEN), self.server.base)
        kept = DurableConversations(talks, self.store, more.pop("doors", None))
        if desk:
            bot = CounsellorBot(driver, self.store, talks, kept.links)
        else:
            bot = PeopleBot(driver, kept, self.store)
        given = {"clock": SystemClock(), "pace": RateLimiter(rate=200, rest=0)} | more
        return BotRunner(driver, bot, self.store, **given)

    async def _run(self):
        self._end = asyncio.Event()
        self.loop = asyncio.get_running_loop()
        self.running = self._make()
        self.running.start()
        self._ready.set()
        await self._end.wait()
        begun = time.monotonic()
        await self.running.stop()
        await self.running.stop()
        self.stopping = time.monotonic() - begun

    def stop(self):
        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._end.set)
            self._thread.join()

    def wait(self, until, seconds=PATIENCE):
        """Wait until something is true of the service."""
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, self.server.texts()
            time.sleep(0.02)

    def settle(self, seconds=PATIENCE):
        """Wait until both lines are worked off and nothing waits at the server."""
        channel = self.running.bot.channel

        def idle():
            lines = (getattr(self.store, line).next_due(channel) for line in ("inbox", "outbox"))
            return not self.server.fresh() and all(due is None for due in lines)

        self.wait(idle, seconds)
        time.sleep(0.05)
        self.wait(idle, seconds)

    def say(self, text, chat=77):
        self.server.say(text, chat)
        self.settle()

    def press(self, label, chat=77, old=-1):
        self.server.press(label, chat, old)
        self.settle()


@pytest.fixture
def store(tmp_path):
    opened = Store(f"sqlite:///{tmp_path}/telegram.db")
    yield opened
    opened.close()


@pytest.fixture
def start(kind, server, store, talks):
    services = []

    def begin(**more):
        spoken = more.pop("talks", talks)
        services.append(Service(more.pop("kind", kind), server, store, spoken, **more))
        return services[-1]

    yield begin
    for service in services:
        service.stop()


@pytest.fixture
def service(start):
    return start()
