"""No call of the store costs more because more people use the bot, on both databases."""

import inspect
import statistics
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import delete

from bot.ports.effects import (
    GiveCode,
    KeepBooking,
    KeepHandoff,
    KeepInvitation,
    KeepMeeting,
    KeepPlanVersion,
    KeepReferral,
    KeepWaiting,
    Keyboard,
    OpenShare,
    RecordClassEvent,
    SendMessage,
    WatchPlan,
)
from bot.ports.records import (
    Counsellor,
    OutgoingMessage,
    Planned,
    TurnRequest,
    TurnResult,
    Update,
)
from storage import erasure
from storage.inbox import inbox
from storage.jobs import job
from storage.leases import ASIDE
from storage.outbox import outbox
from storage.store import Store
from tests.storage.booked import (
    DAY,
    HOUR,
    employ,
    handoff,
    holding,
    invitation,
    meeting,
    referral,
    waiting,
)
from tests.storage.growth import Meter, grow
from tests.storage.turns import add, update

FEW, MANY = 1_000, 10_000  # people
RATIO = 2
NOW = 10**8
CALLS = {}
hours = count(1)  # days on which somebody meets
NOT_MEASURED = {
    "people.compact": "it writes everything anew, at night",
    "imports.read": "it is asked for every row",
    "feedback.questions": "it counts over all that was asked",
    "feedback.corrections": "it is asked for every row",
    "plans.to_look_at": "it looks through all that are watched, a portion at a time, once a day",
    "outbox.waiting": "it counts all that wait, for an operator",
    "gone_addresses.list_all": "it is asked for every row, by an operator",
    "jobs.waiting": "it is asked for every row, once as the content changes",
    "counsellors.profiles": "it is asked for every row, where the revision is another one",
    "bookings.count_states": "it counts over all in its time",
    "waiting.count_waiting": "it counts over all who wait",
    "waiting.count_invited": "it counts over all invitations",
    "waiting.count_no_time": "it counts over all since a day",
}


def call(name):
    """Note what measures a call: it prepares, and gives what is to be measured."""

    def note(measured):
        CALLS[name] = measured
        return measured

    return note


def known(store, name):
    """Somebody of whom every table has a row."""
    keyboard = Keyboard(f"keys {name}", name, "<b>", ("a",), ("A",), 7)
    kept = TurnResult("1", "", (("a", "b"),), (SendMessage("m", "x"), keyboard))
    store.turns.run(Update("web", name, f"known {name}", 1), lambda _: kept)
    store.addresses.link("own", name, name, 1)
    store.codes.give(f"code {name}", "carry", name, NOW * 2)
    store.jobs.schedule(Planned("known", name, NOW * 2, "", name), 1)
    store.inbox.receive("own", [(f"own {name}", name, "{}")], 1)
    store.gone_addresses.note(name, f"{name}@people.example", "550", 1)


def known_well(store, name):
    """Somebody of whom also the tables of bookings have a row."""
    known(store, name)
    hour(store, name, 1)


def taken(store, name):
    """Take an update of a chat that has a long history, once nothing else waits there."""
    while left := store.inbox.claim("busy", 9, NOW * 2, NOW * 2):
        store.inbox.finish(*left)
    store.inbox.receive("busy", [(name, "busy", "{}")], NOW)
    (one,) = store.inbox.claim("busy", 9, NOW, NOW + 1)
    return one


def claimed(store, name):
    kept = TurnResult("1", effects=(SendMessage("m", "x"),))
    store.turns.run(Update("apart", name, f"said {name}", NOW), lambda _: kept)
    return next(one for one in store.outbox.claim("apart", 9, NOW, NOW + 1) if one.lane == name)


def nothing_set_aside(store):
    for queue in (inbox, outbox, job):
        gone = delete(queue).where(queue.c.status == ASIDE)
        store._transactions.run(lambda c, gone=gone: c.execute(gone) and None)


@call("turns.run")
def run_turn(store, name):
    known(store, name)
    return lambda: store.turns.run(update(name, 1), add)


@call("turns.prepare")
def prepare(store, name):
    known(store, name)
    return lambda: store.turns.prepare(TurnRequest(update(name, 1), add))


@call("turns.commit")
def commit(store, name):
    known(store, name)
    prepared = store.turns.prepare(TurnRequest(update(name, 1), add))
    return lambda: store.turns.commit([prepared])


@call("conversations.load")
def load(store, name):
    known(store, name)
    return lambda: store.conversations.load(name)


@call("people.forget")
def forget(store, name):
    known_well(store, name)
    return lambda: store.people.forget(name, 9000)


@call("people.export")
def export(store, name):
    known_well(store, name)
    return lambda: store.people.export(name)


@call("people.purge")
def purge(store, name):
    known_well(store, name)
    known(store, f"{name} too")
    return lambda: store.people.purge(2, 2, 2)


@call("inbox.receive")
def receive(store, name):
    return lambda: store.inbox.receive("busy", [(name, "busy", "{}")], NOW, NOW + 1)


@call("inbox.claim")
def take(store, name):
    taken(store, name)
    return lambda: [store.inbox.claim(one, 16, NOW + 1, NOW + 2) for one in ("people", "busy")]


@call("inbox.put_back")
def put_back(store, name):
    one = taken(store, name)
    return lambda: store.inbox.put_back(one, NOW, failed=False)


@call("inbox.finish")
def finish(store, name):
    one = taken(store, name)
    return lambda: store.inbox.finish(one)


@call("inbox.set_aside")
def set_aside(store, name):
    one = taken(store, name)
    return lambda: store.inbox.set_aside(one, "no")


@call("inbox.list_set_aside")
def list_updates_set_aside(store, name):
    nothing_set_aside(store)
    store.inbox.set_aside(taken(store, name), "no")
    return store.inbox.list_set_aside


@call("inbox.next_due")
def next_update_due(store, name):
    return lambda: store.inbox.next_due("people")


@call("outbox.claim")
def claim(store, name):
    return lambda: store.outbox.claim("people", 16, NOW, NOW + 1)


@call("outbox.mark_sent")
def mark_sent(store, name):
    one = claimed(store, name)
    return lambda: store.outbox.mark_sent(one, shown={f"keys {name}": "5"})


@call("outbox.mark_later")
def mark_later(store, name):
    one = claimed(store, name)
    return lambda: store.outbox.mark_later(one, NOW)


@call("outbox.mark_failed")
def mark_failed(store, name):
    one = claimed(store, name)
    return lambda: store.outbox.mark_failed(one, "no")


@call("outbox.list_set_aside")
def list_messages_set_aside(store, name):
    nothing_set_aside(store)
    store.outbox.mark_failed(claimed(store, name), "no")
    return store.outbox.list_set_aside


@call("outbox.next_due")
def next_message_due(store, name):
    return lambda: store.outbox.next_due("people")


@call("addresses.whose")
def whose(store, name):
    known(store, name)
    return lambda: store.addresses.whose("own", name)


@call("addresses.accounts_of")
def addresses(store, name):
    known(store, name)
    return lambda: store.addresses.accounts_of(name)


@call("addresses.link")
def link(store, name):
    known(store, name)
    return lambda: store.addresses.link("own", name, "another", NOW)


@call("addresses.mark_gone")
def mark_gone(store, name):
    known(store, name)
    return lambda: store.addresses.mark_gone("own", name, gone=True)


@call("gone_addresses.note")
def note_gone(store, name):
    known(store, name)
    return lambda: store.gone_addresses.note(name, f"{name}@people.example", "550", 2)


@call("gone_addresses.note_back")
def note_back(store, name):
    known(store, name)
    return lambda: store.gone_addresses.note_back(f"{name}@people.example")


@call("gone_addresses.find")
def find_gone(store, name):
    known(store, name)
    return lambda: store.gone_addresses.find(f"{name}@people.example")


@call("keyboards.find")
def find_keyboard(store, name):
    known(store, name)
    return lambda: store.keyboards.find(f"keys {name}")


@call("keyboards.showing")
def showing(store, name):
    known(store, name)
    return lambda: store.keyboards.showing(name, 7)


@call("codes.give")
def give_code(store, name):
    return lambda: store.codes.give(f"code {name}", "carry", name, NOW)


@call("codes.known")
def known_code(store, name):
    known(store, name)
    return lambda: store.codes.known(f"code {name}", "carry", NOW)


@call("class_notes.notes_of")
def class_notes(store, name):
    store.turns.run(
        update(name, 1), lambda _: TurnResult("1", effects=(RecordClassEvent(name[:16], "begun"),))
    )
    return lambda: store.class_notes.notes_of(name[:16])


@call("counsellors.invite")
def invite(store, name):
    invited, code = Counsellor(name, "Anna", 1), GiveCode(f"code {name}", "desk", NOW)
    return lambda: store.counsellors.invite(invited, code)


@call("counsellors.join")
def join_counsellor(store, name):
    store.counsellors.invite(Counsellor(name, "Anna", 1), GiveCode(f"code {name}", "desk", NOW))
    return lambda: store.counsellors.join(f"code {name}", "desk", "desk", name, NOW)


@call("counsellors.find")
def find_counsellor(store, name):
    store.counsellors.invite(Counsellor(name, "Anna", 1), GiveCode(f"code {name}", "desk", NOW))
    return lambda: store.counsellors.find(name)


def planned(store, name):
    """Somebody with a plan that is shared and watched."""
    left = (KeepPlanVersion(2, "{}"), OpenShare(f"share {name}", "k1"), WatchPlan(on=True))
    store.turns.run(update(name, 1), lambda _: TurnResult("1", effects=left))
    store.plans.note_open(f"share {name}", 1)


@call("plans.versions")
def plan_versions(store, name):
    planned(store, name)
    return lambda: store.plans.versions(name)


@call("plans.shared")
def shared_plan(store, name):
    planned(store, name)
    return lambda: store.plans.shared(f"share {name}")


@call("plans.note_open")
def note_open(store, name):
    planned(store, name)
    return lambda: store.plans.note_open(f"share {name}", 2)


@call("plans.opens")
def plan_opens(store, name):
    planned(store, name)
    return lambda: store.plans.opens(name)


@call("plans.note_looked")
def plans_looked_at(store, name):
    planned(store, name)
    return lambda: store.plans.note_looked([name], "content/day")


def hour(store, name, at=1000):
    """Somebody who has a counsellor of their own, an hour held, and all that is handed on; gives what was left."""
    own = {"conversation": name}
    start = 10**13 + next(hours) * DAY
    employ(store, name[:32])
    group = meeting(f"group {name}", start + 2 * HOUR, [name[:32]], seats=3, kind=f"k {name}")
    left = (
        *holding(name, start, [name[:32]], code=name, hold_until=5, **own),
        KeepMeeting(group, 0, 1),
        KeepWaiting(waiting(name, place=name, state="offered", booking=name, **own), 0),
        KeepWaiting(waiting(f"also {name}", place=name, **own), 0),
        KeepHandoff(handoff(name, counsellor=name[:32], institution=name, due=1, **own), 0),
        KeepReferral(referral(name, **own), 0),
        KeepInvitation(invitation(name), 0),
    )
    store.turns.run(
        Update("web", name, f"hour {name}", at), lambda _: TurnResult("1", effects=left)
    )
    return left


def tidied(store):
    """Nothing has run out, and nothing is overdue."""
    for change in ("booking SET hold_until = NULL", "handoff SET due = NULL", "waiting SET state = 'left' WHERE state = 'offered'"):  # fmt: skip
        store._transactions.run(lambda c, s=change: c.exec_driver_sql(f"UPDATE {s}") and None)


@call("bookings.commit")
def commit_booking(store, name):
    made, held, *_ = hour(store, name)
    agreed = KeepBooking(replace(held.row, state="confirmed", hold_until=None), 1, 1)
    moved = KeepMeeting(replace(made.row, body="moved"), 1, 1, bookings=(name,))
    message = OutgoingMessage("apart", name, "m", "x")
    planned = [Planned("report", name, NOW)]
    return lambda: store.bookings.commit([moved, agreed], 1, messages=[message], planned=planned)


def reads_of(name):
    """What is asked of somebody's hour, by the names of the calls."""
    until = 10**15
    return {
        "bookings.bookings_of": lambda s: s.bookings.bookings_of(name),
        "bookings.booked_by_code": lambda s: s.bookings.booked_by_code(name),
        "bookings.booking": lambda s: s.bookings.booking(name),
        "bookings.meeting": lambda s: s.bookings.meeting(name),
        "bookings.busy": lambda s: s.bookings.busy([name[:32]], 0, until, 1),
        "bookings.group_meetings": lambda s: s.bookings.group_meetings(f"k {name}", 0, until),
        "bookings.meetings_with": lambda s: s.bookings.meetings_with([name[:32]], 0, until),
        "waiting.waiting": lambda s: s.waiting.waiting(name),
        "waiting.waiting_of": lambda s: s.waiting.waiting_of(name),
        "waiting.waiting_for": lambda s: s.waiting.waiting_for("talk", [name], 9),
        "waiting.invitation": lambda s: s.waiting.invitation(name),
        "handoffs.handoff": lambda s: s.handoffs.handoff(name),
        "handoffs.handoffs_of": lambda s: s.handoffs.handoffs_of(name),
        "handoffs.handoffs_to": lambda s: s.handoffs.handoffs_to(name[:32], ["open"]),
        "handoffs.handoffs_in": lambda s: s.handoffs.handoffs_in(name, ["open"]),
        "handoffs.referral": lambda s: s.handoffs.referral(f"digest of {name}"),
        "handoffs.referrals_of": lambda s: s.handoffs.referrals_of(name),
        "counsellors.profile": lambda s: s.counsellors.profile(name[:32]),
        "counsellors.profiles_revision": lambda s: s.counsellors.profiles_revision(),
    }


def due_of(name):
    """What is asked of all whose time has come, of whom there is one."""
    start = 10**13 + (next(hours) - 1) * DAY
    return {
        "bookings.beginning": lambda s: s.bookings.beginning(["held"], start, start + 1),
        "bookings.run_out": lambda s: s.bookings.run_out(NOW, 9),
        "waiting.run_out_offers": lambda s: s.waiting.run_out_offers(NOW, 9),
        "handoffs.overdue": lambda s: s.handoffs.overdue(NOW, 9),
    }


def measured_read(name_of_call, reads):
    def prepare(store, name):
        if reads is due_of:
            tidied(store)
        hour(store, name)
        asked = reads(name)[name_of_call]
        assert asked(store)
        return lambda: asked(store)

    return prepare


for _reads in (reads_of, due_of):
    CALLS |= {name: measured_read(name, _reads) for name in _reads("")}


def taken_job(store, name):
    store.jobs.schedule(Planned("remind", name, NOW, "", name), 1)
    return next(one for one in store.jobs.claim(99, NOW, NOW + 1) if one.key == name)


@call("jobs.schedule")
def schedule(store, name):
    return lambda: store.jobs.schedule(Planned("remind", name, NOW, "", name), 1)


@call("jobs.claim")
def claim_jobs(store, name):
    for n in range(3):
        store.jobs.schedule(Planned("report", f"{name} {n}", NOW), 1)
    return lambda: store.jobs.claim(3, NOW, NOW + 1)


@call("jobs.done")
def done(store, name):
    one = taken_job(store, name)
    return lambda: store.jobs.done(one, NOW)


@call("jobs.later")
def later(store, name):
    one = taken_job(store, name)
    return lambda: store.jobs.later(one, NOW * 9)


@call("jobs.set_aside")
def give_up_job(store, name):
    one = taken_job(store, name)
    return lambda: store.jobs.set_aside(one, "no", NOW)


@call("jobs.list_set_aside")
def list_jobs_set_aside(store, name):
    nothing_set_aside(store)
    store.jobs.set_aside(taken_job(store, name), "no", NOW)
    return store.jobs.list_set_aside


@call("jobs.cancel")
def cancel(store, name):
    store.jobs.schedule(Planned("remind", name, NOW, "", name), 1)
    return lambda: store.jobs.cancel("remind", name)


@call("jobs.next_due")
def next_job_due(store, name):
    return store.jobs.next_due


@call("imports.revision")
def import_mark(store, name):
    return store.imports.revision


@call("imports.save")
def save_imports(store, name):
    mark = store.imports.revision()
    return lambda: store.imports.save([("occupation", name, "{}")], mark)


def public_calls(store):
    """Every public method of every part of the store."""
    return {
        f"{name}.{method}"
        for name, part in vars(store).items()
        if type(part).__module__.startswith("storage.") and not name.startswith("_")
        for method, _ in inspect.getmembers(part, inspect.ismethod)
        if not method.startswith("_")
    }


def test_every_call_is_measured(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/celvedis.db")
    assert public_calls(store) == {*CALLS} | {*NOT_MEASURED}
    store.close()


def growth(url, monkeypatch, names, spoil=None):
    """How many times more each call costs among many people than among few."""
    meter = Meter()
    # what a purge writes anew at its end has a limit of its own
    monkeypatch.setattr(erasure, "COMPACTED_BESIDE", 0)
    if url.startswith("sqlite"):
        meter.watch_sqlite(monkeypatch)
    store = Store(url)
    if url.startswith("postgres"):
        meter.watch_postgres(store)
    if spoil:
        store._transactions.run(lambda c: c.exec_driver_sql(spoil) and None)
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
        ("ix_inbox_lane_channel", {"people.forget", "people.export", "people.purge"}),
        ("ix_conversation_brief_at", {"people.purge"}),
    ],
)
def test_a_missing_index_is_seen(url, monkeypatch, index, names):
    """The negative control: what grows without an index is measured to grow."""
    found = growth(url, monkeypatch, names, f"DROP INDEX {index}")
    assert {name for name, ratio in found.items() if ratio >= RATIO} == names
