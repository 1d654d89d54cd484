"""The process: what runs beside the pages, and how all of it ends, for `serve` and for `work`."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator, Sequence

import uvicorn
from starlette.applications import Starlette

from bot.errors import SettingsError
from bot.service.background import BackgroundService

# seconds that requests have to come to their end once the process is told to, which ends within ten
OPEN_REQUESTS_GRACE = 7
MOST_WAITING = 2048  # connections that wait to be taken
logger = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. port: 0 for any that is free.

    Errors: SettingsError says what is in the way.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=MOST_WAITING)
    except OSError as error:
        message = f"cannot listen at {host}:{port} ({error.strerror}); --host, --port, CELVEDIS_HOST and CELVEDIS_PORT name another"
        raise SettingsError(message) from error


class Supervisor:
    """Starts what runs beside the pages, and stops it.

    Each service sees to it that a part of it that fails begins again (`keep_running`).
    """

    def __init__(self, services: Sequence[BackgroundService]) -> None:
        self._services = services
        self._stopping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start them in order on the running loop."""
        for service in self._services:
            service.start()

    def begin_to_stop(self) -> None:
        """Let nothing more be begun; what is in hand is being finished from now on."""
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop())

    async def stop(self) -> None:
        """Wait until all have stopped; a second call does no harm."""
        self.begin_to_stop()
        assert self._stopping is not None
        await self._stopping

    async def _stop(self) -> None:
        stops = [service.stop() for service in self._services]
        for failure in await asyncio.gather(*stops, return_exceptions=True):
            if failure is not None:
                logger.error("a service did not stop in order", exc_info=failure)


class WebServer(uvicorn.Server):
    """The web server of this process, whose end is decided here and not by itself."""

    def __init__(self, app: Starlette, listening: socket.socket) -> None:
        self._listening = listening
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                log_config=None,  # what it logs goes the way of everything else that is logged
                timeout_graceful_shutdown=OPEN_REQUESTS_GRACE,
            )
        )

    async def serve_pages(self) -> None:
        """Serve until it is to exit."""
        await self.serve(sockets=[self._listening])

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to `on_signal`: what runs beside has to be told of them too."""
        yield


async def serve(server: WebServer, beside: Supervisor) -> None:
    """Serve pages, with all that runs beside them, until a signal says to end.

    Requests and services come to their end at the same time, each with its own deadline.
    """

    def end() -> None:
        server.should_exit = True
        beside.begin_to_stop()

    on_signal(end)
    await serve_until_exit(server, beside)


async def serve_until_exit(server: WebServer, beside: Supervisor) -> None:
    """Serve until the server is told to exit by whoever has it."""
    beside.start()
    try:
        await server.serve_pages()
    finally:
        await beside.stop()


async def work(beside: Supervisor) -> None:
    """Do all that runs beside the pages, without any, until a signal says to end."""
    ended = asyncio.Event()
    on_signal(ended.set)
    beside.start()
    try:
        await ended.wait()
    finally:
        await beside.stop()


def on_signal(end: Callable[[], None]) -> None:
    """Call `end` on the running loop when the process is asked to end, by SIGTERM or by Ctrl-C."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(end))
