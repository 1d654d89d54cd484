"""A bot at work: updates fetched or taken in, worked off, answered; stopped within ten seconds."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, Protocol

from bot.channels.telegram.codec import (
    fetch,
    lane_of,
    name_of,
)
from bot.channels.telegram.protocol import (
    ALLOWED,
    BadToken,
    Driver,
    OtherPoller,
    TelegramError,
)
from bot.errors import StorageError
from bot.ports.protocols import Clock, Whole, millis
from bot.ports.records import Claimed, Done, Received, Turning
from bot.service.background import finish, keep_running
from bot.service.queues.batcher import Together
from bot.service.queues.delivery import Delivery
from bot.service.queues.inbox_worker import Intake, wait_for
from bot.service.queues.outbox_worker import Pace, Sending
from bot.words.i18n.phrases import ABOUT, COMMANDS
from bot.words.render import Catalogues

logger = logging.getLogger(__name__)
HOLD = 25  # seconds a poll waits for updates
LARGEST = 1_048_576  # bytes of one webhook call


class Handler(Protocol):
    """A bot's own part."""

    @property
    def channel(self) -> str:
        """Name the bot as the store knows it."""
        ...

    def handle(self, received: Received, hold: int) -> Turning | None:
        """Tell which turn an update asks for; its messages may be held until a moment.

        None: it asks for none, and was worked off.
        """
        ...

    async def send(self, claimed: Claimed) -> Delivery:
        """Deliver one message."""
        ...

    def failed(self, claimed: Claimed, delivery: Delivery) -> None:
        """Hear that a message has come to its end without arriving."""
        ...


@dataclass
class Running:
    """One bot: driver, handler and store joined. hook: the webhook's address, or "" to poll."""

    driver: Driver
    bot: Handler
    store: Whole
    clock: Clock
    hook: str = ""
    secret: str = ""
    catalogues: Catalogues | None = None  # of a bot that introduces itself in every language
    pace: Pace = field(default_factory=Pace)
    lease: float = 60.0  # seconds until another process takes over what a killed one had in hand
    named: Callable[[str], None] = field(default=lambda _name: None)  # told what it is called
    _stop: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _came: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _answer: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Make what stores the updates that are brought."""
        self._arriving = Together(self._receive)

    @cached_property
    def _intake(self) -> Intake:
        """What works off the inbox; made at the first use, when all that it is to know is set."""
        return Intake(
            self.store, self.bot.channel, self.clock,
            lambda received: self.bot.handle(received, self._sending.until()),
            kept=self._kept, lease=self.lease / 2, quiet=self._arriving.quiet,
        )  # fmt: skip

    @cached_property
    def _sending(self) -> Sending:
        """What works off the outbox."""
        return Sending(
            self.store, self.bot.channel, self.clock, self.bot.send,
            failed=self.bot.failed, pace=self.pace, lease=self.lease,
        )  # fmt: skip

    def start(self) -> None:
        """Start on the running loop; nothing of Telegram's is waited for."""
        self._loop = asyncio.get_running_loop()
        self._begin("inbox", lambda: self._intake.run(self._stop, self._came))
        self._begin("outbox", lambda: self._sending.run(self._stop, self._answer))
        self._begin("connection", self._connect)

    async def stop(self) -> None:
        """Take nothing more in, finish what is in hand, close; a second call does no harm."""
        self._stop.set()
        tasks, self._tasks = self._tasks, []
        if tasks:
            await finish(tasks)
            await self.driver.close()

    def _begin(self, part: str, work: Callable[[], Awaitable[None]]) -> None:
        """Begin a part of the bot; one that fails leaves the others and begins again."""
        kept = keep_running(f"{self.bot.channel}: {part}", work, self._stop)
        self._tasks.append(asyncio.create_task(kept))

    async def take(self, body: bytes) -> int:
        """Take one webhook call in; gives the HTTP status. What is stored is acknowledged."""
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return 400
        try:
            await self._arriving.put(raw)
        except StorageError:
            logger.exception("an update was not stored; Telegram will send it again")
            return 503
        self._came.set()
        return 200

    def knows(self, given: bytes) -> bool:
        """Compare the webhook's secret in constant time."""
        return bool(self.secret) and hmac.compare_digest(given, self.secret.encode())

    def _kept(self, dones: Sequence[Done]) -> None:
        """Send what turns have said, as far as it may go without a look into the store."""
        for done in dones:
            if done.held:
                self._sending.hand(done.held)
            if not done.whole:
                self._sending.look()
        self._loop.call_soon_threadsafe(self._answer.set)

    def _receive(self, raws: list[Any]) -> None:
        rows = []
        for raw in raws:
            text = json.dumps(raw, ensure_ascii=True)
            whole = raw if isinstance(raw, dict) else {}
            number = whole.get("update_id")
            odd = blake2b(text.encode(), digest_size=12).hexdigest()
            name = str(number) if isinstance(number, int) else odd
            rows.append((name, lane_of(whole), text))
        now, until = millis(self.clock.now()), self._intake.until()
        ours = self.store.receive(self.bot.channel, rows, now, until)
        self._intake.hand(ours, all_of_them=len(ours) == len(rows))

    # --- connecting

    async def _connect(self) -> None:
        """Say who we are, then poll or have updates brought; a wrong token ends only this bot."""
        wait = 1.0
        while not self._stop.is_set():
            try:
                name = await name_of(self.driver)
                break
            except BadToken as error:
                logger.error("the bot %s stays off: %s", self.bot.channel, error)  # noqa: TRY400
                return
            except TelegramError as error:
                logger.warning("Telegram is not reached yet (%s)", error)
                await wait_for(self._stop, wait)
                wait = min(wait * 2, 60)
        else:
            return
        logger.info("the bot %s is @%s", self.bot.channel, name)
        self.named(name)
        self._begin("introduction", self._introduce)
        if self.hook:
            await self._hooked()
        else:
            await self._poll()

    async def _introduce(self) -> None:
        """Bring names and commands up to date, beside the work and never in its way."""
        if self.catalogues is None:
            return
        try:
            changed = await introduce(self.driver, self.catalogues)
        except TelegramError as error:
            logger.warning("names and commands are not up to date: %s", error)
        else:
            logger.info("names and commands: %s changed", changed)

    async def _hooked(self) -> None:
        values = {
            "url": self.hook,
            "secret_token": self.secret,
            "allowed_updates": list(ALLOWED),
            "max_connections": 40,
        }
        wait = 1.0
        while not self._stop.is_set():
            try:
                await self.driver.call("setWebhook", values)
            except TelegramError as error:
                logger.warning("the webhook is not set yet: %s", error)
                await wait_for(self._stop, wait)
                wait = min(wait * 2, 60)
            else:
                return

    async def _poll(self) -> None:
        offset, wait, hooked = 0, 1.0, True
        while not self._stop.is_set():
            try:
                if hooked:  # what waits stays: nothing is dropped when the mode changes
                    await self.driver.call("deleteWebhook", {"drop_pending_updates": False})
                    hooked = False
                raws = await self._fetch(offset)
                if raws:
                    await asyncio.to_thread(self._receive, raws)
                    numbers = [raw.get("update_id") for raw in raws if isinstance(raw, dict)]
                    offset = max([offset - 1, *(n for n in numbers if isinstance(n, int))]) + 1
                    self._came.set()
                wait = 1.0
                continue
            except BadToken as error:
                logger.error("the bot %s stops polling: %s", self.bot.channel, error)  # noqa: TRY400
                return
            except OtherPoller:
                logger.warning(
                    "another program polls with the token of %s, or a webhook is set;"
                    " this one waits and tries again", self.bot.channel,
                )  # fmt: skip
                hooked = True
                wait = max(wait, 5.0)
            except TelegramError as error:
                logger.warning("polling %s: %s", self.bot.channel, error)
            except StorageError:
                logger.exception("updates were not stored; they are fetched again")
            await wait_for(self._stop, wait)
            wait = min(wait * 2, 60)

    async def _fetch(self, offset: int) -> list[Any]:
        """Fetch updates, and leave at once when stopped."""
        fetching = asyncio.create_task(fetch(self.driver, offset, HOLD))
        stopping = asyncio.create_task(self._stop.wait())
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not fetching.done():
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)
            return []
        return fetching.result()


async def introduce(driver: Driver, catalogues: Catalogues) -> int:
    """Bring commands, name and descriptions up to date in every language; gives how many changed.

    Read first and written only where it differs: these calls are limited too.
    Errors: TelegramError.
    """
    changed = 0
    for language, catalogue in catalogues.items():
        for code in (language, *(("",) if language == "lv" else ())):
            commands = [
                {"command": name, "description": catalogue.say(text)}
                for name, text in COMMANDS.items()
            ]
            scope = {"language_code": code} if code else {}
            if await driver.call("getMyCommands", scope) != commands:
                await driver.call("setMyCommands", {"commands": commands, **scope})
                changed += 1
            for name, text in ABOUT.items():
                method = "".join(part.capitalize() for part in name.split("_"))
                words = catalogue.say(text)
                now = await driver.call(f"getMy{method}", scope)
                if now.get(name) != words:
                    await driver.call(f"setMy{method}", {name: words, **scope})
                    changed += 1
    return changed


def secret_of(headers: Mapping[str, str]) -> bytes:
    """Give the secret a webhook call carries, as bytes."""
    return headers.get("x-telegram-bot-api-secret-token", "").encode("latin-1", "replace")
