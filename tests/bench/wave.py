"""Classes at once in Telegram, at the real pace: everybody presses a button in the same second."""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.channels.telegram.runner import BotRunner
from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.service.conversations import Dialogue
from bot.service.queues.rate_limit import RateLimiter
from bot.wiring import SystemClock, tune_for_latency
from tests.bench.figures import at_most, p99, show, spread
from tests.bench.talking import BotApi
from tests.bench.telegram import open_store, running_on

RHYTHM = 6.0  # seconds from one press to the next
OTHERS = 7.3  # the same of somebody who is in none of the classes
NEW = 3.7  # seconds from one who opens the chat meanwhile to the next
ROUNDS = 8
FACE = "🙂"


class Pupil:
    """Somebody who presses a button of the open question, at set moments."""

    def __init__(self, here: BotApi, chat: int) -> None:
        self.here, self.chat = here, chat
        self.shown: str | None = None
        self.waits: list[float] = []
        self.spans: list[tuple[int, int]] = []  # of what was sent, from each press to its answer

    async def begin(self, running: BotRunner, due: float) -> None:
        """Open the interests."""
        await self._bring(running, due, lambda: self.here.update(self.chat, "/start f-interests"))

    async def press(self, running: BotRunner, due: float) -> None:
        """Press what is open: a face, or the first button."""
        keys = [
            key["text"]
            for row in json.loads(self.shown)["reply_markup"]["inline_keyboard"]
            for key in row
        ]
        words = FACE if FACE in keys else keys[0]
        await self._bring(running, due, lambda: self.here.update(self.chat, words, self.shown))

    async def _bring(self, running: BotRunner, due: float, update: Callable[[], dict]) -> None:
        """Bring an update at its moment; notes the seconds from that moment to the next question."""
        await asyncio.sleep(due - time.perf_counter())
        answer, since = self.here.hope(self.chat), len(self.here.sent)
        assert await running.take_webhook_call(json.dumps(update()).encode()) == 200
        self.shown = await answer
        self.waits.append(time.perf_counter() - due)
        self.spans.append((since, len(self.here.sent)))

    async def go_on(self, running: BotRunner, begun: float, rhythm: float, rounds: int) -> None:
        """Open the interests and press, each time at its moment or when the question is there."""
        await self.begin(running, begun)
        for number in range(1, rounds + 1):
            await self.press(running, begun + number * rhythm)


class Wave:
    """Classes that open the interests within one second and then press in step, and other people.

    here: what was sent to all of them. other: who was talking before; new: who begin meanwhile.
    """

    def __init__(self, pupils: int, rounds: int, rhythm: float = RHYTHM) -> None:
        self.here = BotApi()
        self.rounds, self.rhythm = rounds, rhythm
        self.pupils = [Pupil(self.here, 1000 + number) for number in range(pupils)]
        self.other = Pupil(self.here, 77)
        self.new = [Pupil(self.here, 100 + at) for at in range(int(rounds * rhythm / NEW) - 2)]

    async def run(self, talks: Dialogue, kind: str, pace: RateLimiter) -> None:
        """Let it come over our bot."""
        with tempfile.TemporaryDirectory() as name:
            store = open_store(Path(name))
            running = running_on(self.here, store, talks, kind, pace)
            running.start()
            await self._come(running)
            await running.stop()
            store.close()

    async def _come(self, running: BotRunner) -> None:
        begun, lasts = time.perf_counter() + 2, self.rounds * self.rhythm
        coming = [self.other.go_on(running, begun - 1.5, OTHERS, int(lasts / OTHERS))]
        for at, one in enumerate(self.new):
            coming.append(one.begin(running, begun + self.rhythm + at * NEW))
        for at, pupil in enumerate(self.pupils):
            due = begun + at / len(self.pupils)
            coming.append(pupil.go_on(running, due, self.rhythm, self.rounds))
        await asyncio.gather(*coming)

    @property
    def people(self) -> list[Pupil]:
        """Return everybody."""
        return [*self.pupils, self.other, *self.new]

    def calls(self) -> float:
        """Return how many calls in the pace a press cost."""
        return len(self.here.sent) / sum(len(one.waits) for one in self.people)


def measure(talks: Dialogue, rounds: int = ROUNDS) -> None:
    """Print how long classes wait, and somebody else meanwhile."""
    for kind, pupils, aim in (("aiogram", 100, 3), ("aiogram", 150, 6), ("ptb", 150, 6)):
        wave = Wave(pupils, rounds)
        asyncio.run(wave.run(talks, kind, RateLimiter()))
        waits = [wait for pupil in wave.pupils for wait in pupil.waits]
        others = [wait for one in (wave.other, *wave.new) for wait in one.waits]
        what = f"Telegram at the real pace, {pupils} pupils, a press every 6 s, {kind}: wait, s"
        show(what, spread(waits), (p99(waits), at_most(aim)))
        show("  the longest; calls in the pace a press", f"{max(waits):.1f}; {wave.calls():.2f}")
        what = "  other people's wait meanwhile, the longest, s"
        show(what, f"{max(others):.2f}", (max(others), at_most(2)))


if __name__ == "__main__":
    tune_for_latency()
    loaded = Dialogue(load(find_data()).library, load_words(find_data()), SystemClock())
    measure(loaded, *(int(one) for one in sys.argv[1:2]))
