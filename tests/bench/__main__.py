"""`make bench`: what the figures of README.md beside this are, in one run, interleaved, as ratios."""

import tempfile
import time
from pathlib import Path

from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.service.conversations import Dialogue
from bot.wiring import SystemClock, tune_for_latency
from tests.bench import (
    answers,
    booking_rush,
    distress,
    free_times,
    grown,
    hooks,
    interests,
    knowledge,
    long_messages,
    postgres,
    promises,
    search,
    start,
    steps,
    telegram,
    turns,
    wave,
    wishes,
)
from tests.bench.figures import show, show_missed


def main() -> None:
    """Measure and print, a part at a time."""
    begun = time.monotonic()
    talks = Dialogue(load(find_data()).library, load_words(find_data()), SystemClock())
    tune_for_latency()  # as a service does once everything is loaded
    steps.measure(talks)
    interests.measure()
    search.measure()
    answers.measure(talks)
    long_messages.measure(talks)
    wishes.measure()
    knowledge.measure()
    distress.measure()
    free_times.measure(talks)
    with tempfile.TemporaryDirectory() as name:
        turns.measure(Path(name), talks)
    with tempfile.TemporaryDirectory() as name:
        _databases(Path(name), talks)
    with tempfile.TemporaryDirectory() as name:
        start.measure(Path(name))
    telegram.measure(talks)
    hooks.measure()
    promises.measure(talks)
    wave.measure(talks)
    show_missed()
    show("the whole run, minutes", f"{(time.monotonic() - begun) / 60:.1f}")


def _databases(folder: Path, talks: Dialogue) -> None:
    """Measure PostgreSQL, and both databases grown."""
    server = postgres.start_postgres(folder / "server")
    if server is not None:
        postgres.measure(folder, talks, server)
    grown.measure(folder, talks, server)
    booking_rush.measure(folder, server)
    if server is not None and server.named is None:
        server.running.cleanup()


main()
