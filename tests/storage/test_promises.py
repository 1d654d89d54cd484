"""What the store promises, on both databases, on two connections at once where it is a race."""

import threading
import time
from dataclasses import replace

import pytest

from bot.errors import StorageError, StorageFull
from bot.ports.effects import GiveCode, KeepPlanVersion, Keyboard, OpenShare, SendMessage, WatchPlan
from bot.ports.records import Counsellor, TurnResult, Update
from storage.migrations.upgrade import upgrade
from storage.schema import metadata
from storage.store import Store
from tests.storage.booked import BOOKING_TABLES
from tests.storage.faults import plant
from tests.storage.turns import add, everything, together, update


def test_a_turn_is_kept_with_its_messages(store):
    assert store.turns.run(update("a", 1), add).version == 1
    assert store.conversations.load("a").state == "1"
    assert [one.body for one in store.outbox.claim("web", 9, 2000, 3000)] == ["m1"]


def test_the_same_update_twice_is_one_turn(store):
    first = store.turns.run(update("a", 1), add)
    second = store.turns.run(update("a", 1), add)
    assert (first.duplicate, second.duplicate, store.conversations.load("a").version) == (
        False,
        True,
        1,
    )


def test_what_is_forgotten_beside_a_turn_does_not_come_back(store):
    """SQLite forgets it first and the turn begins anew; PostgreSQL holds it and forgets it after."""
    for name in range(3):
        store.turns.run(update("a", name), add)
    forgetting = threading.Thread(target=lambda: store.people.forget("a", 9000))

    def slow(loaded):
        if loaded.version == 3:
            forgetting.start()
            forgetting.join(timeout=0.5)
        return add(loaded)

    store.turns.run(update("a", "last"), slow)
    forgetting.join()
    assert store.conversations.load("a").state == {"sqlite": "1", "postgresql": None}[store.dialect]


def test_a_turn_that_fails_leaves_nothing(store):
    def fail(loaded):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.turns.run(update("a", 1), fail)
    assert store.conversations.load("a").state is None
    assert store.turns.run(update("a", 1), add).duplicate is False


def test_turns_at_once_on_two_stores_are_none_lost(url):
    one, two = Store(url), Store(url)
    works = [
        lambda n=n: (one if n % 2 else two).turns.run(update("hot", n), add) for n in range(40)
    ]
    assert together(*works) == []
    assert one.conversations.load("hot") == two.conversations.load("hot")
    assert one.conversations.load("hot").state == "40"
    one.close()
    two.close()


def test_turns_at_once_in_one_store_are_none_lost_and_in_order(store):
    works = [lambda n=n: store.turns.run(update("hot", n), add) for n in range(40)]
    assert together(*works) == []
    assert store.conversations.load("hot").state == "40"
    bodies = []
    while claimed := store.outbox.claim("web", 9, 2000, 3000):
        bodies += [one.body for one in claimed]
        assert [store.outbox.mark_sent(one) for one in claimed] == [True] * len(claimed)
    assert bodies == [f"m{n}" for n in range(1, 41)]


def test_without_lock_and_version_updates_are_lost(url, monkeypatch):
    """The negative control: with the guards off, the test above would see the race."""
    plant("no lock and no version", monkeypatch.setattr)
    one, two = Store(url), Store(url)
    one.turns.run(update("hot", "first"), add)

    def slow(loaded):
        time.sleep(0.05)
        return add(loaded)

    together(
        *[lambda n=n: (one if n % 2 else two).turns.run(update("hot", n), slow) for n in range(8)]
    )
    assert int(one.conversations.load("hot").state) < 9
    one.close()
    two.close()


def test_forgetting_leaves_nothing_but_that_the_update_was_seen(store):
    secret = TurnResult("secret", "secret", (("a", "secret"),), (SendMessage("m", "secret"),))
    store.inbox.receive("web", [("u", "secret", "secret")], 1000)
    store.turns.run(Update("web", "secret", "u", 1000), lambda _: secret)
    store.inbox.receive("web", [("later", "secret", "secret")], 1000)
    store.turns.run(update("b", 1), add)
    plan = (KeepPlanVersion(1, "secret"), OpenShare("secret", "k1"), WatchPlan(on=True))
    keys = (Keyboard("t", "secret", "secret", ("secret",), ("secret",), 1), *plan)
    store.turns.run(
        Update("web", "secret", "k", 1000),
        lambda _: replace(secret, effects=(*secret.effects, *keys)),
    )
    store.addresses.link("people", "77", "secret", 1000)
    store.inbox.receive("people", [("p", "77", "secret")], 1000)
    store.codes.give("c", "carry", "secret", 5000)
    assert str(everything(store)).count("secret") > 12
    store.people.forget("secret", 9000)
    kept = everything(store)
    assert "secret" not in str(kept)
    assert "77" not in str(kept)
    assert {name: len(rows) for name, rows in kept.items()} == {
        "conversation": 1, "event": 1, "outbox": 1, "inbox": 5,
        "address": 0, "keyboard": 0, "code": 0, "imported": 0, "class_note": 0,
        "job": 0, "asked_question": 0, "correction": 0,
        "plan_version": 0, "plan_share": 0, "share_opened": 0, "plan_watch": 0, "gone_address": 0,
        **dict.fromkeys(BOOKING_TABLES, 0),
    }  # fmt: skip
    assert store.turns.run(Update("web", "secret", "u", 1000), lambda _: secret).duplicate


def test_a_turn_that_forgets_still_says_goodbye_and_then_nothing_is_left(store):
    store.turns.run(update("a", 1), add)
    store.addresses.link("web", "77", "a", 1000)
    store.inbox.receive("web", [("bye", "77", "delete me")], 1000)
    goodbye = TurnResult(None, effects=(SendMessage("message", "bye"),))
    assert not store.turns.run(Update("web", "a", "bye", 1000, "77"), lambda _: goodbye).duplicate
    assert [row[2] for row in everything(store)["inbox"]] == ["", ""]
    (claimed,) = store.outbox.claim("web", 9, 2000, 3000)
    assert (claimed.body, store.conversations.load("a").state) == ("bye", None)
    assert store.outbox.mark_sent(claimed)
    assert {name: len(rows) for name, rows in everything(store).items()} == {
        "conversation": 0, "event": 0, "outbox": 0, "inbox": 2,
        "address": 0, "keyboard": 0, "code": 0, "imported": 0, "class_note": 0,
        "job": 0, "asked_question": 0, "correction": 0,
        "plan_version": 0, "plan_share": 0, "share_opened": 0, "plan_watch": 0, "gone_address": 0,
        **dict.fromkeys(BOOKING_TABLES, 0),
    }  # fmt: skip


def test_idle_conversations_are_forgotten(store):
    store.turns.run(update("old", 1), add)
    store.turns.run(update("brief", 1), lambda _: TurnResult(state="1", brief=True))
    assert store.people.purge(500, 1001, 0) == 1
    assert (store.conversations.load("brief").state, store.conversations.load("old").state) == (
        None,
        "1",
    )


def test_text_that_no_database_takes_is_made_harmless(store):
    store.turns.run(update("a", 1), lambda _: TurnResult(state="a\0b\ud800c"))
    assert store.conversations.load("a").state == "ab?c"


def test_durability_is_on_in_every_connection(store):
    if store.dialect == "sqlite":
        wanted = {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}
        query = "PRAGMA {}"
    else:
        wanted = {"fsync": "on", "synchronous_commit": "on"}
        query = "SHOW {}"
    for name, value in wanted.items():
        row = store._transactions.run(lambda c, n=name: c.exec_driver_sql(query.format(n)).first())
        assert row[0] == value


def test_a_full_disk_fails_the_turn_whole_and_with_room_the_next_works(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/full.db")
    pages = store._transactions.run(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar())
    store._transactions.run(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}"))
    with pytest.raises(StorageFull):
        store.turns.run(update("a", 1), lambda _: TurnResult(state="x" * 1_000_000))
    assert store.conversations.load("a").state is None
    store._transactions.run(lambda c: c.exec_driver_sql("PRAGMA max_page_count=100000"))
    assert store.turns.run(update("a", 1), add).duplicate is False
    store.close()


def test_the_migrations_make_the_tables_that_the_statements_use(store):
    from sqlalchemy import inspect

    inspector = inspect(store._transactions.engine)
    for table in metadata.sorted_tables:
        columns = {column["name"] for column in inspector.get_columns(table.name)}
        assert columns == {column.name for column in table.columns}
    assert upgrade(store._transactions.engine) is None


def test_an_account_is_joined_to_one_conversation_and_may_move(store):
    assert store.addresses.whose("people", "77") is None
    store.addresses.link("people", "77", "a", 1000)
    store.addresses.link("people", "77", "b", 1001)
    assert (store.addresses.whose("people", "77"), store.addresses.whose("desk", "77")) == (
        "b",
        None,
    )
    assert (store.addresses.accounts_of("a"), store.addresses.accounts_of("b")) == (
        [],
        [("people", "77")],
    )
    store.addresses.mark_gone("people", "77", gone=True)
    assert (store.addresses.whose("people", "77"), store.addresses.accounts_of("b")) == ("b", [])
    store.addresses.mark_gone("people", "77", gone=False)
    assert store.addresses.accounts_of("b") == [("people", "77")]


def test_buttons_are_kept_with_their_turn_and_changed_by_the_next(store):
    keys = Keyboard("t", "a", "Kas?", ("x", "y"), ("X", "Y"), 3, several=True)
    store.turns.run(update("a", 1), lambda _: TurnResult("1", effects=(keys,)))
    assert store.keyboards.find("t") == keys
    ticked = replace(keys, ticked=(1,))
    store.turns.run(update("a", 2), lambda _: TurnResult("1", effects=(ticked,)))
    assert store.keyboards.find("t") == ticked
    assert store.keyboards.find("unknown") is None


def invited(store, code, until):
    store.counsellors.invite(Counsellor(f"of {code}", "Anna", 1000), GiveCode(code, "desk", until))


def test_a_code_is_taken_once_by_its_purpose_and_before_its_end(store):
    joined: list[str] = []

    def join(account):
        if store.counsellors.join("c", "desk", "desk", account, 1000):
            joined.append(account)

    invited(store, "c", 5000)
    assert not store.counsellors.join("c", "carry", "desk", "76", 1000)
    assert together(*[lambda n=n: join(f"{n}") for n in range(4)]) == []
    assert len(joined) == 1
    led = {f"{n}": store.addresses.whose("desk", f"{n}") for n in range(4)}
    assert led == dict.fromkeys(led) | {joined[0]: "of c"}
    invited(store, "old", 900)
    assert not store.counsellors.join("old", "desk", "desk", "77", 1000)


def test_a_code_stays_good_where_its_account_could_not_be_joined(store):
    invited(store, "c", 5000)
    with pytest.raises(StorageError):  # no database takes an address without an account
        store.counsellors.join("c", "desk", "desk", None, 1000)
    assert store.codes.known("c", "desk", 1000) == "of c"
    assert store.counsellors.join("c", "desk", "desk", "77", 1000)


def test_a_slow_step_keeps_nobody_else_waiting(store):
    stepping, other = threading.Event(), threading.Event()

    def slow(loaded):
        stepping.set()
        assert other.wait(10)
        return add(loaded)

    def quick():
        assert stepping.wait(10)
        store.turns.run(update("b", 1), add)
        other.set()

    assert together(lambda: store.turns.run(update("a", 1), slow), quick) == []
    assert (store.conversations.load("a").version, store.conversations.load("b").version) == (1, 1)


def test_an_unwritable_directory_is_said_and_nothing_is_acknowledged(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StorageError):
        Store(f"sqlite:///{blocked}/x.db")


def test_a_file_that_went_read_only_fails_the_turn_and_works_again(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/x.db")
    store.turns.run(Update("web", "a", "1", 1), lambda _: TurnResult("1"))
    store._transactions.run(lambda c: c.exec_driver_sql("PRAGMA query_only=ON"))
    with pytest.raises(StorageError):
        store.turns.run(Update("web", "a", "2", 1), lambda _: TurnResult("2"))
    assert store.conversations.load("a").state == "1"
    store.close()
    again = Store(f"sqlite:///{tmp_path}/x.db")
    assert again.turns.run(Update("web", "a", "2", 1), lambda _: TurnResult("2")).duplicate is False
    again.close()
