"""The real server on a port of its own, in a thread, over a real database file."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette

from bot.channels.web.app import build_app
from bot.process import Supervisor, WebServer, listen, serve_until_exit
from bot.service.background import BackgroundService
from bot.service.conversations import DurableConversations
from bot.settings import Settings
from bot.wiring import SystemClock, make_parts, make_web, open_store, read_content
from tests.conftest import TODAY
from tests.doubles.sample import sample_talks


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve production's content, with all that runs beside it; gives the address."""
    settings = Settings(database=f"sqlite:///{folder}/web.db")
    store = open_store(settings)
    try:
        parts = make_parts(settings, store, read_content().library, TODAY)
        with listening(make_web(settings, parts.conversations), parts.beside) as address:
            yield address
    finally:
        store.close()


@contextmanager
def serving_sample(folder: Path) -> Iterator[str]:
    """Serve the tests' own content; gives the address."""
    store = open_store(Settings(database=f"sqlite:///{folder}/web.db"))
    try:
        talks = DurableConversations(sample_talks(SystemClock()), store)
        with listening(build_app(talks, secure=False)) as address:
            yield address
    finally:
        store.close()


@contextmanager
def listening(app: Starlette, *beside: BackgroundService) -> Iterator[str]:
    own = listen("127.0.0.1", 0)
    server = WebServer(app, own)
    run = serve_until_exit(server, Supervisor(beside))
    thread = threading.Thread(target=lambda: asyncio.run(run))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = own.getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
