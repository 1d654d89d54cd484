"""A mail as it goes over the wire: headers, MIME, the calendar file in it."""

from collections.abc import Iterator
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from hashlib import blake2b

from bot.settings import MailServer
from bot.words.booking_calendar import CalendarParty, invitation
from bot.words.mail import Mail
from bot.words.plain_text import in_one_line

POLICY = SMTP.clone(cte_type="7bit")  # what a server between passes on as it is
LONGEST_PLAIN = 60  # letters of a subject that need no second line
INVITATION_NAME = "invite.ics"  # in some calendars it decides whether the file can cancel


def message_id(mail: Mail, to: str, host: str) -> str:
    """Return the name of a mail to an address: of the same the same, and it tells of neither."""
    digest = blake2b(f"{mail.key}\n{to}".encode(), digest_size=20).hexdigest()
    return f"<{digest}@{host}>"


def build(mail: Mail, to: str, server: MailServer, at: datetime) -> bytes:
    """Return a mail as it is sent. to: an address as `mail_address` gives it. at: the moment."""
    body = EmailMessage(policy=POLICY)
    body.set_content(mail.text)
    body.add_alternative(mail.html, subtype="html")
    if mail.calendar is not None:
        organizer = CalendarParty(address=server.sender, name=server.name)
        content = invitation(mail.calendar, organizer, CalendarParty(address=to))
        method = {"method": mail.calendar.method}
        body.add_alternative(content, subtype="calendar", params=method)
        body.add_attachment(
            content.encode(), maintype="application", subtype="ics", filename=INVITATION_NAME
        )
    head = "".join(f"{name}: {line}\r\n" for name, line in _headers(mail, to, server, at))
    return head.encode("ascii") + body.as_bytes()


def _headers(mail: Mail, to: str, server: MailServer, at: datetime) -> Iterator[tuple[str, str]]:
    """Return the headers about the mail, as they are written.

    The library's own would encode a long address of a page, and lose spaces of a long subject. No value can begin another
    header, since addresses and links have a narrow form, a subject is one line by its type, and the rest is ours.
    """
    yield "From", formataddr((in_one_line(server.name), server.sender))
    yield "To", to
    if mail.reply_to:
        yield "Reply-To", mail.reply_to
    yield "Subject", _encoded(mail.subject)
    yield "Date", format_datetime(at)
    yield "Message-ID", message_id(mail, to, server.sender.rpartition("@")[2])
    yield "Content-Language", mail.language
    yield "Auto-Submitted", "auto-generated"  # so that nobody's absence answers it
    yield "X-Auto-Response-Suppress", "All"
    if mail.unsubscribe:
        yield "List-Unsubscribe", f"<{mail.unsubscribe}>"
        if mail.unsubscribe.startswith("https:"):
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _encoded(subject: str) -> str:
    if subject.isascii() and len(subject) <= LONGEST_PLAIN and "=?" not in subject:
        return subject
    return Header(subject, "utf-8", header_name="Subject").encode(linesep="\r\n")
