"""What belongs to a person: one list, which erasure and export share and no table escapes."""

from dataclasses import replace

from sqlalchemy import Column, MetaData, String, Table

from bot.ports.effects import (
    CountNoTime,
    KeepHandoff,
    KeepPlanVersion,
    KeepReferral,
    KeepWaiting,
    Keyboard,
    OpenShare,
    SendMessage,
    WatchPlan,
)
from bot.ports.records import Planned, TurnResult, Update
from storage.erasure import BELONGINGS, NOBODYS
from storage.schema import metadata
from tests.storage.booked import DAY, NOW, employ, handoff, holding, referral, waiting
from tests.storage.turns import add, everything, update

WORDS = "NOSLEPUMS"
BLANKED = {one.table.name for one in BELONGINGS if one.blank is not None}


def unlisted(tables):
    """Tables of which nobody has said whether a person's rows are in them."""
    listed = {one.table.name for one in BELONGINGS} | {table.name for table in NOBODYS}
    return {*tables.tables} - listed


def test_every_table_is_in_the_list_or_holds_nobody():
    assert unlisted(metadata) == set()
    assert {one.table.name for one in BELONGINGS}.isdisjoint(table.name for table in NOBODYS)


def test_a_table_that_somebody_forgot_is_seen():
    """The negative control."""
    tables = MetaData()
    Table("forgotten", tables, Column("conversation", String))
    assert unlisted(tables) == {"forgotten"}


def test_a_column_that_names_a_conversation_is_a_reason_to_be_in_the_list():
    named = {table.name for table in metadata.sorted_tables if "conversation" in table.c}
    assert named <= {one.table.name for one in BELONGINGS}


def somebody(store, key, account):
    """Somebody who has a row in every table that may hold one."""
    keyboard = Keyboard(f"t{key}", key, WORDS, (WORDS,), (WORDS,), 1)
    plan = (KeepPlanVersion(1, WORDS), OpenShare(f"s{key}", "k1"), WatchPlan(on=True))
    own = {"conversation": key, "body": WORDS}
    hour = (
        *holding(f"b{key}", NOW + int(account) * DAY, whom=WORDS, code=f"{WORDS}{key}", **own),
        KeepWaiting(waiting(f"w{key}", **own), 0),
        KeepHandoff(handoff(f"h{key}", **own), 0),
        KeepReferral(referral(f"r{key}", **own), 0),
        CountNoTime("2026-11-30", "place", "talk", NOW),
    )
    left = (SendMessage("m", WORDS), keyboard, *plan)
    kept = TurnResult(WORDS, WORDS, (("a", WORDS),), left)
    store.addresses.link("people", account, key, 1000)
    store.inbox.receive("people", [(f"1{key}", account, WORDS)], 1000)
    booked = replace(kept, effects=(*left, *hour))
    store.turns.run(Update("people", key, f"1{key}", 1000, account), lambda _: booked)
    store.inbox.receive("people", [(f"2{key}", account, WORDS)], 1000)
    store.turns.run(Update("web", key, f"3{key}", 1000), lambda _: kept)
    store.codes.give(f"c{key}", "carry", key, 5000)
    store.plans.note_open(f"s{key}", 3000)
    store.gone_addresses.note(key, f"{account}@people.example", "550", 1000)
    store.jobs.schedule(Planned("remind", key, 9000, WORDS, key), 1000)


def test_a_person_is_given_all_their_rows_and_nobody_elses(store):
    employ(store, "anna")
    somebody(store, "me", "77")
    somebody(store, "other", "78")
    exported = store.people.export("me")
    assert {name: len(rows) for name, rows in exported.items()} == {
        "conversation": 1, "event": 2, "outbox": 2, "keyboard": 1, "code": 1, "job": 1,
        "inbox": 3, "address": 1, "plan_version": 1, "plan_share": 1, "share_opened": 1, "plan_watch": 1, "gone_address": 1,
        "booking": 1, "waiting": 1, "handoff": 1, "referral": 1, "no_time_mark": 1,
    }  # fmt: skip
    assert exported["conversation"][0]["state"] == WORDS
    assert exported["address"][0]["account"] == "77"
    assert "other" not in str(exported)


def test_what_is_given_is_what_is_erased(store):
    employ(store, "anna")
    somebody(store, "me", "77")
    store.turns.run(update("other", 1), add)
    exported = store.people.export("me")
    before = {name: len(rows) for name, rows in everything(store).items()}
    store.people.forget("me", 9000)
    after = {name: len(rows) for name, rows in everything(store).items()}
    erased = {name: len(rows) for name, rows in exported.items() if name not in BLANKED}
    assert {name: before[name] - after[name] for name in erased} == erased
    assert all(not rows for rows in store.people.export("me").values())
    assert WORDS not in str(everything(store))
    assert "77" not in str(everything(store))
