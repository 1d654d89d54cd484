"""The commands that run until they are told to end: the service with its web chat, or without."""

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

from bot.cli.arguments import add_database_address, port, say, settings_of
from bot.cli.commands import add_command
from bot.cli.mail import say_waiting_mail
from bot.logs import set_up_logging
from bot.process import WebServer, listen, serve, work
from bot.settings import Settings
from bot.wiring import make_parts, make_web, open_store, read_content, tune_for_latency


def add_serving(verbs: Any) -> None:
    """Add the commands."""
    serving = add_command(verbs, "serve", "celvedis serve --port 8100 --db var/school.db")
    serving.add_argument("--host", help="where it listens (default: CELVEDIS_HOST, else 127.0.0.1)")
    serving.add_argument(
        "--port", type=port, help="0 for any that is free (default: CELVEDIS_PORT, else 8080)"
    )
    working = add_command(
        verbs, "work", "celvedis work --db postgresql://celvedis@localhost/celvedis"
    )
    for parser, run in ((serving, _serve), (working, _work)):
        add_database_address(parser)
        parser.set_defaults(run=lambda given, run=run: _run(run, settings_of(given)))


def _run(run: Callable[[Settings], None], settings: Settings) -> int:
    set_up_logging()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the process listens to it itself
    run(settings)
    return 0


def _serve(settings: Settings) -> None:
    library = read_content().library  # first: broken content must not bring a database on
    with closing(open_store(settings)) as store:
        parts = make_parts(settings, store, library)
        app = make_web(settings, parts.conversations, parts.bots, parts.mail)
        listening = listen(settings.host, settings.port)
        tune_for_latency()
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        say(f"Ceļvedis: http://{host}:{listening.getsockname()[1]}/")
        say_waiting_mail(settings, store)
        asyncio.run(serve(WebServer(app, listening), parts.beside))


def _work(settings: Settings) -> None:
    library = read_content().library  # first: broken content must not bring a database on
    with closing(open_store(settings)) as store:
        parts = make_parts(settings, store, library)
        tune_for_latency()
        channels = ", ".join(bot.bot.channel for bot in parts.bots) or "no bot has a token"
        say(f"Ceļvedis: at work without a web ({channels}{', mail' if parts.mail else ''})")
        say_waiting_mail(settings, store)
        asyncio.run(work(parts.beside))
