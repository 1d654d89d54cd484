"""Jobs: done when they are due and once, tried again when they fail, told to end with the process."""

import asyncio
import re
import threading
import time
from datetime import timedelta

import pytest

from bot.errors import StorageBusy
from bot.ports.records import Planned, TurnResult, Update
from bot.service.conversations import Dialogue, DurableConversations
from bot.service.jobs.expiry import expiry
from bot.service.jobs.scheduler import JOB_TRIES, LONGEST_JOB_WAIT, JobKind, Scheduler
from storage import jobs
from storage.jobs import job
from storage.leases import DIALECTS, TAKEN, claim_statement, is_due
from storage.store import Store
from tests.doubles.clocks import GoingClock, SetClock


class Noted:
    """A kind of job that notes what it did, and fails as it is told to."""

    def __init__(self, every=None, *failures):
        self.did, self.failures = [], list(failures)
        self.kind = JobKind("remind", self.run, every)

    def run(self, job, _going_on):
        if self.failures:
            raise self.failures.pop(0)
        self.did.append(job.key)
        return True


def seconds_until_due(store, clock):
    return (store.jobs.next_due() - clock.now().timestamp() * 1000) / 1000


def due_now(scheduler, store, clock):
    """Let time go on to the next job; gives the seconds that were waited."""
    wait = seconds_until_due(store, clock)
    clock.moment += timedelta(seconds=wait)
    assert scheduler.do_next()
    return wait


def plan(store, clock, key="booking 1", after=60.0):
    now = int(clock.now().timestamp() * 1000)
    return store.jobs.schedule(Planned("remind", key, now + int(after * 1000)), now)


def test_a_job_is_done_when_it_is_due_and_not_again(store):
    clock, noted = SetClock(), Noted()
    scheduler = Scheduler(store.jobs, clock, [noted.kind])
    plan(store, clock)
    clock.moment += timedelta(seconds=59)
    assert scheduler.do_next() is False
    clock.moment += timedelta(seconds=1)
    assert scheduler.do_next() is True
    clock.moment += timedelta(days=1)
    assert scheduler.do_next() is False
    assert noted.did == ["booking 1"]


def test_a_job_that_fails_waits_longer_each_time_and_is_set_aside_visibly(store, caplog):
    clock, noted = SetClock(), Noted(None, *(JOB_TRIES * [ZeroDivisionError("a fault")]))
    scheduler = Scheduler(store.jobs, clock, [noted.kind])
    plan(store, clock, "broken", after=0)
    waits = [due_now(scheduler, store, clock) for _ in range(JOB_TRIES)]
    assert waits[:4] == [0, 10, 20, 40]
    assert max(waits) <= LONGEST_JOB_WAIT
    (aside,) = store.jobs.list_set_aside()
    number = re.fullmatch(r"([0-9a-f]{8}) ZeroDivisionError", aside.reason)[1]
    assert number in caplog.text
    assert store.jobs.next_due() is None
    plan(store, clock, "whole", after=0)
    assert scheduler.do_next()
    assert noted.did == ["whole"]


def test_a_database_that_is_busy_is_no_failure_of_the_job(store):
    clock, noted = SetClock(), Noted(None, *(2 * JOB_TRIES * [StorageBusy("locked")]))
    scheduler = Scheduler(store.jobs, clock, [noted.kind])
    plan(store, clock, after=0)
    for _ in range(2 * JOB_TRIES):
        with pytest.raises(StorageBusy):
            due_now(scheduler, store, clock)
    due_now(scheduler, store, clock)
    assert noted.did == ["booking 1"]


def test_what_recurs_comes_again_also_after_it_failed_often(store):
    clock, noted = SetClock(), Noted(600.0, *(3 * JOB_TRIES * [ZeroDivisionError()]))
    scheduler = Scheduler(store.jobs, clock, [noted.kind])
    plan(store, clock, "", after=0)
    assert due_now(scheduler, store, clock) == 0
    assert [due_now(scheduler, store, clock) for _ in range(3 * JOB_TRIES)] == 3 * JOB_TRIES * [600]
    assert noted.did == [""]
    assert store.jobs.list_set_aside() == []


def test_a_job_of_a_newer_release_is_left_to_it(url):
    stores, noted, clock = [Store(url), Store(url)], Noted(), SetClock()
    plan(stores[0], clock, after=0)
    assert Scheduler(stores[0].jobs, clock, []).do_next()
    clock.moment += timedelta(minutes=1)
    assert Scheduler(stores[1].jobs, clock, [noted.kind]).do_next()
    assert noted.did == ["booking 1"]
    for store in stores:
        store.close()


def test_a_long_job_ends_within_its_lease_and_goes_on_in_another_process(url):
    stores, ended = [Store(url), Store(url)], []

    def run(job, going_on):
        while going_on():
            time.sleep(0.01)
        ended.append(job.attempt)
        return len(ended) == 2

    schedulers = [
        Scheduler(store.jobs, GoingClock(), [JobKind("remind", run)], lease=0.4) for store in stores
    ]
    plan(stores[0], GoingClock(), after=0)
    assert [scheduler.do_next() for scheduler in schedulers] == [True, True]
    assert ended == [1, 2]
    assert stores[0].jobs.next_due() is None
    for store in stores:
        store.close()


def test_a_process_that_ends_leaves_its_long_job_to_the_others_at_once(store):
    begun = threading.Event()

    def run(_job, going_on):
        begun.set()
        while going_on():
            time.sleep(0.01)
        return False

    async def begin_and_end():
        scheduler = Scheduler(store.jobs, GoingClock(), [JobKind("remind", run, every=600.0)])
        scheduler.start()
        await asyncio.to_thread(begun.wait, 20)
        await scheduler.stop()

    asyncio.run(begin_and_end())
    assert seconds_until_due(store, GoingClock()) <= 0


def done_by_two(url, jobs_in_all=30, seconds_each=0.005):
    """Two processes' schedulers at work at the same time; gives the key of each job as it was done."""
    stores, noted = [Store(url), Store(url)], Noted()
    for n in range(jobs_in_all):
        plan(stores[0], GoingClock(), str(n), after=0)

    def run(job, going_on):
        time.sleep(seconds_each)
        return noted.run(job, going_on)

    async def work():
        kinds = [JobKind("remind", run)]
        schedulers = [Scheduler(store.jobs, GoingClock(), kinds) for store in stores]
        for scheduler in schedulers:
            scheduler.start()
        end = time.monotonic() + 30
        while len({*noted.did}) < jobs_in_all and time.monotonic() < end:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.2)
        for scheduler in schedulers:
            await scheduler.stop()

    asyncio.run(work())
    for store in stores:
        store.close()
    return noted.did


def test_two_processes_do_each_job_once(url):
    assert sorted(done_by_two(url), key=int) == [str(n) for n in range(30)]


def test_without_the_lease_they_do_it_twice(url, monkeypatch):
    """The negative control: what another has taken, and is long at, is taken all the same."""
    free, order = [is_due(job) | (job.c.status == TAKEN)], [job.c.due, job.c.id]
    loose = {dialect: claim_statement(job, dialect, free, order) for dialect in DIALECTS}
    monkeypatch.setattr(jobs, "CLAIM", loose)
    monkeypatch.setattr(jobs.Jobs, "next_due", lambda *_: 0)
    assert len(done_by_two(url, jobs_in_all=2, seconds_each=0.5)) > 2


def test_the_first_job_forgets_the_idle_in_portions_until_it_is_to_end(store, loaded, talks):
    clock = SetClock()
    kept = DurableConversations(Dialogue(loaded.library, talks.catalogues, clock), store)
    for n in range(70):
        store.turns.run(Update("web", f"idle {n}", "1", 1), lambda _: TurnResult("{}", brief=True))
    left = iter([True, False])
    kept.purge(lambda: next(left, False))
    there = [n for n in range(70) if store.conversations.load(f"idle {n}").state is not None]
    assert 0 < len(there) < 70
    forgetting = expiry(kept)
    assert forgetting.every == loaded.library.policy.erase_every_minutes * 60
    assert forgetting.run(None, lambda: True) is True
    assert all(store.conversations.load(f"idle {n}").state is None for n in there)
