"""One mail handed to the server, and what has come of it: every failure is a value that tells no address and no password."""

import asyncio
import logging
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException

from bot.channels.mail.message import build
from bot.core.base.mail_address import mail_address
from bot.errors import StorageError
from bot.ports.mail import GoneAddresses
from bot.ports.protocols import Clock, millis
from bot.ports.records import OutboxItem, chat_of
from bot.service.queues.delivery import Delivery, Gone, Missed, Rejected, RetryLater, Sent, TooLarge
from bot.settings import MailServer
from bot.words.mail import MAIL

logger = logging.getLogger(__name__)
LONGEST_SENDING = 40.0  # seconds for one mail, of the sixty that it is leased for
LONGEST_ANSWER = 20.0  # seconds until the server answers one command
CONNECTIONS = 4  # at once; servers count them
FIRST_AWAY_WAIT, LONGEST_AWAY_WAIT = (
    5.0,
    300.0,
)  # seconds until a server that takes nothing is asked again
FIRST_PUT_OFF_WAIT, LONGEST_PUT_OFF_WAIT = (
    60.0,
    1800.0,
)  # seconds until a mail that was put off is tried again
ENHANCED = re.compile(r"\s*(5\.\d{1,3}\.\d{1,3})\b")  # RFC 3463
NOBODY_THERE = {550, 551, 553, 556}  # answers about an address, where nothing closer is said
NOBODY_THERE_CLOSER = re.compile(r"5\.1\.(0|1|2|3|6|10)|5\.2\.1|5\.4\.4")
ABOUT_US = {421, 503, 530, 534, 535, 538}  # the server is closing, or wants something else first
TOO_MUCH = 552

Phase = Literal["connecting", "sender", "recipient", "content"]


@dataclass
class MailSender:
    """Hands mails to one server, each over a connection of its own.

    gone: where it is noted that nobody is at an address. patience: seconds for one mail, less than it is leased for.
    """

    server: MailServer
    gone: GoneAddresses
    clock: Clock
    patience: float = LONGEST_SENDING
    ill: str = field(default="", init=False)  # why the server takes nothing at present
    _away_until: datetime | None = field(default=None, init=False)
    _failures: int = field(default=0, init=False)  # one after another, of the server
    _free: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no connection."""
        self._free = asyncio.Semaphore(CONNECTIONS)

    async def send(self, claimed: OutboxItem) -> Delivery:
        """Deliver one mail of the outbox, unless its moment has passed."""
        try:
            mail, to = MAIL.validate_json(claimed.body), mail_address(chat_of(claimed.lane))
        except ValueError:  # pydantic's is one of these
            return Rejected("it cannot be read as a mail to an address")
        now = self.clock.now()
        if mail.expires <= now:
            return Missed()
        message = build(mail, to, self.server, now)
        end = asyncio.get_running_loop().time() + self.patience
        try:
            async with asyncio.timeout_at(end):
                await self._free.acquire()
        except TimeoutError:
            return self._away("the mail server is slow")
        try:
            if self._away_until is not None and now < self._away_until:
                return self._away(self.ill)  # as another mail has found meanwhile
            delivery = await self._hand_over(message, to, end, claimed.attempt)
        finally:
            self._free.release()
        if isinstance(delivery, Sent):
            await self._note_sent(to)
        return delivery

    def failed(self, claimed: OutboxItem, delivery: Delivery) -> None:
        """Note an address that nobody is at."""
        if isinstance(delivery, Gone):
            at = millis(self.clock.now())
            self.gone.note(claimed.conversation, chat_of(claimed.lane), delivery.reason, at)

    async def _hand_over(self, message: bytes, to: str, end: float, attempt: int) -> Delivery:
        """Speak with the server until a moment of the loop's clock."""
        phase: Phase = "connecting"
        client = self._client()
        try:
            async with asyncio.timeout_at(end):
                await client.connect()
                phase = "sender"
                await client.mail(self.server.sender)
                phase = "recipient"
                await client.rcpt(to)
                phase = "content"
                await client.data(message)
        except SMTPResponseException as error:
            return self._answered(error, phase, attempt)
        except (SMTPException, OSError) as error:
            if phase == "content":  # it may have come in before the connection broke
                wait = _put_off_wait(attempt)
                return RetryLater(wait, uncertain=True, reason="the mail server broke off")
            return self._away(_why_not_reached(error))
        else:
            with suppress(SMTPException, OSError):
                await client.quit(timeout=1)
            return Sent()
        finally:
            client.close()

    def _client(self) -> SMTP:
        server = self.server
        return SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            tls_context=None if server.tls == "none" else self._tls_context,
            username=server.user or None,
            password=server.password.get_secret_value() or None,
            local_hostname=server.sender.rpartition("@")[2],
            timeout=LONGEST_ANSWER,
        )

    @cached_property
    def _tls_context(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def _answered(self, error: SMTPResponseException, phase: Phase, attempt: int) -> Delivery:
        """Return what an answer means that is not the one hoped for."""
        code = error.code
        closer = ENHANCED.match(error.message)
        said = f"{code} {closer[1]}" if closer else str(code)
        if phase == "connecting" and isinstance(error, SMTPAuthenticationError):
            return self._away(f"the mail server refuses the user or the password ({code})")
        if code == TOO_MUCH and phase != "connecting" and not _is_full(closer):
            return TooLarge(said)
        if phase == "sender":
            return self._away(f"the mail server takes nothing from CELVEDIS_MAIL_FROM ({said})")
        if phase == "connecting" or code in ABOUT_US:
            return self._away(f"the mail server answers {said}")
        if code < 500:  # noqa: PLR2004 - RFC 5321: 4yz may go well later, 5yz never
            reason = f"the mail server puts mails off ({said})"
            return RetryLater(_put_off_wait(attempt), counted=False, reason=reason)
        if phase == "recipient" and _is_nobody_there(code, closer):
            return Gone(said)
        return Rejected(said)

    def _away(self, reason: str) -> RetryLater:
        """Let all mails wait: it is none of this one's fault, and does not count."""
        now = self.clock.now()
        if self._away_until is None or now >= self._away_until:
            wait = min(FIRST_AWAY_WAIT * 2**self._failures, LONGEST_AWAY_WAIT)
            self._failures = min(self._failures + 1, 20)
            self._away_until = now + timedelta(seconds=wait)
        self.ill = reason
        return RetryLater((self._away_until - now).total_seconds(), counted=False, reason=reason)

    async def _note_sent(self, to: str) -> None:
        if self.ill:
            logger.info("the mail server takes mails again")
        self.ill, self._failures, self._away_until = "", 0, None
        try:
            await asyncio.to_thread(self.gone.note_back, to)
        except StorageError:  # it has arrived all the same
            logger.exception("that an address is back was not noted")


def _put_off_wait(attempt: int) -> float:
    return min(FIRST_PUT_OFF_WAIT * 2.0 ** min(attempt - 1, 20), LONGEST_PUT_OFF_WAIT)


def _is_nobody_there(code: int, closer: re.Match[str] | None) -> bool:
    """Return whether an answer says that nobody is at an address, rather than what the server thinks of us."""
    if closer is None:
        return code in NOBODY_THERE
    return NOBODY_THERE_CLOSER.fullmatch(closer[1]) is not None


def _is_full(closer: re.Match[str] | None) -> bool:
    """Return whether it is the mailbox that has no room, and not the mail that is too large."""
    return closer is not None and closer[1] == "5.2.2"


def _why_not_reached(error: Exception) -> str:
    """Return why no mail could even be begun, without a word of what the server or the library says."""
    if isinstance(error, ssl.SSLCertVerificationError) or isinstance(
        error.__cause__, ssl.SSLCertVerificationError
    ):
        return "the mail server's certificate is not trusted"
    if isinstance(error, OSError):
        return "the mail server is not reached"
    return "the mail server does not offer what CELVEDIS_SMTP asks for (STARTTLS, a login)"
