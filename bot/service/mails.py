"""A mail into the outbox."""

from bot.core.base.mail_address import mail_address
from bot.ports.effects import SendMessage
from bot.words.mail import Mail, MailKind

MAIL_CHANNEL = "mail"
RANKS: dict[MailKind, int] = {
    "day_before": 1,
    "nobody": 1,
    "supply": 2,
}  # what nobody waits for goes after


def mail_to_send(mail: Mail, to: str) -> SendMessage:
    """Return what a turn leaves so that a mail is sent: it waits under the address until a server has taken it.

    Errors: ValueError where `to` is no address of mail.
    """
    return SendMessage(
        mail.kind, mail.model_dump_json(), MAIL_CHANNEL, mail_address(to), RANKS.get(mail.kind, 0)
    )
