"""Every way the words that ask for a human can be wrong."""

from collections.abc import Iterator

from bot.core.checks.finding import Finding, fault
from bot.core.library import Library

HUMAN_FILE = "content/help/human.yaml"


def human_structure_faults(library: Library) -> Iterator[Finding]:
    """Find parts that a frame names and that are not there."""
    for at, frame in enumerate(library.human_words.frames):
        for part in frame.parts:
            if part not in library.human_words.parts:
                text = f'no part "{part}"'
                yield fault("D004", HUMAN_FILE, ("frames", at, "parts"), text, "correct the name")


def human_faults(library: Library) -> Iterator[Finding]:
    """Find messages that ask for a human and are not heard, and those that are and do not ask."""
    words = library.human_words
    for at, text in enumerate(words.must):
        if not library.human_reader.read(library.tokenize(text)).heard:
            yield fault("D001", HUMAN_FILE, ("must", at), f'"{text}" is not heard', "widen a part")
    for at, text in enumerate(words.must_not):
        reading = library.human_reader.read(library.tokenize(text))
        if reading.heard:
            heard = f'"{text}" is heard: {reading.why}'
            yield fault("D002", HUMAN_FILE, ("must_not", at), heard, "pass it over")
