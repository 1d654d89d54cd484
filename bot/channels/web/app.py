"""The web chat's pages: one conversation a cookie, forms that work without a script."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web.pages import Pages
from bot.channels.web.requests import (
    COOKIE,
    BadRequest,
    form_of,
    given_by,
    key_of,
    language_of,
    named,
    same_origin,
)
from bot.core.dialogue.events import Commanded, Input, Knocked, Started, Visitor
from bot.errors import CelvedisError
from bot.ports.records import Kept, Update
from bot.service.class_runs import class_code
from bot.service.conversations import KeptTalks
from bot.service.device_links import CARRY, SCHOOL

PUBLIC = "celvedis_public"
YEAR = 365 * 24 * 3600
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
logger = logging.getLogger(__name__)


class Web:
    """The handlers, over kept talks."""

    def __init__(self, talks: KeptTalks, *, secure: bool) -> None:
        self._talks = talks
        self._secure = secure
        self._pages = Pages(talks.talks)

    async def show(self, request: Request) -> Response:
        """Show the conversation of the cookie, opening one where there is none."""
        return await self._shown(request, Started())

    async def school(self, request: Request) -> Response:
        """Open a conversation by a school's own link; an old link opens it just the same."""
        code = request.path_params["code"]
        school = await run_in_threadpool(self._known, code, SCHOOL)
        return await self._shown(request, Started(school=school or ""))

    async def together(self, request: Request) -> Response:
        """Join a class by its link, also with a conversation begun before."""
        code = await run_in_threadpool(
            class_code, self._talks.store, request.path_params["code"], self._talks.at()
        )
        key = await run_in_threadpool(self._carried_key, key_of(request))
        opening = Started(class_code=code or "")
        known = await run_in_threadpool(self._talks.look, key) if key else None
        if code and key and known is not None:
            await run_in_threadpool(self._talks.take, self._update(key, code), opening)
            return RedirectResponse("/#now", 303)
        return await self._shown(request, opening)

    async def _shown(self, request: Request, opening: Started) -> Response:
        key = await run_in_threadpool(self._carried_key, key_of(request))
        known = await run_in_threadpool(self._talks.look, key) if key else None
        if known is None or key is None:
            key = secrets.token_urlsafe(32)
            await run_in_threadpool(self._open, key, language_of(request), opening)
            known = await run_in_threadpool(self._talks.look, key)
        assert known is not None
        session, version, said = known
        page = self._pages.talk(session, version, said, public=PUBLIC in request.cookies)
        response = HTMLResponse(page)
        self._remember(response, key, public=PUBLIC in request.cookies)
        return response

    def _carried_key(self, key: str | None) -> str | None:
        """Give the conversation a cookie leads to, also where it was let in to another one."""
        if key is None or self._talks.store.load(key).state is not None:
            return key
        return self._talks.store.whose("web", key) or key

    def _known(self, code: str, purpose: str) -> str | None:
        return self._talks.store.known_code(code, purpose, self._talks.at())

    def _open(self, key: str, language: str, opening: Started) -> None:
        if language != "lv":
            given: Input = Commanded(word="language", about=language)
            self._talks.take(self._update(key, "language"), given)
        self._talks.take(self._update(key, "open"), opening)

    def _update(self, key: str, once: str) -> Update:
        return Update("web", key, named(key, once), self._talks.at())

    async def take(self, request: Request) -> Response:
        """Take one form: a button, several, or typed words."""
        same_origin(request)
        form = await form_of(request)
        key = key_of(request)
        if key is None:
            return RedirectResponse("/", 303)
        given = given_by(form)
        update = self._update(key, form.get("once", [""])[0] or secrets.token_urlsafe(16))
        _, advanced = await run_in_threadpool(self._talks.take, update, given)
        if any(message.kind == "data" for message in advanced.messages) and (
            advanced.session is None and advanced.events
        ):
            return self._gone(advanced.messages[0].text)
        return RedirectResponse("/#now", 303)

    async def settle(self, request: Request) -> Response:
        """Turn the public-computer switch, or end a conversation and forget it."""
        same_origin(request)
        form = await form_of(request)
        key = key_of(request)
        if "forget" in form:
            if key is not None:
                await run_in_threadpool(self._talks.store.forget, key)
            return self._gone(self._pages.forgotten(language_of(request)))
        response = RedirectResponse("/", 303)
        public = "public" in form and PUBLIC not in request.cookies
        if key is not None:
            self._remember(response, key, public=public)
        if not public:
            response.delete_cookie(PUBLIC)
        return response

    async def version(self, request: Request) -> Response:
        """Tell the version of the conversation, for another tab to see that it moved on."""
        key = await run_in_threadpool(self._carried_key, key_of(request))
        loaded = await run_in_threadpool(self._talks.store.load, key) if key else None
        return JSONResponse({"version": loaded.version if loaded else 0})

    async def carry(self, request: Request) -> Response:
        """Ask whether this browser may go on with a conversation of another device."""
        key = await run_in_threadpool(self._carried_key, key_of(request))
        carried = await run_in_threadpool(self._known, request.path_params["code"], CARRY)
        if carried is not None and carried == key:
            return RedirectResponse("/", 303)
        page = self._pages.carry(await run_in_threadpool(self._speaks, request, key), carried)
        return HTMLResponse(page)

    async def knock(self, request: Request) -> Response:
        """Ask at the other device to be let in, and wait for it."""
        same_origin(request)
        code = request.path_params["code"]
        carried = await run_in_threadpool(self._known, code, CARRY)
        if carried is None:
            return RedirectResponse(request.url.path, 303)
        key = await run_in_threadpool(self._carried_key, key_of(request))
        key = key or secrets.token_urlsafe(32)
        version = await run_in_threadpool(self._knock, key, carried, code)
        language = await run_in_threadpool(self._speaks, request, key)
        response = HTMLResponse(self._pages.waiting(language, version))
        self._remember(response, key, public=PUBLIC in request.cookies)
        return response

    def _knock(self, key: str, carried: str, code: str) -> int:
        """Put the question to the other device; gives the version of what is here until then."""
        own = self._talks.look(key)
        answers = own[0].answers if own else ()
        visitor = Visitor(channel="web", account=key, former=key, answers=answers)
        left = Kept(None, used=(code,), wakes=tuple(self._talks.store.addresses(carried)))
        update = self._update(carried, code)
        self._talks.take(update, Knocked(visitor=visitor), left=left)
        return own[1] if own else 0

    def _speaks(self, request: Request, key: str | None) -> str:
        own = self._talks.look(key) if key else None
        return own[0].language if own else language_of(request)

    async def health(self, _request: Request) -> Response:
        """Tell whether conversations can be kept: 200, or 503 where the database is away."""
        try:
            await run_in_threadpool(self._talks.store.load, "")
        except CelvedisError:
            logger.exception("not healthy")
            return JSONResponse({"well": False}, 503)
        return JSONResponse({"well": True})

    async def failed(self, request: Request, error: Exception) -> Response:
        """Say kindly that something failed, with a number that stands in the log too."""
        language = language_of(request)
        if isinstance(error, BadRequest):
            return HTMLResponse(self._pages.problem(language, str(error)), 400)
        number = secrets.token_hex(4)
        logger.error("failed %s", number, exc_info=error)
        return HTMLResponse(self._pages.problem(language, "page_failed", number), 500)

    async def missing(self, request: Request, _error: Exception) -> Response:
        """Say that there is no such page, and where the conversation is."""
        return HTMLResponse(self._pages.problem(language_of(request), "page_gone"), 404)

    def _gone(self, text: str) -> Response:
        response = HTMLResponse(self._pages.said(text))
        response.delete_cookie(COOKIE)
        response.delete_cookie(PUBLIC)
        return response

    def _remember(self, response: Response, key: str, *, public: bool) -> None:
        age = None if public else YEAR
        for name, value in ((COOKIE, key), *(((PUBLIC, "1"),) if public else ())):
            response.set_cookie(
                name, value, max_age=age, httponly=True, samesite="lax", secure=self._secure
            )


async def _purge(talks: KeptTalks) -> None:
    """Forget what has been idle too long, now and again after every so many minutes."""
    while True:
        try:
            await run_in_threadpool(talks.purge)
        except CelvedisError:
            logger.exception("idle conversations could not be forgotten; tried again later")
        await asyncio.sleep(talks.talks.library.policy.erase_every_minutes * 60)


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
    """Build the application; what works beside it starts and stops with it."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        purging = asyncio.create_task(_purge(talks))
        for one in beside:
            one.start()
        yield
        await asyncio.gather(*(one.stop() for one in beside))
        purging.cancel()

    web = Web(talks, secure=secure)
    static = StaticFiles(directory=Path(__file__).parent / "static")
    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/", web.show),
            Route("/say", web.take, methods=["POST"]),
            Route("/settle", web.settle, methods=["POST"]),
            Route("/version", web.version),
            Route("/s/{code}", web.school),
            Route("/k/{code}", web.together),
            Route("/c/{code}", web.carry),
            Route("/c/{code}", web.knock, methods=["POST"]),
            Route("/health", web.health),
            *routes,
            Mount("/static", static),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=500), Middleware(Guarded)],
        exception_handlers={404: web.missing, BadRequest: web.failed, Exception: web.failed},
    )


class Guarded:
    """Puts the protecting headers on every answer."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:  # type: ignore[type-arg]
        """Pass on, adding headers to the start of the answer."""

        async def guarded(message: dict) -> None:  # type: ignore[type-arg]
            if message["type"] == "http.response.start":
                plain = {name.lower().encode(): value.encode() for name, value in HEADERS.items()}
                if not scope["path"].startswith("/static"):
                    plain[b"cache-control"] = b"no-store"
                message["headers"] = [*message["headers"], *plain.items()]
            await send(message)

        await self._app(scope, receive, guarded)
