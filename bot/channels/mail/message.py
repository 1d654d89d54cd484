"""A mail as it goes over the wire: MIME, headers, the calendar file in it."""

from datetime import datetime
from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import formataddr
from hashlib import blake2b

from bot.settings import MailServer
from bot.words.booking_calendar import CalendarParty, invitation
from bot.words.mail import Mail

INVITATION_NAME = "invite.ics"  # what it is called decides in some calendars whether it can cancel


class OwnLine(UnstructuredHeader, BaseHeader):
    """A header that is folded here: the library encodes a long address of a page, and loses spaces of a long subject."""

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it is written."""
        words = str(self)
        if not words.isascii():
            words = Header(words, "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {words}{policy.linesep}"


def _policy() -> Policy:
    headers = HeaderRegistry()
    for name in ("from", "to", "reply-to", "subject", "message-id", "list-unsubscribe"):
        headers.map_to_type(name, OwnLine)
    # seven bits: what a server between passes on as it is
    return SMTP.clone(cte_type="7bit", header_factory=headers)


POLICY = _policy()


def message_id(mail: Mail, to: str, host: str) -> str:
    """Return the name of a mail to an address: of the same the same, and it tells of neither."""
    digest = blake2b(f"{mail.key}\n{to}".encode(), digest_size=20).hexdigest()
    return f"<{digest}@{host}>"


def build(mail: Mail, to: str, server: MailServer, at: datetime) -> bytes:
    """Return a mail as it is sent. to: an address as `mail_address` gives it. at: the moment."""
    message = EmailMessage(policy=POLICY)
    message["From"] = formataddr((server.name, server.sender))
    message["To"] = to
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Subject"] = mail.subject
    message["Date"] = at
    message["Message-ID"] = message_id(mail, to, server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence answers it
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = mail.language
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        if mail.unsubscribe.startswith("https:"):  # RFC 8058
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.calendar is not None:
        organizer = CalendarParty(address=server.sender, name=server.name)
        content = invitation(mail.calendar, organizer, CalendarParty(address=to))
        message.add_alternative(
            content, subtype="calendar", params={"method": mail.calendar.method},
            cte="quoted-printable",
        )  # fmt: skip
        message.add_attachment(
            content.encode(), maintype="application", subtype="ics", filename=INVITATION_NAME
        )
    return message.as_bytes()
