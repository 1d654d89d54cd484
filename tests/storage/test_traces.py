"""The files of an SQLite database have nothing of who was erased, while the service runs."""

import random
import sqlite3
import stat
import time

import pytest

from bot.ports.effects import KeepHandoff, KeepReferral, KeepWaiting, Keyboard, SendMessage
from bot.ports.records import TurnResult, Update
from storage.connections import sqlite, sqlite_files
from storage.store import Store
from tests.storage.booked import DAY, employ, handoff, holding, referral, waiting

WORDS = "NOSLEPUMS-GAMMA"
CHAT = "777000777"
KEY = "the-key-of-somebody"


@pytest.fixture
def store(tmp_path):
    opened = Store(f"sqlite:///{tmp_path}/celvedis.db")
    yield opened
    opened.close()


def talk(store, key, words, chat, at=1000):
    """Somebody says something in Telegram; every table that has people in it gets a row."""
    if store.counsellors.profile("anna") is None:
        employ(store, "anna")
    store.addresses.link("people", chat, key, at)
    for n in range(3):
        name = f"{len(key)}{at}{n}"
        store.inbox.receive("people", [(name, chat, words)], at)
        keyboard = Keyboard(f"t{name}", key, words, (words,), (words,), n)
        own = {"conversation": key, "body": words, "whom": f"{n}"}
        left = (
            SendMessage("m", words),
            keyboard,
            *holding(name, (int(chat) + n) * DAY, code=f"{words}{name}", hold_until=1, **own),
            KeepWaiting(waiting(name, key, body=words), 0),
            KeepHandoff(handoff(name, key, body=words), 0),
            KeepReferral(referral(name, key, body=words), 0),
        )
        kept = TurnResult(words, words, (("a", words),), left)
        store.turns.run(Update("people", key, name, at, chat), lambda _, kept=kept: kept)
    store.codes.give(f"code {name}", "carry", key, at)


def neighbours(store):
    """Others, so that the pages of the person are not the last ones and stay in use."""
    for n in range(1, 30):
        talk(store, f"{n:x}" * (n + 20), "harmless " * 20, f"555{n}", 2000)


def traces(folder):
    """Which marks stand in which files."""
    found = {}
    for path in folder.glob("celvedis.db*"):
        content = path.read_bytes()
        marks = {mark for mark in (WORDS, CHAT, KEY) if mark.encode() in content}
        if marks:
            found[path.name] = marks
    return found


def forget(store):
    store.people.forget(KEY, 9000)


def forget_in_a_turn(store):
    farewell = TurnResult(None, effects=(SendMessage("m", "bye"),))
    store.turns.run(Update("people", KEY, "last", 2000, CHAT), lambda _: farewell)
    while claimed := store.outbox.claim("people", 99, 3000, 4000):
        store.outbox.mark_sent(*claimed)


def purge(store):
    store.people.purge(1500, 1500, 0)


@pytest.mark.parametrize("erase", [forget, forget_in_a_turn, purge])
def test_nothing_of_who_was_erased_is_in_the_files(store, tmp_path, erase):
    talk(store, KEY, WORDS, CHAT)
    neighbours(store)
    assert set().union(*traces(tmp_path).values()) == {WORDS, CHAT, KEY}
    erase(store)
    assert traces(tmp_path) == {}


@pytest.mark.parametrize("missing", ["truncation", "overwriting"])
def test_what_leaves_traces_is_seen(tmp_path, monkeypatch, missing):
    """The negative control."""
    if missing == "truncation":
        monkeypatch.setattr(sqlite_files, "_truncate", lambda *_: True)
    else:
        pragmas = tuple(p.replace("secure_delete=ON", "secure_delete=OFF") for p in sqlite.PRAGMAS)
        monkeypatch.setattr(sqlite, "PRAGMAS", pragmas)
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    talk(store, KEY, WORDS, CHAT)
    neighbours(store)
    store.people.forget(KEY, 9000)
    assert traces(tmp_path) != {}
    store.close()


def test_somebody_who_reads_delays_it_and_stops_nobody(store, tmp_path):
    talk(store, KEY, WORDS, CHAT)
    reader = sqlite3.connect(tmp_path / "celvedis.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM conversation").fetchone()
    store.people.forget(KEY, 9000)
    assert WORDS in traces(tmp_path)["celvedis.db-wal"]
    talk(store, "another", "harmless", "555")
    assert store.conversations.load("another").version == 3
    reader.execute("COMMIT")
    reader.close()
    until = time.monotonic() + 30
    while traces(tmp_path) and time.monotonic() < until:
        time.sleep(0.05)
    assert traces(tmp_path) == {}


def test_what_a_killed_process_left_goes_with_the_first_commit_after_it(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_files, "_truncate", lambda *_: True)  # killed before it came to that
        killed = Store(f"sqlite:///{tmp_path}/celvedis.db")
        talk(killed, KEY, WORDS, CHAT)
        killed.people.forget(KEY, 9000)
    assert traces(tmp_path) != {}
    following = Store(f"sqlite:///{tmp_path}/celvedis.db")
    talk(following, "another", "harmless", "555")
    assert traces(tmp_path) == {}
    following.close()
    killed.close()


def crowd(store, seed):
    """Many who talk at length, so that pages are divided; gives who they are."""
    chance = random.Random(seed)
    people = [f"{WORDS}{n}." + "k" * chance.randint(0, 30) for n in range(100)]
    for n in range(400):
        key = chance.choice(people)
        store.addresses.link("people", key, key, 1000)
        store.inbox.receive("people", [(f"{n}", key, key + "r" * chance.randint(0, 700))], 1000)
        said, state = (key + "s" * chance.randint(0, 4000) for _ in range(2))
        kept = TurnResult(state, said, (("a", key),) * 3, (SendMessage("m", said),))
        store.turns.run(Update("people", key, f"{n}", 1000, key), lambda _, kept=kept: kept)
    return people


def test_copies_in_divided_pages_go_with_the_purge(tmp_path):
    """SQLite leaves them where it moves rows; one seed among these shows it."""
    found = []
    for seed in (4, 8, *range(20)):
        store = Store(f"sqlite:///{tmp_path}/celvedis.db")
        gone = crowd(store, seed)[::3]
        for key in gone:
            store.people.forget(key, 9000)
        found += [key for key in gone if key.encode() in content(tmp_path)]
        store.people.purge(0, 0, 0)
        assert [key for key in gone if key.encode() in content(tmp_path)] == []
        store.close()
        if found:
            break
        (tmp_path / "celvedis.db").unlink()
    assert found, "no copy was left: is the compaction still needed?"


def content(folder):
    return b"".join(path.read_bytes() for path in folder.glob("celvedis.db*"))


def test_only_the_owner_may_read_the_files(tmp_path):
    path = tmp_path / "deep" / "celvedis.db"
    store = Store(f"sqlite:///{path}")
    talk(store, KEY, WORDS, CHAT)
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    assert modes == dict.fromkeys(("celvedis.db", "celvedis.db-wal", "celvedis.db-shm"), 0o600)
    store.close()


def test_an_older_file_that_everybody_could_read_is_closed_to_others(tmp_path):
    path = tmp_path / "celvedis.db"
    path.touch()
    path.chmod(0o644)
    store = Store(f"sqlite:///{path}")
    talk(store, KEY, WORDS, CHAT)
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
    assert set(modes.values()) == {0o640}
    store.close()
