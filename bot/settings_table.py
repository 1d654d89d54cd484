"""Every setting in one table: what it is for, what holds without it, and how it stands now."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.settings import SECRETS

HIDDEN = "(hidden)"


class SettingRow(NamedTuple):
    """A setting of the environment. default: what holds without it, as it would be written; "" where that is nothing."""

    name: str
    meaning: str
    default: str = ""


class SettingNow(NamedTuple):
    """How a setting stands. value: a secret is hidden. source: where the value comes from."""

    name: str
    value: str
    source: str
    meaning: str


SETTINGS = (
    SettingRow(
        "CELVEDIS_DB",
        "the database: a path, `sqlite:///FILE` or `postgresql://USER@HOST/NAME`",
        "sqlite:///var/celvedis.db",
    ),
    SettingRow("CELVEDIS_HOST", "where the web chat listens", "127.0.0.1"),
    SettingRow("CELVEDIS_PORT", "its port; 0 for any that is free", "8080"),
    SettingRow("CELVEDIS_SECURE", "1: cookies over HTTPS only, as behind a proxy", "0"),
    SettingRow(
        "CELVEDIS_PUBLIC_URL",
        "where people find the web chat, for links and papers; `http://host:port` without it",
    ),
    SettingRow(
        "CELVEDIS_LEASE",
        "seconds until another process takes over what a killed one had in hand",
        "60",
    ),
    SettingRow("CELVEDIS_PEOPLE_TOKEN", "turns the people's Telegram bot on"),
    SettingRow("CELVEDIS_PEOPLE_DRIVER", "`aiogram` or `ptb`: which library it runs on", "aiogram"),
    SettingRow("CELVEDIS_DESK_TOKEN", "turns the counsellors' Telegram bot on"),
    SettingRow("CELVEDIS_DESK_DRIVER", "`aiogram` or `ptb`: which library it runs on", "ptb"),
    SettingRow(
        "CELVEDIS_TELEGRAM_SECRET",
        "16 to 256 of `A-Z a-z 0-9 _ -`: Telegram then brings updates to the public address instead of being asked for them",
    ),
    SettingRow(
        "CELVEDIS_TELEGRAM_API",
        "the address of a Bot API server of your own",
        "https://api.telegram.org",
    ),
    SettingRow(
        "CELVEDIS_EXAMPLES",
        "`0`: the made-up counsellors are not offered; else they are, until there is a real one",
        "1",
    ),
    SettingRow(
        "CELVEDIS_SMTP",
        "the server that takes mails, `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…`; without it mail waits",
    ),
    SettingRow("CELVEDIS_MAIL_FROM", "whom mails are from: `NAME <ADDRESS>`"),
)


def settings_now(environment: Mapping[str, str]) -> tuple[SettingNow, ...]:
    """Return how every setting stands."""
    return tuple(_now(row, environment.get(row.name, "").strip()) for row in SETTINGS)


def _now(row: SettingRow, given: str) -> SettingNow:
    value = HIDDEN if given and row.name in SECRETS else given or row.default
    source = "the environment" if given else ("by itself" if row.default else "not set")
    return SettingNow(row.name, value, source, row.meaning)


def settings_markdown() -> str:
    """Return the table of the README."""
    lines = ["| setting | what it is for | by itself |", "|---|---|---|"]
    for row in SETTINGS:
        default = f"`{row.default}`" if row.default else ""
        lines.append(f"| `{row.name}` | {row.meaning} | {default} |")
    return "\n".join(lines)
