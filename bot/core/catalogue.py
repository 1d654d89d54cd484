"""Every way the catalogue of occupations can be wrong."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.core.occupations import Occupation
from bot.core.texts import LANGUAGES

FOREIGN = {  # letters that cannot stand in a text of the language
    "lv": re.compile(r"[а-яёіїєґ]", re.IGNORECASE),
    "en": re.compile(r"[а-яёіїєґ]", re.IGNORECASE),
    "uk": re.compile(r"[ыэёъ]", re.IGNORECASE),
    "ru": re.compile(r"[іїєґ]", re.IGNORECASE),
}
SHORTEST, LONGEST = 80, 260  # characters of the two sentences on a day
SENTENCE = re.compile(r"[.!?…](?:\s|$)")


class Fault(NamedTuple):
    """A fault of one occupation, by the keys below it."""

    code: str
    id: str
    keys: tuple[str, ...]
    text: str
    remedy: str


def occupation_faults(occupations: Mapping[str, Occupation]) -> Iterator[Fault]:
    """Find names that two occupations share, foreign letters, days too short or too long."""
    labels: dict[tuple[str, str], str] = {}
    for id_, occupation in occupations.items():
        for language in LANGUAGES:
            names, day = occupation.names(language), getattr(occupation.day, language)
            other = labels.setdefault((language, names.name.casefold()), id_)
            if other != id_ and language == "lv":
                text = f'"{names.name}" is what {other} is called too'
                yield Fault("O001", id_, (language, "name"), text, "tell them apart")
            every = [name.casefold() for name in names.every]
            if len(set(every)) < len(every):
                yield Fault(
                    "O002", id_, (language, "also"), "a name stands twice", "once is enough"
                )
            for text in (*names.every, day):
                if FOREIGN[language].search(text):
                    said = f'letters of another alphabet in "{text[:60]}"'
                    yield Fault("O003", id_, (language, "name"), said, "type it anew")
            if not SHORTEST <= len(day) <= LONGEST or len(SENTENCE.findall(day)) != 2:  # noqa: PLR2004
                said = f"a day is two sentences of {SHORTEST} to {LONGEST} characters together"
                yield Fault("O004", id_, ("day", language), said, "say what is done, and how it is")
