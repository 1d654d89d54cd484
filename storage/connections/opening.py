"""A database opened by its address."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError
from storage.connections.base import Transactions
from storage.connections.postgres import PostgresPool
from storage.connections.sqlite import SqliteWriter

FORMS = "the database is sqlite:///FILE or postgresql://…"


def open_transactions(url: str) -> Transactions:
    """Open a database by its address.

    Errors: SettingsError for an address that is neither SQLite nor PostgreSQL; StorageError.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return SqliteWriter(parsed)
    if parsed.get_backend_name() == "postgresql":
        return PostgresPool(parsed.set(drivername="postgresql+psycopg"))
    raise SettingsError(FORMS)


def database_exists(url: str) -> bool:
    """Return whether a database is there already; a server is taken to be."""
    parsed = _parse(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # of its form, and of its port or its brackets
        raise SettingsError(FORMS) from None  # the address may hold a password
