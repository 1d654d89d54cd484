"""What a visitor reads where something fails, and what stands in the log of it."""

import logging
import secrets
from collections.abc import Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ExceptionHandler

from bot.channels.web.pages import Pages
from bot.channels.web.requests import BadRequest, language_of
from bot.channels.web.uploads import UploadTooLarge
from bot.errors import StorageAway, StorageBusy, StorageError, StorageFull, StorageNewer

RETRY_AFTER: Mapping[type[StorageError], int] = {
    StorageBusy: 5,
    StorageAway: 10,
    StorageFull: 60,
    StorageNewer: 60,
}  # seconds
logger = logging.getLogger(__name__)


class Failures:
    """The error pages, each in the language the browser asks for."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def handlers(self) -> dict[int | type[Exception], ExceptionHandler]:
        """Return what answers for which failure that is foreseen; for others there is `failed`."""
        return {
            404: self._missing,
            BadRequest: self._unreadable,
            ClientDisconnect: self._disconnected,
            **dict.fromkeys(RETRY_AFTER, self._unavailable),
        }

    def _missing(self, request: Request, _error: Exception) -> Response:
        """Say that there is no such page, and where the conversation is."""
        return HTMLResponse(self._pages.problem(language_of(request), "page_gone"), 404)

    def _unreadable(self, request: Request, error: Exception) -> Response:
        """Say what of the request is refused."""
        status = 413 if isinstance(error, UploadTooLarge) else 400
        return HTMLResponse(self._pages.problem(language_of(request), str(error)), status)

    def _disconnected(self, _request: Request, _error: Exception) -> Response:
        """Answer nobody: the connection was lost within the form, which is no failure of ours."""
        return Response(status_code=400)

    def _unavailable(self, request: Request, error: Exception) -> Response:
        """Say that nothing can be kept or read just now, and when to try again."""
        number = _number()
        logger.warning("unavailable %s: %s: %s", number, type(error).__name__, error)
        phrase = "kept_newer" if isinstance(error, StorageNewer) else "page_unavailable"
        page = self._pages.problem(language_of(request), phrase, number)
        seconds = next(RETRY_AFTER[kind] for kind in type(error).__mro__ if kind in RETRY_AFTER)
        return HTMLResponse(page, 503, {"Retry-After": str(seconds)})

    def failed(self, request: Request, error: Exception) -> Response:
        """Say kindly that something failed, with a number that stands in the log too."""
        number = _number()
        logger.error("failed %s", number, exc_info=error)
        return HTMLResponse(self._pages.problem(language_of(request), "page_failed", number), 500)


def _number() -> str:
    """Return a number by which what a visitor reads is found in the log."""
    return secrets.token_hex(4)
