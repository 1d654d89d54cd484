"""A language's words: Latvian is the source, the others are looked up; whole messages only."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py

from babel import Locale
from babel.messages.plurals import get_plural

from bot.core.base.texts import Counted, Pair, Text
from bot.words.i18n.formats import show_number

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
REGISTERS = {"lv": 2, "en": 1, "uk": 2, "ru": 2}
LANGUAGE_NAMES = {"lv": "Latviešu", "en": "English", "uk": "Українська", "ru": "Русский"}
SYNONYMS_CONTEXT = "synonyms"

CatalogueKey = tuple[str | None, str]


@dataclass(frozen=True)
class Catalogue:
    """The messages of one language, by (context, Latvian text)."""

    language: str
    messages: Mapping[CatalogueKey, str] = field(default_factory=dict)
    counted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def say(self, text: Text, register: str = "jus", **values: str) -> str:
        """Say a text; values are put in as they are and never read as placeholders."""
        return fill(self.translated(text, register), values)

    def translated(self, text: Text, register: str = "jus") -> str:
        """Find the words for a text; a message without a translation stays Latvian, whole."""
        key = key_of(text, register if REGISTERS[self.language] > 1 else "tu")
        source = text if isinstance(text, str) else getattr(text, register)
        return self.messages.get(key) or source

    def count(self, text: Counted, number: int, **values: str) -> str:
        """Say a text about a number of things, in the form the number asks for."""
        forms = self.counted.get(text.one)
        if forms is None:  # Latvian, the source: `one` for 1, 21, 101, the nominative plural else
            one = Locale(self.language).plural_form(number) == "one"
            found = text.one if one else text.other
        else:
            found = forms[_form(self.language)(number)]
        return fill(found, values | {"count": show_number(number, self.language)})

    def synonyms(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return what people of this language type for an option."""
        if not words or self.language == "lv":
            return words
        found = self.messages.get((SYNONYMS_CONTEXT, " | ".join(words)), "")
        return tuple(word.strip() for word in found.split("|") if word.strip())


@cache
def _form(language: str) -> Callable[[int], int]:
    """Return gettext's own rule of a language: which form a number takes."""
    return c2py(get_plural(language).plural_expr)


def key_of(text: Text, register: str) -> CatalogueKey:
    """Return the catalogue key of a text in one register."""
    if isinstance(text, Pair):
        return register, getattr(text, register)
    return None, text


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of `{name}`; a name without a value stays as it is."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
