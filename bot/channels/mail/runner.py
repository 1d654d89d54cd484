"""Mail at work: the outbox sent within a pace, until it is stopped."""

import asyncio
from dataclasses import dataclass, field

from bot.channels.mail.sender import LONGEST_SENDING, MailSender
from bot.ports.protocols import Clock, Store
from bot.service.background import finish, keep_running
from bot.service.mails import MAIL_CHANNEL
from bot.service.queues.outbox_worker import OutboxWorker
from bot.service.queues.rate_limit import RateLimiter
from bot.settings import MailServer

MAILS_A_SECOND = 5.0
SENDING_SHARE = 2 / 3  # of a lease, for the sending itself; a quarter may pass before it begins


@dataclass
class MailRunner:
    """Sends what waits for the mail channel. lease: seconds until another process takes over what a killed one had."""

    server: MailServer
    store: Store
    clock: Clock
    lease: float = 60.0
    pace: RateLimiter = field(default_factory=lambda: RateLimiter(rate=MAILS_A_SECOND))
    _stop: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list, init=False)
    _sender: MailSender = field(init=False)

    def __post_init__(self) -> None:
        """Make what speaks to the server."""
        patience = min(LONGEST_SENDING, self.lease * SENDING_SHARE)
        self._sender = MailSender(self.server, self.store.gone_addresses, self.clock, patience)

    @property
    def ill(self) -> str:
        """Tell why no mail is sent at present; "" while it is well."""
        return self._sender.ill

    def worker(self) -> OutboxWorker:
        """Return what works off the outbox."""
        return OutboxWorker(
            self.store.outbox, MAIL_CHANNEL, self.clock, self._sender.send,
            failed=self._sender.failed, pace=self.pace, lease=self.lease,
        )  # fmt: skip

    def start(self) -> None:
        """Start on the running loop; the server is not waited for."""
        work = keep_running(
            f"{MAIL_CHANNEL}: outbox",
            lambda: self.worker().run(self._stop, asyncio.Event()),
            self._stop,
        )
        self._tasks = [asyncio.create_task(work)]

    async def stop(self) -> None:
        """Begin no more mail and finish what is in hand; a second call does no harm."""
        self._stop.set()
        tasks, self._tasks = self._tasks, []
        await finish(tasks)
