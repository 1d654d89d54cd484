"""The words that are understood at every step, in all languages at once."""

import re
from functools import cached_property
from typing import Literal, get_args

from pydantic import field_validator
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.core.base.frozen import Frozen
from bot.core.nlu.normalize import LONGEST_COMMAND, SLIP_FROM, normalize, spelling_variants

# the global words that are said; the program does something of its own for each
SpokenWord = Literal[
    "menu", "back", "change", "why", "language", "help", "human", "stop", "delete_data", "show_data",
    "carry",
]  # fmt: skip


class GlobalWord(Frozen):
    """What a global word is called; the soft ones do not count at an open question."""

    firm: tuple[str, ...]
    soft: tuple[str, ...]


class GlobalWords(Frozen):
    """The words that are understood at every step, in all languages at once."""

    words: dict[SpokenWord, GlobalWord]
    courtesy: tuple[str, ...]
    languages: dict[str, tuple[str, ...]]
    agree: tuple[str, ...]
    disagree: tuple[str, ...]
    skip: tuple[str, ...]

    @field_validator("words")
    @classmethod
    def _all_said(cls, words: dict[SpokenWord, GlobalWord]) -> dict[SpokenWord, GlobalWord]:
        if unsaid := [word for word in get_args(SpokenWord) if word not in words]:
            message = f"nothing is said for {', '.join(unsaid)}"
            raise ValueError(message)
        return words

    jobs: tuple[str, ...]

    @cached_property
    def index(self) -> dict[str, tuple[str, bool]]:
        """Map a folded form to its word, and whether it is firm."""
        found: dict[str, tuple[str, bool]] = {}
        for name, word in self.words.items():
            for firm, forms in ((False, word.soft), (True, word.firm)):
                found |= {
                    key: (name, firm) for form in forms for key in spelling_variants(form)[:2]
                }
        return found

    @cached_property
    def asks_of_jobs(self) -> tuple[re.Pattern[str], ...]:
        """The forms a question about an occupation has; `{job}` stands for it."""
        forms = (re.escape(normalize(form.replace("{job}", "JOB"))) for form in self.jobs)
        return tuple(re.compile(form.replace("job", "(.+)")) for form in forms)

    def job_asked(self, text: str) -> str | None:
        """Hear which occupation a message asks about, if that is what it asks."""
        said = normalize(text[:LONGEST_COMMAND])
        found = (pattern.fullmatch(said) for pattern in self.asks_of_jobs)
        return next((match[1] for match in found if match is not None), None)

    @cached_property
    def polite(self) -> frozenset[str]:
        """Return the courtesy words, folded."""
        return frozenset(part for word in self.courtesy for part in normalize(word).split())

    def agreement(self, text: str) -> Literal["yes", "no"] | None:
        """Hear a plain yes or no."""
        said = normalize(text[:LONGEST_COMMAND])
        if said in {normalize(word) for word in self.agree}:
            return "yes"
        return "no" if said in {normalize(word) for word in self.disagree} else None


def hear_global(words: GlobalWords, text: str, *, open_question: bool) -> str | None:
    """Find the global word that a whole message is; at an open question only the firm count."""
    if len(text) > LONGEST_COMMAND:
        return None
    said = text.strip().removeprefix("/")
    polite = words.polite
    said = " ".join(part for part in said.split() if normalize(part) not in polite) or said
    index = words.index
    for key in spelling_variants(said):
        found = index.get(key) or _slip(index, key)
        if found is not None and (found[1] or not open_question):
            return found[0]
    return None


def _slip(index: dict[str, tuple[str, bool]], key: str) -> tuple[str, bool] | None:
    if len(key) < SLIP_FROM:
        return None
    forms = [form for form in index if len(form) >= SLIP_FROM]
    near = process.extractOne(key, forms, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return None if near is None else index[near[0]]


def language_named(words: GlobalWords, text: str) -> str | None:
    """Find the language a message names, if it names one."""
    said = normalize(text[:LONGEST_COMMAND])
    for language, names in words.languages.items():
        if said in {normalize(name) for name in names}:
            return language
    return None
