"""A bot at work: updates fetched or taken in, worked off, answered; stopped within ten seconds."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from bot.channels.telegram.callback_answers import CallbackAnswers
from bot.channels.telegram.codec import inbox_row, number_of, query_of
from bot.channels.telegram.connection import TOKEN_WAITS, Connection
from bot.channels.telegram.protocol import Driver, TelegramError
from bot.errors import StorageAway, StorageBusy, StorageError, StorageFull
from bot.ports.protocols import Clock, Store, millis
from bot.ports.records import InboxItem, OutboxItem, TurnOutcome, TurnRequest
from bot.service.background import finish, keep_running
from bot.service.queues.batcher import Batcher
from bot.service.queues.delivery import Delivery
from bot.service.queues.inbox_worker import InboxWorker
from bot.service.queues.outbox_worker import OutboxWorker
from bot.service.queues.rate_limit import RateLimiter
from bot.words.i18n.phrases import BOT_DESCRIPTIONS, COMMAND_DESCRIPTIONS
from bot.words.render import Catalogues

logger = logging.getLogger(__name__)
LARGEST_WEBHOOK_BODY = 1_048_576  # bytes of one webhook call


class Bot(Protocol):
    """A bot's own part."""

    @property
    def channel(self) -> str:
        """Name the bot as the store knows it."""
        ...

    def start(self) -> None:
        """Hear that the loop runs on which the driver calls."""
        ...

    def handle(self, received: InboxItem, hold: int) -> TurnRequest | None:
        """Return which turn an update asks for; its messages may be held until a moment.

        None: it asks for none, and was worked off.
        """
        ...

    def unread(self, received: InboxItem) -> TurnRequest | None:
        """Return the turn that tells whoever sent an update that it could not be taken.

        None: nobody waits for that.
        """
        ...

    async def send(self, claimed: OutboxItem) -> Delivery:
        """Deliver one message."""
        ...

    def failed(self, claimed: OutboxItem, delivery: Delivery) -> None:
        """Hear that a message has come to its end without arriving."""
        ...


@dataclass
class BotRunner:
    """One bot: driver, handler and store joined. hook: the webhook's address, or "" to poll."""

    driver: Driver
    bot: Bot
    store: Store
    clock: Clock
    hook: str = ""
    secret: str = ""
    catalogues: Catalogues | None = None  # of a bot that introduces itself in every language
    pace: RateLimiter = field(default_factory=RateLimiter)
    lease: float = 60.0  # seconds until another process takes over what a killed one had in hand
    named: Callable[[str], None] = field(default=lambda _name: None)  # told what it is called
    token_waits: Sequence[float] = TOKEN_WAITS  # seconds until a refused token is tried again
    _stop: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _came: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _answer: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Make what stores the updates that are brought, and what answers presses."""
        self._arriving = Batcher(self._receive)
        self._callbacks = CallbackAnswers(self.driver)

    @cached_property
    def _inbox_worker(self) -> InboxWorker:
        """What works off the inbox; made at the first use, when all that it is to know is set."""
        return InboxWorker(
            self.store, self.bot.channel, self.clock,
            lambda received: self.bot.handle(received, self._outbox_worker.until()),
            kept=self._kept, unread=self.bot.unread, lease=self.lease / 2,
            idle=self._arriving.quiet,
        )  # fmt: skip

    @cached_property
    def _outbox_worker(self) -> OutboxWorker:
        """What works off the outbox."""
        return OutboxWorker(
            self.store.outbox, self.bot.channel, self.clock, self.bot.send,
            failed=self.bot.failed, pace=self.pace, lease=self.lease,
        )  # fmt: skip

    @cached_property
    def _connection(self) -> Connection:
        """What fetches updates or has them brought."""
        return Connection(
            self.driver, self.bot.channel, self._stop, self._store_fetched, self._connected,
            hook=self.hook, secret=self.secret, token_waits=self.token_waits,
        )  # fmt: skip

    @property
    def ill(self) -> str:
        """Tell why the bot hears nobody at present; "" while it is well."""
        return self._connection.ill

    def start(self) -> None:
        """Start on the running loop; nothing of Telegram's is waited for."""
        self._loop = asyncio.get_running_loop()
        self.bot.start()
        self._begin("inbox", lambda: self._inbox_worker.run(self._stop, self._came))
        self._begin("outbox", lambda: self._outbox_worker.run(self._stop, self._answer))
        self._begin("connection", self._connection.run)

    async def stop(self) -> None:
        """Take nothing more in, finish what is in hand, close; a second call does no harm."""
        self._stop.set()
        tasks, self._tasks = self._tasks, []
        if tasks:
            await finish(tasks)
            await self._callbacks.stop()
            await self.driver.close()

    def _begin(self, part: str, work: Callable[[], Awaitable[None]]) -> None:
        """Begin a part of the bot; one that fails leaves the others and begins again."""
        kept = keep_running(f"{self.bot.channel}: {part}", work, self._stop)
        self._tasks.append(asyncio.create_task(kept))

    async def take_webhook_call(self, body: bytes) -> int:
        """Take one webhook call in; return the HTTP status. What is stored is acknowledged."""
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if number_of(raw) is None:
            return 400
        try:
            await self._store_update(raw)
        except StorageError as error:
            logger.error(  # noqa: TRY400 - the whole error may quote the update
                "an update was not stored; Telegram will send it again: %s", type(error).__name__
            )
            return 503
        self._came.set()
        return 200

    def knows(self, given: bytes) -> bool:
        """Compare the webhook's secret in constant time."""
        return bool(self.secret) and hmac.compare_digest(given, self.secret.encode())

    def _kept(self, dones: Sequence[TurnOutcome]) -> None:
        """Send what turns have said, as far as it may go without a look into the store."""
        for done in dones:
            if done.leased:
                self._outbox_worker.add_leased(done)
            if not done.all_leased:
                self._outbox_worker.request_poll()
        self._loop.call_soon_threadsafe(self._answer.set)

    def _receive(self, raws: Sequence[Any]) -> None:
        rows = [inbox_row(raw) for raw in raws]
        now, until = millis(self.clock.now()), self._inbox_worker.until()
        ours = self.store.inbox.receive(self.bot.channel, rows, now, until)
        self._inbox_worker.add_leased(ours, all_of_them=len(ours) == len(rows))

    async def _store_fetched(self, raws: Sequence[Any]) -> None:
        """Keep updates that were fetched, each of them or what is left of it. Errors: StorageError."""
        kept = await asyncio.gather(*map(self._store_update, raws), return_exceptions=True)
        for outcome in kept:
            if outcome is not None:
                raise outcome
        self._came.set()

    async def _store_update(self, raw: Any) -> None:
        """Keep one update with what comes at the same time.

        One that the database takes in no form leaves its number, and is set aside as unreadable:
        else it would come again for ever, and nothing after it would. Errors: StorageError.
        """
        try:
            await self._arriving.put(raw)
        except (StorageAway, StorageBusy, StorageFull):
            raise  # it is not for this update's sake
        except Exception as error:  # noqa: BLE001 - whatever it is in it that nobody foresaw
            logger.error("an update cannot be stored: %s", type(error).__name__)  # noqa: TRY400 - the whole error quotes it
            name, _, _ = inbox_row(raw)
            await self._arriving.put({"update_id": number_of(raw), "name": name})
        if query := query_of(raw):
            self._callbacks.answer(query)

    def _connected(self, name: str) -> None:
        self.named(name)
        self._begin("introduction", self._introduce)

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


async def introduce(driver: Driver, catalogues: Catalogues) -> int:
    """Bring commands, name and descriptions up to date in every language; return how many changed.

    Read first and written only where it differs: these calls are limited too.
    Errors: TelegramError.
    """
    changed = 0
    for language, catalogue in catalogues.items():
        for code in (language, *(("",) if language == "lv" else ())):
            commands = [
                {"command": name, "description": catalogue.say(text)}
                for name, text in COMMAND_DESCRIPTIONS.items()
            ]
            scope = {"language_code": code} if code else {}
            if await driver.call("getMyCommands", scope) != commands:
                await driver.call("setMyCommands", {"commands": commands, **scope})
                changed += 1
            for name, text in BOT_DESCRIPTIONS.items():
                method = "".join(part.capitalize() for part in name.split("_"))
                words = catalogue.say(text)
                now = await driver.call(f"getMy{method}", scope)
                if now.get(name) != words:
                    await driver.call(f"setMy{method}", {name: words, **scope})
                    changed += 1
    return changed


def secret_of(headers: Mapping[str, str]) -> bytes:
    """Return the secret a webhook call carries, as bytes."""
    return headers.get("x-telegram-bot-api-secret-token", "").encode("latin-1", "replace")
