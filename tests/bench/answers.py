"""How well typed answers are read, by the rows of `utterances.tsv` with the set "answer".

What the other sets come to (wishes, leaving, a human, distress) stands in `wishes` and `distress`, long
messages in `long_messages`.

A row has one clear value, several that are right, or must be asked. Counted apart: taken right, asked
with the right option, refused, taken wrong without a word, and taken wrong but said back.
"""

import csv
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator

from bot.cli.hearing import hear_query
from bot.service.conversations import Dialogue
from tests.bench.figures import at_least, at_most, show
from tests.bench.search_sets import DATA

# what the rows call a question: its flow and step
QUESTIONS = {
    "who": ("start", "who"), "age_band": ("start", "age_band"), "age_band_p": ("start", "age_band"),
    "keeping": ("start", "keeping"), "parent_agrees": ("start", "parent_agrees"),
    "age": ("esf_support", "age"), "education": ("esf_support", "education"),
    "employed": ("esf_support", "employed"), "household": ("esf_support", "household"),
    "protection": ("esf_support", "protection_status"),
    "works_below": ("esf_support", "works_below_education"), "interest": ("interests", "likes"),
    "skill": ("skills", "s1"), "school_now": ("about_me", "school_now"),
    "human": ("human", "human_situation"), "forget": ("forget", "forget_sure"),
}  # fmt: skip
OWN_WORDS = ("values", "circ", "obst", "help", "strengths")  # what is typed there is kept as it is
# of these a wrong answer is a wrong consent, or another group of ESF+
DECISIVE = (
    "age_band",
    "age_band_p",
    "keeping",
    "parent_agrees",
    "employed",
    "education",
    "household",
    "protection",
    "works_below",
)
SYLLABLES = ("va", "ro", "ska", "ti", "mez", "lu", "kā", "pre", "gi", "dū", "so")
LONG = "Man ir divdesmit gadu, strādāju veikalā un gribu mācīties tālāk. "


def measure(talks: Dialogue) -> None:
    """Measure and print."""
    if DATA.is_dir():
        _answers(talks)
    else:
        show("typed answers", f"skipped: no {DATA}")
    _seconds(talks, LONG * 2)  # what the first long message makes is made once
    for what, text in (
        ("4,000 characters at a question, whole line, ms", LONG * 100),
        ("… of words that were never typed before", " ".join(_new_words(1000))),
    ):
        taken = (
            statistics.median(_seconds(talks, text[:size]) for size in (4000, 3999, 3998)) * 1000
        )
        show(what, f"{taken:.0f}", (taken, at_most(50)))


def _new_words(count: int) -> Iterator[str]:
    """Return words that no list holds, each another one, with the letters of Latvian ones."""
    for number in range(count):
        yield "".join(
            SYLLABLES[number // len(SYLLABLES) ** place % len(SYLLABLES)] for place in (0, 1, 2)
        )


def _answers(talks: Dialogue) -> None:
    found: Counter[str] = Counter()
    decisive: Counter[str] = Counter()
    seconds: list[float] = []
    with (DATA / "utterances.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["set"] != "answer" or row["where"] in OWN_WORDS:
            continue
        outcome, wanted = _outcome(talks, row["where"], row["text"], row["expected"])
        seconds.append(_seconds(talks, row["text"], *QUESTIONS[row["where"]]))
        found[f"{wanted} {outcome}"] += 1
        decisive[outcome] += row["where"] in DECISIVE
        if outcome.startswith("wrong"):
            show(f"  {outcome}", f"{row['where']}: {row['text']}")
    clear = sum(count for name, count in found.items() if name.startswith("clear"))
    asking = sum(count for name, count in found.items() if name.startswith("ask"))
    right = found["clear right"] / clear
    refused = found["clear refused"] / clear
    silent = (found["clear wrong"] + found["ask wrong"]) / (clear + asking)
    told = (found["clear wrong, said back"] + found["ask wrong, said back"]) / (clear + asking)
    show("clear answers taken right", f"{right:.3f} of {clear}", (right, at_least(0.92)))
    show("… refused", f"{refused:.3f}", (refused, at_most(0.04)))
    show("taken wrong without a word", f"{silent:.3f}", (silent, at_most(0.01)))
    show("taken wrong and said back", f"{told:.3f}", (told, at_most(0.07)))
    wrong = sum(count for name, count in decisive.items() if name.startswith("wrong"))
    part = wrong / decisive.total()
    what = f"{part:.3f} of {decisive.total()}"
    show("… at questions of consent and of ESF+, either", what, (part, at_most(0.01)))
    taken = (found["ask wrong"] + found["ask wrong, said back"]) / asking
    show("what must be asked is taken", f"{taken:.3f} of {asking}", (taken, at_most(0.1)))
    median = statistics.median(seconds) * 1000
    show("the whole line, a short message, ms: median", f"{median:.1f}", (median, at_most(10)))


def _outcome(talks: Dialogue, where: str, text: str, expected: str) -> tuple[str, str]:
    flow, step = QUESTIONS[where]
    heard = hear_query(talks, {"flow": flow, "step": step, "text": text})
    values = {value.strip() for value in re.split(r"[|/]", expected)} - {"ask"}
    wanted = "either" if values and "ask" in expected else "ask" if not values else "clear"
    values = {"yes" if value == "ERASED" else value for value in values}
    if heard["heard"] == "answer":
        if str(heard["value"]) in values:
            return "right", wanted
        return ("wrong, said back" if heard["sure"] == "said_back" else "wrong"), wanted
    near = set(heard.get("options", ())) & values
    return ("asked" if near or wanted != "clear" else "refused"), wanted


def _seconds(talks: Dialogue, text: str, flow: str = "start", step: str = "who") -> float:
    start = time.process_time()
    hear_query(talks, {"flow": flow, "step": step, "text": text})
    return time.process_time() - start


if __name__ == "__main__":
    from bot.wiring import make_dialogue, read_content

    measure(make_dialogue(read_content().library, None))
