"""The web chat's addresses: one conversation a cookie, forms that work without a script."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route

from bot.channels.web.activities import Activities
from bot.channels.web.assets import Assets
from bot.channels.web.calendars import Calendars
from bot.channels.web.failures import Failures
from bot.channels.web.forgetting import Forgetting
from bot.channels.web.handlers import Handlers, IllChannels
from bot.channels.web.headers import SecurityHeaders
from bot.channels.web.pages import Pages
from bot.channels.web.plan.routes import plan_routes
from bot.channels.web.visits import Visits
from bot.service.conversations import DurableConversations
from bot.service.device_links import LinkKind


def build_app(
    conversations: DurableConversations,
    *,
    secure: bool,
    routes: Sequence[Route] = (),
    ill_channels: IllChannels = dict,
) -> Starlette:
    """Return the application; it starts nothing that runs beside it.

    secure: cookies over HTTPS only.
    routes: of other channels; ill_channels: tells what is wrong with those.
    """
    pages = Pages(conversations.dialogue)
    failures = Failures(pages)
    doorway = Visits(conversations.store.addresses, secure=secure)
    forgetting = Forgetting(conversations, doorway, pages)
    web = Handlers(conversations, doorway, pages, forgetting, ill_channels)
    activities = Activities(conversations, pages)
    calendars = Calendars(conversations.dialogue)
    looks, posts = doorway.gets, doorway.posts
    return Starlette(
        routes=[
            Route("/", looks(web.show)),
            Route("/say", posts(web.answer), methods=["POST"]),
            Route("/say", looks(web.back_to_talk)),
            Route("/activities", looks(activities.show)),
            Route("/activities", posts(activities.fill), methods=["POST"]),
            Route("/settle", posts(forgetting.settle), methods=["POST"]),
            Route("/dates/{entry}.ics", calendars.give),
            Route("/version", looks(web.version)),
            Route(f"/{LinkKind.SCHOOL}/{{code}}", looks(web.open_for_school)),
            Route(f"/{LinkKind.CLASS}/{{code}}", looks(web.join_class)),
            Route(f"/{LinkKind.CARRY}/{{code}}", looks(web.offer_to_carry)),
            Route(f"/{LinkKind.CARRY}/{{code}}", posts(web.knock), methods=["POST"]),
            Route("/health", web.health),
            *plan_routes(conversations, doorway, pages),
            *routes,
            Mount("/static", Assets()),
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
