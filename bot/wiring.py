"""The only place that names a concrete store, channel and clock together."""

from datetime import UTC, date, datetime

from starlette.applications import Starlette

from bot.channels.web.app import build_app
from bot.load.library import Loaded, load
from bot.load.messages import load_words
from bot.load.places import find_data
from bot.service.talks import KeptTalks, Talks
from bot.settings import Settings
from storage.store import Store


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the moment in UTC."""
        return datetime.now(UTC)


def read_content() -> Loaded:
    """Read the content of this installation."""
    return load(find_data())


def make_talks(loaded: Loaded, on: date | None = None) -> Talks:
    """Make talks that keep nothing."""
    return Talks(loaded.library, load_words(find_data()), SystemClock(), on)


def open_store(settings: Settings) -> Store:
    """Open the database, bringing its tables to the newest form."""
    return Store(settings.database)


def make_web(settings: Settings, store: Store, on: date | None = None) -> Starlette:
    """Make the web chat over a store."""
    talks = keep_talks(store, on)
    return build_app(talks, secure=settings.secure)


def keep_talks(store: Store, on: date | None = None) -> KeptTalks:
    """Make talks whose turns are durable."""
    return KeptTalks(make_talks(read_content(), on), store)
