"""What is to be done at a moment is done once, on both databases."""

import time

from bot.ports.records import Planned
from storage import jobs
from storage.jobs import job
from storage.leases import DIALECTS, TAKEN, claim_statement, is_due
from storage.store import Store
from tests.storage.turns import everything, together

REMINDER = Planned("remind", "booking 1", 5000, "{}", "a")


def names(taken):
    return [(one.kind, one.key) for one in taken]


def test_a_job_is_taken_when_it_is_due_and_done_once(store):
    assert store.jobs.schedule(REMINDER, 1000)
    assert store.jobs.next_due() == 5000
    assert store.jobs.claim(9, 4999, 6000) == []
    (one,) = store.jobs.claim(9, 5000, 6000)
    assert (one.kind, one.key, one.body, one.conversation) == ("remind", "booking 1", "{}", "a")
    assert store.jobs.claim(9, 5999, 7000) == []
    assert store.jobs.done(one, 5500)
    assert store.jobs.claim(9, 99_000, 99_999) == []
    assert store.jobs.next_due() is None
    assert [row[-1] for row in everything(store)["job"]] == [""]  # its body is not kept


def test_scheduled_twice_is_once_and_a_moved_one_is_moved(store):
    assert [store.jobs.schedule(REMINDER, 1000) for _ in range(2)] == [True, True]
    later = Planned("remind", "booking 1", 8000, "moved", "a")
    assert store.jobs.schedule(later, 1500)
    assert store.jobs.claim(9, 7999, 9000) == []
    (one,) = store.jobs.claim(9, 8000, 9000)
    assert one.body == "moved"
    assert store.jobs.schedule(REMINDER, 8100) is False  # it is being done
    assert store.jobs.done(one, 8200)
    assert store.jobs.schedule(REMINDER, 8300) is False  # it was done
    assert store.jobs.claim(9, 99_000, 99_999) == []


def test_what_is_done_is_known_for_a_while_after_it_was_done(store):
    store.jobs.schedule(REMINDER, 1000)
    (one,) = store.jobs.claim(9, 500_000, 600_000)
    store.jobs.done(one, 500_001)
    store.people.purge(0, 0, 400_000)  # long after it was scheduled
    assert store.jobs.schedule(REMINDER, 500_002) is False
    store.people.purge(0, 0, 600_000)
    assert store.jobs.schedule(REMINDER, 600_001) is True


def test_what_is_due_the_longest_is_taken_first(store):
    for kind, key, due in (("remind", "b", 30), ("report", "c", 10), ("remind", "a", 20)):
        store.jobs.schedule(Planned(kind, key, due), 1)
    assert {*names(store.jobs.claim(2, 100, 200))} == {("report", "c"), ("remind", "a")}
    assert names(store.jobs.claim(9, 100, 200)) == [("remind", "b")]


def test_a_lost_process_leaves_its_job_and_its_late_mark_does_nothing(store):
    store.jobs.schedule(REMINDER, 1000)
    (lost,) = store.jobs.claim(9, 5000, 6000)
    assert store.jobs.next_due() == 6000
    (taken,) = store.jobs.claim(9, 6000, 7000)
    assert store.jobs.done(lost, 6500) is False
    assert store.jobs.done(taken, 6500) is True


def test_a_job_that_fails_waits_and_is_given_up_visibly(store):
    store.jobs.schedule(REMINDER, 1000)
    (one,) = store.jobs.claim(9, 5000, 6000)
    assert store.jobs.later(one, 7000, failed=True)
    assert store.jobs.claim(9, 6999, 8000) == []
    (again,) = store.jobs.claim(9, 7000, 8000)
    assert (again.attempt, again.failures) == (2, 1)
    assert store.jobs.set_aside(again, "no paper", 7500)
    assert [(one.line, one.channel, one.reason) for one in store.jobs.list_set_aside()] == [
        ("job", "remind", "no paper")
    ]
    assert store.jobs.claim(9, 99_000, 99_999) == []


def test_a_job_may_come_again_and_again(store):
    """A recurring one is put off to its next time; what failed before it went well is over."""
    store.jobs.schedule(Planned("report", "daily", 1000), 1)
    failures = []
    for day in range(1, 6):
        (one,) = store.jobs.claim(9, day * 1000, day * 1000 + 500)
        failures.append(one.failures)
        assert store.jobs.later(one, (day + 1) * 1000, failed=day in (1, 2, 4))
    assert failures == [0, 1, 2, 0, 1]
    assert store.jobs.next_due() == 6000


def test_a_cancelled_job_is_not_done_and_may_be_scheduled_anew(store):
    store.jobs.schedule(REMINDER, 1000)
    assert store.jobs.cancel("remind", "booking 1") is True
    assert store.jobs.cancel("remind", "booking 1") is False
    assert store.jobs.claim(9, 5000, 6000) == []
    assert store.jobs.schedule(REMINDER, 1000) is True
    (taken,) = store.jobs.claim(9, 5000, 6000)
    assert store.jobs.cancel("remind", "booking 1") is True  # while somebody does it
    assert store.jobs.done(taken, 5500) is False


def test_a_persons_jobs_are_forgotten_with_them(store):
    store.jobs.schedule(REMINDER, 1000)
    store.jobs.schedule(Planned("report", "daily", 5000), 1000)
    store.people.forget("a", 9000)
    assert names(store.jobs.claim(9, 5000, 6000)) == [("report", "daily")]


def do_by_two(url):
    """Two processes' stores do forty jobs at once; gives what was done."""
    stores = [Store(url), Store(url)]
    for n in range(40):
        stores[0].jobs.schedule(Planned("remind", f"{n}", 10), 1)
    done = []

    def work(store):
        for _ in range(60):
            for one in store.jobs.claim(3, 100, 10**9):
                time.sleep(0.002)
                done.append(one.key)
                store.jobs.done(one, 101)

    assert together(*[lambda store=store: work(store) for store in stores for _ in range(2)]) == []
    for store in stores:
        store.close()
    return done


def test_two_processes_do_each_job_once(url):
    assert sorted(do_by_two(url), key=int) == [f"{n}" for n in range(40)]


def test_without_the_lease_jobs_are_done_twice(url, monkeypatch):
    """The negative control: what another has taken is taken all the same."""
    free = [is_due(job) | (job.c.status == TAKEN)]
    loose = {one: claim_statement(job, one, free, [job.c.due, job.c.id]) for one in DIALECTS}
    monkeypatch.setattr(jobs, "CLAIM", loose)
    assert len(do_by_two(url)) > 40
