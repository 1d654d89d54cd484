"""The webhook over HTTP while a PDF is made in the same process: ours against aiogram's own."""

import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path

import uvicorn
from aiogram import Bot
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import ClientSession, TCPConnector, web
from starlette.applications import Starlette

from bot.channels.telegram.webhook import hook_path, hook_route
from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.service.conversations import Dialogue
from bot.wiring import SystemClock, tune_for_latency
from tests.bench.figures import MANY, at_most, p99, ratio, rounds, show, spread
from tests.bench.talking import TOKEN, AtOnceSession, BotApi
from tests.bench.usual import dispatcher_on

SECRET = "a-secret-of-the-benchmark"
CONNECTIONS, EACH = 16, 25


def draw() -> None:
    """Work as a PDF does that is made in Python: text put together, pages compressed."""
    while True:
        page = "".join(
            f"BT /F1 11 Tf {at % 500} {at % 800} Td ({at}) Tj ET\n" for at in range(4000)
        )
        zlib.compress(page.encode())


def serve_ours() -> None:
    """Serve our route, with the whole bot behind it."""
    from tests.bench.telegram import UNLIMITED, RateLimiter, open_store, running_on

    @contextlib.asynccontextmanager
    async def lifespan(_app):
        running.start()
        yield
        await running.stop()

    with tempfile.TemporaryDirectory() as name:
        store = open_store(Path(name))
        talks = Dialogue(load(find_data()).library, load_words(find_data()), SystemClock())
        pace = RateLimiter(rate=UNLIMITED, rest=0)
        running = running_on(BotApi(), store, talks, "aiogram", pace)
        running.secret = SECRET
        tune_for_latency()
        app = Starlette(routes=[hook_route(running)], lifespan=lifespan)
        config = uvicorn.Config(app, port=0, log_level="error", ws="none", access_log=False)
        server = uvicorn.Server(config)

        def tell() -> None:
            while not server.started:
                time.sleep(0.01)
            print(server.servers[0].sockets[0].getsockname()[1], flush=True)

        threading.Thread(target=tell, daemon=True).start()
        server.run()
        store.close()


def serve_aiogram() -> None:
    """Serve aiogram's handler in its usual mode: acknowledged, then handled in the background."""

    async def run() -> None:
        bot = Bot(TOKEN, session=AtOnceSession(BotApi()))
        handler = SimpleRequestHandler(
            dispatcher_on(MemoryStorage()), bot, handle_in_background=True, secret_token=SECRET
        )
        app = web.Application()
        handler.register(app, path=hook_path("people"))
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        print(runner.addresses[0][1], flush=True)
        await asyncio.Event().wait()

    asyncio.run(run())


async def bring(port: int, waits: list[float]) -> None:
    """Bring updates over sixteen connections, each after the acknowledgement of the one before."""
    here = BotApi()
    address = f"http://127.0.0.1:{port}{hook_path('people')}"
    given = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}

    async def connection(number: int) -> None:
        for at in range(EACH):
            body = json.dumps(here.update(1000 + number * EACH + at, "/start")).encode()
            begun = time.perf_counter()
            async with client.post(address, data=body, headers=given) as answer:
                await answer.read()
                assert answer.status == 200
            waits.append((time.perf_counter() - begun) * 1000)

    async with ClientSession(connector=TCPConnector(limit=CONNECTIONS)) as client:
        await asyncio.gather(*(connection(number) for number in range(CONNECTIONS)))


def acknowledged(server: str, every: list[float]) -> float:
    """Give the 99th percentile of one server's acknowledgements, in milliseconds."""
    program = (
        "import threading; from tests.bench import hooks;"
        f"threading.Thread(target=hooks.draw, daemon=True).start(); hooks.serve_{server}()"
    )
    command = [sys.executable, "-c", program]
    waits: list[float] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        asyncio.run(bring(int(process.stdout.readline()), waits))
        process.kill()
    every += waits
    return p99(waits)


def measure() -> None:
    """Print how soon an update is acknowledged."""
    ours_waits: list[float] = []
    theirs_waits: list[float] = []
    ours, theirs = rounds(
        lambda _: acknowledged("ours", ours_waits),
        lambda _: acknowledged("aiogram", theirs_waits),
        count=MANY,
    )
    show(
        "webhook beside a PDF, 16 connections: aiogram in the background, ms", spread(theirs_waits)
    )
    show("  ours, stored and then acknowledged, ms", spread(ours_waits))
    against = ratio(ours, theirs)
    show("  the p99, aiogram's = 1", f"{against:.2f}", (against, at_most(1)))
