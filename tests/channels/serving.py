"""The real server on a port of its own, in a thread, over a real database file."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bot.settings import Settings
from bot.wiring import make_web, open_store
from tests.conftest import TODAY


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    settings = Settings(database=f"sqlite:///{folder}/web.db")
    store = open_store(settings)
    try:
        with listening(make_web(settings, store, TODAY)) as address:
            yield address
    finally:
        store.close()


@contextmanager
def listening(app: Starlette) -> Iterator[str]:
    config = uvicorn.Config(app, port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
