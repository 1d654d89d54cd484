"""Many who ask for one hour at the same moment, through the whole way of a turn."""

import time

import pytest

from bot.core.dialogue.booking_requests import (
    HoldTimeRequest,
    JoinWaitingRequest,
    ReleaseTimeRequest,
)
from storage.store import Store
from tests.bench.figures import spread
from tests.service.booking_turns import NEED, Town
from tests.storage.crowd import CROWD, OVERLAPS
from tests.storage.turns import together


@pytest.fixture
def towns(url, loaded):
    """Two processes at one database."""
    made = [Town(Store(url), loaded.library) for _ in range(2)]
    yield made
    for town in made:
        town.store.close()


def one_counsellor_hour(town):
    """A time at which only one counsellor is free, whoever asks."""
    seen = {}
    for time_ in town.times("looking"):
        seen[time_.start] = time_
    for time_ in seen.values():
        held = town.hold("looking", time_)
        others = town.hold("second", time_)
        if others.state == "taken" and held.state == "done":
            town.now = town.mine("looking")[0].hold_until
            return time_
    pytest.fail("always two are free")


def test_of_32_who_want_one_hour_one_has_it_and_31_hear_of_others(towns):
    hour = one_counsellor_hour(towns[0])
    towns[1].now = towns[0].now
    answers, waits = {}, []

    def want(who):
        begun = time.perf_counter()
        wanted = HoldTimeRequest(need=NEED, start=hour.start, mode=hour.modes[0])
        answers[who] = towns[who % 2].ask(f"p{who}", wanted)
        waits.append((time.perf_counter() - begun) * 1000)

    assert together(*[lambda who=who: want(who) for who in range(CROWD)]) == []
    print(f"\n{towns[0].store.dialect}: {spread(waits)} ms")
    states = sorted(one.state for one in answers.values())
    assert states == ["done"] + ["taken"] * (CROWD - 1)
    for answer in answers.values():
        if answer.state == "taken":
            assert len(answer.times) == 3
            assert hour.start not in {one.start for one in answer.times}
    count = towns[0].store._transactions.read(lambda c: c.exec_driver_sql(OVERLAPS).scalar_one())
    assert count == 0
    holding = [who for who in range(CROWD) if towns[0].mine(f"p{who}")]
    assert len(holding) == 1


def test_the_places_of_a_freed_hour_go_to_one_who_waits_and_no_other(towns):
    """Who cancels and who looks for a time at that moment: what is offered is not also shown as free."""
    town = towns[0]
    times = [one for one in town.times("looking") if one.start > town.times("looking")[20].start]
    held = town.hold("me", times[0])
    assert town.ask("waiting", JoinWaitingRequest(need=NEED)).state == "done"
    answers = {}

    def release():
        answers["release"] = town.ask("me", ReleaseTimeRequest(booking=held.about))

    def want():
        answers["hold"] = towns[1].hold("you", times[0])

    assert together(release, want) == []
    assert answers["release"].state == "done"
    count = town.store._transactions.read(lambda c: c.exec_driver_sql(OVERLAPS).scalar_one())
    assert count == 0
    theirs = [one for one in town.mine("waiting") if one.state == "held"]
    assert len(theirs) == 1 or answers["hold"].state == "done"
