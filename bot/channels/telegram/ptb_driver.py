"""The port on python-telegram-bot: its request calls; neither its types nor its Application are used."""

import base64
import warnings
from collections.abc import Mapping
from typing import Any

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.error import TelegramError as LibraryError
from telegram.request import BaseRequest, HTTPXRequest
from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

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
from bot.service.queues.delivery import Delivery, Rejected, RetryLater, Sent

# the port calls every method by its name, as updates must stay undecoded; PTB warns of each
warnings.filterwarnings("ignore", message="Please use 'Bot\\.", category=PTBUserWarning)
warnings.filterwarnings("ignore", message=".*`retry_after`", category=PTBDeprecationWarning)


class PtbDriver:
    """A bot of PTB's. base: the Bot API's address; request: another way to send, for tests."""

    def __init__(self, token: str, base: str, request: BaseRequest | None = None) -> None:
        try:
            self._bot = Bot(
                token,
                base_url=f"{base}/bot",
                base_file_url=f"{base}/file/bot",
                request=request or HTTPXRequest(read_timeout=20, write_timeout=20),
                get_updates_request=HTTPXRequest(read_timeout=70, connection_pool_size=2),
            )
        except InvalidToken as error:
            message = "the token has not the form of a Telegram token"
            raise BadToken(message) from error

    async def send(self, outbound: Outbound, chat: str) -> Delivery:
        """Deliver; every failure is a value."""
        name, given = fields(outbound, chat)
        if isinstance(outbound, SendFile):
            part = "photo" if outbound.picture else "document"
            content = base64.b64decode(outbound.content)
            given[part] = InputFile(content, filename=outbound.name)
        try:
            sent = await self._bot.do_api_request(name, api_kwargs=given)
        except RetryAfter as error:
            return delivered(429, error.message, retry_after=_seconds(error))
        except ChatMigrated as error:
            return delivered(400, error.message, moved=str(error.new_chat_id))
        except BadRequest as error:
            return delivered(400, error.message)
        except Forbidden as error:
            return delivered(403, error.message)
        except TimedOut as error:
            return RetryLater() if "ConnectTimeout" in repr(error.__cause__) else lost(outbound)
        except (InvalidToken, EndPointNotFound) as error:
            return delivered(401, error.message)
        except NetworkError as error:
            return _unreached(outbound, error)
        except LibraryError as error:
            return delivered(400, error.message)
        return Sent(str(sent.get("message_id", "")) if isinstance(sent, dict) else "")

    async def call(self, method: str, values: Mapping[str, Any], wait: int = 20) -> Any:
        """Call a method by its name and give its plain result."""
        try:
            return await self._bot.do_api_request(
                method, api_kwargs=dict(values), read_timeout=wait
            )
        except (InvalidToken, EndPointNotFound) as error:
            message = "Telegram does not know this token"
            raise BadToken(message) from error
        except Conflict as error:
            raise OtherPoller(redact(error.message)) from error
        except LibraryError as error:
            # of an answer that cannot be read the whole follows
            raise TelegramError(redact(error.message.partition(". Parsing")[0])) from error

    async def download(self, file: str, most: int) -> bytes:
        """Fetch a file that was sent. Errors: TelegramError."""
        path = await path_of(self, file)
        try:
            data = await self._bot.request.retrieve(f"{self._bot.base_file_url}/{path}")
        except LibraryError as error:  # the whole error may tell the address, and the token in it
            message = f"the file was not fetched: {type(error).__name__}"
            raise TelegramError(message) from None
        if len(data) > most:
            raise TelegramError(MORE_THAN_TOLD)
        return data

    async def close(self) -> None:
        """Close the connections."""
        for request in self._bot._request:  # noqa: SLF001 - `shutdown` closes only what `initialize` opened
            await request.shutdown()


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after if isinstance(after, int | float) else after.total_seconds())


def _unreached(outbound: Outbound, error: NetworkError) -> Delivery:
    """Tell a message that cannot have arrived from one that may have."""
    told = delivered(400, error.message)
    if not isinstance(told, Rejected):  # 413 and a 429 without seconds are network errors to PTB
        return told
    cause = error.__cause__
    on_the_way = type(cause).__module__.startswith("httpx") and "Connect" not in repr(cause)
    return (
        lost(outbound) if on_the_way else RetryLater()
    )  # else the Bot API said no, or was not met
