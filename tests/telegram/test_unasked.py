"""A job that is due becomes an input of a turn: said in the chat once, unless "stop" was said."""

import httpx
import pytest

from bot.channels.web.app import build_app
from bot.core.dialogue.inputs import TimedOut
from bot.ports.protocols import millis
from bot.ports.records import Job
from bot.service.conversations import DurableConversations
from bot.service.jobs.scheduler import Scheduler
from bot.service.jobs.unasked_input import plan_input, unasked_input
from bot.wiring import SystemClock
from tests.channels.serving import listening

HERE = "Steigas nav."


@pytest.fixture
def talks(sample):
    return sample


def now():
    return millis(SystemClock().now())


@pytest.fixture
def kept(talks, store):
    return DurableConversations(talks, store)


@pytest.fixture
def scheduler(kept, store):
    return Scheduler(store.jobs, SystemClock(), [unasked_input(kept)])


def plan(store, conversation, key="booking 1"):
    return store.jobs.schedule(plan_input(conversation, key, now(), TimedOut()), now())


def marks(store, key):
    """What happened in a conversation, as (kind, where)."""
    return [(row["kind"], row["body"]) for row in store.people.export(key)["event"]]


def heard_at(store, key):
    return store.people.export(key)["conversation"][0]["at"]


def test_what_is_due_is_said_in_the_chat_once(service, server, store, scheduler):
    service.say("/start")
    key = store.addresses.whose("people", "77")
    heard = heard_at(store, key)
    assert plan(store, key)
    assert scheduler.do_next()
    service.settle()
    assert heard_at(store, key) == heard  # nobody is kept longer for it
    assert [HERE in said for said in server.texts()].count(True) == 1
    assert plan(store, key) is False  # it was done
    assert scheduler.do_next() is False


def test_a_process_killed_after_it_brought_a_job_does_not_bring_it_twice(
    service, server, store, kept
):
    service.say("/start")
    planned = plan_input(store.addresses.whose("people", "77"), "booking 1", now(), TimedOut())
    job = Job(1, planned.kind, planned.key, planned.body, 1, 0, planned.conversation)
    for _ in range(2):  # its mark was lost: somebody else does it again
        assert unasked_input(kept).run(job, lambda: True)
    service.settle()
    assert [HERE in said for said in server.texts()].count(True) == 1


def test_who_said_stop_is_not_told_and_it_is_marked(service, server, store, scheduler):
    service.say("/start")
    service.say("stop")
    key, told = store.addresses.whose("people", "77"), server.texts()
    before = store.conversations.load(key)
    plan(store, key)
    assert scheduler.do_next()
    service.settle()
    assert server.texts() == told
    assert marks(store, key)[-1] == ("withheld", "timed_out")
    after = store.conversations.load(key)
    assert (after.state, after.said) == (before.state, before.said)
    service.press("Strādāju")
    plan(store, key, "booking 2")
    assert scheduler.do_next()
    service.settle()
    assert [HERE in said for said in server.texts()].count(True) == 1


def test_who_was_forgotten_is_not_written_to(service, server, store, scheduler):
    service.say("/start")
    key = store.addresses.whose("people", "77")
    plan(store, key)
    store.people.forget(key, 9000)
    assert scheduler.do_next() is False
    told = server.texts()
    plan(store, key)  # somebody plans it all the same
    assert scheduler.do_next()
    service.settle()
    assert server.texts() == told
    assert store.conversations.load(key).state is None


def test_who_has_only_the_page_reads_it_there(kept, store, scheduler):
    with (
        listening(build_app(kept, secure=False)) as address,
        httpx.Client(base_url=address, follow_redirects=True, timeout=30) as browser,
    ):
        browser.get("/")
        plan(store, browser.cookies["celvedis"])
        assert HERE not in browser.get("/").text
        assert scheduler.do_next()
        assert HERE in browser.get("/").text
