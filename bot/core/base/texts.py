"""What is read by people: a text for everybody, or a pair for the two ways of address."""

import re
from typing import Annotated, Literal

from bot.core.base.frozen import Frozen

Language = Literal["lv", "en", "uk", "ru"]
LANGUAGES = ("lv", "en", "uk", "ru")  # Latvian is the source
FOREIGN = {  # letters that cannot stand in a text of the language
    "lv": re.compile(r"[а-яёіїєґ]", re.IGNORECASE),
    "en": re.compile(r"[а-яёіїєґ]", re.IGNORECASE),
    "uk": re.compile(r"[ыэёъ]", re.IGNORECASE),
    "ru": re.compile(r"[іїєґ]", re.IGNORECASE),
}


class TextMark:
    """Marks a field whose words are translated."""


class SynonymsMark:
    """Marks a field of words that people type; they are localised, not translated."""


class Placeholders:
    """Marks a text that may hold values in braces, like `{year}`; needed: it must hold them."""

    def __init__(self, *names: str, needed: bool = False) -> None:
        self.names = frozenset(names)
        self.needed = self.names if needed else frozenset[str]()


class Pair(Frozen):
    """The same message to a pupil (`tu`) and to an adult (`jus`).

    child: to an adult who asks for a child, where it is the child that the message is about.
    """

    tu: str
    jus: str
    child: str | None = None

    @property
    def forms(self) -> dict[str, str]:
        """Return its wordings by their names; only those that there are."""
        named = {"tu": self.tu, "jus": self.jus, "child": self.child}
        return {name: text for name, text in named.items() if text is not None}


class Counted(Frozen):
    """A message with `{count}` in it: for one, and for any other number."""

    one: str
    other: str


Text = Annotated[str | Pair, TextMark()]
Synonyms = Annotated[tuple[str, ...], SynonymsMark()]
