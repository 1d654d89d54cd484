"""The command that tells how the mail stands: what waits, what was not sent, where nobody is."""

import argparse
import json
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from bot.cli.arguments import add_database_address, add_json, say, settings_of
from bot.cli.commands import add_command
from bot.core.education.dates import RIGA
from bot.ports.mail import GoneAddress
from bot.ports.protocols import Store
from bot.service.mails import MAIL_CHANNEL
from bot.settings import Settings
from bot.wiring import open_store


def add_mail(verbs: Any) -> None:
    """Add the command."""
    mail = add_command(verbs, "mail", "celvedis mail")
    add_json(mail)
    add_database_address(mail)
    mail.set_defaults(run=lambda given: _mail(given, settings_of(given)))


def say_waiting_mail(settings: Settings, store: Store) -> None:
    """Say that mail waits, where nothing sends it."""
    count = store.outbox.waiting(MAIL_CHANNEL).count
    if count and settings.mail is None:
        say(f"mails that wait: {count} (CELVEDIS_SMTP is not set)")


def _mail(given: argparse.Namespace, settings: Settings) -> int:
    with closing(open_store(settings)) as store:
        waiting = store.outbox.waiting(MAIL_CHANNEL)
        aside = Counter(
            one.reason for one in store.outbox.list_set_aside() if one.channel == MAIL_CHANNEL
        )
        gone = store.gone_addresses.list_all()
    server = settings.mail
    through = f"{server.host}:{server.port}" if server else None
    since = _day_and_hour(waiting.since) if waiting.count else None
    if given.json:
        told = {
            "server": through, "waiting": waiting.count, "since": since, "not_sent": dict(aside),
            "gone": [_masked(one) for one in gone],
        }  # fmt: skip
        say(json.dumps(told, ensure_ascii=False))
        return 0
    say(f"through {through}, from {server.sender}" if server else "CELVEDIS_SMTP is not set")
    say(f"waiting: {waiting.count}" + (f", the first since {since}" if since else ""))
    say(f"not sent: {aside.total()}", *(f"  {count}× {why}" for why, count in aside.most_common()))
    say(f"addresses that are gone: {len(gone)}")
    say(
        *(f"  {one['address']} since {one['since']}: {one['reason']}" for one in map(_masked, gone))
    )
    return 0


def _masked(gone: GoneAddress) -> dict[str, str]:
    """Return what an operator needs of an address: enough to know a slip, not enough to write there."""
    name, _, domain = gone.address.rpartition("@")
    address = f"{name[:1]}…@{domain}"
    return {"address": address, "reason": gone.reason, "since": _day_and_hour(gone.at)}


def _day_and_hour(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC).astimezone(RIGA):%Y-%m-%d %H:%M}"
