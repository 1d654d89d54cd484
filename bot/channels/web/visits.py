"""A visit: a request together with the conversation its cookie leads to.

This is the only place that reads the cookie. Every route comes through `looks` or `posts`, so none
can mistake the conversation a browser once had for the one it has been let in to since.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.requests import Form, form_of, language_of, same_origin
from bot.channels.web.uploads import upload_of
from bot.ports.protocols import Addresses
from bot.service.conversation_keys import read_key

COOKIE, PUBLIC_COOKIE = "celvedis", "celvedis_public"
JUST_SENT_COOKIE = "celvedis_sent"  # between a form and the page that answers it
JUST_SENT_SECONDS = 60
YEAR_SECONDS = 365 * 24 * 3600  # seconds
CHANNEL = "web"


@dataclass(frozen=True)
class Visit:
    """What a handler knows of whoever comes.

    cookie: the key the browser holds; None where it holds none.
    key: the conversation it leads to, often the same one; there may be nothing kept under it.
    form: what was posted, by field.
    """

    request: Request
    cookie: str | None
    key: str | None
    form: Form = field(default_factory=dict)

    @property
    def public(self) -> bool:
        """Return whether this is a computer that others use too."""
        return PUBLIC_COOKIE in self.request.cookies

    @property
    def later(self) -> bool:
        """Return whether the page is opened again, and not as the answer to a form."""
        return JUST_SENT_COOKIE not in self.request.cookies

    @property
    def language(self) -> str:
        """Return the language the address or the browser asks for."""
        return language_of(self.request)


VisitHandler = Callable[[Visit], Response]


class Visits:
    """Makes endpoints of handlers: what is to be known of a visit is found out once, in one thread.

    secure: cookies go over HTTPS only.
    """

    def __init__(self, addresses: Addresses, *, secure: bool) -> None:
        self._addresses = addresses
        self._secure = secure

    def gets(self, handler: VisitHandler) -> Callable[[Request], Response]:
        """Return the endpoint of a page; Starlette runs it in a thread of its own."""
        return lambda request: handler(self._visit(request, {}))

    def posts(self, handler: VisitHandler) -> Callable[[Request], Awaitable[Response]]:
        """Return the endpoint of a form, which only our own pages may send. Errors: BadRequest."""
        return self._sends(handler, form_of)

    def uploads(self, handler: VisitHandler) -> Callable[[Request], Awaitable[Response]]:
        """Return the endpoint of a form with a file in it. Errors: BadRequest."""
        return self._sends(handler, upload_of)

    def _sends(
        self, handler: VisitHandler, read: Callable[[Request], Awaitable[Form]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            same_origin(request)
            form = await read(request)
            return await run_in_threadpool(lambda: handler(self._visit(request, form)))

        return endpoint

    def _visit(self, request: Request, form: Form) -> Visit:
        cookie = read_key(request.cookies.get(COOKIE, ""))
        # where a browser was let in to a conversation of another device, its own key leads there
        key = None if cookie is None else self._addresses.whose(CHANNEL, cookie) or cookie
        return Visit(request, cookie, key, form)

    def answered(self, place: str) -> Response:
        """Lead to the page that answers a form, which shows it by this once that it does."""
        response = RedirectResponse(place, 303)
        response.set_cookie(
            JUST_SENT_COOKIE, "1", max_age=JUST_SENT_SECONDS,
            httponly=True, samesite="lax", secure=self._secure,
        )  # fmt: skip
        return response

    def remember(self, response: Response, key: str, *, public: bool) -> None:
        """Return the browser its conversation to keep, on a public computer until it is closed."""
        age = None if public else YEAR_SECONDS
        for name, value in ((COOKIE, key), *(((PUBLIC_COOKIE, "1"),) if public else ())):
            response.set_cookie(
                name, value, max_age=age, httponly=True, samesite="lax", secure=self._secure
            )


def let_go(response: Response) -> Response:
    """Take the conversation away from the browser; returns the same response."""
    response.delete_cookie(COOKIE)
    response.delete_cookie(PUBLIC_COOKIE)
    return response
