"""Reads which things of a numbered list are named: "1, 3 un 4", "2–5", "visus, izņemot 3"."""

import re
from dataclasses import dataclass

from bot.core.nlu.ahead_words import ListWords
from bot.core.nlu.normalize import normalize
from bot.core.nlu.numbers import LONG_FIGURES, NumberWords, numbers_in

LONGEST_LIST = 500  # characters of a message in which numbers are read
RANGE = re.compile(r"(?<!\d)(\d{1,4})\s*[-–—]\s*(\d{1,4})(?!\d)")
ORDINAL_STOP = re.compile(r"(?<=\d)[.)](?=\s|,|$)")  # "1. un 3."


@dataclass(frozen=True, slots=True)
class NamedNumbers:
    """What was named: the numbers; with `every`, all but those."""

    numbers: frozenset[int]
    every: bool = False

    def names(self, number: int) -> bool:
        """Return whether a number is meant."""
        return (number in self.numbers) is not self.every


def read_listed(text: str, words: ListWords, numbers: NumberWords) -> NamedNumbers | None:
    """Return which numbers a text names; None where it names none, or one that no list reaches."""
    if len(text) > LONGEST_LIST or LONG_FIGURES.search(text):
        return None
    said = ORDINAL_STOP.sub(" ", text)
    found: set[int] = set()
    for first, last in RANGE.findall(said):
        found |= set(range(int(first), int(last) + 1))
    plain = re.sub(r"[,;/+]", " ", RANGE.sub(" ", said))
    found |= numbers_in(plain, numbers)
    parts = set(normalize(text).split())
    if parts & {normalize(one) for one in words.every}:
        is_but = bool(parts & {normalize(one) for one in words.but})
        return NamedNumbers(frozenset(found) if is_but else frozenset(), every=True)
    if parts & {normalize(one) for one in words.nothing} and not found:
        return NamedNumbers(frozenset())
    return NamedNumbers(frozenset(found)) if found else None
