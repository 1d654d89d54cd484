"""How well questions in one's own words are found, and what one of them costs.

* left out: every asking, read when it is no asking of any answer (twelve folds); concepts stay.
* as it stands: every asking with itself known, and those that are read as another answer first.
* the open half: rows of `questions.tsv`, as far as they are here.

"first": an answer of the right topic is the likeliest; "among": one is among the three likeliest.
"""

import csv
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.core.knowledge.reading import MOST_NEAR, KnowledgeReader
from bot.core.library import Library
from bot.load.data_folder import find_data
from bot.load.library import load
from tests.bench.figures import at_least, at_most, show

DATA = Path(__file__).parents[3] / "shared" / "data"
FOLDS = 12
FIRST, AMONG = 0.65, 0.85


class Found(NamedTuple):
    """What is found of some askings: shares of the right topic, of what is answered, and of that what is right."""

    count: int
    first: float
    among: float
    answered: float
    right: float


def askings(library: Library) -> list[tuple[str, str]]:
    """Return every asking with the topic of its answer."""
    return [(entry.topic, ask) for entry in library.knowledge.values() for ask in entry.every_ask]


def reader_without(library: Library, left_out: set[str]) -> KnowledgeReader:
    """Return who reads questions without knowing some askings."""
    words = [word for said in library.question_words.values() for word in said]
    return KnowledgeReader(library.knowledge, library.concepts, words, left_out=left_out)


def find(library: Library, reader: KnowledgeReader, asked: list[tuple[str, str]]) -> Found:
    """Return how some askings are read. asked: each with its topic."""
    first = among = answered = right = 0
    for topic, ask in asked:
        text = library.tokenize(ask)
        topics = [library.knowledge[one.entry].topic for one in reader.candidates(text)[:MOST_NEAR]]
        is_first, is_sure = topics[:1] == [topic], reader.read(text).kind == "answer"
        first += is_first
        among += topic in topics
        answered += is_sure
        right += is_sure and is_first
    count = len(asked) or 1
    return Found(
        len(asked), first / count, among / count, answered / count, right / (answered or 1)
    )


def folds(library: Library, count: int = FOLDS, every: int = 1) -> Iterator[Found]:
    """Return what is found of the askings of each fold, when a reader does not know them.

    every: of a fold, one asking in so many is read.
    """
    asked = askings(library)
    for fold in range(count):
        held = asked[fold::FOLDS]
        reader = reader_without(library, {ask for _, ask in held})
        yield find(library, reader, held[::every])


def mean(found: list[Found]) -> Found:
    """Return the figures of several folds together."""
    total = sum(one.count for one in found)
    shares = (
        sum(getattr(one, name) * one.count for one in found) / total
        for name in ("first", "among", "answered", "right")
    )
    return Found(total, *shares)


def measure() -> None:
    """Print the figures."""
    library = load(find_data()).library
    _show("questions, each asking left out", mean(list(folds(library))), FIRST, AMONG)
    _show_own(library)
    if DATA.is_dir():
        with (DATA / "questions.tsv").open(encoding="utf-8", newline="") as file:
            rows = [(row["topic"], row["question"]) for row in csv.DictReader(file, delimiter="\t")]
        found = find(library, library.knowledge_reader, rows)
        _show("questions, the open half", found, FIRST, AMONG)
        _show_time(library, [question for _, question in rows])
    else:
        show("questions, the open half", f"skipped: no {DATA}")
        _show_time(library, [ask for _, ask in askings(library)[::FOLDS]])


def _show(what: str, found: Found, first: float, among: float) -> None:
    aims = ((found.first, at_least(first)), (found.among, at_least(among)))
    figures = f"{found.first:.3f} / {found.among:.3f}"
    show(f"{what} ({found.count}): right topic first, among three", figures, *aims)
    show("… answered, and of that right", f"{found.answered:.3f}, {found.right:.3f}")


def _show_own(library: Library) -> None:
    """Print the askings that are read as another answer first, though they stand at their own."""
    count, others = 0, []
    for id_, entry in library.knowledge.items():
        for ask in entry.every_ask:
            first = library.knowledge_reader.candidates(library.tokenize(ask))[0].entry
            count += 1
            if first != id_:
                others.append(f"{id_}: „{ask}” is read as {first}")
    share = 1 - len(others) / count
    show(
        f"askings ({count}) read as their own answer first", f"{share:.3f}", (share, at_least(0.95))
    )
    for line in others:
        show(f"  {line}", "")


def _show_time(library: Library, messages: list[str]) -> None:
    texts = [library.tokenize(message) for message in messages]
    begun = time.process_time()
    for text in texts:
        library.knowledge_reader.read(text)
    taken = (time.process_time() - begun) / len(texts) * 1e3
    show("… processor time of a question", f"{taken:.2f} ms", (taken, at_most(20)))


if __name__ == "__main__":
    measure()
