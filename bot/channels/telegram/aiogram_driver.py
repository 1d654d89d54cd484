"""The port on aiogram: its session calls; neither its types nor its state machine are used."""

import base64
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientError
from pydantic import ConfigDict

from bot.channels.telegram.codec import (
    delivered,
    fields,
    lost,
    path_of,
)
from bot.channels.telegram.protocol import (
    MORE_THAN_TOLD,
    BadToken,
    OtherPoller,
    Outbound,
    SendFile,
    TelegramError,
)
from bot.logs import redact
from bot.service.queues.delivery import Delivery, RetryLater, Sent

STATUS_OF_ERROR: tuple[tuple[type[TelegramAPIError], int], ...] = (
    (TelegramServerError, 500),
    (TelegramForbiddenError, 403),
    (TelegramNotFound, 404),
    (TelegramUnauthorizedError, 401),
    (TelegramConflictError, 409),
    (TelegramBadRequest, 400),
)


class AiogramDriver:
    """A bot of aiogram's. base: the Bot API's address; session: another way to send, for tests."""

    def __init__(self, token: str, base: str, session: BaseSession | None = None) -> None:
        try:
            api = TelegramAPIServer.from_base(base)
            self._bot = Bot(
                token,
                session=session or AiohttpSession(api=api, timeout=20),
                default=DefaultBotProperties(),
            )
        except TokenValidationError as error:
            message = "the token has not the form of a Telegram token"
            raise BadToken(message) from error

    async def send(self, outbound: Outbound, chat: str) -> Delivery:
        """Deliver; every failure is a value."""
        name, given = fields(outbound, chat)
        if isinstance(outbound, SendFile):
            part = "photo" if outbound.picture else "document"
            content = base64.b64decode(outbound.content)
            given[part] = BufferedInputFile(content, filename=outbound.name)
        try:
            sent = await self._bot(_raw(name)(**given))
        except TelegramRetryAfter as error:
            return delivered(429, error.message, retry_after=error.retry_after)
        except TelegramMigrateToChat as error:
            return delivered(400, error.message, moved=str(error.migrate_to_chat_id))
        except TelegramEntityTooLarge as error:  # a network error in aiogram's eyes
            return delivered(413, error.message)
        except TelegramNetworkError as error:
            unsent = "ClientConnector" in error.message
            return RetryLater() if unsent else lost(outbound)
        except TelegramAPIError as error:
            code = next((code for kind, code in STATUS_OF_ERROR if isinstance(error, kind)), 400)
            return delivered(code, error.message)
        except ClientDecodeError:
            return RetryLater()  # an error page of something in between: it was not accepted
        return Sent(str(sent.get("message_id", "")) if isinstance(sent, dict) else "")

    async def call(self, method: str, values: Mapping[str, Any], wait: int = 20) -> Any:
        """Call a method by its name and give its plain result."""
        try:
            return await self._bot(_raw(method)(**values), request_timeout=wait)
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            message = "Telegram does not know this token"
            raise BadToken(message) from error
        except TelegramConflictError as error:
            raise OtherPoller(redact(str(error))) from error
        except AiogramError as error:
            # of an answer that cannot be read the whole follows, with what people wrote in it
            raise TelegramError(redact(str(error).partition("\n")[0])) from error

    async def download(self, file: str, most: int) -> bytes:
        """Fetch a file that was sent. Errors: TelegramError."""
        path = await path_of(self, file)
        session = self._bot.session
        address, data = session.api.file_url(self._bot.token, path), bytearray()
        try:
            async for chunk in session.stream_content(address, timeout=20, raise_for_status=True):
                data += chunk
                if len(data) > most:
                    raise TelegramError(MORE_THAN_TOLD)
        except (
            ClientError,
            TimeoutError,
        ) as error:  # the whole error tells the address, and the token in it
            message = f"the file was not fetched: {type(error).__name__}"
            raise TelegramError(message) from None
        return bytes(data)

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.session.close()


@cache
def _raw(method: str) -> type[TelegramMethod[Any]]:
    """Make a method that takes plain values and gives what came.

    One bad update spoils no others; and aiogram's models of a message, made to be sent and made of
    the answer, would be most of a message's price.
    """

    class Raw(TelegramMethod[Any]):
        __returning__: ClassVar[Any] = Any
        __api_method__: ClassVar[str] = method
        model_config = ConfigDict(extra="allow")

    return Raw
