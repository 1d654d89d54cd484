"""The pure step: in a small flow, in the largest one, and in a session that has grown."""

import csv
import statistics
import time

from bot.core.dialogue.engine import step
from bot.core.dialogue.inputs import Commanded, Input, Picked, Said, Started, World
from bot.core.dialogue.session import Session
from bot.service.conversations import Dialogue
from tests.bench.figures import at_most, p99, show, spread
from tests.bench.pupil import ANSWER, BEFORE, MOST, session_with
from tests.bench.search_sets import DATA

UTTERANCES = DATA / "utterances.tsv"
PATH = ("adult", "from_18", "keep", "esf", "yes", "52", "general_secondary")
TIMES = 200
STEP, FLAT = at_most(100), at_most(1.25)


def once(talks: Dialogue, session: Session, given: Input, world: World) -> float:
    """Microseconds of one step."""
    begun = time.perf_counter()
    step(talks.library, session, given, world, talks.hear)
    return (time.perf_counter() - begun) * 1e6


def along_esf(talks: Dialogue, world: World) -> tuple[list[float], Session]:
    """Microseconds of each step along the ESF+ flow, and the session at its end."""
    found = []
    for _ in range(60):
        session = Session()
        for given in (Started(), *map(_given, PATH)):
            found.append(once(talks, session, given, world))
            session = step(talks.library, session, given, world, talks.hear).session
    return found[len(PATH) + 1 :], session  # the first pass searches the rule's completions once


def _given(name: str) -> Input:
    return Said(text=name) if name.isdecimal() else Picked(options=(name,))


def begun_anew(talks: Dialogue, world: World, times: int) -> Session:
    """Return a session that has begun the interests again so many times, each time with answers."""
    session = session_with(talks, BEFORE)
    for _ in range(times):
        for given in (Commanded(word="menu"), Commanded(word="resume")):
            session = step(talks.library, session, given, world, talks.hear).session
    return session


def heard(talks: Dialogue, world: World) -> list[float]:
    """Milliseconds of a step for each of the typed words that the project is tried with."""
    with UTTERANCES.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t")]
    asked = step(talks.library, Session(), Started(), world, talks.hear).session
    return [once(talks, asked, Said(text=text), world) / 1000 for text in texts]


def measure(talks: Dialogue) -> None:
    """Time single steps."""
    world = talks.world()
    small, _ = along_esf(talks, world)
    show("a pure step along the ESF+ flow, a small one, us", spread(small))
    sessions = {count: session_with(talks, count) for count in (1, BEFORE, 18, MOST)}
    sessions["old"] = begun_anew(talks, world, 200)
    times: dict[int | str, list[float]] = {name: [] for name in sessions}
    for _ in range(TIMES):  # in turn, so that a busy moment hits them all
        for name, session in sessions.items():
            times[name].append(once(talks, session, ANSWER, world))
    medians = {name: statistics.median(found) for name, found in times.items()}
    for count in (1, BEFORE, 18, MOST):
        what = f"an answer in the interests, the largest flow, {count} answers before it, us"
        show(what, spread(times[count]), (medians[count], STEP))
    grown, old = medians[MOST] / medians[1], medians["old"] / medians[BEFORE]
    show(f"  after {MOST} answers, after the first = 1", f"{grown:.2f}", (grown, FLAT))
    show("  after 400 turns more that answer nothing, without them = 1", f"{old:.2f}", (old, FLAT))
    if UTTERANCES.is_file():
        typed = heard(talks, world)
        show("a step for typed words nobody has seen, ms", spread(typed), (p99(typed), at_most(10)))
