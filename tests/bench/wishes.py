"""How well wishes are read, by what the content holds and by sentences of other people.

* left out: every example, read when it is no example (twelve folds); its phrases stay. By these
  figures the limits of `WishLimits` are set: `fit()` tries them all and prints the best.
* the open half: rows of `utterances.tsv` of the sets wish, leaving and human.
* questions: a free question of `questions.tsv` is no wish; most still have a door that helps.

A row is right where what is taken leads to the expected door (or the human is heard), "among" where
the door is among those that are asked about, refused where nothing is read.
"""

import csv
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bot.core.library import Library
from bot.core.nlu.tokens import LONGEST_READ
from bot.core.nlu.wish_reading import LIMITS, Evidence, WishLimits, WishReader
from bot.core.nlu.wishes import SmallTalk, Wish
from bot.load.data_folder import find_data
from bot.load.library import load
from tests.bench.figures import at_least, at_most, show

DATA = Path(__file__).parents[3] / "shared" / "data"
FOLDS = 12
OUTCOMES = ("right", "among", "asked wrongly", "wrong", "refused")
# what the rows of `utterances.tsv` call a door, and the wishes or flows that are it
DOORS: dict[str, tuple[str, ...]] = {
    "esf": ("esf_support",),
    "greet": ("greeting", "thanks", "okay"),
    "bye": ("goodbye",),
    "bot": ("who_are_you",),
    "off": ("joke", "weather", "homework", "general_question", "how_are_you"),
    "pdata": ("own_data", "others_data"),
    "change_work": ("change_work",),
}
NOT_OURS = ("violence",)  # read before wishes


@dataclass(frozen=True)
class Row:
    """A message, and the doors that are right; () where nothing may be taken."""

    text: str
    expected: tuple[str, ...]


def doors(library: Library, id_: str) -> tuple[str, ...]:
    """Return what a wish may be called: itself, where it leads, and whom it asks for."""
    wish = library.wishes[id_]
    if isinstance(wish, SmallTalk):
        return (id_,)
    found = [id_]
    for way in (wish.door, wish.answer):
        found += [way] if isinstance(way, str) else [way.tu, way.jus] if way is not None else []
    return tuple(found)


def open_rows(set_: str) -> Iterator[Row]:
    """Return the rows of a set of the open half."""
    with (DATA / "utterances.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            expected = row["expected"].split(" ")[0]
            if row["set"] == set_ and expected not in NOT_OURS:
                yield Row(row["text"], () if expected.startswith("none") else _names(expected))


def _names(expected: str) -> tuple[str, ...]:
    if expected == "?":  # any door that helps
        return ("?",)
    return DOORS.get(expected, (expected,))


def outcome(library: Library, row: Row) -> str:
    """Return what the reading of a row is worth: right, among, asked wrongly, wrong or refused."""
    text = library.tokenize(row.text)
    reading = library.wish_reader.read(text)
    if "human" in row.expected and library.human_reader.read(text).heard:
        return "right"
    if not row.expected:
        return "wrong" if reading.kind == "take" else "right"
    good = [
        "?" in row.expected or not set(row.expected).isdisjoint(doors(library, id_))
        for id_ in reading.wishes
    ]
    match reading.kind:
        case "take":
            return "right" if good[0] else "wrong"
        case "ask":
            return "among" if any(good) else "asked wrongly"
        case "none":
            return "refused"


def measure() -> None:
    """Print the figures of each set."""
    library = load(find_data()).library
    left = Counter(_at(LIMITS, one) for one in left_out(library))
    _show("wishes, each example left out", left, right=0.8, wrong=0.06)
    if DATA.is_dir():
        for name in ("wish", "leaving", "human"):
            rows = Counter(outcome(library, row) for row in open_rows(name))
            _show(f"wishes, the open half, {name}", rows, right=0.9, wrong=0.03)
        _show_questions(library)
    else:
        show("wishes, the open half", f"skipped: no {DATA}")
    _show_time(library)


def _show(what: str, counts: Counter[str], right: float, wrong: float) -> None:
    """Print what became of some rows, with the aims of its shares."""
    number = counts.total()
    share = {name: counts[name] / number for name in OUTCOMES}
    figures = " / ".join(f"{share[name]:.3f}" for name in OUTCOMES)
    judged = ((share["right"], at_least(right)), (share["wrong"], at_most(wrong)))
    show(f"{what} ({number}): {', '.join(OUTCOMES)}", figures, *judged)


def _show_questions(library: Library) -> None:
    """Print for how many free questions a human is heard, and small talk; neither is asked for."""
    with (DATA / "questions.tsv").open(encoding="utf-8", newline="") as file:
        questions = [row["question"] for row in csv.DictReader(file, delimiter="\t")]
    texts = [library.tokenize(question) for question in questions]
    human = sum(library.human_reader.read(text).heard for text in texts) / len(texts)
    readings = [library.wish_reader.read(text) for text in texts]
    chatter = sum(
        reading.kind == "take" and isinstance(library.wishes[reading.wishes[0]], SmallTalk)
        for reading in readings
    ) / len(texts)
    show(f"free questions ({len(texts)}): a human is heard", f"{human:.3f}", (human, at_most(0.02)))
    show("… they are taken for small talk", f"{chatter:.3f}", (chatter, at_most(0.02)))


def _show_time(library: Library) -> None:
    """Print the processor time of a message, read as a wish and as asking for a human."""
    short = [must for wish in library.wishes.values() for must in wish.must]
    story = (" ".join(short) * 2)[:LONGEST_READ]
    for what, messages, limit in (
        (f"a short message, {len(library.wishes)} wishes", short, 1.0),
        (f"a message of {LONGEST_READ} characters", [story] * 20, 50.0),
    ):
        texts = [library.tokenize(message) for message in messages]
        begun = time.process_time()
        for text in texts:
            library.wish_reader.read(text)
            library.human_reader.read(text)
        taken = (time.process_time() - begun) / len(texts) * 1e3
        show(f"… processor time, {what}", f"{taken:.2f} ms", (taken, at_most(limit)))


# ---- setting the limits


@dataclass(frozen=True)
class LeftOut:
    """What speaks for each door when an example is left out, and the door that is its own."""

    own: tuple[object, ...]
    evidence: Mapping[tuple[object, ...], tuple[Evidence, ...]]


def left_out(library: Library) -> Iterator[LeftOut]:
    """Read every example by a reader that does not have it as an example."""
    every = [
        (id_, example)
        for id_, wish in library.wishes.items()
        for of_language in wish.examples.values()
        for example in of_language
    ]
    for fold in range(FOLDS):
        held = {example for place, (_, example) in enumerate(every) if place % FOLDS == fold}
        kept = {id_: _without(wish, held) for id_, wish in library.wishes.items()}
        reader = WishReader(kept, library.global_words.courtesy)
        for id_, example in every:
            if example in held:
                evidence = reader.evidence(library.tokenize(example))
                by_door: dict[tuple[object, ...], tuple[Evidence, ...]] = defaultdict(tuple)
                for other, one in evidence.items():
                    by_door[_way(library, other)] += (one,)
                yield LeftOut(_way(library, id_), by_door)


def _without(wish: Wish | SmallTalk, held: set[str]) -> Wish | SmallTalk:
    examples = {
        language: tuple(example for example in examples if example not in held)
        for language, examples in wish.examples.items()
    }
    return wish.model_copy(update={"examples": examples})


def _way(library: Library, id_: str) -> tuple[object, ...]:
    wish = library.wishes[id_]
    return (id_,) if isinstance(wish, SmallTalk) else wish.leads_to


def _at(limits: WishLimits, one: LeftOut) -> str:
    """Return what a left-out example comes to at some limits."""
    scores = sorted(
        (
            (max(each.score(limits) for each in evidence), door == one.own)
            for door, evidence in one.evidence.items()
        ),
        key=lambda pair: -pair[0],
    )
    if not scores or scores[0][0] < limits.ask:
        return "refused"
    rival = scores[1][0] if len(scores) > 1 else 0.0
    if scores[0][0] >= limits.take and scores[0][0] - rival >= limits.margin:
        return "right" if scores[0][1] else "wrong"
    near = [own for score, own in scores[:3] if score >= limits.ask]
    return "among" if any(near) else "asked wrongly"


def fit() -> None:
    """Print the limits at which examples that are left out are read best: wrong costs three rights."""
    left = list(left_out(load(find_data()).library))
    tried = []
    for (letters, words), take, margin, ask in product(
        ((0.40, 0.0), (0.24, 0.16), (0.20, 0.20)),
        (0.20, 0.25, 0.30, 0.35, 0.40),
        (0.05, 0.08, 0.10, 0.15),
        (0.12, 0.15, 0.18, 0.20),
    ):
        limits = WishLimits(0.6, letters, words, take, margin, ask)
        counts = Counter(_at(limits, one) for one in left)
        worth = counts["right"] + 0.6 * counts["among"] - 3 * counts["wrong"]
        worth -= 0.5 * counts["asked wrongly"]
        tried.append((worth / len(left), limits, counts))
    for worth, limits, counts in sorted(tried, key=lambda one: -one[0])[:10]:
        show(f"{worth:.3f} {tuple(limits)}", str(dict(counts)))


if __name__ == "__main__":
    measure()
    fit()
