"""Telegram: the same dialogue written the usual way and through our people's bot.

Sending is not limited here, for anybody: it tells what the code can do, not what a person gets. For that see `wave`.
"""

import asyncio
import statistics
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import event

from bot.channels.telegram.aiogram_driver import AiogramDriver
from bot.channels.telegram.people_bot import PeopleBot
from bot.channels.telegram.ptb_driver import PtbDriver
from bot.channels.telegram.runner import BotRunner
from bot.service.conversations import Dialogue, DurableConversations
from bot.service.queues.outbox_worker import RateLimiter
from bot.wiring import SystemClock
from storage.store import Store
from tests.bench.figures import MANY, at_least, ratio, rounds, show, spread
from tests.bench.talking import TOKEN, AtOnceRequest, AtOnceSession, BotApi, crowd
from tests.bench.usual import aiogram_in_memory, aiogram_in_tables, ptb_pickled

PEOPLE, AT_ONCE = 120, 32
FEW = 40  # people of the slow ways; PTB's file grows with them, so more would be slower yet
UNLIMITED = 1e6
BASE = "http://127.0.0.1:1"


def open_store(folder: Path, synchronous: str = "FULL") -> Store:
    """Open our store; NORMAL keeps a turn through a crash of the program, not of the machine."""
    store = Store(f"sqlite:///{folder}/ours.db")
    engine = store._transactions.engine
    pragma = f"PRAGMA synchronous={synchronous}"
    event.listen(engine, "connect", lambda connection, _record: connection.execute(pragma))
    engine.dispose()
    return store


def running_on(
    here: BotApi,
    store: Store,
    talks: Dialogue,
    kind: str,
    pace: RateLimiter,
    made: type = PeopleBot,
) -> BotRunner:
    """Put our people's bot together, on either driver, with the network left out."""
    driver = (
        AiogramDriver(TOKEN, BASE, AtOnceSession(here))
        if kind == "aiogram"
        else PtbDriver(TOKEN, BASE, AtOnceRequest(here))
    )
    bot = made(driver, DurableConversations(talks, store), store)
    return BotRunner(driver, bot, store, SystemClock(), hook="https://bench.example/x", pace=pace)


class Ours:
    """Our way: kept in the inbox, a turn, the outbox, each durable before the next."""

    def __init__(self, talks: Dialogue, kind: str, synchronous: str) -> None:
        self.talks, self.kind, self.synchronous = talks, kind, synchronous

    @asynccontextmanager
    async def __call__(self, here: BotApi, folder: Path):
        store = open_store(folder, self.synchronous)
        pace = RateLimiter(rate=UNLIMITED, rest=0)
        running = running_on(here, store, self.talks, self.kind, pace)
        running.start()

        async def give(body: bytes) -> None:
            assert await running.take_webhook_call(body) == 200

        yield give
        await running.stop()
        store.close()


class Way:
    """One way of the dialogue, measured: updates a second, and everybody's waits."""

    def __init__(self, opened, people: int) -> None:
        self.opened, self.people = opened, people
        self.waits: list[float] = []

    def __call__(self, _number: int) -> float:
        with tempfile.TemporaryDirectory() as name:
            return asyncio.run(self._run(Path(name)))

    async def _run(self, folder: Path) -> float:
        here = BotApi()
        async with self.opened(here, folder) as give:
            await crowd(here, give, 1, 1, [])  # what is made at the first use
            begun = time.perf_counter()
            await crowd(here, give, self.people, AT_ONCE, self.waits)
        return self.people * 4 / (time.perf_counter() - begun)


def measure(talks: Dialogue) -> None:
    """Print the rates, and ours as ratios to the usual ways'."""
    memory = Way(aiogram_in_memory, PEOPLE)
    tables, pickled = Way(aiogram_in_tables, FEW), Way(ptb_pickled, PEOPLE)
    ours = {
        (kind, synchronous): Way(Ours(talks, kind, synchronous), PEOPLE)
        for kind in ("aiogram", "ptb")
        for synchronous in ("FULL", "NORMAL")
    }
    found = rounds(memory, tables, pickled, *ours.values(), count=MANY)
    base, stored, file, *mine = found
    for name, way, rates in (
        ("Telegram, no limit on sending, updates a second: aiogram in memory", memory, base),
        ("  in aiogram-sqlalchemy-storage, one at a time", tables, stored),
        ("  PTB, its conversations pickled at each update, one at a time", pickled, file),
    ):
        show(name, f"{statistics.median(rates):.0f}")
        show("    wait, ms", spread(way.waits))
    for (kind, synchronous), way, rates in zip(ours, ours.values(), mine, strict=True):
        show(f"  ours, {kind}, {synchronous}", f"{statistics.median(rates):.0f}")
        show("    wait, ms", spread(way.waits))
        against = ratio(rates, base)
        aim = at_least(0.5 if synchronous == "FULL" else 1.0)
        show("    aiogram in memory = 1", f"{against:.2f}", (against, aim))
        against = ratio(rates, stored)
        show("    aiogram-sqlalchemy-storage = 1", f"{against:.1f}", (against, at_least(5)))
        show("    PTB pickled = 1", f"{ratio(rates, file):.2f}")
