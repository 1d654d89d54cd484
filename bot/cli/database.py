"""The commands that keep the database in order."""

import argparse
from typing import Any

from bot.cli.arguments import add_database_address, say, settings_of
from bot.cli.commands import add_command
from bot.wiring import open_store


def add_database(verbs: Any) -> None:
    """Add the commands."""
    migrate = add_command(verbs, "migrate", "celvedis migrate --db var/celvedis.db")
    add_database_address(migrate)
    migrate.set_defaults(run=_migrate)


def _migrate(given: argparse.Namespace) -> int:
    open_store(settings_of(given)).close()
    say("the database is in its newest form")
    return 0
