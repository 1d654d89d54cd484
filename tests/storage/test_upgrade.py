"""A database of an earlier release, opened by this one: everything in it is there."""

import json

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from bot.ports.effects import Keyboard
from bot.ports.records import ClassNote, Counsellor, KeptPlanVersion, Planned
from bot.service.counsellors import join
from storage.migrations import upgrade
from storage.store import Store
from tests.storage.booked import NOW, employ, holding

RELEASE = "0005"  # of commit 82bd68a
KEYBOARD = Keyboard("t", "key", "<b>", ("x",), ("X",), 3)
ROWS = {
    "conversation": [
        {"id": "key", "version": 7, "state": "state", "said": "said", "brief": False, "at": 1000}
    ],
    "event": [{"conversation": "key", "version": 7, "kind": "answered", "body": "start/who"}],
    "address": [
        {"channel": channel, "account": account, "conversation": leads, "gone": False, "at": 1000}
        for channel, account, leads in (
            ("people", "77", "key"), ("desk", "11", "Anna Bērziņa"), ("desk", "12", "Anna Bērziņa"),
        )
    ],
    "keyboard": [
        {"token": "t", "conversation": "key", "ask": 3, "message": "55",
         "body": json.dumps({
             "token": "t", "conversation": "key", "html": "<b>", "picks": ["x"], "labels": ["X"],
             "ask": 3, "several": False, "ticked": [], "page": 0,
         })}
    ],
    "code": [
        {"code": code, "purpose": purpose, "conversation": of, "until": 9000}
        for code, purpose, of in (
            ("c1", "carry", "key"), ("s1", "school", "Rīgas 1. skola"), ("k1", "class", "9.b"),
            ("d1", "desk", "Jānis Kalns"),
        )
    ],
    "imported": [{"kind": "occupation", "id": "o", "body": "{}", "revision": 4}],
    "class_note": [{"class_code": "AAA-BBB", "word": word} for word in ("begun", "SA", "begun", "")],
}  # fmt: skip
QUEUED = {"channel": "people", "attempt": 0, "failures": 0, "due": 0, "reason": "", "at": 1000}
ROWS["inbox"] = [
    QUEUED | {"lane": "77", "status": 2, "update_id": "1", "raw": ""},
    QUEUED | {"lane": "77", "status": 0, "update_id": "2", "raw": "{}"},
]
ROWS["outbox"] = [
    QUEUED
    | {"lane": "77", "status": 0, "conversation": "key", "rank": 0, "kind": "m", "body": "hello"}
    | {"uncertain": False}
]


def fill(url, form, tables):
    """Make a database of an earlier form, with rows in it."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    config = Config()
    config.set_main_option("script_location", upgrade.__file__.removesuffix("/upgrade.py"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, form)
        for table, rows in tables.items():
            columns = ", ".join(rows[0])
            places = ", ".join(f":{name}" for name in rows[0])
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({places})"), rows)
    engine.dispose()


@pytest.fixture
def released(url):
    """The store of this release over a database of the last one."""
    fill(url, RELEASE, ROWS)
    store = Store(url)
    yield store
    store.close()


def test_a_person_goes_on_where_they_were(released):
    assert released.conversations.load("key").version == 7
    assert released.addresses.whose("people", "77") == "key"
    assert released.keyboards.showing("key", 3) == [(KEYBOARD, "55")]
    assert released.codes.known("c1", "carry", 9000) == "key"
    assert [one.update for one in released.inbox.claim("people", 9, 2000, 3000)] == ["2"]
    assert [one.body for one in released.outbox.claim("people", 9, 2000, 3000)] == ["hello"]
    released.people.forget("key", 9000)
    assert released.addresses.whose("people", "77") is None


def test_schools_classes_and_imports_are_there(released):
    assert released.codes.known("s1", "school", 9000) == "Rīgas 1. skola"
    assert released.codes.known("k1", "class", 9000) == "9.b"
    assert released.imports.read() == (4, [("occupation", "o", "{}")])
    assert released.class_notes.notes_of("AAA-BBB") == [
        ClassNote("begun"),
        ClassNote("finished", "SA"),
        ClassNote("begun"),
        ClassNote("finished", ""),
    ]


def test_counsellors_have_an_id_each_and_their_names(released):
    found = [released.addresses.whose("desk", account) for account in ("11", "12")]
    assert len({*found}) == 2  # one name, but perhaps two people
    assert [released.counsellors.find(key).name for key in found] == ["Anna Bērziņa"] * 2
    assert join(released, "d1", "desk", "13", 2000)
    key = released.addresses.whose("desk", "13")
    assert released.counsellors.find(key) == Counsellor(key, "Jānis Kalns", 0)


def test_counsellors_of_before_the_bookings_stay_and_can_be_met_later(url):
    """With their accounts, and a plan and a job of somebody's beside."""
    counsellor = {"id": "anna", "name": "Anna Bērziņa", "created_at": 5}
    account = {
        "channel": "desk",
        "account": "11",
        "conversation": "anna",
        "gone": False,
        "at": 1000,
    }
    job = {"kind": "remind", "key": "k", "conversation": "key", "status": 0, "attempt": 0}
    job |= {"failures": 0, "due": 7, "reason": "", "at": 1, "body": "{}"}
    version = {"conversation": "key", "number": 1, "at": 3, "body": "plan"}
    rows = {
        "counsellor": [counsellor],
        "address": [account],
        "job": [job],
        "plan_version": [version],
    }
    fill(url, "0010", rows | {"conversation": ROWS["conversation"]})
    store = Store(url)
    assert store.counsellors.find("anna") == Counsellor("anna", "Anna Bērziņa", 5)
    assert (store.counsellors.profiles(), store.counsellors.profiles_revision()) == ([], 0)
    assert store.addresses.whose("desk", "11") == "anna"
    assert store.plans.versions("key") == [KeptPlanVersion(1, 3, "plan")]
    assert store.jobs.waiting("remind") == [Planned("remind", "k", 7, "{}", "key")]
    assert store.conversations.load("key").version == 7
    employ(store, "anna")
    assert store.bookings.commit(holding("one"), NOW)
    assert store.bookings.meeting("one").meeting.counsellors == ("anna",)
    store.close()
