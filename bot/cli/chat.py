"""The command that talks in the terminal."""

import argparse
import sys
from typing import Any

from bot.channels.console import chat_json, chat_plain
from bot.cli.arguments import day, say, settings_of
from bot.core.base.texts import LANGUAGES
from bot.errors import InputError
from bot.wiring import make_dialogue, read_content, with_imported


def add_chat(verbs: Any) -> None:
    """Add the command."""
    chat = verbs.add_parser(
        "chat",
        help="talk in the terminal",
        description="Talks in the terminal as on the web. Nothing is kept once it ends.",
    )
    chat.add_argument("--flow")
    chat.add_argument("--lang", choices=LANGUAGES, default="lv")
    chat.add_argument("--on", type=day, metavar="DATE")
    chat.add_argument("--json", action="store_true")
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
