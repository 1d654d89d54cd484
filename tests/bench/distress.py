"""How distress and leaving school are heard in sentences of other people, and how often falsely.

* the open half: rows of `utterances.tsv` of the sets distress and leaving. A row is heard where it is
  surely so, and heard with the quiet tier where it is perhaps so; what is no distress must not be.
* neutral names: occupations of ESCO in Latvian and English, and O*NET's interest activities.
* time: of a short message, and of one of 4,000 characters, without cutting it into words.
"""

import csv
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.library import Library
from bot.core.nlu.frame_reading import heed, read_frames
from bot.core.nlu.frames import FrameWords
from bot.core.nlu.leaving import OPENING
from bot.core.nlu.tokens import LONGEST_READ, tokenize
from bot.load.data_folder import find_data
from bot.load.library import load
from tests.bench.figures import at_least, at_most, show

DATA = Path(__file__).parents[3] / "shared" / "data"
NO_DISTRESS = "none"
NO_LEAVING = ("none", "none/ask", "change_work")


@dataclass
class Counted:
    """How some texts are heard: how many there are, and which are heard surely, perhaps, not at all."""

    sure: list[str] = field(default_factory=list)
    perhaps: list[str] = field(default_factory=list)
    not_heard: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """Say how many surely, how many with the quiet tier, of how many."""
        sure, heard = len(self.sure), len(self.sure) + len(self.perhaps)
        return f"{sure} / {heard} of {self._of}"

    @property
    def part_sure(self) -> float:
        """Return the part that is heard surely."""
        return len(self.sure) / self._of

    @property
    def part_heard(self) -> float:
        """Return the part that is heard surely or perhaps."""
        return (len(self.sure) + len(self.perhaps)) / self._of

    @property
    def _of(self) -> int:
        return len(self.sure) + len(self.perhaps) + len(self.not_heard)


def count(
    library: Library, words: FrameWords[str], texts: Iterable[str], kinds: Iterable[str]
) -> Counted:
    """Count how texts are heard as one of some kinds."""
    counted, wanted = Counted(), set(kinds)
    for text in texts:
        found = heed(words, text, library.vocabulary)
        if found is None or found.kind not in wanted:
            counted.not_heard.append(text)
        elif found.tier == "sure":
            counted.sure.append(f"{text} ({found.why})")
        else:
            counted.perhaps.append(f"{text} ({found.why})")
    return counted


def measure() -> None:
    """Print what is heard and what is heard falsely, by tier, and the rows that come out wrong."""
    library = load(find_data()).library
    if DATA.is_dir():
        _open_half(library)
        _names(library)
    else:
        show("distress and leaving school heard", f"skipped: no {DATA}")
    _time(library)


def _open_half(library: Library) -> None:
    rows = [(row["set"], row["text"], row["expected"]) for row in _rows("utterances.tsv")]
    kinds = library.distress.kinds
    cries = [text for of, text, ours in rows if of == "distress" and ours != NO_DISTRESS]
    others = [text for of, text, ours in rows if of == "distress" and ours == NO_DISTRESS]
    heard = count(library, library.distress, cries, kinds)
    falsely = count(library, library.distress, others, kinds)
    aims = (heard.part_sure, at_least(0.9)), (heard.part_heard, at_least(0.95))
    show("distress, open half: heard surely / with the quiet tier", heard.told, *aims)
    _list("not heard surely", [*heard.perhaps, *heard.not_heard])
    show(
        "… idioms, work and study, neutral: the same",
        falsely.told,
        (falsely.part_sure, at_most(0.03)),
    )
    _list("heard falsely", falsely.sure)
    leaving = [text for of, text, ours in rows if of == "leaving" and ours not in NO_LEAVING]
    staying = [text for of, text, ours in rows if of == "leaving" and ours in NO_LEAVING]
    heard = count(library, library.leaving, leaving, OPENING)
    falsely = count(library, library.leaving, staying, OPENING)
    show("leaving school, open half: opens the flow / is asked", heard.told)
    _list("not heard surely", [*heard.perhaps, *heard.not_heard])
    show("… what is no leaving: the same", falsely.told)
    _list("heard falsely", falsely.sure)


def _names(library: Library) -> None:
    names = [
        name
        for row in _rows("esco_occupations_lv_en_index.tsv")
        for name in (row["label_lv"], row["label_en"])
    ]
    found = count(library, library.distress, dict.fromkeys(names), library.distress.kinds)
    show(
        "names of occupations, ESCO: alarmed / with the quiet tier",
        found.told,
        (found.part_sure, at_most(0)),
    )
    _list("heard falsely", found.sure)
    activities = (row["activity_en"] for row in _rows("onet_interest_activities_en.tsv"))
    found = count(library, library.distress, activities, library.distress.kinds)
    show("interest activities, O*NET: the same", found.told, (found.part_sure, at_most(0)))
    _list("heard falsely", found.sure)


def _list(what: str, texts: Iterable[str]) -> None:
    for text in texts:
        show(f"  {what}", text)


def _time(library: Library) -> None:
    examples = library.distress.examples.values()
    texts = [text for one in examples for text in (*one.must.every, *one.must_not.every)]
    short = statistics.median(_seconds(library, text) * 1000 for text in texts)
    show("distress in a short message, ms: median", f"{short:.2f}", (short, at_most(10)))
    neutral = "Man ir divdesmit gadu, strādāju veikalā un gribu mācīties tālāk. " * 100
    dense = " ".join(texts)
    for what, text in (
        ("4,000 characters of talk, ms", neutral),
        ("… of nothing but cries", dense),
    ):
        taken = _seconds(library, text[:LONGEST_READ]) * 1000
        show(what, f"{taken:.0f}", (taken, at_most(50)))


def _seconds(library: Library, text: str) -> float:
    tokens = tokenize(text, library.vocabulary)
    start = time.process_time()
    read_frames(library.distress, tokens)
    return time.process_time() - start


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


if __name__ == "__main__":
    measure()
