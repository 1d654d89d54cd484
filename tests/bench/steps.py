"""The pure step along the ESF+ flow, and in a session that has grown."""

import time

from bot.core.dialogue.engine import step
from bot.core.dialogue.inputs import Commanded, Picked, Said, Started
from bot.core.dialogue.session import Session
from bot.service.conversations import Dialogue
from tests.bench.figures import show, spread

PATH = ("adult", "from_18", "keep", "esf", "yes", "52", "general_secondary")


def measure(talks: Dialogue) -> None:
    """Time single steps in microseconds."""
    world = talks.world()
    found = []
    for _ in range(60):
        session = Session()
        for name in (None, *PATH):
            given = Started() if name is None else Picked(options=(name,))
            given = Said(text=name) if name == "52" else given
            begun = time.perf_counter()
            turn = step(talks.library, session, given, world, talks.hear)
            found.append((time.perf_counter() - begun) * 1e6)
            session = turn.session
    found = found[len(PATH) + 1 :]  # the first pass searches the rule's completions once
    show("a pure step along the ESF+ flow, us", spread(found), "p50 under 100")
    old = session
    for _ in range(200):
        old = step(talks.library, old, Commanded(word="menu"), world, talks.hear).session
        old = step(talks.library, old, Commanded(word="resume"), world, talks.hear).session
    grown = []
    for _ in range(300):
        begun = time.perf_counter()
        step(talks.library, old, Commanded(word="why"), world, talks.hear)
        grown.append((time.perf_counter() - begun) * 1e6)
    young = []
    for _ in range(300):
        begun = time.perf_counter()
        step(talks.library, session, Commanded(word="why"), world, talks.hear)
        young.append((time.perf_counter() - begun) * 1e6)
    show("the same step, young session, us", spread(young))
    show("the same step after 400 more turns, us", spread(grown), "flat")
