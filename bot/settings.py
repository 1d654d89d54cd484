"""Settings from the environment, in one frozen value."""

import os
import re
from collections.abc import Iterator, Mapping
from email.utils import formataddr
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from pydantic import SecretStr

from bot.core.base.frozen import Frozen
from bot.core.base.mail_address import MailAddress, mail_address
from bot.errors import SettingsError

HIGHEST_PORT = 65_535
DATABASE_ENDINGS = (".db", ".sqlite", ".sqlite3")
LONGEST_LEASE = 86_400  # seconds; what a killed process had in hand is not taken over for so long
SECRETS = (
    "CELVEDIS_PEOPLE_TOKEN",
    "CELVEDIS_DESK_TOKEN",
    "CELVEDIS_TELEGRAM_SECRET",
    "CELVEDIS_SMTP",
)
SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
THIS_MACHINE = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
LONGEST_ENCODED_NAME = 75  # characters that a name without ASCII may take in a header, in one piece
SENDER_FORM = re.compile(r"(?P<name>[^<>]*)<(?P<named>[^<>]+)>|(?P<alone>[^<>]+)")


class MailServer(Frozen):
    """The server that takes our mails, and whom they are from.

    tls: from the first byte, begun by STARTTLS, or none. user: "" where it asks for nobody. sender: the address in "From",
    to which also goes what cannot be delivered later. name: that is shown beside it.
    """

    host: str
    port: int
    tls: Literal["tls", "starttls", "none"] = "starttls"
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: MailAddress
    name: str = "Ceļvedis"


class Settings(Frozen):
    """What an operator may set.

    database: an address; host and port: where the web chat listens; secure: cookies over HTTPS only.
    lease: seconds until another process takes over what a killed one had in hand.
    public: where people find the web chat; secret: Telegram brings updates there instead of being asked.
    mail: the server that takes mails; None: they wait. examples: made-up counsellors are offered until there is a real one.
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
    mail: MailServer | None = None
    examples: bool = True


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, CELVEDIS_DB and the others of the README.

    Errors: SettingsError names the setting that cannot be read.
    """
    given: dict[str, object] = {}
    if database := environment.get("CELVEDIS_DB"):
        given["database"] = database_address(database)
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
    examples = environment.get("CELVEDIS_EXAMPLES", "")
    if examples not in {"", "0", "1"}:
        message = f"CELVEDIS_EXAMPLES is 1 or 0, not {examples!r}"
        raise SettingsError(message)
    given["examples"] = examples != "0"
    if lease := environment.get("CELVEDIS_LEASE"):
        if not is_whole(lease, 1, LONGEST_LEASE):
            message = (
                f"CELVEDIS_LEASE is a number of seconds from 1 to {LONGEST_LEASE}, not {lease!r}"
            )
            raise SettingsError(message)
        given["lease"] = float(lease)
    given |= _telegram(environment)
    given["mail"] = _mail_server(environment)
    return Settings.model_validate(given)


def database_address(text: str) -> str:
    """Return the address of a database; what looks like a path is the file of one of SQLite.

    A word alone does not: it may be a token that was put into the wrong setting, and would name a file.
    """
    is_path = "://" not in text and ("/" in text or text.endswith(DATABASE_ENDINGS))
    return f"sqlite:///{text}" if is_path else text


def is_whole(text: str, least: int, most: int) -> bool:
    """Return whether a text is a whole number between two bounds, both included."""
    # Python itself refuses to read a number of thousands of figures
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) <= len(str(most))
        and least <= int(text) <= most
    )


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port  # read here, as it may be no number
    except ValueError:
        return False
    named = parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
    plain = text.isascii() and text.isprintable() and " " not in text
    return named and plain and not (parts.query or parts.fragment)


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


def secrets_in(environment: Mapping[str, str]) -> Iterator[str]:
    """Return what of the environment must stand in no log: tokens, and the mail server's password by itself."""
    for name in SECRETS:
        yield environment.get(name, "").strip()
    parts = _split(environment.get("CELVEDIS_SMTP", "").strip())
    if parts is not None and parts.password:
        yield from (parts.password, unquote(parts.password))


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # read here, as it may be no number
    except ValueError:
        return None
    return parts


def _mail_server(environment: Mapping[str, str]) -> MailServer | None:
    """Read where mails are sent to, and from whom; nothing of the address is told, since a password is in it."""
    address = environment.get("CELVEDIS_SMTP", "").strip()
    if not address:
        return None
    parts = _split(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True)) if parts else {}
    if (
        parts is None or parts.scheme not in {"smtp", "smtps"} or not parts.hostname
        or parts.port == 0 or parts.path not in {"", "/"} or parts.fragment
        or not re.fullmatch(r"[!-~]+", parts.hostname) or {*asked} - {"tls"}
    ):  # fmt: skip
        message = (
            "CELVEDIS_SMTP is smtp://USER:PASSWORD@HOST:PORT or smtps://…, USER:PASSWORD@ and :PORT may be left out;"
            " in USER and PASSWORD / ? # @ : % are written as %2F %3F %23 %40 %3A %25"
        )
        raise SettingsError(message)
    ways = ("tls",) if parts.scheme == "smtps" else ("starttls", "none")
    tls = asked.get("tls", ways[0])
    if tls not in ways:
        message = f"CELVEDIS_SMTP, as {parts.scheme}://, may end in ?tls={' or ?tls='.join(ways)}"
        raise SettingsError(message)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        message = "CELVEDIS_SMTP names both a user and a password, or neither"
        raise SettingsError(message)
    if tls == "none" and password and not THIS_MACHINE.fullmatch(parts.hostname):
        message = "CELVEDIS_SMTP would send its password unencrypted: leave ?tls=none out"
        raise SettingsError(message)
    sender, name = _sender(environment.get("CELVEDIS_MAIL_FROM", "").strip())
    return MailServer.model_validate({
        "host": parts.hostname, "port": parts.port or SMTP_PORTS[tls], "tls": tls, "user": user,
        "password": SecretStr(password), "sender": sender, "name": name,
    })  # fmt: skip


def _sender(given: str) -> tuple[str, str]:
    """Return the address that mails come from, and the name beside it."""
    found = SENDER_FORM.fullmatch(given)
    if found is None:
        message = "CELVEDIS_SMTP needs CELVEDIS_MAIL_FROM, whom mails are from: NAME <ADDRESS>, or ADDRESS"
        raise SettingsError(message)
    name = (found["name"] or "").strip().strip('"') or "Ceļvedis"
    try:
        address = mail_address(found["named"] or found["alone"])
    except ValueError as error:
        message = f"CELVEDIS_MAIL_FROM is not an address of mail: {error}"
        raise SettingsError(message) from None
    if not name.isprintable() or len(formataddr((name, ""), "utf-8")) > LONGEST_ENCODED_NAME:
        message = "CELVEDIS_MAIL_FROM has a name of one line, of forty letters or so at most"
        raise SettingsError(message)
    return address, name
