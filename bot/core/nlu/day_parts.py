"""Parts a message where a day is said into what each of its words means: "līdz vasaras beigām" is until, a season, its end.

Each part has a letter, so that what stands together is found by a pattern.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.nlu.ahead_words import JOINED_TABLES, DayMeaning
from bot.core.nlu.numbers import NumberWords
from bot.core.nlu.phrase_index import Mention
from bot.core.nlu.spoken_numbers import joined_number
from bot.core.nlu.stretches import Stretch, a_day, months
from bot.core.nlu.tokens import Token, TokenizedText, tokenize

# a day or a month in figures: 2026-12-15, 15.12.2026, 15.12.26, 06.2027, 15.12. - never within a longer run of figures
FIGURES = re.compile(
    r"(?<!\d)(?<!\d[.,/])(?:"
    r"(?P<iso_year>\d{4})-(?P<iso_month>\d{2})(?:-(?P<iso_day>\d{2}))?(?!-\d)"
    r"|(?P<month_of_year>\d{1,2})[./](?P<year_of_month>\d{4})"
    r"|(?P<day>\d{1,2})(?:[./]\s?|[ -])(?P<month>\d{1,2})(?:[./]\s?|[ -])(?P<year>\d{4}|\d{2})"
    r"|(?P<day_alone>\d{1,2})[./]\s?(?P<month_alone>\d{1,2})"
    r")(?![.,/]?\d)",
    re.ASCII,
)
BELOW_ZERO = re.compile(r"(?<![\d.)]\s)(?<!\S)[-\u2212]\s?(?=\d)")  # "-5", but not "10. - 15."
CENTURY, LEAP_YEAR = 100, 2000
FIRST_YEAR, LAST_YEAR = 1900, 2199  # a number between them is a year, where it counts nothing
LETTERS = {
    "days": "O", "weekdays": "W", "seasons": "S", "feasts": "F", "months": "M", "counts": "N", "parts": "P",
}  # fmt: skip
UNIT_LETTERS = {
    "day": "d", "week": "w", "month": "m", "year": "g", "half_year": "h", "weekend": "e", "school_year": "Y",
}  # fmt: skip
SIGN_LETTERS = {
    "until": "L", "before": "B", "after": "A", "in": "I", "within": "V", "later": "R", "ago": "G", "this": "T",
    "next": "X", "minus": "K", "of_month": "o", "idle": "", "other": "|", "never": "!",
}  # fmt: skip
FIGURE, SHORT_FIGURE, NO_DAY, NUMBER, YEAR, UNKNOWN = "D", "s", "0", "N", "y", "?"


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of what was said. letter: of what kind it is; keys: what it means among these; number: of a number.

    stretch: of figures that name a day or a month; month, day: of those that name no year.
    """

    letter: str
    keys: tuple[str, ...] = ()
    number: int = 0
    stretch: Stretch | None = None
    month: int = 0
    day: int = 0


def day_parts(text: str, numbers: NumberWords) -> tuple[DayPart, ...]:
    """Return the parts of a message in their order, without words that say nothing."""
    said = BELOW_ZERO.sub(" minus ", text)
    found: list[DayPart] = []
    end = 0
    for match in FIGURES.finditer(said):
        found += _words(said[end : match.start()], numbers)
        found.append(_figures(match))
        end = match.end()
    return tuple(_with_years([*found, *_words(said[end:], numbers)]))


def _words(text: str, numbers: NumberWords) -> Iterator[DayPart]:
    """Return the parts of a text without figures that name a day.

    A slip is looked at only where a word is none as it was typed, and only where it leaves no doubt.
    """
    phrases = numbers.day_phrases
    said = tokenize(text, phrases.vocabulary)
    readings = [
        WordReading(
            said.tokens, _by_start(phrases.index.find(said, corrected=slips)), slips, numbers
        )
        for slips in (False, True)
    ]
    at = 0
    while at < len(said.tokens):
        found = next(filter(None, (one.at(at) for one in readings)), None)
        parts, at = found or ([DayPart(UNKNOWN)], at + 1)
        yield from parts


@dataclass(frozen=True)
class WordReading:
    """The words of a text, read as typed or with slips. named: the phrases there, by their first word."""

    tokens: Sequence[Token]
    named: Mapping[int, Sequence[Mention[DayMeaning]]]
    slips: bool
    numbers: NumberWords

    def at(self, at: int) -> tuple[list[DayPart], int] | None:
        """Return the parts that begin at a word, and where the next ones do; None where it means nothing."""
        named = self.named.get(at, ())
        if named and not (self.slips and len({one.owner for one in named}) > 1):
            return list(_named(named)), named[0].end
        number = self._number(at)
        if number is not None:
            return [DayPart(NUMBER, number=number[0])], at + number[1]
        joined = list(self._joined(self._word(at)))
        return (joined, at + 1) if joined else None

    def _word(self, at: int) -> str:
        """Return a word, or what was meant by it; "" where that may be several, or is none."""
        if at >= len(self.tokens):
            return ""
        token = self.tokens[at]
        if not self.slips:
            return token.word
        return token.corrected[0] if len(token.corrected) == 1 else ""

    def _number(self, at: int) -> tuple[int, int] | None:
        """Return the whole number that begins at a word, and how many words it has."""
        token = self.tokens[at]
        if token.is_number:
            return (int(token.raw), 1) if token.raw.isdecimal() else None
        joined = joined_number(self._word(at), self.numbers)
        if joined is not None and joined[0] in self.numbers.whole_tens:
            after = self.tokens[at + 1].word if at + 1 < len(self.tokens) else ""
            unit = joined_number(after, self.numbers) or joined_number(
                self._word(at + 1), self.numbers
            )
            if unit is not None and 0 < unit[0] < 10:  # noqa: PLR2004 - "divdesmit piektajā"
                return joined[0] + unit[0], 2
        return None if joined is None else (joined[0], 1)

    def _joined(self, word: str) -> Iterator[DayPart]:
        """Return what a word means that begins with which one it is: "šovasar" is this, summer."""
        phrases = self.numbers.day_phrases
        for beginning, which in phrases.joined:
            rest = word.removeprefix(beginning)
            if not rest or rest == word:
                continue
            alone = TokenizedText(rest, (Token(rest, (rest,), (), 0, 0),))
            named = phrases.index.find(alone, corrected=False)
            if named and named[0].owner.table in JOINED_TABLES:
                yield DayPart(SIGN_LETTERS[which])
                yield from _named(named)
                return


def _by_start(mentions: list[Mention[DayMeaning]]) -> dict[int, list[Mention[DayMeaning]]]:
    """Return mentions by the word they begin with, there only the longest."""
    found: dict[int, list[Mention[DayMeaning]]] = {}
    for one in mentions:
        if one.start not in found or found[one.start][0].end < one.end:
            found[one.start] = [one]
        elif found[one.start][0].end == one.end:
            found[one.start].append(one)
    return found


def _named(mentions: Sequence[Mention[DayMeaning]]) -> Iterator[DayPart]:
    """Return the part that a phrase is, with all that it means in its table."""
    table = mentions[0].owner.table
    keys = tuple(dict.fromkeys(one.owner.key for one in mentions if one.owner.table == table))
    if table == "counts":
        yield DayPart(NUMBER, number=int(keys[0]))
        return
    letter = LETTERS.get(table) or (UNIT_LETTERS if table == "units" else SIGN_LETTERS)[keys[0]]
    if letter:
        yield DayPart(letter, keys)


def _figures(match: re.Match[str]) -> DayPart:
    """Return what figures name; a day that no calendar has is a part of its own."""
    said = {name: int(value) for name, value in match.groupdict().items() if value is not None}
    try:
        match said:
            case {"iso_year": year, "iso_month": month, "iso_day": day}:
                return DayPart(FIGURE, stretch=a_day(date(year, month, day), written=True))
            case {"day": day, "month": month, "year": year}:
                full = year + 2000 if year < CENTURY else year
                day_said = a_day(date(full, month, day), written=full == year)
                return DayPart(FIGURE, stretch=day_said)
            case {"iso_year": year, "iso_month": month} | {
                "month_of_year": month,
                "year_of_month": year,
            }:
                return DayPart(FIGURE, stretch=months(year, month, month))
            case _:
                day, month = said["day_alone"], said["month_alone"]
                date(LEAP_YEAR, month, day)
                return DayPart(SHORT_FIGURE, month=month, day=day)
    except ValueError:
        return DayPart(NO_DAY)


def _with_years(parts: list[DayPart]) -> Iterator[DayPart]:
    """Return parts, of whose numbers those that are years are such: not "2000 dienām"."""
    counted = {UNIT_LETTERS[unit] for unit in ("day", "week", "month")}
    for at, part in enumerate(parts):
        after = parts[at + 1].letter if at + 1 < len(parts) else ""
        is_year = FIRST_YEAR <= part.number <= LAST_YEAR and after not in counted
        yield DayPart(YEAR, number=part.number) if part.letter == NUMBER and is_year else part
