"""Production with questions more, as its authors may add any day: what is no scene must go on."""

import re
from pathlib import Path

from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.service.conversations import Dialogue
from tests.doubles.clocks import TODAY, SetClock
from tests.load.renaming import copy_content

QUESTION = """  - id: {id}
    kind: choice
    text: "Kas vēl?"
    options:
      - {{id: this, label: "Tas", synonyms: []}}
      - {{id: that, label: "Kas cits", synonyms: []}}

"""
# before, between and after what a first conversation asks: by flow, the steps they stand before
PLACES = {"start": ("who", "age_band", "keeping"), "esf_support": ("result",)}
MORE = tuple(f"before_{step}" for steps in PLACES.values() for step in steps)  # their names


def more_questions(folder: Path) -> Dialogue:
    """Return conversations over a copy of production in a folder, with a question at each place."""
    copy_content(folder)
    for flow, steps in PLACES.items():
        path = folder / "flows" / flow / "flow.yaml"
        text = path.read_text(encoding="utf-8")
        for step in steps:
            added = QUESTION.format(id=f"before_{step}")
            text, times = re.subn(rf"^(?=  - id: {step}$)", added, text, flags=re.MULTILINE)
            assert times == 1
        path.write_text(text, encoding="utf-8")
    return Dialogue(load(folder).library, load_words(find_data()), SetClock(), TODAY)
