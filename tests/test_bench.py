"""The benchmark measures what its rows say: real answers, real rows, the turn's own statements."""

import asyncio
import subprocess

import pytest

from bot.ports.effects import SendMessage
from bot.service.conversations import DurableConversations
from storage.store import Store
from tests.bench import free_times, grown, promises, start, steps, turns
from tests.bench.figures import at_least, at_most
from tests.bench.postgres import pgbench_of, script, trips
from tests.bench.pupil import BEFORE, answer, before_answer, put
from tests.conftest import new_database


def kept_answers(kept, key):
    session, _, _ = kept.read(key)
    return [one for one in session.answers if one.flow == "interests"]


def test_a_turn_is_an_answer_that_is_kept_and_its_message_queued(talks, store):
    kept = DurableConversations(talks, store)
    put(store, ["a", "b"], before_answer(talks))
    before = store.people.export("a")
    answer(kept, "a")
    assert [len(kept_answers(kept, key)) for key in ("a", "b")] == [BEFORE + 1, BEFORE]
    after = store.people.export("a")
    assert len(after["outbox"]) == len(before["outbox"]) + 1
    assert len(before_answer(talks).effects_of(SendMessage)) == 1


def test_a_grown_database_holds_people_who_can_answer_and_be_forgotten(talks, store):
    rows = grown.rows_of_one(talks, store)
    grown.fill(store, rows, ["p0", "p1"], {})
    kept = DurableConversations(talks, store)
    answer(kept, "p1")
    assert [len(kept_answers(kept, key)) for key in ("p0", "p1")] == [BEFORE, BEFORE + 1]
    copied = store.people.export("p0")
    assert {name: len(own) for name, own in copied.items()} == {
        name: len(own) for name, own in rows.items()
    }
    assert len(rows["inbox"]) == 17
    store.people.forget("p0", 9000)
    assert not any(store.people.export("p0").values())


@pytest.mark.postgres
def test_pgbench_reads_and_writes_as_a_turn_does(talks, postgres, tmp_path):
    url = new_database(postgres)
    store = Store(url)
    rows = grown.rows_of_one(talks, store)
    grown.fill(store, rows, [f"b{number}" for number in range(3)], {})
    kept = DurableConversations(talks, store)
    grown.fill(store, rows, ["p0", "p1"], {})
    assert trips(kept) == 4
    pgbench = pgbench_of(postgres)
    if pgbench is None:
        pytest.skip("no pgbench here")
    sql = script(tmp_path, 3)
    subprocess.run(
        [pgbench, "-n", "-M", "prepared", "-t", "5", "-f", sql, url],
        check=True,
        capture_output=True,
    )
    versions = [store.conversations.load(f"b{number}").version for number in range(3)]
    assert sum(versions) == 3 * len(rows["inbox"]) + 5
    messages = [store.people.export(f"b{number}")["outbox"] for number in range(3)]
    assert sum(map(len, messages)) == 5
    store.close()


def test_every_part_of_the_run_can_be_made(talks, tmp_path):
    """What is short in each part, so that a name changed elsewhere is noticed here."""
    sqlite = turns.Bench(tmp_path, talks)
    assert sqlite.answers(0, shown=True) > sqlite.store_alone(0) > 0
    assert start.make_index(0) > 0
    place = free_times.Municipality(talks)
    assert {time.start for own in place.times() for time in own} == {
        one.start for one in place.shown()
    }
    _, esf = steps.along_esf(talks, talks.world())
    assert esf.answers[-1].step == "education"
    assert len(steps.begun_anew(talks, talks.world(), 1).answers) == BEFORE + 3


def test_twenty_updates_of_one_person_are_taken_in_order(talks):
    assert asyncio.run(promises.ours_in_order(talks)) == 20


@pytest.mark.parametrize(
    ("aim", "value", "verdict"),
    [
        (at_most(5, 3), 5.1, "MISSED"),
        (at_most(5, 3), 5.0, "reached"),
        (at_most(5, 3), 2.9, "stretch"),
        (at_least(0.3), 0.29, "MISSED"),
        (at_least(0.3), 0.9, "reached"),
        (at_most(1), float("nan"), "MISSED"),
    ],
)
def test_a_figure_is_judged_by_its_aim(aim, value, verdict):
    assert aim.verdict(value) == verdict
