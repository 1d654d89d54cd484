"""Settings from the environment, in one frozen value."""

import os
from collections.abc import Mapping

from bot.core.data import Data
from bot.errors import SettingsError


class Settings(Data):
    """What an operator may set.

    database: an address; host and port: where the web chat listens; secure: cookies over HTTPS only.
    """

    database: str = "sqlite:///var/celvedis.db"
    host: str = "127.0.0.1"
    port: int = 8080
    secure: bool = False


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read CELVEDIS_DB, CELVEDIS_HOST, CELVEDIS_PORT and CELVEDIS_SECURE.

    Errors: SettingsError names the setting that cannot be read.
    """
    given: dict[str, object] = {}
    if database := environment.get("CELVEDIS_DB"):
        given["database"] = database
    if host := environment.get("CELVEDIS_HOST"):
        given["host"] = host
    if port := environment.get("CELVEDIS_PORT"):
        if not port.isdecimal() or not 0 <= int(port) <= 65535:  # noqa: PLR2004 - the highest port
            message = f"CELVEDIS_PORT is a number from 0 to 65535, not {port!r}"
            raise SettingsError(message)
        given["port"] = int(port)
    given["secure"] = environment.get("CELVEDIS_SECURE", "") == "1"
    return Settings.model_validate(given)
