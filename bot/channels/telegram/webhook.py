"""The webhook's own route: the secret first, then a size, then stored, then acknowledged."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.runner import LARGEST_WEBHOOK_BODY, BotRunner, secret_of


def hook_path(channel: str) -> str:
    """Name the path a bot's updates are brought to."""
    return f"/telegram/{channel}"


def hook_route(running: BotRunner) -> Route:
    """Make the route of one bot."""

    async def take(request: Request) -> Response:
        if not running.knows(secret_of(request.headers)):
            return Response(status_code=401)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_WEBHOOK_BODY:
                return Response(status_code=413)
        return Response(status_code=await running.take_webhook_call(body))

    return Route(hook_path(running.bot.channel), take, methods=["POST"])
