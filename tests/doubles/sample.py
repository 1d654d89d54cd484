"""The sample: a small library of the tests' own, so that no test hangs on what production asks."""

import shutil
from functools import cache
from pathlib import Path

from bot.load.data_folder import find_data
from bot.load.library import LoadedContent, load
from bot.load.translations import load_words
from bot.ports.protocols import Clock
from bot.service.conversations import Dialogue
from bot.words.i18n.translations import Catalogue
from tests.doubles.clocks import TODAY, SetClock

ROOT = Path(__file__).parent.parent / "content"


@cache
def load_sample() -> LoadedContent:
    return load(ROOT)


def sample_talks(clock: Clock | None = None, root: Path = ROOT) -> Dialogue:
    """Return conversations over the sample, or over a changed copy of it."""
    library = load_sample().library if root == ROOT else load(root).library
    return Dialogue(library, sample_words(root), clock or SetClock(), TODAY)


@cache
def sample_words(root: Path = ROOT) -> dict[str, Catalogue]:
    """Return every language's words: the program's own phrases as translated, and the sample's."""
    phrases, own = load_words(find_data()), load_words(root)
    return {
        language: Catalogue(
            language,
            {**phrases[language].messages, **own[language].messages},
            phrases[language].counted,
        )
        for language in own
    }


def changed_sample(folder: Path, **flows: tuple[str, str]) -> Path:
    """Copy the sample into a folder with something replaced in some flows; returns the folder.

    flows: by the flow's name, what stands there once and what it becomes.
    """
    shutil.copytree(ROOT, folder, dirs_exist_ok=True)
    for flow, (old, new) in flows.items():
        path = folder / "flows" / flow / "flow.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {flow}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder
