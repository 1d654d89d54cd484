"""`make bench`: what the figures of README.md beside this are, in one run, interleaved, as ratios."""

import tempfile
from pathlib import Path

from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.service.conversations import Dialogue
from bot.wiring import SystemClock, tune_for_latency
from tests.bench import (
    hooks,
    interests,
    postgres,
    promises,
    search,
    start,
    steps,
    telegram,
    turns,
    wave,
)


def main() -> None:
    """Measure and print, a part at a time."""
    talks = Dialogue(load(find_data()).library, load_words(find_data()), SystemClock())
    steps.measure(talks)
    interests.measure()
    search.measure()
    with tempfile.TemporaryDirectory() as name:
        turns.measure(Path(name), talks)
    with tempfile.TemporaryDirectory() as name:
        postgres.measure(Path(name))
    with tempfile.TemporaryDirectory() as name:
        start.measure(Path(name))
    tune_for_latency()  # as a service does
    telegram.measure(talks)
    hooks.measure()
    promises.measure(talks)
    wave.measure(talks)


main()
