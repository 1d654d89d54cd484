"""Reads a number, a day, or own words, as somebody types them for an answer."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.dialogue.readings import Ambiguous, NotUnderstood, Reading, Understood
from bot.core.flows.steps import Day, Number, Words
from bot.core.library import Library
from bot.core.nlu.band_reading import own_age
from bot.core.nlu.days_ahead import ReadDays, read_days_ahead
from bot.core.nlu.listed_numbers import read_listed
from bot.core.nlu.numbers import read_date, read_number
from bot.core.nlu.options import OptionNames, match_option
from bot.core.nlu.personal_data import mask_personal_data

SKIP = "@skip"


def is_skip(heard: Sequence[OptionNames], text: str, *, whole: bool = False) -> bool:
    """Return whether words say that a question is not answered, as its skip is called. whole: they say no more than that."""
    skip = [option for option in heard if option.id == SKIP]
    return bool(skip) and match_option(skip, text, numbered=False, whole=whole).kind == "sure"


def read_number_answer(
    library: Library, step: Number, heard: Sequence[OptionNames], text: str, today: date
) -> Reading:
    """Return the number a message tells; one with a limit ("ap 40", "mazāk par 50") is asked again."""
    plain = read_number(text, library.number_words)
    message = library.read(text)
    told = own_age(message, library.reading_words.age, today)
    asked = message.guarded.asked
    if told.of_other or any(one.start in asked for one in message.numbers):
        plain = None
    if plain is None and not told.ages:
        return Understood(None) if is_skip(heard, text) else NotUnderstood("number")
    numbers = told.numbers if told.ages else message.numbers
    turned = any(message.guarded.number_guards(one.start, one.end) for one in numbers)
    if told.is_birth_year and not turned:  # the birthday may be over or not
        return NotUnderstood("either", told.ages)
    if turned or len(told.ages) > 1 or len(message.numbers) > 1 > len(told.ages):
        return NotUnderstood("number")
    number = told.ages[0] if told.ages else plain
    assert number is not None
    if number < step.least:
        return NotUnderstood("least")
    if number > step.most:
        return NotUnderstood("most")
    return Understood(number, said_back=number != plain, why=told.why)


def read_day_answer(
    library: Library, step: Day, heard: Sequence[OptionNames], text: str, today: date
) -> Reading:
    """Return the day a message names. One ahead may be said otherwise than in figures: it is said back, or asked where it may be another."""
    numbers = library.number_words
    if step.ahead:
        read = read_days_ahead(text, numbers, today, until=step.until)
        if read is not None:
            return _day_ahead(step, read, today)
    elif (day := read_date(text, numbers)) is not None:
        earliest, latest = day_bounds(step, today)
        return Understood(day.isoformat()) if earliest <= day <= latest else NotUnderstood("date")
    return Understood(None) if is_skip(heard, text) else NotUnderstood("date")


def day_bounds(step: Day, today: date) -> tuple[date, date]:
    """Return the first and the last day that a question takes on a day."""
    ahead = today + timedelta(days=step.after_today)
    return (
        ahead if step.ahead else date.fromisoformat(step.earliest),
        date.fromisoformat(step.latest),
    )


def _day_ahead(step: Day, read: ReadDays, today: date) -> Reading:
    """Return days that were read as an answer: of those that are over already, what is left of them."""
    if not read.days:
        return NotUnderstood("no_day")
    earliest, latest = day_bounds(step, today)
    if read.days[-1] < earliest:
        return NotUnderstood("past")
    if read.days[0] > latest:
        return NotUnderstood("far")
    days = tuple(dict.fromkeys(min(max(day, earliest), latest).isoformat() for day in read.days))
    if read.form == "asked" and (len(days) > 1 or len(read.days) == 1):
        return Ambiguous(days, named=True, why="words for days")
    return Understood(days[0], said_back=read.form != "written")


def read_picked_day(step: Day, picked: str, today: date) -> Reading:
    """Return a day whose button was pressed, as those of `Ambiguous` are; it may be over by now."""
    try:
        day = date.fromisoformat(picked)
    except ValueError:
        return NotUnderstood("choice")
    earliest, latest = day_bounds(step, today)
    if day < earliest:
        return NotUnderstood("past")
    return Understood(day.isoformat()) if day <= latest else NotUnderstood("far")


def read_words_answer(
    library: Library, step: Words, heard: Sequence[OptionNames], text: str
) -> Reading:
    """Return own words, without what names a person; or the numbers of a list, as they were typed."""
    # a "no" alone is no words of one's own
    refuses = step.skip is not None and library.global_words.agreement(text) == "no"
    if is_skip(heard, text, whole=step.as_written) or refuses:
        return Understood(None)
    if step.numbers:
        named = read_listed(text, library.number_words.listed, library.number_words)
        if named is None:
            return NotUnderstood("numbers")
        return Understood(text.strip()[: step.most] if named.numbers or named.every else None)
    words, masked = mask_personal_data(text.strip())
    return Understood(words, masked=masked) if len(words) <= step.most else NotUnderstood("long")
