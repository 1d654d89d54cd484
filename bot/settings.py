"""Settings from the environment, in one frozen value."""

import os
import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

from bot.core.base.frozen import Frozen
from bot.errors import SettingsError

HIGHEST_PORT = 65_535
LONGEST_LEASE = 86_400  # seconds; what a killed process had in hand is not taken over for so long
SECRETS = ("CELVEDIS_PEOPLE_TOKEN", "CELVEDIS_DESK_TOKEN", "CELVEDIS_TELEGRAM_SECRET")


class Settings(Frozen):
    """What an operator may set.

    database: an address; host and port: where the web chat listens; secure: cookies over HTTPS only.
    lease: seconds until another process takes over what a killed one had in hand.
    public: where people find the web chat; secret: Telegram brings updates there instead of being asked.
    """

    database: str = "sqlite:///var/celvedis.db"
    host: str = "127.0.0.1"
    port: int = 8080
    secure: bool = False
    lease: float = 60.0
    telegram: str = "https://api.telegram.org"
    public: str = ""
    secret: str = ""
    people_token: str = ""
    people_driver: Literal["aiogram", "ptb"] = "aiogram"
    desk_token: str = ""
    desk_driver: Literal["aiogram", "ptb"] = "ptb"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, CELVEDIS_DB and the others of the README.

    Errors: SettingsError names the setting that cannot be read.
    """
    given: dict[str, object] = {}
    if database := environment.get("CELVEDIS_DB"):
        given["database"] = database
    if host := environment.get("CELVEDIS_HOST"):
        given["host"] = host
    if port := environment.get("CELVEDIS_PORT"):
        if not is_whole(port, 0, HIGHEST_PORT):
            message = f"CELVEDIS_PORT is a number from 0 to {HIGHEST_PORT}, not {port!r}"
            raise SettingsError(message)
        given["port"] = int(port)
    secure = environment.get("CELVEDIS_SECURE", "")
    if secure not in {"", "0", "1"}:
        message = f"CELVEDIS_SECURE is 1 or 0, not {secure!r}"
        raise SettingsError(message)
    given["secure"] = secure == "1"
    if lease := environment.get("CELVEDIS_LEASE"):
        if not is_whole(lease, 1, LONGEST_LEASE):
            message = (
                f"CELVEDIS_LEASE is a number of seconds from 1 to {LONGEST_LEASE}, not {lease!r}"
            )
            raise SettingsError(message)
        given["lease"] = float(lease)
    given |= _telegram(environment)
    return Settings.model_validate(given)


def is_whole(text: str, least: int, most: int) -> bool:
    """Return whether a text is a whole number between two bounds, both included."""
    # Python itself refuses to read a number of thousands of figures
    return text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port  # read here, as it may be no number
    except ValueError:
        return False
    named = parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
    return named and text.isprintable() and " " not in text and not (parts.query or parts.fragment)


def _telegram(environment: Mapping[str, str]) -> dict[str, object]:
    """Read what the two Telegram bots need; without a token a bot stays off."""
    names = {
        "CELVEDIS_TELEGRAM_API": "telegram",
        "CELVEDIS_PUBLIC_URL": "public",
        "CELVEDIS_TELEGRAM_SECRET": "secret",
        "CELVEDIS_PEOPLE_TOKEN": "people_token",
        "CELVEDIS_PEOPLE_DRIVER": "people_driver",
        "CELVEDIS_DESK_TOKEN": "desk_token",
        "CELVEDIS_DESK_DRIVER": "desk_driver",
    }
    given: dict[str, object] = {
        field: environment[name].strip().rstrip("/")
        for name, field in names.items()
        if environment.get(name, "").strip()
    }
    for name in ("CELVEDIS_TELEGRAM_API", "CELVEDIS_PUBLIC_URL"):
        if names[name] in given and not _is_web_address(str(given[names[name]])):
            message = f"{name} is http:// or https:// and a host, not {given[names[name]]!r}"
            raise SettingsError(message)
    for name in ("people_driver", "desk_driver"):
        if given.get(name, "aiogram") not in ("aiogram", "ptb"):
            message = f"CELVEDIS_{name.upper()} is aiogram or ptb, not {given[name]!r}"
            raise SettingsError(message)
    if given.get("people_token") and given.get("people_token") == given.get("desk_token"):
        message = "the two bots need a token each: two pollers on one token end each other"
        raise SettingsError(message)
    secret = str(given.get("secret", ""))
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
        message = "CELVEDIS_TELEGRAM_SECRET is 16 to 256 of A-Z a-z 0-9 _ -"
        raise SettingsError(message)
    if secret and "public" not in given:
        message = (
            "CELVEDIS_TELEGRAM_SECRET needs CELVEDIS_PUBLIC_URL, where Telegram brings updates"
        )
        raise SettingsError(message)
    return given
