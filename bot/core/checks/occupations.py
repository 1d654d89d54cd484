"""Every way the catalogue of occupations can be wrong."""

import re
from collections.abc import Iterator, Mapping

from bot.core.base.texts import FOREIGN, LANGUAGES
from bot.core.checks.finding import Finding, fault
from bot.core.occupations.occupation import Occupation

SHORTEST_DAY, LONGEST_DAY = 80, 260  # characters of the two sentences on a day
SENTENCE_END = re.compile(r"[.!?…](?:\s|$)")


def occupation_faults(occupations: Mapping[str, Occupation]) -> Iterator[Finding]:
    """Find names that two occupations share, foreign letters, days too short or too long.

    The keys of a finding begin with the occupation's id; which file it stands in, the loader knows.
    """
    labels: dict[tuple[str, str], str] = {}
    for id_, occupation in occupations.items():
        for language in LANGUAGES:
            names, day = occupation.names(language), getattr(occupation.day, language)
            other = labels.setdefault((language, names.name.casefold()), id_)
            if other != id_ and language == "lv":
                text = f'"{names.name}" is what {other} is called too'
                yield fault("O001", "", (id_, language, "name"), text, "tell them apart")
            every = [name.casefold() for name in names.every]
            if len(set(every)) < len(every):
                yield fault(
                    "O002", "", (id_, language, "also"), "a name stands twice", "once is enough"
                )
            for text in (*names.every, day):
                if FOREIGN[language].search(text):
                    said = f'letters of another alphabet in "{text[:60]}"'
                    yield fault("O003", "", (id_, language, "name"), said, "type it anew")
            if not SHORTEST_DAY <= len(day) <= LONGEST_DAY or len(SENTENCE_END.findall(day)) != 2:  # noqa: PLR2004
                said = (
                    f"a day is two sentences of {SHORTEST_DAY} to {LONGEST_DAY} characters together"
                )
                yield fault(
                    "O004", "", (id_, "day", language), said, "say what is done, and how it is"
                )
