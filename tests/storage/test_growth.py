"""No call of the store costs more because more people use the bot, on both databases."""

import inspect
import statistics
from itertools import count

import pytest
from sqlalchemy import delete

from bot.ports.records import Kept, Keyboard, Outgoing, Turning, Update
from storage import store as storing
from storage import tables
from storage.store import Store
from tests.storage.growth import Meter, grow
from tests.storage.turns import add, update

FEW, MANY = 1_000, 10_000  # people
RATIO = 2
NOW = 10**8
CALLS = {}
NOT_MEASURED = {
    "close": "the end",
    "compact": "it writes everything anew, at night",
    "imported": "it is asked for every row",
}


def call(measured):
    """Note what measures the call of its name: it prepares, and gives what is to be measured."""
    CALLS[measured.__name__] = measured
    return measured


def said(name, channel="web"):
    return Update(channel, name, f"said {name}", NOW), lambda _: Kept(
        "1", messages=(Outgoing("m", "x"),)
    )


def known(store, name):
    """Somebody of whom every table has a row."""
    keyboard = Keyboard(f"keys {name}", name, "<b>", ("a",), ("A",), 7)
    kept = Kept("1", "", (("a", "b"),), (Outgoing("m", "x"),), keyboards=(keyboard,))
    store.turn(Update("web", name, f"known {name}", 1), lambda _: kept)
    store.settle("own", name, name, 1)
    store.give_code(f"code {name}", "carry", name, NOW * 2)
    store.receive("own", [(f"own {name}", name, "{}")], 1)


def taken(store, name):
    """Take an update of a chat that has a long history, once nothing else waits there."""
    while left := store.take("busy", 9, NOW * 2, NOW * 2):
        store.finish(*left)
    store.receive("busy", [(name, "busy", "{}")], NOW)
    (one,) = store.take("busy", 9, NOW, NOW + 1)
    return one


def claimed(store, name):
    store.turn(*said(name, "apart"))
    return next(one for one in store.claim("apart", 9, NOW, NOW + 1) if one.lane == name)


@call
def turn(store, name):
    known(store, name)
    return lambda: store.turn(update(name, 1), add)


@call
def begin(store, name):
    known(store, name)
    return lambda: store.begin(Turning(update(name, 1), add))


@call
def keep(store, name):
    known(store, name)
    begun = store.begin(Turning(update(name, 1), add))
    return lambda: store.keep([begun])


@call
def load(store, name):
    known(store, name)
    return lambda: store.load(name)


@call
def forget(store, name):
    known(store, name)
    return lambda: store.forget(name)


@call
def purge(store, name):
    for n in range(5):
        known(store, f"{name} {n}")
    return lambda: store.purge(2, 2, 2)


@call
def receive(store, name):
    return lambda: store.receive("busy", [(name, "busy", "{}")], NOW, NOW + 1)


@call
def take(store, name):
    taken(store, name)
    return lambda: [store.take(channel, 16, NOW + 1, NOW + 2) for channel in ("people", "busy")]


@call
def put_back(store, name):
    one = taken(store, name)
    return lambda: store.put_back(one, NOW, failed=False)


@call
def finish(store, name):
    one = taken(store, name)
    return lambda: store.finish(one)


@call
def set_aside(store, name):
    one = taken(store, name)
    return lambda: store.set_aside(one, "no")


@call
def aside(store, name):
    for line in (tables.inbox, tables.outbox):
        gone = delete(line).where(line.c.status == tables.ASIDE)
        store._commits.run(lambda c, gone=gone: c.execute(gone) and None)
    store.set_aside(taken(store, name), "no")
    return store.aside


@call
def claim(store, name):
    return lambda: store.claim("people", 16, NOW, NOW + 1)


@call
def mark_sent(store, name):
    one = claimed(store, name)
    return lambda: store.mark_sent(one, shown={f"keys {name}": "5"})


@call
def mark_later(store, name):
    one = claimed(store, name)
    return lambda: store.mark_later(one, NOW)


@call
def mark_failed(store, name):
    one = claimed(store, name)
    return lambda: store.mark_failed(one, "no")


@call
def next_due(store, name):
    return lambda: [store.next_due(line, "people") for line in ("inbox", "outbox")]


@call
def whose(store, name):
    known(store, name)
    return lambda: store.whose("own", name)


@call
def addresses(store, name):
    known(store, name)
    return lambda: store.addresses(name)


@call
def settle(store, name):
    known(store, name)
    return lambda: store.settle("own", name, "another", NOW)


@call
def left(store, name):
    known(store, name)
    return lambda: store.left("own", name, gone=True)


@call
def keyboard(store, name):
    known(store, name)
    return lambda: store.keyboard(f"keys {name}")


@call
def showing(store, name):
    known(store, name)
    return lambda: store.showing(name, 7)


@call
def give_code(store, name):
    return lambda: store.give_code(f"code {name}", "carry", name, NOW)


@call
def take_code(store, name):
    known(store, name)
    return lambda: store.take_code(f"code {name}", "carry", NOW)


@call
def known_code(store, name):
    known(store, name)
    return lambda: store.known_code(f"code {name}", "carry", NOW)


@call
def class_notes(store, name):
    store.turn(update(name, 1), lambda _: Kept("1", notes=((name[:16], "begun"),)))
    return lambda: store.class_notes(name[:16])


@call
def import_mark(store, name):
    return store.import_mark


@call
def bring_in(store, name):
    mark = store.import_mark()
    return lambda: store.bring_in([("occupation", name, "{}")], mark)


def test_every_call_is_measured():
    public = {name for name, _ in inspect.getmembers(Store, callable) if not name.startswith("_")}
    assert public == {*CALLS} | {*NOT_MEASURED}


def growth(url, monkeypatch, names, spoil=None):
    """How many times more each call costs among many people than among few."""
    meter = Meter()
    # what a purge writes anew at its end has a limit of its own
    monkeypatch.setattr(storing, "COMPACTED_BESIDE", 0)
    if url.startswith("sqlite"):
        meter.watch_sqlite(monkeypatch)
    store = Store(url)
    if url.startswith("postgres"):
        meter.watch_postgres(store)
    if spoil:
        store._commits.run(lambda c: c.exec_driver_sql(spoil) and None)
    try:
        few, many = _costs(store, meter, names)
    finally:
        store.close()
    return {name: many[name] / max(1, few[name]) for name in names}


def _costs(store, meter, names):
    numbers, costs = count(), []
    for first, until in ((0, FEW), (FEW, MANY)):
        grow(store, first, until)
        costs.append({
            name: statistics.median(
                meter.of(CALLS[name](store, f"n{next(numbers)}")) for _ in range(3)
            )
            for name in names
        })  # fmt: skip
    return costs


def test_no_call_costs_more_among_many_people(url, monkeypatch):
    found = growth(url, monkeypatch, CALLS)
    assert {name: ratio for name, ratio in found.items() if ratio >= RATIO} == {}


@pytest.mark.parametrize(
    ("index", "names"),
    [
        ("ix_inbox_lane_channel", {"forget", "purge"}),
        ("ix_conversation_brief_at", {"purge"}),
    ],
)
def test_a_missing_index_is_seen(url, monkeypatch, index, names):
    """The negative control: what grows without an index is measured to grow."""
    found = growth(url, monkeypatch, names, f"DROP INDEX {index}")
    assert {name for name, ratio in found.items() if ratio >= RATIO} == names
