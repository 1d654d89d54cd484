"""Telegram's promises under load: order, nobody waits for another, and the limits on sending."""

import asyncio
import bisect
import json
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from aiogram import Bot, F
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message

from bot.channels.telegram.people_bot import PeopleBot
from bot.channels.telegram.protocol import SendText
from bot.channels.telegram.turns import outgoing
from bot.ports.records import TurnResult, Update
from bot.service.conversations import Dialogue
from bot.service.queues.outbox_worker import RateLimiter
from bot.wiring import SystemClock
from tests.bench.figures import at_least, at_most, show
from tests.bench.talking import TOKEN, AtOnceSession, BotApi
from tests.bench.telegram import UNLIMITED, open_store, running_on
from tests.bench.usual import Asked, dispatcher_on

TWENTY, REMINDERS, TO_ONE = 20, 500, 8
SLOW = "slowly"


class SlowTalks(Dialogue):
    """Takes a second within the turn, for a word."""

    def advance(self, session, given, *more):
        if getattr(given, "text", "") == SLOW:
            time.sleep(1)
        return super().advance(session, given, *more)


class SlowBot(PeopleBot):
    """Takes a second before the turn, for a word."""

    def handle(self, received, hold=0):
        if json.dumps(SLOW) in received.raw:
            time.sleep(1)
        return super().handle(received, hold)


@asynccontextmanager
async def at_work(talks: Dialogue, pace: RateLimiter, made: type = PeopleBot):
    """Give our people's bot at work, its Bot API and its store."""
    here = BotApi()
    with tempfile.TemporaryDirectory() as name:
        store = open_store(Path(name))
        running = running_on(here, store, talks, "aiogram", pace, made)
        running.start()
        yield here, running, store
        await running.stop()
        store.close()


async def say(here: BotApi, running, chat: int, words: str) -> "asyncio.Future[str]":
    """Say something; gives what will be the answer."""
    answer = here.hope(chat)
    assert await running.take_webhook_call(json.dumps(here.update(chat, words)).encode()) == 200
    return answer


def unlimited() -> RateLimiter:
    return RateLimiter(rate=UNLIMITED, rest=0)


def twenty(here: BotApi) -> list[dict]:
    """Make twenty messages of one person."""
    return [here.update(77, f"nesaprotams{number}") for number in range(TWENTY)]


async def ours_in_order(talks: Dialogue) -> int:
    """Count how many of twenty updates, come at once, are turns in their order."""
    taken: list[int] = []

    class NotedBot(PeopleBot):
        def handle(self, received, hold=0):
            done = super().handle(received, hold)
            taken.append(int(received.update))
            return done

    async with at_work(talks, unlimited(), NotedBot) as (here, running, store):
        await (await say(here, running, 77, "/start"))
        raws = twenty(here)
        running._receive(raws)  # as one answer of getUpdates brings them
        running._came.set()
        until = time.monotonic() + 10
        while store.inbox.next_due("people") is not None and time.monotonic() < until:
            await asyncio.sleep(0.02)
        turns = store.conversations.load(store.addresses.whose("people", "77")).version - 1
    return turns if taken[1:] == [raw["update_id"] for raw in raws] else 0


async def usual_in_order() -> int:
    """Count how many of the same twenty aiogram's states keep, each adding one to a number."""
    here = BotApi()
    dispatcher, kept = dispatcher_on(MemoryStorage()), [0]
    bot = Bot(TOKEN, session=AtOnceSession(here))

    async def count(message: Message, state: FSMContext) -> None:
        number = (await state.get_data()).get("number", 0)
        await asyncio.sleep(0.01)  # whatever a handler waits for
        await state.update_data(number=number + 1)
        kept[0] = number + 1

    router = dispatcher.message
    router.register(count, Asked.keep, F.text)
    router.handlers.insert(0, router.handlers.pop())
    await dispatcher.fsm.get_context(bot, 77, 77).set_state(Asked.keep)
    await asyncio.gather(*(dispatcher.feed_raw_update(bot, raw) for raw in twenty(here)))
    return kept[0]


async def behind(talks: Dialogue, made: type = PeopleBot) -> float:
    """Milliseconds another person waits while a turn of one takes a second."""
    async with at_work(talks, unlimited(), made) as (here, running, _store):
        for chat in (77, 78):
            await (await say(here, running, chat, "/start"))
        late = await say(here, running, 77, SLOW)
        await asyncio.sleep(0.1)
        begun = time.perf_counter()
        await (await say(here, running, 78, "/start"))
        waited = (time.perf_counter() - begun) * 1000
        await late
    return waited


async def reminded(talks: Dialogue) -> tuple[float, float, float]:
    """Send many reminders at once, at the pace and by the clock of a service.

    Gives the most in any second overall and in one chat, and the rate.
    """
    async with at_work(talks, RateLimiter()) as (here, _running, store):
        (one,) = outgoing([SendText(html="Atgādinājums: saruna rīt plkst. 10.00.")])
        lanes = [*map(str, range(100, 100 + REMINDERS - TO_ONE)), *["99"] * TO_ONE]
        due = tuple(replace(one, channel="people", lane=lane, rank=1) for lane in lanes)
        store.turns.run(Update("clock", "sweep", "1", 0), lambda _: TurnResult("1", effects=due))
        while len(here.sent) < REMINDERS:
            await asyncio.sleep(0.05)
        every = [at for at, _ in here.sent]
        others = [at for at, chat in here.sent if chat != "99"]
        single = [at for at, chat in here.sent if chat == "99"]
    return most(every), most(single), len(others) / (others[-1] - others[0])


def most(times: list[float]) -> int:
    """Count the most within any one second."""
    ordered = sorted(times)
    return max(bisect.bisect_right(ordered, at + 1) - n for n, at in enumerate(ordered))


def measure(talks: Dialogue) -> None:
    """Print how the promises hold."""
    kept, usual = asyncio.run(ours_in_order(talks)), asyncio.run(usual_in_order())
    show("20 updates of one person at once, in order: aiogram's states", f"{usual} of 20")
    show("  ours", f"{kept} of 20", (kept, at_least(TWENTY)))
    before = asyncio.run(behind(talks, SlowBot))
    slow = SlowTalks(talks.library, talks.catalogues, SystemClock())
    within = asyncio.run(behind(slow))
    what = "another person's wait behind a turn of 1 s, ms"
    show(what, f"{before:.0f}", (before, at_most(200)))
    what = "  the second spent within the turn's transaction"
    show(what, f"{within:.0f}", (within, at_most(200)))
    overall, one, rate = asyncio.run(reminded(talks))
    show("500 reminders at once, at the real pace: a second", f"{rate:.1f}")
    show("  most within any second", f"{overall}", (overall, at_most(30)))
    show("  most within any second in one chat", f"{one}", (one, at_most(4)))
