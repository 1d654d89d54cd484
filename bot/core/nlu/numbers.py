"""Reads numbers and dates that people type, in figures or in words of four languages."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from bot.core.base.frozen import Frozen
from bot.core.nlu.ahead_words import DayPhrases, DayWords, ListWords
from bot.core.nlu.normalize import normalize
from bot.core.nlu.phrase_index import words_of

LONGEST_NUMBER = 120  # characters; a longer message is not a number
NUMBER_IN_FIGURES = re.compile(r"(?<![\w.,-])([0-9]{1,4})(?![0-9])(?![.,][0-9])")
LONG_FIGURES = re.compile(r"\d{5}")  # of a number that nothing here counts; no part of it is one
# the ways to write a day: 3.5.2001 or 3/5/2001, 2001-05-03, 3 may 2001, 2001. gada 3. maijā
DATE_IN_FIGURES = re.compile(
    r"\b(?P<day>[0-9]{1,2})[./\s-]+(?P<month>[0-9]{1,2})[./\s-]+(?P<year>[0-9]{4})\b"
)
DATE_ISO = re.compile(r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b")
DATE_DAY_FIRST = re.compile(r"\b(?P<day>[0-9]{1,2})\s+(?P<month>\w+)\s+(?P<year>[0-9]{4})\b")
DATE_YEAR_FIRST = re.compile(
    r"\b(?P<year>[0-9]{4})\s+(?:gada\s+)?(?P<day>[0-9]{1,2})\s+(?P<month>\w+)"
)
SHORTEST_STEM = (
    4  # letters of a stem that may have any ending; a shorter one is a word as it stands
)
LONGEST_ENDING = 4  # letters; with more after the stem it is another word
SMALLEST_TEN = 20  # "twenty" may be followed by a unit, "ten" may not


class NumberWords(Frozen):
    """Stems of number words, by the number they mean; names of months; words for days that are ahead, and for things of a list.

    months: by their number, as they stand or, with a star, with any ending.
    """

    units: dict[str, tuple[str, ...]]
    tens: dict[str, tuple[str, ...]]
    months: dict[str, tuple[str, ...]]
    decades: tuple[str, ...] = ()  # endings after the stem of a ten: "trīsdesmit" + "ajos"
    ahead: DayWords = DayWords()
    listed: ListWords = ListWords()

    @cached_property
    def unit_stems(self) -> list[tuple[str, int]]:
        """Return folded stems below twenty with their number, the longest first."""
        return _longest_first(self.units.items())

    @cached_property
    def ten_stems(self) -> list[tuple[str, int]]:
        """Return folded stems of the tens with their number, the longest first."""
        return _longest_first(self.tens.items())

    @cached_property
    def whole_tens(self) -> frozenset[int]:
        """Return the tens, which a unit may follow."""
        return frozenset(int(ten) for ten in self.tens)

    @cached_property
    def decade_endings(self) -> frozenset[str]:
        """Return the endings by which a ten means ten years of life, folded."""
        return frozenset(normalize(ending) for ending in self.decades)

    @cached_property
    def stems(self) -> list[tuple[str, int]]:
        """Return folded stems with their number, the longest first: sešpadsmit before seš."""
        return _longest_first([*self.units.items(), *self.tens.items()])

    @cached_property
    def every_stem(self) -> tuple[str, ...]:
        """Return all folded stems of numbers."""
        return tuple(stem for stem, _ in self.stems)

    @cached_property
    def day_phrases(self) -> DayPhrases:
        """Return how the words for days are looked for."""
        return DayPhrases(self.ahead, self.months, self.every_stem)

    @cached_property
    def _month_names(self) -> dict[str, int]:
        """Return the folded names of months with their number; a star stands for any ending."""
        named = self.months.items()
        return {
            word: int(month) for month, names in named for one in names for word in words_of(one)
        }

    def month(self, word: str) -> int:
        """Return the number of the month that a folded word names, 1 to 12; 0, which no month is, for another."""
        heads = (f"{word[:length]}*" for length in range(len(word), 0, -1))
        return next(
            (self._month_names[one] for one in (word, *heads) if one in self._month_names), 0
        )


def _longest_first(table: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, int]]:
    """Return folded stems with the number they mean, of stems by number."""
    numbers = {}
    for number, stems in table:
        for stem in stems:
            numbers[normalize(stem)] = int(number)
    return sorted(numbers.items(), key=lambda pair: -len(pair[0]))


def read_number(text: str, words: NumberWords) -> int | None:
    """Return the one whole number of a text; None where there is none, or more than one."""
    if len(text) > LONGEST_NUMBER or re.search(r"-\s*[0-9]|[0-9][.,][0-9]", text):
        return None
    if LONG_FIGURES.search(text):
        return None
    figures = NUMBER_IN_FIGURES.findall(text)
    if figures:
        return int(figures[0]) if len(set(figures)) == 1 else None
    if re.search(r"[0-9]", text):
        return None
    numbers = _numbers_in_words(text, words)
    if len(numbers) == 2:  # noqa: PLR2004 - twenty-five
        tens, units = numbers
        return tens + units if tens >= SMALLEST_TEN and 0 < units < 10 else None  # noqa: PLR2004
    return numbers[0] if len(numbers) == 1 else None


def numbers_in(text: str, words: NumberWords) -> frozenset[int]:
    """Return every whole number of a text, in figures or in words, each word taken by itself."""
    figures = [int(figure) for figure in NUMBER_IN_FIGURES.findall(text)]
    return frozenset((*figures, *_numbers_in_words(text, words)))


def _numbers_in_words(text: str, words: NumberWords) -> list[int]:
    """Return the number of each word of a text that is one, in their order."""
    numbers = [_number_of(word, words) for word in normalize(text).split()]
    return [number for number in numbers if number is not None]


def _number_of(word: str, words: NumberWords) -> int | None:
    """Return the number that a folded word means, in any case and gender."""
    for stem, number in words.stems:
        if word == stem:
            return number
        may_end = len(stem) >= SHORTEST_STEM and len(word) <= len(stem) + LONGEST_ENDING
        if may_end and word.startswith(stem):
            return number
    return None


def read_date(text: str, words: NumberWords) -> date | None:
    """Return the day of a text, with its year; None where it names none."""
    if len(text) > LONGEST_NUMBER:
        return None
    if match := DATE_ISO.search(text):
        return _day(match["year"], match["month"], match["day"])
    if match := DATE_IN_FIGURES.search(text):
        return _day(match["year"], match["month"], match["day"])
    said = normalize(text)
    if match := DATE_DAY_FIRST.search(said) or DATE_YEAR_FIRST.search(said):
        return _day(match["year"], str(words.month(match["month"])), match["day"])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    """Return a day; None where the calendar has none such, as the 31st of February."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
