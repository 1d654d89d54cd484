"""The commands that keep the database in order."""

import argparse
from typing import Any

from bot.cli.arguments import say, settings_of
from bot.wiring import open_store


def add_database(verbs: Any) -> None:
    """Add the commands."""
    migrate = verbs.add_parser("migrate", help="bring the database to the newest form")
    migrate.add_argument("--db", metavar="URL")
    migrate.set_defaults(run=_migrate)


def _migrate(given: argparse.Namespace) -> int:
    open_store(settings_of(given)).close()
    say("the database is in its newest form")
    return 0
