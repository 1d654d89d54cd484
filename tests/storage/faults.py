"""Faults planted on purpose: each takes one guard away, so that a test can be seen to catch it."""

import secrets
import time
from dataclasses import replace

import sqlalchemy as sa

from bot.ports.records import Done, Kept, Turning
from storage import store, tables
from storage.connections import sqlite
from storage.hot_postgres import PostgresTurn
from storage.hot_sqlite import SqliteTurn

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


def plant(fault: str, put=setattr) -> None:
    """Plant a fault in this process; `put` sets an attribute, and may be monkeypatch's."""
    if fault not in ("", *FAULTS):
        raise ValueError(fault)
    if fault == "no lock and no version":
        _unguard(put)
    if fault == "outbox after the commit":
        _split(put)
    if fault == "inbox marked first":
        _mark_first(put)
    if fault == "leases forgotten":
        _claims(put, until=lambda _: 10**15)
    if fault == "no dedupe":
        _see_nothing(put)
    if fault in ("no order in a lane", "doubt not kept"):
        put(tables, "CLAIM", {key: _loose(*key, fault) for key in tables.CLAIM})
    if fault == "doubt not kept":
        marks = dict(tables.MARK)
        line = tables.outbox
        changed = marks["outbox"].values(uncertain=line.c.uncertain & (sa.bindparam("doubt") == 2))
        put(tables, "MARK", marks | {"outbox": changed})


def _unguard(put) -> None:
    put(sqlite, "_begin", lambda _: None)
    guard = "WHERE conversation.version = excluded.version - 1"
    for kind, name in ((SqliteTurn, "save"), (PostgresTurn, "write")):
        assert guard in getattr(kind, name)
        put(kind, name, getattr(kind, name).replace(guard, ""))
        put(kind, "read", kind.read.replace("FOR UPDATE OF conversation", ""))


def _split(put) -> None:
    begin, keep = store.Store.begin, store.Store.keep

    def begin_silently(self, turning):
        messages = []

        def silent(loaded):
            kept = turning.work(loaded)
            messages[:] = kept.messages
            return replace(kept, messages=())

        begun = begin(self, turning._replace(work=silent))
        silent.messages = messages
        return begun

    def keep_then_say(self, begun):
        outcomes = keep(self, begun)
        for one, done in zip(begun, outcomes, strict=True):
            messages = tuple(one.turning.work.messages)
            if messages and isinstance(done, Done) and not done.duplicate:
                time.sleep(0.02)
                update = replace(one.turning.update, update=secrets.token_hex(8), hold=0)
                later = Turning(update, lambda loaded, m=messages: Kept(loaded.state, messages=m))
                keep(self, [begin(self, later)])
        return outcomes

    put(store.Store, "begin", begin_silently)
    put(store.Store, "keep", keep_then_say)


def _mark_first(put) -> None:
    whole = store.Store.take

    def take(self, channel, most, now, until):
        taken = whole(self, channel, most, now, until)
        for one in taken:
            self._mark("inbox", one, status=tables.DONE)
        time.sleep(0.03)
        return taken

    opened = {kind: kind.open for kind in (SqliteTurn, PostgresTurn)}
    for kind, own in opened.items():
        put(kind, "open", lambda self, *given, own=own: (own(self, *given)[0], False))
        name = "see" if kind is SqliteTurn else "write"
        put(kind, name, getattr(kind, name).replace("WHERE inbox.status < 2", ""))
    put(store.Store, "take", take)


def _claims(put, until) -> None:
    whole = store.Store._claim

    def claim(self, line, channel, most, now, lease):
        return whole(self, line, channel, most, now, until(lease))

    put(store.Store, "_claim", claim)


def _see_nothing(put) -> None:
    whole = store.Store.begin

    def begin(self, turning):
        anew = replace(turning.update, update=secrets.token_hex(8))
        return whole(self, turning._replace(update=anew))

    put(store.Store, "begin", begin)


def _loose(name: str, dialect: str, fault: str):
    """Build a claim without its order, or without its doubt."""
    line = tables.metadata.tables[name]
    values = {} if name == "inbox" else {"uncertain": sa.false()}
    if fault == "doubt not kept":
        return tables._claim(line, dialect, **values)
    free = (
        sa.select(line.c.id)
        .where(
            line.c.channel == sa.bindparam("of"),
            line.c.status < tables.DONE,
            line.c.due <= sa.bindparam("now"),
        )
        .order_by(line.c.id)
        .limit(sa.bindparam("most"))
    )
    return (
        sa.update(line)
        .where(line.c.id.in_(free.scalar_subquery()))
        .values(status=tables.TAKEN, attempt=line.c.attempt + 1, due=sa.bindparam("until"))
        .returning(line)
    )
