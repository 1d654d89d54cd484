"""Reads which of the times that can be booked somebody types: "2", "15.00", "rīt 15.00", "tomorrow at 3 pm"."""

import re
from collections.abc import Sequence
from datetime import date

from bot.core.dialogue.booking_draft import DAY_BUTTON, is_time, local_time
from bot.core.dialogue.readings import Ambiguous, NotUnderstood, Reading, Understood
from bot.core.library import Library
from bot.core.nlu.days_ahead import read_days_ahead
from bot.core.nlu.options import OptionNames, match_option

MOST_ASKED = 5  # times of which it is asked which
NOON = 12
# "15.00", "15:00", "3:30 pm", "3 pm": no date has these figures, as times begin at full fives of minutes
CLOCK = re.compile(
    r"(?<![\d.:])(\d{1,2})(?:[:.]([0-5]\d)(?![.\d])(?:\s*(am|pm)\b)?|\s*(am|pm)\b)", re.IGNORECASE
)
# an hour alone, after a word that says it is one
HOUR = re.compile(
    r"(?:\bplkst\.?|\bpulksten|\bat|(?<!\w)о|(?<!\w)об|(?<!\w)в)\s+(\d{1,2})(?![.:\d])",
    re.IGNORECASE,
)


def read_time_answer(
    library: Library, heard: Sequence[OptionNames], text: str, today: date
) -> Reading | None:
    """Return which time is meant; several that fit are asked about. None where no time is named.

    heard: the times and the options beside them, in the order they are seen.
    """
    times = [option.id for option in heard if is_time(option.id)]
    by_place = match_option(heard, text, numbered=True, whole=True)
    if by_place.kind == "sure" and (
        by_place.ids[0] in times or by_place.ids[0].startswith(DAY_BUTTON)
    ):
        return Understood(by_place.ids[0], said_back=by_place.ids[0] in times)
    clock, rest = _clock(text)
    read = read_days_ahead(rest, library.number_words, today) if rest.strip() else None
    if clock is None and read is None:
        return None
    fitting = [id_ for id_ in times if _fits(id_, clock, read.days if read is not None else None)]
    if len(fitting) == 1:
        return Understood(fitting[0], said_back=True, why="its day and hour were named")
    if not fitting:
        return NotUnderstood("no_such")
    return Ambiguous(tuple(fitting[:MOST_ASKED]), named=True)


def _clock(text: str) -> tuple[tuple[int, int] | None, str]:
    """Return the hour and minute that are named, if any, and what else was said."""
    found = CLOCK.search(text)
    if found is None:
        alone = HOUR.search(text)
        if alone is None:
            return None, text
        return (int(alone[1]), 0), text[: alone.start()] + text[alone.end() :]
    hour, half = int(found[1]), (found[3] or found[4] or "").casefold()
    if half == "pm" and hour < NOON:
        hour += NOON
    rest = text[: found.start()] + text[found.end() :]
    return (hour, int(found[2] or 0)), rest


def _fits(id_: str, clock: tuple[int, int] | None, days: tuple[date, ...] | None) -> bool:
    """Return whether a time is at an hour and on a day, or within the days from the first to the last that may be meant."""
    local = local_time(id_)
    if clock is not None and (local.hour, local.minute) != clock:
        return False
    return days is None or (bool(days) and min(days) <= local.date() <= max(days))
