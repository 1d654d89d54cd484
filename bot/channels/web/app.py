"""The web chat's addresses: one conversation a cookie, forms that work without a script."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web.failures import Failures
from bot.channels.web.handlers import Handlers
from bot.channels.web.headers import SecurityHeaders
from bot.channels.web.pages import Pages
from bot.channels.web.visits import Doorway
from bot.errors import CelvedisError
from bot.service.conversations import KeptTalks

PURGE_EVERY = 600  # seconds
logger = logging.getLogger(__name__)


async def _purge(talks: KeptTalks) -> None:
    """Forget what has been idle too long, now and every ten minutes."""
    while True:
        try:
            await run_in_threadpool(talks.purge)
        except CelvedisError:
            logger.exception("idle conversations could not be forgotten; tried again later")
        await asyncio.sleep(PURGE_EVERY)


class Beside(Protocol):
    """Something that works as long as the server does."""

    def start(self) -> None:
        """Start on the running loop."""
        ...

    async def stop(self) -> None:
        """Finish what is in hand."""
        ...


def build_app(
    talks: KeptTalks,
    *,
    secure: bool,
    beside: Sequence[Beside] = (),
    routes: Sequence[Route] = (),
) -> Starlette:
    """Return the application; what works beside it starts and stops with it.

    secure: cookies over HTTPS only; routes: of other channels.
    """

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        purging = asyncio.create_task(_purge(talks))
        for one in beside:
            one.start()
        yield
        await asyncio.gather(*(one.stop() for one in beside))
        purging.cancel()

    pages = Pages(talks.talks)
    failures = Failures(pages)
    doorway = Doorway(talks.store, secure=secure)
    web = Handlers(talks, doorway, pages)
    looks, posts = doorway.looks, doorway.posts
    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/", looks(web.show)),
            Route("/say", posts(web.answer), methods=["POST"]),
            Route("/settle", posts(web.settle), methods=["POST"]),
            Route("/version", looks(web.version)),
            Route("/s/{code}", looks(web.open_for_school)),
            Route("/k/{code}", looks(web.join_class)),
            Route("/c/{code}", looks(web.offer_to_carry)),
            Route("/c/{code}", posts(web.knock), methods=["POST"]),
            Route("/health", web.health),
            *routes,
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        ],
        middleware=[
            Middleware(GZipMiddleware, minimum_size=500),
            Middleware(SecurityHeaders),
            # Starlette's own place for `Exception` is outside of all middleware: a page made there
            # would stand without the protecting headers
            Middleware(ExceptionMiddleware, handlers={Exception: failures.failed}),
        ],
        exception_handlers=failures.handlers(),
    )
