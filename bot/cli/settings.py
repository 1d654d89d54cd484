"""The command that tells the settings."""

import argparse
import json
import os
from typing import Any

from bot.cli.arguments import add_json, say
from bot.cli.commands import add_command
from bot.settings import read_settings
from bot.settings_table import settings_markdown, settings_now


def add_settings(verbs: Any) -> None:
    """Add the command."""
    settings = add_command(
        verbs,
        "settings",
        "CELVEDIS_PORT=8100 celvedis settings",
        "Tells each setting with its value, where that comes from and what it is for. Secrets are hidden. What cannot be read is told.",
    )
    settings.add_argument(
        "--markdown", action="store_true", help="the table of the README, without values"
    )
    add_json(settings)
    settings.set_defaults(run=_settings)


def _settings(given: argparse.Namespace) -> int:
    if given.markdown:
        say(settings_markdown())
        return 0
    rows = settings_now(os.environ)
    if given.json:
        say(json.dumps([row._asdict() for row in rows], ensure_ascii=False))
    else:
        for row in rows:
            say(f"{row.name}={row.value}  ({row.source})", f"    {row.meaning}")
    read_settings()  # what contradicts itself is an error, told after all that is there
    return 0
