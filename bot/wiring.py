"""The only place that names a concrete store, channel and clock together."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple

from starlette.applications import Starlette

from bot.channels.mail.runner import MailRunner
from bot.channels.telegram.counsellor_bot import CounsellorBot
from bot.channels.telegram.people_bot import PeopleBot
from bot.channels.telegram.protocol import Driver
from bot.channels.telegram.runner import BotRunner
from bot.channels.telegram.webhook import hook_path, hook_route
from bot.channels.web.app import build_app
from bot.core.library import Library
from bot.load.data_folder import find_data
from bot.load.library import LoadedContent, load
from bot.load.translations import load_words
from bot.process import Supervisor
from bot.service.background import BackgroundService, Repeated
from bot.service.booking.committing import BookingCommits
from bot.service.conversations import Dialogue, DurableConversations
from bot.service.device_links import ChannelLinks
from bot.service.jobs.booking_due import booking_due
from bot.service.jobs.booking_tidy import booking_tidy, let_go
from bot.service.jobs.expiry import expiry
from bot.service.jobs.moved_dates import moved_dates
from bot.service.jobs.plan_watch import plan_watch
from bot.service.jobs.scheduler import Scheduler
from bot.service.jobs.supply_watch import supply_told, supply_watch
from bot.service.jobs.unasked_input import unasked_input
from bot.service.mails import MAIL_CHANNEL
from bot.service.occupation_imports import LOOK_EVERY, ImportWatcher, with_imports
from bot.settings import Settings
from storage.connections.opening import database_exists
from storage.store import Store


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return datetime.now(UTC)


def tune_for_latency() -> None:
    """Set a process that serves up for short waits, once everything is loaded.

    What is loaded stays for good and need not be looked through for garbage; and a thread that has
    an answer to give waits half a millisecond, not five, for one that computes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    sys.setswitchinterval(0.0005)


@cache
def read_content() -> LoadedContent:
    """Read the content of this installation, once in a process: what is loaded never changes."""
    return load(find_data())


def make_dialogue(library: Library, on: date | None = None) -> Dialogue:
    """Return what takes turns and keeps nothing."""
    return Dialogue(library, load_words(find_data()), SystemClock(), on)


def open_store(settings: Settings) -> Store:
    """Open the database, bringing its tables to the newest form; its files are nobody else's."""
    os.umask(0o077)  # before the first file is made: SQLite gives its other files the same mode
    return Store(settings.database)


def with_imported(settings: Settings, library: Library) -> Library:
    """Add what was imported to a library, for a command that only reads; makes no database."""
    if not database_exists(settings.database):
        return library
    with closing(open_store(settings)) as store:
        return with_imports(library, store.imports)[1]


class Parts(NamedTuple):
    """What a process is made of, over one store.

    beside: all that runs, with or without a web. mail: what sends mails; None where they wait.
    """

    conversations: DurableConversations
    bots: Sequence[BotRunner]
    beside: Supervisor
    mail: MailRunner | None


def make_parts(settings: Settings, store: Store, library: Library, on: date | None = None) -> Parts:
    """Make what takes turns, and what runs beside it: jobs, imports, the bots with a token, the mail with a server."""
    conversations = DurableConversations(
        make_dialogue(library, on),
        store,
        ChannelLinks(web_address(settings)),
        examples=settings.examples,
    )
    bots = make_bots(settings, store, conversations)
    commits = BookingCommits(conversations)
    mail = (
        MailRunner(settings.mail, store, SystemClock(), settings.lease) if settings.mail else None
    )
    directory = ImportWatcher(
        conversations.dialogue.library, store.imports, conversations.dialogue.replace_library
    )
    services: tuple[BackgroundService, ...] = (
        Scheduler(
            store.jobs,
            SystemClock(),
            (
                expiry(conversations),
                unasked_input(conversations),
                moved_dates(conversations),
                plan_watch(conversations),
                booking_due(commits),
                let_go(commits),
                booking_tidy(commits),
                supply_watch(commits),
                supply_told(commits),
            ),
            settings.lease,
        ),
        Repeated("imported occupations", directory.renew, LOOK_EVERY),
        *bots,
        *((mail,) if mail else ()),
    )
    return Parts(conversations, bots, Supervisor(services), mail)


def make_commits(settings: Settings, store: Store) -> BookingCommits:
    """Make what commands look at and change meetings with. Errors: ContentError."""
    dialogue = make_dialogue(read_content().library)
    links = ChannelLinks(web_address(settings))
    conversations = DurableConversations(dialogue, store, links, examples=settings.examples)
    return BookingCommits(conversations)


def make_web(
    settings: Settings,
    conversations: DurableConversations,
    bots: Sequence[BotRunner] = (),
    mail: MailRunner | None = None,
) -> Starlette:
    """Make the web chat, with the addresses at which Telegram brings updates to bots."""

    def ill_channels() -> Iterator[tuple[str, str]]:
        yield from ((bot.bot.channel, bot.ill) for bot in bots)
        if mail:
            yield MAIL_CHANNEL, mail.ill

    routes = [hook_route(bot) for bot in bots if bot.hook]
    return build_app(
        conversations,
        secure=settings.secure,
        routes=routes,
        ill_channels=lambda: {name: ill for name, ill in ill_channels() if ill},
    )


def web_address(settings: Settings) -> str:
    """Return the address people find the web chat at."""
    return settings.public or f"http://{settings.host}:{settings.port}"


def make_driver(kind: str, token: str, base: str) -> Driver:
    """Make a driver by its name. Errors: BadToken.

    Its library is loaded only here: aiogram's models take longer to load than all the rest.
    """
    if kind == "aiogram":
        from bot.channels.telegram.aiogram_driver import AiogramDriver  # noqa: PLC0415

        return AiogramDriver(token, base)
    from bot.channels.telegram.ptb_driver import PtbDriver  # noqa: PLC0415

    return PtbDriver(token, base)


def make_bots(
    settings: Settings, store: Store, conversations: DurableConversations
) -> list[BotRunner]:
    """Make the bots that have a token. Errors: BadToken says which token has the wrong form."""
    words = conversations.dialogue.catalogues
    found = []
    if settings.people_token:
        driver = make_driver(settings.people_driver, settings.people_token, settings.telegram)
        people = PeopleBot(driver, conversations, store)
        running = BotRunner(
            driver, people, store, SystemClock(), catalogues=words, lease=settings.lease
        )
        running.named = conversations.links.open_telegram
        found.append(running)
    if settings.desk_token:
        driver = make_driver(settings.desk_driver, settings.desk_token, settings.telegram)
        desk = CounsellorBot(driver, store, conversations.dialogue, conversations.links)
        found.append(BotRunner(driver, desk, store, SystemClock(), lease=settings.lease))
    for bot in found:
        if settings.secret:
            bot.hook = f"{settings.public}{hook_path(bot.bot.channel)}"
            bot.secret = settings.secret
    return found
