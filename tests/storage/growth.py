"""What a call of the store costs as the tables grow, in units that no busy machine can change.

SQLite: the steps of its virtual machine. PostgreSQL: the pages a statement touches, by running it
once under EXPLAIN ANALYZE and undoing that.
"""

import json
import sqlite3

import psycopg
from sqlalchemy import event, insert

from storage.counsellors import PROFILES
from storage.handoffs import HANDOFFS, REFERRALS
from storage.leases import DONE, WAITING
from storage.meetings import BOOKINGS, MEETINGS
from storage.schema import metadata
from storage.waiting import ENTRIES, INVITATIONS
from tests.storage.booked import (
    HOUR,
    SCHOOL,
    booking,
    handoff,
    invitation,
    meeting,
    profile,
    referral,
    waiting,
)

EVERY = 5  # steps of the machine between two counts
EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


class Meter:
    """Counts what is done on every connection opened while it is in place."""

    def __init__(self):
        self.count = 0

    def of(self, work):
        """What a piece of work costs."""
        before = self.count
        work()
        return self.count - before

    def _step(self):
        self.count += EVERY

    def watch_sqlite(self, monkeypatch):
        connect = sqlite3.connect

        def connect_watched(*given, **more):
            connection = connect(*given, **more)
            connection.set_progress_handler(self._step, EVERY)
            return connection

        for module in (sqlite3, sqlite3.dbapi2):
            monkeypatch.setattr(module, "connect", connect_watched)

    def watch_postgres(self, store):
        meter = self

        class ExplainingCursor(psycopg.Cursor):
            def execute(self, query, params=None, **more):
                if str(query).lstrip().startswith(EXPLAINED):
                    super().execute("SAVEPOINT explained")
                    super().execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query}", params)
                    (found,) = self.fetchone()
                    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
                    meter.count += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
                    super().execute("ROLLBACK TO explained")
                return super().execute(query, params, **more)

        # PostgreSQL tidies when it has time: in the middle of a slow test, and the pages are others
        for table in metadata.tables:
            untidied = f"ALTER TABLE {table} SET (autovacuum_enabled = false)"
            store._transactions.run(lambda c, s=untidied: c.exec_driver_sql(s) and None)
        store._transactions.engine.dispose()

        @event.listens_for(store._transactions.engine, "connect")
        def _(connection, _record):
            connection.cursor_factory = ExplainingCursor


def grow(store, first, until):
    """Add rows of so many people to every table that people fill.

    Each has a conversation, an account, an update that was answered and one that waits, a message
    that was sent and one that waits, buttons, a code, a plan with a link that
    was opened, a job that was done and one far off, a booked hour that was and one far off, with all that
    is handed on, an address of mail that is gone. There is a counsellor for each. One chat more has a long history.
    """
    numbers = range(first, until)

    def line(number, lane, status):
        channel = "busy" if lane == "busy" else "people"
        row = {"channel": channel, "lane": lane, "status": status, "attempt": 1, "failures": 0}
        return row | {"due": 0, "reason": "", "at": 10**6 + number}

    def inbox(number, lane, status, name):
        return line(number, lane, status) | {"update_id": f"{name}{number}", "raw": "x"}

    def outbox(number, status):
        row = line(number, f"chat{number}", status) | {"conversation": f"key{number}", "rank": 0}
        return row | {"kind": "m", "body": "x", "uncertain": False}

    def job(number, status, due):
        row = {"kind": "remind", "key": f"{status} {number}", "conversation": f"key{number}"}
        row |= {"status": status, "attempt": 0, "failures": 0, "due": due, "reason": ""}
        return row | {"at": 1, "body": ""}

    def times(number):
        """The counsellor's hours: of long ago, and far off."""
        return ((f"past{number}", 10**6), (f"far{number}", 10**12 + number * 10**7))

    rows = {
        "conversation": [
            {"id": f"key{n}", "version": 1, "state": "s" * 200, "said": "", "at": 10**6 + n,
             "brief": n % 2 == 0}
            for n in numbers
        ],
        "event": [
            {"conversation": f"key{n}", "version": 1, "kind": "answered", "body": "a/b"}
            for n in numbers
        ],
        "inbox": [
            *(inbox(n, f"chat{n}", DONE, "d") for n in numbers),
            *(inbox(n, f"chat{n}", WAITING, "w") for n in numbers),
            *(inbox(n, "busy", DONE, "b") for n in numbers if n % 10 == 0),
        ],
        "outbox": [
            *(outbox(n, DONE) for n in numbers),
            *(outbox(n, WAITING) for n in numbers),
        ],
        "address": [
            {"channel": "people", "account": f"chat{n}", "conversation": f"key{n}", "gone": False,
             "at": 1}
            for n in numbers
        ],
        "keyboard": [
            {"token": f"t{n}", "conversation": f"key{n}", "body": "{}", "ask": 1, "message": "1"}
            for n in numbers
        ],
        "code": [
            {"code": f"c{n}", "purpose": "carry", "subject": f"key{n}", "until": 10**9}
            for n in numbers
        ],
        "imported": [
            {"kind": "occupation", "id": f"o{n}", "body": "{}", "revision": 1} for n in numbers
        ],
        "class_note": [
            {"class_code": f"class{n}", "kind": "begun", "letters": ""} for n in numbers
        ],
        "asked_question": [
            {"day": "2026-11-29", "language": "lv", "words": f"kas {n}"} for n in numbers
        ],
        "correction": [
            {"day": "2026-11-29", "language": "lv", "card": "knowledge/a", "version": "1",
             "words": ""}
            for n in numbers
        ],
        "plan_version": [
            {"conversation": f"key{n}", "number": 1, "at": 1, "body": "{}"} for n in numbers
        ],
        "plan_share": [
            {"token": f"share{n}", "conversation": f"key{n}", "share": "k1"} for n in numbers
        ],
        "share_opened": [{"conversation": f"key{n}", "share": "k1", "at": 1} for n in numbers],
        "plan_watch": [{"conversation": f"key{n}", "looked": "content/day"} for n in numbers],
        "counsellor": [
            PROFILES.values(profile(f"c{n}"), 0) | {"revision": n} for n in numbers
        ],
        "meeting": [
            MEETINGS.values(meeting(key, start, [f"c{n}"]), 0)
            for n in numbers for key, start in times(n)
        ],
        "counsellor_time": [
            {"meeting": key, "counsellor": f"c{n}", "institution": SCHOOL, "blocked_from": start,
             "blocked_to": start + HOUR, "takes": True}
            for n in numbers for key, start in times(n)
        ],
        "booking": [
            BOOKINGS.values(
                booking(key, f"key{n}", state="confirmed", hold_until=None, code=key, sole=key[0] == "f"), 0
            )
            for n in numbers for key, start in times(n)
        ],
        "waiting": [ENTRIES.values(waiting(f"w{n}", f"key{n}", place=f"p{n}"), 0) for n in numbers],
        "handoff": [
            HANDOFFS.values(
                handoff(f"h{n}", f"key{n}", counsellor=f"c{n}", institution=f"i{n}", due=10**13), 0
            )
            for n in numbers
        ],
        "referral": [REFERRALS.values(referral(f"r{n}", f"key{n}"), 0) for n in numbers],
        "invitation": [INVITATIONS.values(invitation(f"i{n}"), 0) for n in numbers],
        "no_time": [{"day": "2026-11-30", "place": "p", "kind": "talk"} for n in numbers],
        "no_time_mark": [
            {"conversation": f"key{n}", "place": "p", "kind": "talk", "until": 10**9}
            for n in numbers
        ],
        "gone_address": [
            {"conversation": f"key{n}", "address": f"p{n}@people.example", "reason": "550", "at": 1}
            for n in numbers
        ],
        "job": [
            *(job(n, DONE, 10**6) for n in numbers),
            *(job(n, WAITING, 10**9) for n in numbers),
        ],
    }  # fmt: skip
    assert {*rows} == {*metadata.tables}
    for name, given in rows.items():
        statement = insert(metadata.tables[name])
        store._transactions.run(lambda c, s=statement, g=given: c.execute(s, g) and None)
    if store.dialect == "postgresql":
        store._transactions.run(lambda c: c.exec_driver_sql("ANALYZE") and None)
