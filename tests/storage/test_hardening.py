"""What the database does not give away, whom it does not stop, and how it is opened by many."""

import contextlib
import random
import sqlite3
import subprocess
import sys
import threading
import time
import traceback

import psycopg
import pytest
from sqlalchemy import event

from bot.errors import StorageBusy, StorageError
from bot.ports.effects import GiveCode
from bot.ports.records import TurnResult
from storage.connections import postgres
from storage.connections.sqlite import write_ahead
from storage.store import Store
from tests.conftest import new_database
from tests.storage.turns import add, together, update

SECRET = "the-key-of-somebody"


@pytest.fixture
def url_of_postgres(postgres):
    return new_database(postgres)


@pytest.fixture
def on_postgres(url_of_postgres):
    store = Store(url_of_postgres)
    yield store
    store.close()


BROKEN = {
    "sqlite": """
CREATE TRIGGER broken BEFORE DELETE ON conversation BEGIN SELECT RAISE(ABORT, 'broken'); END""",
    "postgresql": """
CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''broken'' USING DETAIL = OLD.id; END';
CREATE TRIGGER broken BEFORE DELETE ON conversation FOR EACH ROW EXECUTE FUNCTION broken()""",
}


def break_deletion(store):
    """Make it fail to delete a conversation; PostgreSQL quotes which one."""
    store._transactions.run(lambda c: c.exec_driver_sql(BROKEN[store.dialect]) and None)


def give_twice(store):
    store.codes.give(SECRET, "carry", SECRET, 5000)
    store.codes.give(SECRET, "carry", SECRET, 5000)


def give_twice_in_a_turn(store):
    kept = TurnResult("1", effects=(GiveCode(SECRET, "carry", 5000),))
    for n in range(2):
        store.turns.run(update(SECRET, n), lambda _: kept)


def forget_what_cannot_be(store):
    store.turns.run(update(SECRET, 1), add)
    break_deletion(store)
    store.people.forget(SECRET, 9000)


@pytest.mark.parametrize("fail", [give_twice, give_twice_in_a_turn, forget_what_cannot_be])
def test_a_failing_statement_names_nobody(store, fail):
    with pytest.raises(StorageError) as raised:
        fail(store)
    logged = "".join(traceback.format_exception(raised.value))
    assert SECRET not in logged
    assert "broken" in logged or "unique" in logged.lower()  # but it says what was wrong


def test_many_calls_open_no_more_connections_than_the_pool_has(url_of_postgres):
    store = Store(url_of_postgres)
    opened = []
    event.listen(store._transactions.engine, "connect", lambda *_: opened.append(1))

    def come_and_go(name):
        chance = random.Random(name)
        for n in range(20):
            store.turns.run(update(name, n), add)
            time.sleep(chance.uniform(0, 0.05))

    works = [lambda n=n: come_and_go(f"{n}") for n in range(40)]
    assert together(*works) == []
    assert len(opened) <= postgres.POOL_SIZE
    store.close()


def test_every_connection_has_limits(on_postgres):
    for name, value in {
        "lock_timeout": "3s",
        "statement_timeout": "15s",
        "idle_in_transaction_session_timeout": "30s",
    }.items():
        row = on_postgres._transactions.run(
            lambda c, n=name: c.exec_driver_sql(f"SHOW {n}").first()
        )
        assert row[0] == value


def test_what_the_address_asks_of_the_server_comes_last(url_of_postgres):
    mark = "&" if "?" in url_of_postgres else "?"
    store = Store(f"{url_of_postgres}{mark}options=-c%20lock_timeout%3D7s")
    shown = store._transactions.run(lambda c: c.exec_driver_sql("SHOW lock_timeout").scalar())
    assert shown == "7s"
    store.close()


@contextlib.contextmanager
def held(url, key):
    """Hold a conversation's row, as a stopped process or an operator does."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT 1 FROM conversation WHERE id = %s FOR UPDATE", (key,))
        yield


def press_forms(url, store, count):
    """Send forms to a held conversation; while they wait, somebody else sends one.

    Gives how many of the forms had ended when the other was served, and how each ended.
    """
    store.turns.run(update("held", "first"), add)
    store.turns.run(update("other", "first"), add)
    ends = []

    def press(n):
        try:
            store.turns.run(update("held", n), add)
        except Exception as error:
            ends.append(error)
        else:
            ends.append(None)

    forms = [threading.Thread(target=press, args=(n,)) for n in range(count)]
    with held(url, "held"):
        for form in forms:
            form.start()
        time.sleep(0.5)  # until they have whatever they can get hold of
        with contextlib.suppress(StorageBusy):
            store.turns.run(update("other", "second"), add)
        ended = len(ends)
        for form in forms:
            form.join()
    return ended, ends


def test_forms_to_a_held_conversation_are_busy_and_stop_nobody_else(url_of_postgres, on_postgres):
    ended, ends = press_forms(url_of_postgres, on_postgres, 40)
    assert ended == 0  # the other was served while all of them waited
    assert on_postgres.conversations.load("other").version == 2
    assert {type(end) for end in ends} == {StorageBusy}
    on_postgres.turns.run(update("held", "after"), add)
    assert on_postgres.conversations.load("held").version == 2


def test_without_waiting_outside_of_the_pool_they_stop_everybody(
    url_of_postgres, on_postgres, monkeypatch
):
    """The negative control."""
    monkeypatch.setattr(postgres.KeyedLocks, "hold", lambda *_: contextlib.nullcontext())
    ended, _ = press_forms(url_of_postgres, on_postgres, 20)
    assert ended > 0


def test_forms_to_one_conversation_at_once_are_all_taken(on_postgres):
    works = [lambda n=n: on_postgres.turns.run(update("a", n), add) for n in range(60)]
    assert together(*works) == []
    assert on_postgres.conversations.load("a").version == 60


OPEN = """
import sys
from storage.store import Store
print("ready", flush=True)
sys.stdin.readline()
Store(sys.argv[1]).close()
"""


def test_four_processes_at_once_on_an_empty_database_all_start(url):
    command = [sys.executable, "-c", OPEN, url]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    starting = [subprocess.Popen(command, text=True, **pipes) for _ in range(4)]
    assert [process.stdout.readline() for process in starting] == ["ready\n"] * 4
    for process in starting:
        process.stdin.write("\n")
        process.stdin.flush()
    ends = [(process.communicate()[1], process.returncode) for process in starting]
    assert ends == [("", 0)] * 4


def begin_to_write(path):
    """A new file, as another process has it that is the first to open it."""
    first = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    first.execute("CREATE TABLE first (key)")
    first.execute("BEGIN IMMEDIATE")
    return first


def test_a_file_that_another_process_begins_is_opened_after_it(tmp_path):
    first = begin_to_write(tmp_path / "new.db")
    threading.Timer(0.3, first.close).start()
    Store(f"sqlite:///{tmp_path}/new.db").close()


def test_without_patience_it_is_locked_at_once(tmp_path):
    """The negative control: the busy timeout of five seconds is not asked."""
    first = begin_to_write(tmp_path / "new.db")
    second = sqlite3.connect(tmp_path / "new.db", timeout=5)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        write_ahead(second.cursor(), patience=0)
    first.close()


def migrate(url):
    command = [sys.executable, "-m", "bot", "migrate", "--db", url]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_newer_database_is_refused_in_one_sentence(url):
    store = Store(url)
    newer = "UPDATE alembic_version SET version_num = '0999'"
    store._transactions.run(lambda c: c.exec_driver_sql(newer) and None)
    store.close()
    done = migrate(url)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "0999, which is newer" in done.stderr


@pytest.mark.parametrize("address", ["garbage", "postgresql//me:password@host"])
def test_an_address_that_is_none_is_refused_and_not_repeated(address):
    done = migrate(address)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert address not in done.stderr
