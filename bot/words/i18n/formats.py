"""Dates, lists and spaces as each language writes them."""

import re
from datetime import date, datetime

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

LOCALES = {"lv": "lv", "en": "en_GB", "uk": "uk", "ru": "ru"}
DATE_PATTERNS = {"lv": "dd.MM.yyyy.", "en": "d MMM yyyy", "uk": "dd.MM.yyyy", "ru": "dd.MM.yyyy"}
NO_BREAK = "\u00a0"
# a space before a unit ("42 %", "5 m"), after "plkst.", "Nr." and "№", and before a dash
NO_BREAK_AT = re.compile(
    r"(?<=\d) (?=[%€\w])|(?<=plkst\.) (?=\d)|(?<=Nr\.) (?=\d)|(?<=№) (?=\d)| (?=[–—] )"
)

DAY_WITH_SPACES = re.compile(r"\d[ \u00a0][A-Z][a-z]{2,3} \d{4}\b")


def show_date(day: date, language: str) -> str:
    """Return a day in figures, so that no case is needed: "24.11.2026."."""
    return format_date(day, DATE_PATTERNS[language], locale=LOCALES[language])


def show_number(number: float, language: str) -> str:
    """Return a number with the language's own grouping: "1 000"."""
    return format_decimal(number, locale=LOCALES[language])


def show_list(items: list[str], language: str) -> str:
    """Return items as a list in the language: "A, B un C"."""
    return format_list(items, locale=LOCALES[language]) if items else ""


def within_sentence(words: str) -> str:
    """Return words that began a line as they stand inside a sentence: "In grade 9" as "in grade 9"."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def bind(text: str) -> str:
    """Return a text with the spaces that must not break; authors type ordinary ones."""
    return NO_BREAK_AT.sub(NO_BREAK, text)


def bind_days(text: str) -> str:
    """Return a text whose days stay on one line, for narrow columns: "24 Nov 2026"."""
    return DAY_WITH_SPACES.sub(lambda day: day[0].replace(" ", NO_BREAK), text)


def show_time(moment: datetime, language: str) -> str:
    """Return a time of the day as the language writes it: "14.30" or "14:30"."""
    return f"{moment:%H.%M}" if language == "lv" else f"{moment:%H:%M}"
