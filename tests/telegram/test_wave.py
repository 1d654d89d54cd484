"""A class at once at a pace that is far too slow for it: nobody is forgotten for another."""

import asyncio
from collections import Counter

import pytest

from bot.service.queues.rate_limit import RateLimiter
from tests.bench.wave import Wave

pytestmark = pytest.mark.alone
RATE = 12.0  # messages a second
PUPILS = 40  # who want three times as many
ROUNDS, RHYTHM = 4, 1.0


@pytest.mark.parametrize("kind", ["aiogram", "ptb"])
def test_a_class_is_answered_in_turn_and_others_hardly_wait(talks, kind):
    """In counts of what is sent, not in seconds, so that a slow machine changes nothing."""
    wave = Wave(PUPILS, ROUNDS, RHYTHM)
    asyncio.run(wave.run(talks, kind, RateLimiter(rate=RATE)))
    assert wave.calls() < 1.1
    for one in wave.people:
        for since, until in one.spans:
            meanwhile = Counter(chat for _, chat in wave.here.sent[since : until - 1])
            assert max(meanwhile.values(), default=0) <= 2
    times = sorted(at for at, _ in wave.here.sent)
    assert len(times) / (times[-1] - times[0]) <= RATE * 1.05
