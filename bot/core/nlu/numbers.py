"""Reads numbers and dates that people type, in figures or in words of four languages."""

import re
from datetime import date
from functools import cached_property

from bot.core.base.frozen import Frozen
from bot.core.nlu.normalize import normalize

LONGEST_NUMBER = 120  # characters; a longer message is not a number
FIGURES = re.compile(r"(?<![\w.,-])([0-9]{1,4})(?![0-9])(?![.,][0-9])")
DAY = re.compile(r"\b([0-9]{1,2})[./\s-]+([0-9]{1,2})[./\s-]+([0-9]{4})\b")
ISO = re.compile(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b")
NAMED = re.compile(r"\b([0-9]{1,2})\s+(\w+)\s+([0-9]{4})\b")
YEAR_FIRST = re.compile(r"\b([0-9]{4})\s+(?:gada\s+)?([0-9]{1,2})\s+(\w+)")
STEM = 3  # letters from which a stem may have any ending


class NumberWords(Frozen):
    """Stems of number words and months, by the number they mean."""

    units: dict[str, tuple[str, ...]]
    tens: dict[str, tuple[str, ...]]
    months: dict[str, tuple[str, ...]]

    @cached_property
    def stems(self) -> list[tuple[str, int]]:
        """List folded stems with their number, the longest first."""
        found = {
            normalize(stem): int(number)
            for table in (self.units, self.tens)
            for number, stems in table.items()
            for stem in stems
        }
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    @cached_property
    def month_stems(self) -> list[tuple[str, int]]:
        """List folded month stems, the longest first."""
        found = {normalize(stem): int(n) for n, stems in self.months.items() for stem in stems}
        return sorted(found.items(), key=lambda pair: -len(pair[0]))


def read_number(text: str, words: NumberWords) -> int | None:
    """Read one whole number; None where there is none, or more than one."""
    if len(text) > LONGEST_NUMBER or re.search(r"-\s*[0-9]|[0-9][.,][0-9]", text):
        return None
    figures = FIGURES.findall(text)
    if figures:
        return int(figures[0]) if len(set(figures)) == 1 else None
    if re.search(r"[0-9]", text):
        return None
    numbers = [
        number for word in normalize(text).split() if (number := _word(word, words)) is not None
    ]
    if len(numbers) == 2 and numbers[0] >= 20 and 0 < numbers[1] < 10:  # noqa: PLR2004 - twenty-five
        return sum(numbers)
    return numbers[0] if len(numbers) == 1 else None


def numbers_in(text: str, words: NumberWords) -> frozenset[int]:
    """Return every whole number of a text, in figures or in words, each word taken by itself."""
    figures = [int(figure) for figure in FIGURES.findall(text)]
    said = [_word(word, words) for word in normalize(text).split()]
    return frozenset((*figures, *(number for number in said if number is not None)))


def _word(word: str, words: NumberWords) -> int | None:
    for stem, number in words.stems:
        if word == stem:
            return number
        longest = len(stem) + 4  # an ending, not another word
        if len(stem) > STEM and word.startswith(stem) and len(word) <= longest:
            return number
    return None


def read_date(text: str, words: NumberWords) -> date | None:
    """Read a day with its year; None where it is not one."""
    if len(text) > LONGEST_NUMBER:
        return None
    if found := ISO.search(text):
        return _day(found[1], found[2], found[3])
    if found := DAY.search(text):
        return _day(found[3], found[2], found[1])
    said = normalize(text)
    for pattern, (year, month, day) in ((NAMED, (3, 2, 1)), (YEAR_FIRST, (1, 3, 2))):
        if found := pattern.search(said):
            number = next((n for stem, n in words.month_stems if found[month].startswith(stem)), 0)
            return _day(found[year], str(number), found[day])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
