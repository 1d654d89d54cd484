"""How updates come to a bot: fetched, or brought by the webhook it has set."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.channels.telegram.codec import fetch, name_of, number_of
from bot.channels.telegram.protocol import (
    UPDATE_KINDS,
    BadToken,
    Driver,
    OtherPoller,
    TelegramError,
)
from bot.errors import StorageError
from bot.service.waiting import wait_for

T = TypeVar("T")
logger = logging.getLogger(__name__)
POLL_SECONDS = 25  # seconds a poll waits for updates
LONGEST_POLL_WAIT = 60.0  # seconds between two tries while Telegram is not reached
OTHER_POLLER_WAIT = 5.0  # seconds at least that are left to another program with this token
# seconds until a token that is refused is tried again: Telegram may have been wrong for a moment,
# and an operator may give the bot its token back; asking often would help neither
TOKEN_WAITS = (5.0, 60.0, 120.0, 240.0, 480.0, 600.0)
FAILURES_UNTIL_ILL = 4  # failures in a row from which on the bot is said to be unwell


@dataclass
class Connection:
    """A bot's line to Telegram, which is tried again for as long as the bot is at work.

    take_in: keeps updates durably, or raises StorageError; what it kept is not fetched again.
    named: told what the bot is called, once Telegram has said it.
    hook: the address at which updates are brought, "" to fetch them; secret: what comes with them.
    """

    driver: Driver
    channel: str
    stop: asyncio.Event
    take_in: Callable[[Sequence[Any]], Awaitable[None]]
    named: Callable[[str], None]
    hook: str = ""
    secret: str = ""
    token_waits: Sequence[float] = TOKEN_WAITS
    ill: str = field(default="", init=False)  # why the bot hears nobody at present
    _offset: int = field(default=0, init=False)  # the first update that is not known yet
    _failures: int = field(default=0, init=False)  # in a row
    _hook_is_set: bool = field(default=True, init=False)  # perhaps: by whoever had the token before

    async def run(self) -> None:
        """Say who we are, then fetch updates or have them brought, until stopped."""
        name = await self._until_done(lambda: name_of(self.driver))
        if name is None:
            return
        logger.info("the bot %s is @%s", self.channel, name)
        self.named(name)
        if self.hook:
            await self._until_done(self._set_hook)
            return
        while not self.stop.is_set():
            await self._until_done(self._poll)

    async def _set_hook(self) -> bool:
        values = {
            "url": self.hook,
            "secret_token": self.secret,
            "allowed_updates": list(UPDATE_KINDS),
            "max_connections": 40,
        }
        await self.driver.call("setWebhook", values)
        return True

    async def _poll(self) -> bool:
        """Fetch what has come and keep it, once."""
        if self._hook_is_set:  # what waits stays: nothing is dropped when the mode changes
            await self.driver.call("deleteWebhook", {"drop_pending_updates": False})
            self._hook_is_set = False
        raws = await self._fetch()
        if raws:
            await self.take_in(raws)
            numbers = [number for raw in raws if (number := number_of(raw)) is not None]
            self._offset = max([self._offset, *(number + 1 for number in numbers)])
            if not numbers:  # they would come again at once
                await wait_for(self.stop, 1.0)
        return True

    async def _fetch(self) -> list[Any]:
        """Fetch updates, and leave at once when stopped."""
        hold = (
            0 if self._failures else POLL_SECONDS
        )  # after a failure it is to be known at once how it is
        fetching = asyncio.create_task(fetch(self.driver, self._offset, hold))
        stopping = asyncio.create_task(self.stop.wait())
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not fetching.done():
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)
            return []
        return fetching.result()

    # --- what fails

    async def _until_done(self, work: Callable[[], Awaitable[T]]) -> T | None:
        """Do something until it works, and return what it gives; None when stopped before."""
        while not self.stop.is_set():
            try:
                done = await work()
            except (TelegramError, StorageError) as error:
                wait = self._failed(error)
                await wait_for(self.stop, wait)
            else:
                if self.ill:
                    logger.info("the bot %s is well again", self.channel)
                self.ill, self._failures = "", 0
                return done
        return None

    def _failed(self, error: TelegramError | StorageError) -> float:
        """Tell the operator of a failure; returns the seconds to wait."""
        wait = min(2.0**self._failures, LONGEST_POLL_WAIT)
        self._failures = min(self._failures + 1, 20)
        if self._failures >= FAILURES_UNTIL_ILL:
            self.ill = "Telegram is not reached"
        match error:
            case BadToken():
                wait = self.token_waits[min(self._failures, len(self.token_waits)) - 1]
                level = logging.WARNING if self.ill == str(error) else logging.ERROR
                logger.log(
                    level, "the bot %s is off: %s; asked again in %.0f s",
                    self.channel, error, wait,
                )  # fmt: skip
                self.ill = str(error)
            case OtherPoller():
                logger.warning(
                    "another program polls with the token of %s, or a webhook is set;"
                    " this one waits and tries again", self.channel,
                )  # fmt: skip
                self.ill = "another program polls with this token"
                self._hook_is_set = True
                wait = max(wait, OTHER_POLLER_WAIT)
            case TelegramError():
                logger.warning("the bot %s does not reach Telegram: %s", self.channel, error)
            case StorageError():
                logger.error(
                    "updates of %s were not stored; they come again: %s",
                    self.channel, type(error).__name__,
                )  # fmt: skip
                self.ill = "updates are not stored"
        return wait
