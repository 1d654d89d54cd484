"""Dates, lists and spaces as each language writes them."""

import re
from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

LOCALES = {"lv": "lv", "en": "en_GB", "uk": "uk", "ru": "ru"}
DATE_PATTERNS = {"lv": "dd.MM.yyyy.", "en": "d MMM yyyy", "uk": "dd.MM.yyyy", "ru": "dd.MM.yyyy"}
NO_BREAK_AT = re.compile(
    r"(?<=\d) (?=[%€\w])|(?<=plkst\.) (?=\d)|(?<=Nr\.) (?=\d)|(?<=№) (?=\d)| (?=[–—] )"
)


def show_date(day: date, language: str) -> str:
    """Show a day in figures, without a case."""
    return format_date(day, DATE_PATTERNS[language], locale=LOCALES[language])


def show_number(number: int, language: str) -> str:
    """Show a number with the language's own grouping."""
    return format_decimal(number, locale=LOCALES[language])


def show_list(items: list[str], language: str) -> str:
    """Join nominatives: A, B un C."""
    return format_list(items, locale=LOCALES[language]) if items else ""


def bind(text: str) -> str:
    """Put in the spaces that must not break; authors type ordinary ones."""
    return NO_BREAK_AT.sub("\u00a0", text)
