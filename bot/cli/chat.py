"""The command that talks in the terminal."""

import argparse
import sys
from typing import Any

from bot.channels.console import chat_json, chat_plain
from bot.cli.arguments import add_day, add_json, add_language, say, settings_of
from bot.cli.commands import add_command
from bot.errors import InputError
from bot.wiring import make_dialogue, read_content, with_imported


def add_chat(verbs: Any) -> None:
    """Add the command."""
    chat = add_command(
        verbs,
        "chat",
        "celvedis chat --flow start --lang uk",
        "Talks in the terminal as on the web. Nothing is kept once it ends.",
    )
    chat.add_argument("--flow", help="the flow to begin with, one of flows/ (default: start)")
    add_language(chat)
    add_day(chat)
    add_json(chat)
    chat.set_defaults(run=_chat)


def _chat(given: argparse.Namespace) -> int:
    dialogue = make_dialogue(with_imported(settings_of(given), read_content().library), given.on)
    if given.flow is not None and given.flow not in dialogue.library.flows:
        message = f"no flow {given.flow!r}; flows: {', '.join(dialogue.library.flows)}"
        raise InputError(message)
    chat = chat_json if given.json else chat_plain
    for line in chat(dialogue, sys.stdin, given.flow, given.lang):
        say(line)
    return 0
