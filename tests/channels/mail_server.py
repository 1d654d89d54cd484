"""A mail server on this machine, by a library of others, and one that breaks off where it is told to."""

import asyncio
import email
import email.policy
import ssl
import threading
from collections import defaultdict
from contextlib import contextmanager

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

from bot.settings import MailServer

USER, PASSWORD = "sender", "NOSLEPUMS-parole%/@"
SENDER = "celvedis@guide.example"


class Received:
    """What has come in, and what is answered before anything is taken.

    to, content: answers by address, the next first, then it is taken. breaks: how often the connection is cut once a
    mail has come in whole, before that is said. envelopes: all that were taken, as they came.
    """

    def __init__(self):
        self.to, self.content = defaultdict(list), defaultdict(list)
        self.sender, self.breaks, self.envelopes, self.tried = [], 0, [], []
        self.users = []

    @property
    def mails(self):
        return [
            email.message_from_bytes(one.content, policy=email.policy.default)
            for one in self.envelopes
        ]

    def subjects_to(self, address):
        return [mail["subject"] for mail in self.mails if mail["to"] == address]

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - a hook's name
        if self.sender:
            return self.sender.pop(0)
        envelope.mail_from = address
        return "250 2.1.0 fine"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - a hook's name
        self.tried.append(address)
        if self.to[address]:
            return self.to[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - a hook's name
        (address,) = envelope.rcpt_tos
        if self.content[address]:
            return self.content[address].pop(0)
        self.envelopes.append(envelope)
        if self.breaks:
            self.breaks -= 1
            server.transport.abort()
        return "250 2.0.0 taken"

    def knows(self, server, session, envelope, mechanism, given):
        self.users.append((mechanism, given.login.decode(), session.ssl is not None))
        right = (given.login.decode(), given.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=right, handled=not right and False)


@contextmanager
def running(make, port=0, tls=None):
    """Run a server in a thread; gives its port. make: what answers one connection."""
    loop, began = asyncio.new_event_loop(), threading.Event()
    servers, open_ones = [], set()

    def made():
        protocol = make(loop)
        open_ones.add(protocol)
        return protocol

    def run():
        asyncio.set_event_loop(loop)
        servers.append(
            loop.run_until_complete(loop.create_server(made, "127.0.0.1", port, ssl=tls))
        )
        began.set()
        loop.run_forever()
        servers[0].close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert began.wait(10)
    try:
        yield servers[0].sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@contextmanager
def receiving(received, port=0, tls=None, **more):
    """Receive mails; gives the settings by which they are sent here. tls: of aiosmtpd from the first byte."""
    options = {"hostname": "mx.example", "enable_SMTPUTF8": False} | more
    with running(lambda loop: SMTP(received, loop=loop, **options), port, tls) as found:
        yield settings_for(found)


def settings_for(port, **change):
    given = {"host": "127.0.0.1", "port": port, "tls": "none", "sender": SENDER}
    return MailServer.model_validate(given | change)


@contextmanager
def breaking_off(received, after, times=1):
    """Take mails, but cut so many connections after so many bytes of a mail's content; then be as any server."""
    left = [times]

    class Cutting(SMTP):
        async def smtp_DATA(self, arg):  # noqa: N802 - a hook's name
            if not left[0]:
                await super().smtp_DATA(arg)
                return
            left[0] -= 1
            await self.push("354 go on")
            await self._reader.read(after)
            self.transport.abort()

    with running(lambda loop: Cutting(received, loop=loop, hostname="mx.example")) as port:
        yield settings_for(port)


def certificate(name="127.0.0.1"):
    """A certificate that nobody knows, for a server; gives what the server has and who vouches for it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context, authority
