"""Reads a day that is ahead, as people say it: "15. decembrī", "rīt", "pēc divām nedēļām", "līdz vasarai", "nākamā gada rudenī".

One day is taken. A season, a month, a week, a year are many, and by which of them something is to be done is said by what stands
beside them:

- until ("līdz jūnijam", "by summer"): the first of them. Whoever has something to do until June is late in June.
- until their end, their middle ("līdz vasaras beigām"): that day.
- before ("pirms jūnija"): the day before the first.
- nothing, or in them ("jūnijā", "this week"): it may be any, so the first and the last are asked about. For something that happens on
  a day, as a visit or an olympiad, the last would remind too late, and the first too early for anything else.
- their end alone ("jūnija beigās"): likewise; only where it is asked by when, it is the last.
- after ("pēc vasaras"): it may be any later one; the first of those is asked about.

What is said of several days, or of one that different people keep on different days, is asked about too.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from bot.core.nlu.day_parts import NO_DAY, DayPart, day_parts
from bot.core.nlu.day_stretches import ClauseReading, DayContext, NoSuchDay
from bot.core.nlu.numbers import LONGEST_NUMBER, NumberWords
from bot.core.nlu.stretches import Stretch

OTHER, NEVER = "|", "!"
# "no jūnija līdz augustam"; "jūnijā vai jūlijā", but not "pēc gada un 2 mēnešiem"
BETWEEN_TWO = re.compile(r"(?<=[DsOWSFMYe])L|\|(?!N?[dwmgh])")


class ReadDays(NamedTuple):
    """The days that were read. days: one, or two of which the person says which it is; none where no calendar has the day.

    form: written out with its year; likely, so that it is said back; or asked, since it may be another.
    """

    days: tuple[date, ...]
    form: Literal["written", "likely", "asked"]


NO_SUCH_DAY = ReadDays((), "asked")


def read_days_ahead(
    text: str, numbers: NumberWords, today: date, *, until: bool = False
) -> ReadDays | None:
    """Return the day that a text names, or the two that may be meant; without a year, the next such. None where it names none.

    until: it is asked by when. A span that no calendar reaches ends on its last day, one that leads nowhere on its first.
    """
    if len(text) > LONGEST_NUMBER:
        return None
    parts = day_parts(text, numbers)
    if any(part.letter == NEVER for part in parts):
        return None
    context = DayContext(today, until)
    found: list[Stretch] = []
    is_none = any(part.letter == NO_DAY for part in parts)
    for clause in _clauses(parts):
        try:
            found += ClauseReading(clause, context).stretches()
        except NoSuchDay:
            is_none = True
    if not found:
        return NO_SUCH_DAY if is_none else None
    return _read(found)


def named_end(text: str, numbers: NumberWords) -> Literal["start", "end"] | None:
    """Return which end of what was asked about a text names, and nothing else: "beigās"."""
    if len(text) > LONGEST_NUMBER:
        return None
    parts = [part for part in day_parts(text, numbers) if part.letter not in "LI"]
    named = parts[0].keys if len(parts) == 1 and parts[0].letter == "P" else ()
    return "start" if named == ("start",) else "end" if named == ("end",) else None


def _read(found: Sequence[Stretch]) -> ReadDays:
    """Return the days that stretches are read as."""
    first, last = min(one.first for one in found), max(one.last for one in found)
    if first != last:
        return ReadDays((first, last), "asked")
    if any(one.open for one in found):
        return ReadDays((first,), "asked")
    return ReadDays((first,), "written" if all(one.written for one in found) else "likely")


def _clauses(parts: Sequence[DayPart]) -> Iterator[Sequence[DayPart]]:
    """Return what stands between words that name another day."""
    letters = "".join(part.letter for part in parts)
    begin = 0
    for at, letter in enumerate(letters):
        if BETWEEN_TWO.match(letters, at):
            yield parts[begin:at]
            begin = at + (letter == OTHER)
    yield parts[begin:]
