"""Faults planted on purpose: each takes one guard away, so that a test can be seen to catch it."""

import secrets
import time
from dataclasses import replace

import sqlalchemy as sa

from bot.ports.effects import BookingEffect
from bot.ports.records import TurnOutcome, TurnRequest, TurnResult
from storage import bookings, inbox, outbox
from storage.connections import sqlite
from storage.lanes import CHANNEL_PARAMETER, first_of_lane, is_free
from storage.leases import DIALECTS, DONE, claim_statement, mark
from storage.turns.postgres import PostgresTurn
from storage.turns.sqlite import SqliteTurn
from storage.turns.turns import Turns

FAULTS = (
    "no lock and no version",
    "outbox after the commit",
    "inbox marked first",
    "leases forgotten",
    "no order in a lane",
    "no dedupe",
    "a failure taken as sent",
    "doubt not kept",
)


BOOKING_FAULTS = ("booking after the commit", "told after the commit", "no guard of time")


def plant(fault: str, put=setattr) -> None:
    """Plant a fault in this process; `put` sets an attribute, and may be monkeypatch's."""
    if fault not in ("", *FAULTS, *BOOKING_FAULTS):
        raise ValueError(fault)
    if fault == "booking after the commit":
        _book_late(put)
    if fault == "told after the commit":
        _tell_late(put)
    if fault == "no lock and no version":
        _unguard(put)
    if fault == "outbox after the commit":
        _split(put)
    if fault == "inbox marked first":
        _mark_first(put)
    if fault == "leases forgotten":
        _forget_leases(put)
    if fault == "no dedupe":
        _see_nothing(put)
    if fault in ("no order in a lane", "doubt not kept"):
        put(inbox, "CLAIM", {one: _loose(inbox.inbox, one, fault) for one in DIALECTS})
        put(outbox, "CLAIM", {one: _loose(outbox.outbox, one, fault) for one in DIALECTS})
    if fault == "doubt not kept":
        uncertain = outbox.outbox.c.uncertain
        known = outbox.Outbox.statements
        unkept = known.mark.values(uncertain=uncertain & (sa.bindparam("doubt") == 2))
        put(outbox.Outbox, "statements", known._replace(mark=unkept))


def _unguard(put) -> None:
    put(sqlite, "_begin", lambda _: None)
    guard = "WHERE conversation.version = excluded.version - 1"
    for kind in (SqliteTurn, PostgresTurn):
        assert guard in kind.write
        put(kind, "write", kind.write.replace(guard, ""))
        put(kind, "read", kind.read.replace("FOR UPDATE OF conversation", ""))


def _book_late(put) -> None:
    prepare, commit = Turns.prepare, Turns.commit

    def prepare_without(self, turning):
        late = []

        def silent(loaded):
            kept = turning.work(loaded)
            late[:] = [one for one in kept.effects if isinstance(one, BookingEffect)]
            return replace(kept, effects=tuple(one for one in kept.effects if one not in late))

        silent.late = late
        return prepare(self, turning._replace(work=silent))

    def commit_then_book(self, prepared):
        outcomes = commit(self, prepared)
        for one in prepared:
            time.sleep(0.02)
            bookings.Bookings(self._transactions).commit(one.request.work.late, 0)
        return outcomes

    put(Turns, "prepare", prepare_without)
    put(Turns, "commit", commit_then_book)


def _tell_late(put) -> None:
    whole = bookings.Bookings.commit

    def commit_then_tell(self, effects, at, *, messages=(), planned=()):
        kept = whole(self, effects, at)
        if kept:
            time.sleep(0.02)
            whole(self, (), at, messages=messages, planned=planned)
        return kept

    put(bookings.Bookings, "commit", commit_then_tell)


def _split(put) -> None:
    prepare, commit = Turns.prepare, Turns.commit

    def prepare_silently(self, turning):
        messages = []

        def silent(loaded):
            kept = turning.work(loaded)
            messages[:] = kept.effects
            return replace(kept, effects=())

        prepared = prepare(self, turning._replace(work=silent))
        silent.messages = messages
        return prepared

    def commit_then_say(self, prepared):
        outcomes = commit(self, prepared)
        for one, done in zip(prepared, outcomes, strict=True):
            messages = tuple(one.request.work.messages)
            if messages and isinstance(done, TurnOutcome) and not done.duplicate:
                time.sleep(0.02)
                update = replace(one.request.update, update=secrets.token_hex(8), lease_until=0)
                later = TurnRequest(
                    update, lambda loaded, m=messages: TurnResult(loaded.state, effects=m)
                )
                commit(self, [prepare(self, later)])
        return outcomes

    put(Turns, "prepare", prepare_silently)
    put(Turns, "commit", commit_then_say)


def _mark_first(put) -> None:
    whole = inbox.Inbox.claim

    def claim(self, channel, most, now, until):
        taken = whole(self, channel, most, now, until)
        for one in taken:
            self._mark(mark(one, DONE))
        time.sleep(0.03)
        return taken

    for kind, name in ((SqliteTurn, "see"), (PostgresTurn, "write")):
        put(kind, "load", lambda self, *given, own=kind.load: (own(self, *given)[0], False))
        put(kind, name, getattr(kind, name).replace("WHERE inbox.status < 2", ""))
    put(inbox.Inbox, "claim", claim)


def _forget_leases(put) -> None:
    for module in (inbox, outbox):
        whole = module.lease
        put(module, "lease", lambda most, now, _until, own=whole: own(most, now, 10**15))


def _see_nothing(put) -> None:
    whole = Turns.prepare

    def prepare(self, turning):
        anew = replace(turning.update, update=secrets.token_hex(8))
        return whole(self, turning._replace(update=anew))

    put(Turns, "prepare", prepare)


def _loose(queue, dialect: str, fault: str):
    """Build a claim without its order, or without its doubt."""
    values = {} if queue is inbox.inbox else {"uncertain": sa.false()}
    if fault == "doubt not kept":
        return claim_statement(queue, dialect, first_of_lane(queue), [queue.c.id], **values)
    of_channel = queue.c.channel == sa.bindparam(CHANNEL_PARAMETER)
    return claim_statement(queue, dialect, [is_free(queue), of_channel], [queue.c.id], **values)


NO_GUARD = {
    "sqlite": ["DROP TRIGGER counsellor_time_INSERT", "DROP TRIGGER counsellor_time_UPDATE"],
    "postgresql": ["ALTER TABLE counsellor_time DROP CONSTRAINT ex_counsellor_time_overlap"],
}


def unguard_time(store, put=setattr) -> None:
    """Take the lock and the constraint away that keep a counsellor's time from being taken twice."""
    put(bookings, "hold", lambda *_, **__: True)
    for sql in NO_GUARD[store.dialect]:
        store._transactions.run(lambda c, s=sql: c.exec_driver_sql(s) and None)
