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
SYNONYM_MARK = " | "  # between the words of one entry

CatalogueKey = tuple[str | None, str]


@dataclass(frozen=True)
class Catalogue:
    """The messages of one language.

    messages: by context (a register, "synonyms" or None) and Latvian text. counted: the forms of a
    text about a number of things, in gettext's order, by its Latvian singular.
    """

    language: str
    messages: Mapping[CatalogueKey, str] = field(default_factory=dict)
    counted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def say(self, text: Text, register: str = "jus", **values: str) -> str:
        """Return a text; values are put in as they are and never read as placeholders."""
        return fill(self.translated(text, register), values)

    def translated(self, text: Text, register: str = "jus") -> str:
        """Return a text with its placeholders; without a translation the whole stays Latvian."""
        context, source = key_of(text, register)
        # a language of one register has its only translation for both under "tu"
        if context == "jus" and REGISTERS[self.language] == 1:
            return self.messages.get(key_of(text, "tu")) or source
        return self.messages.get((context, source)) or source

    def count(self, text: Counted, number: int, **values: str) -> str:
        """Return a text about a number of things, in the form the number asks for."""
        forms = self.counted.get(text.one)
        if forms is not None:
            form = forms[_form(self.language)(number)]
        elif Locale(self.language).plural_form(number) == "one":
            form = text.one  # Latvian, the source: 1, 21, 101
        else:
            form = text.other  # all other numbers, with the nominative plural
        return fill(form, values | {"count": show_number(number, self.language)})

    def synonyms(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return what people of this language type for an option."""
        if not words or self.language == "lv":
            return words
        # a translator finds them in one message: "math | maths"
        translation = self.messages.get((SYNONYMS_CONTEXT, SYNONYM_MARK.join(words)), "")
        return tuple(word.strip() for word in translation.split("|") if word.strip())


@cache
def _form(language: str) -> Callable[[int], int]:
    """Return gettext's own rule of a language: which form a number takes."""
    return c2py(get_plural(language).plural_expr)


def key_of(text: Text, register: str) -> CatalogueKey:
    """Return the catalogue key of a text in one register; of a pair without words for a child, in "jus"."""
    if isinstance(text, Pair):
        form = register if register in text.forms else "jus"
        return form, text.forms[form]
    return None, text


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of `{name}`; a name without a value stays as it is."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
