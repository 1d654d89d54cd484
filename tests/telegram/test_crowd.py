"""Two thousand chats at once: everybody is answered once, and what is in hand stays bounded."""

import asyncio
import threading
from collections import Counter

from bot.channels.telegram.aiogram_driver import AiogramDriver
from bot.channels.telegram.people_bot import PeopleBot
from bot.channels.telegram.runner import BotRunner
from bot.service.conversations import DurableConversations
from bot.service.queues.inbox_worker import MOST_UPDATES_IN_HAND, TURN_THREADS
from bot.service.queues.outbox_worker import RateLimiter
from bot.wiring import SystemClock
from storage.store import Store
from tests.bench.talking import TOKEN, AtOnceSession, BotApi
from tests.conftest import set_aside

CHATS, BATCH = 2000, 100  # a batch is what one getUpdates brings


def test_two_thousand_chats_at_once_are_each_answered_once(talks, tmp_path):
    here, store = BotApi(), Store(f"sqlite:///{tmp_path}/celvedis.db")
    most: Counter[str] = Counter()

    async def run():
        driver = AiogramDriver(TOKEN, "http://127.0.0.1:1", AtOnceSession(here))
        bot = PeopleBot(driver, DurableConversations(talks, store), store)
        pace = RateLimiter(rate=1e6, rest=0)
        running = BotRunner(driver, bot, store, SystemClock(), hook="https://x.example", pace=pace)
        before = threading.active_count()
        running.start()
        raws = [here.update(chat, "/start") for chat in range(1, CHATS + 1)]
        for at in range(0, CHATS, BATCH):
            await asyncio.to_thread(running._receive, raws[at : at + BATCH])
            running._came.set()
        end = asyncio.get_running_loop().time() + 120
        while len(here.sent) < CHATS and asyncio.get_running_loop().time() < end:
            most["in hand"] = max(most["in hand"], len(running._inbox_worker._leased))
            most["threads"] = max(most["threads"], threading.active_count() - before)
            await asyncio.sleep(0.01)
        await running.stop()

    asyncio.run(run())
    assert Counter(chat for _, chat in here.sent) == {str(at): 1 for at in range(1, CHATS + 1)}
    assert [getattr(store, line).next_due("people") for line in ("inbox", "outbox")] == [None, None]
    assert set_aside(store) == []
    assert most["in hand"] <= MOST_UPDATES_IN_HAND + BATCH
    assert most["threads"] <= TURN_THREADS + 16  # turns, and what the loop lends to the store
    store.close()
